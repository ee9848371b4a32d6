//! Postcodes in what people write.

use super::digit;

/// The German postcode in a text: five digits of any script, with anything around them but more digits
/// (`"D-06526 Sangerhausen"`, `"٠٦٥٢٦"`). None if there is none, or if there are two different ones.
pub fn postcode(text: &str) -> Option<String> {
    let mut found: Option<String> = None;
    let mut run = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if let Some(d) = digit(c) {
            // Longer runs are remembered only as "too long".
            if run.len() < 6 {
                run.push(char::from(b'0' + d));
            }
            continue;
        }
        if run.len() == 5 {
            if found.as_ref().is_some_and(|f| *f != run) {
                return None;
            }
            found = Some(run.clone());
        }
        run.clear();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_digits_of_any_script() {
        for (text, want) in [
            ("34497", Some("34497")),
            ("D-06526 Sangerhausen", Some("06526")),
            ("Ich wohne in ٣٤٤٩٧ كورباخ", Some("34497")),
            ("۱۰۱۱۵", Some("10115")),
            ("34497, ja 34497", Some("34497")),
            ("34497 oder 10115", None),
            ("3449", None),
            ("344970", None),
            ("0800 1110111", None),
            ("", None),
        ] {
            assert_eq!(postcode(text).as_deref(), want, "{text}");
        }
    }
}
