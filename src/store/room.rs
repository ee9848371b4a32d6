//! What an open page of the web room shows: messages of one conversation, read by sequence number.
//!
//! Everything that was committed is shown, in whatever state of delivery: in the room, a message that
//! exists has arrived.

use super::db::{Row, Tx, args};
use super::seal::PersonKey;
use super::sql::Sql;
use super::{Store, StoreError};
use crate::model::{ConversationId, Lane, Lang, MessageBody, MessageId, PersonId, Timestamp};

/// Which messages to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The newest ones.
    Newest,
    /// The first ones after this sequence number.
    After(i64),
    /// The last ones before this sequence number.
    Before(i64),
}

/// A part of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomPage {
    /// Which conversation. It is another one after the person had everything deleted.
    pub conversation: ConversationId,
    /// The language that the person chose.
    pub lang: Option<Lang>,
    /// The lowest sequence number that is still kept; what a page shows below it was deleted.
    pub oldest: i64,
    /// The messages, oldest first.
    pub messages: Vec<RoomMessage>,
}

/// A message as the person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomMessage {
    /// Its number in the conversation.
    pub seq: i64,
    /// The id that the sender's side gave it.
    pub client_id: Option<String>,
    /// The counsellor's name, if one wrote it.
    pub counsellor: Option<String>,
    /// When it was said.
    pub at: Timestamp,
    /// What was said.
    pub body: MessageBody,
}

const FIND: Sql = Sql::both(
    "SELECT c.id, c.lang, p.id, p.key, \
     (SELECT min(m.seq) FROM messages m WHERE m.conversation_id = c.id) \
     FROM conversations c JOIN persons p ON p.id = c.person_id \
     WHERE c.lane = $1 AND p.key IS NOT NULL",
);

const AFTER: Sql = Sql::both(
    "SELECT m.id, m.seq, m.client_id, m.created_at, m.body, n.name \
     FROM messages m LEFT JOIN counsellors n ON n.id = m.counsellor_id \
     WHERE m.conversation_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3",
);

const BEFORE: Sql = Sql::both(
    "SELECT m.id, m.seq, m.client_id, m.created_at, m.body, n.name \
     FROM messages m LEFT JOIN counsellors n ON n.id = m.counsellor_id \
     WHERE m.conversation_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3",
);

/// For the test that prepares every statement.
#[cfg(test)]
const ALL: &[&Sql] = &[&FIND, &AFTER, &BEFORE];

/// The place to which a message's body is sealed.
fn purpose(id: MessageId) -> String {
    format!("messages {id}")
}

impl Store {
    /// Reads a part of a conversation. `None`: nobody has said anything on this lane, or it was deleted.
    pub async fn room_page(
        &self,
        lane: &Lane,
        span: Span,
        limit: i64,
    ) -> Result<Option<RoomPage>, StoreError> {
        self.read(async |tx| {
            let Some(found) = tx.first(&FIND, args![&lane.0]).await? else {
                return Ok(None);
            };
            let conversation = found.id(0)?;
            let person: PersonId = found.id(2)?;
            let key = self.key().unwrap_key(person, &found.blob(3)?)?;
            Ok(Some(RoomPage {
                conversation,
                lang: found.opt_text(1)?.map(|tag| Lang::new(&tag)),
                oldest: found.opt_int(4)?.unwrap_or(0),
                messages: messages(tx, conversation, &key, span, limit).await?,
            }))
        })
        .await
    }
}

async fn messages(
    tx: &mut Tx<'_>,
    conversation: ConversationId,
    key: &PersonKey,
    span: Span,
    limit: i64,
) -> Result<Vec<RoomMessage>, StoreError> {
    let (sql, from) = match span {
        Span::Newest => (&BEFORE, i64::MAX),
        Span::Before(seq) => (&BEFORE, seq),
        Span::After(seq) => (&AFTER, seq),
    };
    let rows = tx.all(sql, args![conversation, from, limit]).await?;
    let mut found = rows
        .iter()
        .filter_map(|row| message(row, key).transpose())
        .collect::<Result<Vec<_>, _>>()?;
    if !matches!(span, Span::After(_)) {
        found.reverse();
    }
    Ok(found)
}

