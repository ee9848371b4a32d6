//! Entries for a fuzzer (`fuzz/`), which the tests walk through as well. Nothing is given back; each must only return.

use super::e5::E5;
use super::{Lexicon, Seen, lexicon};
use std::sync::Arc;

/// Reads any bytes as a message.
pub fn message(lexicon: &Lexicon, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let seen = Seen::by_phrases(Some(lexicon), &text, None);
    let _ = seen.spellings(&text);
}

/// Reads any bytes as a phrase.
pub fn phrase(data: &[u8]) {
    let _ = lexicon::parse(&String::from_utf8_lossy(data));
}

/// Cuts any bytes into words.
pub fn words(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for word in crate::text::words(&text) {
        debug_assert!(text.get(word.at).is_some());
    }
}

/// Reads any bytes as weights, and a text with them if they can be read.
pub fn weights(data: &[u8]) {
    if let Ok(model) = E5::new(Arc::new(data.to_vec())) {
        let _ = model.vectors(&["abc", "مرحبا"]);
    }
}
