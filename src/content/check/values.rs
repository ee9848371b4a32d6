//! Values must fit the fields that hold them.

use crate::content::diagnostic::{Both, Code, Problems, Span};
use crate::content::files::Files;
use crate::content::known::FlowAt;
use crate::content::near::did_you_mean;
use crate::content::parse::condition::{Compared, Comparison};
use crate::content::parse::step::StepMarks;
use crate::content::types::{AskKind, Field, FieldKind, Literal, Op, StepKind};
use crate::model::Value;

pub(super) fn check(files: &Files, problems: &mut Problems) {
    if files.fields.broken {
        return;
    }
    for (_, flow) in files.sound_flows() {
        for (id, marks) in &flow.parsed.marks {
            match flow.parsed.flow.steps.get(id).map(|s| &s.kind) {
                Some(StepKind::Ask(ask)) => {
                    let field = ask
                        .save
                        .as_ref()
                        .and_then(|name| Some((name, files.fields.get(name)?)));
                    if let Some((name, field)) = field {
                        save(flow, marks, &ask.kind, name, field, problems);
                    }
                }
                Some(StepKind::Set(sets)) => {
                    for ((name, value), (_, span)) in sets.iter().zip(&marks.sets) {
                        if let Some(field) = files.fields.get(name) {
                            set(flow, span, name, value, field, problems);
                        }
                    }
                }
                _ => {}
            }
            for comparison in &marks.comparisons {
                if let Some(field) = files.fields.get(&comparison.field) {
                    compare(flow, comparison, field, problems);
                }
            }
        }
    }
}

/// What a field is, in words of `fields.toml`.
pub(super) fn kind_word(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice(_) => "choice",
        FieldKind::Choices(_) => "choices",
        FieldKind::Number => "number",
        FieldKind::Date => "date",
        FieldKind::Postcode => "postcode",
        FieldKind::Text => "text",
        FieldKind::Contact => "contact",
        FieldKind::Media => "media",
        FieldKind::Flag => "flag",
    }
}

fn save(
    flow: &FlowAt,
    marks: &StepMarks,
    ask: &AskKind,
    name: &str,
    field: &Field,
    problems: &mut Problems,
) {
    let (asked, held) = (ask.as_str(), kind_word(&field.kind));
    if asked != held {
        let message = Both::new(
            format!("diese Frage ergibt `{asked}`, das Feld `{name}` nimmt aber `{held}`"),
            format!("this question gives `{asked}`, but the field `{name}` takes `{held}`"),
        );
        let span = marks.save.clone().unwrap_or(marks.header.clone());
        problems.at(Code::SaveType, &flow.file, span, message).help(
            "Nehmen Sie ein anderes Feld, oder ändern Sie `type` in flows/fields.toml",
            "Take another field, or change `type` in flows/fields.toml",
        );
        return;
    }
    let (FieldKind::Choice(values) | FieldKind::Choices(values)) = &field.kind else {
        return;
    };
    for option in marks.options.iter().filter(|o| !values.contains(&o.value)) {
        let message = Both::new(
            format!("das Feld `{name}` kennt den Wert `{}` nicht", option.value),
            format!(
                "the field `{name}` does not know the value `{}`",
                option.value
            ),
        );
        let help = near_or_all(&option.value, values);
        problems
            .at(
                Code::OptionNotValue,
                &flow.file,
                option.span.clone(),
                message,
            )
            .help_if(help);
    }
}

fn near_or_all(word: &str, values: &[String]) -> Option<Both> {
    did_you_mean(word, values.iter().map(String::as_str)).map(|help| {
        Both::new(
            format!(
                "{} Sonst tragen Sie es in flows/fields.toml unter `values` ein",
                end(&help.de)
            ),
            format!(
                "{} Else add it to `values` in flows/fields.toml",
                end(&help.en)
            ),
        )
    })
}

fn end(sentence: &str) -> String {
    if sentence.ends_with('?') {
        sentence.to_owned()
    } else {
        format!("{sentence}.")
    }
}

