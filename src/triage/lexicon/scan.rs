//! One walk over a message: which patterns and which sequences stand where.

use super::super::readings::{ByEar, Reading, Token};
use super::compile::{Lexicon, PARTICLES, Role, Step};
use crate::text::GAP;
use std::collections::HashMap;

/// Sequences found in one message at most.
const MOST_FOUND: usize = 24_000;

/// Words between the parts of one phrase at most: what stands pages apart is not said in one breath.
const NEAR: usize = 120;

/// Words beside a hit in which a denial may count ([`super::clause`] says which of them do).
const BESIDE: usize = 8;

/// Letters that two words written apart need to be read as one (`asyl antrag`).
const APART: u16 = 7;

/// Little words typed apart by ear that native script writes onto the next one.
const EAR_PARTICLES: &[&str] = &[
    "al", "el", "il", "l", "wel", "bel", "bil", "b", "w", "mi", "nemi", "me", "neme", "na", "ne",
];

/// A pattern that stands at a token.
#[derive(Clone, Copy)]
struct PatternAt {
    pattern: u32,
    /// Tokens that it takes.
    width: usize,
    by_ear: Option<ByEar>,
}

/// A sequence that stands in the message.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    pub sequence: u32,
    /// Its first token.
    pub start: usize,
    /// After its last token; the same as `start` for a sign, which stands nowhere.
    pub end: usize,
    /// It was typed by ear.
    pub by_ear: Option<ByEar>,
    /// Tokens within it that are not fixed by it: those in gaps, and those of which it has only the beginning.
    pub inner: Vec<usize>,
}

/// What stands in a message.
pub(super) struct Scan<'r> {
    pub reading: &'r Reading,
    /// Sorted by sequence, then by place.
    found: Vec<Occurrence>,
    /// What means something besides being a part of phrases, by place: what, in which language, its place in `found`.
    roles: Vec<(Role, usize, usize)>,
    /// Tokens of the widest of these.
    widest: usize,
    /// The list of the message's language.
    tongue: Option<usize>,
}

impl<'r> Scan<'r> {
    pub fn new(lexicon: &Lexicon, reading: &'r Reading) -> Self {
        let mut known = Heard::new();
        let at: Vec<Vec<PatternAt>> = (0..reading.tokens.len())
            .map(|token| patterns(lexicon, reading, token, &mut known))
            .collect();
        let mut found: Vec<Occurrence> = Vec::new();
        for (start, patterns) in at.iter().enumerate() {
            for first in patterns {
                for &sequence in lexicon.firsts.get(first.pattern as usize) {
                    let steps = lexicon.steps.get(sequence as usize);
                    let mut path = vec![(start, *first)];
                    if follow(steps, &at, &mut path) && found.len() < MOST_FOUND {
                        found.extend(occurrence(sequence, steps, &path));
                    }
                }
            }
        }
        let signs = reading
            .signs
            .iter()
            .filter_map(|sign| lexicon.signs.get(sign));
        found.extend(signs.map(|sequence| Occurrence {
            sequence: *sequence,
            start: 0,
            end: 0,
            by_ear: None,
            inner: Vec::new(),
        }));
        found.sort_by_key(|o| (o.sequence, o.start, o.by_ear));
        found.dedup_by_key(|o| (o.sequence, o.start, o.by_ear));
        let lang = reading.lang.as_ref().map(|guess| &guess.lang);
        let mut roles: Vec<(Role, usize, usize)> = Vec::new();
        for (at, o) in found.iter().enumerate() {
            let of = lexicon.roles.get(o.sequence as usize).iter();
            roles.extend(of.map(|(role, tongue)| (*role, *tongue, at)));
        }
        roles.sort_by_key(|(_, _, at)| found[*at].start);
        let widths = roles
            .iter()
            .map(|(_, _, at)| found[*at].end - found[*at].start);
        Self {
            reading,
            widest: widths.max().unwrap_or_default(),
            roles,
            found,
            tongue: lang.and_then(|lang| lexicon.tongues.iter().position(|t| t == lang)),
        }
    }

