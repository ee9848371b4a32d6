//! What a free text is about, before it is taken for an answer: a human is called, it is asked whether one is needed, or
//! a topic is offered.
//!
//! Who looked at the text, and how, is not known here; the judgement comes as a value ([`Env::triage`]). Whatever comes
//! in between, the person can go on where they were: what waited is kept in [`FlowState::interrupted`].
//!
//! [`Env::triage`]: super::types::Env::triage
//! [`FlowState::interrupted`]: super::types::FlowState::interrupted

use super::answer::Understood;
use super::check;
use super::edits::Carried;
use super::question::Question;
use super::run::{Run, Trace};
use super::types::{Effect, HandOff, Pending, Turn};
use crate::content::{Arg, Command, StepKind};
use crate::model::{FieldId, Lang, Level, Message, Triage, Value, Zone};
use crate::text;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation as _;

/// A class that the person said no to is not asked about again within this time (in milliseconds; an hour). An alarm is
/// one all the same.
const DENIED_MS: i64 = 3_600_000;

/// So much of a message (in characters) is shown again where it is asked whether it may be passed on.
const QUOTED: usize = 600;

/// So many lines of what would be passed on are shown at most.
const SUMMARY_LINES: usize = 12;

/// What a text is to the question that waits.
enum Meant {
    /// The same as pressing a button.
    Button,
    /// An answer in other words.
    Answer(Understood),
    /// No answer.
    Nothing,
}

impl<'a> Run<'a> {
    /// A text that calls for a human, or for the question whether one is needed. `true`: that is what it is answered with.
    pub(super) fn on_danger(&mut self, text: &str, fresh: bool, carried: &Carried) -> bool {
        let Some(triage) = self.env.triage.clone() else {
            return false;
        };
        if self.env.case_open || triage.zone == Zone::None {
            return false;
        }
        let meant = self.meant(text, fresh || *carried != Carried::Same);
        match (triage.zone, meant) {
            (_, Meant::Button) | (Zone::Check, Meant::Answer(_)) => false,
            (Zone::Alarm, Meant::Answer(understood)) => {
                let answer = Some(understood);
                self.call_human(text, &triage, answer)
            }
            (Zone::Alarm, Meant::Nothing) => self.call_human(text, &triage, None),
            _ => self.ask_check(text, &triage),
        }
    }

    /// A text was looked at after its turn had been taken. Only an alarm is worth coming back to it.
    pub(super) fn judged(mut self, text: &str) -> (Turn, Trace<'a>) {
        let triage = self.env.triage.clone();
        if let Some(triage) = triage.filter(|t| t.zone == Zone::Alarm)
            && !self.env.case_open
            && !self.state.stopped
        {
            self.carry();
            if !self.was_passed_on(text, &triage) {
                self.call_human(text, &triage, None);
            }
        }
        self.finish()
    }

    /// What a text is to the question that waits; `nothing_waits`: none does, or it has changed.
    fn meant(&self, text: &str, nothing_waits: bool) -> Meant {
        let pending = self.state.pending.clone();
        let question = self
            .question(pending.as_ref())
            .filter(|_| !nothing_waits && !self.state.stopped);
        let Some(question) = question else {
            return Meant::Nothing;
        };
        match self.understand(question, text) {
            Some(understood @ (Understood::Option(_) | Understood::Picks(_))) => {
                match self.is_label(question, text) {
                    true => Meant::Button,
                    false => Meant::Answer(understood),
                }
            }
            Some(understood) => Meant::Answer(understood),
            None => Meant::Nothing,
        }
    }

    /// Whether a text is a button in words: its label in any language, its number, a bare yes or no.
    fn is_label(&self, question: Question<'_, 'a>, written: &str) -> bool {
        let said = text::key(written);
        let same = |lang: &Lang, id: &String| {
            let label = question.label(self.content, lang, id);
            label.is_some_and(|label| text::key(&label) == said)
        };
        let ids = self.options(question);
        let languages = &self.content.settings.languages;
        text::short_answer(written).is_some()
            || text::whole_number(written).is_some()
            || languages
                .iter()
                .any(|language| ids.iter().any(|id| same(&language.lang, id)))
    }

    /// Somebody is in danger, or needs a human within a day. `false`: they are being asked about that already.
    fn call_human(&mut self, text: &str, triage: &Arc<Triage>, answer: Option<Understood>) -> bool {
        let Some(handoff) = self.hand_off_about(text, triage) else {
            self.interrupt(false);
            self.obey(Command::Human);
            return true;
        };
        let mut handoff = handoff;
        if let Some(Pending::Consent {
            handoff: asked,
            from,
        }) = &self.state.pending
        {
            // Danger is danger each time that somebody names it, and what they wrote before counts as well.
            let again = asked.level == handoff.level && handoff.level == Level::Immediate;
            if asked.level < handoff.level || (asked.level == handoff.level && !again) {
                return false;
            }
            if from.is_none() {
                handoff.summary = both(&asked.summary, &handoff.summary);
            }
        }
        if self.goes_along(&handoff, answer.as_ref()) {
            self.speak_as(triage);
            return false;
        }
        let here = self.state.at.clone();
        let answered = self.keep_answer(answer);
        self.interrupt(answered);
        self.speak_as(triage);
        self.begin_asking(text, handoff, here.as_ref());
        true
    }

