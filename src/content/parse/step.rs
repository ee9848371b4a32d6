//! One step of a flow.

use super::condition::{Comparison, parse_target};
use super::reader::{At, Entries, Node, Reader};
use super::{Ref, RefKind};
use crate::content::diagnostic::{Code, Span};
use crate::content::near::nearest;
use crate::content::types::{Action, FieldKind, Handoff, Step, StepKind, Target};
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
    /// There is a `retry`, readable or not.
    pub retry: bool,
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
    /// The fields of `remind` and `refer`, and what they have to be.
    pub typed: Vec<(At<String>, FieldKind)>,
    /// The topic of `refer`.
    pub topic: Option<At<String>>,
}

const KINDS: &[&str] = &[
    "ask", "say", "refer", "call", "handoff", "set", "do", "branch",
];

/// All keys of steps.
pub(super) const KEYS: &[&str] = &[
    "ask",
    "say",
    "refer",
    "call",
    "handoff",
    "set",
    "do",
    "branch",
    "save",
    "options",
    "min",
    "max",
    "unit",
    "kinds",
    "retry",
    "goto",
    "next",
    "facts",
    "unverified",
    "remind",
];

/// A step while it is read.
pub(super) struct StepReader<'a, 'p> {
    pub(super) r: &'a mut Reader<'p>,
    pub(super) marks: &'a mut StepMarks,
    pub(super) refs: &'a mut Vec<Ref>,
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
    s.marks.retry = entries.keys().any(|k| nearest(k, ["retry"]).is_some());
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
    pub(super) fn reference(&mut self, kind: RefKind, at: At<String>) -> String {
        self.refs.push(Ref {
            kind,
            name: at.value.clone(),
            span: at.span,
        });
        at.value
    }

    pub(super) fn target(&mut self, node: &Node<'_>) -> Option<Target> {
        let text = self.r.text(node, "goto = \"other_step\"")?;
        let target = parse_target(&text.value);
        self.target_ref(&target, text.span);
        Some(target)
    }

    pub(super) fn target_ref(&mut self, target: &Target, span: Span) {
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
            "refer" => self.refer(node, span).map(StepKind::Refer),
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
        if let DeValue::String(_) = node.get_ref() {
            let file = self.r.words_file();
            self.r
                .at(
                    Code::WrongType,
                    node.span(),
                    format!("schreiben Sie {example}; der Text gehört in {file}"),
                    format!("write {example}; the text belongs in {file}"),
                )
                .help(
                    "Dort steht: name_des_schritts = Der Text",
                    "There it says: name_of_the_step = The text",
                );
            return;
        }
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
        let remind = entries
            .take("remind")
            .and_then(|(span, node)| self.remind(node, span));
        Some(StepKind::Say {
            facts,
            unverified,
            remind,
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
                DeValue::Array(_) => self
                    .r
                    .texts(node, "set = { topics_wanted = [\"work\"] }")
                    .map(|list| Value::Choices(list.into_iter().map(|t| t.value).collect())),
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

    pub(super) fn not_for_kind(&mut self, span: Span, key: &str, only: &str) {
        self.r
            .at(
                Code::KeyNotForKind,
                span,
                format!("`{key}` gibt es nur bei {only}"),
                format!("`{key}` is only for {only}"),
            )
            .help("Löschen Sie diese Zeile", "Delete this line");
    }

    /// What is left: keys of another kind, or keys that do not exist.
    fn leftovers(&mut self, entries: Entries<'_, '_>, named: bool) {
        let header = entries.span.clone();
        let mut misspelt = false;
        for (key, _) in entries.rest() {
            let name = key.value;
            match name {
                "save" | "options" | "retry" => self.not_for_kind(key.span, name, "ask"),
                "min" | "max" => {
                    let asks = "ask = \"number\" / \"choices\" / \"media\"";
                    self.not_for_kind(key.span, name, asks)
                }
                "unit" => self.not_for_kind(key.span, name, "ask = \"number\""),
                "kinds" => self.not_for_kind(key.span, name, "ask = \"media\""),
                "facts" | "unverified" | "remind" => self.not_for_kind(key.span, name, "say"),
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
                    "Er braucht genau eines von: ask, say, refer, call, handoff, set, do, branch",
                    "It needs exactly one of: ask, say, refer, call, handoff, set, do, branch",
                );
        }
    }

    fn unknown(&mut self, key: &At<&str>) {
        let name = key.value;
        let span = key.span.clone();
        if ["start", "topic", "reviewed"].contains(&name) {
            self.r
                .at(
                    Code::UnknownKey,
                    span,
                    format!(
                        "schreiben Sie `{name}` an den Anfang der Datei, vor den ersten [step.…]"
                    ),
                    format!(
                        "write `{name}` at the beginning of the file, before the first [step.…]"
                    ),
                )
                .help(
                    "Was unter einer Überschrift steht, gehört zu diesem Schritt",
                    "What stands below a header belongs to that step",
                );
        } else if WORDS.contains(&name) {
            let file = self.r.words_file();
            self.r
                .at(
                    Code::UnknownKey,
                    span,
                    format!("schreiben Sie Texte nicht hierher, sondern in {file}"),
                    format!("write texts not here, but in {file}"),
                )
                .help(
                    "Hier steht nur der Weg; dort steht: name_des_schritts = Der Text",
                    "Here is only the way; there it says: name_of_the_step = The text",
                );
        } else {
            self.r.unknown_key(span, name, KEYS.iter().copied());
        }
    }
}

/// Names that people give to texts in a flow file, where texts do not belong.
const WORDS: &[&str] = &[
    "text",
    "texts",
    "frage",
    "question",
    "antwort",
    "antworten",
    "answer",
    "answers",
    "label",
    "labels",
    "title",
    "titel",
    "message",
    "nachricht",
    "words",
    "hint",
    "hinweis",
    "de",
    "en",
    "ar",
];
