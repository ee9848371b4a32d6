//! `flows/fields.toml`, `flows/topics.toml`, `flows/reasons.toml`

use super::reader::{At, Entries, Node, Reader};
use super::{CONDITION_WORDS, COUNSELLOR_LANGUAGES, VALUE_WORDS};
use crate::content::diagnostic::{Code, Span};
use crate::content::types::{Field, FieldKind, Reason};
use crate::model::Level;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::DeValue;

/// Something declared, and where.
pub(in crate::content) type Declared<T> = Vec<(At<String>, T)>;

/// The sections `[field.xx]` of a file that has nothing else.
pub(super) fn sections<'t, 'd>(
    r: &mut Reader<'_>,
    mut top: Entries<'t, 'd>,
    word: &str,
) -> Vec<(At<&'t str>, &'t Node<'d>)> {
    let taken = top.take(word);
    r.no_more(top, &[word]);
    let Some((span, node)) = taken else {
        return Vec::new();
    };
    r.table(node, span, &format!("[{word}.name]"))
        .map(Entries::rest)
        .unwrap_or_default()
}

fn owned(id: &At<&str>) -> At<String> {
    At {
        value: id.value.to_owned(),
        span: id.span.clone(),
    }
}

/// `[field.age]  type = "number"`
pub(in crate::content) fn fields(r: &mut Reader<'_>, top: Entries<'_, '_>) -> Declared<Field> {
    let mut found = Vec::new();
    for (id, node) in sections(r, top, "field") {
        r.id(&id);
        if CONDITION_WORDS.contains(&id.value) || id.value.starts_with("fact_") {
            reserved(r, &id);
        }
        let Some(mut entries) = r.table(node, id.span.clone(), "[field.age]") else {
            continue;
        };
        let values = values(r, &mut entries);
        let sensitive = entries
            .take("sensitive")
            .and_then(|(_, n)| r.flag(n, "sensitive = true"));
        let kind = field_kind(r, &mut entries, values);
        r.no_more(entries, &["type", "values", "sensitive"]);
        // A field with a faulty type is still a declared field: text fits everywhere except comparisons.
        let kind = kind.unwrap_or(FieldKind::Text);
        found.push((
            owned(&id),
            Field {
                sensitive: sensitive.map_or(is_sensitive(&kind), |s| s.value),
                kind,
            },
        ));
    }
    found
}

/// What is handled with care if nothing else is said.
fn is_sensitive(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Contact | FieldKind::Media)
}

fn reserved(r: &mut Reader<'_>, id: &At<&str>) {
    let name = id.value;
    r.at(
        Code::ReservedWord,
        id.span.clone(),
        format!("`{name}` hat schon eine Bedeutung"),
        format!("`{name}` already means something"),
    )
    .help(
        format!("Nehmen Sie einen anderen Namen, etwa: my_{name}"),
        format!("Take another name, for example: my_{name}"),
    );
}

fn values(r: &mut Reader<'_>, entries: &mut Entries<'_, '_>) -> Option<(Span, Vec<String>)> {
    let (span, node) = entries.take("values")?;
    let texts = r.texts(node, "values = [\"yes\", \"no\"]")?;
    let mut values = Vec::new();
    for text in texts {
        let id = At {
            value: text.value.as_str(),
            span: text.span.clone(),
        };
        if r.id(&id) && VALUE_WORDS.contains(&id.value) {
            reserved(r, &id);
        }
        values.push(text.value);
    }
    Some((span, values))
}

