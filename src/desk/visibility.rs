//! Who may see and do what with a case. The one place where this is decided.
//!
//! Before somebody takes a case, everybody sees a blind offer: topic, language, Kreis, urgency and age. Whoever may
//! take it also sees the category of the reason, unless that comes from a sensitive answer (`sensitive = true` in
//! `fields.toml`, see `Content::is_from_sensitive`). The content belongs to the organisation of whoever took it, from
//! then on until it is erased. A crisis that was passed on before the person could be asked shows only
//! urgency, language and area until they agree, and what they write to the counsellor who answered.

use crate::model::{CaseState, CounsellorId, OrganisationId};
use std::collections::BTreeSet;

/// What somebody is in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Takes cases.
    Counsellor,
    /// Takes cases, gives colleagues' cases back to the queue, sees to faults.
    Supervisor,
}

impl Role {
    /// The word used in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counsellor => "counsellor",
            Self::Supervisor => "supervisor",
        }
    }

    /// The reverse of [`Role::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Counsellor, Self::Supervisor]
            .into_iter()
            .find(|r| r.as_str() == word)
    }
}

/// A counsellor's place in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What the counsellor is there.
    pub role: Role,
    /// Whether it is the fallback, which works for the whole country.
    pub fallback: bool,
    /// The Kreise that it covers.
    pub kreise: BTreeSet<String>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub counsellor: CounsellorId,
    /// Where they work.
    pub memberships: Vec<Membership>,
}

/// What the decision rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFacts {
    /// Where the case stands.
    pub state: CaseState,
    /// The organisation that owns it.
    pub organisation: OrganisationId,
    /// Who has taken it, or had it when it ended.
    pub claimed_by: Option<CounsellorId>,
    /// Whether the person agreed to what is passed on.
    pub consented: bool,
    /// The Kreis of the person, if it is known.
    pub kreis: Option<String>,
}

/// How much somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// That the case exists is not told.
    Nothing,
    /// Urgency, language, area, age. Of a crisis without consent.
    BlindCrisis,
    /// The above, and the topic.
    Blind,
    /// The above, and the category of the reason if it comes from no sensitive answer. To whoever may take the case.
    Offer,
    /// The content that is addressed to the counsellor; not what came before it. A crisis without consent.
    Crisis,
    /// Everything that the person agreed to pass on.
    Full,
}

impl Sight {
    /// The topic.
    pub fn topic(self) -> bool {
        matches!(self, Self::Blind | Self::Offer | Self::Full)
    }

    /// The category of the reason; `sensitive`: it comes from a sensitive answer.
    pub fn reason(self, sensitive: bool) -> bool {
        self == Self::Full || self == Self::Offer && !sensitive
    }

    /// The card: a conversation, notes, and who has the case.
    pub fn card(self) -> bool {
        matches!(self, Self::Crisis | Self::Full)
    }

    /// The summary, and what was said before the counsellor's first reply.
    pub fn summary(self) -> bool {
        self == Self::Full
    }
}

/// What somebody may do and see with one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// How much they see.
    pub sight: Sight,
    /// The organisation for which they may take it.
    pub claim: Option<OrganisationId>,
    /// Write to the person.
    pub reply: bool,
    /// Write a note for colleagues.
    pub note: bool,
    /// Give it back to the queue.
    pub release: bool,
    /// End the counselling.
    pub close: bool,
}

/// Decides.
pub fn rights(viewer: &Viewer, case: &CaseFacts) -> Rights {
    let member = viewer
        .memberships
        .iter()
        .find(|m| m.organisation == case.organisation);
    let supervises = member.is_some_and(|m| m.role == Role::Supervisor);
    let claim = claim_for(viewer, case);
    let sight = match sight(viewer, case, member.is_some()) {
        Sight::Blind if claim.is_some() => Sight::Offer,
        sight => sight,
    };
    let held = matches!(
        case.state,
        CaseState::Claimed | CaseState::Active | CaseState::AwaitingPerson
    );
    let mine = member.is_some() && case.claimed_by == Some(viewer.counsellor);
    Rights {
        sight,
        claim,
        reply: held && mine,
        note: sight.card(),
        release: held && (mine || supervises),
        close: held && (mine || supervises),
    }
}

