//! Fluent files.

use super::placeholder::without_placeholders;
use super::reader::is_id;
use super::toml_error::{invisible, is_invisible};
use crate::content::diagnostic::{Both, Code, Diagnostic, FileText, Problems, Span};
use crate::content::fluent::{self, Bundle};
use crate::content::gist::MessageGist;
use crate::content::near::suggestion;
use crate::content::record::Hash;
use crate::model::Lang;
use fluent_bundle::FluentResource;
use fluent_syntax::ast;
use fluent_syntax::parser::{ErrorKind, ParserError};
use std::sync::{Arc, OnceLock};

/// A parsed text file.
pub(in crate::content) struct TextFile {
    pub lang: Lang,
    /// The flow's id, or `system`, `fields`, `commands`, `topics`, `reasons`.
    pub name: String,
    pub file: FileText,
    pub resource: Arc<FluentResource>,
    /// The file has syntax errors: what it lacks may just not have been understood.
    pub faulty: bool,
    /// What is wrong within the file.
    pub findings: Vec<Diagnostic>,
    /// A message, or a label of one, stands there twice.
    pub doubled: bool,
    /// The places of the messages, in the order of their ids; of two with the same id the first.
    index: Box<[usize]>,
    /// What is found out once somebody has asked.
    asked: Asked,
}

/// What is kept for as long as the file does not change.
#[derive(Default)]
struct Asked {
    /// What each message says; by the place of the entry.
    hashes: OnceLock<Box<[Option<Hash>]>>,
    /// By the place of the entry; for what is no message, an empty one.
    gists: OnceLock<Vec<MessageGist>>,
    bundle: OnceLock<Arc<Bundle>>,
}

/// A message with its gist.
pub(in crate::content) type WithGist<'t> = (&'t ast::Message<&'t str>, &'t MessageGist);

