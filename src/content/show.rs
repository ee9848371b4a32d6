//! A flow as somebody reads it who has never seen TOML: structure and words merged.

mod later;

use super::facts::{FactStatus, fact_status};
use super::fluent::Arg;
use super::types::{
    Action, AskKind, Condition, Content, Flow, Handoff, Literal, Next, Op, Operand, SpanFn, Step,
    StepKind, Target,
};
use crate::model::{AttachmentKind, Lang, Value};
use jiff::civil::Date;
use std::fmt::Write as _;

/// Writes a flow with its texts in one language. The explanations around them are German for German content
/// and English for every other language. `None` if there is no such flow.
pub fn show(content: &Content, flow: &str, lang: &Lang, today: Date) -> Option<String> {
    let flow = content.flows.get(flow)?;
    let page = Page::new(content, flow, lang, today);
    let mut out = page.head();
    let first = flow.steps.get(&flow.start);
    let others = flow.steps.values().filter(|s| s.id != flow.start);
    for step in first.into_iter().chain(others) {
        out.push('\n');
        out.push_str(&page.step(step));
    }
    Some(out)
}

/// A flow's words in a language.
pub(super) struct Page<'c> {
    content: &'c Content,
    flow: &'c Flow,
    lang: &'c Lang,
    today: Date,
    german: bool,
}

impl<'c> Page<'c> {
    pub(super) fn new(content: &'c Content, flow: &'c Flow, lang: &'c Lang, today: Date) -> Self {
        Self {
            content,
            flow,
            lang,
            today,
            german: lang.as_str().split('-').next() == Some("de"),
        }
    }
}

