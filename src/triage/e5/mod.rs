//! Sentence vectors: `multilingual-e5-small` in four-bit weights, without a line of C.
//!
//! `file` finds everything in the weights' file and trusts none of it, `words` cuts a text into pieces, `kernel` multiplies,
//! and this file is the network itself (BERT's encoder, mean over all pieces). The weights stay where they are (a memory
//! map, or bytes in a test) and are unpacked row by row. The same bytes and the same text give the same vector
//! on every machine: products are whole numbers, sums have one order (`math`).

mod file;
mod kernel;
mod words;

#[cfg(test)]
pub(crate) mod small;
#[cfg(test)]
mod tests;

pub use file::FileError;
pub use words::MOST_PIECES;

use super::math::{add_scaled, dot, erf, softmax, sum_of, to_unit};
use file::{BLOCK, BLOCK_BYTES, Layout, Shape};
use kernel::{Levels, Matrix, plain};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use words::Vocabulary;

/// What holds the bytes of the file.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The model, ready to be asked.
pub struct E5 {
    bytes: Bytes,
    shape: Shape,
    vocabulary: Vocabulary,
    words: Range<usize>,
    /// As many as a text can have pieces, with what all pieces have in common added.
    positions: Vec<f32>,
    first: Norm,
    layers: Vec<Layer>,
}

/// Scales and shifts after a layer.
struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

struct Layer {
    query: Matrix,
    key: Matrix,
    value: Matrix,
    mix: Matrix,
    after_mix: Norm,
    widen: Matrix,
    narrow: Matrix,
    after_narrow: Norm,
}

/// Memory for one pass, used again by every layer.
struct Space {
    x: Vec<f32>,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    mixed: Vec<f32>,
    inner: Vec<f32>,
    levels: Levels,
}

impl fmt::Debug for E5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("E5")
            .field("shape", &self.shape)
            .finish_non_exhaustive()
    }
}

impl E5 {
    /// Reads a file.
    ///
    /// # Errors
    /// If anything in it is not as it has to be.
    pub fn new(bytes: Bytes) -> Result<Self, FileError> {
        let all = (*bytes).as_ref();
        let layout = Layout::read(all)?;
        let Shape {
            width, positions, ..
        } = layout.shape;
        let kept = positions.min(MOST_TOKENS);
        let mut place = layout.numbers(all, "emb.pos", positions * width, kept * width)?;
        let common = layout.kinds(all, "emb.type")?;
        for row in place.chunks_exact_mut(width) {
            add_scaled(row, 1.0, &common);
        }
        let layers = (0..layout.shape.layers).map(|number| Layer::read(&layout, all, number));
        Ok(Self {
            words: layout.matrix(all, "emb.word", layout.shape.rows, width)?,
            positions: place,
            first: Norm::read(&layout, all, "emb.ln")?,
            layers: layers.collect::<Result<_, _>>()?,
            vocabulary: Vocabulary::new(all, layout.words),
            shape: layout.shape,
            bytes,
        })
    }

    /// How many numbers a vector has.
    pub fn width(&self) -> usize {
        self.shape.width
    }

    /// The numbers of a text's pieces, `query: ` before it, as the model sees them.
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        let mut pieces = self.vocabulary.numbers(self.all(), text);
        pieces.truncate(self.shape.positions);
        pieces
    }

    /// The vectors of texts, each one unit long. Texts that are given together share the work of unpacking weights; the
    /// result is the same as if they were given one by one.
    pub fn vectors(&self, texts: &[impl AsRef<str>]) -> Vec<Vec<f32>> {
        let pieces: Vec<Vec<u32>> = texts
            .iter()
            .map(|text| self.pieces(text.as_ref()))
            .collect();
        let mut space = self.begin(&pieces);
        for layer in &self.layers {
            layer.pass(self.all(), &self.shape, &pieces, &mut space);
        }
        let mut rows = space.x.chunks_exact(self.shape.width);
        let mean = |pieces: &Vec<u32>| {
            let mut mean = vec![0.0; self.shape.width];
            for row in rows.by_ref().take(pieces.len()) {
                add_scaled(&mut mean, 1.0, row);
            }
            to_unit(&mut mean);
            mean
        };
        pieces.iter().map(mean).collect()
    }

    fn all(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }

    /// What goes into the first layer: piece, place, and the same length for all.
    fn begin(&self, texts: &[Vec<u32>]) -> Space {
        let (width, inner) = (self.shape.width, self.shape.inner);
        let count: usize = texts.iter().map(Vec::len).sum();
        let table = self.all().get(self.words.clone()).unwrap_or_default();
        let size = width / BLOCK * BLOCK_BYTES;
        let mut x = vec![0.0; count * width];
        let mut rows = x.chunks_exact_mut(width);
        for text in texts {
            let places = self.positions.chunks_exact(width);
            for ((piece, place), row) in text.iter().zip(places).zip(rows.by_ref()) {
                let at = *piece as usize * size;
                plain(table.get(at..at + size).unwrap_or_default(), row);
                add_scaled(row, 1.0, place);
            }
        }
        self.first.apply(&mut x, None, self.shape.epsilon);
        let empty = || vec![0.0; count * width];
        Space {
            query: empty(),
            key: empty(),
            value: empty(),
            mixed: empty(),
            inner: vec![0.0; count * inner],
            levels: Levels::default(),
            x,
        }
    }
}

