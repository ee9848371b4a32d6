//! Sealing of contents: XChaCha20-Poly1305 under a key per person, which is itself wrapped by the
//! instance key. Erasing a person means destroying that one key: every text, address and summary of
//! theirs becomes noise at once. (A backup made before holds the wrapped key still; docs/operating.md
//! says for how long to keep backups.)
//!
//! Each ciphertext is bound to the place where it stands (`purpose`), so that a row cannot be moved
//! to another person or column unnoticed. Layout: nonce (24 bytes), ciphertext, tag (16 bytes).

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::model::{ChannelId, Lane, PersonId};

const NONCE: usize = 24;

/// A ciphertext could not be opened: wrong key, or somebody changed it.
#[derive(Debug, thiserror::Error, PartialEq, Eq, Clone, Copy)]
#[error("a sealed content cannot be opened with this instance's key")]
pub struct SealBroken;

/// The key of this instance. Whoever has it and the database can read everything.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct InstanceKey {
    wrap: [u8; 32],
    address: [u8; 32],
}

/// The key of one person.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PersonKey([u8; 32]);

impl std::fmt::Debug for InstanceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InstanceKey")
    }
}

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonKey")
    }
}

impl InstanceKey {
    /// Derives the working keys from 32 random bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self {
            wrap: derive(secret, b"wrap person keys"),
            address: derive(secret, b"address hash"),
        }
    }

    /// Seals something that belongs to no person yet (a raw update before it was read).
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        seal(&self.wrap, purpose, plain)
    }

    /// The reverse of [`InstanceKey::seal`].
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        open(&self.wrap, purpose, sealed)
    }

    /// Wraps a person's key for the database.
    pub fn wrap(&self, person: PersonId, key: &PersonKey) -> Result<Vec<u8>, SealBroken> {
        seal(&self.wrap, &format!("person {person}"), &key.0)
    }

    /// The reverse of [`InstanceKey::wrap`].
    pub fn unwrap_key(&self, person: PersonId, wrapped: &[u8]) -> Result<PersonKey, SealBroken> {
        let plain = open(&self.wrap, &format!("person {person}"), wrapped)?;
        Ok(PersonKey(plain.try_into().map_err(|_| SealBroken)?))
    }

    /// A word that only who has the key can make, always the same for the same purpose.
    pub fn word(&self, purpose: &str) -> String {
        let mut hash = mac(&self.address);
        // No channel's name is empty, so a word is never a lane.
        hash.update(&[0]);
        hash.update(purpose.as_bytes());
        hex(&hash.finalize().into_bytes())
    }

    /// The lane of an address: the same address always gives the same lane, and a lane does not give
    /// the address away to somebody who has the database but not the key.
    pub fn lane(&self, channel: ChannelId, address: &str) -> Lane {
        let mut hash = mac(&self.address);
        hash.update(channel.0.as_bytes());
        hash.update(&[0]);
        hash.update(address.as_bytes());
        Lane(hex(&hash.finalize().into_bytes()[..16]))
    }
}

impl PersonKey {
    /// Makes a key of 32 random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Seals a content; `purpose` names the place where it will stand.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        seal(&self.0, purpose, plain)
    }

    /// The reverse of [`PersonKey::seal`].
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        open(&self.0, purpose, sealed)
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
            use std::fmt::Write as _;
            let _ = write!(out, "{b:02x}");
            out
        })
}

fn mac(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC takes keys of any length; 32 bytes cannot be refused.
    #[expect(clippy::expect_used, reason = "HMAC accepts keys of every length")]
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes any key length")
}

fn derive(secret: &[u8; 32], label: &[u8]) -> [u8; 32] {
    let mut hash = mac(secret);
    hash.update(label);
    hash.finalize().into_bytes().into()
}

fn seal(key: &[u8; 32], purpose: &str, plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
    let mut out = vec![0_u8; NONCE];
    getrandom::fill(&mut out).map_err(|_| SealBroken)?;
    let cipher = XChaCha20Poly1305::new(Key::from_slice(key));
    let payload = Payload {
        msg: plain,
        aad: purpose.as_bytes(),
    };
    let sealed = cipher
        .encrypt(XNonce::from_slice(&out[..NONCE]), payload)
        .map_err(|_| SealBroken)?;
    out.extend_from_slice(&sealed);
    Ok(out)
}

fn open(key: &[u8; 32], purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(SealBroken)?;
    let cipher = XChaCha20Poly1305::new(Key::from_slice(key));
    cipher
        .decrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: sealed,
                aad: purpose.as_bytes(),
            },
        )
        .map_err(|_| SealBroken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> (InstanceKey, PersonKey, PersonId) {
        (
            InstanceKey::new(&[7; 32]),
            PersonKey::new([9; 32]),
            PersonId(uuid::Uuid::from_u128(5)),
        )
    }

    #[test]
    fn what_was_sealed_can_be_opened_only_for_the_same_place() {
        let (_, key, _) = keys();
        let sealed = key.seal("messages 1", b"salam").unwrap();
        assert_eq!(key.open("messages 1", &sealed).unwrap(), b"salam");
        assert_eq!(key.open("messages 2", &sealed), Err(SealBroken));
        assert!(!sealed.windows(5).any(|w| w == b"salam"));
    }

    #[test]
    fn a_wrapped_key_belongs_to_one_person() {
        let (instance, key, person) = keys();
        let wrapped = instance.wrap(person, &key).unwrap();
        assert_eq!(instance.unwrap_key(person, &wrapped).unwrap().0, key.0);
        let other = PersonId(uuid::Uuid::from_u128(6));
        assert!(instance.unwrap_key(other, &wrapped).is_err());
    }

    #[test]
    fn a_changed_or_short_ciphertext_is_refused() {
        let (_, key, _) = keys();
        let mut sealed = key.seal("x", b"text").unwrap();
        let last = sealed.len() - 1;
        sealed[last] ^= 1;
        assert_eq!(key.open("x", &sealed), Err(SealBroken));
        assert_eq!(key.open("x", &[1, 2, 3]), Err(SealBroken));
    }

    #[test]
    fn lanes_tell_addresses_and_channels_apart() {
        let (instance, ..) = keys();
        let lane = |c, a| instance.lane(ChannelId(c), a);
        assert_eq!(lane("telegram", "42"), lane("telegram", "42"));
        assert_ne!(lane("telegram", "42"), lane("room", "42"));
        assert_ne!(lane("telegram", "42"), lane("telegram", "43"));
    }
}