/// `None`: its content cannot be opened. The rest of the conversation must not suffer from that.
fn message(row: &Row, key: &PersonKey) -> Result<Option<RoomMessage>, StoreError> {
    let id: MessageId = row.id(0)?;
    let opened = key.open(&purpose(id), &row.blob(4)?);
    let Some(body) = opened
        .ok()
        .and_then(|plain| serde_json::from_slice(&plain).ok())
    else {
        tracing::error!(message = %id, "a message of a room cannot be read");
        return Ok(None);
    };
    Ok(Some(RoomMessage {
        seq: row.int(1)?,
        client_id: row.opt_text(2)?,
        counsellor: row.opt_text(5)?,
        at: row.time(3)?,
        body,
    }))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::Message;
    use crate::ports::Ids as _;
    use crate::store::Write;
    use crate::store::testing::{World, on_both};
    use uuid::Uuid;

    /// Writes one message as a turn does, with person and conversation where they are missing.
    pub(crate) struct Said {
        pub(crate) store: Store,
        pub(crate) lane: Lane,
        pub(crate) id: Uuid,
        pub(crate) seq: i64,
        pub(crate) client_id: Option<String>,
        pub(crate) body: MessageBody,
    }

    const PERSON: Sql = Sql::both(
        "INSERT INTO persons (id, key, created_at) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING",
    );
    const IDENTITY: Sql = Sql::both(
        "INSERT INTO identities (id, person_id, channel, lane, address) VALUES ($1, $1, 'room', $2, $3) \
         ON CONFLICT DO NOTHING",
    );
    const CONVERSATION: Sql = Sql::both(
        "INSERT INTO conversations (id, person_id, identity_id, lane, channel, state, lang, version, next_seq, \
         created_at, updated_at) VALUES ($1, $1, $1, $2, 'room', $3, 'de', 1, 1, 0, 0) ON CONFLICT DO NOTHING",
    );
    const MESSAGE: Sql = Sql::both(
        "INSERT INTO messages (id, conversation_id, seq, direction, author, client_id, body, state, created_at) \
         VALUES ($1, $2, $3, 'out', 'bot', $4, $5, 'pending', 1795000000000)",
    );
    const ERASE: Sql = Sql::both("UPDATE persons SET key = NULL");
    const TRIM: Sql = Sql::both("DELETE FROM messages WHERE seq < 4");

    /// The conversation that [`Said`] makes for a lane.
    pub(crate) fn conversation(lane: &Lane) -> ConversationId {
        let digits = u128::from_str_radix(&lane.0, 16).unwrap();
        ConversationId(Uuid::from_u128(digits))
    }

    impl Write for Said {
        type Out = ();

        async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
            let key = PersonKey::new([9; 32]);
            let c = conversation(&self.lane);
            let wrapped = self.store.key().wrap(PersonId(c.0), &key)?;
            let body = serde_json::to_vec(&self.body)?;
            let body = key.seal(&purpose(MessageId(self.id)), &body)?;
            let lane = &self.lane.0;
            tx.run(&PERSON, args![c, wrapped]).await?;
            tx.run(&IDENTITY, args![c, lane, vec![0_u8]]).await?;
            tx.run(&CONVERSATION, args![c, lane, vec![0_u8]]).await?;
            let client = self.client_id.clone();
            let args = args![self.id.to_string(), c, self.seq, client, body];
            tx.run(&MESSAGE, args).await.map(drop)
        }
    }

    struct Run(&'static Sql);

    impl Write for Run {
        type Out = ();

        async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
            tx.run(self.0, args![]).await.map(drop)
        }
    }

    async fn conversation_of_nine(world: &World) -> Lane {
        let lane = Lane("00ff".into());
        for seq in 1..=9 {
            let body = MessageBody::Out(Message {
                key: "a/b".into(),
                text: format!("message {seq}"),
                choices: Vec::new(),
                takes: None,
                lang: Lang::new("de"),
            });
            let said = Said {
                store: world.store.clone(),
                lane: lane.clone(),
                id: world.ids.uuid(),
                seq,
                client_id: (seq == 2).then(|| "x:y".into()),
                body,
            };
            world.store.write(said).await.unwrap();
        }
        lane
    }

    async fn seqs(world: &World, lane: &Lane, span: Span) -> Vec<i64> {
        let page = world.store.room_page(lane, span, 3).await.unwrap();
        page.unwrap().messages.iter().map(|m| m.seq).collect()
    }

    #[tokio::test]
    async fn every_statement_can_be_prepared() {
        on_both(async |world: World| {
            world.prepares(&[("room", ALL)]).await;
        })
        .await;
    }

    #[tokio::test]
    async fn any_part_of_a_conversation_can_be_read_in_its_order() {
        on_both(async |world: World| {
            let lane = conversation_of_nine(&world).await;
            assert_eq!(seqs(&world, &lane, Span::Newest).await, [7, 8, 9]);
            assert_eq!(seqs(&world, &lane, Span::After(1)).await, [2, 3, 4]);
            assert_eq!(seqs(&world, &lane, Span::After(9)).await, [0; 0]);
            assert_eq!(seqs(&world, &lane, Span::Before(3)).await, [1, 2]);
            let page = world.store.room_page(&lane, Span::After(1), 1).await;
            let page = page.unwrap().unwrap();
            assert_eq!(page.conversation, conversation(&lane));
            assert_eq!(page.oldest, 1);
            assert_eq!(page.lang, Some(Lang::new("de")));
            assert_eq!(page.messages[0].client_id.as_deref(), Some("x:y"));
            world.store.write(Run(&TRIM)).await.unwrap();
            let page = world.store.room_page(&lane, Span::Newest, 1).await;
            assert_eq!(page.unwrap().unwrap().oldest, 4);
        })
        .await;
    }

    #[tokio::test]
    async fn an_erased_person_and_an_unknown_lane_have_no_conversation() {
        on_both(async |world: World| {
            let lane = conversation_of_nine(&world).await;
            let nobody = Lane("00fe".into());
            let page = world.store.room_page(&nobody, Span::Newest, 3).await;
            assert_eq!(page.unwrap(), None);
            world.store.write(Run(&ERASE)).await.unwrap();
            let page = world.store.room_page(&lane, Span::Newest, 3).await;
            assert_eq!(page.unwrap(), None);
        })
        .await;
    }
}
