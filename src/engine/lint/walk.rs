//! A walk through all conversations that the flows allow, for what must hold in each of them:
//!
//! - every input is answered;
//! - the word for a human leads to a human, in every language and wherever somebody is;
//! - whoever writes a button's label gets where the button leads, in every language;
//! - from everywhere some way leads to a hand-off, to the end of the flow or out of it.
//!
//! Each flow is walked from its start by somebody who has answered nothing before. Two states count as the same if nothing
//! that comes later can tell them apart: of the answers it only matters which comparisons still to come they fulfil.

use super::live::Live;
use super::samples::Samples;
use crate::content::{Both, Command, Content};
use crate::engine::{Effect, Env, FlowState, Input, Pending, Turn, enter, step};
use crate::model::{AttachmentKind, Choice, Lang};
use std::collections::{HashMap, HashSet, VecDeque};

/// States looked at in one flow; more are cut off, and that is told.
const MOST: usize = 4000;
/// What nobody means by anything.
const NONSENSE: &str = "zzz qqq";

/// What came of a walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// How many different states were looked at, in how many languages together.
    pub states: usize,
    /// Flows that have more states than were looked at.
    pub cut: Vec<String>,
    /// What does not hold, the shortest way to it first.
    pub faults: Vec<WalkFault>,
}

/// Something that does not hold, and how to get there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkFault {
    /// The flow that the way begins in.
    pub flow: String,
    /// The language.
    pub lang: Lang,
    /// What the person does from its start, as in transcripts.
    pub way: Vec<String>,
    /// What happens then.
    pub what: Both,
}

/// A state on the way, with the way that led to it.
struct Place {
    state: FlowState,
    buttons: Vec<Choice>,
    way: Vec<String>,
    /// Places that led here, for the search for ways out.
    from: Vec<usize>,
    /// A hand-off, the end, or another flow.
    out: bool,
}

/// Walks through all flows. `env` gives the day and what local projects cover.
pub fn walked(content: &Content, env: &Env) -> Walk {
    let mut walk = Walk::default();
    let live = Live::of(content);
    let samples = Samples::of(content, env);
    for flow in content.flows.keys() {
        let mut one = OneFlow {
            content,
            env,
            flow,
            live: &live,
            samples: &samples,
            places: Vec::new(),
            known: HashMap::new(),
            puzzled: HashSet::new(),
            faults: Vec::new(),
        };
        if !one.explore() {
            walk.cut.push(flow.clone());
        }
        one.ways_out();
        walk.states += one.places.len() + one.in_all_languages();
        walk.faults.append(&mut one.faults);
    }
    walk.faults.sort_by_key(|f| f.way.len());
    walk
}

struct OneFlow<'c> {
    content: &'c Content,
    env: &'c Env,
    flow: &'c str,
    live: &'c Live<'c>,
    samples: &'c Samples,
    places: Vec<Place>,
    known: HashMap<String, usize>,
    /// Questions that were answered by nonsense already.
    puzzled: HashSet<String>,
    faults: Vec<WalkFault>,
}

