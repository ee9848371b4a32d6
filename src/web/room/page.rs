//! The pages: the first one, which says what this is; the conversation; the one to hide behind.

use super::pass::{Pass, REMEMBERED};
use super::view::{PAGE, View, form_id};
use super::words::{LANGUAGE_COOKIE, Ui, language};
use super::{Room, TEXT_LIMIT};
use crate::content::Arg;
use crate::model::LARGEST_ATTACHMENT;
use crate::store::room::Span;
use crate::web::{WebError, assets, auth};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

/// The most that a file may have, in MB.
pub(super) const LARGEST_MB: i64 = (LARGEST_ATTACHMENT / 1_000_000) as i64;

/// What an address of the room may carry.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The language to show.
    pub lang: Option<String>,
    /// The campaign whose link was followed.
    pub c: Option<String>,
    /// Show what was said before this number.
    pub before: Option<i64>,
    /// Only what stands around the messages (the script asks for it when the language has changed).
    pub shell: Option<String>,
}

/// Something went wrong with what was just sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    TooLong,
    TooFast {
        seconds: u64,
    },
    TooMany {
        seconds: u64,
    },
    NotSaved,
    /// A file has more bytes than are taken.
    FileTooLarge,
    /// A file is neither picture nor PDF.
    WrongKind,
    /// A file has no content.
    EmptyFile,
    /// The form has no file.
    NoFile,
    /// The form has more files than any question asks for.
    TooManyFiles,
    /// Too many files are on their way.
    Busy,
}

impl Notice {
    fn words(self, ui: &Ui) -> String {
        match self {
            Self::TooLong => {
                let max = i64::try_from(TEXT_LIMIT).unwrap_or(i64::MAX);
                ui.with("too-long", &[("max", Arg::Number(max))])
            }
            Self::TooFast { .. } => ui.t("too-fast"),
            Self::TooMany { .. } => ui.t("too-many"),
            Self::NotSaved => ui.t("not-saved"),
            Self::FileTooLarge => ui.with("file-too-large", &[("max", Arg::Number(LARGEST_MB))]),
            Self::WrongKind => ui.t("file-wrong-kind"),
            Self::EmptyFile => ui.t("file-empty"),
            Self::NoFile => ui.t("file-none"),
            Self::TooManyFiles => ui.t("file-too-many"),
            Self::Busy => ui.t("file-busy"),
        }
    }

    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::TooLong | Self::EmptyFile | Self::NoFile | Self::TooManyFiles => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooFast { .. } | Self::TooMany { .. } | Self::Busy => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::NotSaved => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Seconds until another try makes sense, where waiting helps.
    pub(super) fn retry_after(self) -> Option<u64> {
        match self {
            Self::TooLong
            | Self::FileTooLarge
            | Self::WrongKind
            | Self::EmptyFile
            | Self::NoFile
            | Self::TooManyFiles => None,
            Self::TooFast { seconds } | Self::TooMany { seconds } => Some(seconds),
            Self::NotSaved | Self::Busy => Some(3),
        }
    }

    /// For the script.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::TooFast { .. } | Self::TooMany { .. } | Self::Busy => "too_fast",
            Self::NotSaved => "not_saved",
            Self::FileTooLarge => "file-too-large",
            Self::WrongKind => "file-wrong-kind",
            Self::EmptyFile => "file-empty",
            Self::NoFile => "file-none",
            Self::TooManyFiles => "file-too-many",
        }
    }
}

#[derive(Template)]
#[template(path = "room/welcome.html")]
struct Welcome<'a> {
    ui: &'a Ui,
    css: String,
    icon: String,
    campaign: Option<String>,
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "room/page.html")]
struct Conversation<'a> {
    ui: &'a Ui,
    css: String,
    js: String,
    /// What the script imports; fetched with it.
    modules: [String; 2],
    icon: String,
    pass: &'a Pass,
    limit: usize,
    /// All messages, rendered.
    messages: String,
    epoch: String,
    cursor: i64,
    /// Where earlier messages begin, if there are any.
    earlier: Option<i64>,
    /// The page shows an earlier part, not the end.
    past: bool,
    tools: Vec<(String, String)>,
    form_id: String,
    notice: Option<String>,
    draft: &'a str,
    /// Words with numbers in them, for the script.
    problems: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "room/away.html")]
struct Away<'a> {
    ui: &'a Ui,
    css: String,
}

/// `/`: the first page, or the conversation of this browser's room.
pub(super) async fn show(
    State(room): State<Room>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    match Pass::read(&room.app, &headers) {
        Some(pass) => conversation(&room, &pass, &headers, &asked, None, "").await,
        None => welcome(&room, &headers, &asked, None),
    }
}

