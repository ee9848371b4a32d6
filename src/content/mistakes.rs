//! What somebody who has never seen TOML or Fluent gets wrong, and what they then read.
//!
//! The snapshots show it in German and in English. The first line of each says what to do.

use super::check::example::folder;
use super::{Code, Diagnostic, MemorySource, Source, load, render};
use crate::model::Lang;
use std::sync::Arc;

const WORK: &str = "flows/work.toml";
const WORDS: &str = "locales/de/work.ftl";

/// The example folder with one place of a file written as a beginner might.
fn broken(path: &str, right: &str, wrong: &str) -> MemorySource {
    let source = folder();
    let text = source.0[path].clone();
    assert!(text.contains(right), "{path} has no {right:?}");
    source.with(path, &text.replacen(right, wrong, 1))
}

/// The example folder without a file.
fn without(path: &str) -> MemorySource {
    let mut source = folder();
    source.0.remove(path);
    source
}

/// The example folder with a file under another name.
fn renamed(from: &str, to: &str) -> MemorySource {
    let mut source = folder();
    let text = source.0.remove(from).unwrap();
    source.with(to, &text)
}

fn said(source: &dyn Source, lang: &str) -> String {
    let found = load(source, Arc::default()).diagnostics;
    render(&found, source, &Lang::new(lang), false)
}

/// What the editor sees, in both languages.
fn seen(source: &MemorySource) -> String {
    let (de, en) = (said(source, "de"), said(source, "en"));
    if de.is_empty() {
        return "(nothing)".to_owned();
    }
    format!("{}\n\n{}", de.trim_end(), en.trim_end())
}

macro_rules! mistakes {
    ($($name:ident: $source:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let source = $source;
                insta::assert_snapshot!(seen(&source));
                put_in_place(&source);
            }
        )*
    };
}

