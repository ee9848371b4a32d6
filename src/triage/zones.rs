//! From what was seen and what a model guesses to what is done: alarm, check question, or nothing of its own.
//!
//! **The rules.** The level is the highest that any detector gives. A phrase of a class that calls a human within a day
//! is an alarm by itself; one that is denied, meant as a joke or only sounds like it is a reason to ask. A model alarms
//! when all such classes together are likely enough: somebody in danger is seldom in one kind of danger only, and which
//! it is may be asked. Denial makes an alarm a question and never silences it. Classes with `ask` are always asked first.
//! A guess on one or two words, or on a message with laughter, fiction or a report in it, may only ask. And where the
//! models see no danger at all in a message of some length, a phrase in it ("this heat is killing me") only asks as well.
//! Where letters alone would call and vectors see nothing, it is asked.

use super::Scores;
use crate::content::{Class, Detect, OTHER, SMALLTALK};
use crate::model::{Detector, Evidence, Guess, Lang, Level, Topic, Triage, Zone};
use std::cmp::Reverse;

/// How much of what a message is about is said by phrases, where there are any; the rest is the model's guess.
const BY_PHRASES: f32 = 0.6;
/// The same where all phrases are denied, softened or only sound alike.
const BY_WEAK_PHRASES: f32 = 0.25;
/// A weakened phrase beside others counts for so much of one that stands by itself.
const WEAK: f32 = 0.25;
/// From here on vectors are believed although the message is short, or something in it speaks of a film. On the development
/// sets 18 such guesses would have been alarms: no harmless one was surer than 0.65, three of the five dangers surer than
/// this. Letters are always as sure as that.
const SURE: f32 = 0.85;
/// Below this, vectors see no danger: a phrase in a message of some length only asks. On three development sets 10 of 18 alarms
/// for nothing by phrases became questions, and none of 202 dangers did, nor any of the plain words of `explicit.jsonl`.
const NO_DANGER: f32 = 0.2;
/// The same for letters, which know less: 4 of the 18, and one danger.
const NO_DANGER_BY_LETTERS: f32 = 0.1;
/// Guesses that are told to a counsellor.
const GUESSES: usize = 3;

/// Something that speaks for a zone.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Call<'d> {
    zone: Zone,
    level: Level,
    class: &'d str,
    /// How strongly: to choose among calls of one zone and level.
    weight: f32,
}

impl Call<'_> {
    /// The more is done, and the sooner, the stronger.
    fn strength(&self) -> (Zone, Reverse<i64>) {
        (self.zone, Reverse(self.level.rank()))
    }
}

/// The judgement on a message.
///
/// `hits` are the phrases in it, `scores` what a model takes it for, `lang` the language that it is surely written in.
pub fn decide(
    detect: &Detect,
    hits: &[Evidence],
    scores: Option<&Scores>,
    lang: Option<&Lang>,
) -> Triage {
    let topics = topics(detect, hits, scores);
    let mut calls: Vec<Call<'_>> = Vec::new();
    let doubted = doubted(detect, scores);
    calls.extend(
        hits.iter()
            .filter_map(|hit| by_phrase(detect, hit, doubted)),
    );
    let part = scores.map(|s| strongest_part(detect, s));
    calls.extend(part.and_then(|s| by_sum(detect, s)));
    calls.extend(part.into_iter().flat_map(|s| by_class(detect, s)));
    calls.extend(scores.and_then(|s| by_letters_alone(detect, s)));
    calls.extend(topics.first().and_then(|topic| by_topic(detect, topic)));
    let strongest = calls.iter().copied().reduce(|best, call| {
        let more = call
            .strength()
            .cmp(&best.strength())
            .then(weight_of(&calls, &call).total_cmp(&weight_of(&calls, &best)));
        if more.is_gt() { call } else { best }
    });
    let mut detectors = Vec::new();
    if !detect.classes.is_empty() {
        detectors.push(Detector::Lexicon);
    }
    detectors.extend(scores.map(|s| s.detector));
    Triage {
        zone: strongest.map_or(Zone::None, |s| s.zone),
        level: strongest.map(|s| s.level),
        class: strongest.map(|s| s.class.to_owned()),
        topics,
        evidence: hits.to_vec(),
        guesses: part.map(guesses).unwrap_or_default(),
        detectors,
        lang: lang.cloned(),
        also: None,
    }
}

