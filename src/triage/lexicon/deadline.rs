//! How long somebody has, in their own words.

use super::super::readings::Token;
use super::compile::Role;
use super::scan::Scan;
use crate::text::{date, whole_number};
use jiff::civil::Date;
use std::ops::Range;

/// Words between a hit and a deadline that belongs to it. A letter names the law between both.
const NEAR: usize = 20;

/// Words after a word of deadlines that may belong to it (`bis zum nächsten Freitag`).
const QUOTED: usize = 2;

/// Words of deadlines that end with a word of so few letters wait for what comes (`bis zum`, `hasta el`, `avant le`).
const UNFINISHED: usize = 3;

/// The day on which dates are looked for. Only whether something is a date matters, not which.
const A_DAY: Date = Date::constant(2026, 1, 15);

/// Arabic says "two" with an ending.
const TWO: &[&str] = &["يومين", "اسبوعين", "شهرين", "ساعتين"];

/// A deadline in a message.
#[derive(Clone, Debug)]
pub(super) struct Deadline {
    /// Its tokens.
    pub at: Range<usize>,
    /// Where it stands in the message, in bytes.
    pub text: Range<usize>,
}

/// Whether a word of deadlines says by itself how long: several words (`до понедельника`), or a day (`tomorrow`).
pub(super) fn says_how_long(written: &str) -> bool {
    let several = written.split_whitespace().filter(|w| *w != "~").count() > 1;
    let key = crate::text::key(written);
    several || TWO.contains(&key.as_str()) || date(written, A_DAY).is_some_and(|day| day >= A_DAY)
}

/// All deadlines in a message.
pub(super) fn deadlines(message: &str, scan: &Scan) -> Vec<Deadline> {
    let tokens = &scan.reading.tokens;
    let mut found: Vec<Range<usize>> = Vec::new();
    for (role, _, o) in scan.roles() {
        let Role::Deadline(alone) = role else {
            continue;
        };
        if let Some(first) = number_before(tokens, o.start) {
            found.push(first..o.end);
        } else if tokens.get(o.start).is_some_and(begins_with_number) {
            found.push(o.start..o.end);
        } else if alone {
            let last = tokens.get(o.end.saturating_sub(1));
            let letters = last.map_or(0, |token| token.key.chars().count());
            let more = (o.end..(o.end + QUOTED).min(tokens.len()))
                .take_while(|t| tokens.get(*t).is_some_and(|t| !t.fresh));
            // Its neighbours are no part of a day or of what is said in full.
            let several = o.end - o.start > 1 && letters <= UNFINISHED;
            let more = if several { more.count() } else { 0 };
            let end = date_at(message, tokens, o.end).map_or(o.end + more, |date| date.end);
            found.push(o.start..end);
        }
    }
    found.extend((0..tokens.len()).filter_map(|at| date_at(message, tokens, at)));
    let text = |at: &Range<usize>| {
        let (first, last) = (tokens.get(at.start)?, tokens.get(at.end.checked_sub(1)?)?);
        Some(first.at.start..last.at.end)
    };
    found
        .into_iter()
        .filter_map(|at| {
            Some(Deadline {
                text: text(&at)?,
                at,
            })
        })
        .collect()
}

/// The deadline closest to a hit, and of two equally close ones the longer.
pub(super) fn near(deadlines: &[Deadline], (start, end): (usize, usize)) -> Option<&Deadline> {
    let distance = |d: &Deadline| {
        let after = d.at.start.saturating_sub(end);
        after.max(start.saturating_sub(d.at.end))
    };
    deadlines
        .iter()
        .filter(|d| distance(d) <= NEAR)
        .min_by_key(|d| (distance(d), std::cmp::Reverse(d.at.len())))
}

/// The number right before a unit, or with one word between (`30 volle Tage`).
fn number_before(tokens: &[Token], unit: usize) -> Option<usize> {
    let is_number = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| whole_number(&t.key).is_some())
    };
    let [one, two] = [unit.checked_sub(1), unit.checked_sub(2)];
    let fresh = tokens.get(unit).is_none_or(|t| t.fresh);
    match (one, two) {
        (Some(one), _) if !fresh && is_number(one) => Some(one),
        (Some(_), Some(two)) if !fresh && tokens.get(two).is_some_and(in_digits) => Some(two),
        _ => None,
    }
}

fn in_digits(token: &Token) -> bool {
    token.key.bytes().all(|b| b.is_ascii_digit())
}

fn begins_with_number(token: &Token) -> bool {
    token.key.starts_with(|c: char| c.is_ascii_digit()) && !in_digits(token)
}

/// A date that begins at a token: `24.12.2026`, `24.12.`, `24. Dezember`, `٢٤ ديسمبر`.
fn date_at(message: &str, tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let first = tokens.get(at).filter(|t| in_digits(t))?;
    let slice = |to: usize| message.get(first.at.start..tokens.get(to)?.at.end);
    let whole = (at + 1..=at + 2)
        .rev()
        .find(|to| slice(*to).is_some_and(|text| text.len() < 60 && date(text, A_DAY).is_some()));
    if let Some(to) = whole {
        return Some(at..to + 1);
    }
    let day: u8 = first.key.parse().ok().filter(|d| (1..=31).contains(d))?;
    let next = tokens.get(at + 1)?;
    let between = message.get(first.at.end..next.at.start)?;
    let named = || date(&format!("{day} {} 2026", next.key), A_DAY).is_some();
    let month = || {
        let month: Option<u8> = next.key.parse().ok();
        let dot = message
            .get(next.at.end..)
            .is_some_and(|rest| rest.starts_with('.'));
        between == "." && dot && month.is_some_and(|m| (1..=12).contains(&m))
    };
    let letters = next.key.chars().all(char::is_alphabetic);
    ((letters && named()) || month()).then_some(at..at + 2)
}
