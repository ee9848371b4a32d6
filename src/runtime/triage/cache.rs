//! What was learned, kept in the data folder: vectors of examples; the head and the second opinion.
//!
//! ```text
//! vectors-<weights>.bin   "LV1\n"  numbers in a vector u32, vectors u32, then for each: key 32 bytes, its numbers f32
//! head-<examples>.bin     "LH1\n"  numbers in a vector u32, numbers u32, then these as f32
//! ```
//!
//! Both end with the SHA-256 of everything before. A file that is not as it should be counts as none; everything in here
//! can be made again, it only takes time.

use crate::store::seal::hex;
use crate::triage::{Head, Learned, Lessons, Second};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// What a vector belongs to: weights and text.
pub(super) type Key = [u8; 32];

const VECTORS: &[u8; 4] = b"LV1\n";
const HEAD: &[u8; 4] = b"LH1\n";
/// Changes whenever learning itself changes, so that no old head is taken for a new one.
const WAY_OF_LEARNING: &[u8] = b"5";

/// The key of a text's vector.
pub(super) fn key(weights: &[u8; 32], text: &str) -> Key {
    Sha256::new()
        .chain_update(weights)
        .chain_update(text)
        .finalize()
        .into()
}

/// The key of a head: weights and all examples with their classes.
pub(super) fn key_of_all(weights: &[u8; 32], lessons: &Lessons) -> Key {
    let mut hash = Sha256::new()
        .chain_update(WAY_OF_LEARNING)
        .chain_update(weights);
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    for (class, danger) in lessons.classes.iter().zip(&lessons.danger) {
        add(class);
        add(&danger.to_string());
    }
    for lesson in &lessons.items {
        let sounds = lesson.sounds.map(|class| class.to_string());
        add(&lesson.class.to_string());
        add(&sounds.unwrap_or_default());
        add(&lesson.text);
    }
    hash.finalize().into()
}

/// Where these files are.
pub(super) struct Cache<'f> {
    pub folder: &'f Path,
}

impl Cache<'_> {
    fn vectors_file(&self, weights: &[u8; 32]) -> PathBuf {
        self.folder
            .join(format!("vectors-{}.bin", hex(&weights[..8])))
    }

    fn head_file(&self, key: &Key) -> PathBuf {
        self.folder.join(format!("head-{}.bin", hex(&key[..8])))
    }

    /// All vectors that these weights made.
    pub fn vectors(&self, weights: &[u8; 32], width: usize) -> HashMap<Key, Vec<f32>> {
        self.read_vectors(weights, width).unwrap_or_default()
    }

    /// Vector by vector: the whole file would be as much memory again.
    fn read_vectors(&self, weights: &[u8; 32], width: usize) -> Option<HashMap<Key, Vec<f32>>> {
        let file = File::open(self.vectors_file(weights)).ok()?;
        let length = file.metadata().ok()?.len();
        let mut file = BufReader::new(file);
        let mut hash = Sha256::new();
        let mut next = |bytes: &mut [u8]| {
            file.read_exact(bytes).ok()?;
            hash.update(&*bytes);
            Some(())
        };
        let mut head = [0; 12];
        next(&mut head)?;
        let (numbers, count) = (le(&head, 4)? as usize, le(&head, 8)?);
        let size = 32 + width * 4;
        let body = u64::from(count) * size as u64;
        if !head.starts_with(VECTORS) || numbers != width || length != 12 + body + 32 {
            return None;
        }
        let mut known = HashMap::with_capacity(count as usize);
        let mut entry = vec![0; size];
        for _ in 0..count {
            next(&mut entry)?;
            known.insert(*entry.first_chunk()?, floats(&entry[32..]));
        }
        let mut seal = [0; 32];
        file.read_exact(&mut seal).ok()?;
        (hash.finalize().as_slice() == seal).then_some(known)
    }

    /// Keeps vectors, and forgets all others.
    pub fn keep_vectors<'v>(
        &self,
        weights: &[u8; 32],
        width: usize,
        vectors: impl ExactSizeIterator<Item = (&'v Key, &'v Vec<f32>)>,
    ) -> io::Result<()> {
        let mut bytes = begun(VECTORS, width, vectors.len());
        for (key, vector) in vectors {
            bytes.extend_from_slice(key);
            bytes.extend(vector.iter().flat_map(|v| v.to_le_bytes()));
        }
        self.put("vectors-", &self.vectors_file(weights), bytes)
    }

    /// The mean, the head and the values of the second opinion that were learned from these examples.
    pub fn head(
        &self,
        key: &Key,
        width: usize,
        lessons: &Lessons,
    ) -> Option<(Vec<f32>, Head, Vec<f32>)> {
        let bytes = fs::read(self.head_file(key)).ok()?;
        let (of, count, body) = opened(&bytes, HEAD)?;
        let head = lessons.heads() * (width + 1);
        let wanted = width + head + Second::size(lessons);
        if of != width || count != wanted || body.len() != wanted * 4 {
            return None;
        }
        let mut mean = floats(body);
        let mut values = mean.split_off(width);
        let second = values.split_off(head);
        Some((mean, Head::of(width, values), second))
    }

    /// Keeps mean, head and second opinion, and forgets all others.
    pub fn keep_head(&self, key: &Key, learned: &Learned) -> io::Result<()> {
        let parts = [
            &learned.mean[..],
            learned.head.values(),
            learned.second.values(),
        ];
        let values = parts.concat();
        let mut bytes = begun(HEAD, learned.mean.len(), values.len());
        bytes.extend(values.iter().flat_map(|v| v.to_le_bytes()));
        self.put("head-", &self.head_file(key), bytes)
    }

    /// Writes a file whole or not at all, and removes others of its kind.
    fn put(&self, kind: &str, path: &Path, mut bytes: Vec<u8>) -> io::Result<()> {
        let seal = Sha256::digest(&bytes);
        bytes.extend_from_slice(&seal);
        fs::create_dir_all(self.folder)?;
        let new = path.with_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&new, path)?;
        for other in fs::read_dir(self.folder)?.flatten() {
            let name = other.file_name();
            let same_kind = name
                .to_str()
                .is_some_and(|n| n.starts_with(kind) && n.ends_with(".bin"));
            if same_kind && other.path() != path {
                fs::remove_file(other.path())?;
            }
        }
        Ok(())
    }
}

fn begun(kind: &[u8; 4], width: usize, count: usize) -> Vec<u8> {
    let mut bytes = kind.to_vec();
    bytes.extend((width as u32).to_le_bytes());
    bytes.extend((count as u32).to_le_bytes());
    bytes
}

/// The two numbers and the rest of a file of this kind that nobody has changed.
fn opened<'b>(bytes: &'b [u8], kind: &[u8; 4]) -> Option<(usize, usize, &'b [u8])> {
    let (body, seal) = bytes.split_last_chunk::<32>()?;
    if Sha256::digest(body).as_slice() != seal {
        return None;
    }
    let (head, body) = body.split_first_chunk::<12>()?;
    let number = |at: usize| Some(le(head, at)? as usize);
    (head.starts_with(kind)).then_some((number(4)?, number(8)?, body))
}

/// A number at a place.
fn le(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|b| f32::from_le_bytes(*b)).collect()
}