    /// The sequences that stand in the message, each once.
    pub fn found(&self) -> impl Iterator<Item = u32> {
        self.found
            .chunk_by(|a, b| a.sequence == b.sequence)
            .filter_map(|c| c.first())
            .map(|o| o.sequence)
    }

    /// Where a sequence stands.
    pub fn of(&self, sequence: u32) -> &[Occurrence] {
        let from = self.found.partition_point(|o| o.sequence < sequence);
        let to = self.found.partition_point(|o| o.sequence <= sequence);
        self.found.get(from..to).unwrap_or_default()
    }

    /// Where a sequence stands within reach of another; a sign is within reach of everything.
    pub fn near<'s>(
        &'s self,
        sequence: u32,
        of: &Occurrence,
    ) -> impl Iterator<Item = &'s Occurrence> {
        let all = self.of(sequence);
        let (from, to) = match of.start == of.end || all.first().is_some_and(|o| o.start == o.end) {
            true => (0, all.len()),
            false => (
                all.partition_point(|o| o.start + NEAR < of.start),
                all.partition_point(|o| o.start <= of.end + NEAR),
            ),
        };
        all.get(from..to).unwrap_or_default().iter()
    }

    /// What stands in the message and means something besides being a part of phrases: what, in which language, where.
    pub fn roles(&self) -> impl Iterator<Item = (Role, usize, &Occurrence)> {
        self.roles_of(&self.roles)
    }

    /// The same of what may touch some tokens or the few beside them.
    pub fn roles_near(
        &self,
        start: usize,
        end: usize,
    ) -> impl Iterator<Item = (Role, usize, &Occurrence)> {
        let place = |(_, _, at): &(Role, usize, usize)| self.found[*at].start;
        let from = start.saturating_sub(self.widest + BESIDE);
        let first = self.roles.partition_point(|role| place(role) < from);
        let last = self
            .roles
            .partition_point(|role| place(role) <= end + BESIDE);
        self.roles_of(self.roles.get(first..last).unwrap_or_default())
    }

    fn roles_of<'s>(
        &'s self,
        roles: &'s [(Role, usize, usize)],
    ) -> impl Iterator<Item = (Role, usize, &'s Occurrence)> {
        let of = |(role, tongue, at): &(Role, usize, usize)| {
            Some((*role, *tongue, self.found.get(*at)?))
        };
        roles.iter().filter_map(of)
    }

    /// Whether the words of one list count beside a phrase of another: it is the same language, or that of the message.
    pub fn speaks(&self, lexicon: &Lexicon, tongue: usize, phrase: usize) -> bool {
        tongue == phrase
            || self.tongue == Some(tongue)
            || base(lexicon, tongue) == base(lexicon, phrase)
    }

    /// Whether a list is of the message's language, as far as that is known.
    pub fn own(&self, lexicon: &Lexicon, tongue: usize) -> bool {
        self.tongue
            .is_none_or(|own| base(lexicon, own) == base(lexicon, tongue))
    }
}

/// The language of a list, whatever it is written in.
fn base(lexicon: &Lexicon, tongue: usize) -> Option<&str> {
    let lang = lexicon.tongues.get(tongue).map(|lang| lang.as_str());
    lang.and_then(|lang| lang.split('-').next())
}

/// Whether something stands within reach of a hit.
pub(super) fn near(o: &Occurrence, hit: &Occurrence) -> bool {
    hit.start == hit.end || (o.start + NEAR >= hit.start && o.start <= hit.end + NEAR)
}

/// Words that were read by ear before: in a long message most come again.
type Heard<'r> = HashMap<(ByEar, &'r str), Vec<u32>>;

