//! What each translation was made from, and who has checked it: `locales/<lang>/state.txt`.
//!
//! One line for each text: its key, the hash of the source that it was made from, the hash of the translation, and,
//! if somebody has signed it off, the day and the name. Nobody has to keep this true by hand: a record whose hashes
//! do not fit what stands in the files says by itself what has changed (`docs/decisions/0009-translation-state.md`).

use crate::model::Lang;
use fluent_syntax::ast::{
    Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::serializer;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The name of the file in a language's folder.
pub(super) const STATE_FILE: &str = "state.txt";

const HEAD: &str = "\
# What each translation was made from, and who has checked it. lotse writes this file (lotse status --adopt,
# lotse review, lotse import); flows/README.md says how. Text, hash of the source, hash of the translation, day, name.
";

/// How a translation stands to its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A part of it is not there.
    Missing,
    /// The source has changed since it was made.
    Stale,
    /// Nobody has signed it off: a machine wrote it, or nobody said who did.
    Machine,
    /// Somebody has read it beside its source, and neither has changed since.
    Reviewed(SignOff),
}

/// Who has checked a translation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignOff {
    /// When.
    pub on: Date,
    /// Who.
    pub by: String,
}

impl State {
    /// The word for it in files and tables.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Machine => "machine",
            Self::Reviewed(_) => "reviewed",
        }
    }
}

/// A hash of what a text says: 48 bits of SHA-256, which is far more than chance will hit.
/// Comments, indentation and the order of the labels do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash(u64);

impl Hash {
    /// The hash of a message with all its labels.
    pub fn of(message: &Message<&str>) -> Self {
        let mut sha = Sha256::new();
        if let Some(value) = &message.value {
            feed(&mut sha, value);
        }
        let mut attributes: Vec<_> = message.attributes.iter().collect();
        attributes.sort_by_key(|a| a.id.name);
        for attribute in attributes {
            sha.update([1]);
            sha.update(attribute.id.name);
            sha.update([2]);
            feed(&mut sha, &attribute.value);
        }
        let bytes = sha.finalize();
        Self(
            bytes
                .iter()
                .take(6)
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    }

    fn read(text: &str) -> Option<Self> {
        (text.len() == 12).then_some(())?;
        u64::from_str_radix(text, 16).ok().map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// Control characters cannot be typed, so they tell the parts apart.
fn feed(sha: &mut Sha256, pattern: &Pattern<&str>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => sha.update(value),
            PatternElement::Placeable { expression } => {
                sha.update([3]);
                feed_expression(sha, expression);
                sha.update([4]);
            }
        }
    }
}

fn feed_expression(sha: &mut Sha256, expression: &Expression<&str>) {
    match expression {
        Expression::Inline(inline) => feed_inline(sha, inline),
        Expression::Select { selector, variants } => {
            feed_inline(sha, selector);
            for variant in variants {
                sha.update([if variant.default { 5 } else { 6 }]);
                match &variant.key {
                    VariantKey::Identifier { name } => sha.update(name),
                    VariantKey::NumberLiteral { value } => sha.update(value),
                }
                sha.update([7]);
                feed(sha, &variant.value);
            }
        }
    }
}

fn feed_inline(sha: &mut Sha256, inline: &InlineExpression<&str>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            sha.update("$");
            sha.update(id.name);
        }
        InlineExpression::StringLiteral { value } => {
            sha.update("\"");
            sha.update(value);
        }
        InlineExpression::NumberLiteral { value } => sha.update(value),
        other => sha.update(written(other)),
    }
}

/// An expression as Fluent writes it, with its braces.
pub(super) fn written(inline: &InlineExpression<&str>) -> String {
    use fluent_syntax::ast::{Entry, Identifier, Resource};
    let element = PatternElement::Placeable {
        expression: Expression::Inline(inline.clone()),
    };
    let message = Message {
        id: Identifier { name: "x" },
        value: Some(Pattern {
            elements: vec![element],
        }),
        attributes: Vec::new(),
        comment: None,
    };
    let text = serializer::serialize(&Resource {
        body: vec![Entry::Message(message)],
    });
    text.trim_start_matches("x =").trim().to_owned()
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record {
    pub source: Hash,
    pub text: Hash,
    pub signed: Option<SignOff>,
}

/// All records of a language by key (`work/status`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records(BTreeMap<String, Vec<Record>>);

/// A line that is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoRecord {
    /// Where it begins, in bytes.
    pub at: usize,
    /// How long it is.
    pub len: usize,
}

