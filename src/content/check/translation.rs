//! A translation says the same as the source: same variables, web addresses and telephone numbers; and it has
//! the plural forms of its own language.
//!
//! Where the records say that the source has changed since, a difference is what was to be expected: a warning. Until
//! somebody has translated it anew, the text is not shown; people see the whole step in another language.

use super::expected::{Expected, Plan};
use super::pattern::{Parts, case_name, default_way, phones, urls};
use super::stale::is_stale;
use crate::content::diagnostic::{Both, Code, Diagnostic, Problems, Severity};
use crate::content::files::Files;
use crate::content::locale::plural_forms;
use crate::content::parse::ftl::{TextFile, WithGist};
use crate::model::Lang;
use crate::text::{Marks, marks};
use fluent_syntax::ast::{Message, Pattern, Variant};
use std::collections::{BTreeMap, BTreeSet, HashSet};

pub(super) fn check(files: &Files, plans: &BTreeMap<String, Plan>, problems: &mut Problems) {
    let Some((_, settings)) = &files.settings else {
        return;
    };
    let source = &settings.settings.source;
    files.each_text(problems, |text, problems| {
        if !settings.languages.iter().any(|(l, _)| *l == text.lang) {
            return;
        }
        for (message, _) in text.gists().filter(|(_, gist)| gist.chooses) {
            plurals(text, message, problems);
        }
        let Some(original) = original(files, source, text) else {
            return;
        };
        for (message, gist) in text.gists() {
            let mut found = differences(text, (message, gist), original, plans);
            if tells_what_was(files, source, text, message.id.name, &found) {
                let expected = found.iter_mut().filter(|d| differs(d.code));
                expected.for_each(|d| soften(d, is_withheld(files, text)));
            }
            problems.add(found);
        }
    });
}

/// Texts that are not shown: their source has changed since, and says something that they do not say.
pub(super) fn withheld(
    files: &Files,
    plans: &BTreeMap<String, Plan>,
    problems: &Problems,
) -> HashSet<(Lang, String)> {
    let mut found = HashSet::new();
    let Some((_, settings)) = &files.settings else {
        return found;
    };
    let source = &settings.settings.source;
    // Mostly there is none, and then nothing is compared once more.
    let differing = DIFFERS.into_iter().flat_map(|code| problems.of(code));
    let paths: HashSet<&str> = differing.map(|d| &*d.file).collect();
    let texts = files.texts.iter().filter(|t| paths.contains(&*t.file.path));
    for text in texts.filter(|text| is_withheld(files, text)) {
        let Some(original) = original(files, source, text) else {
            continue;
        };
        for (message, gist) in text.gists() {
            let id = message.id.name;
            let here = differences(text, (message, gist), original, plans);
            if tells_what_was(files, source, text, id, &here) {
                found.insert((text.lang.clone(), format!("{}/{id}", text.name)));
            }
        }
    }
    found
}

/// What makes a translation tell something else than its source.
pub(in crate::content) const DIFFERS: [Code; 3] =
    [Code::VariablesDiffer, Code::UrlsDiffer, Code::PhonesDiffer];

fn differs(code: Code) -> bool {
    DIFFERS.contains(&code)
}

/// Whether a translation tells what its source said before, and does not say any more. `found`: its [`differences`].
fn tells_what_was(
    files: &Files,
    source: &Lang,
    text: &TextFile,
    id: &str,
    found: &[Diagnostic],
) -> bool {
    found.iter().any(|d| differs(d.code)) && is_stale(files, source, text, id)
}

/// Whether texts of this file can be said in another language instead: those that people meet in a conversation, but
/// not single words that stand within others.
fn is_withheld(files: &Files, text: &TextFile) -> bool {
    text.name == "system" || files.flows.contains_key(&text.name)
}

fn soften(found: &mut Diagnostic, withheld: bool) {
    found.severity = Severity::Warning;
    let help = found.help.take().unwrap_or_default();
    let (de, en) = match withheld {
        true => (
            "Der Ausgangstext ist neuer. Bis das übersetzt ist, sehen Menschen hier alles in der Ersatzsprache",
            "The source is newer. Until this is translated, people see all of it in the fallback language",
        ),
        false => (
            "Der Ausgangstext ist neuer; bitte neu übersetzen",
            "The source is newer; please translate it anew",
        ),
    };
    found.help = Some(Both::new(
        format!("{}. {de}", help.de),
        format!("{}. {en}", help.en),
    ));
}

/// The file in the source language that a file is a translation of.
fn original<'f>(files: &'f Files, source: &Lang, text: &TextFile) -> Option<&'f TextFile> {
    files
        .text(source, &text.name)
        .filter(|s| s.lang != text.lang && text.name != "commands" && !s.faulty && !text.faulty)
}

