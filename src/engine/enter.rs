//! Starting a flow from outside, without the person having written anything that leads there.

use super::run::{Run, Trace};
use super::types::{Env, FlowState, Turn};
use crate::content::{Command, Content};

/// Starts a flow, as if the person had chosen it: for topics that were recognised, for deep links and for tests.
pub fn enter<'a>(
    content: &'a Content,
    env: &'a Env,
    state: FlowState,
    flow: &str,
) -> (Turn, Trace<'a>) {
    let mut run = entering(content, env, state);
    let menu = content.settings.commands.get(&Command::Menu);
    if menu.is_some_and(|menu| menu == flow) {
        run.on_menu();
    }
    run.jump(flow);
    run.answer_for_certain();
    run.hear(Some(env.now));
    run.finish()
}

/// Like [`enter`], at a step in the middle of the flow: for editors who look at one part of it.
pub fn enter_at<'a>(
    content: &'a Content,
    env: &'a Env,
    state: FlowState,
    flow: &str,
    step: &str,
) -> (Turn, Trace<'a>) {
    let mut run = entering(content, env, state);
    run.jump_to(flow, step);
    run.answer_for_certain();
    run.hear(Some(env.now));
    run.finish()
}

fn entering<'a>(content: &'a Content, env: &'a Env, state: FlowState) -> Run<'a> {
    let mut run = Run::new(content, env, state);
    run.carry();
    run.state.tapped = None;
    run.state.stopped = false;
    run
}
