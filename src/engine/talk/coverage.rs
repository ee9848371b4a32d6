//! Which steps and options transcripts have reached.

use crate::content::{AskKind, Content, StepKind};
use crate::engine::Trace;
use std::collections::BTreeSet;

/// Which steps and options transcripts have reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// `work/status`.
    pub steps: BTreeSet<String>,
    /// `work/status.duldung`.
    pub options: BTreeSet<String>,
}

impl Coverage {
    /// Adds what another run has reached.
    pub fn extend(&mut self, other: Self) {
        self.steps.extend(other.steps);
        self.options.extend(other.options);
    }

    /// Everything that could be reached.
    pub fn all(content: &Content) -> Self {
        let mut all = Self::default();
        for (flow, step) in content
            .flows
            .values()
            .flat_map(|f| f.steps.values().map(move |s| (f, s)))
        {
            let key = format!("{}/{}", flow.id, step.id);
            if let StepKind::Ask(ask) = &step.kind {
                all.options
                    .extend(buttons(content, &ask.kind).map(|id| format!("{key}.{id}")));
            }
            all.steps.insert(key);
        }
        all
    }

    /// What is in here and not in `reached`.
    #[must_use]
    pub fn without(&self, reached: &Self) -> Self {
        Self {
            steps: self.steps.difference(&reached.steps).cloned().collect(),
            options: self.options.difference(&reached.options).cloned().collect(),
        }
    }

    pub(super) fn add(&mut self, trace: Trace<'_>) {
        self.steps.extend(
            trace
                .steps
                .into_iter()
                .map(|(flow, step)| format!("{flow}/{step}")),
        );
        self.options.extend(
            trace
                .options
                .into_iter()
                .map(|(flow, step, id)| format!("{flow}/{step}.{id}")),
        );
    }
}

/// The ids of a question's buttons; those of a question for the language are the languages on offer.
fn buttons<'c>(content: &'c Content, kind: &'c AskKind) -> impl Iterator<Item = &'c str> {
    let (options, languages) = match kind {
        AskKind::Choice(options) => {
            let ids = options.iter().map(|o| o.id.as_str()).collect();
            (ids, [].as_slice())
        }
        AskKind::Choices { options, .. } => {
            let ids = options.iter().map(String::as_str).collect();
            (ids, [].as_slice())
        }
        AskKind::Language => (Vec::new(), content.settings.languages.as_slice()),
        AskKind::Number { .. }
        | AskKind::Date
        | AskKind::Postcode
        | AskKind::Text
        | AskKind::Contact
        | AskKind::Media { .. } => (Vec::new(), [].as_slice()),
    };
    let options = options.into_iter();
    options.chain(languages.iter().map(|l| l.lang.as_str()))
}