impl OneFlow<'_> {
    fn fault(&mut self, lang: &Lang, way: &[String], what: Both) {
        // Many ways lead to the same fault; the first is the shortest.
        if self.faults.iter().any(|f| f.what == what) {
            return;
        }
        self.faults.push(WalkFault {
            flow: self.flow.to_owned(),
            lang: lang.clone(),
            way: way.to_vec(),
            what,
        });
    }

    /// Breadth first, so that the first way to a place is the shortest. `false`: there are more places.
    fn explore(&mut self) -> bool {
        let lang = self.content.settings.source.clone();
        let state = FlowState {
            lang: Some(lang.clone()),
            ..FlowState::default()
        };
        let (turn, _) = enter(self.content, self.env, state, self.flow);
        let mut open = VecDeque::new();
        open.extend(self.arrive(turn, &lang, Vec::new(), None));
        while let Some(number) = open.pop_front() {
            if self.places.len() > MOST {
                return false;
            }
            for (shown, input) in self.inputs(number) {
                let place = &self.places[number];
                let mut way = place.way.clone();
                way.push(shown);
                let turn = step(self.content, self.env, place.state.clone(), input);
                open.extend(self.arrive(turn, &lang, way, Some(number)));
            }
        }
        true
    }

    /// Notes where a turn has led; the place's number if nobody has been there.
    fn arrive(
        &mut self,
        turn: Turn,
        lang: &Lang,
        way: Vec<String>,
        from: Option<usize>,
    ) -> Option<usize> {
        self.answered(&turn, lang, &way);
        let out = self.is_out(&turn);
        let buttons = buttons(&turn);
        let mut key = self.key(&turn.state);
        if self.samples.asks_media(self.content, &turn.state) {
            // The buttons tell how much was sent.
            key.extend(buttons.iter().map(|b| b.id.as_str()));
        }
        if let Some(known) = self.known.get(&key) {
            self.places[*known].from.extend(from);
            self.places[*known].out |= out;
            return None;
        }
        let number = self.places.len();
        self.known.insert(key, number);
        self.places.push(Place {
            state: turn.state,
            buttons,
            way,
            from: from.into_iter().collect(),
            out,
        });
        // Another flow is walked from its own start.
        (!out).then_some(number)
    }

    fn answered(&mut self, turn: &Turn, lang: &Lang, way: &[String]) {
        let silent = !turn.effects.iter().any(|e| match e {
            Effect::Say(message) => !message.text.trim().is_empty(),
            Effect::Alarm { .. } | Effect::Stop => false,
            _ => true,
        });
        if silent {
            let what = Both::new("der Bot antwortet nicht", "the bot does not answer");
            self.fault(lang, way, what);
        }
        for effect in &turn.effects {
            if let Effect::Alarm { what } = effect {
                let what = Both::new(
                    format!("die Schleifensicherung bricht ab ({what})"),
                    format!("the loop guard breaks off ({what})"),
                );
                self.fault(lang, way, what);
            }
        }
    }

    /// Whether somebody who is here has got somewhere.
    fn is_out(&self, turn: &Turn) -> bool {
        let human = turn
            .effects
            .iter()
            .any(|e| matches!(e, Effect::HandOff { .. } | Effect::Stop | Effect::Delete));
        let state = &turn.state;
        let consent = matches!(state.pending, Some(Pending::Consent { .. }));
        let elsewhere = state.at.as_ref().is_some_and(|at| {
            at.flow != self.flow && !state.stack.iter().any(|frame| frame.flow == self.flow)
        });
        // A refused consent goes on in the flow, so that is walked further.
        state.nothing_waits() || elsewhere || (human && !consent)
    }

    /// What tells this state from others.
    fn key(&self, state: &FlowState) -> String {
        let holding = self.live.holding(state, self.env);
        let mut state = state.clone();
        state.answers.clear();
        if let Some(Pending::Consent { handoff, .. }) = &mut state.pending {
            handoff.summary.clear();
            handoff.share.truncate(1);
        }
        state.revision = 0;
        state.tapped = None;
        state.trail.clear();
        // Where somebody was before, and what they will be reminded of, opens no other way here.
        (state.left, state.language_from, state.heard_at) = (None, None, None);
        state.reminders.clear();
        if let Some(Pending::Remind { reminder, .. }) = &mut state.pending {
            reminder.number = 0;
        }
        let state = serde_json::to_string(&state).unwrap_or_default();
        format!("{holding:?} {state}")
    }

    /// What a person may do here.
    fn inputs(&mut self, number: usize) -> Vec<(String, Input)> {
        let place = &self.places[number];
        let mut inputs: Vec<(String, Input)> = place
            .buttons
            .iter()
            .map(|b| (b.id.clone(), Input::Tap(b.token.clone())))
            .collect();
        if place.state.pending.is_none() {
            let texts = self.samples.answers(self.content, &place.state);
            inputs.extend(
                texts
                    .into_iter()
                    .map(|t| (format!("\"{t}\""), Input::Text(t))),
            );
        }
        if self.samples.asks_media(self.content, &place.state) && place.state.pending.is_none() {
            let photo = crate::engine::sample(&place.state, AttachmentKind::Photo);
            inputs.push(("(photo)".to_owned(), Input::Attachment(photo)));
        }
        // What is not understood is answered alike, whatever was answered before: once for each question is enough.
        let state = &place.state;
        let pending = state.pending.as_ref().map(std::mem::discriminant);
        let question = format!(
            "{:?} {pending:?} {} {}",
            state.at, state.wrong, state.failed_turns
        );
        if self.puzzled.insert(question) {
            inputs.push((format!("\"{NONSENSE}\""), Input::Text(NONSENSE.to_owned())));
        }
        inputs
    }

    /// Reports places from which nothing leads anywhere.
    fn ways_out(&mut self) {
        let mut good = vec![false; self.places.len()];
        let mut open: Vec<usize> = (0..self.places.len())
            .filter(|n| {
                let place = &self.places[*n];
                place.out || matches!(place.state.pending, Some(Pending::Consent { .. }))
            })
            .collect();
        while let Some(n) = open.pop() {
            if !std::mem::replace(&mut good[n], true) {
                open.extend(&self.places[n].from);
            }
        }
        let cut = self.places.len() > MOST;
        let stuck = good.iter().position(|g| !g).filter(|_| !cut);
        if let Some(place) = stuck.and_then(|n| self.places.get(n)) {
            let (lang, way) = (self.content.settings.source.clone(), place.way.clone());
            let what = Both::new(
                "von hier führt kein Weg mehr zu einem Menschen, zu einem Ende oder in einen anderen Ablauf",
                "from here no way leads to a human, to an end or to another flow any more",
            );
            self.fault(&lang, &way, what);
        }
    }

    /// Looks at one state for each question, in each language; how many that were.
    fn in_all_languages(&mut self) -> usize {
        let mut questions: HashMap<String, usize> = HashMap::new();
        for (number, place) in self.places.iter().enumerate() {
            let pending = place.state.pending.as_ref().map(std::mem::discriminant);
            questions
                .entry(format!("{:?} {pending:?}", place.state.at))
                .or_insert(number);
        }
        let mut numbers: Vec<usize> = questions.into_values().collect();
        numbers.sort_unstable();
        let languages: Vec<Lang> = self
            .content
            .settings
            .languages
            .iter()
            .map(|l| l.lang.clone())
            .collect();
        for lang in &languages {
            for number in &numbers {
                let place = &self.places[*number];
                let (way, buttons) = (place.way.clone(), place.buttons.clone());
                let state = FlowState {
                    lang: Some(lang.clone()),
                    ..place.state.clone()
                };
                self.human(&state, lang, &way);
                self.photo(&state, lang, &way);
                self.labels(&state, lang, &way, &buttons);
            }
        }
        languages.len() * numbers.len()
    }

    /// The word for a human leads to a human.
    fn human(&mut self, state: &FlowState, lang: &Lang, way: &[String]) {
        let words = self.content.words.command_words();
        let word = words
            .iter()
            .find(|(l, c, _)| l == lang && *c == Command::Human);
        let Some((_, _, word)) = word else { return };
        let turn = step(
            self.content,
            self.env,
            state.clone(),
            Input::Text(word.clone()),
        );
        let flow = self.content.settings.commands.get(&Command::Human);
        let there = |position: &crate::engine::Position| Some(&position.flow) == flow;
        let now = &turn.state;
        let arrived = matches!(now.pending, Some(Pending::Consent { .. }))
            || now.at.iter().chain(&now.stack).any(there)
            || turn
                .effects
                .iter()
                .any(|e| matches!(e, Effect::HandOff { .. }));
        if !arrived {
            let what = Both::new(
                format!("auf das Wort „{word}“ hin kommt kein Mensch"),
                format!("the word “{word}” does not lead to a human"),
            );
            self.fault(lang, way, what);
        }
    }

    /// Anything that is sent is answered.
    fn photo(&mut self, state: &FlowState, lang: &Lang, way: &[String]) {
        let turn = step(
            self.content,
            self.env,
            state.clone(),
            Input::Attachment(crate::engine::sample(state, AttachmentKind::Photo)),
        );
        let mut way = way.to_vec();
        way.push("(photo)".to_owned());
        self.answered(&turn, lang, &way);
    }

    /// Writing a label is pressing its button.
    fn labels(&mut self, state: &FlowState, lang: &Lang, way: &[String], buttons: &[Choice]) {
        for button in buttons {
            let label = crate::engine::label_of(self.content, state, None, &button.token)
                .unwrap_or_else(|| button.label.clone());
            let pressed = step(
                self.content,
                self.env,
                state.clone(),
                Input::Tap(button.token.clone()),
            );
            let written = step(
                self.content,
                self.env,
                state.clone(),
                Input::Text(label.clone()),
            );
            let place = |turn: &Turn| (turn.state.at.clone(), turn.state.pending.is_some());
            if place(&pressed) != place(&written) {
                let mut way = way.to_vec();
                way.push(format!("\"{label}\""));
                let what = Both::new(
                    format!(
                        "wer „{label}“ schreibt, kommt nicht dahin, wohin der Knopf `{}` führt",
                        button.id
                    ),
                    format!(
                        "whoever writes “{label}” does not get where the button `{}` leads",
                        button.id
                    ),
                );
                self.fault(lang, &way, what);
            }
        }
    }
}