mistakes! {
    a01_quote_missing_at_the_end: broken(WORK, "save = \"paper\"", "save = \"paper");
    a01_quotes_missing: broken(WORK, "save = \"paper\"", "save = paper");
    a02_german_quotes: broken(WORK, "save = \"paper\"", "save = „paper“");
    a03_tab_in_a_flow_is_no_matter: broken(WORK, "save = ", "\tsave\t= ");
    a03_tab_in_words: broken(WORDS, "    .duldung", "\t.duldung");
    a04_colon: broken(WORK, "save = \"paper\"", "save: paper");
    a04_colon_in_words: broken(WORDS, "age = Wie", "age : Wie");
    a04_nothing_between: broken(WORK, "save = \"paper\"", "save \"paper\"");
    a05_umlaut_in_a_name: broken(WORK, "options.duldung", "options.düldung");
    a05_umlaut_in_the_name_of_a_text: broken(WORDS, "age = Wie", "Älter = Wie");
    a06_comma_at_the_end: broken(WORK, "save = \"paper\"", "save = \"paper\",");
    a06_semicolon_at_the_end: broken(WORK, "save = \"paper\"", "save = \"paper\";");
    a07_two_headers_alike: broken(WORK, "[step.age]", "[step.paper]");
    a07_header_forgotten: broken(WORK, "[step.age]\n", "");
    a08_step_forgotten_in_the_header: broken(WORK, "[step.age]", "[age]");
    a08_brackets_forgotten: broken(WORK, "[step.age]", "step.age");
    a08_bracket_not_closed: broken(WORK, "[step.age]", "[step.age");
    a09_words_of_an_answer_in_the_flow: broken(WORK, "options.duldung = \"wage\"", "options.duldung = \"Ich habe eine Duldung\"");
    a09_words_of_a_step_in_the_flow: broken(WORK, "say = true", "say = \"Der Mindestlohn ist 13,90 Euro.\"");
    a09_text_in_the_flow: broken(WORK, "save = \"age\"", "save = \"age\"\ntext = \"Wie alt sind Sie?\"");
    a10_step_with_capital_letters: broken(WORK, "[step.wage]", "[step.Wage]");
    a11_line_not_indented: broken(WORDS, "    Fragen", "Fragen");
    a11_label_not_indented_is_no_matter: broken(WORDS, "    .duldung", ".duldung");
    a12_brace_not_closed: broken(WORDS, "{ $fact_minimum_wage }", "{ $fact_minimum_wage");
    a12_dollar_forgotten: broken(WORDS, "{ $fact_minimum_wage }", "{ fact_minimum_wage }");
    a13_blank_from_word: broken(WORK, "save = ", "save\u{A0}= ");
    a13_blanks_from_word_before_a_label: broken(WORDS, "    .duldung", "\u{A0}\u{A0}\u{A0}\u{A0}.duldung");
    a13_mark_at_the_beginning_is_no_matter: broken(WORK, "start", "\u{FEFF}start");
    a14_line_ends_of_windows_are_no_matter: {
        let mut source = folder();
        source.0.values_mut().for_each(|text| *text = text.replace('\n', "\r\n"));
        source
    };
    a15_wrong_ending: folder().with("flows/arbeit.toml.txt", "start = \"a\"\n");
    a15_blank_in_the_name_of_a_file: folder().with("flows/Neue Frage.toml", "start = \"a\"\n[step.a]\nset = { age = 1 }\n");
    a16_words_among_the_flows: renamed("locales/de/arrival.ftl", "flows/arrival.ftl");
    a16_words_without_a_language: renamed("locales/de/arrival.ftl", "locales/arrival.ftl");
    a17_german_date: broken(WORK, "reviewed = 2026-11-01", "reviewed = 01.11.2026");
    a17_date_in_quotes: broken(WORK, "reviewed = 2026-11-01", "reviewed = \"01.11.2026\"");
    a18_percent_in_a_rule: broken(WORK, "age < 15 ->", "age < 15% ->");
    a18_misspelt_key: broken(WORK, "retry = ", "retyr = ");
    a18_capital_key: broken(WORK, "save = ", "Save = ");
    a19_else_without_quotes: broken(WORK, "\"else -> wage\"", "else -> wage");
    a19_only_else_in_quotes: broken(WORK, "\"else -> wage\"", "\"else\" -> wage");
    a19_else_in_quotes_of_its_own: broken(WORK, "\"else -> wage\"", "\"'else' -> wage\"");
    a19_else_in_german: broken(WORK, "\"else -> wage\"", "\"sonst -> wage\"");
    a20_arrow_of_word: broken(WORK, "age < 15 ->", "age < 15 →");
    a20_fat_arrow: broken(WORK, "age < 15 ->", "age < 15 =>");
    a20_arrow_instead_of_equals: broken(WORK, "goto = \"flow:menu\"", "goto -> \"flow:menu\"");
    a21_words_that_begin_like_true_and_none: {
        let words = ["tip", "failed", "no", "info", "flow:menu"];
        let text = words.map(|w| format!("options.x_{} = {w}\n", &w[..2]));
        broken(WORK, "options.duldung = \"wage\"\n", &text.concat())
    };
    a22_true_with_a_capital: broken(WORK, "say = true", "say = True");
    a22_yes_instead_of_true: broken(WORK, "say = true", "say = ja");
    a23_day_that_does_not_exist: broken(WORK, "2026-11-01", "2027-06-31");
    a23_month_that_does_not_exist: broken(WORK, "2026-11-01", "2026-13-01");
    a24_blank_in_a_header: broken(WORK, "[step.age]", "[step age]");
    a24_header_in_german: broken(WORK, "[step.age]", "[schritt.age]");
    a24_bracket_not_opened: broken(WORK, "[step.age]", "step.age]");
    a25_note_with_slashes: broken(WORK, "save = \"age\"", "// how old\nsave = \"age\" // years");
    a25_note_with_hyphens: broken(WORK, "save = \"age\"", "-- how old\nsave = \"age\"");
    a26_quotes_around_the_line: broken(WORK, "goto = \"flow:menu\"", "\"goto = flow:menu\"");
    a27_unit_behind_a_number: broken(WORK, "max = 120", "max = 12 Monate");
    a28_number_as_a_word: broken(WORK, "times = 2, then", "times = two, then");
    a28_colons_in_braces: broken(WORK, "{ times = 2, then = \"flow:human\" }", "{ times: 2, then: \"flow:human\" }");
    a28_semicolon_in_braces: broken(WORK, "{ times = 2, then", "{ times = 2; then");
    a28_list_without_quotes: broken(WORK, "[\"minimum_wage\"]", "[minimum_wage]");
    a28_colon_before_true: broken(WORK, "say = true", "say: true");
    b_value_missing: broken(WORK, "min = 0\n", "min =\n");
    b_comma_missing_in_braces: broken(WORK, "{ times = 2, then", "{ times = 2 then");
    b_comma_missing_in_a_list: broken(WORK, "flow:human\", \"else", "flow:human\" \"else");
    b_list_not_closed: broken(WORK, "-> wage\"]", "-> wage\"");
    b_blank_instead_of_a_colon_in_a_target: broken(WORK, "goto = \"flow:menu\"", "goto = \"flow menu\"");
    b_misspelt_variable: broken(WORDS, "{ $fact_minimum_wage }", "{ $fact_minimum_wag }");
    b_choice_on_one_line: broken(WORDS, "{ $fact_minimum_wage }", "{ $age -> [one] eins *[other] viele }");
    b_choice_without_a_star: broken(WORDS, "{ $fact_minimum_wage }", "{ $age ->\n    [one] eins\n    [other] viele\n    }");
    b_empty_braces: broken(WORDS, "{ $fact_minimum_wage }", "{}");
    b_file_of_texts_missing: without(WORDS);
    b_file_of_translations_missing: without("locales/en/work.ftl");
    b_text_missing: broken(WORDS, "age = Wie alt sind Sie?", "age =");
}

