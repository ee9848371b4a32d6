//! Phrases of all languages, and which of them stand in a message.
//!
//! All phrases of all languages are compiled once: each distinct word of a phrase is a *pattern*, each run of words that
//! stand side by side a *sequence* of patterns, each phrase a set of sequences. A message is walked once along the trees
//! of patterns; sequences begin where their first pattern was found. So the cost grows with the message and with what is
//! found in it, hardly with the number of phrases.
//!
//! **What makes a hit weaker.** A word of denial up to four words before it within the same clause, in a gap of it, or (in
//! languages that deny at the end) up to two words after it; laughter, fiction and reports anywhere. A phrase that itself
//! holds a word of denial is not denied by it, and nothing in native letters by a word in Latin ones. A hit that rests on
//! a reading by ear counts as a likeness unless two words of content fit, and as nothing if it is a single short word of a
//! message whose language nobody knows.

mod clause;
mod compile;
mod deadline;
mod scan;

#[cfg(test)]
mod robust;
#[cfg(test)]
mod tests;

pub use crate::text::{Phrase, PhraseError, phrase as parse};
pub use compile::Lexicon;

use super::readings::{self, Reading};
use crate::model::{Evidence, Weaker};
use scan::{Occurrence, Scan};

/// Evidence that one message can give at most: whoever pastes a whole letter is not better understood with more.
const MOST_EVIDENCE: usize = 24;

impl Lexicon {
    /// What stands in a message, the strongest first. Takes time proportional to what is read of it.
    pub fn find(&self, message: &str) -> Vec<Evidence> {
        self.look(message, &readings::read(message)).evidence
    }

    /// Like [`Lexicon::find`], for a message that has been read already, and what else there is to see in it.
    pub fn look(&self, message: &str, reading: &Reading) -> Found {
        let scan = Scan::new(self, reading);
        let mut hits: Vec<Hit> = Vec::new();
        for sequence in scan.found() {
            for &phrase in self.triggered(sequence) {
                if let Some(hit) = self.hit(phrase as usize, &scan) {
                    hits.push(hit);
                }
            }
        }
        let timed = hits.iter().any(|hit| self.phrases[hit.phrase].deadline);
        let deadlines = if timed {
            deadline::deadlines(message, &scan)
        } else {
            Vec::new()
        };
        let means = |hit: &Hit| {
            !self.phrases[hit.phrase].timed || deadline::near(&deadlines, hit.at).is_some()
        };
        hits.retain(means);
        self.drop_shadows(&mut hits);
        // Many denied ones must not crowd out one that is not.
        let rank = |hit: &Hit| self.phrases[hit.phrase].rank;
        hits.sort_by_key(|hit| (strength(hit.weaker), rank(hit), hit.phrase));
        hits.truncate(MOST_EVIDENCE);
        let strongest = hits.iter().find(|hit| hit.at.0 < hit.at.1);
        let strongest = strongest.and_then(|hit| reading.tokens.get(hit.at.0));
        let place = strongest.map(|token| token.at.start);
        hits.sort_by_key(|hit| (rank(hit), strength(hit.weaker), hit.phrase));
        hits.dedup_by(|b, a| self.same(a.phrase, b.phrase));
        let evidence = hits.iter();
        let evidence = evidence.map(|hit| self.evidence(hit, message, &deadlines));
        Found {
            evidence: evidence.collect(),
            at: place,
            softened: self.soft(&scan),
        }
    }

    /// Leaves out what the same words say better: a denied hit within one of its class that nothing denies ("leben" in
    /// "nicht mehr leben"), and a reading by ear of words that a native list knows as they stand.
    fn drop_shadows(&self, hits: &mut Vec<Hit>) {
        let class = |hit: &Hit| self.phrases[hit.phrase].class;
        let within = |hit: &Hit, other: &Hit| {
            hit.at.0 < hit.at.1
                && class(hit) == class(other)
                && other.at.0 <= hit.at.0
                && hit.at.1 <= other.at.1
        };
        let shadows = |hit: &Hit, other: &Hit| {
            let better = strength(other.weaker) <= strength(hit.weaker);
            let denied = hit.weaker == Some(Weaker::Negated) && other.weaker.is_none();
            (denied || (hit.by_ear && !other.by_ear && better)) && within(hit, other)
        };
        let strong = |hit: &&Hit| hit.weaker.is_none() || !hit.by_ear;
        let dropped: Vec<bool> = hits
            .iter()
            .map(|hit| {
                let may = hit.by_ear || hit.weaker == Some(Weaker::Negated);
                may && hits.iter().filter(strong).any(|other| shadows(hit, other))
            })
            .collect();
        let mut dropped = dropped.into_iter();
        hits.retain(|_| !dropped.next().unwrap_or_default());
    }

