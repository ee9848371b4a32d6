//! Units of time: days, weeks, months and years, and the words for them.

use super::key;
use super::words::{UNIT_STEMS, UNIT_WORDS};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A unit of time that people count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl TimeUnit {
    /// All units, the shortest first.
    pub const ALL: [Self; 4] = [Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// Its name in flow files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The unit with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == name)
    }
}

/// The units that a text names, in its order, each once.
pub fn time_units(text: &str) -> Vec<TimeUnit> {
    let mut found = Vec::new();
    for unit in key(text).split(' ').filter_map(unit_of) {
        if !found.contains(&unit) {
            found.push(unit);
        }
    }
    found
}

/// The unit that a word of a [`key`] means.
pub(super) fn unit_of(word: &str) -> Option<TimeUnit> {
    let bare = word.strip_prefix("ال").unwrap_or(word);
    let tables = UNITS.iter().zip(TimeUnit::ALL);
    let mut fitting = tables.filter(|((stems, words), _)| {
        stems.iter().any(|stem| bare.starts_with(stem)) || words.contains(word)
    });
    fitting.next().map(|(_, unit)| unit)
}

/// Normalised beginnings and words, in the order of [`TimeUnit::ALL`].
static UNITS: LazyLock<[(Vec<String>, HashSet<String>); 4]> = LazyLock::new(|| {
    std::array::from_fn(|unit| {
        let stems = UNIT_STEMS[unit].split_whitespace().map(key).collect();
        let words = UNIT_WORDS[unit].split_whitespace().map(key).collect();
        (stems, words)
    })
});

#[cfg(test)]
mod tests {
    use super::*;
    use TimeUnit::{Months, Years};

    #[test]
    fn units_are_known_in_all_languages() {
        for (months, years) in [
            ("Wie viele Monate sind Sie hier?", "3 Jahre"),
            ("How many months?", "3 years"),
            ("كم شهرًا وأنت في ألمانيا؟", "3 سنوات"),
            ("Şu kadar ay?", "3 yıl"),
            ("Сколько месяцев вы здесь?", "3 года"),
            ("Скільки місяців ви тут?", "3 роки"),
            ("چند ماه است؟", "3 سال"),
            ("Çend meh?", "3 sal"),
            ("Combien de mois ?", "3 années"),
            ("Immisa bilood?", "3 sano"),
            ("ክንደይ ኣዋርሕ?", "3 ዓመት"),
        ] {
            assert_eq!(time_units(months), [Months], "{months}");
            assert_eq!(time_units(years), [Years], "{years}");
        }
    }

    #[test]
    fn units_come_in_the_order_of_the_text() {
        let asked = "Wie viele Monate? Ein Jahr sind 12 Monate.";
        assert_eq!(time_units(asked), [Months, Years]);
        assert!(time_units("Wie alt sind Sie?").is_empty());
    }
}
