//! `flows/facts.toml`

use super::declarations::Declared;
use super::reader::{At, Entries, Node, Reader};
use super::settings::positive;
use crate::content::diagnostic::{Code, Span};
use crate::content::types::{Fact, FactState, FactValue};
use jiff::civil::Date;

const KEYS: &[&str] = &[
    "value",
    "statute",
    "source",
    "checked_on",
    "checked_by",
    "state",
    "max_age_days",
];

/// A declared fact, with the span of `checked_on` for warnings about its age.
#[derive(Debug)]
pub(in crate::content) struct FactAt {
    pub fact: Fact,
    pub checked_on: Span,
}

/// `[fact.minimum_wage]`
pub(in crate::content) fn facts(r: &mut Reader<'_>, mut top: Entries<'_, '_>) -> Declared<FactAt> {
    let taken = top.take("fact");
    r.no_more(top, &["fact"]);
    let Some((span, node)) = taken else {
        return Vec::new();
    };
    let Some(entries) = r.table(node, span, "[fact.minimum_wage]") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (id, node) in entries.rest() {
        r.id(&id);
        if let Some(fact) = r
            .table(node, id.span.clone(), "[fact.minimum_wage]")
            .and_then(|e| fact(r, e))
        {
            found.push((
                At {
                    value: id.value.to_owned(),
                    span: id.span,
                },
                fact,
            ));
        }
    }
    found
}

fn fact(r: &mut Reader<'_>, mut entries: Entries<'_, '_>) -> Option<FactAt> {
    let values = values(r, &mut entries);
    let statute = text(r, &mut entries, "statute", "statute = \"§ 1 MiLoG\"");
    let source = text(
        r,
        &mut entries,
        "source",
        "source = \"https://www.gesetze-im-internet.de/milog/__1.html\"",
    );
    let check = checked(r, &mut entries);
    r.no_more(entries, KEYS);
    let fact = Fact {
        values,
        statute: statute.unwrap_or_default(),
        source: source.unwrap_or_default(),
        checked_on: check.on,
        checked_by: check.by,
        state: check.state,
        max_age_days: check.max_age_days,
    };
    Some(FactAt {
        fact,
        checked_on: check.span,
    })
}

/// Who checked a statement, when, and how sure it is: facts and services say it in the same words.
pub(super) struct Checked {
    pub by: String,
    pub on: Date,
    /// Where the date stands, or should.
    pub span: Span,
    pub state: FactState,
    pub max_age_days: Option<i64>,
}

/// Reads `checked_by`, `checked_on`, `state` and `max_age_days`.
pub(super) fn checked(r: &mut Reader<'_>, entries: &mut Entries<'_, '_>) -> Checked {
    let by = text(r, entries, "checked_by", "checked_by = \"Amina Yusuf\"");
    let example = "checked_on = 2026-11-21";
    let (span, on) = match entries.take("checked_on") {
        Some((span, node)) => (span, r.date(node, example)),
        None => {
            r.missing("checked_on", entries.span.clone(), example);
            (entries.span.clone(), None)
        }
    };
    let state = match entries.take("state") {
        Some((_, node)) => r.word(node, &["verified", "secondary", "open"]),
        None => {
            r.missing("state", entries.span.clone(), "state = \"verified\"");
            None
        }
    };
    let max_age_days = entries
        .take("max_age_days")
        .and_then(|(_, n)| positive(r, n, "max_age_days = 180"));
    Checked {
        by: by.unwrap_or_default(),
        on: on.map_or(Date::ZERO, |d| d.value),
        span,
        state: match state.map(|s| s.value) {
            Some("verified") => FactState::Verified,
            Some("secondary") => FactState::Secondary,
            _ => FactState::Open,
        },
        max_age_days,
    }
}

/// A needed text.
pub(super) fn text(
    r: &mut Reader<'_>,
    entries: &mut Entries<'_, '_>,
    key: &str,
    example: &str,
) -> Option<String> {
    let Some((_, node)) = entries.take(key) else {
        r.missing(key, entries.span.clone(), example);
        return None;
    };
    r.text(node, example).map(|t| t.value)
}

fn values(r: &mut Reader<'_>, entries: &mut Entries<'_, '_>) -> Vec<FactValue> {
    let Some((span, node)) = entries.take("value") else {
        return Vec::new();
    };
    let list = r
        .list(node, "[[fact.minimum_wage.value]]")
        .unwrap_or_default();
    let mut found: Vec<(Span, FactValue)> = Vec::new();
    for node in list {
        if let Some(value) = value(r, node, span.clone()) {
            found.push((node.span(), value));
        }
    }
    for pair in found.windows(2) {
        let [(_, before), (span, after)] = pair else {
            continue;
        };
        if before
            .valid_to
            .is_none_or(|to| after.valid_from.is_none_or(|from| from <= to))
        {
            r.at(
                Code::BadRange,
                span.clone(),
                "dieser Wert beginnt, bevor der vorige endet",
                "this value begins before the one above it ends",
            )
            .help(
                "Ältere Werte stehen oben und brauchen `valid_to`, der nächste ein späteres `valid_from`",
                "Older values stand first and need `valid_to`, the next one a later `valid_from`",
            );
        }
    }
    found.into_iter().map(|(_, v)| v).collect()
}

fn value(r: &mut Reader<'_>, node: &Node<'_>, span: Span) -> Option<FactValue> {
    const AMOUNT: &str = "amount = \"13.90\"";
    let mut entries = r.table(node, span, "[[fact.minimum_wage.value]]")?;
    let amount = match entries.take("amount") {
        Some((_, node)) => r.text(node, AMOUNT),
        None => {
            r.missing("amount", node.span(), AMOUNT);
            None
        }
    };
    let unit = entries
        .take("unit")
        .and_then(|(_, n)| r.text(n, "unit = \"EUR\""));
    let from = entries
        .take("valid_from")
        .and_then(|(_, n)| r.date(n, "valid_from = 2026-01-01"));
    let to = entries
        .take("valid_to")
        .and_then(|(_, n)| r.date(n, "valid_to = 2026-12-31"));
    r.no_more(entries, &["amount", "unit", "valid_from", "valid_to"]);
    if let (Some(from), Some(to)) = (&from, &to)
        && to.value < from.value
    {
        r.at(
            Code::BadRange,
            to.span.clone(),
            "das Ende liegt vor dem Anfang",
            "the end lies before the beginning",
        );
    }
    let amount = amount?;
    if !is_amount(&amount.value) {
        r.at(
            Code::WrongType,
            amount.span,
            format!("`{}` ist kein Betrag", amount.value),
            format!("`{}` is no amount", amount.value),
        )
        .help(
            format!("Ziffern mit Punkt vor den Dezimalen, die Einheit steht in `unit`: {AMOUNT}"),
            format!("Digits with a point before the decimals, the unit goes into `unit`: {AMOUNT}"),
        );
        return None;
    }
    Some(FactValue {
        amount: amount.value,
        unit: unit.map(|u| u.value),
        valid_from: from.map(|d| d.value),
        valid_to: to.map(|d| d.value),
    })
}

/// Digits, at most one point between them, and not more than fit a number.
fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |s: &str| (1..=15).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction)
}