/// What a text says otherwise than its source.
fn differences(
    text: &TextFile,
    (message, gist): WithGist<'_>,
    original: &TextFile,
    plans: &BTreeMap<String, Plan>,
) -> Vec<Diagnostic> {
    let id = message.id.name;
    let mut problems = Problems::default();
    if let Some((original, theirs)) = original.with_gist(id)
        && gist.sum != theirs.sum
    {
        let known = plans.get(&text.name).and_then(|p| p.get(id));
        same(text, message, original, known, &mut problems);
    }
    problems.into_list()
}

fn same(
    text: &TextFile,
    message: &Message<&str>,
    original: &Message<&str>,
    known: Option<&Expected>,
    problems: &mut Problems,
) {
    if let (Some(value), Some(source)) = (&message.value, &original.value) {
        compare(text, message.id.name, value, source, known, problems);
    }
    for attribute in &message.attributes {
        let source = original
            .attributes
            .iter()
            .find(|a| a.id.name == attribute.id.name);
        if let Some(source) = source {
            compare(
                text,
                attribute.id.name,
                &attribute.value,
                &source.value,
                known,
                problems,
            );
        }
    }
}

fn compare(
    text: &TextFile,
    name: &str,
    value: &Pattern<&str>,
    source: &Pattern<&str>,
    known: Option<&Expected>,
    problems: &mut Problems,
) {
    markup(text, name, value, source, problems);
    let shown = [value, source].map(|p| {
        let (_, shown) = default_way(p);
        shown
            .into_iter()
            .map(|v| format!("${v}"))
            .collect::<Vec<_>>()
    });
    let (value, source) = (Parts::of(value), Parts::of(source));
    // With a slip in the source all translations would seem to differ; the slip itself is reported there.
    let slip = !source.foreign.is_empty()
        || source
            .variables
            .keys()
            .any(|v| !known.is_some_and(|known| known.has_variable(v)));
    if !slip {
        let variables = |p: &Parts<'_>| p.variables.keys().map(|v| format!("${v}")).collect();
        let words = (Code::VariablesDiffer, "andere Variablen", "other variables");
        let mut all = differ(variables(&value), variables(&source), |a, b| a == b);
        // A choice by a number need not show it in each of its cases, but in that for all other numbers.
        let [here, there] = shown;
        all.0.extend(differ(here, there, |a, b| a == b).0);
        report(text, name, words, &all, problems);
    }

    let numbers = |p: &Parts<'_>| phones(&p.text);
    let words = (
        Code::PhonesDiffer,
        "andere Telefonnummern",
        "other telephone numbers",
    );
    report(
        text,
        name,
        words,
        &differ(numbers(&value), numbers(&source), |a, b| a == b),
        problems,
    );

    let sites = |p: &Parts<'_>| urls(&p.text).into_iter().map(str::to_owned).collect();
    let words = (
        Code::UrlsDiffer,
        "andere Internetadressen",
        "other web addresses",
    );
    report(
        text,
        name,
        words,
        &differ(sites(&value), sites(&source), same_address),
        problems,
    );
}

/// Bold words and list items. A translator may need them elsewhere, but not more or fewer of them.
fn markup(
    text: &TextFile,
    name: &str,
    value: &Pattern<&str>,
    source: &Pattern<&str>,
    problems: &mut Problems,
) {
    let [here, there] = [value, source].map(|pattern| marks(&default_way(pattern).0));
    if here == there {
        return;
    }
    let said = Both::new(
        format!("`{name}` hat andere Auszeichnungen als in der Ausgangssprache"),
        format!("`{name}` has other markup than in the source language"),
    );
    problems
        .at(Code::MarkupDiffers, &text.file, text.span(name), said)
        .help(
            format!("hier {}, dort {}", in_german(here), in_german(there)),
            format!("here {}, there {}", in_english(here), in_english(there)),
        );
}

fn in_german(marks: Marks) -> String {
    let Marks { bold, items, alone } = marks;
    let alone = if alone { ", `**` ohne Gegenstück" } else { "" };
    format!("fett: {bold}, Listenpunkte: {items}{alone}")
}

fn in_english(marks: Marks) -> String {
    let Marks { bold, items, alone } = marks;
    let alone = if alone {
        ", `**` without its other half"
    } else {
        ""
    };
    format!("bold: {bold}, list items: {items}{alone}")
}

/// What is only in the source, and what is only here.
fn differ(
    here: Vec<String>,
    there: Vec<String>,
    same: impl Fn(&str, &str) -> bool,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let without = |list: &[String], others: &[String]| {
        list.iter()
            .filter(|a| !others.iter().any(|b| same(a, b)))
            .cloned()
            .collect()
    };
    (without(&there, &here), without(&here, &there))
}