impl Page<'_> {
    pub(super) fn say<'s>(&self, de: &'s str, en: &'s str) -> &'s str {
        if self.german { de } else { en }
    }

    fn head(&self) -> String {
        let mut out = format!("{} {}\n", self.say("Ablauf", "Flow"), self.flow.id);
        if let Some(topic) = &self.flow.topic {
            let label = self.content.words.text(self.lang, "topics", topic, &[]);
            let _ = writeln!(
                out,
                "{}: {}",
                self.say("Thema", "Topic"),
                label.as_ref().unwrap_or(topic)
            );
        }
        if let Some(day) = self.flow.reviewed {
            let _ = writeln!(out, "{}: {day}", self.say("Durchgesehen", "Reviewed"));
        }
        out
    }

    fn step(&self, step: &Step) -> String {
        let mut out = format!("── {} ──\n", step.id);
        match &step.kind {
            StepKind::Ask(ask) => {
                out.push_str(&self.text(&step.id, &[]));
                self.question(step, &ask.kind, &mut out);
                if let Some(field) = &ask.save {
                    let kept = self.say("Die Antwort heißt", "The answer is kept as");
                    let _ = writeln!(out, "  {kept}: {}", self.field(field));
                }
                if let Some(retry) = &ask.retry {
                    let after = self.say(
                        "Wird die Antwort nicht verstanden",
                        "If the answer is not understood",
                    );
                    let then = self.say("Mal nachfragen, dann", "more tries, then");
                    let _ = writeln!(
                        out,
                        "  {after}: {} {then} → {}",
                        retry.times,
                        self.target(&retry.then)
                    );
                }
            }
            StepKind::Say {
                facts,
                unverified,
                remind,
            } => {
                out.push_str(&self.text(&step.id, facts));
                for line in self.content.source_lines(self.lang, facts) {
                    let _ = writeln!(out, "  [{}]", line);
                }
                if let Some(target) = unverified {
                    let when = self.say(
                        "Ist eine Angabe veraltet oder offen",
                        "If a fact is old or open",
                    );
                    let _ = writeln!(out, "  {when} → {}", self.target(target));
                }
                if let Some(remind) = remind {
                    let _ = writeln!(out, "  {}", self.remind(remind));
                }
            }
            StepKind::Refer(refer) => {
                out.push_str(&self.text(&step.id, &[]));
                self.refer(refer, &mut out);
            }
            StepKind::Call(flow) => {
                let does = self.say("Ablauf wird eingeschoben", "Another flow comes in between");
                let _ = writeln!(out, "  {does}: {flow}");
            }
            StepKind::Handoff(handoff) => self.handoff(handoff, &mut out),
            StepKind::Set(sets) => {
                for (field, value) in sets {
                    let note = self.say("Merken:", "Note:");
                    let value = match value {
                        Value::Choices(ids) => {
                            let labels: Vec<_> =
                                ids.iter().map(|id| self.value(field, id)).collect();
                            labels.join(", ")
                        }
                        one => self.value(field, &plain(one)),
                    };
                    let _ = writeln!(out, "  {note} {} = {value}", self.field(field));
                }
            }
            StepKind::Do(action) => {
                let does = match action {
                    Action::Stop => self.say("Keine Nachrichten mehr", "No more messages"),
                    Action::Delete => self.say(
                        "Nachfragen, dann alles löschen",
                        "Ask, then delete everything",
                    ),
                    Action::ShowData => {
                        self.say("Zeigen, was gespeichert ist", "Show what is kept")
                    }
                };
                let _ = writeln!(out, "  {does}");
            }
            StepKind::Branch => {}
        }
        self.next(step, &mut out);
        out
    }

    /// The words of a step, each line set off by `| `.
    fn text(&self, id: &str, facts: &[String]) -> String {
        match self.words(id, facts) {
            Some(text) => text
                .lines()
                .fold(String::new(), |out, line| out + "  | " + line + "\n"),
            None => format!(
                "  ({})\n",
                self.say("kein Text in dieser Sprache", "no text in this language")
            ),
        }
    }

    /// The words of a step, answers as `[field]`.
    pub(super) fn words(&self, id: &str, facts: &[String]) -> Option<String> {
        let mut args: Vec<(String, Arg)> = self
            .content
            .fields
            .keys()
            .map(|f| (f.clone(), Arg::Text(format!("[{f}]"))))
            .collect();
        for fact in facts {
            let known = self.content.facts.get(fact);
            let status = known.map(|f| fact_status(f, self.today, &self.content.settings));
            if let Some(FactStatus::Usable { value: Some(value) }) = status {
                args.push((format!("fact_{fact}"), value.arg(self.lang)));
            }
        }
        let args: Vec<(&str, Arg)> = args.iter().map(|(n, a)| (n.as_str(), a.clone())).collect();
        self.content.words.text(self.lang, &self.flow.id, id, &args)
    }

    fn question(&self, step: &Step, kind: &AskKind, out: &mut String) {
        let expects = match kind {
            AskKind::Choice(options) => {
                for option in options {
                    let words = &self.content.words;
                    let label =
                        words.attribute(self.lang, &self.flow.id, &step.id, &option.id, &[]);
                    let label = label.as_deref().unwrap_or("…");
                    let to = option.target.as_ref().map_or_else(
                        || self.say("siehe unten", "see below").to_owned(),
                        |t| self.target(t),
                    );
                    let _ = writeln!(out, "  [ {label} ]  ({})  → {to}", option.id);
                }
                return;
            }
            AskKind::Choices { options, min, max } => {
                for id in options {
                    let words = &self.content.words;
                    let label = words.attribute(self.lang, &self.flow.id, &step.id, id, &[]);
                    let _ = writeln!(out, "  [ {} ]  ({id})", label.as_deref().unwrap_or("…"));
                }
                let several = self.say("mehrere davon", "several of them");
                format!("{several}, {min}–{max}")
            }
            AskKind::Number { min, max } => {
                let unit = match &step.kind {
                    StepKind::Ask(ask) => ask.unit.map(crate::content::check::units::name),
                    _ => None,
                };
                let number = match &unit {
                    Some(unit) => self.say(&unit.de, &unit.en),
                    None => self.say("eine Zahl", "a number"),
                };
                match (min, max) {
                    (Some(min), Some(max)) => format!("{number} {min}–{max}"),
                    (Some(min), None) => format!("{number} ≥ {min}"),
                    (None, Some(max)) => format!("{number} ≤ {max}"),
                    (None, None) => number.to_owned(),
                }
            }
            AskKind::Date => self.say("ein Datum", "a date").to_owned(),
            AskKind::Postcode => self.say("eine Postleitzahl", "a postcode").to_owned(),
            AskKind::Text => self.say("freier Text", "free text").to_owned(),
            AskKind::Contact => self
                .say(
                    "eine E-Mail-Adresse oder Telefonnummer",
                    "an e-mail address or a phone number",
                )
                .to_owned(),
            AskKind::Media { kinds, min, max } => {
                let kinds: Vec<&str> = kinds
                    .iter()
                    .map(|kind| match kind {
                        AttachmentKind::Photo => self.say("Fotos", "photos"),
                        AttachmentKind::File => self.say("Dateien", "files"),
                    })
                    .collect();
                format!("{}, {min}–{max}", kinds.join(self.say(" oder ", " or ")))
            }
            AskKind::Language => self
                .say("eine der Sprachen", "one of the languages")
                .to_owned(),
        };
        let _ = writeln!(out, "  {}: {expects}", self.say("Antwort", "Answer"));
    }

    fn handoff(&self, handoff: &Handoff, out: &mut String) {
        let words = &self.content.words;
        let reason = words.text(self.lang, "reasons", &handoff.reason, &[]);
        let reason = reason.as_ref().unwrap_or(&handoff.reason);
        let level = self
            .content
            .reasons
            .get(&handoff.reason)
            .map(|r| r.level.as_str());
        let does = self.say("Übergabe an einen Menschen", "Passed on to a human");
        let _ = writeln!(out, "  {does}: {reason} ({})", level.unwrap_or("?"));
        let fields: Vec<String> = handoff
            .share
            .iter()
            .map(|f| {
                words
                    .text(self.lang, "fields", f, &[])
                    .unwrap_or_else(|| f.clone())
            })
            .collect();
        if !fields.is_empty() {
            let shares = self.say("Mit Zustimmung weitergegeben", "Passed on after consent");
            let _ = writeln!(out, "  {shares}: {}", fields.join(", "));
        }
    }

    fn next(&self, step: &Step, out: &mut String) {
        match &step.next {
            Next::End if matches!(&step.kind, StepKind::Ask(ask) if matches!(&ask.kind, AskKind::Choice(_))) =>
                {}
            Next::End => {
                let _ = writeln!(out, "  {}", self.say("Ende des Ablaufs", "End of the flow"));
            }
            Next::Goto(target) => {
                let _ = writeln!(out, "  → {}", self.target(target));
            }
            Next::Rules(rules) => {
                for rule in rules {
                    let to = self.target(&rule.target);
                    let _ = match &rule.when {
                        Some(when) => {
                            writeln!(
                                out,
                                "  {} {} → {to}",
                                self.say("wenn", "if"),
                                self.condition(when, 0)
                            )
                        }
                        None => writeln!(out, "  {} → {to}", self.say("sonst", "else")),
                    };
                }
            }
        }
    }

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Step(step) => step.clone(),
            Target::Flow(flow) => format!("{} {flow}", self.say("Ablauf", "flow")),
        }
    }

    /// A condition in words; `depth` says how tightly the words around it bind.
    pub(super) fn condition(&self, condition: &Condition, depth: u8) -> String {
        let braced = |binding: u8, text: String| {
            if depth > binding {
                format!("({text})")
            } else {
                text
            }
        };
        match condition {
            Condition::Compare { left, op, right } => {
                let field = match left {
                    Operand::Field(field) | Operand::Span(_, field) => field,
                };
                let right = self.value(field, &literal(right));
                format!("{} {} {right}", self.operand(left), sign(*op))
            }
            Condition::In(field, list) => {
                let list: Vec<String> = list
                    .iter()
                    .map(|l| self.value(field, &literal(l)))
                    .collect();
                let field = self.field(field);
                format!(
                    "{field} {} {}",
                    self.say("eines von", "one of"),
                    list.join(", ")
                )
            }
            Condition::Has(field, option) => {
                let has = self.say("enthält", "has");
                format!("{} {has} {}", self.field(field), self.value(field, option))
            }
            Condition::Known(field) => {
                format!("{} {}", self.field(field), self.say("bekannt", "known"))
            }
            Condition::Covered(field) => {
                let covers = self.say("ein Projekt vor Ort betreut", "a local project covers");
                format!("{covers} {}", self.field(field))
            }
            Condition::Not(inner) => {
                format!("{} {}", self.say("nicht", "not"), self.condition(inner, 3))
            }
            Condition::And(a, b) => {
                let and = self.say("und", "and");
                braced(
                    2,
                    format!("{} {and} {}", self.condition(a, 2), self.condition(b, 2)),
                )
            }
            Condition::Or(a, b) => {
                let or = self.say("oder", "or");
                braced(
                    1,
                    format!("{} {or} {}", self.condition(a, 1), self.condition(b, 1)),
                )
            }
        }
    }

    /// A field by its label.
    pub(super) fn field(&self, field: &str) -> String {
        let label = self.content.words.text(self.lang, "fields", field, &[]);
        label.unwrap_or_else(|| field.to_owned())
    }

    /// A value of a field by its label, if it has one.
    pub(super) fn value(&self, field: &str, value: &str) -> String {
        let label = self
            .content
            .words
            .attribute(self.lang, "fields", field, value, &[]);
        label.map_or_else(|| value.to_owned(), |label| format!("„{label}“"))
    }

    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Field(field) => self.field(field),
            Operand::Span(function, field) => {
                let (de, en) = match function {
                    SpanFn::DaysSince => ("Tage seit", "days since"),
                    SpanFn::WeeksSince => ("Wochen seit", "weeks since"),
                    SpanFn::MonthsSince => ("Monate seit", "months since"),
                    SpanFn::DaysUntil => ("Tage bis", "days until"),
                    SpanFn::WeeksUntil => ("Wochen bis", "weeks until"),
                };
                format!("{} {}", self.say(de, en), self.field(field))
            }
        }
    }
}