/// Which part of a message the models find most dangerous: all of it, or a window. What is said in one sentence of a
/// long letter is as true as if it stood alone.
fn strongest_part<'s>(detect: &Detect, scores: &'s Scores) -> &'s Scores {
    let does = |part: &Scores| {
        let calls = by_sum(detect, part)
            .into_iter()
            .chain(by_class(detect, part));
        let zone = calls.map(|call| call.zone).max().unwrap_or_default();
        // Probabilities of different models are not compared, only what they lead to.
        let (alarm, _) = limits(detect, part);
        (zone, sums(detect, part).1 / alarm.max(0.01))
    };
    let windows = scores.windows.iter().map(|window| (does(window), window));
    let dangerous = windows.filter(|((zone, _), _)| *zone > does(scores).0);
    let more = |a: &(Zone, f32), b: &(Zone, f32)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
    dangerous
        .max_by(|(a, _), (b, _)| more(a, b))
        .map_or(scores, |(_, window)| window)
}

/// All that speaks for a class in its strongest zone: of two dangers the one with more evidence is named.
fn weight_of(calls: &[Call<'_>], of: &Call<'_>) -> f32 {
    let same = |c: &&Call<'_>| c.class == of.class && c.zone == of.zone;
    calls.iter().filter(same).map(|c| c.weight).sum()
}

/// Whether the models see so little danger in a message that phrases in it may only ask.
fn doubted(detect: &Detect, scores: Option<&Scores>) -> bool {
    scores.is_some_and(|scores| {
        let seen = alarming(detect, scores).filter(|(_, class, _)| !class.ask);
        let danger: f32 = seen.map(|(_, _, p)| p).sum();
        let little = match scores.detector {
            Detector::Vectors => NO_DANGER,
            Detector::Ngrams | Detector::Lexicon => NO_DANGER_BY_LETTERS,
        };
        scores.told && danger < little
    })
}

fn by_phrase<'d>(detect: &'d Detect, hit: &Evidence, doubted: bool) -> Option<Call<'d>> {
    let (class, about) = detect.classes.get_key_value(&hit.class)?;
    let zone = match hit.weaker {
        _ if !about.alarms() => Zone::None,
        None if !about.ask && !doubted => Zone::Alarm,
        _ => Zone::Check,
    };
    Some(Call {
        zone,
        level: about.level?,
        class,
        weight: if hit.weaker.is_none() { 1.0 } else { WEAK },
    })
}

/// How far a message reaches: enough to tell its zone for any thresholds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reach {
    /// By phrases and by classes with thresholds of their own.
    pub least: Zone,
    /// The probability of all classes that call.
    pub calling: f32,
    /// The same with those that are always asked first.
    pub asking: f32,
}

impl Reach {
    /// What would be done with these thresholds.
    pub fn zone(&self, alarm: f32, check: f32) -> Zone {
        self.least.max(self.by_sum(alarm, check))
    }

    fn by_sum(&self, alarm: f32, check: f32) -> Zone {
        match () {
            () if self.calling > 0.0 && self.calling >= alarm => Zone::Alarm,
            () if self.asking > 0.0 && self.asking >= check => Zone::Check,
            () => Zone::None,
        }
    }
}

/// How far a message reaches.
pub fn reach(detect: &Detect, hits: &[Evidence], scores: Option<&Scores>) -> Reach {
    let doubted = doubted(detect, scores);
    let phrases = hits
        .iter()
        .filter_map(|hit| by_phrase(detect, hit, doubted));
    let parts = || {
        scores
            .into_iter()
            .flat_map(|s| std::iter::once(s).chain(&s.windows))
    };
    let classes = parts().flat_map(|s| by_class(detect, s));
    let letters = scores.and_then(|s| by_letters_alone(detect, s));
    let calls = phrases.chain(classes).chain(letters);
    let least = calls.map(|call| call.zone).max();
    let of_its_kind = parts().filter(|part| scores.is_some_and(|s| s.detector == part.detector));
    let (calling, asking) = of_its_kind
        .map(|part| sums(detect, part))
        .fold((0.0_f32, 0.0_f32), |(a, b), (c, d)| (a.max(c), b.max(d)));
    Reach {
        least: least.unwrap_or_default(),
        calling,
        asking,
    }
}