/// The patterns that stand at a token, each once, as written before by ear.
fn patterns<'r>(
    lexicon: &Lexicon,
    reading: &'r Reading,
    token: usize,
    known: &mut Heard<'r>,
) -> Vec<PatternAt> {
    let mut found: Vec<PatternAt> = Vec::new();
    let tokens = &reading.tokens;
    let this = &tokens[token];
    for spelling in std::iter::once(&this.key).chain(&this.forms) {
        let mut add = |pattern| push(&mut found, pattern, 1, None);
        lexicon.words.find(spelling.chars(), |id, _| add(id));
        lexicon
            .endings
            .find(spelling.chars().rev(), |id, _| add(id));
    }
    let next = tokens.get(token + 1);
    if let Some(next) = next.filter(|next| !next.fresh) {
        let own = this.key.chars().count();
        let particle = PARTICLES.contains(&this.key.as_str());
        lexicon
            .words
            .find(this.key.chars().chain(next.key.chars()), |id, length| {
                let needed = lexicon
                    .lengths
                    .get(id as usize)
                    .copied()
                    .unwrap_or(u16::MAX);
                if length > own + 1 && (particle || needed >= APART) {
                    push(&mut found, id, 2, None);
                }
            });
    }
    for ear in &reading.by_ear {
        heard(lexicon, *ear, this, next, known, &mut found);
    }
    found
}

/// The patterns that a token typed by ear may stand for.
fn heard<'r>(
    lexicon: &Lexicon,
    ear: ByEar,
    this: &'r Token,
    next: Option<&Token>,
    known: &mut Heard<'r>,
    found: &mut Vec<PatternAt>,
) {
    if !this.key.bytes().any(|b| b.is_ascii_alphabetic()) {
        return;
    }
    let alone = known.entry((ear, this.key.as_str())).or_insert_with(|| {
        let mut natives = Vec::new();
        ear.read(&this.key, &lexicon.words, &mut natives);
        let mut ids: Vec<u32> = natives.iter().map(|native| native.id).collect();
        if let Some(sound) = ear.skeleton(&this.key) {
            lexicon.words.find(sound.chars(), |id, _| ids.push(id));
        }
        ids
    });
    for id in alone {
        push(found, *id, 1, Some(ear));
    }
    if let Some(next) = next.filter(|_| EAR_PARTICLES.contains(&this.key.as_str())) {
        let mut natives = Vec::new();
        ear.read(
            &format!("{}{}", this.key, next.key),
            &lexicon.words,
            &mut natives,
        );
        for native in natives {
            push(found, native.id, 2, Some(ear));
        }
    }
}

fn push(found: &mut Vec<PatternAt>, pattern: u32, width: usize, by_ear: Option<ByEar>) {
    let same = |p: &PatternAt| {
        p.pattern == pattern && p.width == width && (p.by_ear.is_none() || p.by_ear == by_ear)
    };
    if !found.iter().any(same) {
        found.push(PatternAt {
            pattern,
            width,
            by_ear,
        });
    }
}

/// Whether the rest of a sequence stands after what is on the path. A phrase has at most three gaps, so there are few ways.
fn follow(steps: &[Step], at: &[Vec<PatternAt>], path: &mut Vec<(usize, PatternAt)>) -> bool {
    let Some(step) = steps.get(path.len()) else {
        return true;
    };
    let Some((last, pattern)) = path.last() else {
        return false;
    };
    let next = last + pattern.width;
    let most = if step.gap { GAP } else { 0 };
    for start in next..=next + most {
        for found in at.get(start).into_iter().flatten() {
            if found.pattern == step.pattern && one_ear(path, found.by_ear) {
                path.push((start, *found));
                if follow(steps, at, path) {
                    return true;
                }
                path.pop();
            }
        }
    }
    false
}

/// Nobody types one phrase by ear in two languages.
fn one_ear(path: &[(usize, PatternAt)], ear: Option<ByEar>) -> bool {
    ear.is_none()
        || path
            .iter()
            .all(|(_, p)| p.by_ear.is_none() || p.by_ear == ear)
}

fn occurrence(sequence: u32, steps: &[Step], path: &[(usize, PatternAt)]) -> Option<Occurrence> {
    let (start, _) = path.first()?;
    let (last, pattern) = path.last()?;
    let by_ear = path.iter().find_map(|(_, p)| p.by_ear);
    let mut inner: Vec<usize> = Vec::new();
    let mut before = *start;
    for (step, (at, pattern)) in steps.iter().zip(path) {
        inner.extend(before..*at);
        before = at + pattern.width;
        if step.open {
            inner.extend(*at..before);
        }
    }
    Some(Occurrence {
        sequence,
        start: *start,
        end: last + pattern.width,
        by_ear,
        inner,
    })
}
