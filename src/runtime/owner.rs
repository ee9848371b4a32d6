//! Who owns a turn: the bot or a human. While a human does, what the person writes goes to the case; stop, delete,
//! "no reminders" and "what do you know about me" always work.

use super::talk::Talk;
use crate::content::{Command, Content};
use crate::engine::{self, FlowState, Input, Pending};
use crate::store::turns::LiveCase;

/// Who answers.
pub(super) enum Owner {
    /// The bot.
    Bot,
    /// A human, on this case.
    Human(LiveCase),
}

impl Talk<'_> {
    /// Who owns this turn.
    pub(super) fn owner(&self, input: &Input) -> Owner {
        let live = self.live_case.as_ref();
        owner(self.setting.content, live, &self.state, input)
    }
}

fn owner(content: &Content, live: Option<&LiveCase>, state: &FlowState, input: &Input) -> Owner {
    let Some(case) = live.filter(|c| c.human_owns_turn()) else {
        return Owner::Bot;
    };
    let deleting = matches!(state.pending, Some(Pending::Delete { .. }));
    let always = match input {
        // A button of a question that waits is the bot's: it was asked after one of the commands below.
        Input::Tap(token) => engine::label_of(content, state, None, token).is_some(),
        Input::Text(text) => {
            deleting
                || matches!(
                    engine::command_in(content, text),
                    Some(Command::Stop | Command::Delete | Command::MyData | Command::NoReminders)
                )
        }
        Input::CaseClosed => true,
        _ => false,
    };
    if always {
        Owner::Bot
    } else {
        Owner::Human(case.clone())
    }
}