/// The thresholds of a model: alarm, check.
fn limits(detect: &Detect, scores: &Scores) -> (f32, f32) {
    let t = &detect.thresholds;
    match scores.detector {
        Detector::Ngrams => (t.ngram_alarm, t.ngram_check),
        Detector::Vectors | Detector::Lexicon => (t.alarm, t.check),
    }
}

/// Classes that call a human within a day, with their probabilities.
fn alarming<'d>(
    detect: &'d Detect,
    scores: &Scores,
) -> impl Iterator<Item = (&'d str, &'d Class, f32)> {
    let known = |(id, p): &(String, f32)| {
        let (id, class) = detect.classes.get_key_value(id)?;
        class.alarms().then_some((id.as_str(), class, *p))
    };
    scores.p.iter().filter_map(known)
}

/// The probability of all classes that call, and the same with those that are always asked first. A doubtful guess calls
/// for nothing unless it is very sure.
fn sums(detect: &Detect, scores: &Scores) -> (f32, f32) {
    let all = alarming(detect, scores);
    let (calling, asking) = all.fold((0.0, 0.0), |(calling, asking), (_, class, p)| {
        let calls = if class.ask { 0.0 } else { p };
        (calling + calls, asking + p)
    });
    match scores.doubtful && (scores.detector == Detector::Ngrams || calling < SURE) {
        true => (0.0, asking),
        false => (calling, asking),
    }
}

/// What all classes together speak for.
fn by_sum<'d>(detect: &'d Detect, scores: &Scores) -> Option<Call<'d>> {
    let (calling, asking) = sums(detect, scores);
    let (alarm, check) = limits(detect, scores);
    let reach = Reach {
        calling,
        asking,
        ..Reach::default()
    };
    let zone = reach.by_sum(alarm, check);
    if zone == Zone::None {
        return None;
    }
    let fits = |class: &Class| zone == Zone::Check || !class.ask;
    let (class, about, p) = alarming(detect, scores)
        .filter(|(_, class, _)| fits(class))
        .max_by(|a, b| a.2.total_cmp(&b.2))?;
    Some(Call {
        zone,
        level: about.level?,
        class,
        weight: p,
    })
}

/// Where letters alone would call, vectors do not silence them: it is asked. Letters know the very words of people who say
/// plainly what happens to them; vectors may take these for something that only sounds like it.
fn by_letters_alone<'d>(detect: &'d Detect, scores: &Scores) -> Option<Call<'d>> {
    let letters = scores.letters.as_deref().filter(|_| !scores.doubtful)?;
    let call = by_sum(detect, strongest_part(detect, letters))?;
    (call.zone == Zone::Alarm).then_some(Call {
        zone: Zone::Check,
        ..call
    })
}

/// What classes with thresholds of their own speak for.
fn by_class<'d>(detect: &'d Detect, scores: &Scores) -> Vec<Call<'d>> {
    let own = |(class, about, p): (&'d str, &'d Class, f32)| {
        let own = detect.thresholds.classes.get(class)?;
        let reaches = |limit: Option<f32>| limit.is_some_and(|limit| p >= limit);
        let zone = match () {
            () if reaches(own.alarm) && !about.ask && !scores.doubtful => Zone::Alarm,
            () if reaches(own.alarm) || reaches(own.check) => Zone::Check,
            () => return None,
        };
        Some(Call {
            zone,
            level: about.level?,
            class,
            weight: p,
        })
    };
    match scores.detector {
        // They are set on the vectors' probabilities.
        Detector::Vectors => alarming(detect, scores).filter_map(own).collect(),
        Detector::Ngrams | Detector::Lexicon => Vec::new(),
    }
}

