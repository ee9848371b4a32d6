//! A judgement in words, for editors.

use crate::content::{Both, Detect};
use crate::model::{Detector, Evidence, Lang, Topic, Triage, Weaker, Zone};
use crate::triage::{measure::level_word, offered};
use std::fmt::Write as _;

/// Signs of a full bar.
const BAR: f32 = 24.0;

fn zone(zone: Zone) -> Both {
    match zone {
        Zone::Alarm => Both::new("Alarm: ein Mensch wird gerufen", "alarm: a human is called"),
        Zone::Check => Both::new(
            "Rückfrage: der Bot fragt, ob es so ist",
            "check: the bot asks whether it is so",
        ),
        Zone::None => Both::new(
            "nichts Eigenes: der Ablauf geht weiter",
            "nothing of its own: the flow goes on",
        ),
    }
}

fn weaker(why: Weaker) -> Both {
    match why {
        Weaker::Negated => Both::new(
            "verneint: nur ein Grund zu fragen",
            "denied: only a reason to ask",
        ),
        Weaker::Softened => Both::new(
            "Scherz, Film oder Bericht: nur ein Grund zu fragen",
            "a joke, a film or a report: only a reason to ask",
        ),
        Weaker::Reading => Both::new(
            "klingt nur so: nur ein Grund zu fragen",
            "only sounds like it: only a reason to ask",
        ),
    }
}

fn detector(which: Detector) -> Both {
    match which {
        Detector::Lexicon => Both::new("Wendungen", "phrases"),
        Detector::Vectors => Both::new("Satzvektoren", "sentence vectors"),
        Detector::Ngrams => Both::new(
            "Buchstabengruppen (ohne Gewichte; `lotse model install` holt sie)",
            "groups of letters (no weights; `lotse model install` gets them)",
        ),
    }
}

/// Everything about a judgement.
pub fn explain(detect: &Detect, triage: &Triage, lang: &Lang) -> String {
    let mut text = String::new();
    let mut line = |said: Both| {
        text.push_str(said.get(lang));
        text.push('\n');
    };
    line(zone(triage.zone));
    let level = level_word(triage.level);
    match &triage.class {
        Some(class) => line(Both::new(
            format!("Stufe {level}, wegen {class}"),
            format!("level {level}, because of {class}"),
        )),
        None => line(Both::new("Stufe none", "level none")),
    }
    line(match &triage.lang {
        Some(lang) => {
            let (or_de, or_en) = match &triage.also {
                Some(also) => (format!(" oder {also}"), format!(" or {also}")),
                None => Default::default(),
            };
            Both::new(
                format!("Sprache {lang}{or_de}"),
                format!("language {lang}{or_en}"),
            )
        }
        None => Both::new("Sprache nicht sicher", "language not sure"),
    });

    line(Both::new("\nWorum es geht", "\nWhat it is about"));
    if triage.topics.is_empty() {
        line(Both::new("  –", "  –"));
    }
    let offer = offered(detect, triage);
    let wide = triage.topics.iter().map(|t| t.id.len()).max().unwrap_or(0);
    for topic in &triage.topics {
        let bar = bar(topic.p);
        let said = format!("  {:wide$}  {:.2} {bar}", topic.id, topic.p);
        match offer.iter().any(|o: &&Topic| o.id == topic.id) {
            true => line(Both::new(
                format!("{said} · angeboten"),
                format!("{said} · offered"),
            )),
            false => line(Both::new(&said, &said)),
        }
    }

    line(Both::new(
        "\nWas in der Nachricht steht",
        "\nWhat stands in the message",
    ));
    if triage.evidence.is_empty() {
        line(Both::new("  keine bekannte Wendung", "  no known phrase"));
    }
    for evidence in &triage.evidence {
        line(seen(evidence));
    }

    line(Both::new(
        "\nWas ein Modell vermutet",
        "\nWhat a model guesses",
    ));
    if triage.guesses.is_empty() {
        line(Both::new("  –", "  –"));
    }
    for guess in &triage.guesses {
        let (class, p) = (&guess.class, guess.p);
        let close = guess
            .closest
            .as_deref()
            .map(|c| (format!("; am nächsten: „{c}“"), format!("; closest: “{c}”")));
        let (de, en) = close.unwrap_or_default();
        line(Both::new(
            format!("  {class} {p:.2}{de}"),
            format!("  {class} {p:.2}{en}"),
        ));
    }

    let names = |of: fn(&Both) -> &str| {
        let names = triage
            .detectors
            .iter()
            .map(|d| of(&detector(*d)).to_owned());
        names.collect::<Vec<_>>().join(", ")
    };
    line(Both::new(
        format!("\nEs schauten: {}", names(|b| &b.de)),
        format!("\nWhat looked: {}", names(|b| &b.en)),
    ));
    text
}

/// A phrase, in the form that a counsellor sees: *phrase "abgeschoben" (de) + deadline "14 Tage" → class*.
fn seen(evidence: &Evidence) -> Both {
    let Evidence {
        class,
        lang,
        phrase,
        ..
    } = evidence;
    let mut de = format!("  Wendung „{phrase}“ ({lang})");
    let mut en = format!("  phrase “{phrase}” ({lang})");
    if let Some(deadline) = &evidence.deadline {
        // Writing to a string cannot fail.
        let _ = write!(de, " + Frist „{deadline}“");
        let _ = write!(en, " + deadline “{deadline}”");
    }
    let _ = write!(de, " → {class}");
    let _ = write!(en, " → {class}");
    if let Some(why) = evidence.weaker.map(weaker) {
        let _ = write!(de, " ({})", why.de);
        let _ = write!(en, " ({})", why.en);
    }
    Both::new(de, en)
}

fn bar(p: f32) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 24"
    )]
    let signs = (p.clamp(0.0, 1.0) * BAR).round() as usize;
    "█".repeat(signs.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Class, Thresholds};
    use crate::model::{Guess, Level};

    #[test]
    fn evidence_stands_apart_from_guesses() {
        let class = Class {
            level: Some(Level::Immediate),
            ..Class::default()
        };
        let detect = Detect {
            classes: [("deportation".to_owned(), class)].into_iter().collect(),
            thresholds: Thresholds::default(),
            ..Detect::default()
        };
        let evidence = |phrase: &str, deadline: Option<&str>, weaker| Evidence {
            class: "deportation".into(),
            lang: Lang::new("de"),
            phrase: phrase.into(),
            deadline: deadline.map(str::to_owned),
            weaker,
        };
        let triage = Triage {
            zone: Zone::Alarm,
            level: Some(Level::Immediate),
            class: Some("deportation".into()),
            topics: vec![Topic {
                id: "deportation".into(),
                p: 0.71,
            }],
            evidence: vec![
                evidence("abgeschoben", Some("14 Tage"), None),
                evidence("abschieb*", None, Some(Weaker::Negated)),
            ],
            guesses: vec![Guess {
                detector: Detector::Ngrams,
                class: "deportation".into(),
                p: 0.71,
                closest: Some("morgen kommt die polizei".into()),
            }],
            detectors: vec![Detector::Lexicon, Detector::Ngrams],
            lang: Some(Lang::new("de")),
            also: None,
        };
        insta::assert_snapshot!(explain(&detect, &triage, &Lang::new("de")));
        insta::assert_snapshot!(explain(&detect, &triage, &Lang::new("en")));
    }
}
