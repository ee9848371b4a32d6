//! What the shipped content sees, with phrases and groups of letters.

use super::{Examiner, Seen, fuzz};
use crate::content::Detect;
use crate::model::{Triage, Weaker, Zone};
use crate::runtime::live;
use crate::runtime::origin::{Shipped, places};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

pub(super) struct Looks {
    pub detect: Arc<Detect>,
    examiner: Examiner,
}

impl Looks {
    pub fn at(&self, text: &str) -> Triage {
        self.examiner.judge(&self.detect, text)
    }

    /// With phrases alone.
    pub fn phrases(&self, text: &str) -> Seen {
        Seen::by_phrases(Some(&self.examiner.lexicon), text, None)
    }
}

pub(super) static SHIPPED: LazyLock<Looks> = LazyLock::new(|| {
    let content = live::read(&Shipped, places().unwrap()).unwrap();
    Looks {
        examiner: Examiner::without_weights(&content.detect),
        detect: content.detect,
    }
});

/// A page about nothing in particular.
const EVERYDAY: &str = "Heute war ich mit meiner Tochter im Park. Danach haben wir Brot und Milch gekauft. \
    Der Bus kam zehn Minuten zu spät. Am Nachmittag habe ich Hausaufgaben für den Deutschkurs gemacht. \
    Meine Nachbarin hat uns zum Tee eingeladen. Sie kommt aus Kassel und backt gerne Kuchen. \
    Wir haben über das Wetter gesprochen und über den Garten. Mein Bruder spielt am Samstag Fußball. \
    Das neue Fahrrad ist rot und fährt gut. Im Supermarkt gab es frische Tomaten. \
    Die Lehrerin hat gesagt, dass die Kinder gut lesen. Abends kochen wir Reis mit Gemüse. \
    Am Wochenende besuchen wir Freunde in Marburg. Die Bibliothek hat neue Bücher bekommen. ";

fn everyday(length: usize) -> String {
    EVERYDAY.chars().cycle().take(length).collect()
}

#[test]
fn danger_is_seen_wherever_it_stands_in_a_long_text() {
    let page = everyday(5_000);
    assert_eq!(SHIPPED.at(&page).zone, Zone::None);
    let sentences: Vec<usize> = page.match_indices(". ").map(|(at, _)| at + 2).collect();
    let places = (0..=10).map(|tenth| {
        let near = sentences.iter().find(|at| **at >= page.len() * tenth / 10);
        near.copied().unwrap_or(page.len())
    });
    for at in places {
        for danger in [
            "Ich will nicht mehr leben. ",
            "زوجي يضربني كل يوم وأنا خايفة. ",
        ] {
            let mut text = page.clone();
            text.insert_str(at, danger);
            let seen = SHIPPED.phrases(&text);
            assert_ne!(
                seen.judged(&SHIPPED.detect).zone,
                Zone::None,
                "{danger} {at}"
            );
            let place = seen.at.unwrap();
            assert!((at..at + danger.len()).contains(&place), "{danger} {at}");
        }
    }
    // Nothing that a phrase knows.
    let danger =
        "Wir haben seit gestern kein Dach mehr überm Kopf, die Kinder frieren nachts im Auto. ";
    for at in sentences.into_iter().step_by(45) {
        let mut text = page.clone();
        text.insert_str(at, danger);
        let triage = SHIPPED.at(&text);
        assert_ne!(triage.zone, Zone::None, "{at}: {triage:?}");
    }
}

#[test]
fn what_only_sounds_like_a_word_of_another_language_is_no_evidence() {
    for text in [
        "der Bus kommt um 8",
        "mein chef",
        "polizei kommt",
        "der hausmeister steht jede nacht in meinem zimmer",
    ] {
        let seen = SHIPPED.phrases(text);
        let by_ear = |lang: &str| lang.ends_with("-Latn");
        let wrong = seen.hits.iter().find(|hit| by_ear(hit.lang.as_str()));
        assert!(wrong.is_none(), "{text}: {wrong:?}");
    }
    // Who writes two languages in one sentence denies nothing by it.
    let seen = SHIPPED.phrases("mein mann يضربني jeden Tag");
    assert!(seen.hits.iter().any(|hit| hit.weaker.is_none()), "{seen:?}");
    let denied = SHIPPED.phrases("هو ما يضربني");
    assert!(
        denied
            .hits
            .iter()
            .all(|hit| hit.weaker == Some(Weaker::Negated)),
        "{denied:?}"
    );
}

/// What messages are made of that are hard to read: words of the phrases, and what may stand between them.
static PARTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let tongues = SHIPPED.detect.tongues.values();
    let samples = tongues.flat_map(|tongue| tongue.samples.values());
    let phrases = samples.flat_map(|samples| &samples.phrases).step_by(17);
    let between = [
        " ", "", ".", "\n", "😂", "\u{200f}", "\u{0301}", "14 Tage", "24.12.", "3", "ـ", "\u{FDFA}",
    ];
    let between = between.iter().map(|part| (*part).to_owned());
    phrases.cloned().chain(between).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn strange_messages_are_survived(
        parts in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..40),
        rest in "\\PC{0,200}",
    ) {
        let mut text = rest;
        for (part, blank) in parts {
            text.push_str(part.get::<String>(&PARTS));
            text.push_str(if blank { " " } else { "" });
        }
        fuzz::message(&SHIPPED.examiner.lexicon, text.as_bytes());
        for evidence in SHIPPED.phrases(&text).hits {
            if let Some(deadline) = evidence.deadline {
                prop_assert!(text.contains(&deadline));
            }
        }
    }
}
