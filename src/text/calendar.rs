//! Dates of other calendars: the Solar Hijri one of Iran and Afghanistan, the Ethiopian one.
//!
//! What is read here is never taken for certain: a lunar year may look like a solar one, and months of two calendars
//! share names. The person is shown the date and asked.

use super::date::{Token, month_table, separated, tokens};
use super::words::{ERITREAN, ETHIOPIAN, SOLAR_HIJRI};
use super::{date, normalise};
use icu_calendar::cal::{EthiopianEraStyle, Iso};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Texts longer than this are stories, not dates.
const LONGEST: usize = 300;

/// The first year that may be meant; nobody here was born before it.
const FIRST_YEAR: i16 = 1915;

/// Years from today up to which a date may lie. With more, the years of the lunar calendar would be read as solar ones.
const YEARS_AHEAD: i16 = 12;

/// A date of another calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDate {
    /// The same day in the Gregorian calendar.
    pub date: Date,
    /// The date as it was understood, year first: `1405/08/30`.
    pub written: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Calendar {
    SolarHijri,
    Ethiopian,
    Gregorian,
}

/// The one date of another calendar in a text: `۱۴۰۵/۰۸/۳۰`, `30.8.1405`, `1405/8` and `آبان ۱۴۰۵` (the first of the
/// month), `30 Aban 1405`, `۳۰ عقرب ۱۴۰۵`, `12 ጥር 2018`. None if there is none, if there are two, or if it lies where
/// nobody would mean it: a year of the lunar calendar (1447) is not guessed at.
pub fn date_of_other_calendar(text: &str, today: Date) -> Option<OtherDate> {
    if text.len() > LONGEST || date(text, today).is_some() {
        return None;
    }
    let tokens = tokens(&normalise(text));
    let mut found: Option<OtherDate> = None;
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        let used = match read(rest) {
            Some((calendar, [y, m, d], used)) => {
                let read = convert(calendar, y, m, d, today)?;
                if found.as_ref().is_some_and(|f| *f != read) {
                    return None;
                }
                found = Some(read);
                used
            }
            None => 1,
        };
        rest = rest.get(used..).unwrap_or_default();
    }
    found
}

/// A date at the beginning: calendar, year, month and day, and how many tokens it takes.
fn read(tokens: &[Token]) -> Option<(Calendar, [i32; 3], usize)> {
    use Token::{Number, Separator, Word};
    let solar = |date, used| Some((Calendar::SolarHijri, date, used));
    match tokens {
        [
            Number(y, 4),
            Separator(_),
            Number(m, 1 | 2),
            Separator(_),
            Number(d, 1 | 2),
            ..,
        ]
        | [
            Number(d, 1 | 2),
            Separator(_),
            Number(m, 1 | 2),
            Separator(_),
            Number(y, 4),
            ..,
        ] if is_solar_year(*y) => solar([*y, *m, *d], 5),
        [Number(y, 4), Separator(_), Number(m, 1 | 2), ..]
        | [Number(m, 1 | 2), Separator(_), Number(y, 4), ..]
            if is_solar_year(*y) =>
        {
            solar([*y, *m, 1], 3)
        }
        [Number(first, digits), rest @ ..] => {
            let (a, rest) = separated(rest);
            let [Word(name), rest @ ..] = rest else {
                return None;
            };
            let (calendar, month) = *MONTHS.get(name.as_str())?;
            let (b, rest) = separated(rest);
            let Some(Number(last, last_digits)) = rest.first() else {
                return None;
            };
            let used = a + b + 3;
            match (digits, last_digits) {
                (1 | 2, 4) => Some((calendar, [*last, month, *first], used)),
                (4, 1 | 2) => Some((calendar, [*first, month, *last], used)),
                _ => None,
            }
        }
        [Word(name), Number(y, 4), ..] => {
            let (calendar, month) = *MONTHS.get(name.as_str())?;
            Some((calendar, [*y, month, 1], 2))
        }
        _ => None,
    }
}

/// Years of which the digits alone say that they are no Gregorian ones.
fn is_solar_year(year: i32) -> bool {
    (1290..1500).contains(&year)
}

/// Normalised name → calendar and month.
static MONTHS: LazyLock<HashMap<String, (Calendar, i32)>> = LazyLock::new(|| {
    let tables: [(Calendar, &'static [&'static str]); 3] = [
        (Calendar::SolarHijri, &SOLAR_HIJRI),
        (Calendar::Ethiopian, &ETHIOPIAN),
        (Calendar::Gregorian, &ERITREAN),
    ];
    let entry = |(calendar, names): (Calendar, &'static [&'static str])| {
        month_table(names).map(move |(name, month)| (name, (calendar, month)))
    };
    tables.into_iter().flat_map(entry).collect()
});

