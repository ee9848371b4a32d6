//! Going on where a flow was left: after a command, a jump, a human's turn, or a pause.

use super::edits::Carried;
use super::run::{Place, Run};
use super::types::{Left, Pending};
use crate::content::Command;

/// Who has not written for so long (in milliseconds; 12 hours) may have forgotten what was asked.
pub(super) const PAUSE_MS: i64 = 12 * 3_600_000;

impl<'a> Run<'a> {
    /// Notes what waits before something else begins, if the person may want to go on there later.
    pub(super) fn leave(&mut self) {
        self.state.language_from = None;
        // What the program asked in between is not gone back to, but what it interrupted.
        let waiting = self.state.interrupted.take().or_else(|| self.waiting());
        if let Some(left) = waiting.filter(|left| self.is_worth_keeping(left)) {
            self.state.left = Some(left);
        }
    }

    /// What waits.
    pub(super) fn waiting(&self) -> Option<Left> {
        if self.state.nothing_waits() {
            return None;
        }
        Some(Left {
            at: self.state.at.clone(),
            pending: self.state.pending.clone(),
            stack: self.state.stack.clone(),
            trail: self.state.trail.len(),
            urged: self.state.urged.clone(),
            answered: false,
        })
    }

    /// Flows that a command leads to, and the first one, are begun anew rather than gone on with; and who was at the
    /// first question of a flow has nothing to go on with.
    pub(super) fn is_worth_keeping(&self, left: &Left) -> bool {
        let settings = &self.content.settings;
        let common = |flow: &str| {
            flow == settings.start || settings.commands.values().any(|target| target == flow)
        };
        let asks = !matches!(
            left.pending,
            Some(Pending::Delete { .. } | Pending::Offer { .. } | Pending::Resume)
        );
        let begun = left.pending.is_some()
            || !left.stack.is_empty()
            || left.at.as_ref().is_some_and(|at| {
                let flow = self.content.flows.get(&at.flow);
                flow.is_none_or(|flow| flow.start != at.step)
            });
        asks && begun && left.flow().is_some_and(|flow| !common(flow))
    }

    /// Whether this is where a way back to the menu ends.
    pub(super) fn is_menu(&self, (flow, step): Place<'a>) -> bool {
        let menu = self.content.settings.commands.get(&Command::Menu);
        menu == Some(&flow.id) && step.id == flow.start
    }

    /// Asks whether to go on where it was left. `false`: there is nothing to go on with.
    pub(super) fn offer_to_resume(&mut self) -> bool {
        let left = self.state.left.as_ref();
        if !left.is_some_and(|left| self.still_there(left)) {
            self.state.left = None;
            return false;
        }
        if self.wants_menu {
            return false;
        }
        self.state.at = None;
        self.state.stack.clear();
        self.ask_pending(Pending::Resume);
        true
    }

    /// After a pause, words that are no answer are rather a greeting. `false`: there is nothing to go on with.
    pub(super) fn offer_after_pause(&mut self) -> bool {
        if !self.paused {
            return false;
        }
        self.leave();
        let left = self.state.left.as_ref();
        if !left.is_some_and(|left| self.still_there(left)) {
            return false;
        }
        self.remember();
        self.offer_to_resume()
    }

    /// Asks again what was left.
    pub(super) fn resume(&mut self) {
        match self.state.left.take() {
            Some(left) => self.return_to(left),
            None => self.menu(),
        }
    }

    /// Asks again what waited then. What came in between is no part of the way back.
    pub(super) fn return_to(&mut self, left: Left) {
        self.state.at = left.at;
        self.state.pending = left.pending;
        self.state.urged = left.urged;
        self.state.stack = left.stack;
        let carried = self.carry();
        let at = self.state.at.as_ref();
        let on_trail = at.and_then(|at| self.state.trail.iter().rposition(|v| v.at == *at));
        self.state.trail.truncate(on_trail.unwrap_or(left.trail));
        self.renew_consent();
        let answered = self.asking_step().filter(|_| left.answered);
        match (carried, answered) {
            (Carried::Same, Some((flow, step, _))) => {
                self.remember();
                self.go_on_after(Some((flow, step)));
            }
            (Carried::Same, _) if self.state.nothing_waits() => self.menu(),
            (Carried::Same, _) => self.ask_again(),
            (other, _) => self.ask_after_edit(other),
        }
    }

    /// Who asks for the menu out of a question wants to see it, and not that question again; later it is offered to go
    /// on there. Who asks for it instead of going on has decided.
    pub(super) fn on_menu(&mut self) {
        if self.state.pending == Some(Pending::Resume) {
            self.state.left = None;
        }
        let before = self.state.left.take();
        self.leave();
        self.wants_menu = self.state.left.is_some();
        if self.state.left.is_none() {
            self.state.left = before;
        }
    }
}
