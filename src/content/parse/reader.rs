//! Reading TOML tables key by key, with a finding for everything that is not as expected.

use crate::content::diagnostic::{Both, Code, FileText, Noted, Problems, Span};
use crate::content::near::{did_you_mean, nearest, suggestion};
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its position.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) struct At<T> {
    pub value: T,
    pub span: Span,
}

/// A value of a TOML file.
pub(in crate::content) type Node<'d> = Spanned<DeValue<'d>>;

/// One file while it is read.
pub(in crate::content) struct Reader<'p> {
    pub file: FileText,
    pub problems: &'p mut Problems,
}

/// The entries of a table, in the order of the file.
pub(in crate::content) struct Entries<'t, 'd> {
    list: Vec<(At<&'t str>, &'t Node<'d>)>,
    /// Where the table is named.
    pub span: Span,
}

impl<'t, 'd> Entries<'t, 'd> {
    /// The entries of a table that is named at `span`.
    pub fn new(table: &'t DeTable<'d>, span: Span) -> Self {
        let entry = |(key, node): (&'t Spanned<std::borrow::Cow<'d, str>>, &'t Node<'d>)| {
            (
                At {
                    value: key.get_ref().as_ref(),
                    span: key.span(),
                },
                node,
            )
        };
        let mut list: Vec<_> = table.iter().map(entry).collect();
        list.sort_by_key(|(key, _)| key.span.start);
        Self { list, span }
    }

    /// Whether a key is there, and where.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.list
            .iter()
            .find(|(k, _)| k.value == key)
            .map(|(k, _)| k.span.clone())
    }

    /// All keys that are there.
    pub fn keys(&self) -> impl Iterator<Item = &'t str> {
        self.list.iter().map(|(k, _)| k.value)
    }

    /// Takes an entry out.
    pub fn take(&mut self, key: &str) -> Option<(Span, &'t Node<'d>)> {
        let index = self.list.iter().position(|(k, _)| k.value == key)?;
        let (key, node) = self.list.remove(index);
        Some((key.span, node))
    }

    /// What is left.
    pub fn rest(self) -> Vec<(At<&'t str>, &'t Node<'d>)> {
        self.list
    }
}

