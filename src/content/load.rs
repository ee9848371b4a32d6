//! From files to content.

use super::allow::{Allows, found_by_reading, merged};
use super::check;
use super::diagnostic::{Code, Diagnostic, Problems};
use super::exchange;
use super::files::{self, Files};
use super::known::{Known, side_by_side};
use super::places::Places;
use super::source::{Source, hash};
use super::spots::Spots;
use super::types::{Content, FieldKind, Flow, StepKind};
use super::words::Words;
use crate::model::{Lang, Value};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What came of reading a content folder: always all findings, and the content if none of them is an error.
#[derive(Debug)]
pub struct Loaded {
    /// The content; `None` exactly if a finding is an error.
    pub content: Option<Content>,
    /// All findings, by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Where flows, steps and options stand.
    pub spots: Spots,
    /// What the editors have allowed; for findings that are made later.
    pub allows: Allows,
}

impl Loaded {
    /// Adds findings that need more than the files (transcripts, a database), unless they are allowed.
    /// `looked_at` are the codes that were looked for: what is allowed of them and was not found is needless.
    pub fn add(&mut self, found: Vec<Diagnostic>, looked_at: &[Code]) {
        let mut more = self.allows.filter(found);
        more.extend(self.allows.needless(|code| looked_at.contains(&code)));
        self.diagnostics = merged(std::mem::take(&mut self.diagnostics), more);
    }
}

/// Reads and checks a content folder. Never panics, whatever the files hold.
pub fn load(source: &dyn Source, places: Arc<Places>) -> Loaded {
    load_on(source, places, None)
}

/// Like [`load`]; with `today` it also warns of reviews and facts that are too old.
pub fn load_on(source: &dyn Source, places: Arc<Places>, today: Option<Date>) -> Loaded {
    Loader::default().load(source, places, today)
}

/// Loads content again and again, quickly where little has changed.
#[derive(Default)]
pub struct Loader {
    known: Known,
}

impl Loader {
    /// Like [`load_on`].
    pub fn load(
        &mut self,
        source: &dyn Source,
        places: Arc<Places>,
        today: Option<Date>,
    ) -> Loaded {
        let mut problems = Problems::default();
        let list = files::read_all(source, &mut problems);
        let files = Files::parse(&list, &mut self.known, &mut problems);
        let withheld = check::all(&files, &places, today, &mut problems);
        let mut allows = Allows::read(&list, &mut problems);
        let sound = !problems.has_errors();
        let spots = Spots::of(&files);
        let content = sound.then(|| {
            let hash = hash(list.iter().map(|f| (&*f.path, &*f.text)));
            link(files, hash, places, withheld)
        });
        let mut diagnostics = allows.filter(problems.into_sorted());
        // With errors some checks are left out, and what they would find may be allowed rightly.
        if sound {
            let needless = allows.needless(|code| found_by_reading(code, today.is_some()));
            diagnostics = merged(diagnostics, needless);
        }
        Loaded {
            content: content.flatten(),
            diagnostics,
            spots,
            allows,
        }
    }
}

/// Makes content of files that were found sound.
fn link(
    files: Files,
    hash: String,
    places: Arc<Places>,
    withheld: HashSet<(Lang, String)>,
) -> Option<Content> {
    let settings = files.settings.as_ref().map(|(_, s)| &s.settings)?;
    let unchecked = exchange::unchecked(&files, settings);
    let settings = files.settings?.1.settings;
    let fields: BTreeMap<_, _> = files
        .fields
        .list
        .into_iter()
        .map(|(id, f)| (id.value, f))
        .collect();
    let flows = files.flows.into_iter().map(|(id, flow)| {
        let mut flow = flow.parsed.flow.clone();
        type_sets(&mut flow, |field| fields.get(field).map(|f| &f.kind));
        (id, flow)
    });
    let flows = flows.collect();
    let offered = |lang: &Lang| settings.languages.iter().any(|l| &l.lang == lang);
    let bundles = side_by_side(&files.texts, |texts| {
        // Words of commands count in every language, on offer or not.
        let texts = texts
            .iter()
            .filter(|t| offered(&t.lang) || t.name == "commands");
        let bundles = texts.map(|t| (t.lang.clone(), t.name.clone(), t.bundle()));
        bundles.collect::<Vec<_>>()
    });
    let mut words = Words::new(bundles.into_iter().flatten());
    words.mark_unchecked(unchecked);
    words.withhold(withheld);
    Some(Content {
        hash,
        flows,
        words,
        topics: files
            .topics
            .list
            .into_iter()
            .map(|(id, ())| id.value)
            .collect(),
        reasons: files
            .reasons
            .list
            .into_iter()
            .map(|(id, r)| (id.value, r))
            .collect(),
        facts: files
            .facts
            .list
            .into_iter()
            .map(|(id, f)| (id.value, f.fact))
            .collect(),
        services: files
            .services
            .list
            .into_iter()
            .map(|(_, s)| s.service)
            .collect(),
        detect: Arc::new(files.detect.link()),
        fields,
        settings,
        places,
    })
}

