//! What a person answered, typed.

use super::Attached;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The id of a declared field (`flows/fields.toml`).
pub type FieldId = String;

/// An answer, as it is kept with the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// The id of the option that was chosen.
    Choice(String),
    /// The ids of the options that were chosen, in the order of the question; perhaps none.
    Choices(Vec<String>),
    /// A whole number.
    Number(i64),
    /// A calendar date.
    Date(Date),
    /// A postcode and, where it is known, the five-digit key of its Kreis.
    Place {
        /// Five digits.
        postcode: String,
        /// Official municipality key of the Kreis, five digits.
        kreis: Option<String>,
    },
    /// Free text.
    Text(String),
    /// How the person can be reached: an e-mail address, a phone number (`+49…`), or both, parted by a comma.
    Contact(String),
    /// Photos and files, in the order in which they came.
    Media(Vec<Attached>),
    /// Yes or no.
    Flag(bool),
}
