//! Long texts in parts that a channel takes.

use unicode_segmentation::UnicodeSegmentation;

/// What a channel counts when it limits a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Chars,
    /// UTF-16 code units (Telegram).
    Utf16,
    /// Bytes of UTF-8 (Signal, Instagram).
    Bytes,
}

impl Unit {
    /// The length of a text in this unit.
    pub fn len(self, text: &str) -> usize {
        match self {
            Self::Chars => text.chars().count(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Bytes => text.len(),
        }
    }
}

/// The number of characters as a reader counts them.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Splits a text into parts of at most `limit`: at the last paragraph that fits, else the last line, sentence, word or
/// character as a reader sees it. White space at the seams is dropped; no part is empty. A `limit` too small for a
/// single scalar value counts as just large enough for it.
pub fn split(text: &str, limit: usize, unit: Unit) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let fits = fitting(rest, limit, unit);
        let end = if fits == rest.len() {
            fits
        } else {
            seam(rest, fits)
        };
        let (part, after) = rest.split_at(end);
        if !part.trim_end().is_empty() {
            parts.push(part.trim_end().to_owned());
        }
        rest = after.trim_start();
    }
    parts
}

/// Like [`split`] for lotse's markup: bold that runs over a seam is closed and opened again.
pub fn split_markup(text: &str, limit: usize, unit: Unit) -> Vec<String> {
    const BOLD: &str = "**";
    let room = limit.saturating_sub(2 * BOLD.len()).max(1);
    if unit.len(text) <= limit {
        return split(text, limit, unit);
    }
    let mut open = false;
    let mut parts = split(text, room, unit);
    for part in &mut parts {
        let odd = part.matches(BOLD).count() % 2 == 1;
        let closes = open != odd;
        if open {
            part.insert_str(0, BOLD);
        }
        if closes {
            part.push_str(BOLD);
        }
        open = closes;
    }
    parts
}

/// The end of the longest beginning that fits the limit and ends between two characters; at least one scalar value.
fn fitting(text: &str, limit: usize, unit: Unit) -> usize {
    if unit.len(text) <= limit {
        return text.len();
    }
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += unit.len(grapheme);
        if used > limit {
            return if start > 0 {
                start
            } else {
                within_grapheme(grapheme, limit, unit)
            };
        }
    }
    text.len()
}

/// A single character longer than the whole limit (hundreds of marks on one letter) has to be cut somewhere.
fn within_grapheme(grapheme: &str, limit: usize, unit: Unit) -> usize {
    let mut used = 0;
    for (start, c) in grapheme.char_indices() {
        used += unit.len(c.encode_utf8(&mut [0; 4]));
        if used > limit && start > 0 {
            return start;
        }
    }
    grapheme.len()
}

/// The best place to cut at or before `fits`.
fn seam(text: &str, fits: usize) -> usize {
    let head = &text[..fits];
    // A seam in the first third would leave a stump.
    let good = |at: Option<usize>| at.filter(|&at| at * 3 >= fits);
    if text[fits..].starts_with("\n\n") {
        return fits;
    }
    let sentence = || {
        head.char_indices()
            .rev()
            .find(|&(at, c)| {
                matches!(c, '.' | '!' | '?' | '؟' | '…' | '۔' | '።')
                    && text[at + c.len_utf8()..].starts_with(char::is_whitespace)
            })
            .map(|(at, c)| at + c.len_utf8())
    };
    let word = || match text[fits..].starts_with(char::is_whitespace) {
        true => Some(fits),
        false => head.rfind(char::is_whitespace),
    };
    good(head.rfind("\n\n"))
        .or_else(|| good(head.rfind('\n')))
        .or_else(|| good(sentence()))
        .or_else(|| word().filter(|&at| at > 0))
        .unwrap_or(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seams_are_paragraph_then_sentence_then_word() {
        assert_eq!(
            split("Eins zwei.\n\nDrei vier.", 15, Unit::Chars),
            ["Eins zwei.", "Drei vier."]
        );
        assert_eq!(
            split("Eins. Zwei. Drei.", 13, Unit::Chars),
            ["Eins. Zwei.", "Drei."]
        );
        assert_eq!(
            split("Eins zwei drei", 9, Unit::Chars),
            ["Eins zwei", "drei"]
        );
        assert_eq!(split("abcdefgh", 3, Unit::Chars), ["abc", "def", "gh"]);
        assert_eq!(split("kurz", 100, Unit::Chars), ["kurz"]);
        assert_eq!(split("  ", 100, Unit::Chars), Vec::<String>::new());
        assert_eq!(
            split("ما هذا؟ لا أعرف.", 10, Unit::Chars),
            ["ما هذا؟", "لا أعرف."]
        );
    }

    #[test]
    fn characters_stay_whole() {
        let family = "👨‍👩‍👧";
        assert_eq!(split(&family.repeat(2), 20, Unit::Bytes), [family, family]);
        assert_eq!(split("aé", 2, Unit::Bytes), ["a", "é"]);
        assert_eq!(split(&family.repeat(2), 8, Unit::Utf16), [family, family]);
    }

    #[test]
    fn bold_over_a_seam_is_closed_and_opened_again() {
        assert_eq!(
            split_markup("**Eins zwei drei** vier", 14, Unit::Chars),
            ["**Eins**", "**zwei**", "**drei**", "vier"]
        );
    }

    proptest! {
        #[test]
        fn every_part_fits_and_nothing_is_lost(
            text in "[a-zäب👍🏽.!? \\n*]{0,200}", limit in 4usize..60, unit in 0usize..3,
        ) {
            let unit = [Unit::Chars, Unit::Utf16, Unit::Bytes][unit];
            let parts = split(&text, limit, unit);
            for part in &parts {
                prop_assert!(unit.len(part) <= limit && !part.is_empty());
            }
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&parts.concat()), bare(&text));
        }

        #[test]
        fn parts_of_markup_fit(text in "[a-z.* \\n]{0,200}", limit in 12usize..60) {
            for part in split_markup(&text, limit, Unit::Chars) {
                prop_assert!(Unit::Chars.len(&part) <= limit);
            }
        }
    }
}
