//! Turns that the person did not cause: they are spoken to in their language all the same.

use crate::desk::visibility::Role;
use crate::model::{CaseId, Event, Lang, Level, MediaKind, Message, Triage, Zone};
use crate::runtime::rig::{Rig, keys};
use crate::runtime::triage::Looked;
use crate::runtime::work::{LateLook, Task, Work};
use crate::store::desk::By;
use crate::store::sql::Sql;
use crate::store::testing::{PILOT, taken_for};
use std::sync::Arc;

const CASE: Sql = Sql::both("SELECT id FROM cases");

/// Somebody whose device speaks Arabic, who has chosen no language and asks for a human first.
async fn human_first() -> Rig {
    let mut rig = Rig::new().await;
    rig.hint = "ar-SY";
    assert_eq!(rig.says("إنسان").await.last().unwrap(), "human/about");
    rig
}

/// They go on until a human has the turn.
async fn handed_over() -> Rig {
    let rig = human_first().await;
    for words in ["10", "أريد التحدث", "2"] {
        rig.says(words).await;
    }
    assert_eq!(rig.says("نعم").await, ["system:handoff-receipt"]);
    rig
}

/// A counsellor takes their case.
async fn claimed(rig: &Rig) -> (By, CaseId) {
    let world = &rig.world;
    let mut anna = world.counsellor("Anna", PILOT, Role::Counsellor).await;
    anna.now = rig.parts.now();
    let row = world.store.read(async |tx| tx.first(&CASE, vec![]).await);
    let case: CaseId = row.await.unwrap().unwrap().id(0).unwrap();
    let content = world.content.clone();
    let claimed = world.store.claim_case(anna.clone(), content, case);
    claimed.await.unwrap().unwrap();
    (anna, case)
}

fn all_arabic(said: &[Message]) {
    let langs: Vec<_> = said.iter().map(|m| m.lang.clone()).collect();
    assert!(!said.is_empty());
    assert!(langs.iter().all(|l| *l == Lang::new("ar")), "{said:?}");
}

#[tokio::test]
async fn who_chose_no_language_hears_in_that_of_their_device_that_the_case_has_ended() {
    let rig = handed_over().await;
    let (anna, case) = claimed(&rig).await;
    let (world, content) = (&rig.world, rig.world.content.clone());
    let closed = world.store.close_case(anna, content, case);
    closed.await.unwrap().unwrap();
    rig.passes(1);
    let timers = rig.timers("this process").await;
    let timer = timers.iter().find(|t| t.kind == "case_closed").unwrap();
    let (lane, channel) = world.store.lane_of_case(case).await.unwrap().unwrap();
    let task = Task::CaseClosed(timer.id, case, channel);
    let said = rig.takes(Work { lane, task }).await.unwrap();
    assert_eq!(keys(&said)[0], "system:case-closed");
    all_arabic(&said);
}

#[tokio::test]
async fn and_so_come_the_numbers_of_a_late_alarm() {
    let rig = human_first().await;
    let nothing = Triage {
        zone: Zone::None,
        level: None,
        class: None,
        lang: None,
        ..taken_for("violence", Level::Immediate)
    };
    let looked = Looked {
        triage: Arc::new(nothing),
        whole: false,
    };
    let text = "ضربني مرة أخرى".to_owned();
    rig.hears(Event::Text(text), Some(looked)).await;
    rig.passes(60);
    let timers = rig.timers("this process").await;
    let [timer] = &timers[..] else {
        panic!("{timers:?}")
    };
    let (conversation, seq) = (timer.conversation.unwrap(), timer.version.unwrap());
    let words = rig.world.store.words_of(conversation, seq).await;
    let words = words.unwrap().unwrap();
    let triage = Triage {
        lang: None,
        ..taken_for("violence", Level::Immediate)
    };
    let task = Task::Looked(LateLook {
        timer: timer.id,
        message: words.message,
        body: words.body,
        text: words.text,
        channel: words.channel,
        triage: Arc::new(triage),
    });
    let said = rig
        .takes(Work {
            lane: words.lane,
            task,
        })
        .await
        .unwrap();
    assert_eq!(keys(&said)[0], "system:numbers-violence");
    all_arabic(&said);
}

#[tokio::test]
async fn what_is_written_to_a_human_gets_a_receipt_when_nobody_has_written_for_long() {
    let rig = handed_over().await;
    let receipt = ["system:relay-kept"];
    assert_eq!(rig.says("مرحبا").await, receipt, "the first that waits");
    rig.passes(60);
    assert!(
        rig.says("مرحبا").await.is_empty(),
        "they read it a minute ago"
    );
    rig.passes(10 * 60);
    assert_eq!(rig.says("مرحبا").await, receipt, "nobody wrote for long");
    let (anna, case) = claimed(&rig).await;
    let (world, content) = (&rig.world, rig.world.content.clone());
    let (words, own) = ("Guten Tag".to_owned(), Lang::new("de"));
    let replied = world
        .store
        .reply(anna, content.clone(), case, words, "1".to_owned(), own);
    replied.await.unwrap().unwrap();
    assert!(
        rig.says("شكرا").await.is_empty(),
        "two who talk are not interrupted"
    );
    rig.passes(10 * 60);
    assert_eq!(rig.says("شكرا").await, receipt);
}

#[tokio::test]
async fn what_the_bot_is_asked_for_in_the_middle_of_a_talk_does_not_go_to_the_case() {
    let rig = handed_over().await;
    rig.says("مرحبا").await;
    let (anna, case) = claimed(&rig).await;
    let told = async || {
        let store = &rig.world.store;
        let card = store.card(&anna.viewer, case).await.unwrap().unwrap();
        card.messages.len()
    };
    let before = told().await;
    assert_eq!(rig.says("بياناتي").await[0], "system:my-data");
    assert_eq!(told().await, before, "it may be more than they agreed to");
    rig.says("شكرا").await;
    assert_eq!(
        told().await,
        before + 1,
        "what follows goes to the case again"
    );
}

#[tokio::test]
async fn a_sticker_tells_a_counsellor_what_it_stands_for() {
    let rig = handed_over().await;
    rig.says("مرحبا").await;
    let sticker = |emoji: Option<&str>| Event::Media {
        kind: MediaKind::Sticker,
        caption: emoji.map(str::to_owned),
        file: None,
        album: None,
    };
    assert!(rig.does(sticker(Some("👍"))).await.is_empty());
    assert_eq!(rig.does(sticker(None)).await, ["system:media-kept"]);
    let (anna, case) = claimed(&rig).await;
    let card = rig.world.store.card(&anna.viewer, case).await;
    let card = card.unwrap().unwrap();
    let said = card
        .messages
        .iter()
        .filter(|m| m.media == Some(MediaKind::Sticker));
    let said: Vec<&str> = said.map(|m| m.text.as_str()).collect();
    assert_eq!(said, ["👍", ""]);
}