/// A topic that somebody should look at in a few days, if it is likely.
fn by_topic<'d>(detect: &'d Detect, topic: &Topic) -> Option<Call<'d>> {
    let (class, about) = detect.classes.get_key_value(&topic.id)?;
    if about.alarms() || topic.p < detect.thresholds.topic {
        return None;
    }
    Some(Call {
        zone: Zone::None,
        level: about.level?,
        class,
        weight: topic.p,
    })
}

/// What it is about, by phrases and by the model, the most likely first.
fn topics(detect: &Detect, hits: &[Evidence], scores: Option<&Scores>) -> Vec<Topic> {
    let mut p = vec![0.0_f32; detect.classes.len()];
    let place = |class: &str| detect.classes.get_index_of(class);
    for (class, guessed) in scores.map_or(&[][..], |s| &s.p) {
        if let Some(p) = place(class).and_then(|at| p.get_mut(at)) {
            *p = *guessed;
        }
    }
    let mut said = vec![0.0_f32; p.len()];
    for hit in hits {
        let weight = if hit.weaker.is_none() { 1.0 } else { WEAK };
        if let Some(said) = place(&hit.class).and_then(|at| said.get_mut(at)) {
            *said += weight;
        }
    }
    let all: f32 = said.iter().sum();
    if all > 0.0 {
        let strong = hits.iter().any(|hit| hit.weaker.is_none());
        let share = if strong { BY_PHRASES } else { BY_WEAK_PHRASES };
        for (p, said) in p.iter_mut().zip(&said) {
            *p = *p * (1.0 - share) + share * said / all;
        }
    }
    let low = detect.thresholds.topic_low;
    let ids = detect.classes.keys();
    let mut topics: Vec<Topic> = ids
        .zip(p)
        .filter(|(_, p)| *p > 0.0 && *p >= low)
        .map(|(id, p)| Topic { id: id.clone(), p })
        .collect();
    topics.sort_by(|a, b| b.p.total_cmp(&a.p));
    topics
}

fn guesses(scores: &Scores) -> Vec<Guess> {
    let best = scores.p.iter().take(GUESSES).enumerate();
    best.map(|(place, (class, p))| Guess {
        detector: scores.detector,
        class: class.clone(),
        p: *p,
        closest: scores.closest.clone().filter(|_| place == 0),
    })
    .collect()
}

