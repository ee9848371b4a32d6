//! A reminder's turn.

use crate::engine::{Env, Input};
use crate::runtime::owner::Owner;
use crate::runtime::talk::Talk;
use crate::runtime::work::DueReminder;
use crate::store::StoreError;

/// Reminds. While a human owns the turn it is void: they look after the person now.
pub(super) fn take(
    talk: &mut Talk<'_>,
    due: &DueReminder,
    reachable: bool,
) -> Result<(), StoreError> {
    let input = Input::Remind(due.number);
    if matches!(talk.owner(&input), Owner::Human(_)) {
        talk.state.reminders.retain(|r| r.number != due.number);
        return Ok(());
    }
    let env = Env {
        // Who has blocked the bot is written to when they have written again.
        window: if reachable { due.window } else { Some(0) },
        ..talk.env()
    };
    talk.step_in(&env, input)
}
