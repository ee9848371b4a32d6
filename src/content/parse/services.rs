//! `flows/services.toml`

use super::declarations::{Declared, sections};
use super::facts::{checked, text as needed};
use super::reader::{At, Entries, Node, Reader};
use crate::content::diagnostic::{Code, Span};
use crate::content::types::{Area, Service};
use crate::model::Lang;
use crate::text::{self, Block, Inline};

const KEYS: &[&str] = &[
    "name",
    "topics",
    "kreise",
    "land",
    "nationwide",
    "languages",
    "phone",
    "url",
    "address",
    "source",
    "checked_on",
    "checked_by",
    "state",
    "max_age_days",
];

const KREISE: &str = "kreise = [\"06635\"]";
const LAND: &str = "land = \"HE\"";
const NATIONWIDE: &str = "nationwide = true";

/// A service with the places of what is checked against other files.
#[derive(Debug)]
pub(in crate::content) struct ServiceAt {
    pub service: Service,
    pub topics: Vec<At<String>>,
    /// Keys of Kreise, or the Land.
    pub area: Vec<At<String>>,
    pub checked_on: Span,
}

/// `[service.hotline]`
pub(in crate::content) fn services(
    r: &mut Reader<'_>,
    top: Entries<'_, '_>,
) -> Declared<ServiceAt> {
    let mut found = Vec::new();
    for (id, node) in sections(r, top, "service") {
        r.id(&id);
        let entries = r.table(node, id.span.clone(), "[service.hotline]");
        if let Some(service) = entries.and_then(|e| service(r, id.value, e)) {
            let value = id.value.to_owned();
            let span = id.span;
            found.push((At { value, span }, service));
        }
    }
    found
}

fn service(r: &mut Reader<'_>, id: &str, mut entries: Entries<'_, '_>) -> Option<ServiceAt> {
    let name = needed(r, &mut entries, "name", "name = \"Faire Integration\"");
    let topics = match entries.take("topics") {
        Some((_, node)) => r.texts(node, "topics = [\"work\"]").unwrap_or_default(),
        None => {
            r.missing("topics", entries.span.clone(), "topics = [\"work\"]");
            Vec::new()
        }
    };
    let area = area(r, &mut entries);
    let languages = languages(r, &mut entries);
    let phone = optional(r, &mut entries, "phone", "phone = \"0800 1110111\"");
    let phone = phone.map(|p| tappable(r, p, "phone = \"0800 1110111\""));
    let url = optional(r, &mut entries, "url", "url = \"https://www.example.org\"");
    let url = url.map(|u| tappable(r, u, "url = \"https://www.example.org\""));
    let address = optional(
        r,
        &mut entries,
        "address",
        "address = \"Bahnhofstraße 1, 34497 Korbach\"",
    );
    if phone.is_none() && url.is_none() && address.is_none() {
        r.missing(
            "url",
            entries.span.clone(),
            "url = \"https://www.example.org\"",
        );
    }
    let source = needed(
        r,
        &mut entries,
        "source",
        "source = \"https://www.example.org\"",
    );
    let check = checked(r, &mut entries);
    r.no_more(entries, KEYS);
    let (area, at) = area?;
    Some(ServiceAt {
        service: Service {
            id: id.to_owned(),
            name: name.unwrap_or_default(),
            topics: topics.iter().map(|t| t.value.clone()).collect(),
            area,
            languages,
            phone,
            url,
            address: address.map(|a| a.value),
            source: source.unwrap_or_default(),
            checked_on: check.on,
            checked_by: check.by,
            state: check.state,
            max_age_days: check.max_age_days,
        },
        topics,
        area: at,
        checked_on: check.span,
    })
}

/// Exactly one of `kreise`, `land`, `nationwide`.
fn area(r: &mut Reader<'_>, entries: &mut Entries<'_, '_>) -> Option<(Area, Vec<At<String>>)> {
    let given: Vec<(&str, Span, &Node<'_>)> = ["kreise", "land", "nationwide"]
        .into_iter()
        .filter_map(|key| entries.take(key).map(|(span, node)| (key, span, node)))
        .collect();
    if let Some((key, span, _)) = given.get(1) {
        let first = given.first().map_or("", |g| g.0);
        r.at(
            Code::UnknownArea,
            span.clone(),
            format!("`{first}` sagt schon, wo der Dienst hilft; `{key}` passt nicht dazu"),
            format!("`{first}` already says where the service helps; `{key}` does not go with it"),
        )
        .help("Löschen Sie eines von beiden", "Delete one of the two");
    }
    let Some((key, span, node)) = given.into_iter().next() else {
        r.missing(
            "nationwide",
            entries.span.clone(),
            &format!("{NATIONWIDE}  ({KREISE}, {LAND})"),
        );
        return None;
    };
    match key {
        "kreise" => {
            let keys = r.texts(node, KREISE)?;
            let list = keys.iter().map(|k| k.value.clone()).collect();
            Some((Area::Kreise(list), keys))
        }
        "land" => {
            let land = r.text(node, LAND)?;
            Some((Area::Land(land.value.clone()), vec![land]))
        }
        _ => {
            let flag = r.flag(node, NATIONWIDE)?;
            if !flag.value {
                r.missing("kreise", span, KREISE);
                return None;
            }
            Some((Area::Nationwide, Vec::new()))
        }
    }
}

fn languages(r: &mut Reader<'_>, entries: &mut Entries<'_, '_>) -> Vec<Lang> {
    let tags = entries
        .take("languages")
        .and_then(|(_, n)| r.texts(n, "languages = [\"de\", \"ar\"]"));
    let mut found = Vec::new();
    for tag in tags.unwrap_or_default() {
        if text::language_name(&tag.value).is_some() {
            found.push(Lang::new(&tag.value));
            continue;
        }
        let shown = &tag.value;
        r.at(
            Code::UnknownLanguage,
            tag.span.clone(),
            format!("die Sprache `{shown}` kennt lotse nicht"),
            format!("lotse does not know the language `{shown}`"),
        )
        .help(
            "Zum Beispiel: de, en, ar, fa, fa-AF, ku, ru, tr, uk",
            "For example: de, en, ar, fa, fa-AF, ku, ru, tr, uk",
        );
    }
    found
}

fn optional(
    r: &mut Reader<'_>,
    entries: &mut Entries<'_, '_>,
    key: &str,
    example: &str,
) -> Option<At<String>> {
    entries.take(key).and_then(|(_, n)| r.text(n, example))
}

/// A number or an address that a phone must be able to tap.
fn tappable(r: &mut Reader<'_>, written: At<String>, example: &str) -> String {
    if !is_tappable(&written.value) {
        let shown = &written.value;
        r.at(
            Code::WrongType,
            written.span.clone(),
            format!("`{shown}` lässt sich auf einem Telefon nicht antippen"),
            format!("`{shown}` cannot be tapped on a phone"),
        )
        .help(
            format!("Schreiben Sie zum Beispiel: {example}"),
            format!("Write for example: {example}"),
        );
    }
    written.value
}

/// Whether a text is one telephone number or web address and nothing else.
fn is_tappable(written: &str) -> bool {
    let blocks = text::parse(written);
    let [Block::Paragraph(lines)] = &blocks[..] else {
        return false;
    };
    match lines.iter().flatten().collect::<Vec<_>>()[..] {
        [Inline::Phone(found) | Inline::Link(found)] => found == written,
        _ => false,
    }
}
