//! Simulated people: they sit in the web room and talk through its way into the inbox.

use super::script::{Dice, Heard, Next, Person};
use crate::channel::room::{ROOM, Wire};
use crate::cli::instance::Instance;
use crate::content::Content;
use crate::model::{Lane, MessageBody};
use crate::store::room::Span;
use crate::store::seal::hex;
use crate::web::App;
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How often a person looks at the screen.
const LOOK: Duration = Duration::from_millis(1500);

/// Lets so many people come, one after the other, until the instance stops.
pub fn spawn(instance: &Instance, people: u16) {
    for _ in 0..people {
        let seat = Seat {
            app: instance.app.clone(),
            content: Arc::clone(&instance.app.content),
        };
        instance.beside(seat.taken());
    }
}

/// A place in the room: when somebody leaves, somebody else comes.
struct Seat {
    app: App,
    content: Arc<ArcSwap<Content>>,
}

/// Somebody on a seat: where their words go, and what they have read.
struct Visit {
    address: String,
    lane: Lane,
    read: i64,
    said: u64,
}

impl Seat {
    async fn taken(self) {
        loop {
            let pause = self.visit().await;
            sleep(pause).await;
        }
    }

    /// One person, from coming to leaving; how long the seat stays empty then.
    async fn visit(&self) -> Duration {
        let random = self.app.ids.random();
        let address = hex(&random);
        let lane = self.app.store.key().lane(ROOM, &address);
        let mut visit = Visit {
            address,
            lane,
            read: 0,
            said: 0,
        };
        let seed = random
            .first_chunk()
            .map_or(1, |eight: &[u8; 8]| u64::from_le_bytes(*eight));
        let mut person = Person::new(&self.content.load(), self.app.now().date(), Dice::new(seed));
        let mut next = person.begin();
        loop {
            next = match next {
                Next::Do(did, after) => {
                    sleep(after).await;
                    visit.said += 1;
                    let wire = Wire {
                        id: format!("{}:{}", visit.lane.0, visit.said),
                        address: visit.address.clone(),
                        lang: Some(person.lang.to_string()),
                        did,
                    };
                    if self
                        .app
                        .accept
                        .accept(ROOM, vec![wire.raw()])
                        .await
                        .is_err()
                    {
                        return LOOK * 20;
                    }
                    // What is answered is answered soon; if nothing is, a human has the turn.
                    self.listen(&mut visit, &mut person, Duration::from_secs(60))
                        .await
                }
                Next::Wait(longest) => self.listen(&mut visit, &mut person, longest).await,
                Next::Leave(pause) => return pause,
            };
        }
    }

    /// Waits until something is said.
    async fn listen(&self, visit: &mut Visit, person: &mut Person, longest: Duration) -> Next {
        let until = Instant::now() + longest;
        loop {
            sleep(LOOK).await;
            let heard = self.read(visit).await;
            if !heard.is_empty() {
                return person.answer(&self.content.load(), &heard);
            }
            if Instant::now() >= until {
                return person.patience_ends();
            }
        }
    }

    /// What was said to the person since they last looked.
    async fn read(&self, visit: &mut Visit) -> Vec<Heard> {
        let page = self
            .app
            .store
            .room_page(&visit.lane, Span::After(visit.read), 50)
            .await;
        let mut heard = Vec::new();
        for message in page.ok().flatten().into_iter().flat_map(|p| p.messages) {
            visit.read = visit.read.max(message.seq);
            if let MessageBody::Out(said) = message.body {
                heard.push(Heard {
                    message: said,
                    counsellor: message.counsellor.is_some(),
                });
            }
        }
        heard
    }
}
