//! A telephone with Telegram, in the simulator.

use super::{Act, Device, Seen};
use crate::support::lotse::PATIENCE;
use crate::support::telegram::{SimUser, as_shown};
use lotse::channel::telegram::{Client, Telegram};
use lotse::model::Message;
use lotse::ports::Channel as _;

/// A person's telephone.
pub struct Telephone<'c> {
    person: SimUser,
    /// Renders as the program does; calls nobody.
    channel: &'c Telegram,
}

impl<'c> Telephone<'c> {
    /// What many telephones render with.
    pub fn channel() -> Telegram {
        let client = Client::new("http://127.0.0.1:1", "1:none".to_owned().into());
        Telegram::new(client.expect("a client"))
    }

    /// Of this person.
    pub fn of(person: SimUser, channel: &'c Telegram) -> Self {
        Self { person, channel }
    }
}

impl Device for Telephone<'_> {
    const NAME: &'static str = "Telegram";

    fn looks(&self, message: &Message) -> Vec<Seen> {
        let parts = self.channel.render(message).into_iter();
        parts
            .map(|part| Seen {
                text: as_shown(&part.text),
                buttons: part.buttons.into_iter().map(|(label, _)| label).collect(),
            })
            .collect()
    }

    async fn act(&mut self, act: &Act) -> Result<(), String> {
        match act {
            Act::Start => _ = self.person.start(""),
            Act::Write(words) => _ = self.person.send_text(words),
            Act::Tap { label, .. } => {
                let messages = self.person.messages();
                let asking = messages.iter().rev().find(|m| !m.buttons.is_empty());
                if asking.and_then(|m| m.button(label)).is_none() {
                    return Err(format!("  there is no button [{label}]\n"));
                }
                self.person.tap(label);
            }
        }
        Ok(())
    }

    async fn next(&mut self) -> Result<Seen, String> {
        let message = self.person.next(PATIENCE).await;
        let message = message.ok_or_else(|| format!("not within {PATIENCE:?}"))?;
        Ok(Seen {
            buttons: message.labels().into_iter().map(str::to_owned).collect(),
            text: message.text,
        })
    }
}