impl Reader<'_> {
    /// Notes a finding in this file.
    pub fn at(
        &mut self,
        code: Code,
        span: Span,
        de: impl Into<String>,
        en: impl Into<String>,
    ) -> Noted<'_> {
        self.problems.at(code, &self.file, span, Both::new(de, en))
    }

    /// Reports all that is left in a table as unknown keys.
    pub fn no_more(&mut self, entries: Entries<'_, '_>, known: &[&str]) {
        for (key, _) in entries.rest() {
            let name = key.value;
            self.unknown_key(key.span, name, known.iter().copied());
        }
    }

    /// Reports a key that does not exist; what was probably meant comes first.
    pub fn unknown_key<'k>(
        &mut self,
        span: Span,
        name: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let (de, en) = match nearest(name, known.clone()) {
            Some(near) => (
                format!("schreiben Sie `{near}` statt `{name}`"),
                format!("write `{near}` instead of `{name}`"),
            ),
            None => (
                format!("löschen Sie `{name}`, das gibt es hier nicht"),
                format!("delete `{name}`, there is no such thing here"),
            ),
        };
        self.at(Code::UnknownKey, span, de, en)
            .help_if(did_you_mean(name, known));
    }

    /// Where the German words of this flow stand.
    pub fn words_file(&self) -> String {
        let flow = self
            .file
            .path
            .strip_prefix("flows/")
            .unwrap_or(&self.file.path);
        let flow = flow.strip_suffix(".toml").unwrap_or(flow);
        format!("locales/de/{flow}.ftl")
    }

    /// Reports a needed key that is not there.
    pub fn missing(&mut self, key: &str, span: Span, example: &str) {
        self.at(
            Code::MissingKey,
            span,
            format!("hier fehlt `{key}`"),
            format!("`{key}` is missing here"),
        )
        .help(
            format!("Schreiben Sie zum Beispiel: {example}"),
            format!("Write for example: {example}"),
        );
    }

    fn wrong_type(&mut self, node: &Node<'_>, wanted: (&str, &str), example: &str) {
        let (de, en) = type_name(node.get_ref());
        self.at(
            Code::WrongType,
            node.span(),
            format!("hier steht {de}; gebraucht wird {}", wanted.0),
            format!("this is {en}; needed is {}", wanted.1),
        )
        .help(
            format!("Schreiben Sie zum Beispiel: {example}"),
            format!("Write for example: {example}"),
        );
    }

    /// Text in quotes.
    pub fn text(&mut self, node: &Node<'_>, example: &str) -> Option<At<String>> {
        if let DeValue::String(text) = node.get_ref() {
            return Some(At {
                value: text.to_string(),
                span: node.span(),
            });
        }
        self.wrong_type(
            node,
            ("ein Text in Anführungszeichen", "a text in quotes"),
            example,
        );
        None
    }

    /// A whole number.
    pub fn number(&mut self, node: &Node<'_>, example: &str) -> Option<At<i64>> {
        if let DeValue::Integer(number) = node.get_ref()
            && let Ok(value) = i64::from_str_radix(number.as_str(), number.radix())
        {
            return Some(At {
                value,
                span: node.span(),
            });
        }
        self.wrong_type(node, ("eine ganze Zahl", "a whole number"), example);
        None
    }

    /// A number with decimals.
    pub fn decimal(&mut self, node: &Node<'_>, example: &str) -> Option<At<f32>> {
        let written = match node.get_ref() {
            DeValue::Float(number) => number.as_str(),
            DeValue::Integer(number) => number.as_str(),
            _ => "",
        };
        if let Ok(value) = written.parse::<f32>() {
            let span = node.span();
            return Some(At { value, span });
        }
        self.wrong_type(node, ("eine Zahl wie 0.25", "a number like 0.25"), example);
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node<'_>, example: &str) -> Option<At<bool>> {
        if let DeValue::Boolean(value) = node.get_ref() {
            return Some(At {
                value: *value,
                span: node.span(),
            });
        }
        self.wrong_type(node, ("`true` oder `false`", "`true` or `false`"), example);
        None
    }

    /// A date without quotes.
    pub fn date(&mut self, node: &Node<'_>, example: &str) -> Option<At<Date>> {
        if let DeValue::Datetime(toml::value::Datetime {
            date: Some(date),
            time: None,
            ..
        }) = node.get_ref()
            && let (Ok(year), Ok(month), Ok(day)) = (
                i16::try_from(date.year),
                i8::try_from(date.month),
                i8::try_from(date.day),
            )
            && let Ok(value) = Date::new(year, month, day)
        {
            return Some(At {
                value,
                span: node.span(),
            });
        }
        if let DeValue::String(text) = node.get_ref() {
            let day = super::line::german_date(text).unwrap_or_else(|| "2026-11-01".to_owned());
            self.at(
                Code::WrongType,
                node.span(),
                format!("schreiben Sie das Datum ohne Anführungszeichen: {day}"),
                format!("write the date without quotes: {day}"),
            )
            .help(
                "Erst das Jahr, dann der Monat, dann der Tag, mit Strichen",
                "First the year, then the month, then the day, with hyphens",
            );
            return None;
        }
        self.wrong_type(
            node,
            ("ein Datum ohne Anführungszeichen", "a date without quotes"),
            example,
        );
        None
    }

    /// A list.
    pub fn list<'t, 'd>(&mut self, node: &'t Node<'d>, example: &str) -> Option<Vec<&'t Node<'d>>> {
        if let DeValue::Array(list) = node.get_ref() {
            return Some(list.iter().collect());
        }
        self.wrong_type(
            node,
            (
                "eine Liste in eckigen Klammern",
                "a list in square brackets",
            ),
            example,
        );
        None
    }

    /// A list of texts.
    pub fn texts(&mut self, node: &Node<'_>, example: &str) -> Option<Vec<At<String>>> {
        let list = self.list(node, example)?;
        Some(
            list.into_iter()
                .filter_map(|n| self.text(n, example))
                .collect(),
        )
    }

    /// A table, named at `span`.
    pub fn table<'t, 'd>(
        &mut self,
        node: &'t Node<'d>,
        span: Span,
        example: &str,
    ) -> Option<Entries<'t, 'd>> {
        if let DeValue::Table(table) = node.get_ref() {
            return Some(Entries::new(table, span));
        }
        self.wrong_type(node, ("ein Abschnitt", "a section"), example);
        None
    }

    /// One of a few words.
    pub fn word(&mut self, node: &Node<'_>, known: &[&'static str]) -> Option<At<&'static str>> {
        let example = known
            .first()
            .map(|k| format!("\"{k}\""))
            .unwrap_or_default();
        let text = self.text(node, &example)?;
        if let Some(word) = known.iter().find(|k| **k == text.value) {
            return Some(At {
                value: word,
                span: text.span,
            });
        }
        let word = &text.value;
        self.at(
            Code::UnknownWord,
            text.span.clone(),
            format!("`{word}` ist hier kein mögliches Wort"),
            format!("`{word}` is no possible word here"),
        )
        .help_if(did_you_mean(word, known.iter().copied()));
        None
    }

    /// Checks that an id has only letters that ids may have, and starts with a letter (Fluent wants that).
    pub fn id(&mut self, id: &At<&str>) -> bool {
        let good = is_id(id.value);
        if !good {
            let plain = suggestion(id.value);
            self.at(
                Code::BadId,
                id.span.clone(),
                format!("schreiben Sie den Namen so: `{plain}`"),
                format!("write the name like this: `{plain}`"),
            )
            .help(
                format!("`{}` geht nicht: Namen bestehen aus a–z, 0–9 und _ und beginnen mit einem Buchstaben", id.value),
                format!("`{}` is not possible: names are made of a–z, 0–9 and _ and start with a letter", id.value),
            );
        }
        good
    }
}

/// Whether a word has only letters that ids may have.
pub(in crate::content) fn is_id(word: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    word.starts_with(|c: char| c.is_ascii_lowercase()) && word.bytes().all(letter)
}

fn type_name(value: &DeValue<'_>) -> (&'static str, &'static str) {
    match value {
        DeValue::String(_) => ("ein Text in Anführungszeichen", "a text in quotes"),
        DeValue::Integer(_) => ("eine ganze Zahl", "a whole number"),
        DeValue::Float(_) => ("eine Kommazahl", "a number with decimals"),
        DeValue::Boolean(_) => ("`true` oder `false`", "`true` or `false`"),
        DeValue::Datetime(_) => ("ein Datum oder eine Uhrzeit", "a date or a time"),
        DeValue::Array(_) => ("eine Liste", "a list"),
        DeValue::Table(_) => ("ein Abschnitt", "a section"),
    }
}
