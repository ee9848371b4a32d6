//! Which ways are counted.

use crate::engine::fixture::Chat;
use crate::engine::{Input, step_traced};
use crate::model::Passage;

/// Passages of one input, as `step`, `step -next-> target`.
fn passages(chat: &mut Chat, input: Input) -> Vec<String> {
    let (turn, trace) = step_traced(&chat.content, &chat.env, chat.state.clone(), input);
    let counted = trace.counted().map(|Passage { flow, step, on }| match on {
        None => format!("{flow}/{step}"),
        Some((way, to)) => format!("{flow}/{step} -{}-> {to}", way.as_str()),
    });
    let counted = counted.collect();
    chat.state = turn.state;
    counted
}

fn said(chat: &mut Chat, text: &str) -> Vec<String> {
    passages(chat, Input::Text(text.to_owned()))
}

#[test]
fn every_step_that_is_reached_is_counted_and_so_is_how_it_was_left() {
    let mut chat = Chat::at_menu();
    let all = [
        said(&mut chat, "/human"),
        said(&mut chat, "zurück"),
        said(&mut chat, "keine Ahnung"),
        said(&mut chat, "/menu"),
    ];
    insta::assert_snapshot!(all.map(|lines| lines.join("\n")).join("\n--\n"));
}

#[test]
fn who_goes_on_to_a_step_reaches_it() {
    let mut chat = Chat::at_menu();
    for text in ["/work", "1", "2", "xyz", "1", "/menu", "2", "1", "1", "1"] {
        let lines = said(&mut chat, text);
        for pair in lines.windows(2) {
            if let Some((from, to)) = pair[0].split_once("-> ")
                && let Some((flow, _)) = from.split_once('/')
                && !to.is_empty()
                && !to.starts_with("flow:")
            {
                assert_eq!(pair[1], format!("{flow}/{to}"), "{lines:?}");
            }
        }
    }
}

#[test]
fn who_comes_by_the_link_of_a_campaign_counts_once_for_it() {
    let mut chat = Chat::at_menu();
    let came = |lines: Vec<String>| {
        lines
            .into_iter()
            .filter(|l| l.contains("-campaign->"))
            .collect()
    };
    let [first, again, other, none]: [Vec<_>; 4] = [
        came(said(&mut chat, "/start poster-7")),
        came(said(&mut chat, "/start poster-7")),
        came(said(&mut chat, "/start video")),
        came(said(&mut chat, "/start")),
    ];
    assert_eq!(first, ["welcome/ -campaign-> poster-7"]);
    assert_eq!(other, ["welcome/ -campaign-> video"]);
    assert!(again.is_empty() && none.is_empty(), "{again:?} {none:?}");
}
