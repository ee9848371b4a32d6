//! Kreise and opening hours, as people write them on a command line.

use crate::content::{Places, nearest};
use crate::desk::hours::Hours;
use crate::text::key;
use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

/// The key of a Kreis that was named by key (`06635`) or name (`Waldeck-Frankenberg`).
pub fn find(places: &Places, named: &str) -> Result<String> {
    let wanted = key(named);
    let names = |k: &crate::content::Kreis| {
        let short = k.name.split(',').next().unwrap_or(&k.name).to_owned();
        [k.key.clone(), k.name.clone(), short, k.label()]
    };
    let fits = |k: &&crate::content::Kreis| names(k).iter().any(|name| key(name) == wanted);
    let found: Vec<_> = places.kreise().iter().filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(one.key.clone()),
        [] => {
            let labels: Vec<String> = places.kreise().iter().flat_map(names).collect();
            match nearest(named, labels.iter().map(String::as_str)) {
                Some(meant) => bail!("there is no Kreis `{named}`; did you mean `{meant}`?"),
                None => bail!(
                    "there is no Kreis `{named}`; write its five-digit key or its name, for example 06635 or Waldeck-Frankenberg"
                ),
            }
        }
        several => {
            let all: Vec<String> = several
                .iter()
                .map(|k| format!("{} ({})", k.label(), k.key))
                .collect();
            bail!("`{named}` may be {}; write the key", all.join(" or "))
        }
    }
}

const DAYS: [(&str, [&str; 4]); 7] = [
    ("mon", ["mon", "monday", "mo", "montag"]),
    ("tue", ["tue", "tuesday", "di", "dienstag"]),
    ("wed", ["wed", "wednesday", "mi", "mittwoch"]),
    ("thu", ["thu", "thursday", "do", "donnerstag"]),
    ("fri", ["fri", "friday", "fr", "freitag"]),
    ("sat", ["sat", "saturday", "sa", "samstag"]),
    ("sun", ["sun", "sunday", "so", "sonntag"]),
];

/// Opening hours: `mon-thu 09:00-16:00, fri 09:00-13:00`, `always`; days in German as well.
pub fn hours(text: &str) -> Result<Hours> {
    if matches!(text.trim(), "always" | "immer") {
        return Ok(Hours::always());
    }
    let mut week = Map::new();
    for part in text
        .split([',', ';'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
    {
        let Some((days, times)) = part.split_once(' ') else {
            bail!(hours_advice(part));
        };
        let Some((from, to)) = times.trim().split_once('-') else {
            bail!(hours_advice(part));
        };
        for day in day_range(days).ok_or_else(|| anyhow::anyhow!(hours_advice(part)))? {
            let spans = week.entry(DAYS[day].0).or_insert_with(|| json!([]));
            if let Value::Array(spans) = spans {
                spans.push(json!([from.trim(), to.trim()]));
            }
        }
    }
    serde_json::from_value(Value::Object(week)).map_err(|e| anyhow::anyhow!("`{text}`: {e}"))
}

fn hours_advice(part: &str) -> String {
    format!(
        "`{part}` are no opening hours; write for example \"mon-thu 09:00-16:00, fri 09:00-13:00\" or always"
    )
}

fn day_range(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| {
        let name = name.trim().to_lowercase();
        DAYS.iter()
            .position(|(_, names)| names.contains(&name.as_str()))
    };
    match text.split_once('-') {
        Some((from, to)) => {
            let (from, to) = (day(from)?, day(to)?);
            (from <= to).then(|| (from..=to).collect())
        }
        None => Some(vec![day(text)?]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::origin::places;

    #[test]
    fn a_kreis_is_found_by_key_and_by_name() {
        let places = places().unwrap();
        for (named, key) in [
            ("06635", "06635"),
            ("Waldeck-Frankenberg", "06635"),
            ("landkreis waldeck-frankenberg", "06635"),
            ("Stadt München", "09162"),
            ("Landkreis München", "09184"),
        ] {
            assert_eq!(find(&places, named).unwrap(), key, "{named}");
        }
        let say = |named: &str| find(&places, named).unwrap_err().to_string();
        insta::assert_snapshot!(
            [say("München"), say("Waldek-Frankenberg"), say("99999")].join("\n")
        );
    }

    #[test]
    fn opening_hours_are_read_in_both_languages() {
        let english = hours("mon-thu 09:00-16:00, fri 09:00-13:00").unwrap();
        assert_eq!(
            english,
            hours("Mo-Do 09:00-16:00; Freitag 09:00-13:00").unwrap()
        );
        assert_eq!(hours("always").unwrap(), Hours::always());
        let say = |text: &str| hours(text).unwrap_err().to_string();
        let texts = [
            "9-5",
            "mon 09:00",
            "fri-mon 09:00-12:00",
            "mon 9:00-12:00",
            "mon 12:00-09:00",
        ];
        insta::assert_snapshot!(texts.map(say).join("\n"));
    }
}
