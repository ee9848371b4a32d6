//! Words of the languages that people here write in, as tables: one file for each concern.
//!
//! Written by a machine, except the German ones: nobody who speaks the language has read them yet. A wrong word here
//! makes an answer be asked for again or, at worst, be read as another number or day, which is why numbers and dates are
//! shown to the person in what follows. The order of languages in each table: de, en, ar, fa (and Dari), ps, ku
//! (Kurmanji), ckb (Sorani), tr, ru, uk, fr, so, ti, am.

mod and;
mod days;
mod lengths;
mod months;
mod numbers;
mod short;

pub(super) use and::AND;
pub(super) use days::{FALSE_FRIENDS as FALSE_DAYS, RELATIVE};
pub(super) use lengths::{
    BESIDE, FEWER, FRENCH_YEARS, HALF_OF, HALF_YEAR, HALVES, LASTING, ONE_AND_A_HALF, ONE_UNIT,
    TWO_UNITS, UNITS_ALONE,
};
pub(super) use months::{ERITREAN, ETHIOPIAN, GREGORIAN, SOLAR_HIJRI};
pub(super) use numbers::{
    FALSE_FRIENDS as FALSE_NUMBERS, FRENCH, NEVER_ALONE, NUMBERS, UNIT_STEMS, UNIT_WORDS,
};
pub(super) use short::{SHORT, SIGNS};
