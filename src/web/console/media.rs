//! Photos and files on a card, and their contents: for whoever may see the card, and never from a cache.

use super::session::Signed;
use super::view::Eyes;
use super::{Console, words::Words};
use crate::model::{Attached, AttachmentKind, CaseId, Value};
use crate::store::attachments::Shelf;
use crate::store::desk::card::{Card, Said};
use crate::web::error::WebError;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// What is shown as a picture: decoded and written anew by ourselves. All else is only ever a download.
const PICTURE: &str = "image/jpeg";

/// A content that somebody opens by itself may do nothing at all.
const NOTHING: &str = "default-src 'none'; sandbox";

/// A photo or file on a card.
pub struct MediaView {
    /// Where its content is; empty while there is none.
    pub href: String,
    /// It is shown as a picture.
    pub picture: bool,
    /// What it is, or why it is not there.
    pub words: String,
}

/// `GET /console/cases/{case}/attachments/{id}`.
pub async fn content(
    State(console): State<Console>,
    Path((case, id)): Path<(String, String)>,
    signed: Signed,
) -> Result<Response, WebError> {
    let (Ok(case), Ok(id)) = (case.parse::<CaseId>(), id.parse()) else {
        return Err(WebError::NotFound);
    };
    let viewer = &signed.session.staff.viewer;
    let found = console.app.store.attachment(viewer, case, id).await?;
    let (mime, bytes) = found.ok_or(WebError::NotFound)?;
    let (mime, way) = match mime.as_str() {
        PICTURE => (PICTURE, "inline"),
        "application/pdf" => ("application/pdf", "attachment; filename=\"brief.pdf\""),
        "image/heic" => ("image/heic", "attachment; filename=\"foto.heic\""),
        _ => ("application/octet-stream", "attachment; filename=\"datei\""),
    };
    let mut answer = bytes.into_response();
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, mime),
        (header::CONTENT_DISPOSITION, way),
        (header::CONTENT_SECURITY_POLICY, NOTHING),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(answer)
}

impl Eyes<'_> {
    /// The photos and files that were passed on with the answers.
    pub fn shared(&self, card: &Card) -> Vec<MediaView> {
        let answers = card.summary.iter().flat_map(|s| s.answers.values());
        let sent: Vec<&Attached> = answers
            .flat_map(|value| match value {
                Value::Media(sent) => sent.as_slice(),
                _ => &[],
            })
            .collect();
        let all = sent.len();
        let one = |(n, a): (usize, &&Attached)| self.media(card, a, Some((n + 1, all)));
        sent.iter().enumerate().map(one).collect()
    }

    /// The photo or file of a message.
    pub fn of_message(&self, card: &Card, said: &Said) -> Option<MediaView> {
        said.attached.as_ref().map(|a| self.media(card, a, None))
    }

    fn media(&self, card: &Card, attached: &Attached, number: Option<(usize, usize)>) -> MediaView {
        let w = self.w;
        let href = format!(
            "/console/cases/{}/attachments/{}",
            card.offer.id, attached.id
        );
        let what = kind(w, attached.kind);
        let name = match number {
            Some((n, all)) if all > 1 => format!("{what} {n} {} {all}", w.of),
            _ => what.to_owned(),
        };
        match card.shelves.get(&attached.id) {
            Some(Shelf::Stored { mime, size }) => MediaView {
                href,
                picture: mime == PICTURE,
                words: match mime.as_str() {
                    PICTURE => format!("{name}, {}", w.media_by_person),
                    "image/heic" => format!("{name} (HEIC, {}): {}", weight(*size), w.media_heic),
                    _ => format!("{name} (PDF, {}): {}", weight(*size), w.media_download),
                },
            },
            Some(Shelf::Wanted) => MediaView {
                href: String::new(),
                picture: false,
                words: format!("{name}: {}", w.media_wanted),
            },
            Some(Shelf::Failed) | None => MediaView {
                href: String::new(),
                picture: false,
                words: format!("{name}: {}", w.media_failed),
            },
        }
    }

    /// "2 photos, 1 file"
    pub(super) fn count(&self, sent: &[Attached]) -> String {
        let one = |wanted: AttachmentKind| {
            let count = sent.iter().filter(|a| a.kind == wanted).count();
            let word = match (wanted, count) {
                (AttachmentKind::Photo, 1) => self.w.photo,
                (AttachmentKind::Photo, _) => self.w.photos,
                (AttachmentKind::File, 1) => self.w.file,
                (AttachmentKind::File, _) => self.w.files,
            };
            (count > 0).then(|| format!("{count} {word}"))
        };
        let words: Vec<String> = AttachmentKind::ALL.into_iter().filter_map(one).collect();
        words.join(", ")
    }
}

fn kind(w: &Words, kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Photo => w.photo,
        AttachmentKind::File => w.file,
    }
}

/// A size in words: "340 kB", "2.1 MB".
fn weight(bytes: i64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", (bytes + 999) / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
