//! `flows/detect/thresholds.toml`

use crate::content::detect::{ClassThresholds, Thresholds};
use crate::content::diagnostic::{Code, Span};
use crate::content::parse::reader::{At, Entries, Node, Reader};

const KEYS: &[&str] = &[
    "alarm",
    "check",
    "topic",
    "topic_low",
    "ngram_alarm",
    "ngram_check",
    "set_on",
    "class",
];

/// The thresholds with the places of what is checked against other files.
#[derive(Debug, Default)]
pub(in crate::content) struct ThresholdsAt {
    pub thresholds: Thresholds,
    /// Where `set_on` stands; the beginning if it does not.
    pub set_on: Span,
    /// The classes that have thresholds of their own.
    pub classes: Vec<At<String>>,
}

/// `alarm = 0.36`
pub(in crate::content) fn read(r: &mut Reader<'_>, mut top: Entries<'_, '_>) -> ThresholdsAt {
    let mut t = Thresholds::default();
    let mut number = |key: &str, to: &mut f32| {
        let (key_span, node) = top.take(key)?;
        *to = share(r, node, &format!("{key} = {to}"))?;
        Some(key_span)
    };
    let alarm = number("alarm", &mut t.alarm);
    let check = number("check", &mut t.check);
    let topic = number("topic", &mut t.topic);
    let low = number("topic_low", &mut t.topic_low);
    let ngram_alarm = number("ngram_alarm", &mut t.ngram_alarm);
    let ngram_check = number("ngram_check", &mut t.ngram_check);
    for (lower, upper, span, names) in [
        (t.check, t.alarm, check.or(alarm), ("check", "alarm")),
        (t.topic_low, t.topic, low.or(topic), ("topic_low", "topic")),
        (
            t.ngram_check,
            t.ngram_alarm,
            ngram_check.or(ngram_alarm),
            ("ngram_check", "ngram_alarm"),
        ),
    ] {
        if lower > upper {
            out_of_order(r, span.unwrap_or_default(), names);
        }
    }
    let mut set_on = 0..0;
    if let Some((_, node)) = top.take("set_on")
        && let Some(text) = r.text(node, "set_on = \"\"")
    {
        (t.set_on, set_on) = (text.value, text.span);
    }
    let classes = overrides(r, &mut top, &mut t);
    r.no_more(top, KEYS);
    ThresholdsAt {
        thresholds: t,
        set_on,
        classes,
    }
}

/// `[class.suicide_crisis]`
fn overrides(
    r: &mut Reader<'_>,
    top: &mut Entries<'_, '_>,
    to: &mut Thresholds,
) -> Vec<At<String>> {
    const SECTION: &str = "[class.violence]";
    let taken = top.take("class");
    let list = taken.and_then(|(span, node)| r.table(node, span, SECTION));
    let mut found = Vec::new();
    for (id, node) in list.map(Entries::rest).unwrap_or_default() {
        let Some(mut entries) = r.table(node, id.span.clone(), SECTION) else {
            continue;
        };
        let mut number = |key: &str| {
            let (_, node) = entries.take(key)?;
            share(r, node, &format!("{key} = 0.2"))
        };
        let own = ClassThresholds {
            alarm: number("alarm"),
            check: number("check"),
        };
        if own.check.unwrap_or(0.0) > own.alarm.unwrap_or(1.0) {
            out_of_order(r, id.span.clone(), ("check", "alarm"));
        }
        r.no_more(entries, &["alarm", "check"]);
        to.classes.insert(id.value.to_owned(), own);
        let (value, span) = (id.value.to_owned(), id.span);
        found.push(At { value, span });
    }
    found
}

/// A number from 0 to 1.
fn share(r: &mut Reader<'_>, node: &Node<'_>, example: &str) -> Option<f32> {
    let number = r.decimal(node, example)?;
    if (0.0..=1.0).contains(&number.value) {
        return Some(number.value);
    }
    r.at(
        Code::BadThreshold,
        number.span,
        "Wahrscheinlichkeiten gehen von 0 bis 1",
        "probabilities go from 0 to 1",
    )
    .help(
        format!("Schreiben Sie zum Beispiel: {example}"),
        format!("Write for example: {example}"),
    );
    None
}

fn out_of_order(r: &mut Reader<'_>, span: Span, (lower, upper): (&str, &str)) {
    r.at(
        Code::BadThreshold,
        span,
        format!("`{lower}` darf nicht größer sein als `{upper}`"),
        format!("`{lower}` may not be greater than `{upper}`"),
    )
    .help(
        "Gefragt wird früher, als ein Mensch gerufen wird; `lotse eval --set` wählt gute Werte",
        "A question is asked sooner than a human is called; `lotse eval --set` chooses good values",
    );
}
