//! What people write, made comparable; what the bot writes, made showable.
//!
//! **Architecture invariant:** everything in here is a pure function of its arguments, total, and takes time
//! at most proportional to the input (times a constant bound where two texts are compared).

mod amount;
mod calendar;
mod close;
mod contact;
mod date;
mod latin;
mod list;
mod markup;
mod normalise;
mod number;
mod phrase;
mod postcode;
mod short;
mod split;
mod tongue;
mod unit;
mod word;
mod words;

pub use amount::{Amount, amount, is_length};
pub use calendar::{OtherDate, date_of_other_calendar};
pub use close::closest;
pub use contact::contact;
pub use date::{date, date_in_words};
pub use latin::{is_latin, sound};
pub use list::{list_in_words, list_items};
pub use markup::{
    Block, Inline, Marks, marks, parse, to_html, to_plain, to_telegram_html, without_markup,
};
pub use normalise::{digit, key, normalise, shown};
pub use number::{number, whole_number};
pub use phrase::{GAP, Item, Phrase, PhraseError, Shape, Wrong, phrase};
pub use postcode::postcode;
pub use short::short_answer;
pub use split::{Unit, graphemes, split, split_markup};
pub use tongue::{language_name, language_named};
pub use unit::{TimeUnit, time_units};
pub use word::{Word, has_words, words};
