//! Words typed by ear in Latin letters, read along the native words that are known.

use super::super::trie::{At, Trie};
use super::tables::{ARABIC, CYRILLIC, PERSIAN};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Steps after which a word is given up: real words need some dozens.
const MOST_STEPS: usize = 1_500;

/// A word longer than this is not typed by ear.
const LONGEST: usize = 24;

/// In which script a Latin word may be typed by ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ByEar {
    /// Arabizi.
    Arabic,
    /// Fingilish, also of Dari.
    Persian,
    /// Russian, Ukrainian and others.
    Cyrillic,
}

/// A native word found by ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Native {
    /// Its number in the tree.
    pub id: u32,
    /// How far the spelling is from the plain one: what was guessed.
    pub cost: u32,
}

/// How Latin letters are read: by first letter the groups, the longest first.
pub(super) struct Table {
    groups: Vec<(char, Vec<Group>)>,
    /// Native letters that may stand without being typed.
    silent: &'static str,
}

pub(super) struct Group {
    pub(super) latin: &'static str,
    pub(super) only_first: bool,
    pub(super) only_last: bool,
    pub(super) native: Vec<&'static str>,
}

impl Table {
    fn new(silent: &'static str, lines: &[&'static str]) -> Self {
        let mut groups: Vec<(char, Vec<Group>)> = Vec::new();
        for line in lines {
            let mut words = line.split(' ');
            let Some(head) = words.next() else { continue };
            let latin = head.trim_matches(['^', '$']);
            let Some(first) = latin.chars().next() else {
                continue;
            };
            let group = Group {
                latin,
                only_first: head.starts_with('^'),
                only_last: head.ends_with('$'),
                native: words.map(|w| if w == "-" { "" } else { w }).collect(),
            };
            match groups.iter_mut().find(|(c, _)| *c == first) {
                Some((_, known)) => known.push(group),
                None => groups.push((first, vec![group])),
            }
        }
        for (_, known) in &mut groups {
            known.sort_by_key(|g| std::cmp::Reverse(g.latin.len()));
        }
        Self { groups, silent }
    }

    /// The groups that the rest of a word begins with.
    pub(super) fn groups<'t>(&'t self, rest: &'t str) -> impl Iterator<Item = &'t Group> {
        let first = rest.chars().next();
        let known = self.groups.iter().find(|(c, _)| Some(*c) == first);
        known
            .into_iter()
            .flat_map(|(_, groups)| groups)
            .filter(move |g| rest.starts_with(g.latin))
    }
}

static TABLES: LazyLock<[Table; 3]> = LazyLock::new(|| {
    [
        Table::new("ع", ARABIC),
        Table::new("ع", PERSIAN),
        Table::new("ьъ", CYRILLIC),
    ]
});