/// Reads a text file.
pub(in crate::content) fn read(file: FileText, lang: Lang, name: String) -> TextFile {
    let mut problems = Problems::default();
    if let Some(at) = too_deep(&file.text) {
        let said = Both::new(
            "die Klammern sind zu tief verschachtelt",
            "the braces are nested too deeply",
        );
        problems.at(Code::FluentSyntax, &file, at..at + 1, said);
        let resource = match FluentResource::try_new(String::new()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        return TextFile {
            lang,
            name,
            file,
            resource: Arc::new(resource),
            faulty: true,
            findings: problems.into_list(),
            doubled: false,
            index: Box::default(),
            asked: Asked::default(),
        };
    }
    let parsed = FluentResource::try_new(without_placeholders(&file.text).into_owned());
    let (resource, errors) = match parsed {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    for error in &errors {
        report(&mut problems, &file, error);
    }
    let (index, doubled) = index(&resource);
    TextFile {
        lang,
        name,
        file,
        resource: Arc::new(resource),
        faulty: !errors.is_empty(),
        findings: problems.into_list(),
        doubled,
        index,
        asked: Asked::default(),
    }
}

/// The places of the messages in the order of their ids, and whether something stands there twice.
fn index(resource: &FluentResource) -> (Box<[usize]>, bool) {
    let entries = resource.entries().enumerate();
    let mut messages: Vec<_> = entries
        .filter_map(|(place, entry)| match entry {
            ast::Entry::Message(message) => Some((message, place)),
            _ => None,
        })
        .collect();
    let all = messages.len();
    messages.sort_by_key(|(message, _)| message.id.name);
    messages.dedup_by_key(|(message, _)| message.id.name);
    let doubled = messages.len() < all
        || messages
            .iter()
            .any(|(message, _)| has_twice(&message.attributes));
    (
        messages.into_iter().map(|(_, place)| place).collect(),
        doubled,
    )
}

fn has_twice(attributes: &[ast::Attribute<&str>]) -> bool {
    let before = |n: usize| &attributes[..n];
    let named = |a: &ast::Attribute<&str>, b: &ast::Attribute<&str>| a.id.name == b.id.name;
    (1..attributes.len()).any(|n| before(n).iter().any(|a| named(a, &attributes[n])))
}

/// Where braces are nested too deeply, if they are. Fluent's parser calls itself for each brace, so that a
/// file with very many of them would end the whole program.
fn too_deep(text: &str) -> Option<usize> {
    const MOST: usize = 30;
    let mut depth: usize = 0;
    let mut line_start = true;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            // A new entry begins; what was left open before is somebody's slip.
            b'a'..=b'z' | b'A'..=b'Z' if line_start => depth = 0,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST {
            return Some(at);
        }
        line_start = byte == b'\n';
    }
    None
}

impl TextFile {
    /// All messages, in the order of the file.
    pub fn messages(&self) -> impl Iterator<Item = &ast::Message<&str>> {
        self.resource.entries().filter_map(|entry| match entry {
            ast::Entry::Message(message) => Some(message),
            _ => None,
        })
    }

    /// The hash of what the first message with an id says, labels and all.
    pub fn hash(&self, id: &str) -> Option<Hash> {
        let hashes = self.asked.hashes.get_or_init(|| {
            let hash = |entry: &ast::Entry<&str>| match entry {
                ast::Entry::Message(message) => Some(Hash::of(message)),
                _ => None,
            };
            self.resource.entries().map(hash).collect()
        });
        hashes.get(self.place(id)?).copied().flatten()
    }

    /// The first message with an id.
    pub fn message(&self, id: &str) -> Option<&ast::Message<&str>> {
        self.message_at(self.place(id)?)
    }

    fn message_at(&self, place: usize) -> Option<&ast::Message<&str>> {
        match self.resource.get_entry(place)? {
            ast::Entry::Message(message) => Some(message),
            _ => None,
        }
    }

    /// Where the first message with an id stands among the entries.
    fn place(&self, id: &str) -> Option<usize> {
        let name = |place: &usize| self.message_at(*place).map(|m| m.id.name);
        let found = self
            .index
            .binary_search_by(|place| name(place).cmp(&Some(id)));
        self.index.get(found.ok()?).copied()
    }

    /// All messages with their gists.
    pub fn gists(&self) -> impl Iterator<Item = WithGist<'_>> {
        let both = self.resource.entries().zip(self.all_gists());
        both.filter_map(|(entry, gist)| match entry {
            ast::Entry::Message(message) => Some((message, gist)),
            _ => None,
        })
    }

    /// The first message with an id, and its gist.
    pub fn with_gist(&self, id: &str) -> Option<WithGist<'_>> {
        let place = self.place(id)?;
        Some((self.message_at(place)?, self.all_gists().get(place)?))
    }

    fn all_gists(&self) -> &[MessageGist] {
        self.asked.gists.get_or_init(|| {
            let entries = self.resource.entries();
            let gist = |entry: &ast::Entry<&str>| match entry {
                ast::Entry::Message(message) => MessageGist::of(message),
                _ => MessageGist::default(),
            };
            entries.map(gist).collect()
        })
    }

    /// The texts, ready to be said.
    pub fn bundle(&self) -> Arc<Bundle> {
        let bundle = || Arc::new(fluent::bundle(&self.lang, Arc::clone(&self.resource)));
        Arc::clone(self.asked.bundle.get_or_init(bundle))
    }

    /// Where a part of the parsed text stands. The parser's parts are slices of the file's text.
    pub fn span(&self, part: &str) -> Span {
        let base = self.resource.source().as_ptr() as usize;
        match (part.as_ptr() as usize).checked_sub(base) {
            Some(start) if start + part.len() <= self.file.text.len() => start..start + part.len(),
            _ => 0..0,
        }
    }
}

fn report(problems: &mut Problems, file: &FileText, error: &ParserError) {
    let junk = error.slice.clone().unwrap_or(error.pos.clone());
    let (message, help) = explain(&error.kind, file.text.get(junk).unwrap_or_default());
    let (start, end) = on_characters(&file.text, error.pos.clone());
    problems
        .at(Code::FluentSyntax, file, start..end, message)
        .help_if(help);
}

/// The parser counts bytes; a character may have several.
fn on_characters(text: &str, span: Span) -> (usize, usize) {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start, end)
}

