//! A message in its own script, for models that have read only that.

use super::{ByEar, cut, read};

/// The spellings of a message that a model should see: as it stands (cut to what is read), and, if it is typed by ear,
/// as it is probably written in its own script.
pub fn spellings(text: &str) -> Vec<String> {
    let mut all = vec![cut(text)];
    let reading = read(text);
    if let [one] = reading.by_ear.as_slice() {
        all.push(native(&all[0], *one));
    }
    all
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