    /// A phrase of which one part was found: whether all of it stands there, and how surely.
    fn hit(&self, number: usize, scan: &Scan) -> Option<Hit> {
        let phrase = &self.phrases[number];
        let (all, none) = (self.all.get(number), self.none.get(number));
        let lang = self.tongues[phrase.tongue as usize].as_str();
        let exact = |o: &Occurrence| o.by_ear.is_none();
        let heard = |o: &Occurrence| {
            o.by_ear
                .is_some_and(|e| e.latin() == lang || e.languages().contains(&lang))
        };
        let either = |o: &Occurrence| exact(o) || heard(o);
        // The part with the most letters says what it is about; the others only narrow it down, and stand near it.
        let main = scan.of(phrase.main);
        let whole = |fits: &dyn Fn(&Occurrence) -> bool| -> Vec<&Occurrence> {
            let stands = |s: &u32, o| *s == phrase.main || scan.near(*s, o).any(fits);
            let hindered = |o| none.iter().any(|s| scan.near(*s, o).any(either));
            let main = main.iter().filter(|o| fits(o));
            main.filter(|o| all.iter().all(|s| stands(s, o)) && !hindered(o))
                .collect()
        };
        let mut found = whole(&exact);
        let by_ear = found.is_empty();
        if by_ear {
            found = whole(&either);
        }
        if by_ear && !phrase.sure && scan.reading.lang.is_none() {
            found.retain(|o| told(o, scan));
        }
        let first = found.first()?;
        let sure = found.iter().find(|o| !self.denied(phrase, o, scan));
        let at = sure.unwrap_or(first);
        let weaker = if sure.is_none() {
            Some(Weaker::Negated)
        } else if self.softened(phrase, at, scan) {
            Some(Weaker::Softened)
        } else if by_ear && !phrase.sure {
            Some(Weaker::Reading)
        } else {
            None
        };
        Some(Hit {
            phrase: number,
            weaker,
            by_ear,
            at: (at.start, at.end),
        })
    }

    fn evidence(&self, hit: &Hit, message: &str, deadlines: &[deadline::Deadline]) -> Evidence {
        let phrase = &self.phrases[hit.phrase];
        let deadline = phrase
            .deadline
            .then(|| deadline::near(deadlines, hit.at))
            .flatten();
        Evidence {
            class: self.classes[phrase.class as usize].clone(),
            lang: self.tongues[phrase.tongue as usize].clone(),
            phrase: self.written.get(hit.phrase).to_owned(),
            deadline: deadline.and_then(|d| message.get(d.text.clone()).map(str::to_owned)),
            weaker: hit.weaker,
        }
    }

    /// Whether two phrases are one for the reader: the same words for the same class, from two lists.
    fn same(&self, a: usize, b: usize) -> bool {
        self.phrases[a].class == self.phrases[b].class
            && self.all.get(a) == self.all.get(b)
            && self.none.get(a) == self.none.get(b)
    }
}

/// Whether a single word may have been typed by ear, in a message that could be in any language: "der", "chef" and "kommt"
/// sound like words of other languages too, and whoever types them means German.
fn told(o: &Occurrence, scan: &Scan) -> bool {
    let tokens = scan.reading.tokens.get(o.start..o.end);
    let long = |word: &str| word.chars().count() > 5 || word.bytes().any(|b| b.is_ascii_digit());
    tokens.unwrap_or_default().iter().any(|t| long(&t.key))
}

/// What stands in a message.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Phrases, the strongest first.
    pub evidence: Vec<Evidence>,
    /// Where the strongest of them stands, in bytes.
    pub at: Option<usize>,
    /// There is laughter, fiction or a report in it, in its own language, or in any where that cannot be said.
    pub softened: bool,
}

/// A phrase that stands in a message.
struct Hit {
    phrase: usize,
    weaker: Option<Weaker>,
    /// It rests on words that were typed by ear.
    by_ear: bool,
    /// Its tokens.
    at: (usize, usize),
}

fn strength(weaker: Option<Weaker>) -> u8 {
    match weaker {
        None => 0,
        Some(Weaker::Reading) => 1,
        Some(Weaker::Softened) => 2,
        Some(Weaker::Negated) => 3,
    }
}