/// The longest text with its prefix and both ends.
const MOST_TOKENS: usize = MOST_PIECES + 4;

impl Layout {
    /// What is added to every piece: we have one kind of text.
    fn kinds(&self, all: &[u8], name: &str) -> Result<Vec<f32>, FileError> {
        let width = self.shape.width;
        self.numbers(all, name, self.shape.kinds * width, width)
    }
}

impl Norm {
    fn read(layout: &Layout, all: &[u8], name: &str) -> Result<Self, FileError> {
        let width = layout.shape.width;
        Ok(Self {
            scale: layout.numbers(all, &format!("{name}.w"), width, width)?,
            shift: layout.numbers(all, &format!("{name}.b"), width, width)?,
        })
    }

    /// Adds `more`, and brings every row to mean 0 and variance 1, then to the model's own measure.
    fn apply(&self, x: &mut [f32], more: Option<&[f32]>, epsilon: f32) {
        let width = self.scale.len();
        if let Some(more) = more {
            add_scaled(x, 1.0, more);
        }
        for row in x.chunks_exact_mut(width) {
            let mean = sum_of(row, row, |a, _| a) / width as f32;
            let variance = sum_of(row, row, |a, _| (a - mean) * (a - mean)) / width as f32;
            let by = 1.0 / (variance + epsilon).sqrt();
            for ((x, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
                *x = (*x - mean) * by * scale + shift;
            }
        }
    }
}

impl Layer {
    fn read(layout: &Layout, all: &[u8], number: usize) -> Result<Self, FileError> {
        let Shape { width, inner, .. } = layout.shape;
        let matrix = |name: &str, out, inn| {
            let at = layout.matrix(all, &format!("l{number}.{name}.w"), out, inn)?;
            let bias = layout.numbers(all, &format!("l{number}.{name}.b"), out, out)?;
            Ok(Matrix::new(all, at, out, inn, bias))
        };
        Ok(Self {
            query: matrix("q", width, width)?,
            key: matrix("k", width, width)?,
            value: matrix("v", width, width)?,
            mix: matrix("ao", width, width)?,
            after_mix: Norm::read(layout, all, &format!("l{number}.aln"))?,
            widen: matrix("fi", inner, width)?,
            narrow: matrix("fo", width, inner)?,
            after_narrow: Norm::read(layout, all, &format!("l{number}.oln"))?,
        })
    }

    fn pass(&self, all: &[u8], shape: &Shape, texts: &[Vec<u32>], space: &mut Space) {
        let Space {
            x,
            query,
            key,
            value,
            mixed,
            inner,
            levels,
        } = space;
        levels.set(x);
        self.query.times(all, levels, query);
        self.key.times(all, levels, key);
        self.value.times(all, levels, value);
        let mut from = 0;
        for text in texts {
            let rows = from * shape.width..(from + text.len()) * shape.width;
            let (query, key, value) = (
                &query[rows.clone()],
                &key[rows.clone()],
                &value[rows.clone()],
            );
            attend(shape, query, key, value, &mut mixed[rows]);
            from += text.len();
        }
        levels.set(mixed);
        self.mix.times(all, levels, query);
        self.after_mix.apply(x, Some(query), shape.epsilon);
        levels.set(x);
        self.widen.times(all, levels, inner);
        for value in inner.iter_mut() {
            *value = 0.5 * *value * (1.0 + erf(*value * std::f32::consts::FRAC_1_SQRT_2));
        }
        levels.set(inner);
        self.narrow.times(all, levels, query);
        self.after_narrow.apply(x, Some(query), shape.epsilon);
    }
}

/// Every piece of one text looks at all pieces of it.
fn attend(shape: &Shape, query: &[f32], key: &[f32], value: &[f32], mixed: &mut [f32]) {
    let width = shape.width;
    let head = width / shape.heads;
    let by = 1.0 / (head as f32).sqrt();
    let mut shares = vec![0.0; query.len() / width];
    for (query, mixed) in query.chunks_exact(width).zip(mixed.chunks_exact_mut(width)) {
        for at in (0..width).step_by(head) {
            let part = at..at + head;
            for (share, key) in shares.iter_mut().zip(key.chunks_exact(width)) {
                *share = dot(&query[part.clone()], &key[part.clone()]) * by;
            }
            softmax(&mut shares);
            let mixed = &mut mixed[part.clone()];
            mixed.fill(0.0);
            for (share, value) in shares.iter().zip(value.chunks_exact(width)) {
                add_scaled(mixed, *share, &value[part.clone()]);
            }
        }
    }
}