fn field_kind(
    r: &mut Reader<'_>,
    entries: &mut Entries<'_, '_>,
    values: Option<(Span, Vec<String>)>,
) -> Option<FieldKind> {
    let Some((_, node)) = entries.take("type") else {
        r.missing("type", entries.span.clone(), "type = \"number\"");
        return None;
    };
    let word = r.word(
        node,
        &[
            "choice", "choices", "number", "date", "postcode", "text", "contact", "media", "flag",
        ],
    )?;
    match (word.value, values) {
        ("choice", Some((_, values))) if !values.is_empty() => {
            return Some(FieldKind::Choice(values));
        }
        ("choices", Some((_, values))) if !values.is_empty() => {
            return Some(FieldKind::Choices(values));
        }
        ("choice" | "choices", _) => {
            r.missing("values", entries.span.clone(), "values = [\"yes\", \"no\"]");
            return None;
        }
        (_, Some((span, _))) => {
            r.at(
                Code::KeyNotForKind,
                span,
                "`values` gibt es nur bei type = \"choice\" und \"choices\"",
                "`values` is only for type = \"choice\" and \"choices\"",
            );
        }
        (_, None) => {}
    }
    Some(match word.value {
        "number" => FieldKind::Number,
        "date" => FieldKind::Date,
        "postcode" => FieldKind::Postcode,
        "contact" => FieldKind::Contact,
        "media" => FieldKind::Media,
        "flag" => FieldKind::Flag,
        _ => FieldKind::Text,
    })
}

/// `[topic.work]`
pub(in crate::content) fn topics(r: &mut Reader<'_>, top: Entries<'_, '_>) -> Declared<()> {
    let mut found = Vec::new();
    for (id, node) in sections(r, top, "topic") {
        r.id(&id);
        if let Some(entries) = r.table(node, id.span.clone(), "[topic.work]") {
            r.no_more(entries, &[]);
        }
        found.push((owned(&id), ()));
    }
    found
}

const PARTNER: &str = "partner = { de = \"Anwalt\", en = \"lawyer\" }";

/// A name that is the same in every language, or one for each that counsellors speak.
fn partner(
    r: &mut Reader<'_>,
    key: &Span,
    node: &Spanned<DeValue<'_>>,
) -> BTreeMap<String, String> {
    if node.get_ref().is_str() {
        let name = r.text(node, PARTNER);
        let each = |lang: &&str| Some(((*lang).to_owned(), name.as_ref()?.value.clone()));
        return COUNSELLOR_LANGUAGES.iter().filter_map(each).collect();
    }
    let Some(mut names) = r.table(node, key.clone(), PARTNER) else {
        return BTreeMap::new();
    };
    let found = for_counsellors(r, &mut names, ("partner", key), PARTNER);
    r.no_more(names, COUNSELLOR_LANGUAGES);
    found
}

/// What something (by its key) is called in each of the languages of counsellors, which must all be there.
pub(super) fn for_counsellors(
    r: &mut Reader<'_>,
    names: &mut Entries<'_, '_>,
    (key, span): (&str, &Span),
    example: &str,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for lang in COUNSELLOR_LANGUAGES {
        match names.take(lang) {
            Some((_, node)) => {
                let name = r.text(node, example);
                found.extend(name.map(|name| ((*lang).to_owned(), name.value)));
            }
            None => r.missing(&format!("{key}.{lang}"), span.clone(), example),
        }
    }
    found
}

/// `[reason.work_ban]  level = "urgent"`
pub(in crate::content) fn reasons(r: &mut Reader<'_>, top: Entries<'_, '_>) -> Declared<Reason> {
    let mut found = Vec::new();
    for (id, node) in sections(r, top, "reason") {
        r.id(&id);
        let Some(mut entries) = r.table(node, id.span.clone(), "[reason.work_ban]") else {
            continue;
        };
        let level = match entries.take("level") {
            Some((_, node)) => r.word(node, &["immediate", "urgent", "soon", "normal"]),
            None => {
                r.missing("level", id.span.clone(), "level = \"urgent\"");
                None
            }
        };
        let numbers = entries
            .take("numbers")
            .and_then(|(_, n)| r.flag(n, "numbers = true"));
        let partner = match entries.take("partner") {
            Some((key, node)) => partner(r, &key, node),
            None => BTreeMap::new(),
        };
        r.no_more(entries, &["level", "numbers", "partner"]);
        let reason = Reason {
            level: level
                .and_then(|l| Level::parse(l.value))
                .unwrap_or(Level::Normal),
            numbers: numbers.is_some_and(|n| n.value),
            partner,
        };
        found.push((owned(&id), reason));
    }
    found
}
