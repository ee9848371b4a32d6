//! Letters that people take for one another beyond what `text::key` folds. Applied to messages and to phrases.
//!
//! Looser than `text::key`, which also names months and options, where `ሕዳር` (Eritrean November) and `ህዳር` (an
//! Ethiopian month) have to stay two words.

/// Letters and what they are read as. Sources: keyboards without the letter (Pashto and Sorani typed on Persian or
/// Arabic ones, Ukrainian on Russian ones), and letters that one alphabet has twice.
const FOLDED: &[(&str, char)] = &[
    // Sorani ێ ۆ ڕ ڵ, Urdu ے, Pashto ګ ټ ډ ړ ڼ as they are typed without these keys.
    ("ێے", 'ي'),
    ("ۆۇۊۈ", 'و'),
    ("ڕړ", 'ر'),
    ("ڵ", 'ل'),
    ("ګ", 'گ'),
    ("ټ", 'ت'),
    ("ډ", 'د'),
    ("ڼں", 'ن'),
    // Latin letters that do not decompose.
    ("đð", 'd'),
    ("ł", 'l'),
    ("ø", 'o'),
    ("ə", 'e'),
    ("ґ", 'г'),
];

/// Geʽez rows of eight syllables that sound alike (in Amharic all, in Tigrinya most writers mix some): the first letters
/// of the row and of the one it is read as.
const ROWS: &[(u32, u32)] = &[
    (0x1210, 0x1200), // ሐ ሀ
    (0x1280, 0x1200), // ኀ ሀ
    (0x1220, 0x1230), // ሠ ሰ
    (0x12D0, 0x12A0), // ዐ አ
    (0x1340, 0x1338), // ፀ ጸ
];

/// Latin letters that look like Cyrillic ones. In a word that mixes both, those of which there are fewer are read as the
/// others.
const LOOKALIKES: &[(char, char)] = &[
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('i', 'і'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('j', 'ј'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
];

/// Folds a word that is a `text::key` already.
pub fn loose(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
    let plain = |c| match () {
        () if latin == 0 || cyrillic == 0 => c,
        () if latin > cyrillic => lookalike(c, |(latin, cyrillic)| (cyrillic, latin)),
        () => lookalike(c, |both| both),
    };
    word.chars().map(plain).map(letter).collect()
}

/// The letter that looks the same in the other alphabet.
fn lookalike(c: char, turned: fn((char, char)) -> (char, char)) -> char {
    let mut pairs = LOOKALIKES.iter().map(|pair| turned(*pair));
    pairs.find(|(from, _)| *from == c).map_or(c, |(_, to)| to)
}

/// Whether a letter is Cyrillic.
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{052F}')
}

/// Whether a letter is of the Arabic script.
pub fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Whether a letter is Geʽez.
pub fn is_ethiopic(c: char) -> bool {
    matches!(c, '\u{1200}'..='\u{139F}')
}

fn letter(c: char) -> char {
    if is_ethiopic(c) {
        let code = u32::from(c);
        let row = ROWS
            .iter()
            .find(|(from, _)| (*from..from + 8).contains(&code));
        let read = row.map_or(code, |(from, to)| to + (code - from));
        // ሃ is read as ሀ, ኣ as አ: the first and the fourth order of these rows sound alike.
        return match read {
            0x1203 => '\u{1200}',
            0x12A3 => '\u{12A0}',
            other => char::from_u32(other).unwrap_or(c),
        };
    }
    FOLDED
        .iter()
        .find(|(letters, _)| letters.contains(c))
        .map_or(c, |(_, read)| *read)
}

/// Other spellings of a folded word: letters held down, umlauts written out, particles written onto the next word in
/// Arabic script. At most six, none of them the word itself.
pub fn forms(word: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    let mut add = |form: String| {
        if !form.is_empty() && form != word && !forms.contains(&form) && forms.len() < 6 {
            forms.push(form);
        }
    };
    if has_run(word) {
        add(with_runs_of(word, 2));
        add(with_runs_of(word, 1));
    }
    let first = word.chars().next().unwrap_or_default();
    if first.is_ascii_digit() {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.chars().count() >= 3 {
            add(rest.to_owned());
        }
    }
    if word.is_ascii() {
        for (long, short) in [("ae", "a"), ("oe", "o"), ("ue", "u")] {
            if word.contains(long) {
                add(word.replace(long, short));
            }
        }
    } else if is_arabic(first) {
        clitics(word).into_iter().for_each(add);
    }
    forms
}

fn has_run(word: &str) -> bool {
    let (mut last, mut run) = ('\0', 0);
    word.chars().any(|c| {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        run >= 3
    })
}

/// The word with every run of three and more equal letters as long as `most`.
fn with_runs_of(word: &str, most: usize) -> String {
    let chars: Vec<char> = word.chars().collect();
    let runs = chars.chunk_by(|a, b| a == b);
    runs.flat_map(|run| {
        let kept = if run.len() >= 3 { most } else { run.len() };
        run.iter().take(kept)
    })
    .collect()
}

/// The word without "and", "so" and article at its beginning, if enough of it is left.
fn clitics(word: &str) -> Vec<String> {
    const LEAST: usize = 3;
    let left = |rest: &str| rest.chars().count() >= LEAST;
    let mut out = Vec::new();
    let bare = ["و", "ف"]
        .iter()
        .find_map(|c| word.strip_prefix(c))
        .filter(|rest| left(rest));
    out.extend(bare.map(str::to_owned));
    for start in [Some(word), bare].into_iter().flatten() {
        let rest = ["بال", "كال", "لل", "ال"]
            .iter()
            .find_map(|article| start.strip_prefix(article))
            .filter(|rest| left(rest));
        if let Some(rest) = rest {
            out.push(rest.to_owned());
            // A phrase may have the article where the message has article and particle.
            if !start.starts_with("ال") {
                out.push(format!("ال{rest}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key;

    fn folded(text: &str) -> String {
        loose(&key(text))
    }

    #[test]
    fn letters_that_a_keyboard_lacks() {
        for (one, other) in [
            ("ګواښ", "گواښ"),
            ("ډیپورټ", "دیپورت"),
            ("بێکار", "بیکار"),
            ("ئازار دەدرێم", "ئازار دەدریم"),
            ("ґанок", "ганок"),
            ("mеня", "меня"),
            ("ሓገዝ", "ሃገዝ"),
            ("ፀሎት", "ጸሎት"),
            ("ዓመት", "አመት"),
            ("đe", "de"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("ሰላም"), folded("ሸላም"));
    }

    #[test]
    fn other_spellings_of_a_word() {
        for (word, form) in [
            ("heeeelp", "help"),
            ("hilfeeee", "hilfe"),
            ("killlll", "kill"),
            ("wuerde", "wurde"),
            ("14tage", "tage"),
            ("والترحيل", "ترحيل"),
            ("بالشارع", "شارع"),
            ("بالشارع", "الشارع"),
            ("الانتحار", "انتحار"),
        ] {
            assert!(
                forms(word).contains(&form.to_owned()),
                "{word}: {:?}",
                forms(word)
            );
        }
        for plain in ["hilfe", "schiff", "ولد", "3am", "ja", ""] {
            assert!(forms(plain).is_empty(), "{plain}: {:?}", forms(plain));
        }
    }
}
