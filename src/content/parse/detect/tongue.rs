//! `flows/detect/<lang>.toml`: what people write in one language.

use super::{Sum, phrases};
use crate::content::detect::{DeadlineKind, Samples, Tongue};
use crate::content::diagnostic::{Code, Diagnostic, FileText, Problems, Span};
use crate::content::parse::reader::{At, Entries, Node, Reader};
use crate::content::parse::settings::review;
use crate::content::parse::toml_error;
use crate::content::record::SignOff;
use crate::content::types::Review;
use crate::model::Lang;
use crate::text::{key, normalise};
use indexmap::IndexMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use toml::de::{DeTable, DeValue};

/// A parsed file of a language.
pub(in crate::content) struct TongueFile {
    pub lang: Lang,
    pub file: FileText,
    pub tongue: Tongue,
    /// Where everything stands, by class.
    pub marks: IndexMap<String, Marks>,
    /// Where the numbers stand; the beginning if they do not.
    pub numbers_text: Span,
    /// The same of the button for no.
    pub no: Span,
    /// What is wrong within the file.
    pub findings: Vec<Diagnostic>,
    /// The file has syntax errors: what it lacks may just not have been understood.
    pub broken: bool,
    /// A sum over all that decides what is found in a message.
    pub sum: [u8; 32],
}

/// Where the samples of a class stand, each list in the order of its values.
#[derive(Debug, Default)]
pub(in crate::content) struct Marks {
    pub header: Span,
    /// The check question.
    pub check: Span,
    pub examples: Vec<Mark>,
    pub counter: Vec<Mark>,
}

/// Where a message stands, and what it comes down to: messages with one key say the same.
#[derive(Clone, Debug)]
pub(in crate::content) struct Mark {
    pub span: Span,
    pub key: u64,
}

const KEYS: &[&str] = &[
    "review",
    "reviewer",
    "reviewed_on",
    "negation",
    "negation_after",
    "softener",
    "deadline",
    "deadlines",
    "numbers_text",
    "yes",
    "no",
];

const SECTION_KEYS: &[&str] = &["check", "examples", "phrases", "counter"];