    /// Asks whether it is so. `false`: that was asked already.
    fn ask_check(&mut self, text: &str, triage: &Arc<Triage>) -> bool {
        let Some(class) = triage.class.clone() else {
            return false;
        };
        if matches!(self.state.pending, Some(Pending::Consent { .. })) || self.was_denied(&class) {
            return false;
        }
        let Some(handoff) = self.hand_off_about(text, triage) else {
            return false;
        };
        if let Some(Pending::Check { class: before, .. }) = &self.state.pending {
            let before = before.clone();
            self.deny(&before);
            if before == class {
                return false;
            }
        }
        self.interrupt(false);
        self.speak_as(triage);
        // Of two languages that it may be the person's own is the likelier.
        let own = Some(self.lang()).filter(|own| triage.langs().any(|lang| lang == own));
        let asks = |lang: &Lang| check::text(self.content, lang, &class).is_some();
        let mut langs = own.into_iter().chain(triage.langs().cloned());
        let lang = langs.find(asks).unwrap_or_else(|| self.lang());
        self.ask_pending(Pending::Check {
            class,
            lang,
            handoff,
            text: text.to_owned(),
        });
        true
    }

    /// The person has answered whether it is so.
    pub(super) fn checked(&mut self, class: &str, handoff: HandOff, text: &str, yes: bool) {
        self.state.pending = None;
        if yes {
            let here = self.state.interrupted.as_ref().and_then(|l| l.at.clone());
            return self.begin_asking(text, handoff, here.as_ref());
        }
        self.deny(class);
        match self.state.interrupted.take() {
            Some(left) => self.return_to(left),
            None => self.menu(),
        }
    }

    /// Numbers where there is danger; the case at once, or the question whether it may be opened.
    pub(super) fn begin_hand_off(&mut self, handoff: HandOff) {
        let reason = self.content.reasons.get(&handoff.reason);
        let at_once = handoff.level == Level::Immediate;
        if at_once || reason.is_some_and(|r| r.numbers) {
            for lang in handoff.triage.iter().flat_map(|t| t.langs()) {
                self.say_numbers_in(lang);
            }
            self.say_numbers(&handoff.reason);
        }
        if at_once {
            self.effects.push(Effect::HandOff {
                handoff: super::consent::bare(&handoff),
                consented: false,
            });
            self.say_system("handoff-immediate", &[]);
        } else {
            let label = self.reason_label(&self.lang(), &handoff.reason);
            self.say_system("triage-urgent", &[("reason", Arg::Text(label))]);
        }
        self.state.at = None;
        self.state.stack.clear();
        self.ask_pending(Pending::Consent {
            from: None,
            handoff,
        });
    }

    /// Somebody who chose one language and writes another one in danger sees the numbers in that one too.
    fn say_numbers_in(&mut self, lang: &Lang) {
        if *lang == self.lang() {
            return;
        }
        let tongue = self.content.detect.tongue(lang);
        let Some(tongue) = tongue.filter(|t| !t.numbers_text.is_empty()) else {
            return;
        };
        self.effects.push(Effect::Say(Message {
            key: "detect:numbers".to_owned(),
            text: tongue.numbers_text.clone(),
            choices: Vec::new(),
            takes: None,
            lang: lang.clone(),
        }));
    }

    /// Who has not chosen a language yet is spoken to in the one that they surely write.
    fn speak_as(&mut self, triage: &Triage) {
        if self.state.lang.is_none()
            && triage.also.is_none()
            && let Some(lang) = &triage.lang
            && self.content.language(lang).is_some()
        {
            self.state.lang = Some(lang.clone());
        }
    }

    /// What would be passed on: the message, the place if it is known, and what the program took it for.
    pub(super) fn hand_off_about(&self, written: &str, triage: &Arc<Triage>) -> Option<HandOff> {
        let class = self.content.detect.classes.get(triage.class.as_ref()?)?;
        let reason = class.reason.clone()?;
        let declared = self.content.reasons.get(&reason)?;
        let shown = text::without_markup(&text::shown(written));
        let mut quoted = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = quoted.grapheme_indices(true).nth(QUOTED) {
            quoted.truncate(end);
            quoted.push('…');
        }
        let share: Vec<FieldId> = self.places().collect();
        let line = self.system(
            &self.lang(),
            "triage-message",
            &[("text", Arg::Text(quoted))],
        );
        let mut summary = format!("- {line}");
        let more = self.summary(&share);
        if !more.is_empty() {
            summary = format!("{summary}\n{more}");
        }
        Some(HandOff {
            level: triage
                .level
                .map_or(declared.level, |l| l.min(declared.level)),
            topic: self.topic_of(&reason, class.flow.as_deref()),
            reason,
            share,
            summary,
            also: None,
            triage: Some(Box::new(Triage::clone(triage))),
        })
    }

