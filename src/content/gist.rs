//! What checks ask of every text, found out once for each file.
//!
//! A folder of five hundred flows in fifteen languages has half a million texts and labels, and nearly all of them have
//! nothing in them that a check would dwell on. Their gist says so, and two that say the same as each other need not be
//! taken apart to be compared. It lives as long as the parsed file: a file that has not changed is not read again.

use super::check::pattern::{Parts, default_way, phones, urls};
use crate::text::{Marks, key, marks};
use fluent_syntax::ast::{Message, Pattern, PatternElement};
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The gist of a message with its labels.
#[derive(Debug, Default)]
pub(super) struct MessageGist {
    /// The text itself.
    pub value: Option<Gist>,
    /// The labels, in the order of the file.
    pub attributes: Box<[Gist]>,
    /// One of them chooses by a variable.
    pub chooses: bool,
    /// A sum over all that a translation has in common with its source: names of labels, and for each text variables,
    /// telephone numbers, web addresses and markup.
    pub sum: u64,
}

/// The gist of a text or a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gist {
    /// The characters of the longest way through the text.
    pub length: u32,
    /// There are words and nothing else.
    pub plain: bool,
    /// The key ([`crate::text::key`]) under which a person's message is compared with it, as a sum; only for labels that
    /// are the same for everybody. Sums of 64 bits: two of the words of a folder will not have the same by chance.
    pub key: Option<u64>,
}

impl MessageGist {
    /// Looks at a message.
    pub fn of(message: &Message<&str>) -> Self {
        let mut sum = DefaultHasher::new();
        let mut chooses = false;
        let mut gist = |pattern: &Pattern<&str>, label: bool| {
            let parts = Parts::of(pattern);
            chooses |= !parts.selects.is_empty();
            Common::add(pattern, &parts, &mut sum);
            Gist::of(&parts, label)
        };
        let value = message.value.as_ref().map(|value| gist(value, false));
        let labels = message.attributes.iter();
        let attributes = labels.map(|a| gist(&a.value, true)).collect();
        value.is_some().hash(&mut sum);
        for attribute in &message.attributes {
            attribute.id.name.hash(&mut sum);
        }
        Self {
            value,
            attributes,
            chooses,
            sum: sum.finish(),
        }
    }
}

impl Gist {
    fn of(parts: &Parts<'_>, label: bool) -> Self {
        let bare = parts.is_bare();
        Self {
            length: u32::try_from(parts.length).unwrap_or(u32::MAX),
            plain: bare && parts.has_words,
            key: (bare && label).then(|| key_sum(&parts.text)),
        }
    }
}

/// What a translation has in common with its source; in an order of its own, for another language may have another.
#[derive(Default, PartialEq, Hash)]
struct Common<'s> {
    variables: Vec<&'s str>,
    shown: Vec<&'s str>,
    numbers: Vec<String>,
    sites: Vec<&'s str>,
    marks: Marks,
}

impl<'s> Common<'s> {
    fn add(pattern: &'s Pattern<&'s str>, parts: &'s Parts<'s>, sum: &mut DefaultHasher) {
        // There is one way through a text without braces.
        let (way, shown) = match parts.is_bare() {
            true => (Cow::Borrowed(&*parts.text), Vec::new()),
            false => {
                let (way, shown) = default_way(pattern);
                (Cow::Owned(way), shown)
            }
        };
        let mut common = Self {
            variables: parts.variables.keys().copied().collect(),
            shown,
            numbers: phones(&parts.text),
            sites: urls(&parts.text),
            marks: marks(&way),
        };
        common.shown.sort_unstable();
        common.shown.dedup();
        common.numbers.sort_unstable();
        common.numbers.dedup();
        common.sites.sort_unstable();
        common.sites.dedup();
        // Nearly all texts are words alone.
        match common == Self::default() {
            true => sum.write_u8(0),
            false => common.hash(sum),
        }
    }
}

/// The text of a pattern without braces; `None` if it has some.
pub(super) fn without_braces(pattern: &Pattern<&str>) -> Option<String> {
    let words = pattern.elements.iter().map(|e| match e {
        PatternElement::TextElement { value } => Some(*value),
        PatternElement::Placeable { .. } => None,
    });
    words.collect()
}

/// The sum under which a label is compared: over its key, or over the label itself if that has no letters at all.
fn key_sum(label: &str) -> u64 {
    match key(label) {
        empty if empty.is_empty() => word_sum(label.trim()),
        compared => word_sum(&compared),
    }
}

/// The sum over a word that was brought into the form in which words are compared.
pub(super) fn word_sum(word: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    word.hash(&mut hash);
    hash.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_syntax::ast::Entry;
    use fluent_syntax::parser::parse;

    fn gist(text: &str) -> MessageGist {
        let resource = parse(text).expect("Fluent");
        match resource.body.first() {
            Some(Entry::Message(message)) => MessageGist::of(message),
            _ => panic!("no message"),
        }
    }

    #[test]
    fn a_translation_has_the_sum_of_its_source() {
        let source = gist(
            "a = Rufen Sie **112**, { $name }: 0800 1110111, https://a.de/b\n    .x = Ja\n    .y = Nein 1\n",
        );
        for same in [
            "a = { $name }: https://a.de/b, 0800-1110111, **call** 112!\n    .x = Yes\n    .y = No\n",
            "a = 112 112 { $name } { $name } **x** https://a.de/b 08001110111\n    .x = Yes\n    .y = No\n",
        ] {
            assert_eq!(source.sum, gist(same).sum, "{same}");
        }
        for other in [
            "a = { $name }: https://a.de/c, 0800-1110111, **call** 112!\n    .x = Yes\n    .y = No\n",
            "a = { $name }: https://a.de/b, 0800-1110112, **call** 112!\n    .x = Yes\n    .y = No\n",
            "a = { $nam }: https://a.de/b, 0800-1110111, **call** 112!\n    .x = Yes\n    .y = No\n",
            "a = { $name }: https://a.de/b, 0800-1110111, call 112!\n    .x = Yes\n    .y = No\n",
            "a = { $name }: https://a.de/b, 0800-1110111, **call** 112!\n    .x = Yes 112\n    .y = No\n",
            "a = { $name }: https://a.de/b, 0800-1110111, **call** 112!\n    .x = Yes\n    .z = No\n",
            "a = { $name }: https://a.de/b, 0800-1110111, **call** 112!\n    .x = Yes\n",
            "a = { $n ->\n *[other] { $name }: https://a.de/b, 0800-1110111, **call** 112!\n }\n    .x = Yes\n    .y = No\n",
        ] {
            assert_ne!(source.sum, gist(other).sum, "{other}");
        }
    }

    #[test]
    fn only_words_are_plain_and_labels_are_compared_by_their_keys() {
        let plain = |text: &str| gist(text).value.map(|g| g.plain);
        assert_eq!(plain("a = Ja"), Some(true));
        assert_eq!(plain("a = { $n }"), Some(false));
        assert_eq!(plain("a = { other }"), Some(false));
        assert_eq!(plain("a = { \"\" }"), Some(false), "no words");
        assert_eq!(plain("a =\n    .x = X"), None);
        let key = |text: &str| gist(&format!("a =\n    .x = {text}")).attributes[0].key;
        assert_eq!(key("Ja, bitte!"), key("JA BITTE"));
        assert_ne!(key("Ja"), key("Nein"));
        assert_ne!(key("🙂"), key("🙁"));
        assert_eq!(key("{ $x }"), None);
        assert!(gist("a = { $n ->\n *[other] x\n }").chooses);
    }
}
