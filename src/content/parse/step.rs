//! One step of a flow.

use super::condition::{Comparison, parse_rule, parse_target};
use super::reader::{At, Entries, Node, Reader};
use super::{Ref, RefKind};
use crate::content::diagnostic::{Both, Code, Span};
use crate::content::near::nearest;
use crate::content::types::{
    Action, Ask, AskKind, ChoiceOption, Handoff, Next, Retry, Rule, Step, StepKind, Target,
};
use crate::model::Value;
use toml::de::DeValue;

/// Positions within a step.
#[derive(Debug, Default)]
pub(in crate::content) struct StepMarks {
    /// The step's name in `[step.name]`.
    pub header: Span,
    /// The value of `save`.
    pub save: Option<Span>,
    /// The keys of `options`, in order.
    pub options: Vec<At<String>>,
    /// The value of `next`.
    pub next: Option<Span>,
    /// The rules of `next`, in order, faulty ones left out.
    pub rules: Vec<Span>,
    /// A rule could not be read.
    pub faulty_rules: bool,
    /// Comparisons in rules, for the check of types.
    pub comparisons: Vec<Comparison>,
    /// Fields of `set` with the place of their values.
    pub sets: Vec<(String, Span)>,
    /// The fields of `share`.
    pub share: Vec<At<String>>,
}

const KINDS: &[&str] = &["ask", "say", "call", "handoff", "set", "do", "branch"];

/// All keys of steps.
pub(super) const KEYS: &[&str] = &[
    "ask",
    "say",
    "call",
    "handoff",
    "set",
    "do",
    "branch",
    "save",
    "options",
    "min",
    "max",
    "retry",
    "goto",
    "next",
    "facts",
    "unverified",
];

const ASKS: &[&str] = &["choice", "number", "date", "postcode", "text", "language"];

struct StepReader<'a, 'p> {
    r: &'a mut Reader<'p>,
    marks: &'a mut StepMarks,
    refs: &'a mut Vec<Ref>,
}

/// Reads a step; `None` if it is not clear what the step does.
pub(super) fn read(
    r: &mut Reader<'_>,
    id: &str,
    mut entries: Entries<'_, '_>,
    marks: &mut StepMarks,
    refs: &mut Vec<Ref>,
) -> Option<Step> {
    let mut s = StepReader { r, marks, refs };
    let named = KINDS.iter().any(|k| entries.span_of(k).is_some());
    let kind = s.kind(&mut entries);
    let next = s.next(&mut entries, kind.as_ref());
    s.leftovers(entries, named);
    Some(Step {
        id: id.to_owned(),
        kind: kind?,
        next,
    })
}

impl StepReader<'_, '_> {
    fn reference(&mut self, kind: RefKind, at: At<String>) -> String {
        self.refs.push(Ref {
            kind,
            name: at.value.clone(),
            span: at.span,
        });
        at.value
    }

    fn target(&mut self, node: &Node<'_>) -> Option<Target> {
        let text = self.r.text(node, "goto = \"other_step\"")?;
        let target = parse_target(&text.value);
        self.target_ref(&target, text.span);
        Some(target)
    }

    fn target_ref(&mut self, target: &Target, span: Span) {
        let (kind, name) = match target {
            Target::Step(name) => (RefKind::Step, name),
            Target::Flow(name) => (RefKind::Flow, name),
        };
        self.refs.push(Ref {
            kind,
            name: name.clone(),
            span,
        });
    }

