//! A question for photos and files: `ask = "media"` with `kinds`, `min` and `max`.

use super::reader::{At, Entries};
use super::step::StepReader;
use crate::content::diagnostic::Code;
use crate::content::types::AskKind;
use crate::model::AttachmentKind;

/// How many are taken if the flow does not say: the pages of a letter.
const MOST: usize = 5;

/// How many may be asked for at most.
const LIMIT: usize = 10;

type Limits = (Option<At<i64>>, Option<At<i64>>);

impl StepReader<'_, '_> {
    /// What may be sent; both kinds if the flow does not say.
    pub(super) fn kinds(
        &mut self,
        entries: &mut Entries<'_, '_>,
        ask: Option<&At<&str>>,
    ) -> Vec<AttachmentKind> {
        const EXAMPLE: &str = "kinds = [\"photo\", \"file\"]";
        let all = AttachmentKind::ALL.to_vec();
        let Some((span, node)) = entries.take("kinds") else {
            return all;
        };
        if ask.is_some_and(|a| a.value != "media") {
            self.not_for_kind(span, "kinds", "ask = \"media\"");
            return all;
        }
        let Some(list) = self.r.list(node, EXAMPLE) else {
            return all;
        };
        if list.is_empty() {
            self.r
                .at(
                    Code::NoOptions,
                    span,
                    "diese Frage nimmt nichts an",
                    "this question takes nothing",
                )
                .help(
                    format!("Schreiben Sie zum Beispiel: {EXAMPLE}"),
                    format!("Write for example: {EXAMPLE}"),
                );
            return all;
        }
        let words = AttachmentKind::ALL.map(AttachmentKind::as_str);
        let mut kinds = Vec::new();
        for node in list {
            let Some(word) = self.r.word(node, &words) else {
                continue;
            };
            match AttachmentKind::parse(word.value) {
                Some(kind) if kinds.contains(&kind) => {
                    self.r
                        .at(
                            Code::OptionTwice,
                            word.span,
                            format!("`{}` steht schon in dieser Liste", word.value),
                            format!("`{}` is in this list already", word.value),
                        )
                        .help("Löschen Sie eines von beiden", "Delete one of the two");
                }
                kind => kinds.extend(kind),
            }
        }
        kinds
    }

    /// The kind of a question for photos and files, with limits that can be kept.
    pub(super) fn media(&mut self, kinds: Vec<AttachmentKind>, (min, max): Limits) -> AskKind {
        let mut within = |limit: Option<At<i64>>, least: usize, otherwise: usize| {
            let Some(limit) = limit else {
                return otherwise;
            };
            match usize::try_from(limit.value) {
                Ok(n) if (least..=LIMIT).contains(&n) => n,
                _ => {
                    self.r.at(
                        Code::BadRange,
                        limit.span,
                        format!("hier geht eine Zahl von {least} bis {LIMIT}"),
                        format!("a number from {least} to {LIMIT} is possible here"),
                    );
                    otherwise
                }
            }
        };
        let min = within(min, 0, 1);
        let max = within(max, 1, MOST.max(min));
        AskKind::Media { kinds, min, max }
    }
}
