//! From the phrases of the content to what a message is compared with.

use super::super::lists::{Lists, Texts};
use super::super::readings::{ByEar, loose, together};
use super::super::trie::Trie;
use crate::content::{DeadlineKind, Detect, Tongue};
use crate::model::{Lang, Level};
use crate::text::{Item, Shape, phrase as parse};
use std::collections::{HashMap, HashSet};

/// Classes of which a hit is looked at for a deadline.
const WITH_DEADLINE: &[&str] = &[
    "asylum_rejection",
    "deportation",
    "permit_expiry",
    "hearing_or_court",
    "dismissal",
    "homeless",
    "benefits_stopped",
    "letters_debts",
    "residence_docs",
];

/// Phrases of all languages, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    pub(super) classes: Vec<String>,
    pub(super) tongues: Vec<Lang>,
    pub(super) phrases: Box<[Compiled]>,
    /// Phrase → as an editor wrote it.
    pub(super) written: Texts,
    /// Phrase → the sequences that it needs.
    pub(super) all: Lists<u32>,
    /// Phrase → those that must not stand there.
    pub(super) none: Lists<u32>,
    /// Sequence → its words.
    pub(super) steps: Lists<Step>,
    /// Sequence → phrases that are looked at when it is found.
    pub(super) triggers: Lists<u32>,
    /// Sequence → what else it means, and in which language.
    pub(super) roles: Lists<(Role, usize)>,
    /// Whole words and beginnings.
    pub(super) words: Trie,
    /// Endings, from the last letter to the first.
    pub(super) endings: Trie,
    /// Pattern → sequences that begin with it.
    pub(super) firsts: Lists<u32>,
    /// Pattern → the fewest letters that it needs to be read in two words written apart.
    pub(super) lengths: Box<[u16]>,
    /// Sign → its sequence.
    pub(super) signs: HashMap<String, u32>,
}

/// A run of words that stand side by side, while it is made.
#[derive(Default)]
struct Sequence {
    items: Vec<Step>,
    triggers: Vec<u32>,
    roles: Vec<(Role, usize)>,
}

/// One word of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Step {
    pub pattern: u32,
    pub gap: bool,
    /// It is a beginning, so that endings of denial may be written onto it.
    pub open: bool,
}

/// What a sequence means besides being a part of phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Denies what follows.
    Before,
    /// Denies what stands before it.
    After,
    /// Joke, report, fiction.
    Softens,
    /// A unit or a word of deadlines; `true`: says by itself how long.
    Deadline(bool),
}

/// A phrase. Its lists stand beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compiled {
    pub class: u32,
    pub tongue: u32,
    /// The sequence with the most letters.
    pub main: u32,
    /// It has at least two words with content.
    pub sure: bool,
    /// It holds a word of denial itself.
    pub denies: bool,
    /// A deadline beside it matters.
    pub deadline: bool,
    /// Without a deadline beside it, it means nothing.
    pub timed: bool,
    /// How urgent its class is: 0 is the most urgent.
    pub rank: u8,
}

impl Lexicon {
    /// Compiles the phrases of the content. A phrase that cannot be read is left out; the linter names it.
    pub fn new(detect: &Detect) -> Self {
        let mut builder = Builder::default();
        for (lang, tongue) in &detect.tongues {
            builder.tongue(detect, lang, tongue);
        }
        builder.finish()
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    pub(super) fn triggered(&self, sequence: u32) -> &[u32] {
        self.triggers.get(sequence as usize)
    }
}

#[derive(Default)]
struct Builder {
    made: Lexicon,
    phrases: Vec<Draft>,
    sequences: Vec<Sequence>,
    firsts: Vec<Vec<u32>>,
    lengths: Vec<u16>,
    patterns: HashMap<(String, Shape), u32>,
    known: HashMap<Vec<Step>, u32>,
}

/// A phrase while it is made.
struct Draft {
    compiled: Compiled,
    written: String,
    all: Vec<u32>,
    none: Vec<u32>,
}

impl Builder {
    fn tongue(&mut self, detect: &Detect, lang: &Lang, tongue: &Tongue) {
        let at = self.made.tongues.len();
        self.made.tongues.push(lang.clone());
        let by_ear = match lang.as_str() {
            "ar-Latn" => Some(ByEar::Arabic),
            "fa-Latn" => Some(ByEar::Persian),
            "ru-Latn" | "uk-Latn" => Some(ByEar::Cyrillic),
            _ => None,
        };
        let lists = [
            (&tongue.negation, Role::Before),
            (&tongue.negation_after, Role::After),
            (&tongue.softener, Role::Softens),
        ];
        for (list, role) in lists {
            for written in list {
                self.role(written, role, at, by_ear);
            }
        }
        for written in &tongue.deadline {
            let alone = super::deadline::says_how_long(written);
            self.role(written, Role::Deadline(alone), at, by_ear);
        }
        for (class, samples) in &tongue.samples {
            let level = detect.classes.get(class).and_then(|c| c.level);
            for written in &samples.phrases {
                self.phrase(class, level, at, written, by_ear);
            }
        }
        let timed = [
            (DeadlineKind::Rejection, &tongue.rejection),
            (DeadlineKind::Departure, &tongue.departure),
        ];
        for (kind, list) in timed {
            let mut classes = detect.classes.iter();
            let Some((class, about)) = classes.find(|(_, c)| c.deadline == Some(kind)) else {
                continue;
            };
            let first = self.phrases.len();
            for written in list {
                self.phrase(class, about.level, at, written, by_ear);
            }
            for phrase in self.phrases.iter_mut().skip(first) {
                (phrase.compiled.deadline, phrase.compiled.timed) = (true, true);
            }
        }
    }

