//! The call itself: an HTTP request that says that somebody waits, where, and since when. Not who, and not why.

use crate::store::alarms::AlarmCall;
use crate::store::seal::hex;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long the other side may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where calls go.
pub struct Webhook {
    http: reqwest::Client,
    url: SecretString,
    secret: Option<SecretString>,
    instance: String,
    console: String,
}

impl Webhook {
    /// `url` may itself be a secret and is never logged. `secret` goes along as `Authorization: Bearer`. `instance` is
    /// the instance's name, `public_url` leads to its pages.
    ///
    /// # Errors
    /// If encryption cannot be set up.
    pub fn new(
        url: SecretString,
        secret: Option<SecretString>,
        public_url: Option<&str>,
    ) -> Result<Self, reqwest::Error> {
        let public_url = public_url.unwrap_or_default();
        let name = public_url
            .split_once("://")
            .map_or("lotse", |(_, name)| name);
        Ok(Self {
            http: reqwest::Client::builder()
                .timeout(PATIENCE)
                // Whoever redirects would get what is meant for somebody else.
                .redirect(reqwest::redirect::Policy::none())
                .build()?,
            url,
            secret,
            instance: name.to_owned(),
            console: format!("{public_url}/console"),
        })
    }

    /// Makes a call. The error says why it was not taken, without personal data and without the address.
    pub(super) async fn call(&self, call: &AlarmCall) -> Result<(), String> {
        let mut request = self.http.post(self.url.expose_secret());
        if let Some(secret) = &self.secret {
            request = request.bearer_auth(secret.expose_secret());
        }
        let answer = request.json(&self.body(call)).send().await;
        let status = answer.map_err(|error| fault(&error).to_owned())?.status();
        match status.is_success() {
            true => Ok(()),
            false => Err(format!("answered {}", status.as_u16())),
        }
    }

    fn body(&self, call: &AlarmCall) -> Value {
        let AlarmCall {
            organisation,
            reminder,
            ..
        } = call;
        let (instance, console) = (&self.instance, &self.console);
        let first = *reminder == 0;
        // Nobody has reacted: whoever takes what nobody else does is asked too.
        let also = call.fallback.as_ref().filter(|_| !first);
        let asked = match also {
            Some(also) => format!("{organisation}, {also}"),
            None => organisation.clone(),
        };
        let again = if first {
            ""
        } else {
            " (Erinnerung / reminder)"
        };
        json!({
            "id": id(call),
            "event": if first { "alarm" } else { "reminder" },
            "reminder": reminder,
            "level": call.level.as_str(),
            "instance": instance,
            "organisation": organisation,
            "also": also,
            "at": call.raised_at.in_berlin().timestamp().to_string(),
            "console": console,
            "text": format!("{instance}: ALARM{again} – {asked} – {console}"),
        })
    }
}

/// The same for the same call, so that whoever hears it twice can tell; and says nothing about the case.
fn id(call: &AlarmCall) -> String {
    let named = format!("alarm {} {}", call.case, call.number);
    let mut id = hex(&Sha256::digest(named.as_bytes()));
    id.truncate(16);
    id
}

/// reqwest's own words hold the address.
fn fault(error: &reqwest::Error) -> &'static str {
    match error {
        e if e.is_timeout() => "no answer in time",
        e if e.is_connect() => "cannot be reached",
        _ => "the connection ended",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, Level, Timestamp};
    use uuid::Uuid;

    #[test]
    fn a_call_says_that_somebody_waits_and_nothing_about_them() {
        let public = Some("https://lotse.example.org");
        let url = SecretString::from("https://alarm.example.org/x");
        let webhook = Webhook::new(url, None, public).unwrap();
        let mut call = AlarmCall {
            case: CaseId(Uuid::from_u128(7)),
            number: 1,
            reminder: 0,
            attempts: 1,
            level: Level::Immediate,
            organisation: "Local project".to_owned(),
            fallback: Some("Online pilot".to_owned()),
            raised_at: Timestamp(1_795_000_000_000),
        };
        insta::assert_snapshot!(webhook.body(&call).to_string(), @r#"{"also":null,"at":"2026-11-18T11:06:40Z","console":"https://lotse.example.org/console","event":"alarm","id":"b3dec1bd77bf375e","instance":"lotse.example.org","level":"immediate","organisation":"Local project","reminder":0,"text":"lotse.example.org: ALARM – Local project – https://lotse.example.org/console"}"#);
        let first = id(&call);
        (call.number, call.reminder) = (2, 1);
        let text = webhook.body(&call)["text"].to_string();
        insta::assert_snapshot!(text, @r#""lotse.example.org: ALARM (Erinnerung / reminder) – Local project, Online pilot – https://lotse.example.org/console""#);
        assert_ne!(first, id(&call));
        assert!(
            !webhook
                .body(&call)
                .to_string()
                .contains(&call.case.to_string())
        );
    }
}