/// Whether somebody may see to updates and messages that failed: their content is not shown.
pub fn sees_faults(viewer: &Viewer) -> bool {
    viewer
        .memberships
        .iter()
        .any(|m| m.role == Role::Supervisor)
}

fn sight(viewer: &Viewer, case: &CaseFacts, member: bool) -> Sight {
    match case.state {
        // Somebody without any organisation is nobody's counsellor.
        _ if viewer.memberships.is_empty() => Sight::Nothing,
        CaseState::Erased => Sight::Nothing,
        CaseState::Waiting if case.consented => Sight::Blind,
        CaseState::Triage | CaseState::Waiting => Sight::BlindCrisis,
        CaseState::Claimed
        | CaseState::Active
        | CaseState::AwaitingPerson
        | CaseState::Resolved
        | CaseState::Closed => match (member, case.claimed_by, case.consented) {
            (false, ..) | (_, None, _) => Sight::Nothing,
            (true, Some(_), true) => Sight::Full,
            (true, Some(_), false) => Sight::Crisis,
        },
    }
}

/// The organisation for which somebody may take a case: its own one first; else one that covers the
/// Kreis; else the fallback, which covers every place.
fn claim_for(viewer: &Viewer, case: &CaseFacts) -> Option<OrganisationId> {
    if !matches!(case.state, CaseState::Triage | CaseState::Waiting) {
        return None;
    }
    let covers = |m: &Membership| case.kreis.as_ref().is_some_and(|k| m.kreise.contains(k));
    let rank = |m: &Membership| match () {
        () if m.organisation == case.organisation => Some(0),
        () if covers(m) => Some(1),
        () if m.fallback => Some(2),
        () => None,
    };
    viewer
        .memberships
        .iter()
        .filter_map(|m| rank(m).map(|rank| (rank, m.organisation)))
        .min()
        .map(|(_, organisation)| organisation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ME: CounsellorId = CounsellorId(Uuid::from_u128(1));
    const COLLEAGUE: CounsellorId = CounsellorId(Uuid::from_u128(2));
    const PROJECT: OrganisationId = OrganisationId(Uuid::from_u128(10));
    const NEIGHBOUR: OrganisationId = OrganisationId(Uuid::from_u128(11));
    const PILOT: OrganisationId = OrganisationId(Uuid::from_u128(12));
    const HERE: &str = "06635";

    fn member(organisation: OrganisationId, role: Role) -> Membership {
        Membership {
            organisation,
            role,
            fallback: organisation == PILOT,
            kreise: match organisation {
                PROJECT => [HERE.to_owned()].into(),
                NEIGHBOUR => ["06634".to_owned()].into(),
                _ => BTreeSet::new(),
            },
        }
    }

    fn viewer(memberships: Vec<Membership>) -> Viewer {
        Viewer {
            counsellor: ME,
            memberships,
        }
    }

    fn case(state: CaseState, claimed_by: Option<CounsellorId>, consented: bool) -> CaseFacts {
        CaseFacts {
            state,
            organisation: PROJECT,
            claimed_by,
            consented,
            kreis: Some(HERE.into()),
        }
    }

    /// Whoever can hold a case in a state.
    fn holders(state: CaseState) -> &'static [(&'static str, Option<CounsellorId>)] {
        match state {
            CaseState::Triage | CaseState::Waiting | CaseState::Erased => &[("nobody", None)],
            CaseState::Closed => &[
                ("nobody", None),
                ("me", Some(ME)),
                ("colleague", Some(COLLEAGUE)),
            ],
            _ => &[("me", Some(ME)), ("colleague", Some(COLLEAGUE))],
        }
    }

    /// Role × organisation × state, of a case that belongs to the project. To be read by people.
    #[test]
    fn the_whole_matrix() {
        let mut table = String::new();
        for (place, organisation) in [
            ("project", Some(PROJECT)),
            ("neighbour", Some(NEIGHBOUR)),
            ("pilot", Some(PILOT)),
            ("none", None),
        ] {
            for role in [Role::Counsellor, Role::Supervisor] {
                if organisation.is_none() && role == Role::Supervisor {
                    continue;
                }
                let viewer = viewer(organisation.into_iter().map(|o| member(o, role)).collect());
                for state in CaseState::ALL {
                    for &(holder, claimed_by) in holders(state) {
                        for consented in [true, false] {
                            let r = rights(&viewer, &case(state, claimed_by, consented));
                            let may: String = [
                                (r.claim.is_some(), " claim"),
                                (r.reply, " reply"),
                                (r.note, " note"),
                                (r.release, " release"),
                                (r.close, " close"),
                            ]
                            .into_iter()
                            .filter_map(|(may, word)| may.then_some(word))
                            .collect();
                            let line = format!(
                                "{place:<10}{:<11}{:<16}{holder:<10}{:<9}{:?}{may}",
                                role.as_str(),
                                state.as_str(),
                                if consented { "agreed" } else { "crisis" },
                                r.sight,
                            );
                            table += line.trim_end();
                            table.push('\n');
                        }
                    }
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn content_is_only_seen_inside_the_organisation_that_holds_the_case() {
        for state in CaseState::ALL {
            for &(_, claimed_by) in holders(state) {
                for organisation in [NEIGHBOUR, PILOT] {
                    // Even to somebody who held the case and then changed the organisation.
                    let outside = viewer(vec![member(organisation, Role::Supervisor)]);
                    let r = rights(&outside, &case(state, claimed_by, true));
                    assert!(!r.sight.card(), "{state} {claimed_by:?}");
                    assert!(!(r.reply || r.note || r.release || r.close), "{state}");
                }
            }
        }
    }

    #[test]
    fn nobody_may_do_to_a_case_what_its_life_forbids() {
        use crate::desk::life::next;
        use crate::model::{CaseEvent, Closing};
        let everything = viewer(vec![
            member(PROJECT, Role::Supervisor),
            member(PILOT, Role::Supervisor),
        ]);
        for state in CaseState::ALL {
            for &(_, claimed_by) in holders(state) {
                let r = rights(&everything, &case(state, claimed_by, true));
                for (may, event) in [
                    (r.claim.is_some(), CaseEvent::Claim),
                    (r.reply, CaseEvent::Reply),
                    (r.release, CaseEvent::Release),
                    (r.close, CaseEvent::Close(Closing::Counsellor)),
                ] {
                    assert!(!may || next(state, event).is_ok(), "{state} {event:?}");
                }
            }
        }
    }

    #[test]
    fn a_case_is_taken_for_its_own_organisation_before_another_of_mine() {
        let both = viewer(vec![
            member(PILOT, Role::Counsellor),
            member(PROJECT, Role::Counsellor),
        ]);
        let waiting = case(CaseState::Waiting, None, true);
        assert_eq!(rights(&both, &waiting).claim, Some(PROJECT));
        let pilot = viewer(vec![member(PILOT, Role::Counsellor)]);
        assert_eq!(rights(&pilot, &waiting).claim, Some(PILOT));
        let neighbour = viewer(vec![member(NEIGHBOUR, Role::Counsellor)]);
        assert_eq!(rights(&neighbour, &waiting).claim, None);
        let somewhere = CaseFacts {
            kreis: Some("06634".into()),
            ..waiting
        };
        assert_eq!(rights(&neighbour, &somewhere).claim, Some(NEIGHBOUR));
    }

    #[test]
    fn only_supervisors_see_faults() {
        assert!(!sees_faults(&viewer(vec![member(PILOT, Role::Counsellor)])));
        assert!(sees_faults(&viewer(vec![member(PILOT, Role::Supervisor)])));
        assert!(!sees_faults(&viewer(vec![])));
    }
}