    /// A list of words with a meaning of their own. Each is written like a phrase.
    fn role(&mut self, written: &str, role: Role, tongue: usize, by_ear: Option<ByEar>) {
        let Ok(read) = parse(written) else { return };
        for items in &read.all {
            for sequence in self.sequences(items, by_ear) {
                if let Some(s) = self.sequences.get_mut(sequence as usize) {
                    s.roles.push((role, tongue));
                }
            }
        }
    }

    fn phrase(
        &mut self,
        class: &str,
        level: Option<Level>,
        tongue: usize,
        written: &str,
        by_ear: Option<ByEar>,
    ) {
        let Ok(read) = parse(written) else { return };
        let weights: Vec<usize> = read.all.iter().map(|items| letters(items)).collect();
        let heaviest = (0..weights.len()).max_by_key(|i| weights[*i]).unwrap_or(0);
        let content = read
            .all
            .iter()
            .flatten()
            .filter(|item| has_content(item))
            .count();
        let class_at = self.class(class);
        // As written, and for lists typed by ear also by what the words sound like.
        let spellings = if by_ear.is_some() { 2 } else { 1 };
        for spelling in 0..spellings {
            let ear = by_ear.filter(|_| spelling == 1);
            let one = |this: &mut Self, items: &Vec<Item>| match ear {
                Some(ear) => this.heard(items, ear),
                None => Some(this.sequence(&glued(items))),
            };
            let all: Option<Vec<u32>> = read.all.iter().map(|items| one(self, items)).collect();
            let none: Option<Vec<u32>> = read.none.iter().map(|items| one(self, items)).collect();
            let (Some(all), Some(none)) = (all, none) else {
                continue;
            };
            let main = all[heaviest];
            let phrase = number(self.phrases.len());
            if let Some(s) = self.sequences.get_mut(main as usize) {
                s.triggers.push(phrase);
            }
            let compiled = Compiled {
                class: class_at,
                tongue: number(tongue),
                main,
                sure: content >= 2,
                denies: false,
                deadline: WITH_DEADLINE.contains(&class),
                timed: false,
                rank: rank(level),
            };
            self.phrases.push(Draft {
                compiled,
                written: written.to_owned(),
                all,
                none,
            });
        }
    }

    fn class(&mut self, class: &str) -> u32 {
        let classes = &mut self.made.classes;
        let known = classes.iter().position(|c| c == class);
        number(known.unwrap_or_else(|| {
            classes.push(class.to_owned());
            classes.len() - 1
        }))
    }

    /// The sequence of a list's entry, and for lists typed by ear the one of its sound.
    fn sequences(&mut self, items: &[Item], by_ear: Option<ByEar>) -> Vec<u32> {
        let written = self.sequence(&glued(items));
        let heard = by_ear.and_then(|ear| self.heard(items, ear));
        std::iter::once(written).chain(heard).collect()
    }

    /// A sequence of skeletons; none where a word has too little of one.
    fn heard(&mut self, items: &[Item], ear: ByEar) -> Option<u32> {
        let sounds = glued(items).into_iter().map(|item| {
            let word = ear.skeleton(&item.word)?;
            (item.shape != Shape::Ending && !item.sign).then_some(Item { word, ..item })
        });
        let sounds: Option<Vec<Item>> = sounds.collect();
        Some(self.sequence(&sounds?))
    }

    fn sequence(&mut self, items: &[Item]) -> u32 {
        if let [
            Item {
                sign: true, word, ..
            },
        ] = items
        {
            if let Some(known) = self.made.signs.get(word) {
                return *known;
            }
            let number = number(self.sequences.len());
            self.sequences.push(Sequence::default());
            self.made.signs.insert(word.clone(), number);
            return number;
        }
        let steps: Vec<Step> = items
            .iter()
            .map(|item| Step {
                pattern: self.pattern(&item.word, item.shape),
                gap: item.gap,
                open: item.shape == Shape::Beginning,
            })
            .collect();
        if let Some(known) = self.known.get(&steps) {
            return *known;
        }
        let number = number(self.sequences.len());
        if let Some(first) = steps.first() {
            self.firsts[first.pattern as usize].push(number);
        }
        self.known.insert(steps.clone(), number);
        self.sequences.push(Sequence {
            items: steps,
            ..Sequence::default()
        });
        number
    }

