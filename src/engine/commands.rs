//! What a person may say at any time, in any language.

use super::run::Run;
use super::types::Pending;
use crate::content::Command;
use crate::text;

/// The longest campaign name that is kept.
const MAX_CAMPAIGN: usize = 64;

/// A text longer than this (in bytes) is no command.
const LONGEST: usize = 200;

/// A cry for help without a word; all signs are left out of what is compared.
const SOS: char = '🆘';

/// A whole message that means the same whatever waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// `/start`, perhaps with what a link carried.
    Start(Option<String>),
    /// A global command.
    Command(Command),
}

impl Run<'_> {
    /// The command that a text is, as a whole: `/stop`, `/menu@some_bot`, or a word of `commands.ftl` in any language.
    pub(super) fn heard(&self, written: &str) -> Option<Heard> {
        if written.len() > LONGEST {
            return None;
        }
        let slashed = written.trim().strip_prefix('/');
        if let Some((name, payload)) =
            slashed.map(|s| s.split_once(char::is_whitespace).unwrap_or((s, "")))
            && bare_name(name).eq_ignore_ascii_case("start")
        {
            let payload = payload.trim();
            return Some(Heard::Start(
                (!payload.is_empty()).then(|| payload.to_owned()),
            ));
        }
        let said = text::key(slashed.map_or(written, bare_name));
        if said.is_empty() {
            return written
                .contains(SOS)
                .then_some(Heard::Command(Command::Help));
        }
        let named = |c: &Command| slashed.is_some() && text::key(c.as_str()) == said;
        if let Some(command) = Command::ALL.into_iter().find(named) {
            return Some(Heard::Command(command));
        }
        let words = self.content.words.command_words();
        words
            .iter()
            .find(|(_, _, word)| *word == said)
            .map(|(_, command, _)| Heard::Command(*command))
    }

    /// Does what a command says.
    pub(super) fn obey(&mut self, command: Command) {
        if command == Command::Back {
            return self.back();
        }
        if command == Command::NoReminders {
            self.cancel_reminders();
            self.say_system("reminders-off", &[]);
            return self.say_question();
        }
        let target = self.content.settings.commands.get(&command).cloned();
        let waited = self.waiting().filter(|_| command == Command::Language);
        match (target, command) {
            (Some(flow), _) => {
                self.jump(&flow);
                self.state.language_from = waited;
            }
            (None, Command::Stop) => self.stop(),
            (None, Command::MyData) => {
                self.say_data();
                self.say_question();
            }
            (None, _) => {
                let start = self.content.settings.start.clone();
                self.jump(&start);
            }
        }
    }

    /// Asks the question before the one that waits. Its answer stays until there is a new one.
    fn back(&mut self) {
        let within = matches!(
            self.state.pending,
            Some(Pending::Place { .. } | Pending::Date { .. } | Pending::Postcode { .. })
        );
        if within && self.state.at.is_some() {
            self.state.pending = None;
            return self.ask_again();
        }
        let Some(before) = self.state.trail.pop() else {
            self.say_system("back-none", &[]);
            return self.say_question();
        };
        self.note_leaving(None);
        self.state.pending = None;
        self.state.at = Some(before.at);
        self.state.stack = before.stack;
        if let Some(place) = self.state.at.as_ref().and_then(|at| self.place(at)) {
            self.note(place, None);
        }
        self.ask_again();
    }

    /// Asks the question of the current position as a new one.
    pub(super) fn ask_again(&mut self) {
        self.state.wrong = 0;
        self.state.revision = self.state.revision.wrapping_add(1);
        self.say_question();
    }
}

/// A campaign's name out of a link, if it looks like one.
pub(super) fn campaign(payload: &str) -> Option<String> {
    let fits = payload.len() <= MAX_CAMPAIGN
        && payload
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (fits && !payload.is_empty()).then(|| payload.to_owned())
}

/// `/menu@some_bot` → `menu`.
fn bare_name(slashed: &str) -> &str {
    slashed.split('@').next().unwrap_or(slashed)
}
