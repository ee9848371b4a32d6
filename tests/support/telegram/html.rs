//! `parse_mode=HTML`: turns marked-up text into plain text and entities, or refuses it.
//!
//! A bot that forgets to escape what a person wrote fails here as it fails at Telegram.

use super::refusal::Refusal;
use serde_json::{Map, Value, json};

/// Text as a person sees it, with the formatting beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FormattedText {
    pub text: String,
    pub entities: Vec<Value>,
}

struct OpenTag {
    name: String,
    attributes: Map<String, Value>,
    /// Offset in UTF-16 units, which is how Telegram counts.
    offset: usize,
}

/// Parses the HTML dialect of the Bot API.
pub(super) fn parse_html(source: &str) -> Result<FormattedText, Refusal> {
    Parser {
        bytes: source.as_bytes(),
        source,
        at: 0,
        out: FormattedText::default(),
        utf16: 0,
    }
    .run()
    .map_err(|why| Refusal::bad_request(format!("can't parse entities: {why}")))
}

struct Parser<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    out: FormattedText,
    utf16: usize,
}

impl Parser<'_> {
    fn run(mut self) -> Result<FormattedText, String> {
        let mut open: Vec<OpenTag> = Vec::new();
        while let Some(character) = self.source[self.at..].chars().next() {
            match character {
                '&' => {
                    let decoded = self.character_reference();
                    self.push(decoded.unwrap_or('&'));
                    if decoded.is_none() {
                        self.at += 1;
                    }
                }
                '<' if self.bytes.get(self.at + 1) == Some(&b'/') => self.close_tag(&mut open)?,
                '<' => {
                    let tag = self.open_tag()?;
                    open.push(tag);
                }
                other => {
                    self.push(other);
                    self.at += other.len_utf8();
                }
            }
        }
        match open.last() {
            Some(tag) => Err(format!(
                "Can't find end tag corresponding to start tag \"{}\"",
                tag.name
            )),
            None => {
                // Outer before inner, as Telegram lists them; tags close the other way round.
                let number = |entity: &Value, name: &str| entity[name].as_u64().unwrap_or_default();
                self.out.entities.sort_by_key(|entity| {
                    (
                        number(entity, "offset"),
                        std::cmp::Reverse(number(entity, "length")),
                    )
                });
                Ok(self.out)
            }
        }
    }

    fn push(&mut self, character: char) {
        self.out.text.push(character);
        self.utf16 += character.len_utf16();
    }

    /// Reads `&lt;` and its like; anything else stays as it is written.
    fn character_reference(&mut self) -> Option<char> {
        let rest = &self.source[self.at + 1..];
        let end = rest.find(';').filter(|end| *end <= 10)?;
        let name = &rest[..end];
        let decoded = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code).filter(|c| *c != '\0')?
            }
        };
        self.at += end + 2;
        Some(decoded)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take_while(&mut self, keep: impl Fn(u8) -> bool) -> &str {
        let start = self.at;
        while self.peek().is_some_and(&keep) {
            self.at += 1;
        }
        &self.source[start..self.at]
    }

    fn open_tag(&mut self) -> Result<OpenTag, String> {
        let begin = self.at;
        self.at += 1;
        let name = self
            .take_while(|b| !b.is_ascii_whitespace() && b != b'>')
            .to_ascii_lowercase();
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        if entity_kind(&name).is_none() {
            return Err(format!(
                "Unsupported start tag \"{name}\" at byte offset {begin}"
            ));
        }
        let mut attributes = Map::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => {
                    return Err(format!(
                        "Unclosed start tag \"{name}\" at byte offset {begin}"
                    ));
                }
                Some(b'>') => break,
                Some(_) => {
                    let (key, value) = self.attribute(&name, begin)?;
                    attributes.insert(key, Value::String(value));
                }
            }
        }
        self.at += 1;
        let class = attributes
            .get("class")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if name == "span" && class != "tg-spoiler" {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"
            ));
        }
        Ok(OpenTag {
            name,
            attributes,
            offset: self.utf16,
        })
    }

    fn attribute(&mut self, tag: &str, begin: usize) -> Result<(String, String), String> {
        let key = self
            .take_while(|b| !b.is_ascii_whitespace() && b != b'=' && b != b'>')
            .to_ascii_lowercase();
        if key.is_empty() {
            return Err(format!(
                "Empty attribute name in the tag \"{tag}\" at byte offset {begin}"
            ));
        }
        self.skip_space();
        if self.peek() != Some(b'=') {
            // `<blockquote expandable>` is the one attribute without a value.
            return Ok((key, String::new()));
        }
        self.at += 1;
        self.skip_space();
        let unclosed = format!("Unclosed start tag \"{tag}\" at byte offset {begin}");
        let value = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.take_while(|b| b != quote).to_owned();
                if self.peek().is_none() {
                    return Err(unclosed);
                }
                self.at += 1;
                value
            }
            _ => self
                .take_while(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
                .to_owned(),
        };
        Ok((key, value))
    }

    fn close_tag(&mut self, open: &mut Vec<OpenTag>) -> Result<(), String> {
        let begin = self.at;
        let Some(tag) = open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += 2;
        let name = self
            .take_while(|b| !b.is_ascii_whitespace() && b != b'>')
            .to_ascii_lowercase();
        self.skip_space();
        if self.peek() != Some(b'>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        if !name.is_empty() && name != tag.name {
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{name}>\"",
                tag.name
            ));
        }
        self.at += 1;
        let length = self.utf16 - tag.offset;
        if length > 0 {
            let kind = entity_kind(&tag.name).unwrap_or_default();
            let mut entity = json!({ "type": kind, "offset": tag.offset, "length": length });
            if let Some(href) = tag.attributes.get("href") {
                entity["url"] = href.clone();
            }
            self.out.entities.push(entity);
        }
        Ok(())
    }
}

/// The entity a tag stands for; `None` for tags that Telegram does not know.
fn entity_kind(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "a" => "text_link",
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "s" | "strike" | "del" => "strikethrough",
        "u" | "ins" => "underline",
        "tg-spoiler" | "span" => "spoiler",
        "tg-emoji" => "custom_emoji",
        "pre" => "pre",
        "code" => "code",
        "blockquote" => "blockquote",
        _ => return None,
    })
}
