//! A Telegram that runs inside the test: the Bot API over HTTP on one side, people on the other.
//!
//! ```ignore
//! let sim = TelegramSim::start().await;
//! // … point a bot, in this process or another one, at sim.base_url() with sim.token() …
//! let amira = sim.user(7).language("ar").name("Amira");
//! amira.start("");
//! let menu = amira.wait_for(|message| message.text.contains("مرحبا"), LIMIT).await;
//! amira.tap("العربية");
//! ```
//!
//! The server keeps its state while bots come and go, so a bot can be killed and started again.
//! Nothing here polls or sleeps: every wait ends with the event it waits for, or at its limit.

mod chats;
mod faults;
mod html;
mod keyboard;
mod line;
mod methods;
mod outgoing;
mod params;
mod people;
mod record;
mod refusal;
mod server;
mod updates;
mod user;
mod webhook;
mod world;

pub use chats::SimMessage;
pub use faults::{ANY_METHOD, Fault};
pub use keyboard::ButtonAction;
pub use record::{Call, Counters, Outcome};
pub use user::SimUser;

use faults::{Frequency, Rule};
use line::{CuttableListener, Line, Lines};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use world::{BOT_ID, BOT_TOKEN, BOT_USERNAME, Shared, World};

/// What a person sees of a text in the Bot API's HTML.
///
/// # Panics
/// If Telegram would refuse it.
pub fn as_shown(html: &str) -> String {
    match html::parse_html(html) {
        Ok(shown) => shown.text,
        Err(refusal) => panic!("{refusal:?}: {html}"),
    }
}

/// How a simulator runs.
#[derive(Debug, Clone)]
pub struct SimOptions {
    /// Decides everything that is left to chance.
    pub seed: u64,
    /// How long one second of Telegram's pauses between webhook retries lasts.
    pub second: Duration,
}

impl Default for SimOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            second: Duration::from_millis(5),
        }
    }
}

/// A running simulator; dropping it closes the port.
#[derive(Debug)]
pub struct TelegramSim {
    shared: Arc<Shared>,
    lines: Arc<Lines>,
    address: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
}

impl TelegramSim {
    /// Starts on a free port of this machine.
    pub async fn start() -> Self {
        Self::start_with(SimOptions::default()).await
    }

    /// Starts with other options than the usual ones.
    pub async fn start_with(options: SimOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the address of the port");
        let shared = Arc::new(Shared::new(options.seed, options.second));
        let lines = Arc::new(Lines::default());
        let listener = CuttableListener {
            listener,
            shared: shared.clone(),
            lines: lines.clone(),
        };
        let service = server::router(shared.clone()).into_make_service_with_connect_info::<Line>();
        let serving = tokio::spawn(async move {
            axum::serve(listener, service)
                .await
                .expect("the server runs until it is aborted");
        });
        let delivering = tokio::spawn(webhook::deliver(shared.clone()));
        Self {
            shared,
            lines,
            address,
            tasks: vec![serving, delivering],
        }
    }

