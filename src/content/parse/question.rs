//! A question: `ask` and the keys that belong to it.

use super::RefKind;
use super::reader::{At, Entries, Node};
use super::step::StepReader;
use crate::content::diagnostic::{Code, Span};
use crate::content::types::{Ask, AskKind, ChoiceOption, Retry};
use toml::de::DeValue;

const ASKS: &[&str] = &["choice", "number", "date", "postcode", "text", "language"];

impl StepReader<'_, '_> {
    /// Reads a question whose `ask` is taken out already.
    pub(super) fn ask(&mut self, node: &Node<'_>, entries: &mut Entries<'_, '_>) -> Option<Ask> {
        let word = self.r.word(node, ASKS);
        let options = self.options(entries, word.as_ref());
        let limits = self.limits(entries, word.as_ref());
        let save = entries.take("save");
        let retry = entries
            .take("retry")
            .and_then(|(span, n)| self.retry(n, span));
        let word = word?;
        let kind = match word.value {
            "choice" => AskKind::Choice(options),
            "number" => AskKind::Number {
                min: limits.0,
                max: limits.1,
            },
            "date" => AskKind::Date,
            "postcode" => AskKind::Postcode,
            "text" => AskKind::Text,
            _ => AskKind::Language,
        };
        let save = save.and_then(|(span, node)| self.save(span, node, &kind));
        Some(Ask { kind, save, retry })
    }

    fn save(&mut self, span: Span, node: &Node<'_>, kind: &AskKind) -> Option<String> {
        if *kind == AskKind::Language {
            self.r
                .at(
                    Code::KeyNotForKind,
                    span,
                    "die Sprache wird von selbst behalten",
                    "the language is kept by itself",
                )
                .help("Löschen Sie diese Zeile", "Delete this line");
            return None;
        }
        let text = self.r.text(node, "save = \"age\"")?;
        self.marks.save = Some(text.span.clone());
        Some(self.reference(RefKind::Field, text))
    }

    fn options(
        &mut self,
        entries: &mut Entries<'_, '_>,
        ask: Option<&At<&str>>,
    ) -> Vec<ChoiceOption> {
        const EXAMPLE: &str = "options.yes = \"other_step\"";
        let choice = ask.is_none_or(|a| a.value == "choice");
        let Some((span, node)) = entries.take("options") else {
            if let (true, Some(ask)) = (choice, ask) {
                self.r
                    .at(
                        Code::NoOptions,
                        ask.span.clone(),
                        "zu dieser Frage gibt es keine Antworten",
                        "this question has no options",
                    )
                    .help(
                        format!("Schreiben Sie zum Beispiel: {EXAMPLE}"),
                        format!("Write for example: {EXAMPLE}"),
                    );
            }
            return Vec::new();
        };
        if !choice {
            self.not_for_kind(span, "options", "ask = \"choice\"");
            return Vec::new();
        }
        let Some(list) = self.r.table(node, span, EXAMPLE) else {
            return Vec::new();
        };
        let mut options = Vec::new();
        for (id, node) in list.rest() {
            if self.r.id(&id) && id.value == "retry" {
                self.r
                    .at(
                        Code::ReservedWord,
                        id.span.clone(),
                        "`retry` ist der Text nach einer falschen Antwort",
                        "`retry` is the text after a wrong answer",
                    )
                    .help(
                        "Nehmen Sie einen anderen Namen, etwa: again",
                        "Take another name, for example: again",
                    );
            }
            self.marks.options.push(At {
                value: id.value.to_owned(),
                span: id.span,
            });
            let rules = matches!(node.get_ref(), DeValue::String(s) if s == "next");
            let target = if rules { None } else { self.target(node) };
            options.push(ChoiceOption {
                id: id.value.to_owned(),
                target,
            });
        }
        options
    }

    fn limits(
        &mut self,
        entries: &mut Entries<'_, '_>,
        ask: Option<&At<&str>>,
    ) -> (Option<i64>, Option<i64>) {
        let mut limit = |key: &'static str| {
            let (span, node) = entries.take(key)?;
            if ask.is_some_and(|a| a.value != "number") {
                self.not_for_kind(span, key, "ask = \"number\"");
                return None;
            }
            self.r.number(node, &format!("{key} = 15"))
        };
        let (min, max) = (limit("min"), limit("max"));
        if let (Some(min), Some(max)) = (&min, &max)
            && min.value > max.value
        {
            self.r.at(
                Code::BadRange,
                max.span.clone(),
                format!("`max` ist kleiner als `min` ({})", min.value),
                format!("`max` is smaller than `min` ({})", min.value),
            );
        }
        (min.map(|m| m.value), max.map(|m| m.value))
    }

    fn retry(&mut self, node: &Node<'_>, span: Span) -> Option<Retry> {
        const EXAMPLE: &str = "retry = { times = 2, then = \"human\" }";
        let mut entries = self.r.table(node, span, EXAMPLE)?;
        let times = match entries.take("times") {
            Some((_, node)) => self.r.number(node, EXAMPLE),
            None => {
                self.r.missing("times", entries.span.clone(), EXAMPLE);
                None
            }
        };
        let then = match entries.take("then") {
            Some((_, node)) => self.target(node),
            None => {
                self.r.missing("then", entries.span.clone(), EXAMPLE);
                None
            }
        };
        self.r.no_more(entries, &["times", "then"]);
        let times = times?;
        if !(1..=9).contains(&times.value) {
            self.r.at(
                Code::BadRange,
                times.span,
                "`times` muss zwischen 1 und 9 liegen",
                "`times` must be between 1 and 9",
            );
        }
        Some(Retry {
            times: u8::try_from(times.value.clamp(1, 9)).unwrap_or(1),
            then: then?,
        })
    }
}
