//! Whose turn is being written.

use crate::model::{ChannelId, ConversationId, IdentityId, PersonId};

/// The person of a turn, and where they are talked to.
#[derive(Clone, Copy, Debug)]
pub struct Whose {
    /// The channel.
    pub channel: ChannelId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The person.
    pub person: PersonId,
    /// The address.
    pub identity: IdentityId,
}
