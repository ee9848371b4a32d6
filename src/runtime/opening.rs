//! A case is opened for a person, or the person has agreed to what an open one may pass on.

use super::media;
use super::talk::Talk;
use crate::content::Arg;
use crate::desk::{life, number};
use crate::engine::{self, HandOff};
use crate::model::{CaseEvent, CaseId, CaseState, Value};
use crate::store::StoreError;
use crate::store::desk_turn::{DeskWrite, NewCase};
use crate::store::turns::LiveCase;

/// A case about to be opened.
pub(super) struct Opening<'t, 'a> {
    talk: &'t mut Talk<'a>,
    handoff: HandOff,
    consented: bool,
}

impl<'t, 'a> Opening<'t, 'a> {
    pub(super) fn new(talk: &'t mut Talk<'a>, handoff: HandOff, consented: bool) -> Self {
        Self {
            talk,
            handoff,
            consented,
        }
    }

    /// Opens the case and tells the person its number and an honest waiting time. Without consent the
    /// case stands in the queue with nothing but its urgency and area, and the receipt comes later.
    pub(super) fn open(self) -> Result<(), StoreError> {
        let Self {
            talk,
            handoff,
            consented,
        } = self;
        if let Some(case) = &talk.live_case {
            if consented && !case.consented {
                // A case that was opened in danger and never agreed to: now the person agrees.
                return Self::consent(talk, Some(handoff));
            }
            if !consented && !case.consented {
                // In danger once more. The case knows by now how pressing it is, and has no receipt yet.
                return Ok(());
            }
            let args = [("number", Arg::Text(case.number.clone()))];
            let again = engine::system(
                talk.setting.content,
                &talk.lang(),
                "handoff-receipt-again",
                &args,
            );
            return talk.say(again);
        }
        let id = CaseId(talk.setting.ids.uuid());
        let place = place(talk);
        let Some(asked) = talk.setting.world.route(place.0.as_deref()) else {
            return nobody_there(talk);
        };
        let state = if consented {
            CaseState::Waiting
        } else {
            CaseState::Triage
        };
        let number = number::of(id.0);
        let lang = talk.lang();
        let topic = handoff
            .topic
            .clone()
            .unwrap_or_else(|| handoff.reason.clone());
        talk.desk.push(DeskWrite::Open(NewCase {
            id,
            number: number.clone(),
            topic,
            reason: handoff.reason.clone(),
            lang: lang.to_string(),
            level: handoff.level,
            kreis: place.0,
            land: place.1,
            organisation: asked.organisation,
            route: asked.why,
            state,
            summary: sealed_summary(talk, id, consented.then_some(&handoff))?,
            trigger: talk.last_in,
        }));
        if consented {
            media::pass_on(talk, &handoff, id);
        }
        talk.live_case = Some(LiveCase {
            id,
            state,
            version: 1,
            number,
            level: handoff.level,
            claimed_by: None,
            unread: 0,
            reason: handoff.reason.clone(),
            consented,
            replied: false,
            told_at: None,
        });
        talk.cases += 1;
        talk.changed_cases.push(id);
        talk.audit("case opened", Some(id));
        if consented {
            ledger(talk, id, true);
            receipt(talk)?;
        }
        Ok(())
    }

    /// The person answered whether an open case may be passed on. Either way it now waits for a
    /// counsellor; refused means that nothing but the wish to talk is passed on.
    pub(super) fn consent(talk: &mut Talk<'_>, handoff: Option<HandOff>) -> Result<(), StoreError> {
        let Some(case) = talk.live_case.clone() else {
            return Ok(());
        };
        // Somebody may have claimed it already; then it stays with them.
        let state = life::next(case.state, CaseEvent::Consented).unwrap_or(case.state);
        let summary = sealed_summary(talk, case.id, handoff.as_ref())?;
        talk.desk.push(DeskWrite::Consent {
            case: case.id,
            version: case.version,
            given: handoff.is_some(),
            summary,
            state,
        });
        if let Some(handoff) = &handoff {
            media::pass_on(talk, handoff, case.id);
        }
        ledger(talk, case.id, handoff.is_some());
        talk.live_case = Some(LiveCase {
            state,
            version: case.version + 1,
            consented: case.consented || handoff.is_some(),
            ..case.clone()
        });
        talk.changed_cases.push(case.id);
        talk.audit("consent answered", Some(case.id));
        if handoff.is_some() {
            receipt(talk)
        } else {
            Ok(())
        }
    }
}

/// Kreis and Land of the person, from the place they gave in any flow.
fn place(talk: &Talk<'_>) -> (Option<String>, Option<String>) {
    let places = &talk.setting.content.places;
    let found = talk.state.answers.values().find_map(|value| match value {
        Value::Place { postcode, kreis } => Some((postcode, kreis)),
        _ => None,
    });
    let Some((postcode, kreis)) = found else {
        return (None, None);
    };
    let of_kreis = kreis
        .as_deref()
        .and_then(|k| places.kreis(k))
        .map(|k| k.land.clone());
    let land = of_kreis.or_else(|| places.land_of_postcode(postcode).map(str::to_owned));
    (kreis.clone(), land)
}

fn sealed_summary(
    talk: &Talk<'_>,
    case: CaseId,
    handoff: Option<&HandOff>,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(handoff) = handoff.filter(|h| !h.summary.is_empty()) else {
        return Ok(None);
    };
    let values: std::collections::BTreeMap<_, _> = handoff
        .share
        .iter()
        .filter_map(|f| talk.state.answers.get(f).map(|v| (f, v)))
        .collect();
    let mut summary = serde_json::json!({ "shown": handoff.summary, "answers": values });
    if let Some(also) = &handoff.also {
        summary["also"] = also.as_str().into();
    }
    if let Some(triage) = &handoff.triage {
        summary["triage"] = serde_json::to_value(triage)?;
    }
    Ok(Some(talk.key.seal(
        &format!("cases {case}"),
        summary.to_string().as_bytes(),
    )?))
}

fn ledger(talk: &mut Talk<'_>, case: CaseId, given: bool) {
    let write = DeskWrite::Ledger {
        id: talk.setting.ids.uuid(),
        case: Some(case),
        content: talk.setting.content.hash.clone(),
        lang: talk.lang().to_string(),
        given,
    };
    talk.desk.push(write);
}

fn receipt(talk: &mut Talk<'_>) -> Result<(), StoreError> {
    let Some(case) = talk.live_case.clone() else {
        return Ok(());
    };
    let (content, lang) = (talk.setting.content, talk.lang());
    let Some(asked) = talk.setting.world.route(place(talk).0.as_deref()) else {
        return nobody_there(talk);
    };
    let (key, wait_args) =
        talk.setting
            .world
            .wait(case.level, asked.organisation, talk.setting.now);
    let wait = engine::system(content, &lang, key, &wait_args).text;
    let args = [
        ("number", Arg::Text(case.number)),
        ("organisation", Arg::Text(asked.name)),
        ("wait", Arg::Text(wait)),
    ];
    let message = engine::system(content, &lang, "handoff-receipt", &args);
    talk.say(message)
}

/// An instance without any organisation (somebody is still setting it up) has nobody to pass a person
/// on to. The person learns that, with the numbers; the operator is alarmed.
fn nobody_there(talk: &mut Talk<'_>) -> Result<(), StoreError> {
    talk.alarms
        .push("somebody asked for a human, but no organisation is set up".to_owned());
    let message = engine::system(talk.setting.content, &talk.lang(), "sorry", &[]);
    talk.say(message)
}
