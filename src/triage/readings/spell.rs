//! A message in its own script, for models that have read only that.

use super::spaced::legible;
use super::{ByEar, cut, parts, read};
use std::ops::Range;

/// Characters of a window: most messages are shorter than that, so a window looks like a message.
const WINDOW: usize = 360;

/// A window begins so many characters after the one before: what is said in half a window stands in one as a whole.
const STEP: usize = 180;

/// What the models see of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spellings {
    /// The whole message: as it stands (cut to what is read), and, if it is typed by ear, as it is probably written in
    /// its own script.
    pub whole: Vec<String>,
    /// The same of overlapping parts of a message so long that a sentence would drown in it; none of a short one.
    pub windows: Vec<Vec<String>>,
    /// The window around the strongest phrase.
    pub marked: Option<usize>,
}

impl Spellings {
    /// The windows that a model sees which has time for a few only: the first, the last and the one that is marked, by
    /// their places, ascending.
    pub fn few(&self) -> Vec<usize> {
        let ends = [Some(0), self.windows.len().checked_sub(1), self.marked];
        let mut few: Vec<usize> = ends.into_iter().flatten().collect();
        few.retain(|at| *at < self.windows.len());
        few.sort_unstable();
        few.dedup();
        few
    }
}

/// What the models should see of a message. `at`: where the strongest phrase stands in it, in bytes.
pub fn spellings(text: &str, at: Option<usize>) -> Spellings {
    let by_ear = match read(text).by_ear.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let spelt = |text: &str| {
        let text = legible(text);
        let text = text.as_ref();
        let heard = by_ear.map(|ear| native(text, ear));
        std::iter::once(text.to_owned()).chain(heard).collect()
    };
    let read = cut(text);
    // Where the message is cut, what stands behind has moved forward.
    let head = parts(text).first().map_or(0, |part| part.end);
    let at = at.map(|at| match at < head {
        true => at,
        false => (at + read.len()).saturating_sub(text.len()),
    });
    let windows = windows(&read);
    let middle = |window: &Range<usize>| usize::midpoint(window.start, window.end);
    let marked = at.and_then(|at| {
        let places = windows.iter().enumerate();
        places.min_by_key(|(_, window)| middle(window).abs_diff(at))
    });
    Spellings {
        marked: marked.map(|(place, _)| place),
        windows: windows.iter().map(|at| spelt(&read[at.clone()])).collect(),
        whole: spelt(&read),
    }
}

/// Overlapping parts of a long text, as ranges of bytes, cut between words where there are any.
fn windows(text: &str) -> Vec<Range<usize>> {
    let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if borders.len() <= WINDOW + STEP {
        return Vec::new();
    }
    let place = |nth: usize| borders.get(nth).copied().unwrap_or(text.len());
    // The next blank within a word's length.
    let blank = |from: usize| {
        let near = text[from..].char_indices().take(WINDOW / 10);
        near.into_iter()
            .find(|(_, c)| c.is_whitespace())
            .map_or(from, |(more, _)| from + more)
    };
    let last = (borders.len() - WINDOW).div_ceil(STEP);
    (0..=last)
        .map(|nth| match nth * STEP {
            0 => 0..blank(place(WINDOW)),
            from => blank(place(from))..blank(place(from + WINDOW)),
        })
        .filter(|window| !window.is_empty())
        .collect()
}

/// Writes Latin words in native letters, each group of letters as its plainest native one.
fn native(text: &str, by_ear: ByEar) -> String {
    let mut out = String::with_capacity(text.len());
    let lower = text.to_lowercase();
    for piece in lower.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '\'') {
        let end = piece
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
            .unwrap_or(piece.len());
        let (word, rest) = piece.split_at(end);
        if word.chars().any(|c| c.is_ascii_alphabetic()) {
            by_ear.write(word, &mut out);
        } else {
            out.push_str(word);
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_message_is_seen_as_it_is() {
        let seen = spellings("ich habe morgen einen Termin", Some(9));
        assert_eq!(seen.whole, ["ich habe morgen einen Termin"]);
        assert!(seen.windows.is_empty() && seen.few().is_empty() && seen.marked.is_none());
        assert_eq!(spellings("ana bdi mout ya3ni 3anjad", None).whole.len(), 2);
    }

    #[test]
    fn every_sentence_of_a_long_message_stands_in_one_window() {
        for length in [541, 900, 4_000, 12_000, 30_000] {
            let filler = "wir haben heute einen Brief bekommen ".repeat(1_000);
            let text: String = filler.chars().take(length).collect();
            for at in (0..text.len() - 120).step_by(length / 25) {
                let mut text = text.clone();
                text.replace_range(at..at + 30, " Danger in these thirty signs ");
                let seen = spellings(&text, Some(at));
                if !seen.whole[0].contains("Danger in these thirty signs") {
                    assert!(length > 12_000);
                    continue;
                }
                let marked = &seen.windows[seen.marked.unwrap()][0];
                assert!(
                    marked.contains("Danger in these thirty signs"),
                    "{at}: {marked}"
                );
                assert!(seen.few().contains(&0) && seen.few().len() <= 3);
            }
            let seen = spellings(&text, None);
            let ends = [seen.windows.first(), seen.windows.last()].map(|w| w.unwrap()[0].clone());
            assert!(seen.whole[0].starts_with(&ends[0]) && seen.whole[0].ends_with(&ends[1]));
            let longest = seen.windows.iter().map(|w| w[0].chars().count()).max();
            assert!(longest.unwrap() <= WINDOW + WINDOW / 10);
        }
    }
}