pub(super) fn sign(op: Op) -> &'static str {
    match op {
        Op::Eq => "=",
        Op::Ne => "≠",
        Op::Lt => "<",
        Op::Le => "≤",
        Op::Gt => ">",
        Op::Ge => "≥",
    }
}

pub(super) fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Word(word) => word.clone(),
        Literal::Number(n) => n.to_string(),
        Literal::Flag(flag) => flag.to_string(),
    }
}

/// A value without the words around it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Choice(text)
        | Value::Text(text)
        | Value::Contact(text)
        | Value::Place { postcode: text, .. } => text.clone(),
        Value::Choices(ids) => ids.join(", "),
        Value::Media(list) => {
            let words: Vec<_> = list.iter().map(|a| a.kind.as_str()).collect();
            words.join(", ")
        }
        Value::Number(n) => n.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Flag(flag) => flag.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check::example::folder;
    use crate::content::load;
    use std::sync::Arc;

    #[test]
    fn a_flow_reads_like_a_script() {
        let content = load(&folder(), Arc::default()).content.unwrap();
        let day = jiff::civil::date(2026, 11, 21);
        let shown = |flow: &str, lang: &str| show(&content, flow, &Lang::new(lang), day).unwrap();
        insta::assert_snapshot!(shown("work", "de"), @r##"
Ablauf work
Thema: Arbeit
Durchgesehen: 2026-11-01

── paper ──
  | Welches Papier haben Sie?
  [ Gestattung ]  (gestattung)  → age
  [ Duldung ]  (duldung)  → wage
  Die Antwort heißt: Papier
  Wird die Antwort nicht verstanden: 2 Mal nachfragen, dann → Ablauf human

── age ──
  | Wie alt sind Sie?
  Antwort: eine Zahl 0–120
  Die Antwort heißt: Alter
  Wird die Antwort nicht verstanden: 2 Mal nachfragen, dann → Ablauf human
  wenn Alter < 15 → Ablauf human
  sonst → wage

── wage ──
  | Der Mindestlohn ist 13,90 Euro in der Stunde.
  | Fragen: 0800 1110111 oder https://example.org/lohn
  [Text § 1 MiLoG, https://www.gesetze-im-internet.de/milog/__1.html 1. November 2026]
  → Ablauf menu
"##);
        insta::assert_snapshot!(shown("human", "en"), @r##"
Flow human

── pass_on ──
  Passed on to a human: Work ban (urgent)
  Passed on after consent: Paper, Age
  End of the flow
"##);
        assert!(show(&content, "nowhere", &Lang::new("de"), day).is_none());
    }

    #[test]
    fn conditions_keep_their_braces() {
        let rule = "(known(age) or known(paper)) and not (age < 3 and months_since(arrival) >= 2)";
        let work = "start = \"a\"\n[step.a]\nbranch = true\nnext = [\"RULE -> flow:menu\", \"else -> flow:menu\"]\n";
        let mut source = folder().with("flows/work.toml", &work.replace("RULE", rule));
        source.0.retain(|path, _| !path.ends_with("/work.ftl"));
        let content = load(&source, Arc::default()).content.unwrap();
        let shown = show(
            &content,
            "work",
            &Lang::new("en"),
            jiff::civil::date(2026, 11, 21),
        )
        .unwrap();
        let line = shown.lines().find(|l| l.contains("if ")).unwrap();
        assert_eq!(
            line.trim(),
            "if (Age known or Paper known) and not (Age < 3 and months since Arrival ≥ 2) → flow menu"
        );
    }
}