    fn pattern(&mut self, word: &str, shape: Shape) -> u32 {
        let firsts = &mut self.firsts;
        let lengths = &mut self.lengths;
        *self
            .patterns
            .entry((word.to_owned(), shape))
            .or_insert_with(|| {
                firsts.push(Vec::new());
                lengths.push(word.chars().count().try_into().unwrap_or(u16::MAX));
                number(firsts.len() - 1)
            })
    }

    fn finish(mut self) -> Lexicon {
        let reversed: Vec<(String, u32)> = self
            .patterns
            .iter()
            .filter(|((_, shape), _)| *shape == Shape::Ending)
            .map(|((word, _), id)| (word.chars().rev().collect(), *id))
            .collect();
        self.made.endings = Trie::new(reversed.iter().map(|(word, id)| (word.as_str(), true, *id)));
        self.made.words = Trie::new(
            self.patterns
                .iter()
                .filter(|((_, shape), _)| *shape != Shape::Ending)
                .map(|((word, shape), id)| (word.as_str(), *shape == Shape::Beginning, *id)),
        );
        // What only the building needed is gone before the rest is put together.
        drop((
            std::mem::take(&mut self.patterns),
            std::mem::take(&mut self.known),
        ));
        self.mark_denying();
        let phrases = &self.phrases;
        Lexicon {
            phrases: phrases.iter().map(|p| p.compiled).collect(),
            written: phrases.iter().map(|p| p.written.as_str()).collect(),
            all: phrases.iter().map(|p| p.all.iter().copied()).collect(),
            none: phrases.iter().map(|p| p.none.iter().copied()).collect(),
            triggers: self.of_sequences(|s| &s.triggers),
            roles: self.of_sequences(|s| &s.roles),
            steps: self.of_sequences(|s| &s.items),
            firsts: self.firsts.into_iter().collect(),
            lengths: self.lengths.into(),
            ..self.made
        }
    }

    fn of_sequences<T: Copy>(&self, list: impl Fn(&Sequence) -> &Vec<T>) -> Lists<T> {
        let lists = self.sequences.iter().map(list);
        lists.map(|list| list.iter().copied()).collect()
    }

    /// Finds the phrases that hold a word of denial of their own language.
    fn mark_denying(&mut self) {
        let mut single: HashSet<(u32, u32)> = HashSet::new();
        for sequence in &self.sequences {
            if let [step] = sequence.items.as_slice() {
                for (role, tongue) in &sequence.roles {
                    if *role == Role::Before {
                        single.insert((step.pattern, number(*tongue)));
                    }
                }
            }
        }
        let sequences = &self.sequences;
        for phrase in &mut self.phrases {
            let steps = phrase
                .all
                .iter()
                .filter_map(|s| sequences.get(*s as usize))
                .flat_map(|s| &s.items);
            let compiled = &mut phrase.compiled;
            compiled.denies = steps
                .into_iter()
                .any(|step| single.contains(&(step.pattern, compiled.tongue)));
        }
    }
}

/// The items with parted letters written onto their word, and letters folded, as in messages.
fn glued(items: &[Item]) -> Vec<Item> {
    let words: Vec<&str> = items.iter().map(|item| item.word.as_str()).collect();
    let groups = together(&words);
    let groups = particles(&words, groups);
    let one = |group: std::ops::Range<usize>| {
        let parts = items.get(group)?;
        let (first, last) = (parts.first()?, parts.last()?);
        let word: String = parts.iter().map(|item| item.word.as_str()).collect();
        Some(Item {
            word: loose(&word),
            shape: if parts.len() == 1 || last.shape == Shape::Beginning {
                last.shape
            } else {
                Shape::Whole
            },
            gap: first.gap,
            sign: first.sign,
        })
    };
    groups.into_iter().filter_map(one).collect()
}

/// Persian writes the particle of the present on or apart from its verb; here it is written on, and
/// a message that has it apart is read both ways.
fn particles(words: &[&str], groups: Vec<std::ops::Range<usize>>) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for group in groups {
        match out.last_mut() {
            Some(last) if PARTICLES.contains(&words[last.end - 1]) => last.end = group.end,
            _ => out.push(group),
        }
    }
    out
}

/// See [`particles`].
pub(super) const PARTICLES: &[&str] = &["مي", "نمي", "همي"];

fn letters(items: &[Item]) -> usize {
    items.iter().map(|item| item.word.chars().count()).sum()
}

/// Whether a word says something by itself: three letters where vowels are not written, four elsewhere.
fn has_content(item: &Item) -> bool {
    let least = if item.word.is_ascii() { 4 } else { 3 };
    item.word.chars().count() >= least
}

fn rank(level: Option<Level>) -> u8 {
    match level {
        Some(Level::Immediate) => 0,
        Some(Level::Urgent) => 1,
        Some(Level::Soon) => 2,
        Some(Level::Normal) => 3,
        None => 4,
    }
}

/// More than four thousand million phrases do not fit into memory.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
