//! Passages add up, month by month, and name nobody.

use crate::model::{Passage, Timestamp, Way};
use crate::store::passages::CountPassages;
use crate::store::testing::{NOW, World, on_both};

fn passage(flow: &str, step: &str, on: Option<(Way, &str)>) -> Passage {
    Passage {
        flow: flow.into(),
        step: step.into(),
        on: on.map(|(way, to)| (way, to.to_owned())),
    }
}

#[tokio::test]
async fn passages_add_up() {
    on_both(async |world: World| {
        let next = passage("menu", "choose", Some((Way::Next, "flow:work")));
        let reached = passage("menu", "choose", None);
        let other = passage("work", "paper", None);
        let month = 31 * 24 * 3600;
        let count = async |now: Timestamp, passages: &[(&Passage, u64)]| {
            let passages = passages.iter().map(|(p, n)| ((*p).clone(), *n)).collect();
            world
                .store
                .write(CountPassages { passages, now })
                .await
                .unwrap();
        };
        count(NOW.plus_seconds(-month), &[(&reached, 100)]).await;
        count(NOW, &[(&reached, 2), (&next, 1), (&other, 1)]).await;
        count(NOW, &[(&reached, 3)]).await;
        count(NOW, &[]).await;
        let since = async |month: &str| {
            let mut found = world.store.passages("menu", month).await.unwrap();
            found.sort();
            found
        };
        // NOW lies in November 2026.
        assert_eq!(
            since("2026-11").await,
            [(reached.clone(), 5), (next.clone(), 1)]
        );
        assert_eq!(since("").await, [(reached.clone(), 105), (next.clone(), 1)]);
        assert_eq!(since("2026-12").await, []);
    })
    .await;
}

#[tokio::test]
async fn arrivals_by_links_of_campaigns_are_told_by_month_and_stay_out_of_the_flow() {
    on_both(async |world: World| {
        let by = |name| passage("welcome", "", Some((Way::Campaign, name)));
        for (now, came) in [
            (
                NOW.plus_seconds(-31 * 24 * 3600),
                [(by("poster"), 7), (by("video"), 1)],
            ),
            (NOW, [(by("poster"), 2), (by("video"), 40)]),
        ] {
            let passages = came.into_iter().collect();
            world
                .store
                .write(CountPassages { passages, now })
                .await
                .unwrap();
        }
        let found = async |since| {
            let found = world.store.arrivals(since).await.unwrap();
            found
                .into_iter()
                .map(|a| format!("{} {} {}", a.month, a.campaign, a.count))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("2026-11").await,
            ["2026-11 video 40", "2026-11 poster 2"]
        );
        assert_eq!(
            found("").await[..2],
            ["2026-10 poster 7", "2026-10 video 1"]
        );
    })
    .await;
}
