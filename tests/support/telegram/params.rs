//! Parameters of a call, from wherever the Bot API accepts them: the query, a form, JSON or multipart.

use super::refusal::Refusal;
use reqwest::Url;
use serde_json::{Map, Value};

/// The parameters of one call; files of a multipart body are kept by name and size only.
#[derive(Debug, Clone, Default)]
pub(super) struct Params(pub Map<String, Value>);

impl Params {
    /// Reads the query and the body; the body wins where both name a parameter.
    pub fn read(query: Option<&str>, content_type: &str, body: &[u8]) -> Result<Self, Refusal> {
        let mut params = Map::new();
        for (name, value) in pairs(query.unwrap_or_default().as_bytes()) {
            params.insert(name, Value::String(value));
        }
        if body.is_empty() {
        } else if content_type.starts_with("application/json") {
            match serde_json::from_slice(body) {
                Ok(Value::Object(object)) => params.extend(object),
                _ => {
                    return Err(Refusal::bad_request(
                        "can't parse request parameters JSON object",
                    ));
                }
            }
        } else if content_type.starts_with("multipart/form-data") {
            let boundary = boundary(content_type)
                .ok_or_else(|| Refusal::bad_request("boundary parameter not found"))?;
            for (name, value) in multipart(boundary, body) {
                params.insert(name, value);
            }
        } else {
            for (name, value) in pairs(body) {
                params.insert(name, Value::String(value));
            }
        }
        params.retain(|_, value| !value.is_null());
        Ok(Self(params))
    }

    /// A number, written as a number or as text.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Text; a number counts as its digits.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A yes or no; absent means no.
    pub fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => {
                matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1")
            }
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// An object or array, given as such or as text that holds JSON.
    pub fn structure(&self, name: &str) -> Result<Option<Value>, Refusal> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| {
                Refusal::bad_request(format!(
                    "can't parse {} JSON object",
                    name.replace('_', " ")
                ))
            }),
            Some(value) => Ok(Some(value.clone())),
        }
    }
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    // A URL is parsed only for its query: that is the same encoding as a form's.
    let encoded = String::from_utf8_lossy(encoded);
    match Url::parse(&format!("http://form/?{encoded}")) {
        Ok(url) => url.query_pairs().into_owned().collect(),
        Err(_) => Vec::new(),
    }
}

fn boundary(content_type: &str) -> Option<&str> {
    let value = content_type
        .split(';')
        .find_map(|part| part.trim().strip_prefix("boundary="))?;
    Some(value.trim_matches('"'))
}

fn multipart(boundary: &str, body: &[u8]) -> Vec<(String, Value)> {
    let delimiter = format!("--{boundary}");
    let mut fields = Vec::new();
    let mut rest = body;
    while let Some(start) = position(rest, delimiter.as_bytes()) {
        rest = &rest[start + delimiter.len()..];
        let end = position(rest, delimiter.as_bytes()).unwrap_or(rest.len());
        let part = &rest[..end];
        let Some(split) = position(part, b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&part[..split]);
        let content = &part[split + 4..];
        let content = content.strip_suffix(b"\r\n").unwrap_or(content);
        let Some(name) = header_value(&head, "name") else {
            continue;
        };
        let value = match header_value(&head, "filename") {
            Some(file) => serde_json::json!({ "file_name": file, "file_size": content.len() }),
            None => Value::String(String::from_utf8_lossy(content).into_owned()),
        };
        fields.push((name, value));
    }
    fields
}

fn header_value(head: &str, name: &str) -> Option<String> {
    let line = head
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("content-disposition"))?;
    line.split(';').find_map(|part| {
        let (key, value) = part.trim().split_once('=')?;
        (key == name).then(|| value.trim_matches('"').to_owned())
    })
}

fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