/// Topics that may be offered to the person: one if it is likely enough, else the three likeliest. Nothing is offered to
/// somebody who greets, or who surely speaks of something else.
pub fn offered<'t>(detect: &Detect, triage: &'t Triage) -> Vec<&'t Topic> {
    let nothing = |topic: &Topic| [OTHER, SMALLTALK].contains(&topic.id.as_str());
    let sure = |topic: &Topic| topic.p >= detect.thresholds.topic;
    match triage.topics.first() {
        Some(first) if sure(first) && nothing(first) => Vec::new(),
        Some(first) if sure(first) => vec![first],
        _ => {
            let topics = triage.topics.iter().filter(|t| !nothing(t));
            topics.take(3).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ClassThresholds;
    use crate::model::Weaker;
    use proptest::prelude::*;

    const CLASSES: [&str; 6] = [
        "violence",
        "dismissal",
        "work_ban",
        "pregnancy",
        "housing",
        OTHER,
    ];

    /// Two dangers, one that is always asked, one for the next days, a topic, and the rest.
    fn detect() -> Detect {
        let levels = [
            Some(Level::Immediate),
            Some(Level::Urgent),
            Some(Level::Urgent),
            Some(Level::Soon),
            None,
            None,
        ];
        let class = |(id, level): (&str, Option<Level>)| {
            let class = Class {
                level,
                ask: id == "work_ban",
                ..Class::default()
            };
            (id.to_owned(), class)
        };
        Detect {
            classes: CLASSES.into_iter().zip(levels).map(class).collect(),
            ..Detect::default()
        }
    }

    fn hit(class: &str, weaker: Option<Weaker>) -> Evidence {
        Evidence {
            class: class.to_owned(),
            lang: Lang::new("de"),
            phrase: "x".to_owned(),
            deadline: None,
            weaker,
        }
    }

    fn scores(detector: Detector, p: &[(&str, f32)]) -> Scores {
        let mut p: Vec<_> = p.iter().map(|(c, p)| ((*c).to_owned(), *p)).collect();
        p.sort_by(|a, b| b.1.total_cmp(&a.1));
        Scores {
            detector,
            p,
            closest: Some("closest".to_owned()),
            windows: Vec::new(),
            doubtful: false,
            told: false,
            letters: None,
        }
    }

    fn vectors(p: &[(&str, f32)]) -> Scores {
        scores(Detector::Vectors, p)
    }

    type Judged = (Zone, Option<Level>, Option<String>);

    fn judged(hits: &[Evidence], scores: Option<&Scores>) -> Judged {
        let triage = decide(&detect(), hits, scores, None);
        (triage.zone, triage.level, triage.class)
    }

    fn is(zone: Zone, level: Level, class: &str) -> Judged {
        (zone, Some(level), Some(class.to_owned()))
    }

    #[test]
    fn a_phrase_alone_calls_and_what_makes_it_weaker_makes_it_a_question() {
        let violence = |weaker| judged(&[hit("violence", weaker)], None);
        assert_eq!(
            violence(None),
            is(Zone::Alarm, Level::Immediate, "violence")
        );
        for weaker in [Weaker::Negated, Weaker::Softened, Weaker::Reading] {
            assert_eq!(
                violence(Some(weaker)),
                is(Zone::Check, Level::Immediate, "violence")
            );
        }
        let other = |class| judged(&[hit(class, None)], None);
        assert_eq!(
            other("work_ban"),
            is(Zone::Check, Level::Urgent, "work_ban")
        );
        assert_eq!(other("pregnancy"), is(Zone::None, Level::Soon, "pregnancy"));
        assert_eq!(other("housing"), (Zone::None, None, None));
        assert_eq!(other("gone"), (Zone::None, None, None));
    }

    #[test]
    fn dangers_add_up_though_none_of_them_is_likely_by_itself() {
        let both = |a, b| {
            judged(
                &[],
                Some(&vectors(&[
                    ("violence", a),
                    ("dismissal", b),
                    ("housing", 0.5),
                ])),
            )
        };
        assert_eq!(both(0.17, 0.2), is(Zone::Alarm, Level::Urgent, "dismissal"));
        assert_eq!(
            both(0.14, 0.12),
            is(Zone::Check, Level::Immediate, "violence")
        );
        assert_eq!(both(0.1, 0.1), (Zone::None, None, None));
    }

    #[test]
    fn a_class_that_is_always_asked_never_calls() {
        let sure = vectors(&[("work_ban", 0.98), ("housing", 0.02)]);
        assert_eq!(
            judged(&[], Some(&sure)),
            is(Zone::Check, Level::Urgent, "work_ban")
        );
        let beside = vectors(&[("work_ban", 0.5), ("dismissal", 0.4)]);
        assert_eq!(
            judged(&[], Some(&beside)),
            is(Zone::Alarm, Level::Urgent, "dismissal")
        );
    }

    #[test]
    fn a_doubtful_guess_asks_unless_it_is_very_sure_and_a_phrase_beside_it_still_calls() {
        let doubtful = |detector, p| Scores {
            doubtful: true,
            ..scores(detector, &[("violence", p), ("housing", 1.0 - p)])
        };
        let asked = is(Zone::Check, Level::Immediate, "violence");
        let guess = doubtful(Detector::Vectors, 0.8);
        assert_eq!(judged(&[], Some(&guess)), asked);
        assert_eq!(judged(&[], Some(&doubtful(Detector::Ngrams, 0.99))), asked);
        assert_eq!(
            judged(&[], Some(&doubtful(Detector::Vectors, 0.9))).0,
            Zone::Alarm
        );
        assert_eq!(
            judged(&[hit("dismissal", None)], Some(&guess)).0,
            Zone::Alarm
        );
        let mut detect = detect();
        assert_eq!(
            reach(&detect, &[], Some(&guess)).zone(0.5, 0.4),
            Zone::Check
        );
        let own = ClassThresholds {
            alarm: Some(0.2),
            check: None,
        };
        detect.thresholds.classes.insert("violence".to_owned(), own);
        assert_eq!(decide(&detect, &[], Some(&guess), None).zone, Zone::Check);
    }

    #[test]
    fn where_letters_alone_would_call_vectors_do_not_silence_them() {
        let zone = |by_letters, doubtful| {
            let p = |danger| [("violence", danger), ("housing", 1.0 - danger)];
            let letters = scores(Detector::Ngrams, &p(by_letters));
            let scores = Scores {
                letters: Some(Box::new(letters)),
                doubtful,
                ..scores(Detector::Vectors, &p(0.01))
            };
            let zone = judged(&[], Some(&scores)).0;
            assert_eq!(reach(&detect(), &[], Some(&scores)).zone(0.5, 0.4), zone);
            zone
        };
        let alarm = detect().thresholds.ngram_alarm;
        assert_eq!(zone(alarm + 0.01, false), Zone::Check);
        assert_eq!(zone(alarm - 0.01, false), Zone::None);
        assert_eq!(zone(alarm + 0.01, true), Zone::None, "a few words");
    }

    #[test]
    fn a_phrase_only_asks_where_no_model_sees_danger_in_many_words() {
        let hits = [hit("violence", None)];
        let zone = |told, detector, p| {
            let other = 1.0 - p;
            let scores = Scores {
                told,
                ..scores(
                    detector,
                    &[("violence", p), ("work_ban", 0.0), ("housing", other)],
                )
            };
            let zone = judged(&hits, Some(&scores)).0;
            assert_eq!(reach(&detect(), &hits, Some(&scores)).zone(0.5, 0.4), zone);
            zone
        };
        assert_eq!(zone(true, Detector::Vectors, 0.19), Zone::Check);
        assert_eq!(zone(true, Detector::Vectors, 0.21), Zone::Alarm);
        assert_eq!(
            zone(false, Detector::Vectors, 0.01),
            Zone::Alarm,
            "few words"
        );
        assert_eq!(
            zone(true, Detector::Ngrams, 0.11),
            Zone::Alarm,
            "letters know less"
        );
        assert_eq!(zone(true, Detector::Ngrams, 0.09), Zone::Check);
    }

    #[test]
    fn groups_of_letters_have_thresholds_of_their_own() {
        let p = [("violence", 0.4), ("housing", 0.6)];
        let letters = scores(Detector::Ngrams, &p);
        assert_eq!(judged(&[], Some(&letters)).0, Zone::Check);
        assert_eq!(judged(&[], Some(&vectors(&p))).0, Zone::Alarm);
    }

    #[test]
    fn a_class_may_call_and_ask_earlier_than_the_others() {
        let mut detect = detect();
        let own = ClassThresholds {
            alarm: Some(0.2),
            check: Some(0.1),
        };
        detect.thresholds.classes.insert("violence".to_owned(), own);
        let zone = |p| decide(&detect, &[], Some(&vectors(&[("violence", p)])), None).zone;
        assert_eq!(
            [zone(0.21), zone(0.11), zone(0.09)],
            [Zone::Alarm, Zone::Check, Zone::None]
        );
    }

    #[test]
    fn the_most_pressing_of_several_dangers_is_named_and_the_surest_of_equals() {
        let hits = [
            hit("dismissal", None),
            hit("dismissal", None),
            hit("violence", None),
        ];
        assert_eq!(
            judged(&hits, None),
            is(Zone::Alarm, Level::Immediate, "violence")
        );
        // What is sure goes before what is only asked.
        let hits = [
            hit("dismissal", None),
            hit("violence", Some(Weaker::Negated)),
        ];
        assert_eq!(
            judged(&hits, None),
            is(Zone::Alarm, Level::Urgent, "dismissal")
        );
    }

    #[test]
    fn a_phrase_lifts_its_class_and_the_rest_keeps_its_order() {
        let scores = vectors(&[("housing", 0.6), ("pregnancy", 0.3), ("violence", 0.1)]);
        let triage = decide(&detect(), &[hit("pregnancy", None)], Some(&scores), None);
        let topics: Vec<_> = triage
            .topics
            .iter()
            .map(|t| (t.id.as_str(), (t.p * 100.0).round()))
            .collect();
        assert_eq!(topics, [("pregnancy", 72.0), ("housing", 24.0)]);
        assert_eq!(triage.level, Some(Level::Soon));
        let guess = &triage.guesses[0];
        assert_eq!(
            (guess.class.as_str(), guess.p),
            ("housing", 0.6),
            "guesses stay what the model said"
        );
        assert_eq!(guess.closest.as_deref(), Some("closest"));
        assert!(
            triage.guesses[1].closest.is_none(),
            "it is the example of the first class"
        );
        assert_eq!(triage.detectors, [Detector::Lexicon, Detector::Vectors]);
    }

    #[test]
    fn what_is_offered_is_one_topic_or_three_and_never_nothing_in_particular() {
        let detect = detect();
        let offer = |p: &[(&str, f32)]| {
            let triage = decide(&detect, &[], Some(&vectors(p)), None);
            let topics = offered(&detect, &triage);
            topics.iter().map(|t| t.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(offer(&[("housing", 0.5), ("pregnancy", 0.3)]), ["housing"]);
        let four = [
            (OTHER, 0.3),
            ("housing", 0.25),
            ("pregnancy", 0.2),
            ("dismissal", 0.15),
            ("violence", 0.1),
        ];
        assert_eq!(offer(&four), ["housing", "pregnancy", "dismissal"]);
        assert!(offer(&[(OTHER, 0.6), ("housing", 0.4)]).is_empty());
        assert!(offer(&[]).is_empty());
    }

    #[test]
    fn without_content_nothing_looks_and_nothing_is_done() {
        let triage = decide(&Detect::default(), &[hit("violence", None)], None, None);
        assert_eq!((triage.zone, triage.level), (Zone::None, None));
        assert!(triage.detectors.is_empty() && triage.topics.is_empty());
    }

    fn any_hits() -> impl Strategy<Value = Vec<Evidence>> {
        let weaker = prop::sample::select(vec![
            None,
            Some(Weaker::Negated),
            Some(Weaker::Softened),
            Some(Weaker::Reading),
        ]);
        let one = (prop::sample::select(&CLASSES[..]), weaker);
        prop::collection::vec(one.prop_map(|(class, weaker)| hit(class, weaker)), 0..4)
    }

    fn any_scores() -> impl Strategy<Value = Option<Scores>> {
        let p = prop::collection::vec(0.0_f32..1.0, CLASSES.len());
        let scores = p.prop_map(|p| {
            let sum: f32 = p.iter().sum::<f32>().max(0.001);
            let p: Vec<_> = CLASSES
                .into_iter()
                .zip(p.into_iter().map(|p| p / sum))
                .collect();
            vectors(&p)
        });
        prop::option::of(scores)
    }

    proptest! {
        #[test]
        fn more_evidence_never_does_less(hits in any_hits(), more in any_hits(), scores in any_scores()) {
            let detect = detect();
            let before = decide(&detect, &hits, scores.as_ref(), None);
            let all: Vec<_> = hits.into_iter().chain(more).collect();
            prop_assert!(decide(&detect, &all, scores.as_ref(), None).zone >= before.zone);
        }

        #[test]
        fn denial_never_silences(hits in any_hits(), scores in any_scores()) {
            let detect = detect();
            let before = decide(&detect, &hits, scores.as_ref(), None).zone;
            let denied: Vec<_> = hits.into_iter().map(|h| hit(&h.class, Some(Weaker::Negated))).collect();
            let after = decide(&detect, &denied, scores.as_ref(), None).zone;
            prop_assert!(after >= before.min(Zone::Check) && after <= before);
        }

        #[test]
        fn the_reach_tells_the_zone_for_the_thresholds_of_now(hits in any_hits(), scores in any_scores()) {
            let detect = detect();
            let t = &detect.thresholds;
            let reach = reach(&detect, &hits, scores.as_ref());
            let triage = decide(&detect, &hits, scores.as_ref(), None);
            prop_assert_eq!(reach.zone(t.alarm, t.check), triage.zone);
            prop_assert!(triage.topics.iter().map(|t| t.p).sum::<f32>() < 1.0 + 1e-3);
            prop_assert!(triage.zone == Zone::None || triage.class.is_some() && triage.level.is_some());
        }
    }
}
