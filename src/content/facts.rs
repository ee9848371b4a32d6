//! Facts that texts state: may they be stated today, and how are they written?

use super::fluent::{Arg, isolated};
use super::locale;
use super::types::{Content, Fact, FactState, FactValue, Settings};
use crate::model::Lang;
use crate::text::date_in_words;
use jiff::Unit;
use jiff::civil::Date;
use std::cmp::Reverse;

/// Whether a fact may be stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactStatus<'f> {
    /// It may.
    Usable {
        /// The value that holds today; `None`: a bare statement.
        value: Option<&'f FactValue>,
    },
    /// It may not.
    Unverified(Unverified),
}

/// Why a fact may not be stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unverified {
    /// It was never established.
    Open,
    /// Nobody has looked at its source for too long.
    Stale {
        /// Days since somebody did.
        days: i64,
    },
    /// None of its values holds today.
    NotValid,
}

/// Whether a fact may be stated on a day.
pub fn fact_status<'f>(fact: &'f Fact, today: Date, settings: &Settings) -> FactStatus<'f> {
    let max = fact.max_age_days.unwrap_or(settings.max_age_days);
    if let Some(why) = age_status(fact.state, fact.checked_on, max, today) {
        return FactStatus::Unverified(why);
    }
    let value = fact.values.iter().find(|v| v.holds_on(today));
    if value.is_none() && !fact.values.is_empty() {
        return FactStatus::Unverified(Unverified::NotValid);
    }
    FactStatus::Usable { value }
}

/// Why something that somebody checked on a day may not be said any more; `None`: it may.
pub(super) fn age_status(
    state: FactState,
    checked_on: Date,
    max_age_days: i64,
    today: Date,
) -> Option<Unverified> {
    if state == FactState::Open {
        return Some(Unverified::Open);
    }
    let days = days_between(checked_on, today);
    (days > max_age_days).then_some(Unverified::Stale { days })
}

/// Whole days from one date to another; negative if the second comes first.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to))
        .map_or(0, |span| i64::from(span.get_days()))
}

/// What an editor wants to see a fact as, whatever its file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supposed {
    /// Somebody has just looked, and a value holds.
    Verified,
    /// Nobody has looked for too long.
    Stale,
    /// It was never established.
    Open,
}

impl Supposed {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::Verified, Self::Stale, Self::Open];

    /// The word for it: those of `facts.toml`, and `stale`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Stale => "stale",
            Self::Open => "open",
        }
    }

    /// The one with that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

impl Fact {
    /// The fact as it would be on every day.
    fn supposed(mut self, supposed: Supposed) -> Self {
        match supposed {
            Supposed::Open => self.state = FactState::Open,
            Supposed::Stale => {
                self.state = FactState::Verified;
                self.max_age_days = Some(i64::MIN);
            }
            Supposed::Verified => {
                self.state = FactState::Verified;
                self.max_age_days = Some(i64::MAX);
                // The newest one that has begun holds, without an end; before the first one, the first.
                self.values.sort_by_key(|v| Reverse(v.valid_from));
                self.values.iter_mut().for_each(|v| v.valid_to = None);
                if let Some(first) = self.values.last_mut() {
                    first.valid_from = None;
                }
            }
        }
        self
    }
}

impl Content {
    /// The content with some facts as somebody wants to see them; what it does not know is passed over.
    #[must_use]
    pub fn supposing(&self, facts: impl IntoIterator<Item = (String, Supposed)>) -> Self {
        let mut content = self.clone();
        for (id, supposed) in facts {
            if let Some(fact) = content.facts.remove(&id) {
                content.facts.insert(id, fact.supposed(supposed));
            }
        }
        content
    }
}

impl FactValue {
    /// Whether the value holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// The value as texts show it in `{ $fact_… }`.
    ///
    /// Euro and percent are written out (`13,90 Euro`, `15 %`). Of other units only the number is given, for
    /// which word form follows (`3 Monate`, `nach 3 Monaten`) depends on the sentence; whole numbers choose plural forms.
    pub fn arg(&self, lang: &Lang) -> Arg {
        let written = || locale::separators(lang).write(&self.amount);
        match self.unit.as_deref() {
            Some("EUR") => Arg::Text(format!("{} {}", written(), locale::euro(lang))),
            Some("percent" | "%") => Arg::Text(format!("{}\u{A0}%", written())),
            _ => self
                .amount
                .parse()
                .map_or_else(|_| Arg::Text(written()), Arg::Number),
        }
    }
}

