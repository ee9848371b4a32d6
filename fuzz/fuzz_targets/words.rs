//! Any bytes, cut into words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lotse::triage::fuzz;

fuzz_target!(|data: &[u8]| fuzz::words(data));
