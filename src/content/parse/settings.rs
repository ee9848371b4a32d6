//! `flows/settings.toml`

use super::reader::{At, Entries, Node, Reader};
use crate::content::command::Command;
use crate::content::diagnostic::{Code, Span};
use crate::content::locale::is_tag;
use crate::content::near::did_you_mean;
use crate::content::types::{Language, Review, Settings};
use crate::model::Lang;
use std::collections::BTreeMap;

/// The settings with the positions that checks across files need.
#[derive(Debug)]
pub(in crate::content) struct SettingsFile {
    pub settings: Settings,
    /// Where each language stands in `languages`.
    pub languages: Vec<(Lang, Span)>,
    pub start: Span,
    /// Command, flow, where the flow is named.
    pub commands: Vec<(Command, String, Span)>,
    /// Where commands are set.
    pub commands_span: Span,
    /// The messengers that texts and buttons must fit.
    pub channels: Vec<Channel>,
    /// After how many questions a human must be on offer at the latest.
    pub human_within: usize,
}

/// A messenger whose limits the checks know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::content) enum Channel {
    Telegram,
    Signal,
    WhatsApp,
    Web,
}

impl Channel {
    const ALL: [(&'static str, Self); 4] = [
        ("telegram", Self::Telegram),
        ("signal", Self::Signal),
        ("whatsapp", Self::WhatsApp),
        ("web", Self::Web),
    ];
}

/// Five questions are what somebody in need answers before giving up.
const HUMAN_WITHIN: usize = 5;

const KEYS: &[&str] = &[
    "languages",
    "source",
    "start",
    "fallback_language",
    "max_age_days",
    "human_within",
    "channels",
    "language",
    "commands",
];

/// Reads the settings; `None` if what every flow needs is not there.
pub(in crate::content) fn read(
    r: &mut Reader<'_>,
    mut top: Entries<'_, '_>,
) -> Option<SettingsFile> {
    let tags = languages(r, &mut top);
    let described = described(r, &mut top);
    let mut languages = Vec::new();
    for tag in &tags {
        let lang = Lang::new(&tag.value);
        let known = described.iter().find(|(l, ..)| *l == lang);
        let Some((_, name, review)) = known else {
            r.at(
                Code::MissingKey,
                tag.span.clone(),
                format!("zur Sprache `{lang}` fehlt der Abschnitt"),
                format!("the section of language `{lang}` is missing"),
            )
            .help(
                format!("Schreiben Sie: [language.{lang}] und darunter name = \"…\" und review = \"machine\""),
                format!("Write: [language.{lang}] and below it name = \"…\" and review = \"machine\""),
            );
            continue;
        };
        languages.push(Language {
            lang,
            name: name.clone(),
            review: review.clone(),
        });
    }
    let source = language(r, &mut top, "source", &tags);
    let fallback = language(r, &mut top, "fallback_language", &tags);
    let start = start(r, &mut top);
    let max_age_days = match top.take("max_age_days") {
        Some((_, node)) => positive(r, node, "max_age_days = 180").unwrap_or(180),
        None => 180,
    };
    let human_within = match top.take("human_within") {
        Some((_, node)) => positive(r, node, "human_within = 5")
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or(HUMAN_WITHIN),
        None => HUMAN_WITHIN,
    };
    let channels = channels(r, &mut top);
    let commands_span = top.span_of("commands").unwrap_or(0..0);
    let commands = commands(r, &mut top);
    r.no_more(top, KEYS);
    let (start, start_span) = start?;
    Some(SettingsFile {
        settings: Settings {
            languages,
            source: source?,
            fallback_language: fallback?,
            start,
            max_age_days,
            commands: commands
                .iter()
                .map(|(c, flow, _)| (*c, flow.clone()))
                .collect(),
        },
        languages: tags
            .into_iter()
            .map(|t| (Lang::new(&t.value), t.span))
            .collect(),
        start: start_span,
        commands,
        commands_span,
        channels,
        human_within,
    })
}

/// The messengers that the content is for; without the key all of them.
fn channels(r: &mut Reader<'_>, top: &mut Entries<'_, '_>) -> Vec<Channel> {
    const EXAMPLE: &str = "channels = [\"telegram\", \"whatsapp\"]";
    let names = Channel::ALL.map(|(name, _)| name);
    let Some((_, node)) = top.take("channels") else {
        return Channel::ALL.map(|(_, channel)| channel).to_vec();
    };
    let list = r.list(node, EXAMPLE).unwrap_or_default();
    let words: Vec<_> = list.into_iter().filter_map(|n| r.word(n, &names)).collect();
    Channel::ALL
        .into_iter()
        .filter(|(name, _)| words.iter().any(|w| w.value == *name))
        .map(|(_, channel)| channel)
        .collect()
}

/// A whole number above zero.
pub(super) fn positive(r: &mut Reader<'_>, node: &Node<'_>, example: &str) -> Option<i64> {
    let number = r.number(node, example)?;
    if number.value > 0 {
        return Some(number.value);
    }
    r.at(
        Code::BadRange,
        number.span,
        "diese Zahl muss größer als 0 sein",
        "this number must be above 0",
    )
    .help(
        format!("Schreiben Sie zum Beispiel: {example}"),
        format!("Write for example: {example}"),
    );
    None
}

fn languages(r: &mut Reader<'_>, top: &mut Entries<'_, '_>) -> Vec<At<String>> {
    const EXAMPLE: &str = "languages = [\"de\", \"en\"]";
    let Some((span, node)) = top.take("languages") else {
        r.missing("languages", top.span.clone(), EXAMPLE);
        return Vec::new();
    };
    let tags = r.texts(node, EXAMPLE).unwrap_or_default();
    if tags.is_empty() {
        r.missing("languages", span, EXAMPLE);
    }
    let mut good = Vec::new();
    for tag in tags {
        if is_tag(&tag.value) {
            good.push(tag);
            continue;
        }
        let shown = &tag.value;
        r.at(
            Code::UnknownLanguage,
            tag.span.clone(),
            format!("`{shown}` ist kein Kürzel einer Sprache"),
            format!("`{shown}` is no code of a language"),
        )
        .help(
            "Zum Beispiel: de, en, ar, fa-AF, ku",
            "For example: de, en, ar, fa-AF, ku",
        );
    }
    good
}

/// The sections `[language.xx]`.
fn described(r: &mut Reader<'_>, top: &mut Entries<'_, '_>) -> Vec<(Lang, String, Review)> {
    let Some((span, node)) = top.take("language") else {
        return Vec::new();
    };
    let Some(entries) = r.table(node, span, "[language.de]") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (tag, node) in entries.rest() {
        let Some(mut entries) = r.table(node, tag.span.clone(), "[language.de]") else {
            continue;
        };
        let name = match entries.take("name") {
            Some((_, node)) => r.text(node, "name = \"Deutsch\"").map(|n| n.value),
            None => {
                r.missing("name", tag.span.clone(), "name = \"Deutsch\"");
                None
            }
        };
        let review = review(r, &mut entries, &["source", "machine", "reviewed"]);
        r.no_more(entries, &["name", "review", "reviewer", "reviewed_on"]);
        let name = name.unwrap_or_else(|| tag.value.to_owned());
        found.push((
            Lang::new(tag.value),
            name,
            review.unwrap_or(Review::Machine),
        ));
    }
    found
}

/// Who answers for something: `review` with one of the words that are possible there.
pub(super) fn review(
    r: &mut Reader<'_>,
    entries: &mut Entries<'_, '_>,
    known: &[&'static str],
) -> Option<Review> {
    const REVIEWER: &str = "reviewer = \"Amina Yusuf\"";
    const DAY: &str = "reviewed_on = 2026-11-01";
    let by = entries
        .take("reviewer")
        .and_then(|(_, n)| r.text(n, REVIEWER));
    let on = entries
        .take("reviewed_on")
        .and_then(|(_, n)| r.date(n, DAY));
    let Some((_, node)) = entries.take("review") else {
        r.missing("review", entries.span.clone(), "review = \"machine\"");
        return None;
    };
    match r.word(node, known)?.value {
        "source" => Some(Review::Source),
        "machine" => Some(Review::Machine),
        _ => {
            if by.is_none() {
                r.missing("reviewer", entries.span.clone(), REVIEWER);
            }
            if on.is_none() {
                r.missing("reviewed_on", entries.span.clone(), DAY);
            }
            Some(Review::Reviewed {
                by: by?.value,
                on: on?.value,
            })
        }
    }
}

/// A key whose value must be one of `languages`.
fn language(
    r: &mut Reader<'_>,
    top: &mut Entries<'_, '_>,
    key: &str,
    tags: &[At<String>],
) -> Option<Lang> {
    let example = format!("{key} = \"de\"");
    let Some((_, node)) = top.take(key) else {
        r.missing(key, top.span.clone(), &example);
        return None;
    };
    let text = r.text(node, &example)?;
    let lang = Lang::new(&text.value);
    if tags.is_empty() || tags.iter().any(|t| Lang::new(&t.value) == lang) {
        return Some(lang);
    }
    r.at(
        Code::UnknownLanguage,
        text.span,
        format!("die Sprache `{}` steht nicht in `languages`", text.value),
        format!("the language `{}` is not in `languages`", text.value),
    )
    .help_if(did_you_mean(
        &text.value,
        tags.iter().map(|t| t.value.as_str()),
    ));
    None
}

fn start(r: &mut Reader<'_>, top: &mut Entries<'_, '_>) -> Option<(String, Span)> {
    const EXAMPLE: &str = "start = \"welcome\"";
    let Some((_, node)) = top.take("start") else {
        r.missing("start", top.span.clone(), EXAMPLE);
        return None;
    };
    let text = r.text(node, EXAMPLE)?;
    let flow = text.value.strip_prefix("flow:").unwrap_or(&text.value);
    Some((flow.to_owned(), text.span))
}

fn commands(r: &mut Reader<'_>, top: &mut Entries<'_, '_>) -> Vec<(Command, String, Span)> {
    const EXAMPLE: &str = "human = \"flow:human\"";
    let Some((span, node)) = top.take("commands") else {
        return Vec::new();
    };
    let Some(entries) = r.table(node, span, "[commands]") else {
        return Vec::new();
    };
    let by_word: BTreeMap<&str, Command> =
        Command::ALL.into_iter().map(|c| (c.as_str(), c)).collect();
    let mut found = Vec::new();
    for (key, node) in entries.rest() {
        let Some(command) = by_word.get(key.value) else {
            r.at(
                Code::UnknownCommand,
                key.span,
                format!("den Befehl `{}` gibt es nicht", key.value),
                format!("there is no command `{}`", key.value),
            )
            .help_if(did_you_mean(key.value, by_word.keys().copied()));
            continue;
        };
        if command.is_built_in() {
            r.at(
                Code::KeyNotForKind,
                key.span,
                "`back` ist eingebaut und führt immer zur vorigen Frage",
                "`back` is built in and always leads to the question before",
            )
            .help("Löschen Sie diese Zeile", "Delete this line");
            continue;
        }
        if let Some(text) = r.text(node, EXAMPLE) {
            let flow = text.value.strip_prefix("flow:").unwrap_or(&text.value);
            found.push((*command, flow.to_owned(), text.span));
        }
    }
    found
}
