//! The program is killed (-9) at every boundary of a message's way and started again.
//!
//! What must hold each time: every person gets the right next question; nobody is stuck; an answer
//! comes twice only where the network may have had it already, and then at most once for each person.
//!
//! Where a boundary lies is seen from outside, by what reaches the simulator:
//! * accepted: an update has been confirmed (or its webhook answered), and its answer has not been sent;
//! * committed: the turn is on disk, and the network is away;
//! * sending: the request is at the network, which has not answered;
//! * sent: the network has answered, and the process dies before it can write that down;
//! * sent and answered: the person has pressed a button of it meanwhile, which proves that it has arrived.
//!
//! (Claimed, with a text that is being looked at: `triage`; what a process had claimed as such: `store::tests`; a hand-off and
//! a counsellor's reply: `telegram_story`.)

use crate::support::lotse::{Instance, Lotse, PATIENCE};
use crate::support::telegram::{Fault, SimOptions, SimUser, TelegramSim};
use std::time::Duration;

const PEOPLE: i64 = 12;

/// People in front of a program that can be killed.
pub struct World {
    sim: TelegramSim,
    instance: Instance,
    people: Vec<SimUser>,
}

impl World {
    async fn new(name: &str, first: i64, webhook: bool) -> (Self, Lotse) {
        let sim = TelegramSim::start_with(SimOptions {
            seed: 7,
            second: Duration::from_millis(50),
        })
        .await;
        let mut instance = Instance::new(name, &["serve"])
            .env("TELEGRAM_API_URL", sim.base_url())
            .env("TELEGRAM_TOKEN", sim.token());
        if webhook {
            let base = instance.base();
            instance = instance
                .env("LOTSE_TELEGRAM_MODE", "webhook")
                .env("LOTSE_TELEGRAM_WEBHOOK_SECRET", "s3cret-of-the-test")
                .env("LOTSE_PUBLIC_URL", base);
        }
        let lotse = instance.start().await;
        (Self::of(sim, instance, first).await, lotse)
    }

    /// People come to a program that is running.
    pub async fn of(sim: TelegramSim, instance: Instance, first: i64) -> Self {
        let people = (first..first + PEOPLE)
            .map(|id| sim.user(id).language("de"))
            .collect();
        let world = Self {
            sim,
            instance,
            people,
        };
        world.people.iter().for_each(|p| {
            p.start("");
        });
        world.everybody_sees("In welcher Sprache").await;
        world
    }

    fn everybody_presses(&self, label: &str) {
        for person in &self.people {
            person
                .tap(label)
                .unwrap_or_else(|| panic!("no {label:?}: {:?}", person.last()));
        }
    }

    async fn everybody_sees(&self, words: &str) {
        for person in &self.people {
            person.wait_for(|m| m.text.contains(words), PATIENCE).await;
        }
    }

    /// How often each person was shown a text.
    fn shown(&self, words: &str) -> Vec<usize> {
        let times = |p: &SimUser| {
            p.messages()
                .iter()
                .filter(|m| m.text.contains(words))
                .count()
        };
        self.people.iter().map(times).collect()
    }

    /// After the restart everybody goes on: the menu is there, and the next answer is right.
    async fn goes_on(&self) {
        self.everybody_sees("Womit können wir helfen?").await;
        self.everybody_presses("So funktioniert es");
        for person in &self.people {
            person.wait_for(|m| !m.text.is_empty(), PATIENCE).await;
        }
    }
}

/// `once`: how often each person had to see the answer; `more`: how many repetitions are excused.
fn report(boundary: &str, shown: &[usize], once: usize, more: usize) {
    let repeated: usize = shown.iter().map(|n| n.saturating_sub(once)).sum();
    println!(
        "killed at {boundary}: {} people, 0 stuck, 0 lost, {repeated} answers came twice",
        shown.len()
    );
    let fits = |n: &usize| (once..=once + more).contains(n);
    assert!(shown.iter().all(fits), "{boundary}: {shown:?}");
}

#[tokio::test]
async fn killed_when_updates_are_confirmed_and_the_network_is_slow() {
    let (world, lotse) = World::new("kill-accepted", 8000, false).await;
    killed_when_confirmed(world, lotse).await;
}

