//! Any bytes as a message, read with the shipped phrases.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lotse::runtime::live;
use lotse::runtime::origin::{Shipped, places};
use lotse::triage::{Lexicon, fuzz};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let places = places().expect("the shipped tables are sound");
    let content = live::read(&Shipped, places).expect("the shipped content is sound");
    Lexicon::new(&content.detect)
});

fuzz_target!(|data: &[u8]| fuzz::message(&LEXICON, data));
