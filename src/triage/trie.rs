//! Many words, and which of them a word is or begins with, in time proportional to the word.

/// No word ends here.
const NONE: u32 = u32::MAX;

/// A tree of letters. A word can be in it as a whole and as a beginning.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    nodes: Box<[Node]>,
    /// Letters that lead on, sorted within each node; the nodes' one behind the other.
    edges: Box<[(char, u32)]>,
}

#[derive(Clone, Debug)]
struct Node {
    /// Its first letter; its last is the one before the next node's first.
    first: u32,
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
        let mut words: Vec<(&str, bool, u32)> = words.into_iter().collect();
        // Stable, so that of two equal words the later one stays the later one.
        words.sort_by_key(|(word, ..)| *word);
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        // What is still to be done, in the order of the nodes: words that begin alike, and with how many bytes.
        let mut open = vec![(0, words.len(), 0)];
        while let Some(&(mut from, to, depth)) = open.get(nodes.len()) {
            let mut node = Node {
                first: index(edges.len()),
                whole: NONE,
                beginning: NONE,
            };
            while let Some((_, beginning, id)) =
                words[from..to].first().filter(|w| w.0.len() == depth)
            {
                match beginning {
                    true => node.beginning = *id,
                    false => node.whole = *id,
                }
                from += 1;
            }
            while let Some(c) = words[from..to]
                .first()
                .and_then(|w| w.0[depth..].chars().next())
            {
                let alike = words[from..to].partition_point(|w| w.0[depth..].starts_with(c));
                edges.push((c, index(open.len())));
                open.push((from, from + alike, depth + c.len_utf8()));
                from += alike;
            }
            nodes.push(node);
        }
        Self {
            nodes: nodes.into(),
            edges: edges.into(),
        }
    }

    /// Where every word begins.
    pub fn root(&self) -> At {
        At(0)
    }

    /// One letter on.
    pub fn step(&self, at: At, c: char) -> Option<At> {
        let at = at.0 as usize;
        let first = self.nodes.get(at)?.first as usize;
        let next = self.nodes.get(at + 1).map(|node| node.first as usize);
        let edges = self.edges.get(first..next.unwrap_or(self.edges.len()))?;
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
