//! Services that people are referred to.

use crate::content::StepKind;
use crate::engine::fixture::Chat;
use crate::model::Value;

/// What is said to somebody from this postcode.
fn referred(lang: &str, postcode: Option<(&str, Option<&str>)>) -> Chat {
    let mut chat = Chat::within("later");
    chat.speaks(lang);
    if let Some((postcode, kreis)) = postcode {
        let place = Value::Place {
            postcode: postcode.into(),
            kreis: kreis.map(Into::into),
        };
        chat.state.answers.insert("place".into(), place);
    }
    assert_eq!(chat.tap("unknown"), ["later/help", "later/done"]);
    chat
}

fn names(chat: &Chat) -> Vec<String> {
    let text = &chat.messages().next().unwrap().text;
    let bold = text.lines().filter(|l| l.starts_with("**"));
    bold.map(|l| l.replace(['*', '\u{2068}', '\u{2069}'], ""))
        .collect()
}

#[test]
fn what_is_near_comes_first_and_then_what_speaks_the_language() {
    assert_eq!(
        names(&referred("de", None)),
        ["Für alle", "Für alle, arabisch"]
    );
    assert_eq!(
        names(&referred("ar", None)),
        ["Für alle, arabisch", "Für alle"]
    );
    assert_eq!(
        names(&referred("ar", Some(("34497", Some("06635"))))),
        ["Rathaus Korbach", "Hessen"]
    );
    assert_eq!(
        names(&referred("de", Some(("34498", None)))),
        ["Hessen", "Für alle"],
        "the Land of a postcode that is in no table"
    );
    assert_eq!(
        names(&referred("de", Some(("01445", Some("14612"))))),
        ["Für alle", "Für alle, arabisch"]
    );
}

#[test]
fn numbers_and_addresses_are_shown_as_they_are() {
    let chat = referred("de", None);
    assert_eq!(
        chat.messages().next().unwrap().text,
        "Hier hilft man:\n\n**Für alle**\n- 0800 1110111\n- https://example.org/alle\n- Sprachen: Deutsch, English\n\n\
         **Für alle, arabisch**\n- https://example.org/ar\n- Sprachen: \u{2068}العربية\u{2069}\n\nStand 1. November 2026"
    );
    let chat = referred("ar", None);
    let text = &chat.messages().next().unwrap().text;
    assert!(
        text.contains("\n- 0800\u{A0}1110111\n- https://example.org/alle\n"),
        "{text}"
    );
}

#[test]
fn what_nobody_has_checked_for_long_is_not_named() {
    let mut chat = Chat::within("later");
    chat.env.now = chat.env.now.plus_seconds(300 * 86_400);
    assert_eq!(chat.tap("unknown"), ["later/nobody"]);
    // A service may have a shorter time of its own.
    let mut chat = Chat::within("later");
    chat.env.now = chat.env.now.plus_seconds(30 * 86_400);
    let place = Value::Place {
        postcode: "34497".into(),
        kreis: Some("06635".into()),
    };
    chat.state.answers.insert("place".into(), place);
    chat.tap("unknown");
    assert_eq!(names(&chat), ["Rathaus Korbach", "Für alle"]);
}

#[test]
fn where_no_service_fits_it_goes_on_elsewhere() {
    let mut chat = Chat::within("later");
    let later = chat.content.flows.get_mut("later").unwrap();
    if let StepKind::Refer(refer) = &mut later.steps.get_mut("help").unwrap().kind {
        refer.topic = "general".into();
    }
    assert_eq!(chat.tap("unknown"), ["later/nobody"]);
}
