//! Topics that are offered to somebody whose words fit no question: one that is likely, else up to three.

use super::run::{Place, Run};
use super::types::{HandOff, Pending};
use crate::content::{Arg, AskKind, Command, Content, StepKind, Target};
use crate::model::{Lang, Level, Topic};
use crate::triage::offered;

/// The buttons below the topics: none of them, and a human.
pub(super) const OTHER: &str = "other";
/// See [`OTHER`].
pub(super) const HUMAN: &str = "human";

/// Where a topic leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim<'a> {
    /// To the start of a flow.
    Flow(&'a str),
    /// To a human, for this reason.
    Reason(&'a str),
}

impl<'a> Run<'a> {
    /// Offers what a text seems to be about. `at`: the question that it was no answer to; then only what is likely counts,
    /// unless that question is the menu itself. `false`: there is nothing to offer.
    pub(super) fn offer_topics(&mut self, at: Option<Place<'a>>) -> bool {
        let Some(triage) = self.env.triage.clone().filter(|_| !self.env.case_open) else {
            return false;
        };
        // Somebody in danger is asked whether the counsellors may know more; nothing comes in between.
        if matches!(&self.state.pending, Some(Pending::Consent { handoff, .. }) if handoff.level == Level::Immediate)
        {
            return false;
        }
        let detect = &self.content.detect;
        let topics = offered(detect, &triage);
        let likely = topics
            .first()
            .is_some_and(|t| t.p >= detect.thresholds.topic);
        if !likely && at.is_some_and(|place| !self.is_menu(place)) {
            return false;
        }
        let mut aims: Vec<Aim<'a>> = Vec::new();
        let mut classes = Vec::new();
        for topic in topics {
            if let Some(aim) = aim(self.content, &topic.id).filter(|aim| !aims.contains(aim))
                && !self.is_within(aim)
                && !self.was_denied(&topic.id)
            {
                aims.push(aim);
                classes.push(topic.id.clone());
            }
        }
        let human = self.content.settings.commands.get(&Command::Human);
        match (&aims[..], human) {
            ([], _) => return likely && self.has_nothing_about(&triage.topics, at),
            ([Aim::Flow(flow)], Some(human)) if *flow == human.as_str() && likely => {
                self.obey(Command::Human);
            }
            _ => {
                self.interrupt(false);
                self.ask_pending(Pending::Topics { classes });
            }
        }
        true
    }

    /// Says that a topic was understood and that there is nothing about it here, and offers a human. `false`: it is none
    /// of these topics, or something else was asked.
    fn has_nothing_about(&mut self, topics: &[Topic], at: Option<Place<'a>>) -> bool {
        let content = self.content;
        let Some(topic) = topics.first().map(|t| t.id.as_str()) else {
            return false;
        };
        let class = content.detect.classes.get(topic);
        let name = class
            .filter(|class| class.level.is_none() && aim(content, topic).is_none())
            .and_then(|class| class.name.get(self.lang().as_str()));
        let Some(name) = name.filter(|_| at.is_none_or(|place| self.is_menu(place))) else {
            return false;
        };
        self.state.failed_turns = 0;
        self.say_system("topic-nothing", &[("topic", Arg::Text(name.clone()))]);
        self.ask_pending(Pending::Offer {
            key: "topic-nothing-offer".into(),
        });
        true
    }

    /// Whether the person is in that flow already.
    fn is_within(&self, aim: Aim<'_>) -> bool {
        let mut here = self.state.at.iter().chain(&self.state.stack);
        matches!(aim, Aim::Flow(flow) if here.any(|at| at.flow == flow))
    }

    /// The person has chosen one of the topics, none, or a human.
    pub(super) fn topic_chosen(&mut self, option: &str) {
        if option == OTHER {
            self.state.pending = None;
            return match self.state.interrupted.take() {
                Some(left) => self.return_to(left),
                None => self.menu(),
            };
        }
        if !self.put_back() {
            return;
        }
        match aim(self.content, option) {
            Some(Aim::Flow(flow)) => self.jump(flow),
            Some(Aim::Reason(reason)) => {
                let level = self.content.reasons.get(reason).map(|r| r.level);
                let handoff = HandOff {
                    reason: reason.to_owned(),
                    level: level.unwrap_or(Level::Normal),
                    topic: self.topic_of(reason, None),
                    share: Vec::new(),
                    summary: String::new(),
                    triage: None,
                };
                self.interrupt(false);
                if handoff.level == Level::Immediate {
                    return self.begin_hand_off(handoff);
                }
                self.ask_pending(Pending::Consent {
                    from: None,
                    handoff,
                });
            }
            None => self.obey(Command::Human),
        }
    }
}

/// What a button of a topic is called: as the menu calls the flow, else by the desk's name for the topic or the reason.
pub(super) fn label(content: &Content, lang: &Lang, class: &str) -> Option<String> {
    match aim(content, class)? {
        Aim::Reason(reason) => content.words.text(lang, "reasons", reason, &[]),
        Aim::Flow(flow) => in_menu(content, lang, flow).or_else(|| {
            let topic = content.flows.get(flow)?.topic.as_ref()?;
            content.words.text(lang, "topics", topic, &[])
        }),
    }
}

fn in_menu(content: &Content, lang: &Lang, flow: &str) -> Option<String> {
    let menu = content.settings.commands.get(&Command::Menu)?;
    let menu = content.flows.get(menu)?;
    let StepKind::Ask(ask) = &menu.steps.get(&menu.start)?.kind else {
        return None;
    };
    let AskKind::Choice(options) = &ask.kind else {
        return None;
    };
    let leads_there =
        |target: &Option<Target>| matches!(target, Some(Target::Flow(to)) if to == flow);
    let option = options.iter().find(|o| leads_there(&o.target))?;
    let words = &content.words;
    words.attribute(lang, &menu.id, &menu.start, &option.id, &[])
}

/// Where a class leads: to its flow, to a human, or where the wider class leads.
fn aim<'c>(content: &'c Content, class: &str) -> Option<Aim<'c>> {
    let class = content.detect.classes.get(class)?;
    let known = |flow: &&String| content.flows.contains_key(*flow);
    if let Some(flow) = class.flow.as_ref().filter(known) {
        return Some(Aim::Flow(flow));
    }
    if let Some(reason) = &class.reason
        && content.reasons.contains_key(reason)
    {
        return Some(Aim::Reason(reason));
    }
    let wider = content.detect.classes.get(class.within.as_ref()?)?;
    let flow = wider.flow.as_ref().filter(known)?;
    Some(Aim::Flow(flow))
}
