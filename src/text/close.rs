//! Close spelling: what was probably meant.

/// Labels longer than this are not compared by spelling: it would cost time and prove nothing.
const LONGEST: usize = 80;

/// Finds the one label that `written` probably means. Both sides are [`super::key`]s.
///
/// Words are compared one by one; each must begin with the same letter (so that `keine` is never read as
/// `eine`) and may differ by one slip (letter missing, added, changed or swapped) from four letters on, by two from
/// eight on. If two different labels are equally close, there is no answer: guessing is worse than asking.
pub fn closest<'a, T: PartialEq + Copy>(
    written: &str,
    labels: impl IntoIterator<Item = (T, &'a str)>,
) -> Option<T> {
    if written.is_empty() || written.chars().count() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, T)> = None;
    let mut tied = false;
    for (id, label) in labels {
        let Some(slips) = slips(written, label) else {
            continue;
        };
        match best {
            Some((least, _)) if slips > least => {}
            Some((least, known)) if slips == least => tied |= known != id,
            _ => {
                best = Some((slips, id));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, id)| id)
}

/// How many slips lie between two texts; `None` if they are too far apart to be the same.
fn slips(written: &str, label: &str) -> Option<usize> {
    if written == label {
        return Some(0);
    }
    if label.is_empty() || label.chars().count() > LONGEST {
        return None;
    }
    if written.replace(' ', "") == label.replace(' ', "") {
        return Some(1);
    }
    let (mut ours, mut theirs) = (written.split(' '), label.split(' '));
    let mut sum = 0;
    loop {
        match (ours.next(), theirs.next()) {
            (Some(a), Some(b)) => sum += word_slips(a, b)?,
            (None, None) => return Some(sum),
            _ => return None,
        }
    }
}

fn word_slips(a: &str, b: &str) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let allowed = match a.len().min(b.len()) {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let digits = |w: &[char]| w.iter().any(char::is_ascii_digit);
    if a.first() != b.first() || a.len().abs_diff(b.len()) > allowed || digits(&a) || digits(&b) {
        return None;
    }
    Some(distance(&a, &b)).filter(|&d| d <= allowed)
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &cb) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(ca != cb))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && ca == b[j - 1] && a[i - 1] == cb {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key;

    fn meant(written: &str, labels: &[&str]) -> Option<usize> {
        let keys: Vec<String> = labels.iter().map(|l| key(l)).collect();
        closest(
            &key(written),
            keys.iter().enumerate().map(|(i, k)| (i, k.as_str())),
        )
    }

    #[test]
    fn slips_of_the_finger_are_understood() {
        let papers = [
            "Aufenthaltsgestattung",
            "Duldung",
            "Fiktionsbescheinigung",
            "Ich weiß es nicht",
        ];
        for (written, want) in [
            ("duldnug", Some(1)),
            ("Duldng", Some(1)),
            ("aufenthalts gestattung", Some(0)),
            ("Aufenthaltgestatung", Some(0)),
            ("ich weis es nicht", Some(3)),
            ("Bildung", None),
            ("Dldng", None),
            ("ich weiß es", None),
        ] {
            assert_eq!(meant(written, &papers), want, "{written}");
        }
        assert_eq!(meant("عربى", &["عربي", "عرب"]), Some(0));
    }

    #[test]
    fn the_opposite_is_never_close() {
        assert_eq!(meant("keine arbeit", &["eine Arbeit"]), None);
        assert_eq!(meant("unmöglich", &["möglich"]), None);
        assert_eq!(meant("24 monate", &["25 Monate"]), None);
    }

    #[test]
    fn a_tie_is_no_answer() {
        assert_eq!(
            meant("haus", &["Haut", "Maus"]),
            Some(0),
            "the first letter decides"
        );
        assert_eq!(meant("hauz", &["Haut", "Haus"]), None);
        assert_eq!(
            meant("hauz", &["Haus", "Haus"]),
            None,
            "two options with one label"
        );
    }

    #[test]
    fn distances() {
        let d = |a: &str, b: &str| {
            distance(
                &a.chars().collect::<Vec<_>>(),
                &b.chars().collect::<Vec<_>>(),
            )
        };
        assert_eq!(d("", "abc"), 3);
        assert_eq!(d("abcd", "acbd"), 1);
        assert_eq!(d("kitten", "sitting"), 3);
    }
}