fn convert(calendar: Calendar, y: i32, m: i32, d: i32, today: Date) -> Option<OtherDate> {
    let (month, day) = (u8::try_from(m).ok()?, u8::try_from(d).ok()?);
    let date = match calendar {
        Calendar::SolarHijri => {
            let date = icu_calendar::Date::try_new_persian(y, month, day).ok()?;
            civil(date.to_calendar(Iso))
        }
        Calendar::Ethiopian => {
            let era = EthiopianEraStyle::AmeteMihret;
            let date = icu_calendar::Date::try_new_ethiopian(era, y, month, day).ok()?;
            civil(date.to_calendar(Iso))
        }
        Calendar::Gregorian => Date::new(
            i16::try_from(y).ok()?,
            i8::try_from(m).ok()?,
            i8::try_from(d).ok()?,
        )
        .ok(),
    }?;
    let years = FIRST_YEAR..=today.year().saturating_add(YEARS_AHEAD);
    years.contains(&date.year()).then(|| OtherDate {
        date,
        written: format!("{y}/{m:02}/{d:02}"),
    })
}

fn civil(date: icu_calendar::Date<Iso>) -> Option<Date> {
    let year = i16::try_from(date.era_year().year).ok()?;
    let (month, day) = (date.month().ordinal, date.day_of_month().0);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date as on;

    const TODAY: Date = on(2026, 11, 21);

    fn read(text: &str) -> Option<Date> {
        date_of_other_calendar(text, TODAY).map(|o| o.date)
    }

    #[test]
    fn solar_dates_as_people_write_them() {
        for (text, want) in [
            ("۱۴۰۵/۰۸/۳۰", on(2026, 11, 21)),
            ("1405/8/30", on(2026, 11, 21)),
            ("1405-08-30", on(2026, 11, 21)),
            ("30.8.1405", on(2026, 11, 21)),
            ("۳۰ آبان ۱۴۰۵", on(2026, 11, 21)),
            ("30 Aban 1405", on(2026, 11, 21)),
            ("۱۴۰۵ آبان ۳۰", on(2026, 11, 21)),
            ("نامه در ۳۰ عقرب ۱۴۰۵ آمد", on(2026, 11, 21)),
            ("۳۰ لړم ۱۴۰۵", on(2026, 11, 21)),
            ("1405/8", on(2026, 10, 23)),
            ("آبان ۱۴۰۵", on(2026, 10, 23)),
            // Fixed points: 11 February 1979, and the leap days at the end of 1399 and 1403.
            ("۲۲ بهمن ۱۳۵۷", on(1979, 2, 11)),
            ("1399/12/30", on(2021, 3, 20)),
            ("1403/12/30", on(2025, 3, 20)),
            ("1404/1/1", on(2025, 3, 21)),
            ("1405/1/1", on(2026, 3, 21)),
            ("1375/10/10", on(1996, 12, 30)),
        ] {
            assert_eq!(read(text), Some(want), "{text}");
        }
        let said = date_of_other_calendar("۳۰ آبان ۱۴۰۵", TODAY);
        assert_eq!(said.map(|o| o.written).as_deref(), Some("1405/08/30"));
    }

    #[test]
    fn months_with_ethiopic_names() {
        for (text, want) in [
            ("12 ጥር 2018", Some(on(2026, 1, 20))),
            ("1 ጥቅምት 2017", Some(on(2024, 10, 11))),
            ("5 ጥሪ 2026", Some(on(2026, 1, 5))),
            // The same name in Eritrea and in Ethiopia, eight months apart.
            ("1 መስከረም 2018", None),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn what_may_be_another_calendar_still_is_not_guessed_at() {
        for text in [
            // Lunar years: 1447 began in June 2025, 1421 in April 2000.
            "1447/3/5",
            "1421/3/5",
            "5 رمضان 1447",
            // No leap day in 1404, no 31st in the second half of the year, no 13th month.
            "1404/12/30",
            "1405/7/31",
            "1405/13/1",
            "30 آبان",
            "1405",
            "24.12.2026",
            "1405/8/30 یا 1405/8/29",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_day_has_one_solar_date_and_back(days in 0i64..40_000) {
            let day = on(1920, 1, 1).checked_add(days.days()).unwrap_or(TODAY);
            let iso = icu_calendar::Date::try_new_iso(
                i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs(),
            );
            let solar = iso.map(|d| d.to_calendar(icu_calendar::cal::Persian));
            if let (Ok(solar), true) = (solar, day.year() <= 2038) {
                let text = format!(
                    "{}/{}/{}", solar.era_year().year, solar.month().ordinal, solar.day_of_month().0
                );
                proptest::prop_assert_eq!(read(&text), Some(day));
            }
        }

        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            let _ = date_of_other_calendar(&text, TODAY);
        }
    }
}