    /// Where bots find the Bot API, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bot's token.
    pub fn token(&self) -> &'static str {
        BOT_TOKEN
    }

    /// The bot's own user id.
    pub fn bot_id(&self) -> i64 {
        BOT_ID
    }

    /// The bot's name, without the `@`.
    pub fn bot_username(&self) -> &'static str {
        BOT_USERNAME
    }

    /// A person; the same id is the same person, and the id is also that of the private chat.
    pub fn user(&self, id: i64) -> SimUser {
        self.shared.change(|world| {
            world.person(id);
        });
        SimUser::new(self.shared.clone(), id)
    }

    /// Plans a fault for a method (or [`ANY_METHOD`]); say next how often it strikes.
    pub fn fail(&self, method: &str, fault: Fault) -> PlannedFault<'_> {
        assert!(
            method == ANY_METHOD || methods::find(method).is_some(),
            "no such method: {method}"
        );
        PlannedFault {
            sim: self,
            method: method.to_ascii_lowercase(),
            chat: None,
            fault,
        }
    }

    /// From now on, each update that the bot confirms comes once more with this probability.
    pub fn repeat_updates(&self, chance: f64) {
        self.shared
            .change(|world| world.faults.repeated_updates = chance);
    }

    /// Delivers the newest update once more, under its old id.
    pub fn repeat_latest_update(&self) {
        self.shared.change(|world| world.updates.repeat_latest());
    }

    /// Takes back all planned faults.
    pub fn clear_faults(&self) {
        self.shared.change(|world| world.faults.clear());
    }

    /// Sends an update of a kind that does not exist yet; gives its id.
    pub fn send_unknown_update(&self) -> i64 {
        self.inject_update(
            None,
            json!({ "mind_reading": { "id": "1", "thought": "…" } }),
        )
    }

    /// Sends an update of a known kind with the wrong shape; gives its id.
    pub fn send_undecodable_update(&self) -> i64 {
        self.inject_update(
            None,
            json!({ "message": { "message_id": "not a number", "chat": 17 } }),
        )
    }

    /// Sends any JSON object as an update, with an update id added; gives that id.
    ///
    /// Updates with the same `chat` reach a webhook one after the other.
    pub fn inject_update(&self, chat: Option<i64>, body: Value) -> i64 {
        self.shared
            .change(|world| world.updates.push_raw(chat, body))
    }

    /// Everything the bot called, in order of arrival.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.world().record.calls.clone()
    }

    /// The calls of one method.
    pub fn calls_of(&self, method: &str) -> Vec<Call> {
        let world = self.shared.world();
        world
            .record
            .calls
            .iter()
            .filter(|call| call.method == method)
            .cloned()
            .collect()
    }

    /// Waits for a call that fits, and that has come to an end; looks through earlier calls too.
    pub async fn wait_for_call(&self, fits: impl Fn(&Call) -> bool, limit: Duration) -> Call {
        let found = self
            .shared
            .wait_until(limit, |world| {
                world
                    .record
                    .calls
                    .iter()
                    .find(|call| call.outcome.is_some() && fits(call))
                    .cloned()
            })
            .await;
        found.unwrap_or_else(|| {
            let methods: Vec<String> = self.calls().into_iter().map(|call| call.method).collect();
            panic!("no such call within {limit:?}; there were: {methods:?}")
        })
    }

    /// Waits until `count` calls of a method have arrived; they need not have ended, as a long poll.
    pub async fn wait_for_arrival(&self, method: &str, count: usize, limit: Duration) {
        let arrived = |world: &World| {
            world
                .record
                .calls
                .iter()
                .filter(|call| call.method == method)
                .count()
        };
        let done = self
            .shared
            .wait_until(limit, |world| (arrived(world) >= count).then_some(()))
            .await;
        assert!(
            done.is_some(),
            "{} calls of {method} within {limit:?}",
            arrived(&self.shared.world())
        );
    }

    /// The counters so far.
    pub fn counters(&self) -> Counters {
        self.shared.world().record.counters.clone()
    }

    /// Waits until the counters are as wanted.
    pub async fn wait_for_counters(&self, wanted: impl Fn(&Counters) -> bool, limit: Duration) {
        let done = self
            .shared
            .wait_until(limit, |world| wanted(&world.record.counters).then_some(()))
            .await;
        assert!(
            done.is_some(),
            "not as wanted within {limit:?}: {:?}",
            self.counters()
        );
    }

    /// How many updates the bot has not confirmed yet.
    pub fn pending_updates(&self) -> usize {
        let world = self.shared.world();
        world.updates.waiting.len() + world.updates.repeats.len()
    }

    /// Waits until the bot has confirmed every update.
    pub async fn wait_until_all_taken(&self, limit: Duration) {
        let empty =
            |world: &World| world.updates.waiting.is_empty() && world.updates.repeats.is_empty();
        let done = self
            .shared
            .wait_until(limit, |world| empty(world).then_some(()))
            .await;
        assert!(
            done.is_some(),
            "{} updates not taken within {limit:?}",
            self.pending_updates()
        );
    }

    /// The bot's messages in a chat that still stand; for groups, where there is no single person.
    pub fn messages_in(&self, chat_id: i64) -> Vec<SimMessage> {
        let world = self.shared.world();
        world
            .chats
            .get(&chat_id)
            .map(chats::Chat::bot_messages)
            .unwrap_or_default()
    }

    /// [`SimUser::wait_for`] for any chat.
    pub async fn wait_for_in(
        &self,
        chat_id: i64,
        fits: impl Fn(&SimMessage) -> bool,
        limit: Duration,
    ) -> SimMessage {
        user::wait_for(&self.shared, chat_id, fits, limit).await
    }

    /// Looks like an outage: cuts every connection, takes no new ones and stops webhook deliveries.
    ///
    /// People can go on writing; their messages wait.
    pub fn pause(&self) {
        self.shared.change(|world| world.paused = true);
        self.lines.cut_all();
    }

    /// Ends the outage.
    pub fn resume(&self) {
        self.shared.change(|world| world.paused = false);
    }
}

impl Drop for TelegramSim {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.lines.cut_all();
    }
}

/// A fault that still has to learn how often it strikes.
#[must_use = "a fault strikes only after .times(…) or .chance(…)"]
pub struct PlannedFault<'a> {
    sim: &'a TelegramSim,
    method: String,
    chat: Option<i64>,
    fault: Fault,
}

impl PlannedFault<'_> {
    /// Strikes only calls about this chat.
    pub fn in_chat(mut self, chat_id: i64) -> Self {
        self.chat = Some(chat_id);
        self
    }

    /// Strikes the next `count` calls.
    pub fn times(self, count: u32) {
        self.plan(Frequency::Times(count));
    }

    /// Strikes each call with this probability, from 0 to 1.
    pub fn chance(self, chance: f64) {
        self.plan(Frequency::Chance(chance));
    }

    fn plan(self, frequency: Frequency) {
        let rule = Rule {
            method: self.method,
            chat: self.chat,
            fault: self.fault,
            frequency,
        };
        self.sim.shared.change(|world| world.faults.add(rule));
    }
}
