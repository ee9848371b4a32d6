//! Many words, and which of them a word is or begins with, in time proportional to the word.

use std::collections::BTreeMap;

/// No word ends here.
const NONE: u32 = u32::MAX;

/// A tree of letters. A word can be in it as a whole and as a beginning.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    nodes: Vec<Node>,
    /// Letters that lead on, sorted within each node.
    edges: Vec<(char, u32)>,
}

#[derive(Clone, Debug)]
struct Node {
    first: u32,
    last: u32,
    whole: u32,
    beginning: u32,
}

/// A place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(u32);

impl Trie {
    /// The tree of some words: each with whether only its beginning counts, and a number by which it is known. Of two
    /// equal words the later counts.
    pub fn new<'w>(words: impl IntoIterator<Item = (&'w str, bool, u32)>) -> Self {
        let mut children: Vec<BTreeMap<char, usize>> = vec![BTreeMap::new()];
        let mut marks = vec![(NONE, NONE)];
        for (word, beginning, id) in words {
            let mut at = 0;
            for c in word.chars() {
                at = match children[at].get(&c) {
                    Some(&next) => next,
                    None => {
                        let next = children.len();
                        children[at].insert(c, next);
                        children.push(BTreeMap::new());
                        marks.push((NONE, NONE));
                        next
                    }
                };
            }
            if beginning {
                marks[at].1 = id;
            } else {
                marks[at].0 = id;
            }
        }
        let mut trie = Self::default();
        for (children, (whole, beginning)) in children.iter().zip(marks) {
            let first = index(trie.edges.len());
            trie.edges
                .extend(children.iter().map(|(c, to)| (*c, index(*to))));
            trie.nodes.push(Node {
                first,
                last: index(trie.edges.len()),
                whole,
                beginning,
            });
        }
        trie
    }

    /// Where every word begins.
    pub fn root(&self) -> At {
        At(0)
    }

    /// One letter on.
    pub fn step(&self, at: At, c: char) -> Option<At> {
        let node = self.nodes.get(at.0 as usize)?;
        let edges = self.edges.get(node.first as usize..node.last as usize)?;
        // Most nodes have one or two letters.
        let found = if edges.len() < 5 {
            edges.iter().position(|(e, _)| *e == c)
        } else {
            edges.binary_search_by_key(&c, |(e, _)| *e).ok()
        };
        found.and_then(|i| edges.get(i)).map(|(_, to)| At(*to))
    }

    /// Some letters on.
    pub fn steps(&self, at: At, text: &str) -> Option<At> {
        text.chars().try_fold(at, |at, c| self.step(at, c))
    }

    /// The beginning that is complete here.
    pub fn beginning(&self, at: At) -> Option<u32> {
        let node = self.nodes.get(at.0 as usize)?;
        Some(node.beginning).filter(|id| *id != NONE)
    }

    /// The word that ends here.
    pub fn whole(&self, at: At) -> Option<u32> {
        let node = self.nodes.get(at.0 as usize)?;
        Some(node.whole).filter(|id| *id != NONE)
    }

    /// All words that these letters are, or begin with, with how many letters each has.
    pub fn find(&self, letters: impl Iterator<Item = char>, mut found: impl FnMut(u32, usize)) {
        let mut at = self.root();
        let mut length = 0;
        for c in letters {
            let Some(next) = self.step(at, c) else {
                return;
            };
            at = next;
            length += 1;
            if let Some(id) = self.beginning(at) {
                found(id, length);
            }
        }
        if let Some(id) = self.whole(at) {
            found(id, length);
        }
    }
}

/// Trees of more than four thousand million letters do not fit into memory.
fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wholes_and_beginnings_are_found() {
        let trie = Trie::new([
            ("kill", false, 1),
            ("kill", true, 2),
            ("ki", true, 3),
            ("смерть", false, 4),
        ]);
        let found = |word: &str| {
            let mut all = Vec::new();
            trie.find(word.chars(), |id, length| all.push((id, length)));
            all
        };
        assert_eq!(found("kill"), [(3, 2), (2, 4), (1, 4)]);
        assert_eq!(found("killing"), [(3, 2), (2, 4)]);
        assert_eq!(found("k"), []);
        assert_eq!(found("смерть"), [(4, 6)]);
        assert_eq!(found(""), []);
        assert!(Trie::default().step(At(0), 'a').is_none());
    }
}
