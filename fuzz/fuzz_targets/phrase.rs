//! Any bytes as a phrase of the content.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lotse::triage::fuzz;

fuzz_target!(|data: &[u8]| fuzz::phrase(data));