    fn kind(&mut self, entries: &mut Entries<'_, '_>) -> Option<StepKind> {
        let present: Vec<(&str, Span)> = KINDS
            .iter()
            .filter_map(|k| Some((*k, entries.span_of(k)?)))
            .collect();
        for (kind, span) in present.iter().skip(1) {
            let first = present.first().map_or("", |(k, _)| k);
            self.r
                .at(
                    Code::SeveralKinds,
                    span.clone(),
                    format!(
                        "dieser Schritt hat schon `{first}`, er kann nicht auch `{kind}` haben"
                    ),
                    format!("this step already has `{first}`, it cannot have `{kind}` as well"),
                )
                .help(
                    "Machen Sie daraus zwei Schritte und verbinden Sie sie mit `goto`",
                    "Make two steps of it and connect them with `goto`",
                );
            entries.take(kind);
        }
        let (kind, _) = present.first()?;
        let (span, node) = entries.take(kind)?;
        match *kind {
            "ask" => self.ask(node, entries).map(StepKind::Ask),
            "say" => self.say(node, entries),
            "call" => {
                let flow = self.r.text(node, "call = \"common/offer_human\"")?;
                let value = flow
                    .value
                    .strip_prefix("flow:")
                    .unwrap_or(&flow.value)
                    .to_owned();
                Some(StepKind::Call(self.reference(
                    RefKind::Flow,
                    At {
                        value,
                        span: flow.span,
                    },
                )))
            }
            "handoff" => self.handoff(node, span).map(StepKind::Handoff),
            "set" => self.set(node, span).map(StepKind::Set),
            "do" => {
                let word = self.r.word(node, &["stop", "delete", "show_data"])?;
                Some(StepKind::Do(match word.value {
                    "stop" => Action::Stop,
                    "delete" => Action::Delete,
                    _ => Action::ShowData,
                }))
            }
            _ => {
                self.truth(node, "branch = true");
                Some(StepKind::Branch)
            }
        }
    }

    /// `say` and `branch` are there or not; `false` makes no sense.
    fn truth(&mut self, node: &Node<'_>, example: &str) {
        if let Some(flag) = self.r.flag(node, example)
            && !flag.value
        {
            self.r
                .at(
                    Code::WrongType,
                    flag.span,
                    "hier ist nur `true` möglich",
                    "only `true` is possible here",
                )
                .help(
                    format!("Schreiben Sie: {example}"),
                    format!("Write: {example}"),
                );
        }
    }

    fn say(&mut self, node: &Node<'_>, entries: &mut Entries<'_, '_>) -> Option<StepKind> {
        self.truth(node, "say = true");
        let facts = entries
            .take("facts")
            .and_then(|(_, n)| self.r.texts(n, "facts = [\"minimum_wage\"]"));
        let facts: Vec<String> = facts
            .unwrap_or_default()
            .into_iter()
            .map(|f| self.reference(RefKind::Fact, f))
            .collect();
        let unverified = match entries.take("unverified") {
            Some((span, _)) if facts.is_empty() => {
                self.r.at(
                    Code::KeyNotForKind,
                    span,
                    "`unverified` gibt es nur zusammen mit `facts`",
                    "`unverified` is only there together with `facts`",
                );
                None
            }
            Some((_, node)) => self.target(node),
            None => None,
        };
        Some(StepKind::Say { facts, unverified })
    }

