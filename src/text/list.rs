//! Several things named in one text: `1, 3`, `Arbeit und Schule`, `عمل وسكن`.

use super::words::AND;
use super::{key, normalise};

/// More items than this are no answer.
const MOST: usize = 40;

/// Texts longer than this (in bytes) are stories.
const LONGEST: usize = 2000;

/// The parts of an enumeration. Commas, semicolons and line breaks always part it; a word for "and" only within a part
/// that is no item as it stands (`is_item`), for a label may have such a word in it; blanks only between numbers.
pub fn list_items(text: &str, is_item: impl Fn(&str) -> bool) -> Vec<String> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let marks = [
        ',', ';', '،', '؛', '、', '፣', '፤', '\n', '&', '+', '/', '|', '•', '·',
    ];
    let mut items = Vec::new();
    for part in text.split(marks).map(str::trim) {
        if key(part).is_empty() {
            continue;
        }
        if is_item(part) {
            items.push(part.to_owned());
        } else {
            items.extend(finer(part));
        }
        if items.len() > MOST {
            return Vec::new();
        }
    }
    items
}

fn finer(part: &str) -> Vec<String> {
    let normal = normalise(part);
    let numbers = normal
        .chars()
        .all(|c| c.is_ascii_digit() || c == ' ' || c == '.');
    if numbers {
        let digits = normal.split([' ', '.']).filter(|n| !n.is_empty());
        return digits.map(str::to_owned).collect();
    }
    let mut items = vec![String::new()];
    for word in normal.split(' ') {
        // In Arabic "and" is the first letter of the word that follows.
        let joined = word.strip_prefix('و').filter(|rest| !rest.is_empty());
        if AND.contains(&word) {
            items.push(String::new());
            continue;
        }
        if joined.is_some() {
            items.push(String::new());
        }
        if let Some(item) = items.last_mut() {
            if !item.is_empty() {
                item.push(' ');
            }
            item.push_str(joined.unwrap_or(word));
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

/// Several labels in one line of a language's text.
pub fn list_in_words(items: &[String], lang: &str) -> String {
    let comma = match lang.split('-').next() {
        Some("ar" | "fa" | "ps" | "ckb" | "ur") => "، ",
        Some("am" | "ti") => "፣ ",
        _ => ", ",
    };
    items.join(comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enumerations_are_taken_apart() {
        let labels = ["arbeit und beruf", "schule"];
        let is_item = |part: &str| labels.contains(&key(part).as_str());
        for (text, want) in [
            ("1, 3", "1|3"),
            ("1 3", "1|3"),
            ("1. 3.", "1|3"),
            ("١ و ٣", "1|3"),
            ("1 und 3", "1|3"),
            ("1 and 3 & 4", "1|3|4"),
            ("1 i 3", "1 i 3"),
            ("1-3", "1-3"),
            ("- 1\n- 3", "- 1|- 3"),
            ("Arbeit und Beruf, Schule", "Arbeit und Beruf|Schule"),
            ("Arbeit und Beruf und Schule", "arbeit|beruf|schule"),
            ("عمل وسكن", "عمل|سكن"),
            ("работа и школа", "работа|школа"),
            ("ሥራ እና ትምህርት", "ሥራ|ትምህርት"),
            ("iş ve okul", "is|okul"),
            ("", ""),
            (" , ;", ""),
        ] {
            assert_eq!(list_items(text, is_item).join("|"), want, "{text}");
        }
        assert!(list_items(&"1,".repeat(500), is_item).is_empty());
    }

    #[test]
    fn words_for_and_are_in_the_form_that_they_are_compared_in() {
        for word in AND {
            assert_eq!(normalise(word), *word);
        }
    }

    #[test]
    fn lists_have_the_comma_of_their_language() {
        let items = ["a".to_owned(), "b".to_owned()];
        assert_eq!(list_in_words(&items, "de-x-leicht"), "a, b");
        assert_eq!(list_in_words(&items, "fa-AF"), "a، b");
        assert_eq!(list_in_words(&items, "ti"), "a፣ b");
    }
}