/// The first page.
pub(super) fn welcome(
    room: &Room,
    headers: &HeaderMap,
    asked: &Asked,
    notice: Option<Notice>,
) -> Result<Response, WebError> {
    let content = room.app.content.load_full();
    let lang = language(&content, headers, asked.lang.as_deref());
    let ui = Ui::new(content, lang);
    let page = Welcome {
        ui: &ui,
        css: assets::url("room/room.css"),
        icon: assets::url("room/icon.svg"),
        campaign: asked.c.as_deref().and_then(campaign),
        notice: notice.map(|n| n.words(&ui)),
    };
    Ok(with_notice(Html(page.render()?).into_response(), notice))
}

/// The conversation; `notice` says what went wrong with `draft`, which the person may send again.
pub(super) async fn conversation(
    room: &Room,
    pass: &Pass,
    headers: &HeaderMap,
    asked: &Asked,
    notice: Option<Notice>,
    draft: &str,
) -> Result<Response, WebError> {
    let app = &room.app;
    let span = asked.before.map_or(Span::Newest, Span::Before);
    let limit = if asked.shell.is_some() { 0 } else { PAGE };
    let found = app.store.room_page(&pass.lane, span, limit).await?;
    let content = app.content.load_full();
    let chosen = found.as_ref().and_then(|p| p.lang.clone());
    let chosen = chosen.filter(|lang| content.language(lang).is_some());
    let lang = chosen.unwrap_or_else(|| language(&content, headers, asked.lang.as_deref()));
    let ui = Ui::new(content, lang);
    let view = View {
        ui: &ui,
        pass,
        now: app.now(),
        ids: app.ids.as_ref(),
    };
    let batch = view.batch(found.as_ref(), asked.before.is_none())?;
    let page = Conversation {
        ui: &ui,
        css: assets::url("room/room.css"),
        js: assets::url("room/room.js"),
        modules: ["room/files.js", "room/store.js"].map(assets::url),
        icon: assets::url("room/icon.svg"),
        pass,
        limit: TEXT_LIMIT,
        messages: batch.messages.iter().map(|m| m.html.as_str()).collect(),
        cursor: found
            .as_ref()
            .and_then(|p| p.messages.last())
            .map_or(0, |m| m.seq),
        earlier: batch.earlier,
        epoch: batch.epoch,
        past: asked.before.is_some(),
        tools: tools(&ui),
        form_id: form_id(app.ids.random()),
        notice: notice.map(|n| n.words(&ui)),
        draft,
        problems: [Notice::TooLong, Notice::FileTooLarge]
            .map(|notice| (notice.word().replace('_', "-"), notice.words(&ui)))
            .into(),
    };
    let mut answer = with_notice(Html(page.render()?).into_response(), notice);
    if let Some((name, value)) = pass.remember(app.secure) {
        answer.headers_mut().append(name, value);
    }
    Ok(answer)
}

/// `/room/away`: says nothing of where the person was.
pub(super) async fn away(
    State(room): State<Room>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let content = room.app.content.load_full();
    let lang = language(&content, &headers, asked.lang.as_deref());
    let ui = Ui::new(content, lang);
    let page = Away {
        ui: &ui,
        css: assets::url("room/room.css"),
    };
    Ok(Html(page.render()?).into_response())
}

/// Remembers the language picked on the first page.
pub(super) fn remember_language(answer: &mut Response, lang: &str, secure: bool) {
    if let Some((name, value)) = auth::set_cookie(LANGUAGE_COOKIE, lang, secure, REMEMBERED) {
        answer.headers_mut().append(name, value);
    }
}

/// A campaign's name, if it can be one: what comes by a link is not trusted.
pub(super) fn campaign(name: &str) -> Option<String> {
    let fits = (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    fits.then(|| name.to_owned())
}

/// The buttons above the conversation: label, and what they write in the person's name.
fn tools(ui: &Ui) -> Vec<(String, String)> {
    [
        ("tool-human", "human"),
        ("tool-menu", "menu"),
        ("tool-language", "language"),
        ("tool-data", "my_data"),
        ("tool-delete", "delete"),
    ]
    .into_iter()
    .filter_map(|(label, command)| Some((ui.t(label), ui.command(command)?)))
    .collect()
}

fn with_notice(mut answer: Response, notice: Option<Notice>) -> Response {
    if let Some(notice) = notice {
        *answer.status_mut() = notice.status();
        if let Some(seconds) = notice.retry_after() {
            let headers = answer.headers_mut();
            headers.insert(axum::http::header::RETRY_AFTER, seconds.into());
        }
    }
    answer
}
