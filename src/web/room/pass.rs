//! What opens a room: a secret in the browser's cookie.
//!
//! The database knows a room only by hashes of its secret, so whoever has the database alone cannot open
//! one. The cookie holds the secret sealed by this instance: rooms that this instance did not open are
//! refused without a look into the database.

use crate::channel::room::ROOM;
use crate::model::Lane;
use crate::store::seal::{InstanceKey, hex};
use crate::web::App;
use crate::web::auth;
use axum::http::header::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

const COOKIE: &str = "lotse_room";
const PURPOSE: &str = "room cookie";

/// How long a browser remembers its room after the last visit, in seconds: 30 days.
pub const REMEMBERED: i64 = 30 * 24 * 60 * 60;

/// A room that the browser may open.
#[derive(Clone)]
pub struct Pass {
    cookie: String,
    /// The room's address on the channel.
    pub address: String,
    /// The lane of that address.
    pub lane: Lane,
    /// What a form of this room's pages carries to show where it comes from.
    pub check: String,
}

impl std::fmt::Debug for Pass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pass")
    }
}

impl Pass {
    /// Opens a new room. `None` if the system has no randomness left to seal with.
    pub fn new(app: &App) -> Option<Self> {
        let secret = app.ids.random();
        let sealed = app.store.key().seal(PURPOSE, &secret).ok()?;
        Some(Self::of(app.store.key(), &secret, hex(&sealed)))
    }

    /// The room of a browser, if its cookie is one of ours.
    pub fn read(app: &App, headers: &HeaderMap) -> Option<Self> {
        let name = auth::cookie_name(COOKIE, app.secure);
        let cookie = auth::cookie(headers, &name)?;
        let sealed = unhex(cookie)?;
        let secret = app.store.key().open(PURPOSE, &sealed).ok()?;
        Some(Self::of(app.store.key(), &secret, cookie.to_owned()))
    }

    fn of(key: &InstanceKey, secret: &[u8], cookie: String) -> Self {
        let address = hash(b"room address", secret);
        Self {
            cookie,
            lane: key.lane(ROOM, &address),
            address,
            check: hash(b"room form", secret)[..32].to_owned(),
        }
    }

    /// The header that makes the browser remember the room, counted from now.
    pub fn remember(&self, secure: bool) -> Option<(HeaderName, HeaderValue)> {
        let name = auth::cookie_name(COOKIE, secure);
        auth::set_cookie(&name, &self.cookie, secure, REMEMBERED)
    }

    /// A short name under which the browser keeps what it has not sent yet. Opens nothing.
    pub fn tag(&self) -> &str {
        &self.lane.0[..12]
    }
}

fn hash(label: &[u8], secret: &[u8]) -> String {
    let mut hash = Sha256::new_with_prefix(label);
    hash.update([0]);
    hash.update(secret);
    hex(&hash.finalize())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let well_formed = digits.iter().all(u8::is_ascii_hexdigit);
    if !well_formed || !digits.len().is_multiple_of(2) || digits.len() > 512 {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_one_secret_do_not_give_each_other_away() {
        let key = InstanceKey::new(&[1; 32]);
        let pass = Pass::of(&key, &[2; 32], String::new());
        assert!(!pass.address.contains(&pass.check));
        assert_eq!(pass.address.len(), 64);
        assert_ne!(
            pass.address,
            Pass::of(&key, &[3; 32], String::new()).address
        );
    }

    #[test]
    fn only_whole_bytes_are_read() {
        assert_eq!(unhex("00ff"), Some(vec![0, 255]));
        for wrong in ["0", "zz", "é", "+1"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