    /// The fields that say where the person lives.
    pub(super) fn places(&self) -> impl Iterator<Item = FieldId> + '_ {
        let answers = self.state.answers.iter();
        let places = answers.filter(|(_, value)| matches!(value, Value::Place { .. }));
        places.map(|(field, _)| field.clone())
    }

    /// The desk topic of a reason: that of a flow which hands off for it, else of the class's flow or of the one for a human.
    pub(super) fn topic_of(&self, reason: &str, flow: Option<&str>) -> Option<String> {
        let flows = &self.content.flows;
        let hands_off = flows.values().find(|flow| {
            let mut steps = flow.steps.values();
            steps.any(|step| matches!(&step.kind, StepKind::Handoff(h) if h.reason == reason))
        });
        let human = self.content.settings.commands.get(&Command::Human);
        let named = || flow.or(human.map(String::as_str));
        hands_off
            .or_else(|| flows.get(named()?))
            .and_then(|flow| flow.topic.clone())
    }

    /// Keeps what an answer holds before something else is said. `true`: nothing of it is missing.
    fn keep_answer(&mut self, answer: Option<Understood>) -> bool {
        let Some((_, _, ask)) = self.asking_step().filter(|_| self.state.pending.is_none()) else {
            return false;
        };
        match answer {
            Some(Understood::Value(value)) => self.save(ask, value),
            Some(Understood::TooLong(beginning)) => self.save(ask, Value::Text(beginning)),
            _ => return false,
        }
        true
    }

    /// Keeps what waits, for afterwards. What the program itself put in between does not count.
    pub(super) fn interrupt(&mut self, answered: bool) {
        let between = matches!(
            self.state.pending,
            Some(
                Pending::Check { .. }
                    | Pending::Topics { .. }
                    | Pending::Consent { from: None, .. }
            )
        );
        if !between {
            // What was interrupted before comes again later.
            if let Some(before) = self.state.interrupted.take()
                && self.state.urged.is_some()
                && self.is_worth_keeping(&before)
            {
                self.state.left = Some(before);
            }
            let mut waiting = self.waiting();
            if let Some(left) = &mut waiting {
                left.answered = answered;
                left.pending.take_if(|pending| {
                    matches!(
                        pending,
                        Pending::Delete { .. } | Pending::Offer { .. } | Pending::Resume
                    )
                });
            }
            self.state.interrupted =
                waiting.filter(|left| left.at.is_some() || left.pending.is_some());
        }
        self.state.at = None;
        self.state.pending = None;
        self.state.urged = None;
        self.state.stack.clear();
    }

    /// It is said whether a human is wanted. If one is, the bot is silent until the case has ended, and then offers to go
    /// on; else it goes on at once.
    pub(super) fn take_up_again(&mut self, human: bool) {
        let Some(left) = self.state.interrupted.take() else {
            return;
        };
        if !human {
            self.return_to(left);
        } else if self.is_worth_keeping(&left) {
            self.state.left = Some(left);
        }
    }

    /// What waited before the program asked something of its own waits again; nothing is said. `false`: it is gone.
    pub(super) fn put_back(&mut self) -> bool {
        self.state.pending = None;
        self.state.wrong = 0;
        let Some(left) = self.state.interrupted.take() else {
            return true;
        };
        self.state.at = left.at;
        self.state.pending = left.pending;
        self.state.urged = left.urged;
        self.state.stack = left.stack;
        match self.carry() {
            Carried::Same => true,
            other => {
                self.ask_after_edit(other);
                false
            }
        }
    }

    /// The person said no to this, or talked of something else.
    pub(super) fn deny(&mut self, class: &str) {
        let now = self.env.now;
        self.state.denied.insert(class.to_owned(), now);
    }

    /// Whether the person said no to it a short while ago.
    pub(super) fn was_denied(&self, class: &str) -> bool {
        let denied = self.state.denied.get(class);
        denied.is_some_and(|at| self.env.now.0.saturating_sub(at.0) < DENIED_MS)
    }

    /// Says the question whether it is so in the language that it is asked in. `false`: the content has none for it.
    pub(super) fn say_check(&mut self, question: Question<'_, 'a>) -> bool {
        let Question::Pending(Pending::Check { class, lang, .. }) = question else {
            return false;
        };
        let Some(text) = check::text(self.content, lang, class) else {
            return false;
        };
        let choices = self.choices(question, lang);
        self.effects.push(Effect::Say(Message {
            key: question.key(),
            text: text.to_owned(),
            choices,
            takes: None,
            lang: lang.clone(),
        }));
        true
    }

    /// What a reason is called.
    pub(super) fn reason_label(&self, lang: &Lang, reason: &str) -> String {
        let label = self.content.words.text(lang, "reasons", reason, &[]);
        label.unwrap_or_else(|| reason.replace('_', " "))
    }
}

/// What was to be passed on, and what is besides; the newest of too many lines.
fn both(before: &str, now: &str) -> String {
    let mut lines: Vec<&str> = before.lines().collect();
    lines.extend(
        now.lines()
            .filter(|line| !before.lines().any(|b| b == *line)),
    );
    lines[lines.len().saturating_sub(SUMMARY_LINES)..].join("\n")
}
