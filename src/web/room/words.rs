//! The words around the conversation (`locales/<lang>/room.ftl`), and in which language they stand.

use crate::content::{Arg, Content};
use crate::model::Lang;
use crate::text;
use crate::web::auth;
use axum::http::header::{self, HeaderMap};
use std::sync::Arc;

/// Remembers the language that was picked on the first page, until the conversation knows it.
pub const LANGUAGE_COOKIE: &str = "lotse_lang";

/// The room's words in one language.
#[derive(Clone)]
pub struct Ui {
    content: Arc<Content>,
    /// The language.
    pub lang: Lang,
}

impl Ui {
    /// Words in a language of the content.
    pub fn new(content: Arc<Content>, lang: Lang) -> Self {
        Self { content, lang }
    }

    /// A text; in another language where this one does not have it.
    pub fn t(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A text with values.
    pub fn with(&self, id: &str, args: &[(&str, Arg)]) -> String {
        let settings = &self.content.settings;
        [&self.lang, &settings.fallback_language, &settings.source]
            .into_iter()
            .find_map(|lang| self.content.words.text(lang, "room", id, args))
            .unwrap_or_else(|| id.to_owned())
    }

    /// A text with lists, links and phone numbers, as HTML.
    pub fn html(&self, id: &str) -> String {
        text::to_html(&self.t(id), self.lang.direction())
    }

    /// `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        self.lang.direction().as_str()
    }

    /// The first word of a global command: what a button writes in the person's name.
    pub fn command(&self, id: &str) -> Option<String> {
        let words = self.content.words.text(&self.lang, "commands", id, &[])?;
        let word = words.split('|').next()?.trim().to_owned();
        (!word.is_empty()).then_some(word)
    }

    /// All languages on offer: tag, direction, own name, whether it is this one.
    pub fn languages(&self) -> Vec<(String, &'static str, String, bool)> {
        let languages = self.content.settings.languages.iter();
        languages
            .map(|l| {
                let dir = l.lang.direction().as_str();
                (l.lang.to_string(), dir, l.name.clone(), l.lang == self.lang)
            })
            .collect()
    }
}

/// The language for somebody who has not chosen one in the conversation: the one picked on the first page
/// (`asked`, or remembered), else the best one that the browser asks for.
pub fn language(content: &Content, headers: &HeaderMap, asked: Option<&str>) -> Lang {
    let picked = [asked, auth::cookie(headers, LANGUAGE_COOKIE)];
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    picked
        .into_iter()
        .flatten()
        .find_map(|tag| offered(content, tag))
        .or_else(|| accepted_tags(accepted).find_map(|tag| offered(content, tag)))
        .unwrap_or_else(|| content.settings.fallback_language.clone())
}

/// The language on offer for a browser's tag: the same one, else the same language of another country.
fn offered(content: &Content, tag: &str) -> Option<Lang> {
    let languages = || content.settings.languages.iter().map(|l| &l.lang);
    let wanted = Lang::new(tag);
    let exact = languages().find(|l| l.as_str().eq_ignore_ascii_case(wanted.as_str()));
    let primary = Lang::new(&tag.split('-').next()?.to_ascii_lowercase());
    exact
        .or_else(|| languages().find(|l| **l == primary))
        .cloned()
}

/// The tags of an `Accept-Language` header, the most wanted first.
fn accepted_tags(header: &str) -> impl Iterator<Item = &str> {
    let mut tags: Vec<(f32, &str)> = header
        .split(',')
        .filter_map(|part| {
            let mut pieces = part.split(';').map(str::trim);
            let tag = pieces.next().filter(|tag| !tag.is_empty())?;
            let quality = pieces.find_map(|p| p.strip_prefix("q=")?.parse().ok());
            Some((quality.unwrap_or(1.0), tag))
        })
        .filter(|(quality, _)| *quality > 0.0)
        .take(20)
        .collect();
    tags.sort_by(|a, b| b.0.total_cmp(&a.0));
    tags.into_iter().map(|(_, tag)| tag)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::content;
    use super::*;

    fn chosen(accept: &'static str, cookie: &'static str, asked: Option<&str>) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        language(&content(), &headers, asked).to_string()
    }

    #[test]
    fn the_page_speaks_the_language_that_was_asked_for() {
        assert_eq!(chosen("de-AT,en;q=0.5", "", None), "de");
        assert_eq!(chosen("en;q=0.5, ar-SY", "", None), "ar");
        assert_eq!(chosen("fr, de;q=0", "", None), "en");
        assert_eq!(chosen("", "", None), "en");
        assert_eq!(chosen("de", "lotse_lang=ar", None), "ar");
        assert_eq!(chosen("de", "lotse_lang=ar", Some("en")), "en");
        assert_eq!(chosen("de", "lotse_lang=<x>", Some("nonsense")), "de");
    }
}
