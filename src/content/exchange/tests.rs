//! Out to translators and back.

use super::*;
use crate::content::check::example::folder;
use crate::content::{MemorySource, SignOff, load};
use crate::model::Lang;
use proptest::prelude::*;
use std::sync::Arc;

fn open(source: &MemorySource) -> Catalogue {
    match Catalogue::open(source) {
        Ok(catalogue) => catalogue,
        Err(faults) => panic!("{faults:?}"),
    }
}

fn with(source: &MemorySource, changes: &[Change]) -> MemorySource {
    let changes = changes.iter();
    changes.fold(source.clone(), |s, c| s.with(&c.path, &c.text))
}

fn en() -> Lang {
    Lang::new("en")
}

fn amina() -> SignOff {
    SignOff {
        on: jiff::civil::date(2026, 12, 1),
        by: "Amina Yusuf".into(),
    }
}

/// The state of a text, with its reviewer.
fn state(source: &MemorySource, lang: &Lang, key: &str) -> String {
    let catalogue = open(source);
    let entries = catalogue.entries(lang);
    let entry = entries.iter().find(|e| e.key() == key).expect("the text");
    match &entry.state {
        State::Reviewed(sign) => format!("reviewed {}", sign.by),
        other => other.as_str().to_owned(),
    }
}

/// One file's text with a piece of it changed.
fn edited(source: &MemorySource, path: &str, from: &str, to: &str) -> MemorySource {
    let text = &source.0[path];
    assert!(text.contains(from), "{path} has no {from:?}");
    source.clone().with(path, &text.replacen(from, to, 1))
}

const DE: &str = "locales/de/work.ftl";
const EN: &str = "locales/en/work.ftl";

#[test]
fn a_sign_off_ends_when_source_or_translation_change() {
    let source = folder();
    let key = "work/age";
    assert_eq!(state(&source, &en(), key), "machine");
    let (change, texts) = open(&source).adopt(&en());
    let adopted = with(&source, change.as_slice());
    assert!(texts > 20);
    assert_eq!(state(&adopted, &en(), key), "machine");
    assert_eq!(
        open(&adopted).adopt(&en()),
        (None, 0),
        "the second time there is nothing to do"
    );

    let signed = open(&adopted)
        .sign_off(&en(), Some("work"), &amina())
        .expect("a flow");
    assert_eq!((signed.texts, signed.missing.len()), (3, 0));
    let signed = with(&adopted, signed.change.as_slice());
    assert_eq!(state(&signed, &en(), key), "reviewed Amina Yusuf");
    assert_eq!(state(&signed, &en(), "menu/choose"), "machine");

    let stale = edited(&signed, DE, "Wie alt", "Wie viele Jahre alt");
    assert_eq!(state(&stale, &en(), key), "stale");
    assert_eq!(state(&stale, &en(), "work/paper"), "reviewed Amina Yusuf");
    assert_eq!(
        open(&stale).adopt(&en()),
        (None, 0),
        "what is stale stays so"
    );
    let again = open(&stale)
        .sign_off(&en(), Some(key), &amina())
        .expect("a text");
    assert_eq!(
        state(&with(&stale, again.change.as_slice()), &en(), key),
        "reviewed Amina Yusuf"
    );

    let by_hand = edited(&signed, EN, "How old", "What age");
    assert_eq!(state(&by_hand, &en(), key), "machine");
    let both = edited(&stale, EN, "How old", "How many years old");
    assert_eq!(
        state(&both, &en(), key),
        "stale",
        "nobody has said that it fits now"
    );
    let (change, texts) = open(&both).adopt(&en());
    assert_eq!(texts, 1);
    assert_eq!(
        state(&with(&both, change.as_slice()), &en(), key),
        "machine"
    );

    let notes = edited(&signed, EN, "age = ", "# a note\nage =\n    ");
    assert_eq!(
        state(&notes, &en(), key),
        "reviewed Amina Yusuf",
        "layout is no change"
    );
    let wrong = open(&signed).sign_off(&en(), Some("work/aeg"), &amina());
    assert_eq!(
        wrong.expect_err("no such text").meant.as_deref(),
        Some("work/age")
    );
}

