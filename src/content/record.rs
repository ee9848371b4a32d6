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
use std::ops::Range;
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
    /// Shared by those that one sign-off is about.
    pub signed: Option<Arc<SignOff>>,
}

/// All records of a language, by the file that a text stands in (`work`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records(BTreeMap<String, FileRecords>);

/// The records of one file, in the order of the texts' ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileRecords(Vec<(Box<str>, Record)>);

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
        // Lines of one file, and those of one sign-off, mostly follow each other.
        let mut file: (&str, Vec<(Box<str>, Record)>) = ("", Vec::new());
        let mut last: (&str, Option<Arc<SignOff>>) = ("", None);
        for line in text.split_inclusive('\n') {
            let bare = line.trim();
            if !bare.is_empty() && !bare.starts_with('#') {
                match record(bare, &mut last) {
                    Some((name, id, record)) => {
                        if name != file.0 {
                            records.add(file);
                            file = (name, Vec::new());
                        }
                        file.1.push((id.into(), record));
                    }
                    None => faults.push(NoRecord {
                        at,
                        len: line.trim_end().len(),
                    }),
                }
            }
            at += line.len();
        }
        records.add(file);
        (records, faults)
    }

    fn add(&mut self, (file, lines): (&str, Vec<(Box<str>, Record)>)) {
        if lines.is_empty() {
            return;
        }
        let all = &mut self.0.entry(file.to_owned()).or_default().0;
        all.extend(lines);
        if !all.is_sorted_by_key(|(id, _)| id) {
            // Those of one text stay in their order.
            all.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
    }

    /// The file.
    pub fn write(&self) -> String {
        let lines = |(file, all): (&String, &FileRecords)| {
            let key = |(id, record): &(Box<str>, Record)| (format!("{file}/{id}"), record.clone());
            all.0.iter().map(key).collect::<Vec<_>>()
        };
        let mut all: Vec<(String, Record)> = self.0.iter().flat_map(lines).collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut out = HEAD.to_owned();
        for (key, record) in all {
            let (source, text) = (record.source, record.text);
            out.push_str(&format!("{key} {source} {text}"));
            if let Some(SignOff { on, by }) = record.signed.as_deref() {
                out.push_str(&format!(" {on} {by}"));
            }
            out.push('\n');
        }
        out
    }

    /// Whether anything is signed off at all.
    pub fn any_signed(&self) -> bool {
        let mut all = self.0.values().flat_map(|file| &file.0);
        all.any(|(_, record)| record.signed.is_some())
    }

    /// The records of a file, if it has any.
    pub fn of(&self, file: &str) -> Option<&FileRecords> {
        self.0.get(file)
    }

    /// The record that fits best ([`FileRecords::best`]).
    pub fn best(&self, file: &str, id: &str, source: Hash, text: Hash) -> Option<&Record> {
        self.of(file)?.best(id, source, text)
    }

    /// How a translation stands that is there.
    pub fn state(&self, file: &str, id: &str, source: Hash, text: Hash) -> State {
        self.of(file)
            .map_or(State::Machine, |of| of.state(id, source, text))
    }

    /// Puts one record in the place of all that a text has.
    pub fn set(&mut self, file: &str, id: &str, record: Record) {
        if !self.0.contains_key(file) {
            self.0.insert(file.to_owned(), FileRecords::default());
        }
        if let Some(FileRecords(all)) = self.0.get_mut(file) {
            let place = place(all, id);
            all.splice(place, [(id.into(), record)]);
        }
    }

    /// Keeps the records of texts that are there.
    pub fn retain(&mut self, there: impl Fn(&str, &str) -> bool) {
        for (file, FileRecords(all)) in &mut self.0 {
            all.retain(|(id, _)| there(file, id));
        }
        self.0.retain(|_, all| !all.0.is_empty());
    }
}

/// Where the records of a text stand, or would stand.
fn place(all: &[(Box<str>, Record)], id: &str) -> Range<usize> {
    let start = all.partition_point(|(own, _)| **own < *id);
    let mine = all.iter().skip(start).take_while(|(own, _)| **own == *id);
    start..start + mine.count()
}

impl FileRecords {
    /// The records of a text.
    fn all(&self, id: &str) -> impl Iterator<Item = &Record> {
        let own = self.0.get(place(&self.0, id)).unwrap_or_default();
        own.iter().map(|(_, record)| record)
    }

    /// Whether there is anything about a text.
    pub fn has(&self, id: &str) -> bool {
        self.all(id).next().is_some()
    }

    /// The record that fits best. A merge of two branches may leave several: then the hashes tell which one counts.
    pub fn best(&self, id: &str, source: Hash, text: Hash) -> Option<&Record> {
        let fits = |r: &&Record| (r.source == source, r.text == text, r.signed.is_some());
        self.all(id).max_by_key(fits)
    }

