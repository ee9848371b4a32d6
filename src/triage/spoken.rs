//! In which language somebody in danger is answered: that of the whole message where it is known, else that of the phrases
//! that were found in it.
//!
//! A few words are too short to be known by frequent words, but a phrase of danger stands in one list, or in those of two
//! languages that share it. Nothing is lost with a language too many: it only says where help is.

use super::tongue::Guess;
use crate::model::{Evidence, Lang, Triage, Weaker};
use std::collections::BTreeMap;

/// A message in a language that was guessed with less than this may be in another one as well.
const SURE: f32 = 0.5;

/// A phrase that is shorter than this share of the longest one says nothing about the language.
const AS_LONG: f32 = 0.8;

/// Writes into a judgement which languages the message may be in.
pub(super) fn set(triage: &mut Triage, guess: Option<&Guess>) {
    let mut langs = of_phrases(triage);
    let said = |lang: &Lang| langs.iter().any(|l| base(l) == base(lang));
    match guess {
        Some(guess) if langs.is_empty() || said(&guess.lang) => {
            triage.lang = Some(guess.lang.clone());
        }
        Some(guess) if guess.confidence >= SURE => {
            triage.lang = Some(guess.lang.clone());
            triage.also = Some(langs.swap_remove(0));
        }
        Some(guess) => {
            triage.lang = Some(langs.swap_remove(0));
            triage.also = Some(guess.lang.clone());
        }
        None => {
            let mut langs = langs.into_iter();
            (triage.lang, triage.also) = (langs.next(), langs.next());
        }
    }
}

/// The languages of the phrases that speak for what a message was taken for, the longest phrase first; shorter ones do not
/// count beside it. Of phrases that nothing weakens if there are any.
fn of_phrases(triage: &Triage) -> Vec<Lang> {
    let of_class = |hit: &&Evidence| Some(&hit.class) == triage.class.as_ref();
    let hits = || triage.evidence.iter().filter(of_class);
    let sure = hits().any(|hit| hit.weaker.is_none());
    let mut longest: BTreeMap<&str, (usize, &Lang)> = BTreeMap::new();
    for hit in hits() {
        if (hit.weaker.is_some() && sure) || hit.weaker == Some(Weaker::Reading) {
            continue;
        }
        let letters = hit.phrase.chars().filter(|c| c.is_alphabetic()).count();
        let known = longest.entry(base(&hit.lang)).or_insert((0, &hit.lang));
        if letters > known.0 {
            *known = (letters, &hit.lang);
        }
    }
    let mut langs: Vec<(usize, &Lang)> = longest.into_values().collect();
    langs.sort_by_key(|(letters, _)| std::cmp::Reverse(*letters));
    let most = langs.first().map_or(0, |(letters, _)| *letters);
    langs.retain(|(letters, _)| *letters as f32 >= AS_LONG * most as f32);
    langs.into_iter().map(|(_, lang)| lang.clone()).collect()
}

fn base(lang: &Lang) -> &str {
    lang.as_str().split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::shipped::SHIPPED;
    use super::*;
    use crate::model::Zone;

    #[test]
    fn a_few_words_of_danger_are_answered_in_their_language() {
        for (text, lang) in [
            ("ክመውት እደሊ", "ti"),
            ("yaşamak istemiyorum", "tr"),
            ("не хочу жить", "ru"),
            ("waan is dilayaa", "so"),
            ("بدي موت", "ar"),
            ("می خواهم بمیرم", "fa"),
            ("я не хочу жити", "uk"),
            ("mikham bemiram", "fa"),
            ("ich will sterben", "de"),
        ] {
            let triage = SHIPPED.at(text);
            assert_eq!(triage.zone, Zone::Alarm, "{text}: {triage:?}");
            let langs: Vec<&str> = triage.langs().map(base).collect();
            assert!(langs.contains(&lang), "{text}: {langs:?} {triage:?}");
        }
    }

    fn triage(hits: &[(&str, &str, Option<Weaker>)]) -> Triage {
        let mut triage = super::super::decide(&crate::content::Detect::default(), &[], None, None);
        triage.class = Some("violence".into());
        let hit = |(lang, phrase, weaker): &(&str, &str, Option<Weaker>)| Evidence {
            class: "violence".into(),
            lang: Lang::new(lang),
            phrase: (*phrase).into(),
            deadline: None,
            weaker: *weaker,
        };
        triage.evidence = hits.iter().map(hit).collect();
        triage
    }

    fn langs(hits: &[(&str, &str, Option<Weaker>)], guess: Option<(&str, f32)>) -> String {
        let mut triage = triage(hits);
        let guess = guess.map(|(lang, confidence)| Guess {
            lang: Lang::new(lang),
            confidence,
        });
        set(&mut triage, guess.as_ref());
        let all: Vec<&str> = triage.langs().map(Lang::as_str).collect();
        all.join(" ")
    }

    #[test]
    fn phrases_say_it_where_the_message_does_not() {
        let (ru, uk) = (("ru", "бьёт меня", None), ("uk", "бьёт меня", None));
        assert_eq!(langs(&[], None), "");
        assert_eq!(langs(&[ru], None), "ru");
        assert_eq!(langs(&[ru, uk], None), "ru uk");
        assert_eq!(langs(&[ru, ("uk", "бьёт", None)], None), "ru");
        assert_eq!(
            langs(&[ru, ("uk", "бьёт меня", Some(Weaker::Negated))], None),
            "ru"
        );
        assert_eq!(langs(&[("ru", "бьёт", Some(Weaker::Reading))], None), "");
        assert_eq!(langs(&[ru, uk], Some(("uk", 0.2))), "uk");
        assert_eq!(
            langs(&[ru], Some(("de", 0.9))),
            "de ru",
            "a sentence in a foreign letter"
        );
        assert_eq!(langs(&[ru], Some(("bg", 0.2))), "ru bg");
        assert_eq!(
            langs(&[("ar", "يضربني", None)], Some(("ar-Latn", 0.4))),
            "ar-Latn"
        );
        assert_eq!(langs(&[], Some(("de", 0.1))), "de");
    }
}