fn explain(kind: &ErrorKind, junk: &str) -> (Both, Option<Both>) {
    let say = |de: &str, en: &str, help_de: &str, help_en: &str| {
        (Both::new(de, en), Some(Both::new(help_de, help_en)))
    };
    let first = junk.lines().next().unwrap_or_default();
    if junk.contains('\t') {
        return say(
            "rücken Sie mit vier Leerzeichen ein, nicht mit dem Tabulator",
            "indent with four blanks, not with the tab key",
            "Löschen Sie, was vor dem ersten Buchstaben der Zeile steht, und tippen Sie viermal die Leertaste",
            "Delete what stands before the first letter of the line, and press the space bar four times",
        );
    }
    if first.chars().any(is_invisible) && !first.contains('=') || first.starts_with(is_invisible) {
        let plain: String = first
            .chars()
            .map(|c| if is_invisible(c) { ' ' } else { c })
            .collect();
        let (said, help) = invisible(&plain);
        return (said, Some(help));
    }
    let name = first.split(['=', ':', ' ']).next().unwrap_or_default();
    let indent = say(
        "rücken Sie diese Zeile um vier Leerzeichen ein",
        "indent this line by four blanks",
        "Sie gehört zum Text darüber. Ein neuer Text beginnt mit: name = …",
        "It belongs to the text above. A new text begins with: name = …",
    );
    match kind {
        ErrorKind::ExpectedToken('=')
            if first[name.len()..].trim_start().starts_with(':') && is_id(name) =>
        {
            (
                Both::new("schreiben Sie `=` statt `:`", "write `=` instead of `:`"),
                Some(Both::new(
                    format!(
                        "Schreiben Sie: {name} = {}",
                        first[name.len()..].trim_start_matches([' ', ':'])
                    ),
                    format!(
                        "Write: {name} = {}",
                        first[name.len()..].trim_start_matches([' ', ':'])
                    ),
                )),
            )
        }
        ErrorKind::ExpectedToken('=') => indent,
        ErrorKind::ExpectedToken('}') | ErrorKind::UnbalancedClosingBrace => say(
            "schließen Sie die geschweifte Klammer mit `}`",
            "close the brace with `}`",
            "Ein Platzhalter sieht so aus: { $name }",
            "A placeholder looks like this: { $name }",
        ),
        ErrorKind::ExpectedCharRange { range } if range.contains('\n') => say(
            "beginnen Sie bei einer Auswahl jeden Fall auf einer neuen Zeile",
            "begin each case of a choice on a new line",
            "Zum Beispiel: { $n -> und darunter, je eine Zeile: [one] …, *[other] …, }",
            "For example: { $n -> and below, a line each: [one] …, *[other] …, }",
        ),
        ErrorKind::ExpectedCharRange { .. } if first.starts_with([' ', '.']) => say(
            "setzen Sie eine Zeile `name = Text` davor",
            "put a line `name = text` before this",
            "Diese Zeile gehört zu keinem Text; Beschriftungen stehen eingerückt unter ihrer Frage",
            "This line belongs to no text; labels stand indented below their question",
        ),
        ErrorKind::ExpectedCharRange { .. } if first.contains('=') && !name.is_empty() => {
            let plain = suggestion(name);
            let rest = first.split_once('=').map_or("", |(_, rest)| rest.trim());
            (
                Both::new(
                    format!("schreiben Sie den Namen so: `{plain}`"),
                    format!("write the name like this: `{plain}`"),
                ),
                Some(Both::new(
                    format!("Namen haben nur a–z, 0–9 und _. Schreiben Sie: {plain} = {rest}"),
                    format!("Names have a–z, 0–9 and _ only. Write: {plain} = {rest}"),
                )),
            )
        }
        ErrorKind::ExpectedCharRange { .. } => indent,
        ErrorKind::ExpectedMessageField { entry_id } => (
            Both::new(
                format!("`{entry_id}` hat keinen Text"),
                format!("`{entry_id}` has no text"),
            ),
            Some(Both::new(
                format!("Schreiben Sie: {entry_id} = …"),
                format!("Write: {entry_id} = …"),
            )),
        ),
        ErrorKind::MissingDefaultVariant => say(
            "geben Sie der Auswahl einen Fall für alles andere",
            "give the choice a case for everything else",
            "Setzen Sie vor einen Fall einen Stern: *[other] …",
            "Put an asterisk before one case: *[other] …",
        ),
        ErrorKind::MultipleDefaultVariants => say(
            "nur ein Fall darf einen Stern haben",
            "only one case may have an asterisk",
            "Lassen Sie den Stern nur vor [other]",
            "Leave the asterisk only before [other]",
        ),
        ErrorKind::ExpectedInlineExpression => say(
            "schreiben Sie in die geschweiften Klammern eine Variable",
            "write a variable into the braces",
            "Ein Platzhalter sieht so aus: { $name }; eine Klammer als Zeichen so: {\"{\"}",
            "A placeholder looks like this: { $name }; a brace as a character like this: {\"{\"}",
        ),
        ErrorKind::MissingValue => say(
            "schreiben Sie hier den Text hin",
            "write the text here",
            "Schreiben Sie den Text hinter `=` oder eingerückt darunter",
            "Write the text after `=` or indented below",
        ),
        ErrorKind::UnterminatedStringLiteral => say(
            "das Anführungszeichen in den Klammern wird nicht geschlossen",
            "the quote within the braces is not closed",
            "Schreiben Sie zum Beispiel: {\"Text\"}",
            "Write for example: {\"text\"}",
        ),
        other => (
            Both::new(
                "diesen Text kann Fluent nicht lesen",
                "Fluent cannot read this text",
            ),
            Some(Both::new(
                format!("Der Leser sagt: {other}"),
                format!("The parser says: {other}"),
            )),
        ),
    }
}
