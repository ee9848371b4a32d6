//! One newtype per kind of thing that has an id, so that they cannot be mixed up.
//!
//! Ids are UUIDv7: they sort by the time at which they were made. They are made at the edges
//! (see `ports::Ids`) and arrive here as values.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }
    )*};
}

id! {
    /// A person seeking advice. A pseudonym: no name belongs to it.
    PersonId;
    /// One address of a person on one channel.
    IdentityId;
    /// What one person and lotse say to each other on one channel.
    ConversationId;
    /// One message of a conversation, in either direction.
    MessageId;
    /// One raw update as a channel delivered it.
    InboxId;
    /// A case that counsellors work on.
    CaseId;
    /// A counsellor's private note on a case.
    NoteId;
    /// An organisation that counsels: the online pilot, a local project …
    OrganisationId;
    /// A counsellor's account.
    CounsellorId;
    /// A counsellor's sign-in on one browser.
    SessionId;
    /// Something that is due at a later time.
    TimerId;
    /// A photo or a file that a person sent.
    AttachmentId;
}
