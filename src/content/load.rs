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
use crate::model::Value;
use jiff::civil::Date;
use std::collections::BTreeMap;
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
        check::all(&files, &places, today, &mut problems);
        let mut allows = Allows::read(&list, &mut problems);
        let sound = !problems.has_errors();
        let spots = Spots::of(&files);
        let content = sound.then(|| {
            let hash = hash(list.iter().map(|f| (&*f.path, &*f.text)));
            link(files, hash, places)
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
fn link(files: Files, hash: String, places: Arc<Places>) -> Option<Content> {
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
    let offered = |lang: &crate::model::Lang| settings.languages.iter().any(|l| &l.lang == lang);
    let bundles = side_by_side(&files.texts, |texts| {
        let texts = texts.iter().filter(|t| offered(&t.lang));
        let bundles = texts.map(|t| (t.lang.clone(), t.name.clone(), t.bundle()));
        bundles.collect::<Vec<_>>()
    });
    let mut words = Words::new(bundles.into_iter().flatten());
    words.mark_unchecked(unchecked);
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
    use crate::model::Lang;
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
            let errors = loaded.diagnostics.iter().any(|d| d.severity == super::super::Severity::Error);
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