fn set(
    flow: &FlowAt,
    span: &Span,
    name: &str,
    value: &Value,
    field: &Field,
    problems: &mut Problems,
) {
    let mut all_known = |words: &[String], values: &[String]| {
        for word in words.iter().filter(|w| !values.contains(w)) {
            let message = Both::new(
                format!("das Feld `{name}` kennt den Wert `{word}` nicht"),
                format!("the field `{name}` does not know the value `{word}`"),
            );
            problems
                .at(Code::OptionNotValue, &flow.file, span.clone(), message)
                .help_if(near_or_all(word, values));
        }
    };
    let fits = match (&field.kind, value) {
        (FieldKind::Choice(values), Value::Choice(word)) => {
            all_known(std::slice::from_ref(word), values);
            true
        }
        (FieldKind::Choices(values), Value::Choices(words)) => {
            all_known(words, values);
            true
        }
        (FieldKind::Contact, Value::Choice(word)) => crate::text::contact(word).is_some(),
        (FieldKind::Postcode, Value::Choice(word)) => {
            word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit())
        }
        (FieldKind::Number, Value::Number(_))
        | (FieldKind::Date, Value::Date(_))
        | (FieldKind::Flag, Value::Flag(_))
        | (FieldKind::Text, Value::Choice(_)) => true,
        _ => false,
    };
    if field.kind == FieldKind::Media {
        let message = Both::new(
            format!("in `{name}` kommen nur Fotos und Dateien, die die Person schickt"),
            format!("`{name}` takes only photos and files that the person sends"),
        );
        problems
            .at(Code::SaveType, &flow.file, span.clone(), message)
            .help("Löschen Sie diese Zeile", "Delete this line");
    } else if !fits {
        let (example, held) = (example(&field.kind), kind_word(&field.kind));
        let message = Both::new(
            format!("dieser Wert passt nicht zum Feld `{name}` ({held})"),
            format!("this value does not fit the field `{name}` ({held})"),
        );
        problems
            .at(Code::SaveType, &flow.file, span.clone(), message)
            .help(
                format!("Zum Beispiel: {name} = {example}"),
                format!("For example: {name} = {example}"),
            );
    }
}

fn example(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Choice(values) => {
            format!("\"{}\"", values.first().map_or("yes", String::as_str))
        }
        FieldKind::Choices(values) => {
            format!("[\"{}\"]", values.first().map_or("yes", String::as_str))
        }
        FieldKind::Contact => "\"name@example.org\"".into(),
        FieldKind::Number => "17".into(),
        FieldKind::Date => "2026-11-01".into(),
        FieldKind::Postcode => "\"34497\"".into(),
        FieldKind::Text | FieldKind::Media => "\"…\"".into(),
        FieldKind::Flag => "true".into(),
    }
}

fn compare(flow: &FlowAt, comparison: &Comparison, field: &Field, problems: &mut Problems) {
    let name = &comparison.field;
    let mut impossible = |span: &Span, de: String, en: String, help: Option<Both>| {
        problems
            .at(
                Code::ImpossibleComparison,
                &flow.file,
                span.clone(),
                Both::new(de, en),
            )
            .help_if(help);
    };
    let held = kind_word(&field.kind);
    let wrong_field = |needed: &str| {
        (
            format!("hier geht nur ein Feld mit type = \"{needed}\"; `{name}` ist `{held}`"),
            format!("only a field with type = \"{needed}\" is possible here; `{name}` is `{held}`"),
        )
    };
    match comparison.what {
        Compared::Known => {}
        Compared::Covered => {
            if field.kind != FieldKind::Postcode {
                let (de, en) = wrong_field("postcode");
                impossible(&comparison.field_span, de, en, None);
            }
        }
        Compared::Days(_) => {
            if field.kind != FieldKind::Date {
                let (de, en) = wrong_field("date");
                impossible(&comparison.field_span, de, en, None);
            }
            for (literal, span) in &comparison.literals {
                if !matches!(literal, Literal::Number(_)) {
                    number_needed(&mut impossible, span);
                }
            }
        }
        Compared::Has if !matches!(field.kind, FieldKind::Choices(_)) => {
            let (de, en) = wrong_field("choices");
            let help = Both::new(
                format!("Mit einem Wert vergleichen Sie so: {name} == …"),
                format!("Compare with one value like this: {name} == …"),
            );
            impossible(&comparison.op_span, de, en, Some(help));
        }
        Compared::Value(_) | Compared::In | Compared::Has => {
            compare_value(comparison, field, &mut impossible)
        }
    }
}

