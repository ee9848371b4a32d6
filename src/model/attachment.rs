//! Photos and files that a person sends: what conversations and cases know of them. Never their content.

use super::{AttachmentId, MediaKind};
use serde::{Deserialize, Serialize};

/// The most bytes that one may have: 10 MB.
pub const LARGEST_ATTACHMENT: u64 = 10 * 1000 * 1000;

/// Kinds of attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttachmentKind {
    /// A photo, or an image sent as a file.
    Photo,
    /// Another file.
    File,
}

impl AttachmentKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Photo, Self::File];

    /// The word used in flow files and transcripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::File => "file",
        }
    }

    /// The kind with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl From<AttachmentKind> for MediaKind {
    fn from(kind: AttachmentKind) -> Self {
        match kind {
            AttachmentKind::Photo => Self::Photo,
            AttachmentKind::File => Self::File,
        }
    }
}

impl MediaKind {
    /// The kind of attachment that it is, if it can be passed on.
    pub fn attachment(self) -> Option<AttachmentKind> {
        match self {
            Self::Photo => Some(AttachmentKind::Photo),
            Self::File => Some(AttachmentKind::File),
            Self::Sticker | Self::Voice | Self::Location | Self::Contact | Self::Other => None,
        }
    }
}

/// A photo or a file that is kept elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attached {
    /// Its id.
    pub id: AttachmentId,
    /// What it is.
    pub kind: AttachmentKind,
    /// How many bytes the network says that it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

impl Attached {
    /// Whether it is known to be larger than what is taken.
    pub fn is_too_large(&self) -> bool {
        self.size.is_some_and(|size| size > LARGEST_ATTACHMENT)
    }
}

/// Photos or files that were sent together: one deed of the person, though each comes as an update of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Album {
    /// What the network calls it; the same for all that belong together.
    pub id: String,
    /// How many belong together, where the network says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
}

/// What a question takes besides words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Takes {
    /// What may be sent.
    pub kinds: Vec<AttachmentKind>,
    /// How many more.
    pub most: usize,
}

/// Where a photo or a file lies that a person sent: the network's own name for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// What the network calls it. Whoever knows it can fetch the content: never logged, stored only sealed.
    pub reference: String,
    /// How many bytes the network says that it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}
