//! A counsellor writes to the person. The same form sent twice says it once.

use super::row::CaseRow;
use super::{Answer, By, Denied, Desk, Done, Voice};
use crate::content::{Arg, Content};
use crate::engine;
use crate::model::{CaseEvent, CaseId, Direction, Lang, Message};
use crate::store::alarms;
use crate::store::db::{Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError, Write};
use std::sync::Arc;

/// The key of a counsellor's message. Its first line says who writes; the words follow.
pub const KEY: &str = "desk:reply";

/// The longest reply, in characters. Channels split it to their own limits.
pub const LONGEST: usize = 8000;

const SAID_ALREADY: Sql = Sql::both(
    "SELECT 1 FROM messages WHERE conversation_id = $1 AND client_id = $2 AND direction = 'out'",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&SAID_ALREADY];

struct Reply {
    desk: Desk,
    case: CaseId,
    words: String,
    client_id: String,
    own_lang: Lang,
}

impl Store {
    /// Sends a reply. `client_id` is the form's own id: if it was seen before, nothing is sent again.
    /// `own_lang` is the counsellor's language. The words are trimmed, not empty, and not longer than
    /// [`LONGEST`]; the caller has seen to that.
    pub async fn reply(
        &self,
        by: By,
        content: Arc<Content>,
        case: CaseId,
        words: String,
        client_id: String,
        own_lang: Lang,
    ) -> Answer<Done> {
        let key = self.shared_key();
        let desk = Desk { by, key, content };
        self.write(Reply {
            desk,
            case,
            words,
            client_id,
            own_lang,
        })
        .await
    }
}

impl Write for Reply {
    type Out = Result<Done, Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Out, StoreError> {
        let by = &self.desk.by;
        let Some(case) = CaseRow::lock(tx, self.case).await? else {
            return Ok(Err(Denied::NotThere));
        };
        let rights = case.rights(&by.viewer);
        if !rights.sight.card() {
            return Ok(Err(Denied::NotThere));
        }
        let said = args![case.conversation, &self.client_id];
        if tx.first(&SAID_ALREADY, said).await?.is_some() {
            return Ok(Ok(case.done()));
        }
        let mut to = match case.after(CaseEvent::Reply) {
            Ok(to) => to,
            Err(denied) => return Ok(Err(denied)),
        };
        if !rights.reply {
            let by = case.holder.clone().unwrap_or_default();
            return Ok(Err(Denied::Taken { by }));
        }
        to.first_reply_at = to.first_reply_at.or(Some(by.now));
        to.lease_until = None;
        to.unread = 0;
        case.store(tx, &to, by.now).await?;
        alarms::end(tx, case.id).await?;
        let message = self.message(&case);
        let voice = Voice::Counsellor(&self.client_id);
        self.desk.say(tx, &case, voice, message).await?;
        self.desk.audit(tx, "replied", Some(case.id)).await?;
        Ok(Ok(case.done()))
    }
}

impl Reply {
    fn message(&self, case: &CaseRow) -> Message {
        let name = [("name", Arg::Text(self.desk.by.name.clone()))];
        let intro = engine::system(&self.desk.content, &case.lang, "counsellor-says", &name);
        Message {
            key: KEY.into(),
            text: format!("{}\n{}", intro.text, self.words),
            choices: Vec::new(),
            takes: None,
            lang: language(&self.words, &case.lang, &self.own_lang),
        }
    }
}

/// The words of a counsellor's message without the line that says who writes.
pub fn words(message: &Message) -> &str {
    match message.key.as_str() {
        KEY => message.text.split_once('\n').map_or("", |(_, words)| words),
        _ => &message.text,
    }
}

/// The language to mark a reply with, so that it is shown in the direction in which it was written.
/// A counsellor writes in the person's language or in their own; script tells these apart where it matters.
fn language(words: &str, person: &Lang, own: &Lang) -> Lang {
    match (direction(words), person.direction(), own.direction()) {
        (None, ..) => person.clone(),
        (Some(written), theirs, _) if written == theirs => person.clone(),
        (Some(written), _, ours) if written == ours => own.clone(),
        (Some(Direction::Rtl), ..) => Lang::new("ar"),
        (Some(Direction::Ltr), ..) => Lang::new("de"),
    }
}

/// The direction of the first letter that has one.
fn direction(text: &str) -> Option<Direction> {
    text.chars().find(|c| c.is_alphabetic()).map(|c| match c {
        // Hebrew, Arabic, Syriac, Thaana and their presentation forms.
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
            Direction::Rtl
        }
        _ => Direction::Ltr,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_marked_with_the_language_whose_direction_it_has() {
        let (de, ar, fa, ti) = (
            Lang::new("de"),
            Lang::new("ar"),
            Lang::new("fa"),
            Lang::new("ti"),
        );
        for (words, person, own, marked) in [
            ("Guten Tag", &ar, &de, "de"),
            ("1) مرحبا", &ar, &de, "ar"),
            ("سلام", &fa, &de, "fa"),
            ("Guten Tag", &ti, &de, "ti"),
            ("مرحبا", &ti, &de, "ar"),
            ("112", &ar, &de, "ar"),
        ] {
            assert_eq!(language(words, person, own).as_str(), marked, "{words}");
        }
    }
}
