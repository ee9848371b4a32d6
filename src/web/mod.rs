//! Pages and the API: the console of the counsellors, the web room, webhooks, health.

pub mod assets;
pub mod auth;
pub mod console;
pub mod error;
pub mod headers;
pub mod preview;
pub mod room;
pub mod server;

pub use error::WebError;

use crate::content::Content;
use crate::model::Timestamp;
pub use crate::ports::Accept;
use crate::ports::{Clock, Ids};
use crate::runtime::Hub;
use crate::store::Store;
use arc_swap::ArcSwap;
use std::sync::Arc;

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The content that is live.
    pub content: Arc<ArcSwap<Content>>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Ids and secrets.
    pub ids: Arc<dyn Ids>,
    /// News for open pages.
    pub hub: Arc<Hub>,
    /// The way into the inbox.
    pub accept: Arc<dyn Accept>,
    /// `true` where the pages are reached by HTTPS: cookies are then marked `Secure`.
    pub secure: bool,
}

impl App {
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