impl Content {
    /// The lines that stand below an answer: statute, address and date (`checked_on`) of each fact,
    /// in the words of the system text `source-line`. Facts with the same source share a line.
    pub fn source_lines(&self, lang: &Lang, facts: &[String]) -> Vec<String> {
        let mut lines = Vec::new();
        for fact in facts.iter().filter_map(|id| self.facts.get(id)) {
            let statute = isolated(&fact.statute, lang.direction());
            let source = format!("{statute}, {}", fact.source);
            let date = date_in_words(fact.checked_on, lang.as_str());
            let args = [
                ("source", Arg::Text(source.clone())),
                ("date", Arg::Text(date)),
            ];
            let line = self
                .words
                .text(lang, "system", "source-line", &args)
                .unwrap_or(source);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeMap;

    fn settings() -> Settings {
        Settings {
            languages: Vec::new(),
            source: Lang::new("de"),
            fallback_language: Lang::new("en"),
            start: String::new(),
            max_age_days: 180,
            commands: BTreeMap::new(),
        }
    }

    fn value(amount: &str, unit: Option<&str>, from: Option<Date>, to: Option<Date>) -> FactValue {
        FactValue {
            amount: amount.into(),
            unit: unit.map(Into::into),
            valid_from: from,
            valid_to: to,
        }
    }

    fn fact(values: Vec<FactValue>) -> Fact {
        Fact {
            values,
            statute: "§ 1 MiLoG".into(),
            source: "https://example.org".into(),
            checked_on: date(2026, 11, 21),
            checked_by: "A".into(),
            state: FactState::Secondary,
            max_age_days: None,
        }
    }

    #[test]
    fn values_follow_each_other_by_date() {
        let fact = fact(vec![
            value(
                "13.90",
                None,
                Some(date(2026, 1, 1)),
                Some(date(2026, 12, 31)),
            ),
            value(
                "14.60",
                None,
                Some(date(2027, 1, 1)),
                Some(date(2027, 2, 28)),
            ),
        ]);
        let on = |day| match fact_status(&fact, day, &settings()) {
            FactStatus::Usable { value } => value.map(|v| v.amount.clone()).ok_or(None),
            FactStatus::Unverified(why) => Err(Some(why)),
        };
        assert_eq!(on(date(2026, 12, 31)), Ok("13.90".into()));
        assert_eq!(on(date(2027, 1, 1)), Ok("14.60".into()));
        assert_eq!(on(date(2027, 3, 1)), Err(Some(Unverified::NotValid)));
        assert_eq!(on(date(2025, 12, 31)), Err(Some(Unverified::NotValid)));
    }

    #[test]
    fn old_and_open_facts_are_not_stated() {
        let mut fact = fact(Vec::new());
        let bare = FactStatus::Usable { value: None };
        assert_eq!(fact_status(&fact, date(2027, 5, 20), &settings()), bare);
        let stale = FactStatus::Unverified(Unverified::Stale { days: 181 });
        assert_eq!(fact_status(&fact, date(2027, 5, 21), &settings()), stale);
        fact.max_age_days = Some(200);
        assert_eq!(fact_status(&fact, date(2027, 5, 21), &settings()), bare);
        fact.state = FactState::Open;
        let open = FactStatus::Unverified(Unverified::Open);
        assert_eq!(fact_status(&fact, date(2026, 11, 21), &settings()), open);
    }

    #[test]
    fn what_is_supposed_of_a_fact_holds_on_every_day() {
        let range = |amount, from, to| value(amount, None, from, to);
        let fact = fact(vec![
            range("13.90", Some(date(2026, 1, 1)), Some(date(2026, 12, 31))),
            range("14.60", Some(date(2027, 1, 1)), Some(date(2027, 2, 28))),
        ]);
        let on =
            |supposed, day| match fact_status(&fact.clone().supposed(supposed), day, &settings()) {
                FactStatus::Usable { value } => Ok(value.map(|v| v.amount.clone())),
                FactStatus::Unverified(why) => Err(why),
            };
        for (day, amount) in [
            (date(2020, 1, 1), "13.90"),
            (date(2026, 12, 31), "13.90"),
            (date(2027, 1, 1), "14.60"),
            (date(2050, 1, 1), "14.60"),
        ] {
            assert_eq!(
                on(Supposed::Verified, day),
                Ok(Some(amount.into())),
                "{day}"
            );
            assert!(
                matches!(on(Supposed::Stale, day), Err(Unverified::Stale { .. })),
                "{day}"
            );
            assert_eq!(on(Supposed::Open, day), Err(Unverified::Open), "{day}");
        }
    }

    #[test]
    fn values_are_written_as_the_language_does() {
        let shown = |lang: &str, amount: &str, unit: Option<&str>| {
            value(amount, unit, None, None).arg(&Lang::new(lang))
        };
        let text = |s: &str| Arg::Text(s.into());
        assert_eq!(shown("de", "13.90", Some("EUR")), text("13,90 Euro"));
        assert_eq!(shown("en", "13.90", Some("EUR")), text("13.90 euros"));
        assert_eq!(shown("ar", "13.90", Some("EUR")), text("13.90 يورو"));
        assert_eq!(shown("de", "15", Some("percent")), text("15\u{A0}%"));
        assert_eq!(shown("de", "3", Some("months")), Arg::Number(3));
        assert_eq!(shown("de", "1.5", None), text("1,5"));
    }
}