impl ByEar {
    pub(super) fn table(self) -> &'static Table {
        &TABLES[match self {
            Self::Arabic => 0,
            Self::Persian => 1,
            Self::Cyrillic => 2,
        }]
    }

    /// The languages whose words are compared.
    pub fn languages(self) -> &'static [&'static str] {
        match self {
            Self::Arabic => &["ar"],
            Self::Persian => &["fa", "fa-AF"],
            Self::Cyrillic => &["ru", "uk", "bg", "sr"],
        }
    }

    /// The tag of texts typed by ear.
    pub fn latin(self) -> &'static str {
        match self {
            Self::Arabic => "ar-Latn",
            Self::Persian => "fa-Latn",
            Self::Cyrillic => "ru-Latn",
        }
    }

    /// Reads a normalised Latin word along the native words of a tree, as wholes and as beginnings.
    pub fn read(self, word: &str, trie: &Trie, found: &mut Vec<Native>) {
        if word.is_empty() || word.len() > LONGEST || !word.is_ascii() {
            return;
        }
        let single = single_consonants(word);
        let mut walk = Walk {
            table: self.table(),
            trie,
            word: &single,
            seen: HashSet::new(),
            found,
        };
        walk.from(0, trie.root(), 0);
    }

    /// Writes a Latin word as it is plainly written in native letters. Short vowels are left out in Arabic script, and
    /// which are short is guessed.
    pub(super) fn write(self, word: &str, out: &mut String) {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        let word = single_consonants(&word);
        let mut at = 0;
        while at < word.len() {
            let fits = |g: &&Group| {
                (!g.only_first || at == 0) && (!g.only_last || at + g.latin.len() == word.len())
            };
            // The longest group, and of two equal ones that of this place in the word.
            let group = self
                .table()
                .groups(&word[at..])
                .filter(fits)
                .max_by_key(|g| (g.latin.len(), g.only_first || g.only_last));
            let Some(group) = group else {
                at += 1;
                continue;
            };
            let plain = group.native.first().copied().unwrap_or_default();
            out.push_str(match (plain, group.latin) {
                ("", "o" | "u") => "و",
                ("", "i") => "ي",
                (plain, _) => plain,
            });
            at += group.latin.len();
        }
    }

    /// What is left of a Latin word when vowels and doubled letters go and letters of one sound are one: for phrases
    /// that were themselves typed by ear. None if too little is left to be told from other words.
    pub fn skeleton(self, word: &str) -> Option<String> {
        const LEAST: usize = 2;
        if !word.is_ascii() || word.len() > LONGEST {
            return None;
        }
        let single = single_consonants(word);
        let mut out = String::from(self.mark());
        let mut rest = single.as_str();
        while !rest.is_empty() {
            let (sound, used) = match SOUNDS.iter().find(|(group, _)| rest.starts_with(group)) {
                Some((group, sound)) => (*sound, group.len()),
                None => (&rest[..1], 1),
            };
            if !out.ends_with(sound) || sound.is_empty() {
                out.push_str(sound);
            }
            rest = &rest[used..];
        }
        (out.chars().count() > LEAST).then_some(out)
    }

    /// Skeletons stand in the tree behind a letter that no text has, one for each table.
    fn mark(self) -> char {
        match self {
            Self::Arabic => '\u{E000}',
            Self::Persian => '\u{E001}',
            Self::Cyrillic => '\u{E002}',
        }
    }
}

/// Latin groups of one sound. Vowels of the `u` kind stay: they tell `moot` (death) from `mat` (he died) no more than
/// others, but `w` and `v` are often typed for them.
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "c"),
    ("sch", "c"),
    ("sh", "c"),
    ("ch", "c"),
    ("kh", "x"),
    ("gh", "g"),
    ("zh", "j"),
    ("dh", "d"),
    ("th", "t"),
    ("dj", "j"),
    ("q", "k"),
    ("9", "k"),
    ("5", "x"),
    ("7", "h"),
    ("6", "t"),
    ("2", ""),
    ("3", ""),
    ("a", ""),
    ("e", ""),
    ("i", ""),
    ("y", ""),
    ("o", ""),
    ("u", ""),
    ("w", ""),
];

/// Doubled consonants as one; vowels stay doubled, for that makes them long.
fn single_consonants(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) || "aeiou".contains(c) {
            out.push(c);
        }
    }
    out
}

struct Walk<'w> {
    table: &'static Table,
    trie: &'w Trie,
    word: &'w str,
    seen: HashSet<(usize, At, bool)>,
    found: &'w mut Vec<Native>,
}

impl Walk<'_> {
    /// Goes on at a letter of the word and a place in the tree. The order of alternatives is from plain to far, so the
    /// first way to a place is as good as any.
    fn from(&mut self, at: usize, node: At, cost: u32) {
        if self.seen.len() >= MOST_STEPS || !self.seen.insert((at, node, false)) {
            return;
        }
        if at > 0
            && let Some(id) = self.trie.beginning(node)
        {
            self.found(id, cost);
        }
        let (word, table) = (self.word, self.table);
        let rest = &word[at..];
        if rest.is_empty()
            && let Some(id) = self.trie.whole(node)
        {
            self.found(id, cost);
        }
        for group in table.groups(rest) {
            let end = at + group.latin.len();
            if (group.only_first && at > 0) || (group.only_last && end < word.len()) {
                continue;
            }
            for (rank, native) in (0..).zip(&group.native) {
                if let Some(next) = self.trie.steps(node, native) {
                    self.from(end, next, cost + rank);
                }
            }
        }
        for silent in table.silent.chars() {
            // Of two silent letters one would have been typed.
            if let Some(next) = self.trie.step(node, silent)
                && self.seen.insert((at, next, true))
            {
                self.from(at, next, cost + 2);
            }
        }
    }

    fn found(&mut self, id: u32, cost: u32) {
        match self.found.iter_mut().find(|n| n.id == id) {
            Some(known) => known.cost = known.cost.min(cost),
            None => self.found.push(Native { id, cost }),
        }
    }
}
