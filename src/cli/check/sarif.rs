//! Findings as a SARIF 2.1.0 log (OASIS, "Static Analysis Results Interchange Format"), which GitHub and
//! many editors read.

use super::report::level;
use crate::content::{Code, Diagnostic, Source};
use crate::model::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Component, Path};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The whole log about a content in a folder (if it is in one). Columns count Unicode code points, as `columnKind` says.
pub fn log(
    found: &[Diagnostic],
    source: &dyn Source,
    folder: Option<&Path>,
    lang: &Lang,
) -> String {
    let prefix = folder.map(uri).unwrap_or_default();
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    let results: Vec<Value> = found
        .iter()
        .map(|one| {
            let text = texts
                .entry(&one.file)
                .or_insert_with(|| source.read(&one.file).unwrap_or_default());
            result(one, text, &prefix, lang)
        })
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "lotse check",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|c| rule(*c)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
    .to_string()
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": code.meaning() },
        "help": { "text": format!("docs/diagnostics.md explains {} with an example.", code.as_str()) },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(one: &Diagnostic, text: &str, prefix: &str, lang: &Lang) -> Value {
    let message = match &one.help {
        Some(help) => format!("{}. {}", one.message.get(lang), help.get(lang)),
        None => one.message.get(lang).to_owned(),
    };
    let (end_line, end_column) = one.end(text);
    json!({
        "ruleId": one.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|c| *c == one.code),
        "level": level(one.severity),
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": format!("{prefix}{}", escaped(&one.file)) },
            "region": {
                "startLine": one.line,
                "startColumn": one.column,
                "endLine": end_line,
                "endColumn": end_column,
            },
        }}],
    })
}

/// A folder as the beginning of a URI: relative ones as they are, so that they fit the repository that holds them.
fn uri(folder: &Path) -> String {
    let mut out = String::from(if folder.is_absolute() { "file:///" } else { "" });
    for part in folder.components() {
        match part {
            Component::Normal(name) => {
                out.push_str(&escaped(&name.to_string_lossy()));
                out.push('/');
            }
            Component::ParentDir => out.push_str("../"),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    out
}

/// What may stand in the path of a URI (RFC 3986), the rest as bytes in hexadecimal.
fn escaped(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{MemorySource, load_on};
    use std::sync::Arc;

    /// What the schema of SARIF 2.1.0 demands of each object, by its path; `[]` is each element of a list.
    const REQUIRED: &[(&str, &[&str])] = &[
        ("", &["version", "runs"]),
        ("runs[]", &["tool", "results"]),
        ("runs[].tool", &["driver"]),
        ("runs[].tool.driver", &["name"]),
        ("runs[].tool.driver.rules[]", &["id"]),
        ("runs[].tool.driver.rules[].shortDescription", &["text"]),
        ("runs[].tool.driver.rules[].help", &["text"]),
        ("runs[].results[]", &["message", "ruleId", "level"]),
        ("runs[].results[].message", &["text"]),
        (
            "runs[].results[].locations[].physicalLocation",
            &["artifactLocation"],
        ),
        (
            "runs[].results[].locations[].physicalLocation.artifactLocation",
            &["uri"],
        ),
        (
            "runs[].results[].locations[].physicalLocation.region",
            &["startLine", "startColumn", "endLine", "endColumn"],
        ),
    ];

    fn at<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
        path.split('.')
            .filter(|p| !p.is_empty())
            .fold(vec![value], |found, part| {
                let key = part.trim_end_matches("[]");
                let inner = found.into_iter().map(|v| &v[key]);
                if part.ends_with("[]") {
                    inner.flat_map(|v| v.as_array().expect("a list")).collect()
                } else {
                    inner.collect()
                }
            })
    }

    fn log_of(found: &[Diagnostic], folder: &str) -> Value {
        let log = log(found, &source(), Some(Path::new(folder)), &Lang::new("de"));
        serde_json::from_str(&log).unwrap()
    }

    fn source() -> MemorySource {
        MemorySource::default()
            .with("flows/topics.toml", "[topic.work]\nä = „x“\n")
            .with("flows/über uns.toml", "start = 1\n")
    }

    fn found() -> Vec<Diagnostic> {
        load_on(&source(), Arc::default(), None).diagnostics
    }

    #[test]
    fn the_log_has_what_the_schema_demands() {
        let log = log_of(&found(), ".");
        assert_eq!(log["version"], "2.1.0");
        assert!(!at(&log, "runs[].results[]").is_empty());
        for (path, keys) in REQUIRED {
            for object in at(&log, path) {
                for key in *keys {
                    assert!(
                        object.get(key).is_some_and(|v| !v.is_null()),
                        "{path}.{key}"
                    );
                }
            }
        }
        for level in at(&log, "runs[].results[].level") {
            assert!(["none", "note", "warning", "error"].contains(&level.as_str().unwrap()));
        }
        for kind in at(&log, "runs[].columnKind") {
            assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&kind.as_str().unwrap()));
        }
        for result in at(&log, "runs[].results[]") {
            let rule = &log["runs"][0]["tool"]["driver"]["rules"]
                [result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
        }
        for region in at(&log, "runs[].results[].locations[].physicalLocation.region") {
            let number = |key: &str| region[key].as_u64().unwrap();
            assert!(number("startLine") >= 1 && number("startColumn") >= 1);
            assert!(
                (number("endLine"), number("endColumn"))
                    >= (number("startLine"), number("startColumn"))
            );
        }
        for rule in at(&log, "runs[].tool.driver.rules[]") {
            assert!(rule["shortDescription"]["text"].as_str().unwrap().len() > 10);
        }
    }

    #[test]
    fn places_are_uris_and_code_points() {
        let all = found();
        let quote = all
            .iter()
            .find(|d| &*d.file == "flows/topics.toml")
            .unwrap();
        let log = log_of(std::slice::from_ref(quote), ".");
        // „ is three bytes, but one character: the reader of the log must find it.
        let region = at(&log, "runs[].results[].locations[].physicalLocation.region")[0];
        let numbers = ["startLine", "startColumn", "endLine", "endColumn"]
            .map(|k| region[k].as_u64().unwrap());
        assert_eq!(numbers, [2, 5, 2, 6]);
        let path = |folder: &str| {
            let other = all.iter().find(|d| d.file.contains("uns")).unwrap();
            let log = log_of(std::slice::from_ref(other), folder);
            log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone()
        };
        assert_eq!(path("."), "flows/%C3%BCber%20uns.toml");
        assert_eq!(path("./a b"), "a%20b/flows/%C3%BCber%20uns.toml");
        assert_eq!(path("/srv/x"), "file:///srv/x/flows/%C3%BCber%20uns.toml");
    }
}