    fn ask(&mut self, node: &Node<'_>, entries: &mut Entries<'_, '_>) -> Option<Ask> {
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

    fn handoff(&mut self, node: &Node<'_>, span: Span) -> Option<Handoff> {
        const EXAMPLE: &str = "handoff = { reason = \"work_ban\", share = [\"age\"] }";
        let mut entries = self.r.table(node, span, EXAMPLE)?;
        let reason = match entries.take("reason") {
            Some((_, node)) => self.r.text(node, EXAMPLE),
            None => {
                self.r.missing("reason", entries.span.clone(), EXAMPLE);
                None
            }
        };
        let share = entries
            .take("share")
            .and_then(|(_, n)| self.r.texts(n, EXAMPLE))
            .unwrap_or_default();
        self.r.no_more(entries, &["reason", "share"]);
        self.marks.share.clone_from(&share);
        let share = share
            .into_iter()
            .map(|f| self.reference(RefKind::Field, f))
            .collect();
        Some(Handoff {
            reason: self.reference(RefKind::Reason, reason?),
            share,
        })
    }

    fn set(&mut self, node: &Node<'_>, span: Span) -> Option<Vec<(String, Value)>> {
        const EXAMPLE: &str = "set = { outcome = \"in\" }";
        let entries = self.r.table(node, span, EXAMPLE)?;
        let mut sets = Vec::new();
        for (field, node) in entries.rest() {
            let value = match node.get_ref() {
                DeValue::Integer(_) => self.r.number(node, EXAMPLE).map(|n| Value::Number(n.value)),
                DeValue::Boolean(flag) => Some(Value::Flag(*flag)),
                DeValue::Datetime(_) => self
                    .r
                    .date(node, "2026-11-01")
                    .map(|d| Value::Date(d.value)),
                // Whether this is an option, a postcode or a text depends on the field; see `check::values`.
                _ => self.r.text(node, EXAMPLE).map(|t| Value::Choice(t.value)),
            };
            self.marks.sets.push((field.value.to_owned(), node.span()));
            let field = self.reference(
                RefKind::Field,
                At {
                    value: field.value.to_owned(),
                    span: field.span,
                },
            );
            if let Some(value) = value {
                sets.push((field, value));
            }
        }
        Some(sets)
    }

    fn next(&mut self, entries: &mut Entries<'_, '_>, kind: Option<&StepKind>) -> Next {
        let goto = entries.take("goto");
        let next = entries.take("next");
        if let (Some(_), Some((span, _))) = (&goto, &next) {
            self.two_ways(span.clone(), "goto", "next");
        }
        let options = match kind {
            Some(StepKind::Ask(Ask {
                kind: AskKind::Choice(options),
                ..
            })) => options.as_slice(),
            _ => &[],
        };
        let way = goto
            .as_ref()
            .or(next.as_ref())
            .map(|(span, _)| span.clone());
        match way {
            Some(span) if !options.is_empty() && options.iter().all(|o| o.target.is_some()) => {
                self.two_ways(
                    span,
                    "options",
                    if goto.is_some() { "goto" } else { "next" },
                );
            }
            None if options.iter().any(|o| o.target.is_none()) => {
                self.options_lead_nowhere(options)
            }
            None if matches!(kind, Some(StepKind::Branch)) => {
                self.r.missing(
                    "next",
                    entries.span.clone(),
                    "next = [\"age < 15 -> too_young\", \"else -> go_on\"]",
                );
            }
            _ => {}
        }
        if let Some((_, node)) = goto {
            return self.target(node).map_or(Next::End, Next::Goto);
        }
        next.map_or(Next::End, |(_, node)| self.rules(node))
    }

    fn two_ways(&mut self, span: Span, first: &str, second: &str) {
        self.r
            .at(
                Code::TwoWaysOn,
                span,
                format!("`{first}` sagt schon, wohin es geht; `{second}` wird nie angesehen"),
                format!("`{first}` already says where it leads; `{second}` is never looked at"),
            )
            .help(
                "Löschen Sie eines von beiden; `options.x = \"next\"` heißt: die Regeln entscheiden",
                "Delete one of the two; `options.x = \"next\"` means: the rules decide",
            );
    }

    fn options_lead_nowhere(&mut self, options: &[ChoiceOption]) {
        let first = self
            .marks
            .options
            .iter()
            .zip(options)
            .find(|(_, o)| o.target.is_none());
        let Some((at, _)) = first else { return };
        let (id, span) = (at.value.clone(), at.span.clone());
        self.r
            .at(
                Code::NoOptions,
                span,
                format!("`{id}` verweist auf `next`, aber der Schritt hat kein `next`"),
                format!("`{id}` points to `next`, but the step has no `next`"),
            )
            .help(
                "Zum Beispiel: next = [\"else -> other_step\"]",
                "For example: next = [\"else -> other_step\"]",
            );
    }

    fn rules(&mut self, node: &Node<'_>) -> Next {
        const EXAMPLE: &str = "next = [\"age < 15 -> too_young\", \"else -> go_on\"]";
        self.marks.next = Some(node.span());
        let mut rules = Vec::new();
        for node in self.r.list(node, EXAMPLE).unwrap_or_default() {
            match self.r.text(node, EXAMPLE).and_then(|text| self.rule(&text)) {
                Some(rule) => {
                    self.marks.rules.push(node.span());
                    rules.push(rule);
                }
                None => self.marks.faulty_rules = true,
            }
        }
        Next::Rules(rules)
    }

    fn rule(&mut self, text: &At<String>) -> Option<Rule> {
        // Positions within the rule are positions in the file only if the quotes hold the text as it is.
        let offset = inner_offset(&self.r.file.text, text);
        let place = |span: Span| match offset {
            Some(offset) => span.start + offset..span.end + offset,
            None => text.span.clone(),
        };
        let parsed = match parse_rule(&text.value) {
            Ok(parsed) => parsed,
            Err(fault) => {
                let Both { de, en } = fault.message;
                self.r
                    .at(Code::BadRule, place(fault.span), de, en)
                    .help_if(fault.help);
                return None;
            }
        };
        for (name, span) in parsed.fields {
            self.refs.push(Ref {
                kind: RefKind::Field,
                name,
                span: place(span),
            });
        }
        for mut comparison in parsed.comparisons {
            comparison.field_span = place(comparison.field_span);
            comparison.op_span = place(comparison.op_span);
            for (_, span) in &mut comparison.literals {
                *span = place(span.clone());
            }
            self.marks.comparisons.push(comparison);
        }
        self.target_ref(&parsed.target, place(parsed.target_span));
        Some(Rule {
            when: parsed.when,
            target: parsed.target,
        })
    }

    fn not_for_kind(&mut self, span: Span, key: &str, only: &str) {
        self.r.at(
            Code::KeyNotForKind,
            span,
            format!("`{key}` gibt es nur bei {only}"),
            format!("`{key}` is only for {only}"),
        );
    }

    /// What is left: keys of another kind, or keys that do not exist.
    fn leftovers(&mut self, entries: Entries<'_, '_>, named: bool) {
        let header = entries.span.clone();
        let mut misspelt = false;
        for (key, _) in entries.rest() {
            let name = key.value;
            match name {
                "save" | "options" | "retry" => self.not_for_kind(key.span, name, "ask"),
                "min" | "max" => self.not_for_kind(key.span, name, "ask = \"number\""),
                "facts" | "unverified" => self.not_for_kind(key.span, name, "say"),
                _ => {
                    misspelt |= nearest(name, KINDS.iter().copied()).is_some();
                    self.unknown(&key);
                }
            }
        }
        if !named && !misspelt {
            self.r
                .at(
                    Code::NoKind,
                    header,
                    "dieser Schritt tut nichts",
                    "this step does nothing",
                )
                .help(
                    "Er braucht genau eines von: ask, say, call, handoff, set, do, branch",
                    "It needs exactly one of: ask, say, call, handoff, set, do, branch",
                );
        }
    }

    fn unknown(&mut self, key: &At<&str>) {
        let name = key.value;
        let help = if ["start", "topic", "reviewed"].contains(&name) {
            Some(Both::new(
                format!("`{name}` gehört an den Anfang der Datei, vor den ersten [step.…]"),
                format!("`{name}` belongs to the beginning of the file, before the first [step.…]"),
            ))
        } else {
            crate::content::near::did_you_mean(name, KEYS.iter().copied())
        };
        self.r
            .at(
                Code::UnknownKey,
                key.span.clone(),
                format!("`{name}` gibt es in Schritten nicht"),
                format!("there is no `{name}` in steps"),
            )
            .help_if(help);
    }
}

/// Where the text within the quotes begins in the file; `None` if it has escapes.
fn inner_offset(file: &str, text: &At<String>) -> Option<usize> {
    let raw = file.get(text.span.clone())?;
    let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") {
        3
    } else {
        1
    };
    raw.get(quotes..)?
        .starts_with(&text.value)
        .then(|| text.span.start + quotes)
}
