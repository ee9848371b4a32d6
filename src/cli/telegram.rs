//! Telegram at the start of an instance: one question about the token, and the way updates shall come.

use crate::channel::telegram::{Client, ClientError, ID, Polling, Telegram, Token, Webhook};
use crate::config::{self, Config, TelegramMode};
use crate::model::ChannelId;
use crate::ports::{Channel, Fetch, Hook, Poll};
use crate::store::Store;
use crate::web::server::hook_path;
use anyhow::{Result, anyhow};
use secrecy::{ExposeSecret as _, SecretString};
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// The longest pause between two attempts to set the webhook.
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// How long a newcomer waits for Telegram's word.
const MOMENT: Duration = Duration::from_secs(3);

/// A bot, and the question about its token under way.
pub struct Bot {
    telegram: Arc<Telegram>,
    settings: config::Telegram,
    public_url: Option<String>,
    asked: JoinHandle<Token>,
}

/// Begins to ask Telegram about the token, if there is one.
pub fn start(config: &Config) -> Result<Option<Bot>> {
    let Some(settings) = config.telegram.clone() else {
        return Ok(None);
    };
    let client = Client::new(&settings.api_url, settings.token.clone())?;
    let telegram = Arc::new(Telegram::new(client));
    let asking = Arc::clone(&telegram);
    let asked = tokio::spawn(async move { asking.check_token().await });
    Ok(Some(Bot {
        telegram,
        settings,
        public_url: config.public_url.clone(),
        asked,
    }))
}

impl Bot {
    /// For sending.
    pub fn channel(&self) -> Arc<dyn Channel> {
        Arc::clone(&self.telegram) as Arc<dyn Channel>
    }

    /// For photos and files.
    pub fn fetch(&self) -> (ChannelId, Arc<dyn Fetch>) {
        (ID, Arc::clone(&self.telegram) as Arc<dyn Fetch>)
    }

    /// For receiving, unless Telegram calls.
    pub fn poller(&self) -> Option<(ChannelId, Arc<dyn Poll>)> {
        let polls = matches!(self.settings.mode, TelegramMode::Polling);
        polls.then(|| {
            (
                ID,
                Arc::new(Polling::new(Arc::clone(&self.telegram))) as Arc<dyn Poll>,
            )
        })
    }

    /// For receiving, if Telegram calls.
    pub fn hook(&self, store: &Store) -> Option<Arc<dyn Hook>> {
        let secret = self.secret(store)?;
        Some(Arc::new(Webhook::new(secret)) as Arc<dyn Hook>)
    }

    fn secret(&self, store: &Store) -> Option<SecretString> {
        match &self.settings.mode {
            TelegramMode::Polling => None,
            TelegramMode::Webhook {
                secret: Some(secret),
            } => Some(secret.clone()),
            TelegramMode::Webhook { secret: None } => {
                Some(SecretString::from(store.key().word("telegram webhook")))
            }
        }
    }
}

/// Asks Telegram once about the token, for a moment: who is just trying lotse out should hear of a wrong one before
/// anything else is shown to them. Whether it can be reached is seen to later.
pub async fn ask_first(config: &Config) -> Result<()> {
    let Some(settings) = &config.telegram else {
        return Ok(());
    };
    let client = Client::new(&settings.api_url, settings.token.clone())?;
    let telegram = Telegram::new(client);
    match tokio::time::timeout(MOMENT, telegram.check_token()).await {
        Ok(Token::Refused) => Err(refused(settings)),
        _ => Ok(()),
    }
}

/// Waits for Telegram's word on the token and sets the webhook where one is wanted. Resolves only if
/// the instance cannot go on: with why.
pub async fn settle(bot: Option<Bot>, store: Store) -> anyhow::Error {
    let Some(mut bot) = bot else {
        return pending().await;
    };
    match (&mut bot.asked)
        .await
        .unwrap_or_else(|_| Token::Unknown("the question failed".to_owned()))
    {
        Token::Good(name) => tracing::info!(bot = name, "Telegram knows the bot"),
        Token::Refused => return refused(&bot.settings),
        Token::Unknown(why) => tracing::warn!(
            why,
            server = bot.settings.api_url,
            "Telegram cannot be reached; lotse keeps trying"
        ),
    }
    if let (Some(secret), Some(url)) = (bot.secret(&store), &bot.public_url) {
        let url = format!("{url}{}", hook_path(ID));
        if let Err(error) = set_webhook(&bot.telegram, &url, &secret).await {
            tracing::debug!(%error, "the webhook was refused");
            return refused(&bot.settings);
        }
        tracing::info!(url, "Telegram calls this address from now on");
    }
    pending().await
}

fn refused(settings: &config::Telegram) -> anyhow::Error {
    anyhow!(
        "Telegram does not accept the bot's token from {}. Copy it anew from @BotFather (/mybots, then API Token)",
        settings.token_from
    )
}

/// Tries until Telegram takes the address. An error only if the token is refused.
async fn set_webhook(
    telegram: &Telegram,
    url: &str,
    secret: &SecretString,
) -> Result<(), ClientError> {
    let mut pause = Duration::from_secs(1);
    loop {
        let why = match telegram.set_webhook(url, secret.expose_secret()).await {
            Ok(()) => return Ok(()),
            Err(ClientError::Api(error)) if matches!(error.code, 401 | 404) => {
                return Err(ClientError::Api(error));
            }
            // Telegram's words about the address; the secret is in none of them.
            Err(ClientError::Api(error)) => error.description,
            Err(error) => error.to_string(),
        };
        tracing::error!(
            why,
            url,
            "Telegram does not take the address of the webhook; trying again"
        );
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(MAX_PAUSE);
    }
}
