//! What a person is told once, whichever way they came: what is kept and that this is no emergency service, and that
//! texts come from a machine.

use super::question::Question;
use super::run::Run;
use super::types::Pending;
use crate::content::{AskKind, Content, Flow, Next, Step, StepKind, Target};
use crate::model::{Lang, Level};

/// More than this of the first flow is no short notice.
const MOST_NOTICES: usize = 3;

impl<'a> Run<'a> {
    /// What a new person is told before this question. Not before the one for the language, so that they are told in
    /// theirs; and not in danger, where nothing may stand in the way.
    pub(super) fn tell_before(&mut self, question: Question<'_, 'a>) {
        match question {
            Question::Step(_, _, ask) if ask.kind == AskKind::Language => {}
            Question::Step(flow, ..) => self.tell_first(&flow.id),
            Question::Pending(Pending::Consent { from, handoff })
                if handoff.level != Level::Immediate =>
            {
                self.tell_first(from.as_ref().map_or("", |from| &from.flow));
            }
            Question::Pending(_) => {}
        }
    }

    /// Tells a new person who went past the first flow (with a word like "human") what it says after its question.
    pub(super) fn tell_first(&mut self, flow: &str) {
        if std::mem::take(&mut self.state.to_be_told) && flow != self.content.settings.start {
            for (flow, step, facts) in notices(self.content) {
                self.say_step(flow, step, facts);
            }
        }
    }

    /// Tells somebody, before the first message of a flow with texts in their language that nobody has checked, that
    /// they come from a machine. Once: who has read it knows, and it stands in the way of the rest.
    pub(super) fn tell_unchecked(&mut self, flow: &str, lang: &Lang) {
        if self.lang() != *lang || self.state.told_unchecked.as_ref() == Some(lang) {
            return;
        }
        if self.content.words.unchecked(lang, flow) {
            self.state.told_unchecked = Some(lang.clone());
            self.say_system("machine-translation-note", &[]);
        }
    }
}

/// What the first flow says right after its first question, before it goes on to anything else.
fn notices(content: &Content) -> Vec<(&Flow, &Step, &[String])> {
    let Some(flow) = content.flows.get(&content.settings.start) else {
        return Vec::new();
    };
    let after = |step: &Step| match &step.next {
        Next::Goto(Target::Step(next)) => flow.steps.get(next),
        _ => None,
    };
    let mut found = Vec::new();
    let mut here = flow.steps.get(&flow.start).and_then(after);
    while let Some(step) = here
        && let StepKind::Say { facts, .. } = &step.kind
        && found.len() < MOST_NOTICES
    {
        found.push((flow, step, facts.as_slice()));
        here = after(step);
    }
    found
}
