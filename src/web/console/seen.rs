//! What a message was taken for, for the counsellor: what stands in it, apart from what a model guesses.

use super::view::Eyes;
use crate::model::{Detector, Evidence, Guess, Triage, Weaker, Zone};

/// What the program saw in a message.
pub struct SeenView {
    /// Phrases in it.
    pub evidence: Vec<String>,
    /// What models take it for, the likeliest first.
    pub guesses: Vec<String>,
    /// The example that is closest to it, in the editors' words.
    pub closest: Option<String>,
    /// Who looked.
    pub by: String,
}

/// A guess that is less likely than this is not worth a counsellor's time.
const WORTH_TELLING: f32 = 0.15;

impl Eyes<'_> {
    /// What a message was taken for.
    pub fn seen(&self, triage: &Triage) -> SeenView {
        let told = triage.guesses.iter().filter(|g| g.p >= WORTH_TELLING);
        let by: Vec<&str> = triage.detectors.iter().map(|d| self.detector(*d)).collect();
        SeenView {
            evidence: triage.evidence.iter().map(|e| self.evidence(e)).collect(),
            guesses: told.clone().map(|g| self.guess(g)).collect(),
            closest: told.clone().find_map(|g| g.closest.clone()),
            by: match by.is_empty() {
                true => self.w.triage_nothing.to_owned(),
                false => by.join(", "),
            },
        }
    }

    /// The same for a message among others, if it calls for somebody.
    pub fn seen_in(&self, triage: Option<&Triage>) -> Option<SeenView> {
        let triage = triage.filter(|t| t.zone != Zone::None)?;
        Some(self.seen(triage))
    }

    fn evidence(&self, found: &Evidence) -> String {
        let language = self.w.language_name(&found.lang);
        let mut line = format!("{} ({language})", self.quoted(&found.phrase));
        if let Some(deadline) = &found.deadline {
            line.push_str(&format!(
                " + {} {}",
                self.w.triage_deadline,
                self.quoted(deadline)
            ));
        }
        line.push_str(&format!(" → {}", self.class_name(&found.class)));
        let weaker = found.weaker.map(|weaker| match weaker {
            Weaker::Negated => self.w.triage_negated,
            Weaker::Softened => self.w.triage_softened,
            Weaker::Reading => self.w.triage_reading,
        });
        if let Some(weaker) = weaker {
            line.push_str(&format!(" ({weaker})"));
        }
        line
    }

    /// Words of a person, in the marks of the page's language, and so that their direction does not turn the line around.
    fn quoted(&self, words: &str) -> String {
        let (before, behind) = match self.w.lang {
            "de" => ('„', '“'),
            _ => ('“', '”'),
        };
        format!("{before}\u{2068}{words}\u{2069}{behind}")
    }

    fn guess(&self, guess: &Guess) -> String {
        format!("{} {:.0} %", self.class_name(&guess.class), guess.p * 100.0)
    }

    fn detector(&self, detector: Detector) -> &'static str {
        match detector {
            Detector::Lexicon => self.w.triage_lexicon,
            Detector::Vectors => self.w.triage_vectors,
            Detector::Ngrams => self.w.triage_ngrams,
        }
    }
}
