//! What signing in rests on: secrets, cookies, passwords, and the check that a form came from our own page.

use crate::ports::Ids;
use crate::store::seal::hex;
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

/// A secret that a browser holds. The database knows only its hash.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new secret: 32 random bytes.
    pub fn new(ids: &dyn Ids) -> Self {
        Self(hex(&ids.random()))
    }

    /// What a browser sent; `None` if it cannot be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let ours = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        ours.then(|| Self(text.to_owned()))
    }

    /// The secret itself, for the browser.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// What the database knows of it: SHA-256, hexadecimal. A plain hash will do, for the secret is
    /// random and long.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// Compares two secrets in a time that does not depend on where they differ.
pub fn equal(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A cookie's full name. `__Host-` binds it to this host and to HTTPS; browsers refuse that name without HTTPS.
pub fn cookie_name(name: &str, secure: bool) -> String {
    if secure {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// A cookie that the browser sent, by its full name.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A header that sets a cookie which no script can read. `max_age` in seconds; 0 removes it.
/// `None` if name or value hold something that no cookie can.
pub fn set_cookie(
    name: &str,
    value: &str,
    secure: bool,
    max_age: i64,
) -> Option<(HeaderName, HeaderValue)> {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
    let value = HeaderValue::from_str(&text).ok()?;
    Some((header::SET_COOKIE, value))
}

/// Whether a request that changes something came from one of our own pages, as far as the browser
/// tells: `Sec-Fetch-Site` where it is sent, else `Origin` against `Host`. A browser too old for both
/// is let through; the form's token still has to be right.
pub fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|v| v.to_str().unwrap_or("unreadable"))
    };
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else {
        return true;
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    authority.is_some() && authority == text("host")
}

/// Hashing a password failed. It says nothing about the password.
#[derive(Debug, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct PasswordFault;

/// Hashing takes 19 MiB and some 50 ms each time: two at once are enough, the others wait.
static HASHING: Semaphore = Semaphore::const_new(2);

/// Stands in for the hash of an account that does not exist, so that the answer takes as long.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody", &[7; 16]).ok());

fn hash_now(password: &str, salt: &[u8]) -> Result<String, PasswordFault> {
    let salt = SaltString::encode_b64(salt).map_err(|_| PasswordFault)?;
    Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|_| PasswordFault)
}

/// Hashes a password with argon2id (19 MiB, two passes: the crate's default, which is OWASP's).
pub async fn hash_password(ids: &dyn Ids, password: String) -> Result<String, PasswordFault> {
    let salt = ids.random();
    let _turn = HASHING.acquire().await.map_err(|_| PasswordFault)?;
    tokio::task::spawn_blocking(move || hash_now(&password, &salt[..16]))
        .await
        .map_err(|_| PasswordFault)?
}

/// Whether a password fits. Without a hash (no such account) it takes the same time and says no.
pub async fn check_password(password: String, hash: Option<String>) -> bool {
    let Ok(_turn) = HASHING.acquire().await else {
        return false;
    };
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.or_else(|| NOBODY.clone()).unwrap_or_default();
        let fits = PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
        known && fits
    })
    .await
    .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)))
            .collect()
    }

    #[test]
    fn a_form_from_another_site_is_told_apart() {
        for (pairs, ours) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("origin", "http://a:80"), ("host", "a:80")], true),
            (&[("origin", "https://evil"), ("host", "a")], false),
            (&[("origin", "null"), ("host", "a")], false),
            (&[("origin", "null")], false),
            (&[("host", "a")], true),
            // What the browser itself says about the site counts more than a proxy's `Host`.
            (
                &[
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "https://outside"),
                    ("host", "inside"),
                ],
                true,
            ),
        ] {
            assert_eq!(same_origin(&headers(pairs)), ours, "{pairs:?}");
        }
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let h = headers(&[("cookie", "xstaff=1; staff=two; other=3")]);
        assert_eq!(cookie(&h, "staff"), Some("two"));
        assert_eq!(cookie(&h, "sta"), None);
        assert_eq!(cookie(&h, "missing"), None);
    }

    #[test]
    fn a_cookie_is_hidden_from_scripts_and_bound_to_the_host_under_https() {
        let name = cookie_name("staff", true);
        let (_, value) = set_cookie(&name, "v", true, 60).unwrap();
        assert_eq!(
            value,
            "__Host-staff=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        );
        assert_eq!(cookie_name("staff", false), "staff");
        assert!(set_cookie("a", "b\nc", false, 1).is_none());
    }

    #[tokio::test]
    async fn only_the_right_password_of_a_real_account_fits() {
        let hash = hash_now("geheim", b"0123456789abcdef").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(check_password("geheim".into(), Some(hash.clone())).await);
        assert!(!check_password("Geheim".into(), Some(hash)).await);
        assert!(!check_password("nobody".into(), None).await);
        assert!(!check_password("x".into(), Some("broken".into())).await);
    }

    #[test]
    fn a_token_is_never_stored_as_it_is() {
        let token = Token::parse(&"a1".repeat(32)).unwrap();
        assert_ne!(token.hash(), token.secret());
        assert!(Token::parse("short").is_none());
        assert!(Token::parse(&"zz".repeat(32)).is_none());
        assert!(!format!("{token:?}").contains("a1"));
    }
}