/// The buttons of the last message of a turn.
fn buttons(turn: &Turn) -> Vec<Choice> {
    let last = turn.effects.iter().rev().find_map(|e| match e {
        Effect::Say(message) => Some(message.choices.clone()),
        _ => None,
    });
    last.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Next, StepKind, Target, example_folder, load};
    use std::sync::Arc;

    fn faults(change: impl Fn(&mut Content)) -> Vec<(String, Vec<String>, String)> {
        let mut content = load(&example_folder(), Arc::default()).content.unwrap();
        change(&mut content);
        let walk = walked(&content, &Env::default());
        assert_eq!(walk.cut, [""; 0]);
        walk.faults
            .into_iter()
            .map(|f| (f.flow, f.way, f.what.en))
            .collect()
    }

    #[test]
    fn a_sound_content_has_no_fault() {
        assert_eq!(faults(|_| {}), []);
    }

    #[test]
    fn a_word_that_leads_elsewhere_is_found_with_the_shortest_way() {
        let found = faults(|content| {
            content.settings.commands.remove(&Command::Human);
        });
        assert!(!found.is_empty());
        let (_, way, what) = &found[0];
        assert!(
            way.len() <= 1 && what.contains("does not lead to a human"),
            "{found:?}"
        );
    }
    #[test]
    fn a_circle_is_found_from_the_place_on_where_it_begins() {
        let found = faults(|content| {
            let flow = content.flows.get_mut("arrival").unwrap();
            let ask = flow.steps.get_mut("ask").unwrap();
            ask.next = Next::Goto(Target::Step("ask".into()));
            if let StepKind::Ask(ask) = &mut ask.kind {
                ask.retry = None;
            }
        });
        let [(flow, way, what)] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((flow.as_str(), way.len()), ("arrival", 0));
        assert!(what.starts_with("from here no way leads"), "{what}");
    }

    #[test]
    fn a_circle_that_asks_nothing_is_found_behind_the_answer_that_leads_there() {
        let found = faults(|content| {
            let flow = content.flows.get_mut("work").unwrap();
            flow.steps.get_mut("wage").unwrap().next = Next::Goto(Target::Step("wage".into()));
        });
        let (flow, way, what) = &found[0];
        assert_eq!(
            (flow.as_str(), &way[..]),
            ("work", &["duldung".to_owned()][..])
        );
        assert!(what.starts_with("the loop guard breaks off"), "{what}");
    }
}