fn report(
    text: &TextFile,
    name: &str,
    (code, de, en): (Code, &str, &str),
    (lacks, extra): &(BTreeSet<String>, BTreeSet<String>),
    problems: &mut Problems,
) {
    if lacks.is_empty() && extra.is_empty() {
        return;
    }
    let said = Both::new(
        format!("`{name}` hat {de} als in der Ausgangssprache"),
        format!("`{name}` has {en} than in the source language"),
    );
    let (mut help_de, mut help_en) = (Vec::new(), Vec::new());
    for (list, de, en) in [
        (lacks, "hier fehlt", "missing here"),
        (extra, "nur hier", "only here"),
    ] {
        if !list.is_empty() {
            let list = list.iter().cloned().collect::<Vec<_>>().join(", ");
            help_de.push(format!("{de}: {list}"));
            help_en.push(format!("{en}: {list}"));
        }
    }
    // What is here and should not be is shown itself, if it stands in the file as it was understood.
    let from = text.span(name);
    let rest = text.file.text.get(from.start..).unwrap_or_default();
    let found = extra
        .first()
        .and_then(|e| Some((rest.find(e.as_str())?, e.len())));
    let span = found.map_or(from.clone(), |(at, len)| {
        from.start + at..from.start + at + len
    });
    problems
        .at(code, &text.file, span, said)
        .help(help_de.join("; "), help_en.join("; "));
}

/// Whether two web addresses are the same page, perhaps in another language: of addresses with a language
/// in them (`/en/`, `?lang=ar`, `fr.`) only the site counts.
fn same_address(a: &str, b: &str) -> bool {
    let ((site_a, path_a, marked_a), (site_b, path_b, marked_b)) = (address(a), address(b));
    site_a == site_b && (path_a == path_b || marked_a || marked_b)
}

/// Site without languages, path, and whether there is a language in it.
fn address(url: &str) -> (String, &str, bool) {
    let bare = url
        .split("://")
        .last()
        .unwrap_or(url)
        .trim_start_matches("www.");
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let language = |part: &str| part.len() == 2 && plural_forms(&Lang::new(part)).is_some();
    let (labels, top) = host.rsplit_once('.').unwrap_or(("", host));
    let mut site: Vec<&str> = labels.split('.').filter(|l| !language(l)).collect();
    let marked = site.len() < labels.split('.').count()
        || path
            .split(['/', '?', '=', '&', '-', '_', '.'])
            .any(language);
    site.push(top);
    (site.join("."), path.trim_end_matches('/'), marked)
}

const PLURAL_WORDS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

fn plurals(text: &TextFile, message: &Message<&str>, problems: &mut Problems) {
    let values = message
        .value
        .iter()
        .chain(message.attributes.iter().map(|a| &a.value));
    for pattern in values {
        for cases in Parts::of(pattern).selects {
            plural(text, cases, problems);
        }
    }
}

fn plural(text: &TextFile, cases: &[Variant<&str>], problems: &mut Problems) {
    let Some(forms) = plural_forms(&text.lang) else {
        return;
    };
    let lang = &text.lang;
    for case in cases {
        let name = case_name(case);
        let number = name.bytes().all(|b| b.is_ascii_digit());
        if number || case.default || forms.contains(&name) {
            continue;
        }
        let said = Both::new(
            format!(
                "den Fall [{name}] gibt es in dieser Sprache ({lang}) nicht; er wird nie gewählt"
            ),
            format!("there is no case [{name}] in this language ({lang}); it is never chosen"),
        );
        let forms = forms.join("], [");
        problems
            .at(Code::WrongPlural, &text.file, text.span(name), said)
            .help(
                format!("Möglich sind: [{forms}] oder Zahlen"),
                format!("Possible are: [{forms}] or numbers"),
            );
    }
    let names: Vec<&str> = cases.iter().map(case_name).collect();
    let plural = names.iter().any(|n| PLURAL_WORDS.contains(n));
    let default = cases.iter().find(|c| c.default);
    let (Some(default), true) = (default, plural) else {
        return;
    };
    let covered = |form: &str| {
        let digit = match form {
            "zero" => "0",
            "one" => "1",
            "two" => "2",
            _ => form,
        };
        names.contains(&form) || names.contains(&digit) || form == "other"
    };
    let lacks: Vec<&str> = forms.iter().copied().filter(|f| !covered(f)).collect();
    if lacks.is_empty() {
        return;
    }
    let list = lacks.join("], [");
    let said = Both::new(
        format!("dieser Sprache ({lang}) fehlt hier eine Mehrzahlform: [{list}]"),
        format!("a plural form of this language ({lang}) is missing here: [{list}]"),
    );
    problems
        .at(
            Code::PluralMissing,
            &text.file,
            text.span(case_name(default)),
            said,
        )
        .help(
            "Bis dahin gilt der Fall mit dem Stern",
            "Until then the case with the asterisk is taken",
        );
}

#[cfg(test)]
mod tests {
    use super::same_address as same;

    #[test]
    fn a_page_in_another_language_is_the_same_address() {
        assert!(same("https://www.x.de/de/work", "https://x.de/ar/amal"));
        assert!(same("https://x.de/a?lang=de", "https://x.de/a?lang=en"));
        assert!(same("https://x.de/a/", "http://x.de/a"));
        assert!(same("https://x.de/lohn", "https://x.de/en/wage"));
        assert!(!same("https://x.de/a", "https://x.de/b"));
        assert!(!same("https://x.de/de/a", "https://y.de/de/a"));
        assert!(!same("https://x.de", "https://x.org"));
    }
}
