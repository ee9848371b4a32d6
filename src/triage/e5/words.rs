//! Text to numbers of pieces, as the model was trained to see it: SentencePiece's Unigram with the file's own folding.

use super::file::{Words, le32};
use std::ops::Range;

/// So many pieces of a text are looked at, those of the prefix and the two ends not counted: time grows with it, and
/// what stands further on rarely changes what a message is about. Whoever has a longer text cuts it into parts.
pub const MOST_PIECES: usize = 96;

/// No piece is longer than 16 characters, so what stands behind these cannot reach the limit above.
const MOST_CHARACTERS: usize = (MOST_PIECES + 8) * 16;
/// A text may consist of characters that are dropped: nobody reads a megabyte of them.
const MOST_READ: usize = 8 * MOST_CHARACTERS;

/// How the vocabulary writes a blank.
const BLANK: char = '\u{2581}';

/// The best way to `NEVER` is none.
const NEVER: f32 = -1e29;

/// The vocabulary, ready to look up.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: Words,
    /// Open addressing: number of the piece + 1; 0 is free. A power of two long.
    table: Vec<u32>,
    /// What a character costs that no piece has.
    unknown_score: f32,
    longest: usize,
}

impl Vocabulary {
    pub fn new(bytes: &[u8], words: Words) -> Self {
        let mut vocabulary = Self {
            table: vec![0; (words.pieces * 2).next_power_of_two()],
            unknown_score: 0.0,
            longest: 1,
            words,
        };
        let mut least = f32::MAX;
        for number in 0..vocabulary.words.pieces {
            least = least.min(vocabulary.score(bytes, number));
            let piece = vocabulary.piece(bytes, number);
            vocabulary.longest = vocabulary.longest.max(piece.len());
            if !piece.is_empty() {
                let free = vocabulary
                    .slots(piece)
                    .find(|slot| vocabulary.table[*slot] == 0);
                if let Some(free) = free {
                    vocabulary.table[free] = number as u32 + 1;
                }
            }
        }
        vocabulary.unknown_score = least - 10.0;
        vocabulary
    }

    /// The numbers of the pieces of `query: ` and the text, with beginning and end.
    pub fn numbers(&self, bytes: &[u8], text: &str) -> Vec<u32> {
        let folded = self.folded(bytes, text);
        let mut pieces = vec![self.words.begin];
        pieces.extend(self.best(bytes, &folded));
        pieces.push(self.words.end);
        pieces
    }

    /// Folds characters, and writes blanks as the vocabulary does.
    fn folded(&self, bytes: &[u8], text: &str) -> String {
        let mut out = String::from(BLANK);
        let (mut count, mut before) = (0, None);
        let mut push = |c: char| {
            let repeated = c == ' ' && before == Some(' ');
            // The text begins with a blank in any case.
            let leading = c == ' ' && before.is_none();
            before = Some(c);
            if !repeated && !leading {
                out.push(if c == ' ' { BLANK } else { c });
                count += 1;
            }
            count < MOST_CHARACTERS
        };
        for c in "query: ".chars().chain(text.chars().take(MOST_READ)) {
            let more = match self.folding(bytes, c) {
                None => push(c),
                Some(mut to) => to.all(&mut push),
            };
            if !more {
                break;
            }
        }
        out
    }

    /// What a character is replaced by; none: it stays.
    fn folding<'b>(
        &self,
        bytes: &'b [u8],
        c: char,
    ) -> Option<impl Iterator<Item = char> + use<'b>> {
        let foldings = &self.words.foldings;
        let at = foldings
            .binary_search_by_key(&u32::from(c), |(from, _)| *from)
            .ok()?;
        let to = bytes.get(foldings[at].1..).unwrap_or_default();
        let count = usize::from(to.first().copied().unwrap_or(0));
        let to = to.get(1..1 + count * 4).unwrap_or_default();
        Some(to.chunks_exact(4).filter_map(|c| char::from_u32(le32(c))))
    }

    /// The most probable way to cut a text into pieces (Viterbi).
    fn best(&self, bytes: &[u8], text: &str) -> Vec<u32> {
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let characters = starts.len();
        starts.push(text.len());
        let unseen = Step {
            score: NEVER,
            piece: self.words.unknown,
            from: 0,
        };
        let mut steps = vec![unseen; characters + 1];
        steps[0].score = 0.0;
        for from in 0..characters {
            let so_far = steps[from].score;
            if so_far <= NEVER {
                continue;
            }
            for to in from + 1..=characters {
                let range = starts[from]..starts[to];
                if range.len() > self.longest {
                    break;
                }
                if let Some(piece) = self.find(bytes, &text.as_bytes()[range])
                    && piece != self.words.unknown
                {
                    let score = so_far + self.score(bytes, piece as usize);
                    steps[to].improve(Step { score, piece, from });
                }
            }
            let score = so_far + self.unknown_score;
            steps[from + 1].improve(Step {
                score,
                piece: self.words.unknown,
                from,
            });
        }
        let mut pieces = Vec::new();
        let mut at = characters;
        while at > 0 {
            pieces.push(steps[at].piece);
            at = steps[at].from;
        }
        pieces.reverse();
        pieces.truncate(MOST_PIECES + PREFIX_PIECES);
        pieces
    }

    fn find(&self, bytes: &[u8], wanted: &[u8]) -> Option<u32> {
        for slot in self.slots(wanted) {
            let number = self.table[slot].checked_sub(1)?;
            if self.piece(bytes, number as usize) == wanted {
                return Some(number);
            }
        }
        None
    }

    /// Where a piece may stand in the table, the likeliest place first.
    fn slots(&self, piece: &[u8]) -> impl Iterator<Item = usize> + use<> {
        let size = self.table.len();
        let first = hash(piece) as usize;
        (0..size).map(move |step| (first.wrapping_add(step)) & (size - 1))
    }

    fn piece<'b>(&self, bytes: &'b [u8], number: usize) -> &'b [u8] {
        let at = |n: usize| le32(part(bytes, &self.words.offsets, n * 4)) as usize;
        let letters = bytes.get(self.words.letters.clone()).unwrap_or_default();
        letters.get(at(number)..at(number + 1)).unwrap_or_default()
    }

    fn score(&self, bytes: &[u8], number: usize) -> f32 {
        f32::from_bits(le32(part(bytes, &self.words.scores, number * 4)))
    }
}

/// `query:` is two pieces: the word and the colon.
const PREFIX_PIECES: usize = 2;

/// The best way to a place in the text.
#[derive(Clone, Copy)]
struct Step {
    score: f32,
    /// The last piece.
    piece: u32,
    /// Where that begins.
    from: usize,
}

impl Step {
    fn improve(&mut self, other: Self) {
        if other.score > self.score {
            *self = other;
        }
    }
}

/// The rest of a part of the file, from a place in it on.
fn part<'b>(bytes: &'b [u8], range: &Range<usize>, at: usize) -> &'b [u8] {
    bytes.get(range.start + at..range.end).unwrap_or_default()
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
