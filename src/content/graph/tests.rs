//! Small flows, drawn.

use super::build::{cut, shortened};
use super::*;
use crate::content::check::example::folder;
use crate::content::{MemorySource, load};
use crate::model::Passage;
use std::sync::Arc;

/// A flow with every kind of step, and its German and Arabic words.
fn source() -> MemorySource {
    let flow = "start = \"ask\"\ntopic = \"work\"\nreviewed = 2026-11-01\n\
        [step.ask]\nask = \"choice\"\nsave = \"paper\"\noptions.gestattung = \"age\"\noptions.duldung = \"end\"\n\
        retry = { times = 2, then = \"flow:human\" }\n\
        [step.age]\nask = \"number\"\nsave = \"age\"\nretry = { times = 1, then = \"end\" }\n\
        next = [\"age < 18 and paper == gestattung -> keep\", \"else -> end\"]\n\
        [step.keep]\nset = { age = 17 }\ngoto = \"sort\"\n\
        [step.sort]\nbranch = true\nnext = [\"known(paper) -> pass\", \"else -> ask\"]\n\
        [step.pass]\nhandoff = { reason = \"work_ban\", share = [\"age\"] }\ngoto = \"other\"\n\
        [step.other]\ncall = \"human\"\ngoto = \"flow:menu\"\n\
        [step.end]\nsay = true\nfacts = [\"minimum_wage\"]\nunverified = \"flow:human\"\n";
    let german = "ask = Welches \"Papier\" haben Sie?\n    .gestattung = Gestattung\n    .duldung = Duldung & mehr\n\
        age = Wie alt sind Sie?\nend =\n    Der Mindestlohn beträgt **{ $fact_minimum_wage }** in der Stunde, und zwar überall in Deutschland.\n\n    Noch etwas.\n";
    folder()
        .with("flows/all.toml", flow)
        .with("locales/de/all.ftl", german)
}

fn graph(source: &MemorySource, flow: &str, lang: &str) -> Graph {
    let loaded = load(source, Arc::default());
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|d| (d.code.as_str(), &d.message.en))
        .collect();
    let content = loaded.content.unwrap_or_else(|| panic!("{errors:?}"));
    let day = jiff::civil::date(2026, 11, 21);
    Graph::new(&content, flow, &Lang::new(lang), &Lang::new("de"), day).unwrap()
}

#[test]
fn every_kind_of_step_has_its_shape_in_mermaid() {
    insta::assert_snapshot!(graph(&source(), "all", "de").mermaid(None));
}

#[test]
fn numbers_stand_on_the_arrows_and_small_ones_do_not_show() {
    let mut counts = Counts::default();
    let mut add = |step: &str, on: Option<(Way, &str)>, n| {
        let on = on.map(|(way, to)| (way, to.to_owned()));
        counts.add(
            Passage {
                flow: "all".into(),
                step: step.into(),
                on,
            },
            n,
        );
    };
    add("ask", None, 120);
    add("ask", Some((Way::Next, "age")), 61);
    add("ask", Some((Way::Next, "end")), 38);
    add("ask", Some((Way::Retry, "flow:human")), 3);
    let graph = graph(&source(), "all", "de");
    let text = graph.mermaid(Some(&counts));
    for line in [
        "s_ask{{\"<b>ask</b><br/>Welches #quot;Papier#quot; haben Sie?<br/>20 gingen nicht weiter\"}}",
        "s_ask -->|\"Gestattung<br/><b>60</b>\"| s_age",
        "s_ask -.->|\"nicht verstanden<br/><b>#lt;5</b>\"| flow7",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let picture = Picture {
        counts: Some(&counts),
        ..Picture::default()
    };
    let svg = graph.svg(&picture);
    assert!(
        svg.contains(">60</text>") && svg.contains(">&lt;5</text>") && !svg.contains(">3<"),
        "{svg}"
    );
    assert!(svg.contains(">120 kamen</text>"), "{svg}");
}

#[test]
fn a_small_flow_as_a_picture() {
    let flow = "start = \"ask\"\n[step.ask]\nask = \"choice\"\noptions.yes = \"next\"\noptions.no = \"bye\"\n\
        next = [\"age < 18 -> flow:menu\", \"else -> bye\"]\nretry = { times = 2, then = \"bye\" }\n\
        [step.bye]\nsay = true\n";
    let words = "ask = Noch eine Frage?\n    .yes = Ja\n    .no = Nein\nbye = Auf Wiedersehen.\n";
    let source = source()
        .with("flows/small.toml", flow)
        .with("locales/de/small.ftl", words);
    insta::assert_snapshot!(graph(&source, "small", "de").svg(&Picture::default()));
}

#[test]
fn one_step_is_one_step() {
    let flow = "start = \"bye\"\n[step.bye]\nsay = true\n";
    let source = source()
        .with("flows/small.toml", flow)
        .with("locales/de/small.ftl", "bye = Auf Wiedersehen.\n");
    let svg = graph(&source, "small", "de").svg(&Picture::default());
    assert!(
        svg.contains("<desc id=\"graph-desc\">1 Schritt und 0 Wege dazwischen, "),
        "{svg}"
    );
}

#[test]
fn words_of_a_text_from_right_to_left_say_so() {
    let source = source()
        .with(
            "flows/settings.toml",
            &folder().0["flows/settings.toml"]
                .replace("\"en\"]", "\"en\", \"ar\"]")
                .replace(
                    "[language.en]",
                    "[language.ar]\nname = \"العربية\"\nreview = \"machine\"\n[language.en]",
                ),
        )
        .with("flows/detect/ar.toml", &folder().0["flows/detect/de.toml"])
        .with(
            "locales/ar/all.ftl",
            "ask = ما هي وثيقتك؟\n    .gestattung = تصريح\n    .duldung = إقامة\n",
        );
    let svg = graph(&source, "all", "ar").svg(&Picture::default());
    assert!(
        svg.contains("lang=\"ar\" direction=\"rtl\">ما هي وثيقتك؟</text>"),
        "{svg}"
    );
    assert!(svg.contains("lang=\"ar\" direction=\"rtl\">تصريح</text>"));
    // What is not there in Arabic is shown in the source language, and says so.
    assert!(svg.contains("lang=\"de\">Wie alt sind Sie?</text>"));
}

#[test]
fn a_picture_shows_where_a_conversation_stands_and_leads_on() {
    let graph = graph(&source(), "all", "de");
    let seen = ["ask".to_owned()].into();
    let link = |node: &Node| format!("?to={}&x", node.target());
    let picture = Picture {
        lit: Some("age"),
        seen: Some(&seen),
        link: Some(&link),
        ..Picture::default()
    };
    let svg = graph.svg(&picture);
    assert!(svg.contains("<a href=\"?to=age&amp;x\" class=\"node ask lit\" data-step=\"age\" aria-current=\"step\">"), "{svg}");
    assert!(svg.contains("class=\"node ask seen\" data-step=\"ask\">"));
    assert!(
        !svg.contains("<style>"),
        "the pages' policy allows no style inside"
    );
    assert!(
        graph
            .svg(&Picture {
                standalone: true,
                ..Picture::default()
            })
            .contains("prefers-color-scheme: dark")
    );
}

#[test]
fn long_texts_are_cut_at_words() {
    assert_eq!(cut("eins zwei drei", 12), "eins zwei…");
    assert_eq!(cut("Donaudampfschifffahrt", 10), "Donaudampf…");
    assert_eq!(shortened("\n**Fett** und\nmehr"), "Fett und");
}