impl Records {
    /// Reads the file. What cannot be read is left out and told.
    pub fn read(text: &str) -> (Self, Vec<NoRecord>) {
        let (mut records, mut faults) = (Self::default(), Vec::new());
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let bare = line.trim();
            if !bare.is_empty() && !bare.starts_with('#') {
                match record(bare) {
                    Some((key, record)) => {
                        records.0.entry(key.to_owned()).or_default().push(record)
                    }
                    None => faults.push(NoRecord {
                        at,
                        len: line.trim_end().len(),
                    }),
                }
            }
            at += line.len();
        }
        (records, faults)
    }

    /// The file.
    pub fn write(&self) -> String {
        let mut out = HEAD.to_owned();
        for (key, records) in &self.0 {
            for record in records {
                let (source, text) = (record.source, record.text);
                out.push_str(&format!("{key} {source} {text}"));
                if let Some(SignOff { on, by }) = &record.signed {
                    out.push_str(&format!(" {on} {by}"));
                }
                out.push('\n');
            }
        }
        out
    }

    /// Whether anything is signed off at all.
    pub fn any_signed(&self) -> bool {
        self.0.values().flatten().any(|r| r.signed.is_some())
    }

    /// Whether there is anything about a text.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The record that fits best. A merge of two branches may leave several: then the hashes tell which one counts.
    pub fn best(&self, key: &str, source: Hash, text: Hash) -> Option<&Record> {
        let fits = |r: &&Record| (r.source == source, r.text == text, r.signed.is_some());
        self.0.get(key)?.iter().max_by_key(fits)
    }

    /// How a translation stands that is there.
    pub fn state(&self, key: &str, source: Hash, text: Hash) -> State {
        match self.best(key, source, text) {
            Some(record) if record.source != source => State::Stale,
            Some(Record {
                text: known,
                signed: Some(sign),
                ..
            }) if *known == text => State::Reviewed(sign.clone()),
            _ => State::Machine,
        }
    }

    /// Whether every record of a text was made from another source. Cheaper than [`Self::state`]: the translation's
    /// own hash decides nothing here, and the source's only where there is a record.
    pub fn is_stale(&self, key: &str, source: impl FnOnce() -> Option<Hash>) -> bool {
        let Some(all) = self.0.get(key).filter(|all| !all.is_empty()) else {
            return false;
        };
        source().is_some_and(|source| all.iter().all(|r| r.source != source))
    }

    /// Puts one record in the place of all that a text has.
    pub fn set(&mut self, key: &str, record: Record) {
        self.0.insert(key.to_owned(), vec![record]);
    }

    /// Keeps the records of texts that are there.
    pub fn retain(&mut self, there: impl Fn(&str) -> bool) {
        self.0.retain(|key, _| there(key));
    }
}

fn record(line: &str) -> Option<(&str, Record)> {
    let (key, rest) = line.split_once(char::is_whitespace)?;
    let (source, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let (text, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let rest = rest.trim();
    let signed = match rest.split_once(char::is_whitespace) {
        Some((day, by)) => Some(SignOff {
            on: day.parse().ok()?,
            by: by.trim().to_owned(),
        }),
        None if rest.is_empty() => None,
        None => return None,
    };
    let (source, text) = (Hash::read(source)?, Hash::read(text)?);
    key.contains('/').then_some((
        key,
        Record {
            source,
            text,
            signed,
        },
    ))
}

/// The records of all languages.
pub(super) type AllRecords = BTreeMap<Lang, Arc<Records>>;

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_syntax::ast::Entry;
    use fluent_syntax::parser::parse;

    fn hash(text: &str) -> Hash {
        let resource = parse(text).expect("Fluent");
        match resource.body.last() {
            Some(Entry::Message(message)) => Hash::of(message),
            _ => panic!("no message"),
        }
    }

    #[test]
    fn a_hash_counts_words_and_nothing_else() {
        let a = hash("a = Eins\n    Zwei\n    .x = X\n    .y = Y\n");
        assert_eq!(
            a,
            hash("# note\na =\n  Eins\n  Zwei\n  .y = Y\n  .x =\n    X")
        );
        for other in [
            "a = Eins\n    Zwei\n    .x = X\n",
            "a = Eins\n\n    Zwei\n    .x = X\n    .y = Y\n",
            "a = Eins\n    Zwei\n    .x = Y\n    .y = X\n",
            "a = Eins\n    Zwei { $x }\n    .x = X\n    .y = Y\n",
        ] {
            assert_ne!(a, hash(other), "{other}");
        }
        let plural = "a = { $n ->\n    [one] 1\n   *[other] 2\n    }\n";
        assert_ne!(hash(plural), hash(&plural.replace("*[other]", "*[many]")));
        assert_ne!(hash("a = { $n }"), hash("a = { \"$n\" }"));
    }

    #[test]
    fn records_are_read_as_they_are_written() {
        let text = format!(
            "{HEAD}common/a/offer 0123456789ab ba9876543210\n\
             work/status 0123456789ab ba9876543210 2026-12-01 Amina Yusuf\n"
        );
        let (records, faults) = Records::read(&text);
        assert_eq!((records.write(), faults), (text, Vec::new()));
        let (none, faults) = Records::read(
            "<<<<<<< HEAD\nx y\nwork/a 0123456789ab\nwork/a 0123456789ab ba9876543210 heute Amina\nnowhere 0123456789ab ba9876543210\n",
        );
        assert_eq!(none, Records::default());
        assert_eq!(faults.len(), 5);
        assert_eq!(faults[1], NoRecord { at: 13, len: 3 });
    }

    #[test]
    fn the_hashes_say_what_has_changed() {
        let [s, t, other] = [Hash(1), Hash(2), Hash(3)];
        let (mut records, day) = (Records::default(), jiff::civil::date(2026, 12, 1));
        let sign = SignOff {
            on: day,
            by: "Amina".into(),
        };
        assert_eq!(records.state("a/b", s, t), State::Machine);
        let record = Record {
            source: s,
            text: t,
            signed: Some(sign.clone()),
        };
        records.set("a/b", record.clone());
        assert_eq!(records.state("a/b", s, t), State::Reviewed(sign));
        assert_eq!(
            records.state("a/b", s, other),
            State::Machine,
            "the translation changed"
        );
        assert_eq!(
            records.state("a/b", other, t),
            State::Stale,
            "the source changed"
        );
        // After a merge both sides' records are there, and that which is true counts.
        let older = Record {
            source: other,
            text: other,
            signed: None,
        };
        records.0.insert("a/b".into(), vec![record, older]);
        assert!(matches!(records.state("a/b", s, t), State::Reviewed(_)));
        assert_eq!(records.state("a/b", other, other), State::Machine);
        let is_stale = |source| records.is_stale("a/b", || source);
        assert!(!is_stale(Some(s)) && is_stale(Some(Hash(9))) && !is_stale(None));
    }
}