/// In files, options, postcodes and texts are all words in quotes; the field says which it is.
fn type_sets<'f>(flow: &mut Flow, kind: impl Fn(&str) -> Option<&'f FieldKind>) {
    for step in flow.steps.values_mut() {
        let StepKind::Set(sets) = &mut step.kind else {
            continue;
        };
        for (field, value) in sets {
            let Value::Choice(word) = value else { continue };
            match kind(field) {
                Some(FieldKind::Contact) => {
                    let given = crate::text::contact(word);
                    *value = Value::Contact(given.unwrap_or_else(|| std::mem::take(word)));
                }
                Some(FieldKind::Text) => *value = Value::Text(std::mem::take(word)),
                Some(FieldKind::Postcode) => {
                    *value = Value::Place {
                        postcode: std::mem::take(word),
                        kreis: None,
                    };
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::example::folder;
    use super::super::render;
    use super::*;
    use crate::content::diagnostic::Severity;
    use proptest::prelude::*;

    #[test]
    fn content_is_linked_as_written() {
        let loaded = load(&folder(), Arc::default());
        let content = loaded.content.unwrap();
        assert_eq!(content.hash.len(), 16);
        let flow = &content.flows["work"];
        assert_eq!(
            flow.steps.keys().collect::<Vec<_>>(),
            ["paper", "age", "wage"]
        );
        insta::assert_debug_snapshot!(flow.steps["paper"].kind, @r##"
Ask(
    Ask {
        kind: Choice(
            [
                ChoiceOption {
                    id: "gestattung",
                    target: Some(
                        Step(
                            "age",
                        ),
                    ),
                },
                ChoiceOption {
                    id: "duldung",
                    target: Some(
                        Step(
                            "wage",
                        ),
                    ),
                },
            ],
        ),
        save: Some(
            "paper",
        ),
        retry: Some(
            Retry {
                times: 2,
                then: Flow(
                    "human",
                ),
            },
        ),
        unit: None,
    },
)
"##);
        assert_eq!(
            content
                .words
                .text(&Lang::new("de"), "work", "age", &[])
                .as_deref(),
            Some("Wie alt sind Sie?")
        );
    }

    #[test]
    fn commands_are_read_in_languages_that_are_not_on_offer() {
        let of = |words: &str| {
            load(
                &folder().with("locales/ru/commands.ftl", words),
                Arc::default(),
            )
        };
        let loaded = of("stop = стоп\nhuman = человек\n");
        assert!(loaded.diagnostics.is_empty(), "nothing else is demanded");
        let content = loaded.content.unwrap();
        let known = |word: &str| {
            let mut words = content.words.command_words().iter();
            words.any(|(lang, _, known)| lang.as_str() == "ru" && known == word)
        };
        assert!(known("стоп") && known("человек"));
        assert!(content.language(&Lang::new("ru")).is_none());

        for (words, code) in [
            ("stop = counsellor\n", Code::CommandTwice),
            ("menu = duldung\n", Code::LabelIsCommand),
            ("stopp = стоп\n", Code::TextUnused),
        ] {
            let found = of(words).diagnostics;
            assert!(found.iter().any(|d| d.code == code), "{words}");
        }
    }

    /// The German text has another phone number by now; what the records say about the English one.
    fn with_another_number(records: &str) -> Loaded {
        let mut folder = folder();
        let german = folder.0["locales/de/work.ftl"].replace("0800 1110111", "0800 1110222");
        folder = folder.with("locales/de/work.ftl", &german);
        load(
            &folder.with("locales/en/state.txt", records),
            Arc::default(),
        )
    }

    #[test]
    fn a_source_may_change_before_its_translation_does() {
        let loaded = with_another_number("work/wage 0123456789ab 0123456789ab\n");
        let found: Vec<_> = loaded
            .diagnostics
            .iter()
            .map(|d| (d.code, d.severity))
            .collect();
        let warning = Severity::Warning;
        assert_eq!(
            found,
            [(Code::TextStale, warning), (Code::PhonesDiffer, warning)]
        );
        let words = loaded.content.unwrap().words;
        let (de, en) = (Lang::new("de"), Lang::new("en"));
        assert!(
            !words.has(&en, "work", "wage"),
            "nobody is told the old number"
        );
        assert!(words.has(&de, "work", "wage"));
        assert!(words.has(&en, "work", "age"), "other texts are there");
    }

    #[test]
    fn another_number_in_a_translation_of_the_same_source_is_an_error() {
        let german = folder().0["locales/de/work.ftl"].replace("0800 1110111", "0800 1110222");
        let resource = fluent_syntax::parser::parse(german.as_str()).unwrap();
        let hash = resource.body.iter().find_map(|entry| match entry {
            fluent_syntax::ast::Entry::Message(m) if m.id.name == "wage" => {
                Some(crate::content::record::Hash::of(m))
            }
            _ => None,
        });
        let present = format!("work/wage {} 0123456789ab\n", hash.unwrap());
        for records in ["", present.as_str()] {
            let loaded = with_another_number(records);
            assert!(loaded.content.is_none(), "{records}");
            let found = loaded
                .diagnostics
                .iter()
                .find(|d| d.code == Code::PhonesDiffer);
            assert_eq!(
                found.map(|d| d.severity),
                Some(Severity::Error),
                "{records}"
            );
        }
    }

    #[test]
    fn values_that_are_set_have_the_type_of_their_field() {
        let fields = "[field.paper]\ntype = \"choice\"\nvalues = [\"gestattung\", \"duldung\"]\n\
            [field.age]\ntype = \"number\"\n[field.arrival]\ntype = \"date\"\n\
            [field.note]\ntype = \"text\"\n[field.plz]\ntype = \"postcode\"\n[field.prio]\ntype = \"flag\"\n";
        let labels = "note = N\nplz = P\nprio = V\n";
        let human = "start = \"s\"\n[step.s]\nset = { paper = \"duldung\", age = 3, arrival = 2026-01-02, \
            note = \"n\", plz = \"34497\", prio = true }\n";
        let mut source = folder()
            .with("flows/fields.toml", fields)
            .with("flows/human.toml", human);
        for lang in ["de", "en"] {
            source
                .0
                .get_mut(&format!("locales/{lang}/fields.ftl"))
                .unwrap()
                .push_str(labels);
        }
        let loaded = load(&source, Arc::default());
        let content = loaded.content.unwrap();
        let StepKind::Set(sets) = &content.flows["human"].steps["s"].kind else {
            panic!("no set")
        };
        let values: Vec<&Value> = sets.iter().map(|(_, v)| v).collect();
        let place = Value::Place {
            postcode: "34497".into(),
            kreis: None,
        };
        let expected = [
            Value::Choice("duldung".into()),
            Value::Number(3),
            Value::Date(jiff::civil::date(2026, 1, 2)),
            Value::Text("n".into()),
            place,
            Value::Flag(true),
        ];
        assert_eq!(values, expected.iter().collect::<Vec<_>>());
    }

    #[test]
    fn files_with_strange_bytes_are_only_findings() {
        let deep = "{".repeat(100_000);
        for (path, text) in [
            (
                "flows/work.toml",
                "\u{FEFF}start = \"x\"\r\n[step.x]\r\nsay = true\r\n",
            ),
            (
                "flows/work.toml",
                "a.b.c.d = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            ),
            ("locales/de/work.ftl", deep.as_str()),
            ("locales/de/work.ftl", "paper = \u{0}\r\n  .x = \u{2028}"),
            ("locales/x/../work.ftl", "a = b"),
            ("flows/.toml", ""),
        ] {
            let source = folder().with(path, text);
            let loaded = load(&source, Arc::default());
            let _ = render(&loaded.diagnostics, &source, &Lang::new("en"), true);
        }
    }

    /// Pieces that break things.
    const PIECES: &[&str] = &[
        "\"",
        "'",
        "\"\"\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        ".",
        ",",
        "->",
        "*",
        "$",
        "|",
        "ä",
        "م",
        "„",
        "\t",
        "\r\n",
        "\u{FEFF}",
        "\u{0}",
        "9999999999999999999",
        "[step.x]\n",
        "next",
        "flow:",
        " ",
        "#",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(120))]
        #[test]
        fn no_mutation_panics(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(),
                0..PIECES.len(), 0usize..40), 1..6)
        ) {
            let mut source = folder();
            for (file, place, piece, cut) in changes {
                let path = file.get(&source.paths()).clone();
                let chars: Vec<char> = source.0[&path].chars().collect();
                let at = place.index(chars.len() + 1);
                let (head, tail) = chars.split_at(at);
                let tail = tail.iter().skip(cut);
                let text: String = head.iter().copied().chain(PIECES[piece].chars()).chain(tail.copied()).collect();
                source.0.insert(path, text);
            }
            let loaded = load_on(&source, Arc::default(), Some(jiff::civil::date(2026, 11, 21)));
            let errors = loaded.diagnostics.iter().any(|d| d.severity == Severity::Error);
            prop_assert_eq!(errors, loaded.content.is_none());
            for lang in ["de", "en"] {
                render(&loaded.diagnostics, &source, &Lang::new(lang), false);
            }
            if let Some(content) = loaded.content {
                for flow in content.flows.keys() {
                    super::super::show(&content, flow, &Lang::new("de"), jiff::civil::date(2026, 11, 21));
                }
            }
        }
    }
}
