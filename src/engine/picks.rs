//! Several of several options: what is chosen so far, and when that is the answer.
//!
//! Every pick is saved at once, so that nothing is lost with somebody who gives up in the middle. A press adds an option
//! or takes it back and shows what is chosen; a text that names two or more is a whole answer.

use super::question::{DONE, Question};
use super::run::{Place, Run};
use crate::content::{Arg, Ask, AskKind};
use crate::model::Value;
use crate::text;

/// What an answer changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Picks {
    /// Chosen as well.
    pub add: Vec<String>,
    /// No longer chosen.
    pub take_back: Option<String>,
    /// That was all.
    pub done: bool,
}

impl Picks {
    /// One option, or the button that ends it.
    pub(super) fn one(option: String) -> Self {
        Self::several(vec![option])
    }

    /// No longer this option.
    pub(super) fn without(option: String) -> Self {
        Self {
            take_back: Some(option),
            ..Self::default()
        }
    }

    fn several(mut options: Vec<String>) -> Self {
        let named = options.len();
        options.retain(|id| id != DONE);
        // Whoever lists two or more has said it all.
        let done = options.len() < named || named > 1;
        Self {
            add: options,
            take_back: None,
            done,
        }
    }
}

impl<'a> Run<'a> {
    /// The options that are chosen, in the order of the question.
    pub(super) fn picked(&self, ask: &Ask) -> Vec<String> {
        let (AskKind::Choices { options, .. }, Some(field)) = (&ask.kind, &ask.save) else {
            return Vec::new();
        };
        match self.state.answers.get(field) {
            Some(Value::Choices(chosen)) => {
                let chosen = |id: &&String| chosen.contains(id);
                options.iter().filter(chosen).cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The options that a text names: one by any of its names, or several by names or numbers (`1, 3`, `Arbeit und
    /// Schule`). All of the text must be understood.
    pub(super) fn picks_meant(&self, question: Question<'_, 'a>, written: &str) -> Option<Picks> {
        if let Some(one) = self.option_meant(question, written) {
            return Some(Picks::one(one));
        }
        let mut options: Vec<String> = Vec::new();
        for part in text::list_items(written, |part| self.option_meant(question, part).is_some()) {
            let option = self.option_meant(question, &part)?;
            if !options.contains(&option) {
                options.push(option);
            }
        }
        (!options.is_empty()).then(|| Picks::several(options))
    }

    /// Takes an answer to a question for several options.
    pub(super) fn pick(&mut self, place: Place<'a>, ask: &Ask, picks: Picks) {
        let AskKind::Choices { options, min, max } = &ask.kind else {
            return self.say_retry();
        };
        let (flow, step) = place;
        let reached = picks.add.iter().cloned();
        self.trace
            .options
            .extend(reached.map(|id| (&*flow.id, &*step.id, id)));
        self.state.wrong = 0;
        let before = self.picked(ask);
        let chosen: Vec<String> = options
            .iter()
            .filter(|id| before.contains(id) || picks.add.contains(id))
            .filter(|id| picks.take_back.as_ref() != Some(id))
            .cloned()
            .collect();
        if chosen.len() > *max {
            let max = Arg::Number(i64::try_from(*max).unwrap_or(i64::MAX));
            self.say_system("choices-most", &[("max", max)]);
            return self.say_more();
        }
        let finished = chosen.len() >= *min
            && (picks.done || (picks.take_back.is_none() && *max == 1) || ask.save.is_none());
        self.save(ask, Value::Choices(chosen));
        if finished {
            self.accept_step(place, ask, None, None);
        } else {
            self.say_more();
        }
    }
}