/// The example folder with a file that its editor has saved in Latin-1.
struct InLatin1(&'static str);

impl Source for InLatin1 {
    fn paths(&self) -> Vec<String> {
        folder().paths()
    }

    fn read(&self, path: &str) -> Result<String, String> {
        match path == self.0 {
            true => Err("not written in UTF-8".to_owned()),
            false => folder().read(path),
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_is_one_finding() {
    let files = [
        WORDS,
        WORK,
        "flows/fields.toml",
        "flows/settings.toml",
        "locales/en/work.ftl",
    ];
    for file in files {
        let found = load(&InLatin1(file), Arc::default()).diagnostics;
        let codes: Vec<Code> = found.iter().map(|d| d.code).collect();
        assert_eq!(codes, [Code::NoFile], "{}", said(&InLatin1(file), "en"));
    }
    insta::assert_snapshot!(said(&InLatin1(WORDS), "de") + &said(&InLatin1(WORDS), "en"));
}

#[test]
fn a_slip_in_a_source_text_does_not_make_its_translations_stale() {
    // The text of `wage` was recorded with both of its lines; the slip cuts it off after the first.
    let record = |text: &str| folder().with("locales/en/state.txt", text);
    let stale = record("work/wage 0123456789ab 0123456789ab\n");
    assert!(said(&stale, "en").contains("L059"));
    let text = stale.0[WORDS].replacen("    Fragen", "Fragen", 1);
    let found = load(&stale.with(WORDS, &text), Arc::default()).diagnostics;
    let codes: Vec<Code> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::FluentSyntax]);
}

/// Puts what is to be written in the place of what was written; how many lines were advised.
fn put_in_place(source: &MemorySource) -> usize {
    let mut mended = source.clone();
    let found = load(source, Arc::default()).diagnostics;
    let mut advised = 0;
    // From the end, so that places before it stay where they are.
    for found in found.iter().rev().filter(|d| d.code == Code::TomlSyntax) {
        let help = found.help.as_ref().map_or("", |help| &help.en);
        let Some((_, write)) = help.split_once("Write: ") else {
            continue;
        };
        advised += 1;
        let text = mended.0.get_mut(&*found.file).unwrap();
        let start = text[..found.span.start].rfind('\n').map_or(0, |n| n + 1);
        let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        // A rule of a list is in quotes; everything else is a whole line.
        let place = match write.starts_with('"') {
            true => found.span.clone(),
            false => start..end,
        };
        text.replace_range(place, &write.replace('…', "0"));
    }
    let left = load(&mended, Arc::default()).diagnostics;
    let left = left.iter().filter(|d| d.code == Code::TomlSyntax);
    let helpless = |d: &&Diagnostic| !d.help.as_ref().is_some_and(|h| h.en.contains("Write: "));
    let before = found.iter().filter(|d| d.code == Code::TomlSyntax);
    let before = before.filter(helpless).count();
    assert!(left.clone().count() <= before, "{}", said(&mended, "en"));
    advised
}

#[test]
fn what_is_to_be_written_is_right_when_it_is_put_in_place() {
    let all = [
        ("save = \"paper\"", "save = paper // note"),
        ("save = \"paper\"", "save == \"paper\""),
        ("save = \"paper\"", "\"save = paper\""),
        ("options.duldung = \"wage\"", "options.duldung = tip"),
        ("options.duldung = \"wage\"", "options.düldung = flow:menu"),
        ("options.duldung = \"wage\"", "options.duldung = no"),
        ("[step.age]", "[schritt age]"),
        ("[step.age]", "[step.für alle]"),
        ("goto = \"flow:menu\"", "goto = flow:menu;"),
        ("say = true", "say: yes"),
        ("{ times = 2, then", "{ times = zwei, then"),
        (
            "{ times = 2, then = \"flow:human\"",
            "{ times 2, then: flow:human",
        ),
    ];
    for (right, wrong) in all {
        assert_eq!(put_in_place(&broken(WORK, right, wrong)), 1, "{wrong}");
    }
}

#[test]
fn mistakes_with_several_options_are_named_where_they_are() {
    let fields =
        "type = \"number\"\n\n[field.wishes]\ntype = \"choices\"\nvalues = [\"job\", \"school\"]\n";
    let step = "ask = \"choices\"\nsave = \"wishes\"\noptions = [\"job\", \"school\"]\nmin = 1\nmax = 2\n\
            next = [\"wishes has job -> flow:human\", \"else -> wage\"]\n\
            retry = { times = 2, then = \"flow:human\" }\n";
    let mut sound = folder();
    for lang in ["de", "en"] {
        let work = &sound.0[&format!("locales/{lang}/work.ftl")];
        let work =
            format!("{work}wishes = Was?\n    .job = Job\n    .school = Schule\n    .done = Ok\n");
        let labels = &sound.0[&format!("locales/{lang}/fields.ftl")];
        let labels = format!("{labels}wishes = Was\n    .job = Job\n    .school = Schule\n");
        sound = sound
            .with(&format!("locales/{lang}/work.ftl"), &work)
            .with(&format!("locales/{lang}/fields.ftl"), &labels);
    }
    let all_fields = sound.0["flows/fields.toml"].replacen("type = \"number\"\n", fields, 1);
    let work = sound.0["flows/work.toml"].replace("else -> wage", "else -> wishes");
    let work = format!("{work}\n[step.wishes]\n{step}");
    let sound = sound
        .with("flows/fields.toml", &all_fields)
        .with("flows/work.toml", &work);
    assert_eq!(said(&sound, "de"), "");
    let mistakes = [
        ("save = \"wishes\"\n", ""),
        ("save = \"wishes\"", "save = \"paper\""),
        ("options = [\"job\", \"school\"]\n", ""),
        ("[\"job\", \"school\"]\nmin", "[]\nmin"),
        ("options = [\"job\", \"school\"]", "options.job = \"wage\""),
        ("[\"job\", \"school\"]\nmin", "[\"job\", \"done\"]\nmin"),
        ("[\"job\", \"school\"]\nmin", "[\"job\", \"flat\"]\nmin"),
        ("max = 2", "max = 3"),
        ("min = 1\nmax = 2", "min = 2\nmax = 1"),
        ("wishes has job", "wishes == job"),
        ("wishes has job", "wishes has jobs"),
        ("wishes has job", "wishes has"),
        ("wishes has job", "age has 3"),
        (
            "say = true
facts = [\"minimum_wage\"]
",
            "set = { wishes = [\"flat\"] }
",
        ),
        ("ask = \"choices\"", "ask = \"contact\""),
    ];
    let mut all = String::new();
    for (right, wrong) in mistakes {
        let name = wrong.trim_end().replace('\n', "⏎");
        assert!(work.contains(right), "{right}");
        let faulty = sound
            .clone()
            .with("flows/work.toml", &work.replacen(right, wrong, 1));
        all.push_str(&format!("##### {name}\n{}", said(&faulty, "de")));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn mistakes_with_a_question_for_photos_are_named_where_they_are() {
    const STEP: &str = "ask = \"media\"\nsave = \"letter\"\nkinds = [\"photo\"]\nmin = 0\nmax = 3\n\
        next = [\"known(letter) -> flow:human\", \"else -> wage\"]\n\
        retry = { times = 2, then = \"flow:human\" }\n";
    let mut sound = folder();
    for lang in ["de", "en"] {
        for (file, words) in [
            ("work", "letter = Ein Foto?\n"),
            ("fields", "letter = Foto\n"),
        ] {
            let path = format!("locales/{lang}/{file}.ftl");
            let text = format!("{}{words}", sound.0[&path]);
            sound = sound.with(&path, &text);
        }
    }
    let fields = format!(
        "{}\n[field.letter]\ntype = \"media\"\n",
        sound.0["flows/fields.toml"]
    );
    let work = sound.0[WORK].replace("else -> wage", "else -> letter");
    let work = format!("{work}\n[step.letter]\n{STEP}");
    let sound = sound.with("flows/fields.toml", &fields).with(WORK, &work);
    assert_eq!(said(&sound, "de"), "");
    let mistakes = [
        ("kinds = [\"photo\"]", "kinds = [\"foto\"]"),
        ("kinds = [\"photo\"]", "kinds = \"photo\""),
        ("kinds = [\"photo\"]", "kinds = [\"photo\", \"voice\"]"),
        ("kinds = [\"photo\"]", "kinds = [\"photo\", \"photo\"]"),
        ("kinds = [\"photo\"]", "kinds = []"),
        ("min = 0\nmax = 3", "min = -1\nmax = 3"),
        ("max = 3", "max = 0"),
        ("max = 3", "max = 11"),
        ("min = 0\nmax = 3", "min = 4\nmax = 3"),
        ("max = 3", "max = \"3\""),
        ("save = \"letter\"\nkinds", "kinds"),
        ("save = \"letter\"", "save = \"age\""),
        ("ask = \"media\"", "ask = \"photo\""),
        ("max = 3", "max = 3\noptions.skip = \"wage\""),
        ("known(letter)", "letter == photo"),
    ];
    let read = mistakes.map(|(right, wrong)| {
        assert_eq!(work.matches(right).count(), 1, "{right}");
        let broken = sound.clone().with(WORK, &work.replace(right, wrong));
        format!("### {wrong}\n\n{}", seen(&broken))
    });
    insta::assert_snapshot!(read.join("\n\n"));
}
