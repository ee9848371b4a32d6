//! The life of a case: one table of what can happen in which state.

use crate::model::{CaseEvent, CaseState, Closing, Timestamp};

/// How long a counsellor may keep a claimed case without a first reply, in seconds.
///
/// Long enough to read and think; short enough that a forgotten claim costs the person half an hour.
pub const LEASE_SECONDS: i64 = 30 * 60;

/// Why something cannot happen to a case now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The person has not yet agreed to pass anything on.
    #[error("the person has not agreed yet")]
    NotConsented,
    /// Nobody has taken the case.
    #[error("nobody has taken the case")]
    NotClaimed,
    /// Somebody has taken the case already.
    #[error("somebody has taken the case already")]
    Taken,
    /// The case has ended.
    #[error("the case has ended")]
    Ended,
}

/// The state that follows. The age of a case is never touched by any of this: a case that goes back to
/// the queue keeps the place that its age gives it.
pub fn next(state: CaseState, event: CaseEvent) -> Result<CaseState, Refusal> {
    use CaseEvent as E;
    use CaseState as S;
    match (state, event) {
        (S::Closed | S::Resolved, E::Erase) => Ok(S::Erased),
        // Stop and deletion hold in every living state, and end the time in which one may come back.
        (S::Erased | S::Closed, _) => Err(Refusal::Ended),
        (_, E::Close(Closing::PersonStopped | Closing::PersonErased)) => Ok(S::Closed),
        // What a person writes after the counselling has ended goes to the bot, not to the case.
        (S::Resolved, _) => Err(Refusal::Ended),
        // A living case is closed first, so that somebody is told.
        (S::Waiting, E::Erase) => Err(Refusal::NotClaimed),
        (S::Triage, E::Erase) => Err(Refusal::NotConsented),
        (_, E::Erase) => Err(Refusal::Taken),

        (S::Triage, E::Consented) => Ok(S::Waiting),
        // Only a crisis stands in the queue before the person has agreed: whoever is in danger does not
        // wait until they have pressed a button.
        (S::Triage, E::Claim) => Ok(S::Claimed),
        (S::Triage, E::PersonWrote) => Ok(S::Triage),
        (S::Triage, _) => Err(Refusal::NotConsented),

        // The consent of somebody in a crisis may come at any time, and changes nobody's duty.
        (_, E::Consented) => Ok(state),

        (S::Waiting, E::Claim) => Ok(S::Claimed),
        (S::Waiting, E::PersonWrote) => Ok(S::Waiting),
        (S::Waiting, E::Release | E::Reply | E::Close(Closing::Counsellor)) => {
            Err(Refusal::NotClaimed)
        }

        (S::Claimed | S::Active | S::AwaitingPerson, E::Claim) => Err(Refusal::Taken),
        (S::Claimed | S::Active | S::AwaitingPerson, E::Release) => Ok(S::Waiting),
        (S::Claimed | S::Active | S::AwaitingPerson, E::Reply) => Ok(S::AwaitingPerson),
        (S::Claimed | S::Active | S::AwaitingPerson, E::Close(Closing::Counsellor)) => {
            Ok(S::Resolved)
        }
        // The first reply is still owed, so the lease goes on.
        (S::Claimed, E::PersonWrote) => Ok(S::Claimed),
        (S::Active | S::AwaitingPerson, E::PersonWrote) => Ok(S::Active),
    }
}

/// Until when a case claimed now may stay without a reply.
pub fn lease_until(now: Timestamp) -> Timestamp {
    now.plus_seconds(LEASE_SECONDS)
}

/// Whether a claim has run out: the case goes back to the queue.
pub fn lease_is_over(state: CaseState, lease_until: Option<Timestamp>, now: Timestamp) -> bool {
    state == CaseState::Claimed && lease_until.is_some_and(|until| until <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVENTS: [CaseEvent; 9] = [
        CaseEvent::Consented,
        CaseEvent::Claim,
        CaseEvent::Release,
        CaseEvent::Reply,
        CaseEvent::PersonWrote,
        CaseEvent::Close(Closing::Counsellor),
        CaseEvent::Close(Closing::PersonStopped),
        CaseEvent::Close(Closing::PersonErased),
        CaseEvent::Erase,
    ];

    /// The whole table, to be read by people: a change of a rule shows here.
    #[test]
    fn the_whole_matrix() {
        let mut table = String::new();
        for state in CaseState::ALL {
            for event in EVENTS {
                let event_word = match event {
                    CaseEvent::Close(closing) => format!("Close {closing:?}"),
                    other => format!("{other:?}"),
                };
                let to = match next(state, event) {
                    Ok(to) if to == state => "·".into(),
                    Ok(to) => format!("→ {to}"),
                    Err(refusal) => format!("✗ {refusal:?}"),
                };
                table += &format!("{:<16}{event_word:<22}{to}\n", state.as_str());
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_forgotten_claim_goes_back_after_half_an_hour_and_an_answered_one_does_not() {
        let until = Some(lease_until(Timestamp(0)));
        let at = |minutes: i64| Timestamp(minutes * 60_000);
        assert!(!lease_is_over(CaseState::Claimed, until, at(29)));
        assert!(lease_is_over(CaseState::Claimed, until, at(30)));
        assert!(!lease_is_over(CaseState::AwaitingPerson, until, at(31)));
        assert!(!lease_is_over(CaseState::Claimed, None, at(31)));
    }

    proptest! {
        /// Whatever happens, in whatever order.
        #[test]
        fn histories_keep_the_promises(events in proptest::collection::vec(0..EVENTS.len(), 0..60)) {
            let mut state = CaseState::Triage;
            for event in events.into_iter().map(|i| EVENTS[i]) {
                let before = state;
                if let Ok(after) = next(before, event) {
                    state = after;
                }
                // What has ended never comes alive again.
                prop_assert!(before.is_live() || !state.is_live());
                // Only a claim puts a case into somebody's hands, and only a release takes it out alive.
                let held = |s: CaseState| s.human_owns_turn() && s != CaseState::Waiting;
                if !held(before) && held(state) {
                    prop_assert_eq!(event, CaseEvent::Claim);
                }
                if held(before) && !held(state) && state.is_live() {
                    prop_assert_eq!(event, CaseEvent::Release);
                }
                // The person can always stop a living case.
                if before.is_live() {
                    prop_assert_eq!(next(before, CaseEvent::Close(Closing::PersonStopped)), Ok(CaseState::Closed));
                }
            }
        }
    }
}
