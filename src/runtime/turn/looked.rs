//! What a text was taken for, in the turn that it led to, or in a turn of its own when that was known later.

use crate::engine::{self, Env, Input};
use crate::model::{CaseState, Inbound, Level, MessageBody, TimerId, Timestamp, Triage, Zone};
use crate::runtime::look;
use crate::runtime::talk::Talk;
use crate::runtime::triage::Looked;
use crate::runtime::work::LateLook;
use crate::store::StoreError;
use crate::store::desk_turn::DeskWrite;
use crate::store::look::LookWrite;
use std::sync::Arc;

impl Talk<'_> {
    /// Runs the engine, which knows what the words were taken for.
    pub(super) fn step_about(
        &mut self,
        input: Input,
        inbound: &Inbound,
        looked: Option<&Looked>,
    ) -> Result<(), StoreError> {
        let Some(looked) = looked else {
            return self.step(input);
        };
        if matches!(input, Input::Text(_)) {
            let env = self.env_about(&looked.triage);
            return self.step_in(&env, input);
        }
        // The words below a photo: the photo is an answer, and they may be an alarm besides.
        self.step(input)?;
        self.step_below(inbound, looked)
    }

    /// Runs the engine about the words that came below a photo.
    pub(in crate::runtime) fn step_below(
        &mut self,
        inbound: &Inbound,
        looked: &Looked,
    ) -> Result<(), StoreError> {
        let words = look::words(inbound).unwrap_or_default().to_owned();
        let env = self.env_about(&looked.triage);
        self.step_in(&env, Input::Judged(words))
    }

    fn env_about(&self, triage: &Arc<Triage>) -> Env {
        Env {
            triage: Some(Arc::clone(triage)),
            ..self.env()
        }
    }

    /// Writes down what came and what its words were taken for; if that is not known yet, that they have to be looked at.
    pub(in crate::runtime) fn note_heard(
        &mut self,
        inbound: &Inbound,
        looked: Option<&Looked>,
        body: MessageBody,
    ) -> Result<(), StoreError> {
        if looked.is_some_and(|l| !l.whole) {
            self.look_later(look::later(self.setting.now));
        }
        self.note(inbound, body)?;
        match looked {
            Some(looked) => self.raise(&looked.triage),
            None => Ok(()),
        }
    }

    /// Notes that the text of the next message has to be looked at.
    fn look_later(&mut self, due: Timestamp) {
        self.desk.push(DeskWrite::Look(LookWrite::Later {
            timer: TimerId(self.setting.ids.uuid()),
            seq: self.next_seq,
            due,
        }));
    }

    /// A text was looked at after its turn: that is written down, and an alarm is one all the same.
    pub(in crate::runtime) fn look_late(&mut self, late: &LateLook) -> Result<(), StoreError> {
        let mut body = late.body.clone();
        if let MessageBody::In { triage, .. } = &mut body {
            *triage = Some(Box::new(Triage::clone(&late.triage)));
        }
        let plain = serde_json::to_vec(&body)?;
        let message = late.message;
        let body = self.key.seal(&format!("messages {message}"), &plain)?;
        self.desk
            .push(DeskWrite::Look(LookWrite::Seen { message, body }));
        self.raise(&late.triage)?;
        let env = self.env_about(&late.triage);
        self.step_in(&env, Input::Judged(late.text.clone()))
    }

    /// Nobody who talks to a human is interrupted. But the case may be more pressing than was known, or about another
    /// danger; and as long as nobody has taken it, nobody but we can name the numbers.
    fn raise(&mut self, triage: &Triage) -> Result<(), StoreError> {
        let content = self.setting.content;
        let (Some(case), Zone::Alarm, Some(level)) =
            (&mut self.live_case, triage.zone, triage.level)
        else {
            return Ok(());
        };
        let class = triage.class.as_ref();
        let reason = class.and_then(|class| content.detect.classes.get(class)?.reason.clone());
        let reason = reason.filter(|reason| content.reasons.contains_key(reason));
        let another = reason.as_ref().is_some_and(|reason| *reason != case.reason);
        let immediate = level == Level::Immediate;
        let (id, taken) = (
            case.id,
            !matches!(case.state, CaseState::Triage | CaseState::Waiting),
        );
        // Where the bot answers, it names them itself.
        let ours = case.human_owns_turn() && immediate && !taken;
        if level < case.level || (level == case.level && immediate && another) {
            case.level = level;
            case.version += 1;
            if let Some(reason) = &reason {
                case.reason.clone_from(reason);
            }
            self.desk.push(DeskWrite::Look(LookWrite::Raise {
                case: id,
                level,
                reason: reason.clone(),
            }));
            self.audit("case raised", Some(id));
            self.changed_cases.push(id);
        }
        match reason {
            Some(reason) if ours => self.say(engine::numbers(content, &self.lang(), &reason)),
            _ => Ok(()),
        }
    }
}