#[test]
fn only_flows_with_something_unchecked_are_called_unchecked() {
    let content = |source: &MemorySource| load(source, Arc::default()).content.expect("content");
    let source = folder();
    let unchecked = |source: &MemorySource| content(source).words.unchecked(&en(), "work");
    assert!(unchecked(&source));
    let signed = open(&source)
        .sign_off(&en(), Some("work"), &amina())
        .expect("a flow");
    let signed = with(&source, signed.change.as_slice());
    assert!(!unchecked(&signed));
    assert!(content(&signed).words.unchecked(&en(), "menu"));
    assert!(!content(&signed).words.unchecked(&Lang::new("de"), "work"));
    assert!(unchecked(&edited(
        &signed,
        DE,
        "Wie alt",
        "Wie viele Jahre alt"
    )));
    assert!(unchecked(&edited(&signed, EN, "How old", "What age")));
}

#[test]
fn scaffolding_makes_a_place_for_all_that_is_missing_and_only_once() {
    let mut source = edited(
        &folder(),
        EN,
        "    .duldung = Duldung\nage = How old are you?\n    .retry = Please write a number.\n",
        "",
    );
    source.0.remove("locales/en/menu.ftl");
    let changes = open(&source).scaffold(&en());
    let paths: Vec<&str> = changes.iter().map(|c| c.path.as_str()).collect();
    assert_eq!(paths, ["locales/en/menu.ftl", EN]);
    insta::assert_snapshot!(changes[1].text, @r##"
# de:     .duldung = Duldung
paper = Which paper do you have?
    .gestattung = Gestattung
    .duldung = …
# de: age = Wie alt sind Sie?
# de:     .retry = Bitte schreiben Sie eine Zahl.
age = …
    .retry = …
wage = The minimum wage is { $fact_minimum_wage } an hour.
    Questions: 0800 1110111 or https://example.org/lohn
"##);
    let done = with(&source, &changes);
    assert_eq!(open(&done).scaffold(&en()), []);
    for (key, expected) in [
        ("work/age", "missing"),
        ("work/paper", "missing"),
        ("work/wage", "machine"),
    ] {
        assert_eq!(state(&done, &en(), key), expected);
    }
    // The engine does not take `…` for a text either: the whole step falls back.
    let loaded = load(&done, Arc::default());
    let words = &loaded
        .content
        .expect("missing texts are only warnings")
        .words;
    assert!(
        words.has(&en(), "work", "paper")
            && !words.has_attribute(&en(), "work", "paper", "duldung")
    );
    assert!(!words.has(&en(), "work", "age") && words.has(&en(), "work", "wage"));
    let said: Vec<&str> = loaded
        .diagnostics
        .iter()
        .map(|d| d.message.en.as_str())
        .collect();
    assert!(
        said.iter().any(|s| s.contains("paper.duldung, age")),
        "{said:?}"
    );
    let by_hand = edited(&done, EN, "age = …", "age = How old?");
    assert_eq!(
        state(&by_hand, &en(), "work/age"),
        "missing",
        "its .retry still is"
    );
}

#[test]
fn a_language_begins_from_nothing() {
    let fa = Lang::new("fa");
    let source = folder();
    let changes = open(&source).scaffold(&fa);
    let done = with(&source, &changes);
    assert!(changes.iter().all(|c| c.path.starts_with("locales/fa/")));
    assert_eq!(open(&done).scaffold(&fa), []);
    assert!(
        !changes.iter().any(|c| c.path.ends_with("/topics.ftl")),
        "for counsellors only"
    );
    let counts = open(&done).counts(&fa);
    assert!(counts.iter().all(|c| c.missing == c.texts && c.texts > 0));
    let names: Vec<&str> = counts.iter().map(|c| c.file.as_str()).collect();
    assert_eq!(
        names,
        ["menu", "arrival", "work", "fields", "commands", "system"],
        "the first flow comes first"
    );
}

/// A row of a table as it comes back.
fn given(source: &MemorySource, key: &str, target: &str) -> Given {
    let document = open(source).export(&en(), |_| true);
    let unit = document
        .units
        .iter()
        .find(|u| u.key == key)
        .unwrap_or_else(|| panic!("no {key}"));
    Given {
        key: key.to_owned(),
        source: unit.source.clone(),
        target: target.to_owned(),
        settled: true,
        line: 7,
    }
}

fn import(source: &MemorySource, given: Vec<Given>) -> Imported {
    open(source).import(&Incoming { lang: en(), given }, None)
}

#[test]
fn what_would_break_something_is_refused_with_the_reason() {
    let source = edited(
        &folder(),
        DE,
        "age = Wie alt sind Sie?",
        "age = { $age ->\n        [one] Ein **Jahr**?\n       *[other] { $age } **Jahre**?\n    }",
    );
    let source = edited(
        &source,
        EN,
        "age = How old are you?",
        "age = { $age ->\n        [one] One **year**?\n       *[other] { $age } **years**?\n    }",
    );
    let wage =
        "The wage is { $fact_minimum_wage }.\nQuestions: 0800 1110111 or https://example.org/lohn";
    let cases = [
        (
            "work/wage",
            wage.replace("{ $fact_minimum_wage }", "13 euros"),
        ),
        (
            "work/wage",
            wage.replace("$fact_minimum_wage", "$fact_minimum_wag"),
        ),
        (
            "work/wage",
            wage.replace("{ $fact_minimum_wage }", "{ $fact_minimum_wage"),
        ),
        ("work/wage", wage.replace("0800 1110111", "0800 1110112")),
        (
            "work/wage",
            wage.replace("example.org/lohn", "example.com/lohn"),
        ),
        ("work/wage", wage.replace("Questions", "**Questions")),
        ("work/wage", wage.replace("\n", "\n- ")),
        ("work/age[other]", "{ $age } years".to_owned()),
        ("work/age[other]", "years **old**".to_owned()),
        ("work/age[one]", "#NAME?".to_owned()),
        ("work/paper.duldung", "Gestattung".to_owned()),
        (
            "work/paper",
            "{ $age ->\n[few] a\n*[other] b { $age }\n}".to_owned(),
        ),
    ];
    let mut said = String::new();
    for (key, words) in cases {
        let outcome = import(&source, vec![given(&source, key, &words)]);
        assert_eq!(outcome.changes, [], "{key} {words}");
        for refusal in &outcome.refused {
            assert_eq!(refusal.line, 7);
            let help = refusal.help.as_ref().map_or("", |h| &h.en);
            said.push_str(&format!("{}: {} ({help})\n", refusal.key, refusal.why.en));
        }
    }
    let mut unknown = given(&source, "work/wage", "x");
    unknown.key = "work/wagge".into();
    let mut old = given(&source, "work/age[one]", "One?");
    old.source = "Früher".into();
    let twice = given(&source, "work/paper", "Which?");
    for refusal in import(&source, vec![unknown, old, twice.clone(), twice]).refused {
        said.push_str(&format!("{}: {}\n", refusal.key, refusal.why.en));
    }
    insta::assert_snapshot!(said, @r##"
work/wage: `wage` has other variables than in the source language (missing here: $fact_minimum_wage)
work/wage: `wage` has other variables than in the source language (missing here: $fact_minimum_wage; only here: $fact_minimum_wag)
work/wage: this text does not get the variable `$fact_minimum_wag` (Did you mean `fact_minimum_wage`?)
work/wage: close the brace with `}` (A placeholder looks like this: { $name })
work/wage: `wage` has other telephone numbers than in the source language (missing here: 08001110111; only here: 08001110112)
work/wage: `wage` has other web addresses than in the source language (missing here: https://example.org/lohn; only here: https://example.com/lohn)
work/wage: `wage` has other markup than in the source language (here bold: 0, list items: 0, `**` without its other half, there bold: 0, list items: 0)
work/wage: `wage` has other markup than in the source language (here bold: 0, list items: 1, there bold: 0, list items: 0)
work/age[other]: `age` has other markup than in the source language (here bold: 0, list items: 0, there bold: 1, list items: 0)
work/age[other]: `age` has other variables than in the source language (missing here: $age)
work/age[one]: the spreadsheet has made `#NAME?` of the text (Set the column to “text” and write the text once more)
work/paper.duldung: `.gestattung` and `.duldung` have the same label (Case, accents and punctuation do not count as a difference)
work/paper: `paper` has other variables than in the source language (only here: $age)
work/paper: there is no case [few] in this language (en); it is never chosen (Possible are: [one], [other] or numbers)
work/wagge: there is no such text (any more)
work/age[one]: the source text is another one by now
work/paper: this text is in the file for the second time
"##);
}

#[test]
fn what_is_sound_is_taken_although_something_else_is_not() {
    let source = folder();
    let rows = vec![
        given(&source, "work/wage", "Nothing"),
        given(&source, "work/age", "What is your age?"),
        given(&source, "work/paper", "…"),
        given(&source, "menu/choose", ""),
    ];
    let outcome = import(&source, rows);
    assert_eq!((outcome.changed, outcome.confirmed), (1, 0));
    assert!(outcome.refused.iter().all(|r| r.key == "work/wage"));
    let done = with(&source, &outcome.changes);
    assert_eq!(
        done.0[EN],
        source.0[EN].replace("How old are you?", "What is your age?")
    );
}

#[test]
fn a_translation_of_what_was_stale_must_have_the_new_number() {
    let source = with(&folder(), open(&folder()).adopt(&en()).0.as_slice());
    let stale = edited(&source, DE, "0800 1110111", "0800 1110222");
    let wage = |number: &str| {
        let words = "The wage is { $fact_minimum_wage } an hour.";
        let words = format!("{words} Questions: {number} or https://example.org/lohn");
        import(&stale, vec![given(&stale, "work/wage", &words)])
    };
    let refused = wage("0800 1110111").refused;
    assert_eq!(refused.len(), 1, "it is not allowed to stay behind");
    assert!(refused[0].why.en.contains("telephone numbers"));
    assert_eq!(wage("0800 1110222").refused, []);
}

#[test]
fn translating_what_was_stale_makes_it_fresh_and_a_name_signs_it_off() {
    let source = with(&folder(), open(&folder()).adopt(&en()).0.as_slice());
    let stale = edited(&source, DE, "Wie alt", "Wie viele Jahre alt");
    let units = |settled: bool, words: &str| {
        let mut rows = vec![
            given(&stale, "work/age", words),
            given(&stale, "work/age.retry", "Please write a number."),
        ];
        rows.iter_mut().for_each(|r| r.settled = settled);
        rows
    };
    let after = |rows: Vec<Given>, sign: Option<&SignOff>| {
        let outcome = open(&stale).import(
            &Incoming {
                lang: en(),
                given: rows,
            },
            sign,
        );
        assert_eq!(outcome.refused, []);
        state(&with(&stale, &outcome.changes), &en(), "work/age")
    };
    assert_eq!(
        after(units(false, "How old are you?"), None),
        "stale",
        "it came back untouched"
    );
    assert_eq!(
        after(units(true, "How old are you?"), None),
        "machine",
        "somebody says that it fits"
    );
    assert_eq!(
        after(units(true, "How many years old are you?"), None),
        "machine"
    );
    assert_eq!(
        after(units(false, "How many years old are you?"), Some(&amina())),
        "reviewed Amina Yusuf"
    );
    let one = vec![given(&stale, "work/age.retry", "A number, please.")];
    assert_eq!(after(one, None), "stale", "only a part was looked at");
}

#[test]
fn the_note_of_scaffolding_goes_with_the_translation() {
    let mut source = folder();
    source.0.remove(EN);
    let before = with(&source, &open(&source).scaffold(&en()));
    let rows = vec![
        given(&before, "work/age", "How old are you?"),
        given(&before, "work/age.retry", "A number, please."),
        given(&before, "work/paper", "Which paper?"),
    ];
    let done = with(&before, &import(&before, rows).changes);
    insta::assert_snapshot!(done.0[EN], @r##"
# de: paper = Welches Papier haben Sie?
# de:     .gestattung = Gestattung
# de:     .duldung = Duldung
paper = Which paper?
    .gestattung = …
    .duldung = …
age = How old are you?
    .retry = A number, please.
# de: wage = Der Mindestlohn ist { $fact_minimum_wage } in der Stunde.
# de:     Fragen: 0800 1110111 oder https://example.org/lohn
wage = …
"##);
}

#[test]
fn units_say_what_they_are() {
    let source = edited(
        &folder(),
        DE,
        "age = Wie alt sind Sie?",
        "age = { $age ->\n        [one] Ein **Jahr**?\n       *[other] { $age } **Jahre**?\n    }",
    );
    let document = open(&source).export(&en(), |_| true);
    let shown: Vec<String> = document
        .units
        .iter()
        .filter(|u| u.file == "work" || u.key.starts_with("fields/paper"))
        .map(|u| {
            format!("{} | {} | {}", u.key, u.context.en, u.note.en)
                .trim_end()
                .to_owned()
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r##"
work/paper | step paper (question with buttons) |
work/paper.gestattung | button of: Welches Papier haben Sie?; step paper (question with buttons) | short: at best 20 characters or fewer
work/paper.duldung | button of: Welches Papier haben Sie?; step paper (question with buttons) | short: at best 20 characters or fewer
work/age[one] | step age (question for a number); comes after: paper.gestattung | form [one] in en; **…** is bold
work/age[other] | step age (question for a number); comes after: paper.gestattung | form [other] in en (must be there); leave as it is where it is needed: { $age }; **…** is bold
work/age.retry | after an answer that does not fit; step age (question for a number) |
work/wage | step wage (message); comes after: paper.duldung, age | leave as it is: { $fact_minimum_wage }
fields/paper | paper (name of something known about the person) |
fields/paper.gestattung | paper (answer in the summary: Papier) |
fields/paper.duldung | paper (answer in the summary: Papier) |
"##);
}

#[test]
fn tables_of_spreadsheets_are_read_and_others_are_not() {
    let fine = "\u{FEFF}key;de;ar;note\r\n\"a/b\";\"x\ny\";\"\"\"z\"\"\";\r\n;;;\r\n";
    let incoming = table::read(fine).expect("a table");
    assert_eq!(incoming.lang, Lang::new("ar"));
    let one = Given {
        key: "a/b".into(),
        source: "x\ny".into(),
        target: "\"z\"".into(),
        settled: true,
        line: 2,
    };
    assert_eq!(incoming.given, [one]);
    for wrong in ["", "a,b,c\n", "key,de\n"] {
        assert!(table::read(wrong).is_err(), "{wrong}");
    }
    for (wrong, line) in [
        (
            "msgid \"\"\nmsgstr \"Language: ar\\n\"\n\nmsgid \"a\nmsgstr \"b\"",
            4,
        ),
        (
            "msgid \"\"\nmsgstr \"Language: ar\\n\"\nmsgid_plural \"a\"",
            3,
        ),
        ("msgid \"\"\nmsgstr \"\"\n", 1),
    ] {
        assert_eq!(po::read(wrong).expect_err(wrong).line, line);
    }
    for (wrong, line) in [
        ("<xliff version=\"1.2\"/>", 1),
        ("<a/>", 1),
        (
            "<xliff version=\"2.0\" trgLang=\"ar\">\n<unit name=\"a/b\">\n<segment><source>x</segment>",
            3,
        ),
        (
            "<xliff version=\"2.0\" trgLang=\"ar\">\n<source>&nbsp;</source></xliff>",
            2,
        ),
    ] {
        assert_eq!(xliff::read(wrong).expect_err(wrong).line, line);
    }
}

/// Pieces of texts that some format has to write in another way.
const PIECES: &[&str] = &[
    "Wort",
    "مرحبا",
    "\u{2068}",
    "\u{2069}",
    "\u{200f}",
    "\u{a0}",
    " ",
    "\n",
    "\n\n",
    "\n- ",
    "\n* ",
    "\n[",
    "\n.",
    "\n#",
    "\n\"",
    "**fett**",
    "{ $age }",
    "{ $paper }",
    "{ \" \" }",
    "{ \"{\" }",
    "{ \"\\\"}\" }",
    "{ 5 }",
    "\"",
    "'",
    "\\",
    "\\n",
    "=",
    ",",
    ";",
    "\t",
    "&",
    "<b>",
    "]]>",
    "&amp;",
    "%s",
    "#, fuzzy",
    "…",
    "\u{1}",
    "|",
    "-",
    "😀",
    "[one]",
];

fn letters() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..12)
        .prop_map(|pieces| words::tidy(&format!("W{}", pieces.concat())))
}

/// A text, perhaps with a choice by number, written in our own way.
fn text() -> impl Strategy<Value = tree::Node> {
    (letters(), letters(), any::<bool>()).prop_map(|(one, other, plain)| {
        let node = |words: String| tree::Node::Words(words);
        if plain {
            return node(other);
        }
        let case = |key: &str, default, words| tree::Case {
            key: key.into(),
            default,
            node: node(words),
        };
        tree::Node::Choice {
            by: "$age".into(),
            cases: vec![case("one", false, one), case("other", true, other)],
        }
    })
}

/// The example with these texts in a language.
fn filled(source: MemorySource, lang: &str, texts: &[tree::Node; 3]) -> MemorySource {
    let path = format!("locales/{lang}/work.ftl");
    let ftl = format!(
        "paper = Papier\n    .gestattung = G\n    .duldung = D\nage = {}\n    .retry = {}\nwage = {}\n",
        texts[0].write(4),
        texts[1].write(8),
        texts[2].write(4)
    );
    source.with(&path, &ftl)
}

/// What each kind of file gives back: the same from all of them.
fn sent(document: &Document) -> Incoming {
    let all = [
        table::read(&table::write(document, true, true)).expect("a table"),
        table::read(&table::write(document, false, false)).expect("a table"),
        po::read(&po::write(document, true)).expect("PO"),
        xliff::read(&xliff::write(document, true)).expect("XLIFF"),
    ];
    let [first, others @ ..] = all;
    for other in others {
        assert_eq!(other.lang, first.lang);
        let said = |i: &Incoming| -> Vec<[String; 3]> {
            let of = |g: &Given| [&g.key, &g.source, &g.target].map(String::clone);
            i.given.iter().map(of).collect()
        };
        assert_eq!(said(&other), said(&first));
    }
    first
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_is_lost_on_the_way_out_and_back(de in [text(), text(), text()], other in [text(), text(), text()]) {
        // Out and back again changes no byte, whatever stands there.
        let source = filled(filled(folder(), "de", &de), "en", &other);
        let catalogue = open(&source);
        let incoming = sent(&catalogue.export(&en(), |_| true));
        prop_assert_eq!(catalogue.import(&incoming, None), Imported::default());
        // A file that is gone comes back byte for byte.
        let whole = filled(filled(folder(), "de", &de), "en", &de);
        let incoming = sent(&open(&whole).export(&en(), |_| true));
        let mut without = whole.clone();
        without.0.remove(EN);
        let outcome = open(&without).import(&incoming, None);
        prop_assert_eq!(&outcome.refused, &[]);
        prop_assert_eq!(&with(&without, &outcome.changes).0[EN], &whole.0[EN]);
    }
}