/// The kill, the restart, and what must hold afterwards.
pub async fn killed_when_confirmed(world: World, lotse: Lotse) {
    // The first answer of each person hangs: their updates are confirmed by the next poll.
    world
        .sim
        .fail("sendMessage", Fault::Slow(Duration::from_secs(5)))
        .times(PEOPLE as u32);
    world.everybody_presses("Deutsch");
    world.sim.wait_until_all_taken(PATIENCE).await;
    lotse.kill();
    world.sim.clear_faults();
    let _lotse = world.instance.start().await;
    world.goes_on().await;
    report("accepted and sending", &world.shown("kein Notruf"), 1, 1);
}

#[tokio::test]
async fn killed_when_a_webhook_call_has_been_answered() {
    let (world, lotse) = World::new("kill-webhook", 8100, true).await;
    world.everybody_presses("Deutsch");
    // Every webhook call has its 200; most answers are still to be computed or sent.
    world.sim.wait_until_all_taken(PATIENCE).await;
    lotse.kill();
    let _lotse = world.instance.start().await;
    world.goes_on().await;
    report("accepted by webhook", &world.shown("kein Notruf"), 1, 1);
}

#[tokio::test]
async fn killed_when_turns_are_committed_and_the_network_is_away() {
    let (world, lotse) = World::new("kill-committed", 8200, false).await;
    world.sim.fail("sendMessage", Fault::DropBefore).chance(1.0);
    world.everybody_presses("Deutsch");
    world.sim.wait_until_all_taken(PATIENCE).await;
    world
        .sim
        .wait_for_arrival("sendMessage", 2 * PEOPLE as usize, PATIENCE)
        .await;
    lotse.kill();
    world.sim.clear_faults();
    let _lotse = world.instance.start().await;
    world.goes_on().await;
    // Nothing had been taken by the network, so nothing may come twice.
    report("committed", &world.shown("kein Notruf"), 1, 0);
}

#[tokio::test]
async fn killed_when_the_network_has_the_message_and_has_not_said_so() {
    let (world, lotse) = World::new("kill-sending", 8300, false).await;
    world
        .sim
        .fail("sendMessage", Fault::Slow(Duration::from_secs(5)))
        .chance(1.0);
    world.everybody_presses("Deutsch");
    world.everybody_sees("kein Notruf").await;
    lotse.kill();
    world.sim.clear_faults();
    let _lotse = world.instance.start().await;
    world.goes_on().await;
    report("sending", &world.shown("kein Notruf"), 1, 1);
}

#[tokio::test]
async fn killed_at_the_moment_when_the_network_has_said_so() {
    let (world, lotse) = World::new("kill-sent", 8600, false).await;
    world.everybody_presses("Deutsch");
    world.everybody_sees("kein Notruf").await;
    // Some of it has been written down by now, some has not.
    lotse.kill();
    let _lotse = world.instance.start().await;
    world.goes_on().await;
    report("sent", &world.shown("kein Notruf"), 1, 1);
}

#[tokio::test]
async fn killed_when_the_network_has_not_said_so_but_people_have_answered() {
    let (world, lotse) = World::new("kill-answered", 8500, false).await;
    world.everybody_presses("Deutsch");
    world.everybody_sees("Womit können wir helfen?").await;
    world
        .sim
        .fail("sendMessage", Fault::Slow(Duration::from_secs(5)))
        .chance(1.0);
    for person in &world.people {
        person.send_text("Menü");
    }
    world.everybody_sees("Womit können wir helfen?").await;
    lotse.kill();
    world.sim.clear_faults();
    // Nobody noticed: they press a button of what they got, and that proves that they got it.
    world.everybody_presses("So funktioniert es");
    let _lotse = world.instance.start().await;
    world.everybody_sees("Was möchten Sie?").await;
    report(
        "sent and answered",
        &world.shown("Womit können wir helfen?"),
        2,
        0,
    );
}

#[tokio::test]
async fn killed_again_and_again_under_load() {
    let (world, mut lotse) = World::new("kill-load", 8400, false).await;
    world.everybody_presses("Deutsch");
    for round in 0..5 {
        world.everybody_sees("Womit können wir helfen?").await;
        world.people.iter().for_each(|p| {
            p.send_text("Menü");
        });
        // A different moment in each round: after so many messages have reached the network.
        let sent = world.sim.calls_of("sendMessage").len() + round * 3;
        world
            .sim
            .wait_for_arrival("sendMessage", sent, PATIENCE)
            .await;
        lotse.kill();
        lotse = world.instance.start().await;
    }
    world.everybody_sees("Womit können wir helfen?").await;
    world.sim.wait_until_all_taken(PATIENCE).await;
    lotse.stop().await;
    let menus = world.shown("Womit können wir helfen?");
    report("five moments under load", &menus, 6, 5);
}