fn number_needed(impossible: &mut impl FnMut(&Span, String, String, Option<Both>), span: &Span) {
    impossible(
        span,
        "hier geht nur eine ganze Zahl".into(),
        "only a whole number is possible here".into(),
        None,
    );
}

fn compare_value(
    comparison: &Comparison,
    field: &Field,
    impossible: &mut impl FnMut(&Span, String, String, Option<Both>),
) {
    let name = &comparison.field;
    let ordered = matches!(
        comparison.what,
        Compared::Value(Op::Lt | Op::Le | Op::Gt | Op::Ge)
    );
    if ordered && field.kind != FieldKind::Number {
        let help = (field.kind == FieldKind::Date).then(|| {
            Both::new(
                format!("Daten vergleichen Sie so: months_since({name}) < 3"),
                format!("Compare dates like this: months_since({name}) < 3"),
            )
        });
        impossible(
            &comparison.op_span,
            format!(
                "größer und kleiner gibt es nur bei Zahlen; `{name}` ist `{}`",
                kind_word(&field.kind)
            ),
            format!(
                "greater and smaller are only for numbers; `{name}` is `{}`",
                kind_word(&field.kind)
            ),
            help,
        );
        return;
    }
    for (literal, span) in &comparison.literals {
        match (&field.kind, literal) {
            (FieldKind::Number, Literal::Number(_)) | (FieldKind::Flag, Literal::Flag(_)) => {}
            (FieldKind::Number, _) => number_needed(impossible, span),
            (FieldKind::Flag, _) => impossible(
                span,
                "hier geht nur `true` oder `false`".into(),
                "only `true` or `false` is possible here".into(),
                None,
            ),
            (FieldKind::Choices(values), _) if comparison.what != Compared::Has => {
                let value = values.first().map_or("work", String::as_str);
                impossible(
                    &comparison.op_span,
                    format!("`{name}` kann mehrere Werte zugleich haben"),
                    format!("`{name}` can have several values at once"),
                    Some(Both::new(
                        format!("Schreiben Sie zum Beispiel: {name} has {value}"),
                        format!("Write for example: {name} has {value}"),
                    )),
                );
                return;
            }
            (FieldKind::Choice(values) | FieldKind::Choices(values), literal) => {
                let word = literal_word(literal);
                if !values.contains(&word) {
                    impossible(
                        span,
                        format!("das Feld `{name}` kennt den Wert `{word}` nicht"),
                        format!("the field `{name}` does not know the value `{word}`"),
                        did_you_mean(&word, values.iter().map(String::as_str)),
                    );
                }
            }
            (
                FieldKind::Date
                | FieldKind::Postcode
                | FieldKind::Text
                | FieldKind::Contact
                | FieldKind::Media,
                _,
            ) => impossible(
                &comparison.field_span,
                format!(
                    "`{name}` ist `{}` und lässt sich so nicht vergleichen",
                    kind_word(&field.kind)
                ),
                format!(
                    "`{name}` is `{}` and cannot be compared like this",
                    kind_word(&field.kind)
                ),
                Some(Both::new(
                    format!("Möglich ist zum Beispiel: known({name})"),
                    format!("Possible is for example: known({name})"),
                )),
            ),
        }
    }
}

fn literal_word(literal: &Literal) -> String {
    match literal {
        Literal::Word(word) => word.clone(),
        Literal::Number(n) => n.to_string(),
        Literal::Flag(flag) => flag.to_string(),
    }
}
