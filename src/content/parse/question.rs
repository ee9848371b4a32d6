//! A question: `ask` and the keys that belong to it.

use super::RefKind;
use super::reader::{At, Entries, Node};
use super::step::StepReader;
use crate::content::diagnostic::{Code, Span};
use crate::content::types::{Ask, AskKind, ChoiceOption, Retry};
use crate::text::TimeUnit;
use toml::de::DeValue;

const ASKS: &[&str] = &[
    "choice", "choices", "number", "date", "postcode", "text", "contact", "media", "language",
];

/// Names that mean something among the words of a question: the text after a wrong answer, the button after the last pick.
const RESERVED: &[(&str, &str, &str)] = &[
    (
        "retry",
        "der Text nach einer falschen Antwort",
        "the text after a wrong answer",
    ),
    (
        "done",
        "der Knopf, mit dem eine Auswahl fertig ist",
        "the button that ends a choice of several",
    ),
];

impl StepReader<'_, '_> {
    /// Reads a question whose `ask` is taken out already.
    pub(super) fn ask(&mut self, node: &Node<'_>, entries: &mut Entries<'_, '_>) -> Option<Ask> {
        let word = self.r.word(node, ASKS);
        let several = word.as_ref().is_some_and(|w| w.value == "choices");
        let (options, several) = if several {
            (Vec::new(), self.several(entries, word.as_ref()))
        } else {
            (self.options(entries, word.as_ref()), Vec::new())
        };
        let limits = self.limits(entries, word.as_ref());
        let unit = self.unit(entries, word.as_ref());
        let kinds = self.kinds(entries, word.as_ref());
        let save = entries.take("save");
        let retry = entries
            .take("retry")
            .and_then(|(span, n)| self.retry(n, span));
        let word = word?;
        let kind = match word.value {
            "choice" => AskKind::Choice(options),
            "choices" => self.picks(several, limits),
            "number" => AskKind::Number {
                min: limits.0.map(|m| m.value),
                max: limits.1.map(|m| m.value),
            },
            "date" => AskKind::Date,
            "postcode" => AskKind::Postcode,
            "text" => AskKind::Text,
            "contact" => AskKind::Contact,
            "media" => self.media(kinds, limits),
            _ => AskKind::Language,
        };
        let needed = match kind {
            AskKind::Choices { .. } => Some("save = \"topics_wanted\""),
            AskKind::Media { .. } => Some("save = \"letter_photos\""),
            _ => None,
        };
        if let (None, Some(example)) = (&save, needed) {
            self.r.missing("save", entries.span.clone(), example);
        }
        let save = save.and_then(|(span, node)| self.save(span, node, &kind));
        Some(Ask {
            kind,
            save,
            retry,
            unit,
        })
    }

    /// The options of `ask = "choices"`: a list, for none of them leads anywhere of its own.
    fn several(&mut self, entries: &mut Entries<'_, '_>, ask: Option<&At<&str>>) -> Vec<String> {
        const EXAMPLE: &str = "options = [\"work\", \"school\"]";
        let listed = entries
            .take("options")
            .map(|(span, node)| (span, self.r.texts(node, EXAMPLE)));
        let mut options: Vec<String> = Vec::new();
        match (listed, ask) {
            (Some((_, Some(list))), _) if !list.is_empty() => {
                for option in list {
                    let id = At {
                        value: option.value.as_str(),
                        span: option.span.clone(),
                    };
                    self.option_id(&id, RESERVED);
                    if options.contains(&option.value) {
                        self.r
                            .at(
                                Code::OptionTwice,
                                option.span,
                                format!("`{}` steht schon in dieser Liste", option.value),
                                format!("`{}` is in this list already", option.value),
                            )
                            .help("Löschen Sie eines von beiden", "Delete one of the two");
                        continue;
                    }
                    options.push(option.value.clone());
                    self.marks.options.push(option);
                }
            }
            (Some((span, Some(_))), _) => self.no_options(span, EXAMPLE),
            (None, Some(ask)) => self.no_options(ask.span.clone(), EXAMPLE),
            _ => {}
        }
        options
    }

    /// The kind of a question for several options, with limits that can be kept.
    fn picks(
        &mut self,
        options: Vec<String>,
        (min, max): (Option<At<i64>>, Option<At<i64>>),
    ) -> AskKind {
        let count = options.len();
        let mut within = |limit: Option<At<i64>>, least: usize, else_: usize| {
            let Some(limit) = limit else {
                return else_.min(count);
            };
            match usize::try_from(limit.value) {
                Ok(n) if (least..=count).contains(&n) || count == 0 => n,
                _ => {
                    self.r.at(
                        Code::BadRange,
                        limit.span,
                        format!("hier geht eine Zahl von {least} bis {count}, so viele Antworten gibt es"),
                        format!("a number from {least} to {count} is possible here, as many options there are"),
                    );
                    else_.min(count)
                }
            }
        };
        let min = within(min, 0, 1);
        let max = within(max, 1, count);
        AskKind::Choices { options, min, max }
    }

    fn no_options(&mut self, span: Span, example: &str) {
        self.r
            .at(
                Code::NoOptions,
                span,
                "zu dieser Frage gibt es keine Antworten",
                "this question has no options",
            )
            .help(
                format!("Schreiben Sie zum Beispiel: {example}"),
                format!("Write for example: {example}"),
            );
    }

    /// Reports an option whose name cannot be one.
    fn option_id(&mut self, id: &At<&str>, reserved: &[(&str, &str, &str)]) {
        let reserved = reserved.iter().find(|(name, ..)| *name == id.value);
        if let (true, Some((name, de, en))) = (self.r.id(id), reserved) {
            self.r
                .at(
                    Code::ReservedWord,
                    id.span.clone(),
                    format!("`{name}` ist {de}"),
                    format!("`{name}` is {en}"),
                )
                .help(
                    "Nehmen Sie einen anderen Namen, etwa: again",
                    "Take another name, for example: again",
                );
        }
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
                self.no_options(ask.span.clone(), EXAMPLE);
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
            self.option_id(&id, &RESERVED[..1]);
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
    ) -> (Option<At<i64>>, Option<At<i64>>) {
        let mut limit = |key: &'static str| {
            let (span, node) = entries.take(key)?;
            if ask.is_some_and(|a| !["number", "choices", "media"].contains(&a.value)) {
                self.not_for_kind(span, key, "ask = \"number\" / \"choices\" / \"media\"");
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
        (min, max)
    }

    /// What a number counts.
    fn unit(&mut self, entries: &mut Entries<'_, '_>, ask: Option<&At<&str>>) -> Option<TimeUnit> {
        let (span, node) = entries.take("unit")?;
        if ask.is_some_and(|a| a.value != "number") {
            self.not_for_kind(span, "unit", "ask = \"number\"");
            return None;
        }
        let word = self.r.word(node, &TimeUnit::ALL.map(TimeUnit::as_str))?;
        TimeUnit::named(word.value)
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
