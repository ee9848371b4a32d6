//! One key for a word in its own letters and in Latin ones: whoever has no Arabic or Cyrillic keyboard types by ear
//! (`musaada` for `مساعدة`, `rabota` for `работа`).

use super::key;

/// Labels longer than this (in characters) are not typed by ear.
const LONGEST: usize = 60;

/// Texts with fewer consonants are too alike (`email` and `عمل`) unless their vowels are the same too.
const ENOUGH_CONSONANTS: usize = 3;

/// The sound of a text, roughly: consonants only, with those that are written in many ways taken together. Arabic
/// script writes no short vowels and nobody agrees how to write the long ones in Latin letters. In texts with two
/// consonants only, vowels count as well. None for texts that are too long, too short to be told apart, or in a script
/// without entry (Geʽez, which writes syllables).
///
/// Two texts with the same sound need not be the same word: take it only for a choice among few, and only if one fits.
pub fn sound(text: &str) -> Option<String> {
    let key = key(text);
    if key.chars().count() > LONGEST {
        return None;
    }
    let words: Vec<String> = key.split(' ').map(latin).collect::<Option<_>>()?;
    let sounds = |vowels: bool| {
        let sounds = words.iter().map(|word| sounds_of(word, vowels));
        sounds
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let consonants = sounds(false);
    match consonants.chars().filter(char::is_ascii_alphabetic).count() {
        0 | 1 => None,
        few if few < ENOUGH_CONSONANTS => Some(format!("~{}", sounds(true))),
        _ => Some(consonants),
    }
}

/// Whether a text is in Latin letters only.
pub fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| u32::from(c) < 0x250)
}

/// A normalised word in Latin letters.
fn latin(word: &str) -> Option<String> {
    // The Arabic article is mostly not written by those who write Latin letters, or as el-.
    let word = match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() > 2 => rest,
        _ => word,
    };
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
            continue;
        }
        let (_, latin) = LETTERS.iter().find(|(letters, _)| letters.contains(c))?;
        out.push_str(latin);
    }
    Some(out)
}

/// Letters after `normalise`, and how they are written in Latin ones.
const LETTERS: &[(&str, &str)] = &[
    // Arabic script.
    ("اعوهيېۀئؤۆۇ", "a"),
    ("بپٻ", "b"),
    ("تطټ", "t"),
    ("ث", "s"),
    ("جژږ", "j"),
    ("چ", "ch"),
    ("ح", "h"),
    ("خښ", "kh"),
    ("دضډ", "d"),
    ("ذزظځ", "z"),
    ("رړڕ", "r"),
    ("سصڅ", "s"),
    ("ش", "sh"),
    ("غگګ", "g"),
    ("فڤ", "f"),
    ("قك", "k"),
    ("لڵ", "l"),
    ("م", "m"),
    ("نںڼ", "n"),
    // Cyrillic; the soft sign and the breve of й are gone or mean nothing.
    ("аеёиоуыэюяіїєйьъ", "a"),
    ("б", "b"),
    ("в", "v"),
    ("гґ", "g"),
    ("д", "d"),
    ("ж", "j"),
    ("з", "z"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("п", "b"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("ф", "f"),
    ("х", "kh"),
    ("ц", "ts"),
    ("чшщ", "sh"),
];

/// The sounds of a word in Latin letters, with those that are one taken together: consonants, and `a` for each vowel if
/// `vowels`.
fn sounds_of(word: &str, vowels: bool) -> String {
    const GROUPS: &[(&str, &str)] = &[
        ("shch", "c"),
        ("sch", "c"),
        ("tch", "c"),
        ("sh", "c"),
        ("ch", "c"),
        ("kh", "x"),
        ("gh", "g"),
        ("zh", "j"),
        ("dj", "j"),
        ("th", "s"),
        ("dh", "z"),
        ("ph", "f"),
        ("ck", "k"),
        ("tz", "ts"),
        ("q", "k"),
        ("p", "b"),
        ("w", "v"),
    ];
    /// Digits that stand for Arabic letters without a Latin one.
    const DIGITS: &[(char, &str)] = &[
        ('2', "a"),
        ('3', "a"),
        ('5', "x"),
        ('6', "t"),
        ('7', "h"),
        ('9', "k"),
    ];
    let word: String = if word.contains(|c: char| c.is_ascii_alphabetic()) {
        let letter = |c: char| {
            let digit = DIGITS.iter().find(|(digit, _)| *digit == c);
            digit.map_or_else(|| c.to_string(), |(_, letter)| (*letter).to_owned())
        };
        word.chars().map(letter).collect()
    } else {
        word.to_owned()
    };
    let mut out = String::new();
    let mut rest = word.as_str();
    while let Some(first) = rest.chars().next() {
        let group = GROUPS.iter().find(|(group, _)| rest.starts_with(group));
        let (sound, used) = match group {
            Some((group, sound)) => (*sound, group.len()),
            None if "aeiouy".contains(first) => (if vowels { "a" } else { "" }, 1),
            None if first == 'h' => ("", 1),
            None => (&rest[..first.len_utf8()], first.len_utf8()),
        };
        // A doubled letter is one sound.
        if !sound.is_empty() && !out.ends_with(sound) {
            out.push_str(sound);
        }
        rest = &rest[used..];
    }
    // و and v, w are a vowel in one word and a consonant in the next.
    out.retain(|c| c != 'v');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_sounds_alike_in_its_own_letters_and_in_latin_ones() {
        for (own, typed) in [
            ("مساعدة", "musaada"),
            ("مساعدة", "mosa3ada"),
            ("السكن", "sakan"),
            ("سكن", "sekan"),
            ("مدرسة", "madrasa"),
            ("تدريب", "tadrib"),
            ("كار", "kar"),
            ("کار", "kaar"),
            ("مفتاح", "mifta7"),
            ("خانه", "khana"),
            ("خانه", "xane"),
            ("مکتب", "maktab"),
            ("پاسپورت", "pasport"),
            ("работа", "rabota"),
            ("жильё", "zhilyo"),
            ("школа", "shkola"),
            ("школа", "schkola"),
            ("навчання", "navchannya"),
            ("помощь", "pomoshch"),
            ("житло", "zhytlo"),
        ] {
            assert_eq!(sound(own), sound(typed), "{own} {typed}");
            assert!(
                sound(own).is_some() && is_latin(typed) && !is_latin(own),
                "{own}"
            );
        }
    }

    #[test]
    fn other_words_sound_otherwise() {
        for (one, other) in [
            ("عمل", "email"),
            ("عمل", "علم"),
            ("работа", "школа"),
            ("مدرسة", "مدرس ة كبير"),
            ("сад", "суп"),
            ("كتاب", "باب"),
        ] {
            assert_ne!(sound(one), sound(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_too_short_or_too_long_has_no_sound() {
        for text in ["", "да", "لا", "ja", "о", "🙂", "ስራ", "2"] {
            assert_eq!(sound(text), None, "{text}");
        }
        assert_eq!(sound(&"ma".repeat(1000)), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            let _ = sound(&text);
        }
    }
}