/// Whether a language is only another script of one that has a file of its own (`ar-Latn`): what is said to the person
/// stands in that file then.
pub(in crate::content) fn is_script(lang: &Lang) -> bool {
    lang.as_str()
        .split('-')
        .skip(1)
        .any(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Reads a file.
pub(in crate::content) fn read(file: FileText, lang: Lang) -> TongueFile {
    let mut problems = Problems::default();
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let broken = !errors.is_empty();
    toml_error::report(&mut problems, &file, &errors);
    // What else seems wrong in a file with syntax errors may be a consequence.
    let mut scratch = Problems::default();
    let mut r = Reader {
        file: file.clone(),
        problems: if broken { &mut scratch } else { &mut problems },
    };
    let mut top = Entries::new(table.get_ref(), 0..0);
    let (mut tongue, numbers_text, no) = head(&mut r, &mut top, &lang);
    if let Some((key, node)) = top.take("deadlines")
        && let Some(entries) = r.table(node, key, "[deadlines]")
    {
        (tongue.rejection, tongue.departure) = deadlines(&mut r, entries);
    }
    let mut marks = IndexMap::new();
    for (id, node) in top.rest() {
        if !matches!(node.get_ref(), DeValue::Table(_)) {
            r.unknown_key(id.span, id.value, KEYS.iter().copied());
        } else if let Some(entries) = r.table(node, id.span, "[violence]") {
            let (samples, places) = section(&mut r, entries);
            tongue.samples.insert(id.value.to_owned(), samples);
            marks.insert(id.value.to_owned(), places);
        }
    }
    let sum = sum(&tongue);
    TongueFile {
        lang,
        file,
        tongue,
        marks,
        numbers_text,
        no,
        findings: problems.into_list(),
        broken,
        sum,
    }
}

/// What stands above the first section.
fn head(r: &mut Reader<'_>, top: &mut Entries<'_, '_>, lang: &Lang) -> (Tongue, Span, Span) {
    let reviewed = match review(r, top, &["machine", "reviewed"]) {
        Some(Review::Reviewed { by, on }) => Some(SignOff { on, by }),
        _ => None,
    };
    let mut words = |key: &str, example: &str| match top.take(key) {
        Some((_, node)) => plain(r.texts(node, example).unwrap_or_default()),
        None => Vec::new(),
    };
    let negation = words("negation", "negation = [\"nicht\", \"kein*\"]");
    let negation_after = words("negation_after", "negation_after = [\"değil\"]");
    let softener = words("softener", "softener = [\"haha*\", \"film\"]");
    let deadline = words("deadline", "deadline = [\"tage\", \"frist\"]");
    let mut said = |key: &str, example: &str| {
        let Some((_, node)) = top.take(key) else {
            if !is_script(lang) {
                r.missing(key, 0..0, example);
            }
            return (String::new(), 0..0);
        };
        let text = r.text(node, example);
        text.map_or((String::new(), 0..0), |t| (t.value, t.span))
    };
    let (yes, _) = said("yes", "yes = \"Ja\"");
    let (no, no_span) = said("no", "no = \"Nein\"");
    let example = "numbers_text = \"In Gefahr: 112 oder 110 anrufen. …\"";
    let (numbers_text, span) = said("numbers_text", example);
    let tongue = Tongue {
        reviewed,
        negation,
        negation_after,
        softener,
        deadline,
        rejection: Vec::new(),
        departure: Vec::new(),
        numbers_text,
        yes,
        no,
        samples: IndexMap::new(),
    };
    (tongue, span, no_span)
}

/// What means a rejection or a departure where a deadline stands beside it.
fn deadlines(r: &mut Reader<'_>, mut entries: Entries<'_, '_>) -> (Vec<String>, Vec<String>) {
    let mut list = |key: &str, example: &str| {
        let Some((_, node)) = entries.take(key) else {
            return Vec::new();
        };
        let list = sentences(r, node, example);
        phrases::check(r, &list);
        plain(list)
    };
    let rejection = list("rejection", "rejection = [\"abgelehnt & !stelle\"]");
    let departure = list("departure", "departure = [\"ausreis*\"]");
    r.no_more(entries, &DeadlineKind::WORDS);
    (rejection, departure)
}

fn section(r: &mut Reader<'_>, mut entries: Entries<'_, '_>) -> (Samples, Marks) {
    let header = entries.span.clone();
    let check = entries
        .take("check")
        .and_then(|(_, n)| r.text(n, "check = \"Sind Sie in Gefahr?\""));
    let mut list = |key: &str, example: &str| match entries.take(key) {
        Some((_, node)) => sentences(r, node, example),
        None => Vec::new(),
    };
    let examples = list("examples", "examples = [\"mein Mann schlägt mich\"]");
    let phrases = list("phrases", "phrases = [\"schlägt ~ mich\"]");
    let counter = list("counter", "counter = [\"das Wetter schlägt um\"]");
    phrases::check(r, &phrases);
    r.no_more(entries, SECTION_KEYS);
    let marks = Marks {
        header,
        check: check.as_ref().map(|c| c.span.clone()).unwrap_or_default(),
        examples: examples.iter().map(mark).collect(),
        counter: counter.iter().map(mark).collect(),
    };
    let samples = Samples {
        check: check.map(|c| c.value).filter(|c| !c.trim().is_empty()),
        examples: plain(examples),
        phrases: plain(phrases),
        counter: plain(counter),
    };
    (samples, marks)
}

/// A list of texts that say something.
fn sentences(r: &mut Reader<'_>, node: &Node<'_>, example: &str) -> Vec<At<String>> {
    let mut list = r.texts(node, example).unwrap_or_default();
    for empty in list.extract_if(.., |text| text.value.trim().is_empty()) {
        r.at(
            Code::TextEmpty,
            empty.span,
            "hier stehen keine Wörter",
            "there are no words here",
        )
        .help("Löschen Sie diese Zeile", "Delete this line");
    }
    list
}

fn mark(text: &At<String>) -> Mark {
    let words = key(&text.value);
    let mut hasher = DefaultHasher::new();
    // Emoji alone have no letters.
    match words.is_empty() {
        true => normalise(&text.value).hash(&mut hasher),
        false => words.hash(&mut hasher),
    }
    Mark {
        span: text.span.clone(),
        key: hasher.finish(),
    }
}

fn plain(texts: Vec<At<String>>) -> Vec<String> {
    texts.into_iter().map(|t| t.value).collect()
}

fn sum(tongue: &Tongue) -> [u8; 32] {
    let mut sum = Sum::default();
    sum.list(&tongue.negation);
    sum.list(&tongue.negation_after);
    sum.list(&tongue.softener);
    sum.list(&tongue.deadline);
    if !(tongue.rejection.is_empty() && tongue.departure.is_empty()) {
        sum.list(&tongue.rejection);
        sum.list(&tongue.departure);
    }
    for (class, samples) in &tongue.samples {
        sum.add(class);
        sum.list(&samples.examples);
        sum.list(&samples.phrases);
        sum.list(&samples.counter);
    }
    sum.bytes()
}
