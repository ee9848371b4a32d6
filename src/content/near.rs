//! "Did you mean": which known word is close to a misspelt one.

use super::diagnostic::Both;

/// How many single-letter changes (insert, remove, replace, swap of neighbours) lie between two words.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Brings spelling habits together that count as no difference: case, umlauts, `-` for `_`.
fn plain(word: &str) -> String {
    word.trim()
        .to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
        .replace(['-', ' '], "_")
}

/// The known word closest to `word`, if it is close enough to be what was meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A pasted essay is no misspelling, and the distance costs time with the square of the length.
    if word.len() > 200 {
        return None;
    }
    let word = plain(word);
    let limit = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|k| (distance(&word, &plain(k)), k))
        .filter(|(d, k)| *d <= limit && *d < k.chars().count())
        .min()
        .map(|(_, k)| k)
}

/// Help for an unknown word: the nearest known one, else all of them if they are few.
pub(super) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<Both> {
    if let Some(near) = nearest(word, known.clone()) {
        return Some(Both::new(
            format!("Meinten Sie `{near}`?"),
            format!("Did you mean `{near}`?"),
        ));
    }
    let all: Vec<String> = known.into_iter().map(|k| format!("`{k}`")).collect();
    (1..=24).contains(&all.len()).then(|| {
        let all = all.join(", ");
        Both::new(
            format!("Möglich sind: {all}"),
            format!("Possible are: {all}"),
        )
    })
}

/// A permitted id that resembles a faulty one.
pub(super) fn suggestion(id: &str) -> String {
    let lower = id.to_lowercase();
    let mut out = String::new();
    for c in lower.chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' => out.push(c),
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            _ if !out.ends_with('_') => out.push('_'),
            _ => {}
        }
    }
    let out = out.trim_matches('_');
    match out.chars().next() {
        None => "my_step".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("n{out}"),
        Some(_) => out.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["goto", "next", "options", "retry", "over_age"];
        assert_eq!(nearest("gooto", known), Some("goto"));
        assert_eq!(nearest("got", known), Some("goto"));
        assert_eq!(nearest("optoins", known), Some("options"));
        assert_eq!(nearest("Next", known), Some("next"));
        assert_eq!(nearest("över-age", known), Some("over_age"));
        assert_eq!(nearest("elephant", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }

    #[test]
    fn suggests_permitted_ids() {
        assert_eq!(suggestion("Über-uns"), "ueber_uns");
        assert_eq!(suggestion("3 Monate"), "n3_monate");
        assert_eq!(suggestion("الحالة"), "my_step");
    }
}
