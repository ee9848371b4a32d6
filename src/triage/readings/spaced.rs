//! Letters that stand apart: "s t e r b e n", "k.i.l.l". People write so for emphasis, and to be overlooked by programs.

use crate::text::{Word, words};
use std::borrow::Cow;
use std::ops::Range;

/// So many letters in a row are no coincidence ("d i e"); two may be ("a b" of a list).
const LEAST: usize = 3;
/// Two words of such letters stand farther apart than their letters, but not farther than this (in characters).
const APART: usize = 3;

/// Which words are the letters of one, as ranges of places in `words`; each of two and more. `text` is what they were
/// read from.
fn runs(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let to = chain(text, words, from);
        if to - from >= LEAST {
            let mut begin = from;
            for next in from + 1..=to {
                if next == to || gap(text, &words[next - 1], &words[next]) != Some(1) {
                    if next - begin > 1 {
                        runs.push(begin..next);
                    }
                    begin = next;
                }
            }
        }
        from = to.max(from + 1);
    }
    runs
}

/// The end of the single letters that begin here.
fn chain(text: &str, words: &[Word], from: usize) -> usize {
    let mut to = from;
    while to < words.len() && is_letter(&words[to]) {
        if to > from && gap(text, &words[to - 1], &words[to]).is_none() {
            break;
        }
        to += 1;
    }
    to
}

fn is_letter(word: &Word) -> bool {
    let mut chars = word.key.chars();
    !word.sign && chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// How many characters stand between two words; none if they are more than [`APART`], or end a line.
fn gap(text: &str, one: &Word, next: &Word) -> Option<usize> {
    let between = text.get(one.at.end..next.at.start)?;
    let many = between.chars().take(APART + 1).count();
    (many <= APART && !between.contains('\n')).then_some(many)
}

/// Words, those of letters apart made whole. `text` is what they were read from.
pub(super) fn whole(text: &str, words: Vec<Word>) -> Vec<Word> {
    let runs = runs(text, &words);
    if runs.is_empty() {
        return words;
    }
    let mut made = Vec::with_capacity(words.len());
    let mut runs = runs.into_iter().peekable();
    for (place, word) in words.into_iter().enumerate() {
        let inside = runs.peek().filter(|run| run.contains(&place)).cloned();
        match (inside, made.last_mut()) {
            (Some(run), Some(last)) if place > run.start => extend(last, &word),
            _ => made.push(word),
        }
        if runs.peek().is_some_and(|run| run.end == place + 1) {
            runs.next();
        }
    }
    made
}

fn extend(word: &mut Word, letter: &Word) {
    word.key.push_str(&letter.key);
    word.at.end = letter.at.end;
}

/// A text, words of letters apart made whole.
pub(super) fn legible(text: &str) -> Cow<'_, str> {
    let words = words(text);
    let runs = runs(text, &words);
    if runs.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut made, mut from) = (String::with_capacity(text.len()), 0);
    for run in runs {
        for word in &words[run.clone()] {
            // What stands before the first letter stays, what stands between the letters goes.
            if word.at == words[run.start].at {
                made.push_str(&text[from..word.at.start]);
            }
            made.push_str(&text[word.at.clone()]);
            from = word.at.end;
        }
    }
    made.push_str(&text[from..]);
    Cow::Owned(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let words = whole(text, words(text));
        assert!(words.iter().all(|w| text.get(w.at.clone()).is_some()));
        words.into_iter().map(|w| w.key).collect()
    }

    #[test]
    fn letters_apart_are_words_again() {
        for (text, wanted, seen) in [
            (
                "ich will s t e r b e n!",
                "ich will sterben",
                "ich will sterben!",
            ),
            ("k.i.l.l him", "kill him", "kill him"),
            (
                "i c h   w i l l   w e g",
                "ich will weg",
                "ich   will   weg",
            ),
            ("h-e-l-p 😭 m*o*r*d", "help 😭 mord", "help 😭 mord"),
            ("م و ت ي", "موتي", "موتي"),
            ("i want to d i e", "i want to die", "i want to die"),
        ] {
            assert_eq!(keys(text).join(" "), wanted);
            assert_eq!(legible(text), seen);
        }
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for text in [
            "§ 60 a b",
            "plan a und b und c",
            "l l",
            "a\nb\nc\nd\ne",
            "1 2 3 4 5",
            "ich will nach Köln",
            "",
        ] {
            let before: Vec<String> = words(text).into_iter().map(|w| w.key).collect();
            assert_eq!(keys(text), before, "{text}");
            assert_eq!(legible(text), text);
        }
    }
}
