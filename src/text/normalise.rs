//! One spelling for what can be written in many ways.

use unicode_normalization::UnicodeNormalization;

/// Brings a text into the form in which two texts are compared.
///
/// Compatibility forms are unfolded (NFKD), marks over and under letters are dropped (Arabic vowel signs, hamza
/// on a carrier, European diacritics), letters are lower case without the Turkish dot, Arabic-script letters that
/// look alike are one letter, digits are ASCII, invisible characters (direction controls, joiners, tatweel) are
/// gone, and white space is single blanks. Punctuation stays; see [`key`].
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    if text.is_ascii() {
        // Nothing to unfold: most labels and many messages.
        for c in text.chars() {
            if c.is_ascii_whitespace() || c.is_ascii_control() {
                gap = !out.is_empty();
            } else {
                if std::mem::take(&mut gap) {
                    out.push(' ');
                }
                out.push(c.to_ascii_lowercase());
            }
        }
        return out;
    }
    for c in text.nfkd() {
        if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
            continue;
        }
        if is_mark(c) || is_invisible(c) {
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        fold(&mut out, c);
    }
    out
}

/// Like [`normalise`], with everything that is neither letter nor digit taken for a blank: `"2. Ja, bitte! 🙂"` → `"2 ja bitte"`.
pub fn key(text: &str) -> String {
    let normal = normalise(text);
    let mut out = String::with_capacity(normal.len());
    for word in normal
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The value of a decimal digit in the scripts that people here type: ASCII, Arabic-Indic, Persian, full width.
pub fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// A person's words as they may be kept and shown to others: without control characters and direction controls
/// (which could turn the text around them), trimmed. Line breaks stay.
pub fn shown(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|&c| c == '\n' || !(c.is_control() || is_direction_control(c)))
        .collect();
    kept.trim().to_owned()
}

pub(super) fn fold(out: &mut String, c: char) {
    if let Some(d) = digit(c) {
        out.push(char::from(b'0' + d));
        return;
    }
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'ı' => out.push('i'),
        'ى' | 'ی' | 'ې' | 'ۍ' => out.push('ي'),
        'ک' | 'ڪ' => out.push('ك'),
        'ة' | 'ہ' | 'ھ' | 'ە' => out.push('ه'),
        'ٱ' => out.push('ا'),
        'ء' => {}
        _ => out.extend(c.to_lowercase().filter(|&l| !is_mark(l))),
    }
}

/// Marks that are dropped: those of the Latin, Cyrillic, Hebrew and Arabic scripts. Marks of Indic scripts are
/// vowels that no reader would leave out, so they stay.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{0610}'..='\u{061A}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}'
        | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

pub(super) fn is_invisible(c: char) -> bool {
    is_direction_control(c)
        || matches!(c, '\u{00AD}' | '\u{034F}' | '\u{0640}' | '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_spelling_for_many() {
        for (written, want) in [
            ("  Straße\u{a0}\tNR. 5 ", "strasse nr. 5"),
            ("IŞIK ışık İstanbul", "isik isik istanbul"),
            ("Jî û ê ç", "ji u e c"),
            ("مُسَاعَدَة", "مساعده"),
            ("أإآٱا", "ااااا"),
            ("علی على علي", "علي علي علي"),
            ("کمک", "كمك"),
            ("مـــرحبا", "مرحبا"),
            ("می\u{200c}خواهم", "ميخواهم"),
            (
                "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ \u{FF11}\u{FF12}",
                "0123456789 0123456789 12",
            ),
            ("\u{202e}abc\u{2069}", "abc"),
            ("ﷲ", "الله"),
            ("Київ ёлка", "киів елка"),
            ("", ""),
            ("\u{200b}\u{feff}", ""),
        ] {
            assert_eq!(normalise(written), want, "{written:?}");
        }
    }

    #[test]
    fn keys_have_no_punctuation() {
        assert_eq!(key(" «Ja», bitte! 🙂 2."), "ja bitte 2");
        assert_eq!(key("؟نعم، شكرا"), "نعم شكرا");
        assert_eq!(key("🙂"), "");
    }

    #[test]
    fn shown_text_cannot_turn_its_surroundings() {
        assert_eq!(shown(" a\u{202e}b\u{0}\nc\u{2067} "), "ab\nc");
        assert_eq!(
            shown("می\u{200c}خواهم"),
            "می\u{200c}خواهم",
            "joiners belong to the word"
        );
    }

    #[test]
    fn a_megabyte_of_the_worst_stays_bounded() {
        let marks = format!("a{}", "\u{0301}\u{0323}".repeat(250_000));
        assert_eq!(normalise(&marks), "a");
        let ligatures = "\u{FDFA}".repeat(350_000);
        assert!(normalise(&ligatures).len() < 40 * ligatures.len());
    }

    proptest! {
        #[test]
        fn plain_letters_are_no_other_way(text in "[\\x00-\\x7f]{0,30}") {
            // A letter that is dropped keeps the text from going the short way.
            prop_assert_eq!(normalise(&text), normalise(&format!("{text}\u{200b}")));
        }

        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC*") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
