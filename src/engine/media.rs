//! Photos and files, as answers. They are passed on and never looked at: an answer is a list of references.
//!
//! Every one is saved at once, so that nothing is lost with somebody who never presses the last button.

use super::edits::Carried;
use super::question::{AGAIN, DONE, Question};
use super::run::{Place, Run};
use super::types::{Effect, FlowState};
use crate::content::{Arg, Ask, AskKind};
use crate::model::{
    Attached, AttachmentId, AttachmentKind, LARGEST_ATTACHMENT, Lang, MediaKind, Takes, Value,
};
use crate::text;
use uuid::Uuid;

impl<'a> Run<'a> {
    /// What was sent so far as an answer to this question.
    pub(super) fn sent(&self, ask: &Ask) -> Vec<Attached> {
        let answer = ask.save.as_ref().and_then(|f| self.state.answers.get(f));
        match (&ask.kind, answer) {
            (AskKind::Media { .. }, Some(Value::Media(sent))) => sent.clone(),
            _ => Vec::new(),
        }
    }

    /// Buttons of a question for photos: that was all, once more from the beginning; or nothing at all.
    pub(super) fn media_options(&self, ask: &Ask, min: usize) -> &'static [&'static str] {
        match self.sent(ask).len() {
            0 if min == 0 => &[SKIP],
            0 => &[],
            sent if sent < min => &[AGAIN],
            _ => &[DONE, AGAIN],
        }
    }

    /// Photos and files came, one or several together: answered once. `other`: something that cannot be kept was among them.
    pub(super) fn on_album(
        &mut self,
        sent: &[Attached],
        other: Option<MediaKind>,
        fresh: bool,
        carried: Carried,
    ) {
        let pending = self.state.pending.clone();
        let question = self.question(pending.as_ref());
        if let Some(Question::Step(flow, step, ask)) = question
            && let AskKind::Media { kinds, max, .. } = &ask.kind
            && !fresh
            && !self.state.stopped
            && carried == Carried::Same
        {
            self.state.failed_turns = 0;
            let fits = |a: &&Attached| kinds.contains(&a.kind);
            let fitting: Vec<Attached> = sent.iter().filter(fits).copied().collect();
            if fitting.is_empty() {
                return self.wrong_answer(flow, ask);
            }
            if other.is_some() || fitting.len() < sent.len() {
                self.say_system("retry-media", &[]);
            }
            return self.take((flow, step), ask, *max, fitting);
        }
        let kind = sent.first().map(|a| a.kind.into()).or(other);
        self.on_media(kind.unwrap_or(MediaKind::Other), fresh, carried);
    }

    /// Keeps what there is room for, and says what was not taken and what there is now.
    fn take(&mut self, place: Place<'a>, ask: &Ask, max: usize, came: Vec<Attached>) {
        let (large, came): (Vec<_>, Vec<_>) = came.into_iter().partition(Attached::is_too_large);
        if !large.is_empty() {
            let most = i64::try_from(LARGEST_ATTACHMENT / 1_000_000).unwrap_or(i64::MAX);
            self.say_system("media-too-large", &[("max", Arg::Number(most))]);
        }
        let mut sent = self.sent(ask);
        let free = max.saturating_sub(sent.len());
        if came.len() > free {
            let max = Arg::Number(i64::try_from(max).unwrap_or(i64::MAX));
            self.say_system("media-most", &[("max", max)]);
        }
        let taken: Vec<_> = came.into_iter().take(free).collect();
        if taken.is_empty() {
            return self.say_more();
        }
        self.state.wrong = 0;
        sent.extend(&taken);
        let all = sent.len() >= max;
        self.save(ask, Value::Media(sent));
        self.effects.extend(taken.into_iter().map(Effect::Keep));
        if all {
            self.accept_step(place, ask, None, None);
        } else {
            self.say_more();
        }
    }

    /// What a question takes besides words, as long as there is room for more.
    pub(super) fn takes(&self, ask: &Ask) -> Option<Takes> {
        let AskKind::Media { kinds, max, .. } = &ask.kind else {
            return None;
        };
        let most = max.saturating_sub(self.sent(ask).len());
        let kinds = kinds.clone();
        (most > 0).then_some(Takes { kinds, most })
    }

    /// A button of a question for photos was pressed.
    pub(super) fn media_option(&mut self, place: Place<'a>, ask: &Ask, option: &str) {
        if option != AGAIN {
            return self.accept_step(place, ask, None, None);
        }
        let sent = self.sent(ask).into_iter();
        self.effects.extend(sent.map(|a| Effect::Discard(a.id)));
        if let Some(field) = &ask.save {
            self.state.answers.remove(field);
        }
        self.state.wrong = 0;
        self.say_question();
    }

    /// Something came that is neither photo nor file, or none that can be passed on.
    pub(super) fn on_wrong_media(&mut self) {
        if let Some(Question::Step(flow, _, ask)) = self.question(None) {
            self.wrong_answer(flow, ask);
        }
    }

    /// What was sent could not be fetched, and never will be. It is no answer any more; the person may send it again.
    pub(super) fn on_lost(&mut self, carried: Carried) {
        self.say_system("media-lost", &[]);
        if !self.state.nothing_waits() {
            self.renew_consent();
            self.ask_after_edit(carried);
        }
    }

    /// Photos and files in words: "2 photos and 1 file".
    pub(super) fn media_in_words(&self, lang: &Lang, sent: &[Attached]) -> String {
        let count = |kind: AttachmentKind| sent.iter().filter(|a| a.kind == kind).count();
        let kinds = [
            (AttachmentKind::Photo, "media-photos"),
            (AttachmentKind::File, "media-files"),
        ];
        let words = kinds.into_iter().filter_map(|(kind, id)| {
            let count = i64::try_from(count(kind)).ok().filter(|n| *n > 0)?;
            Some(self.system(lang, id, &[("count", Arg::Number(count))]))
        });
        let words: Vec<String> = words.collect();
        match words.is_empty() {
            true => "–".to_owned(),
            false => text::list_in_words(&words, lang.as_str()),
        }
    }
}

/// The button for sending nothing.
const SKIP: &str = "skip";

/// Takes an attachment out of all answers.
pub fn forget(state: &mut FlowState, id: AttachmentId) {
    for value in state.answers.values_mut() {
        if let Value::Media(sent) = value {
            sent.retain(|a| a.id != id);
        }
    }
    let nothing = |value: &Value| matches!(value, Value::Media(sent) if sent.is_empty());
    state.answers.retain(|_, value| !nothing(value));
}

/// A photo or a file that nobody has sent: for conversations that are only played.
pub fn sample(state: &FlowState, kind: AttachmentKind) -> Attached {
    let kept = |value: &Value| match value {
        Value::Media(sent) => sent.len(),
        _ => 0,
    };
    let kept: usize = state.answers.values().map(kept).sum();
    let number = u128::from(state.revision) << 64 | kept as u128;
    Attached {
        id: AttachmentId(Uuid::from_u128(number)),
        kind,
        size: None,
    }
}