    /// How a translation stands that is there.
    pub fn state(&self, id: &str, source: Hash, text: Hash) -> State {
        match self.best(id, source, text) {
            Some(record) if record.source != source => State::Stale,
            Some(Record {
                text: known,
                signed: Some(sign),
                ..
            }) if *known == text => State::Reviewed(SignOff::clone(sign)),
            _ => State::Machine,
        }
    }

    /// Whether every record of a text was made from another source. Cheaper than [`Self::state`]: the translation's
    /// own hash decides nothing here, and the source's only where there is a record.
    pub fn is_stale(&self, id: &str, source: impl FnOnce() -> Option<Hash>) -> bool {
        self.has(id) && source().is_some_and(|source| self.all(id).all(|r| r.source != source))
    }
}

/// File, id and record of a line. `last`: day and name of the line before that had some, as they stood there and as they
/// were read.
fn record<'t>(
    line: &'t str,
    last: &mut (&'t str, Option<Arc<SignOff>>),
) -> Option<(&'t str, &'t str, Record)> {
    let (key, rest) = line.split_once(char::is_whitespace)?;
    let (source, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let (text, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let rest = rest.trim();
    if !rest.is_empty() && rest != last.0 {
        let (day, by) = rest.split_once(char::is_whitespace)?;
        let sign = SignOff {
            on: day.parse().ok()?,
            by: by.trim().to_owned(),
        };
        *last = (rest, Some(Arc::new(sign)));
    }
    let (file, id) = key.rsplit_once('/')?;
    let record = Record {
        source: Hash::read(source)?,
        text: Hash::read(text)?,
        signed: last.1.clone().filter(|_| !rest.is_empty()),
    };
    Some((file, id, record))
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
    fn a_file_in_any_order_is_written_in_its_own() {
        let [line, other] = ["0123456789ab ba9876543210", "0123456789ab 000000000000"];
        let lines = [
            format!("a/b/c {line} 2026-12-01 Amina Yusuf"),
            format!("a/z {line}"),
            format!("a_b/a {line} 2026-12-01 Amina Yusuf"),
            format!("a_b/a {other} 2026-12-02 Rosa"),
            format!("a_b/b {line} 2026-12-01 Amina Yusuf"),
        ];
        let text = |order: [usize; 5]| {
            let lines = order.map(|at| format!("{}\n", lines[at]));
            format!("{HEAD}{}", lines.concat())
        };
        let sorted = text([0, 1, 2, 3, 4]);
        for order in [[0, 1, 2, 3, 4], [4, 2, 1, 0, 3], [1, 4, 0, 2, 3]] {
            let (mut records, faults) = Records::read(&text(order));
            assert_eq!((records.write(), faults), (sorted.clone(), Vec::new()));
            records.retain(|file, id| (file, id) == ("a_b", "b"));
            assert_eq!(records.write(), format!("{HEAD}{}\n", lines[4]));
        }
    }

    #[test]
    fn the_hashes_say_what_has_changed() {
        let [s, t, other] = [Hash(1), Hash(2), Hash(3)];
        let (mut records, day) = (Records::default(), jiff::civil::date(2026, 12, 1));
        let sign = SignOff {
            on: day,
            by: "Amina".into(),
        };
        let state = |records: &Records, source, text| records.state("a", "b", source, text);
        assert_eq!(state(&records, s, t), State::Machine);
        let record = Record {
            source: s,
            text: t,
            signed: Some(Arc::new(sign.clone())),
        };
        records.set("a", "b", record.clone());
        assert_eq!(state(&records, s, t), State::Reviewed(sign));
        assert_eq!(
            state(&records, s, other),
            State::Machine,
            "the translation changed"
        );
        assert_eq!(
            state(&records, other, t),
            State::Stale,
            "the source changed"
        );
        // After a merge both sides' records are there, and that which is true counts.
        let older = Record {
            source: other,
            text: other,
            signed: None,
        };
        let both = [record, older].map(|r| ("b".into(), r));
        records.0.insert("a".into(), FileRecords(both.into()));
        assert!(matches!(state(&records, s, t), State::Reviewed(_)));
        assert_eq!(state(&records, other, other), State::Machine);
        let is_stale = |source| records.of("a").unwrap().is_stale("b", || source);
        assert!(!is_stale(Some(s)) && is_stale(Some(Hash(9))) && !is_stale(None));
        // The next command that writes the file leaves one.
        let newer = Record {
            source: other,
            text: t,
            signed: None,
        };
        records.set("a", "b", newer);
        assert_eq!(records.write().lines().count(), HEAD.lines().count() + 1);
    }
}
