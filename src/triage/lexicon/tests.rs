use super::*;
use crate::content::{Class, DeadlineKind, Detect, Samples, Tongue};
use crate::model::{Lang, Level};

/// A language's lists, and its phrases by class.
type Lists<'a> = (&'a str, Tongue, &'a [(&'a str, &'a [&'a str])]);

/// A small content.
fn lexicon(tongues: &[Lists]) -> Lexicon {
    let mut detect = Detect::default();
    for class in [
        "suicide_crisis",
        "violence",
        "deportation",
        "asylum_rejection",
        "homeless",
    ] {
        let class_of = Class {
            level: Some(Level::Immediate),
            ..Class::default()
        };
        detect.classes.insert(class.into(), class_of);
    }
    for (lang, tongue, classes) in tongues {
        let mut tongue = tongue.clone();
        for (class, phrases) in *classes {
            let samples = Samples {
                phrases: owned(phrases),
                ..Samples::default()
            };
            tongue.samples.insert((*class).into(), samples);
        }
        detect.tongues.insert(Lang::new(lang), tongue);
    }
    Lexicon::new(&detect)
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

fn words(negation: &[&str], after: &[&str], softener: &[&str], deadline: &[&str]) -> Tongue {
    Tongue {
        negation: owned(negation),
        negation_after: owned(after),
        softener: owned(softener),
        deadline: owned(deadline),
        ..Tongue::default()
    }
}

pub(super) fn small() -> Lexicon {
    lexicon(&[
        (
            "de",
            words(
                &["nicht", "kein*", "nie"],
                &[],
                &["film*", "haha*", "😂"],
                &["tag*", "woche*", "bis zum", "morgen"],
            ),
            &[
                (
                    "suicide_crisis",
                    &[
                        "mich ~ umbringen",
                        "nicht mehr leben",
                        "suizid*",
                        "will sterben",
                    ],
                ),
                (
                    "deportation",
                    &["abgeschoben", "abschiebung & mein*", "muss ~ ausreisen"],
                ),
                (
                    "asylum_rejection",
                    &["asylantrag ~ abgelehnt", "abgelehnt & bamf & !stelle"],
                ),
            ],
        ),
        (
            "tr",
            words(&[], &["değil", "*miyorum", "*meyecegim"], &[], &["gün"]),
            &[(
                "suicide_crisis",
                &["kendimi öldür*", "yaşamak istemiyorum", "intihar"],
            )],
        ),
        (
            "fa",
            words(&["نمی‌خوام"], &["نیست"], &[], &["روز"]),
            &[
                ("suicide_crisis", &["می‌خوام بمیرم", "خودکشی"]),
                ("deportation", &["دیپورت & من"]),
            ],
        ),
        (
            "ar",
            words(&["ما", "مش"], &[], &[], &["يوم", "ايام"]),
            &[
                ("suicide_crisis", &["بدي موت", "انتحر", "اريد ان اموت"]),
                ("deportation", &["يرحلوني", "ترحيل & انا", "دولدونغ & شارع"]),
                ("violence", &["يضربني"]),
            ],
        ),
        (
            "ru",
            words(&["не"], &[], &[], &["дн*", "дней"]),
            &[
                (
                    "suicide_crisis",
                    &["не хочу жить", "хочу умереть", "самоубийств*"],
                ),
                ("deportation", &["депорт* & меня"]),
            ],
        ),
        (
            "en",
            words(&["not", "dont", "never"], &[], &["movie"], &["days"]),
            &[
                (
                    "suicide_crisis",
                    &["kill myself", "don't want to live", "want to die"],
                ),
                ("deportation", &["deport me"]),
            ],
        ),
        (
            "ar-Latn",
            words(&["mish"], &[], &[], &[]),
            &[("suicide_crisis", &["baddi moot"])],
        ),
    ])
}

/// One phrase of one class.
pub(super) fn of_phrase(written: &str) -> Lexicon {
    lexicon(&[("de", Tongue::default(), &[("violence", &[written])])])
}

/// Class, language, weaker, deadline of the first piece of evidence.
fn first(
    lexicon: &Lexicon,
    text: &str,
) -> Option<(String, String, Option<Weaker>, Option<String>)> {
    let found = lexicon.find(text);
    let e = found.first()?;
    Some((
        e.class.clone(),
        e.lang.to_string(),
        e.weaker,
        e.deadline.clone(),
    ))
}

fn seen(text: &str) -> Option<(String, Option<Weaker>)> {
    first(&small(), text).map(|(class, _, weaker, _)| (class, weaker))
}

#[test]
fn phrases_are_found_however_they_are_typed() {
    let lexicon = small();
    for (text, class, lang) in [
        (
            "Ich will mich heute noch UMBRINGEN!!",
            "suicide_crisis",
            "de",
        ),
        ("ich will nicht mehr leben", "suicide_crisis", "de"),
        ("Suizidgedanken", "suicide_crisis", "de"),
        ("i dont want to live", "suicide_crisis", "en"),
        ("I don’t want to liiive", "suicide_crisis", "en"),
        ("i don t want to live", "suicide_crisis", "en"),
        ("Kendimi öldürmek istedim", "suicide_crisis", "tr"),
        ("KENDIMI OLDURECEGIM", "suicide_crisis", "tr"),
        ("می خوام بمیرم", "suicide_crisis", "fa"),
        ("ميخوام بميرم", "suicide_crisis", "fa"),
        ("والله بدّي موت", "suicide_crisis", "ar"),
        ("انا خايف من الترحيل", "deportation", "ar"),
        ("ХОЧУ умереть", "suicide_crisis", "ru"),
        ("xочу умереть", "suicide_crisis", "ru"),
        (
            "mein Asyl Antrag wurde leider abgelehnt",
            "asylum_rejection",
            "de",
        ),
        ("bamf hat abgelehnt", "asylum_rejection", "de"),
    ] {
        let found = lexicon.find(text);
        let hit = found
            .iter()
            .find(|e| e.class == class && e.lang.as_str() == lang);
        assert!(hit.is_some_and(|e| e.weaker.is_none()), "{text}: {found:?}");
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    for text in [
        "",
        "hallo",
        "ich will leben",
        "die stelle hat mich abgelehnt, sagt bamf",
        "mich hat gestern eine Frage wegen Umbringen gestellt bekommen und ich",
        "der Film war gut",
        "live die want",
    ] {
        assert_eq!(seen(text), None, "{text}");
    }
}

#[test]
fn denial_makes_it_a_question() {
    use Weaker::Negated;
    for (text, weaker) in [
        ("ich werde nicht abgeschoben", Some(Negated)),
        ("ich will mich nicht umbringen", Some(Negated)),
        ("keiner wird abgeschoben", Some(Negated)),
        ("I do NOT want to kill myself", Some(Negated)),
        ("I would never kill myself", Some(Negated)),
        ("Kendimi öldürmek istemiyorum", Some(Negated)),
        ("kendimi öldürmeyeceğim", Some(Negated)),
        ("intihar değil", Some(Negated)),
        ("خودکشی نیست", Some(Negated)),
        ("ما بدي موت", Some(Negated)),
        // Its own word of denial, another clause, or another occurrence.
        ("ich will nicht mehr leben", None),
        ("yaşamak istemiyorum", None),
        ("не хочу жить", None),
        ("ich kann nicht mehr. ich will sterben", None),
        ("ich kann nicht mehr und will sterben", None),
        (
            "ich wurde nicht abgeschoben aber morgen werde ich abgeschoben",
            None,
        ),
    ] {
        let found = seen(text);
        assert!(found.is_some(), "{text}");
        assert_eq!(found.and_then(|(_, weaker)| weaker), weaker, "{text}");
    }
}

#[test]
fn laughter_and_films_make_it_a_question() {
    for text in [
        "hahaha ich will sterben",
        "im Film sagt er: ich will sterben",
        "ich will sterben 😂😂",
    ] {
        assert_eq!(
            seen(text).and_then(|(_, w)| w),
            Some(Weaker::Softened),
            "{text}"
        );
    }
}

#[test]
fn deadlines_are_quoted() {
    let lexicon = small();
    for (text, want) in [
        (
            "Mein Asylantrag wurde abgelehnt, ich habe 14 Tage",
            Some("14 Tage"),
        ),
        ("asylantrag abgelehnt 14tage", Some("14tage")),
        ("asylantrag abgelehnt, noch eine Woche", Some("eine Woche")),
        (
            "Asylantrag abgelehnt. Klage bis zum 24.12.2026 möglich",
            Some("bis zum 24.12.2026"),
        ),
        (
            "Asylantrag abgelehnt, Termin ist 3. Dezember",
            Some("3. Dezember"),
        ),
        ("بعد ٧ ايام رح يرحلوني", Some("٧ ايام")),
        ("morgen werde ich abgeschoben", Some("morgen")),
        (
            "asylantrag abgelehnt, bis zum nächsten Freitag klagen",
            Some("bis zum nächsten Freitag"),
        ),
        ("Asylantrag abgelehnt", None),
        ("ich will sterben in 3 Tagen", None),
    ] {
        let found = first(&lexicon, text);
        assert_eq!(found.and_then(|f| f.3).as_deref(), want, "{text}");
    }
}

#[test]
fn a_rejection_or_departure_with_a_deadline_is_one() {
    let mut detect = Detect::default();
    for (id, kind) in [
        ("deportation", DeadlineKind::Departure),
        ("asylum_rejection", DeadlineKind::Rejection),
    ] {
        let class = Class {
            level: Some(Level::Immediate),
            deadline: Some(kind),
            ..Class::default()
        };
        detect.classes.insert(id.into(), class);
    }
    let tongue = Tongue {
        rejection: owned(&["abgelehnt & !stelle"]),
        departure: owned(&["ausreis*"]),
        ..words(&["nicht"], &[], &["film"], &["tag*", "bis zum"])
    };
    detect.tongues.insert(Lang::new("de"), tongue);
    let lexicon = Lexicon::new(&detect);
    let (rejection, departure) = ("asylum_rejection".to_owned(), "deportation".to_owned());
    for (text, want) in [
        ("wurde abgelehnt", None),
        ("ich habe 14 Tage", None),
        (
            "abgelehnt, ich habe 14 Tage",
            Some((rejection.clone(), None, "14 Tage")),
        ),
        ("die stelle abgelehnt, noch 14 Tage", None),
        (
            "sie sagen ausreisen bis zum 24.12.2026",
            Some((departure.clone(), None, "bis zum 24.12.2026")),
        ),
        (
            "ich muss nicht ausreisen in 3 Tagen",
            Some((departure, Some(Weaker::Negated), "3 Tagen")),
        ),
        (
            "abgelehnt, das war im film, in 3 Tagen",
            Some((rejection, Some(Weaker::Softened), "3 Tagen")),
        ),
    ] {
        let found = first(&lexicon, text);
        let found = found.map(|(class, _, weaker, deadline)| (class, weaker, deadline.unwrap()));
        let want = want.map(|(class, weaker, deadline)| (class, weaker, deadline.to_owned()));
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn what_the_same_words_say_better_is_left_out() {
    let denied = |words: &[&str]| {
        let tongue = Tongue {
            negation: owned(&["nicht", "kein*"]),
            ..Tongue::default()
        };
        lexicon(&[("de", tongue, &[("violence", words)])])
    };
    let shown = |lexicon: &Lexicon, text: &str| {
        let found = lexicon.find(text);
        let found = found.iter().map(|e| (e.phrase.clone(), e.weaker));
        found.collect::<Vec<_>>()
    };
    let lexicon = denied(&["leben", "nicht mehr leben"]);
    assert_eq!(
        shown(&lexicon, "ich will nicht mehr leben"),
        [("nicht mehr leben".to_owned(), None)]
    );
    assert_eq!(
        shown(&lexicon, "nicht leben"),
        [("leben".to_owned(), Some(Weaker::Negated))]
    );
    let found = shown(&small(), "baddi moot");
    assert_eq!(found, [("baddi moot".to_owned(), None)]);
}

#[test]
fn words_typed_by_ear_are_read() {
    for (text, class) in [
        ("baddi moot", "suicide_crisis"),
        ("ya3ni ana bdi mout", "suicide_crisis"),
        ("yra7eluni bokra", "deportation"),
        ("howe byedrabni yadrebni", "violence"),
        ("mikham bemiram", "suicide_crisis"),
        ("hochu umeret", "suicide_crisis"),
        ("ya ne hochu zhit'", "suicide_crisis"),
        ("menya deportiruyut zavtra", "deportation"),
    ] {
        assert_eq!(
            seen(text).map(|(class, _)| class).as_deref(),
            Some(class),
            "{text}"
        );
    }
}

#[test]
fn phrases_that_cannot_be_read_are_explained() {
    for (written, at, words) in [
        ("", 0..0, "missing"),
        ("a & ", 3..4, "missing"),
        ("~ abc", 0..1, "between two words"),
        ("abc ~", 4..5, "between two words"),
        ("ab*cd", 0..5, "end of a word"),
        ("*abc*", 0..5, "end of a word"),
        ("abc d*", 4..6, "one letter"),
        ("!abc", 0..4, "nothing here"),
        ("abc !def", 4..8, "right before the words"),
        ("abc 😂", 0..8, "stands alone"),
    ] {
        let error = parse(written).expect_err(written);
        assert_eq!(error.at, at, "{written}");
        assert!(error.to_string().contains(words), "{written}: {error}");
    }
    assert!(parse(&"wort ".repeat(13)).is_err());
    for fine in [
        "a b",
        "kendimi öldür*",
        "*miyorum",
        "a ~ b ~ c & d & !e f",
        "😂",
        "don't",
        "l'allemagne",
        "🔪🩸",
    ] {
        assert!(parse(fine).is_ok(), "{fine}");
    }
}
