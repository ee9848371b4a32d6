//! Short answers: the same as a button, whatever its label says.

use super::key;
use super::words::{SHORT, SIGNS};
use std::collections::HashMap;
use std::sync::LazyLock;

static MEANINGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let spelled = |(id, words): &(&'static str, &'static str)| {
        let id = *id;
        words.split_whitespace().map(move |word| (key(word), id))
    };
    SHORT.iter().flat_map(spelled).collect()
});

/// What a short answer in any language, or a sign, means: `yes`, `no` or `without`.
pub fn short_answer(text: &str) -> Option<&'static str> {
    let said = key(text);
    if !said.is_empty() {
        return MEANINGS.get(&said).copied();
    }
    let text = text.trim();
    let (meaning, _) = SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(|sign| text.starts_with(sign)))?;
    Some(meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_in_many_languages() {
        for (text, want) in [
            ("Ja!", Some("yes")),
            ("بلی", Some("yes")),
            ("Erê", Some("yes")),
            ("Так", Some("yes")),
            ("d’accord", Some("yes")),
            ("አዎ", Some("yes")),
            ("እወ", Some("yes")),
            ("👍🏽", Some("yes")),
            ("نه", Some("no")),
            ("Hayır", Some("no")),
            ("ні", Some("no")),
            ("Maya", Some("no")),
            ("አይደለም", Some("no")),
            ("❌", Some("no")),
            ("ohne Antworten", Some("without")),
            ("ja und nein", None),
            ("🙂", None),
            ("", None),
        ] {
            assert_eq!(short_answer(text), want, "{text}");
        }
    }

    #[test]
    fn no_word_means_two_things() {
        let mut known: HashMap<String, &str> = HashMap::new();
        for (id, words) in SHORT {
            for word in words.split_whitespace() {
                let before = known.insert(key(word), id);
                assert!(before.is_none_or(|b| b == id), "{word}");
            }
        }
    }
}
