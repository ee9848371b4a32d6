//! Plain data that every other room speaks of: ids, time, persons, messages, cases.
//!
//! **Architecture invariant:** nothing in here does I/O, reads a clock or draws a random number.

mod attachment;
mod case;
mod ids;
mod lang;
mod level;
mod message;
mod passage;
mod time;
mod triage;
mod value;

pub use attachment::{Album, Attached, AttachmentKind, FileRef, LARGEST_ATTACHMENT, Takes};
pub use case::{CaseEvent, CaseState, Closing};
pub use ids::{
    AttachmentId, CaseId, ConversationId, CounsellorId, IdentityId, InboxId, MessageId, NoteId,
    OrganisationId, PersonId, SessionId, TimerId,
};
pub use lang::{Direction, Lang};
pub use level::Level;
pub use message::{
    Author, ChannelId, Choice, Event, Inbound, Lane, MediaKind, Message, MessageBody,
};
pub use passage::{Passage, Way};
pub use time::{BERLIN, Lapse, LapseUnit, Timestamp};
pub use triage::{Detector, Evidence, Guess, Topic, Triage, Weaker, Zone};
pub use value::{FieldId, Value};
