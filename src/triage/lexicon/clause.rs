//! What takes a hit back or makes it smaller.

use super::compile::{Compiled, Lexicon, Role};
use super::scan::{Occurrence, Scan, near};

/// Words between a denial and what it denies ("I do not want to ever …").
const BEFORE: usize = 4;

/// Words after it in languages that deny at the end.
const AFTER: usize = 2;

/// Words with which something new begins even where nobody types a comma: "and", "but", and (in languages that always
/// name it) the subject of a new clause. `text::key`s of de en fr tr ku so ar fa ps ru uk sq ro sr bg es vi ti am.
const NEW_CLAUSE: &[&str] = &[
    "und",
    "aber",
    "sondern",
    "weil",
    "denn",
    "sonst",
    "er",
    "sie",
    "wir",
    "and",
    "but",
    "because",
    "so",
    "he",
    "she",
    "they",
    "et",
    "mais",
    "car",
    "sinon",
    "il",
    "elle",
    "ils",
    "ama",
    "cunku",
    "yoksa",
    "ve",
    "le",
    "belam",
    "laakiin",
    "لكن",
    "بس",
    "لان",
    "لانه",
    "هو",
    "هي",
    "ولي",
    "اما",
    "چون",
    "و",
    "خو",
    "ځكه",
    "но",
    "а",
    "и",
    "потому",
    "он",
    "она",
    "они",
    "але",
    "і",
    "та",
    "бо",
    "він",
    "вона",
    "вони",
    "por",
    "pero",
    "y",
    "dhe",
    "por",
    "sepse",
    "dar",
    "ali",
    "jer",
    "nhung",
    "va",
    "ግን",
    "ስለዚህ",
    "እና",
];

impl Lexicon {
    /// Whether a hit is denied where it stands.
    pub(super) fn denied(&self, phrase: &Compiled, hit: &Occurrence, scan: &Scan) -> bool {
        if phrase.denies || hit.end == hit.start {
            return false;
        }
        let (from, to) = window(hit, scan);
        let latin = |o: &Occurrence| {
            let word = scan.reading.tokens.get(o.start);
            word.is_some_and(|t| t.key.bytes().any(|b| b.is_ascii_alphabetic()))
        };
        let native = !latin(hit);
        scan.roles_near(hit.start, hit.end)
            .any(|(role, tongue, o)| {
                // German "man" and "mein" sound like Arabic words of denial.
                if !scan.speaks(self, tongue, phrase.tongue as usize) || native && latin(o) {
                    return false;
                }
                let inside = hit.inner.iter().any(|t| (o.start..o.end).contains(t));
                match role {
                    Role::Before => {
                        (o.end <= hit.start && o.end > from) || (inside && o.start > hit.start)
                    }
                    Role::After => (o.start >= hit.end && o.start < to) || inside,
                    _ => false,
                }
            })
    }

    /// Whether there is laughter, fiction or a report near the hit; signs count anywhere.
    pub(super) fn softened(&self, phrase: &Compiled, hit: &Occurrence, scan: &Scan) -> bool {
        scan.roles().any(|(role, tongue, o)| {
            let sign = o.start == o.end;
            let counts = || near(o, hit) && scan.speaks(self, tongue, phrase.tongue as usize);
            role == Role::Softens && (sign || counts())
        })
    }

    /// The same anywhere in the message. What was only typed by ear does not count.
    pub(super) fn soft(&self, scan: &Scan) -> bool {
        scan.roles().any(|(role, tongue, o)| {
            role == Role::Softens
                && (o.start == o.end || o.by_ear.is_none() && scan.own(self, tongue))
        })
    }
}

/// The tokens before and after a hit in which a denial counts: from the first to before the last.
fn window(hit: &Occurrence, scan: &Scan) -> (usize, usize) {
    let tokens = &scan.reading.tokens;
    let new = |t: usize| {
        tokens
            .get(t)
            .is_some_and(|t| NEW_CLAUSE.contains(&t.key.as_str()))
    };
    let fresh = |t: usize| tokens.get(t).is_none_or(|t| t.fresh);
    let mut from = hit.start;
    while from > 0 && hit.start - from < BEFORE && !fresh(from) && !new(from - 1) {
        from -= 1;
    }
    let mut to = hit.end;
    while to < tokens.len() && to - hit.end < AFTER && !fresh(to) && !new(to) {
        to += 1;
    }
    (from, to)
}
