//! Where steps lead: steps that nobody gets to, and circles in which nobody is asked anything.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::known::FlowAt;
use crate::content::types::{Action, AskKind, Next, Step, StepKind, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Reports steps that nobody gets to.
pub(super) fn unreachable(files: &Files, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        unreachable_in(flow, problems);
    }
}

/// All targets of a step, in the order in which they are looked at.
pub(super) fn targets(step: &Step) -> Vec<&Target> {
    let mut found = Vec::new();
    match &step.kind {
        StepKind::Ask(ask) => {
            if let AskKind::Choice(options) = &ask.kind {
                found.extend(options.iter().filter_map(|o| o.target.as_ref()));
            }
            found.extend(ask.retry.as_ref().map(|r| &r.then));
        }
        StepKind::Say { unverified, .. } => found.extend(unverified.as_ref()),
        StepKind::Refer(refer) => found.push(&refer.otherwise),
        _ => {}
    }
    match &step.next {
        Next::End => {}
        Next::Goto(target) => found.push(target),
        Next::Rules(rules) => found.extend(rules.iter().map(|r| &r.target)),
    }
    found
}

/// Where a reminder leads: not now, but somebody gets there.
fn later(step: &Step) -> Option<&Target> {
    match &step.kind {
        StepKind::Say { remind, .. } => remind.as_ref().map(|r| &r.target),
        _ => None,
    }
}

fn unreachable_in(flow: &FlowAt, problems: &mut Problems) {
    let steps = &flow.parsed.flow.steps;
    let marks = &flow.parsed.marks;
    // A step that could not be read may lead anywhere.
    if steps.len() != marks.len() || marks.values().any(|m| m.faulty_rules) {
        return;
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = vec![&flow.parsed.flow.start];
    open.extend(flow.parsed.moved.iter().map(|(_, new)| new.value.as_str()));
    while let Some(id) = open.pop() {
        let Some(step) = steps.get(id) else { continue };
        if seen.insert(id) {
            open.extend(
                targets(step)
                    .into_iter()
                    .chain(later(step))
                    .filter_map(|t| match t {
                        Target::Step(id) => Some(id.as_str()),
                        Target::Flow(_) => None,
                    }),
            );
        }
    }
    if seen.is_empty() {
        return;
    }
    for (id, marks) in marks.iter().filter(|(id, _)| !seen.contains(id.as_str())) {
        let message = Both::new(
            format!("zum Schritt `{id}` führt kein Weg"),
            format!("no way leads to the step `{id}`"),
        );
        problems
            .at(Code::Unreachable, &flow.file, marks.header.clone(), message)
            .help(
                "Verweisen Sie von einem anderen Schritt darauf, oder löschen Sie ihn",
                "Point to it from another step, or delete it",
            );
    }
}

type Node<'f> = (&'f str, &'f str);

/// Whether a step waits for the person, so that a circle through it is no endless run.
fn waits(step: &Step) -> bool {
    matches!(
        step.kind,
        StepKind::Ask(_) | StepKind::Handoff(_) | StepKind::Do(Action::Delete)
    )
}

/// Reports circles in which nobody is asked anything.
pub(super) fn loops(files: &Files, problems: &mut Problems) {
    let through = flows_without_wait(files);
    let mut state: BTreeMap<Node<'_>, bool> = BTreeMap::new();
    for (flow_id, flow) in files.sound_flows() {
        for id in flow.parsed.flow.steps.keys() {
            search(files, &through, (flow_id, id), &mut state, problems);
        }
    }
}

/// Depth-first search without recursion. In `state`, `false` is on the way, `true` is done.
fn search<'f>(
    files: &'f Files,
    through: &BTreeSet<&str>,
    start: Node<'f>,
    state: &mut BTreeMap<Node<'f>, bool>,
    problems: &mut Problems,
) {
    if state.contains_key(&start) {
        return;
    }
    state.insert(start, false);
    let mut path = vec![(start, edges(files, through, start))];
    while let Some((node, open)) = path.last_mut() {
        let node = *node;
        let Some(next) = open.pop() else {
            state.insert(node, true);
            path.pop();
            continue;
        };
        match state.get(&next) {
            None => {
                state.insert(next, false);
                path.push((next, edges(files, through, next)));
            }
            Some(false) => {
                let from = path.iter().position(|(n, _)| *n == next).unwrap_or(0);
                let circle: Vec<Node<'_>> = path.iter().skip(from).map(|(n, _)| *n).collect();
                report(files, &circle, problems);
            }
            Some(true) => {}
        }
    }
}

/// Where a step leads without waiting for the person.
fn edges<'f>(files: &'f Files, through: &BTreeSet<&str>, (flow, id): Node<'f>) -> Vec<Node<'f>> {
    let step = |flow: &str, id: &str| files.flows.get(flow)?.parsed.flow.steps.get(id);
    let Some(current) = step(flow, id).filter(|s| !waits(s)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if let StepKind::Call(called) = &current.kind {
        found.extend(
            files
                .flows
                .get(called)
                .map(|f| (called.as_str(), f.parsed.flow.start.as_str())),
        );
        if !through.contains(called.as_str()) {
            return found;
        }
    }
    for target in targets(current) {
        match target {
            Target::Step(id) => found.push((flow, id.as_str())),
            Target::Flow(other) => {
                found.extend(
                    files
                        .flows
                        .get(other)
                        .map(|f| (other.as_str(), f.parsed.flow.start.as_str())),
                );
            }
        }
    }
    found.retain(|(flow, id)| step(flow, id).is_some());
    found
}

/// Flows that can be called and come back without asking anything.
fn flows_without_wait(files: &Files) -> BTreeSet<&str> {
    let mut through = BTreeSet::new();
    loop {
        let before = through.len();
        for (flow_id, flow) in files.sound_flows() {
            if through.contains(flow_id) {
                continue;
            }
            let mut seen = BTreeSet::new();
            let mut open: Vec<Node<'_>> = vec![(flow_id, flow.parsed.flow.start.as_str())];
            while let Some(node) = open.pop() {
                if !seen.insert(node) {
                    continue;
                }
                let Some(step) = files
                    .flows
                    .get(node.0)
                    .and_then(|f| f.parsed.flow.steps.get(node.1))
                else {
                    continue;
                };
                let called =
                    matches!(&step.kind, StepKind::Call(c) if !through.contains(c.as_str()));
                if !waits(step) && !called && matches!(step.next, Next::End) {
                    through.insert(flow_id);
                    break;
                }
                let own = edges(files, &through, node);
                // Only this flow's own steps: `flow:other` never comes back, and calls were looked at above.
                open.extend(own.into_iter().filter(|(flow, _)| *flow == node.0));
            }
        }
        if through.len() == before {
            return through;
        }
    }
}

fn report(files: &Files, circle: &[Node<'_>], problems: &mut Problems) {
    let Some((flow_id, id)) = circle.first() else {
        return;
    };
    let Some(flow) = files.flows.get(*flow_id) else {
        return;
    };
    let Some(marks) = flow.parsed.marks.get(*id) else {
        return;
    };
    let several = circle.iter().any(|(f, _)| f != flow_id);
    let name = |(f, s): &Node<'_>| {
        if several {
            format!("{f}/{s}")
        } else {
            (*s).to_owned()
        }
    };
    let way: Vec<String> = circle.iter().chain(circle.first()).map(name).collect();
    let way = way.join(" → ");
    let message = Both::new(
        "hier geht es im Kreis, ohne dass jemand gefragt wird",
        "this goes round in a circle without anybody being asked",
    );
    problems
        .at(
            Code::LoopWithoutQuestion,
            &flow.file,
            marks.header.clone(),
            message,
        )
        .help(format!("Der Kreis: {way}"), format!("The circle: {way}"));
}

#[cfg(test)]
mod tests {
    use crate::content::check::example::folder;
    use crate::content::{Code, load};
    use std::sync::Arc;

    /// Findings about circles in the example folder with these flows added; each flow is a list of lines.
    fn circles(flows: &[(&str, &str)]) -> Vec<String> {
        let mut source = folder();
        for (id, steps) in flows {
            let text = format!("start = \"a\"\n{steps}");
            source = source.with(&format!("flows/{id}.toml"), &text);
        }
        let found = load(&source, Arc::default()).diagnostics;
        let circles = found.iter().filter(|d| d.code == Code::LoopWithoutQuestion);
        circles
            .filter_map(|d| d.help.as_ref().map(|h| h.en.clone()))
            .collect()
    }

    const BACK: &str = "[step.a]\nset = { age = 1 }\n";

    #[test]
    fn a_question_or_a_hand_off_breaks_a_circle() {
        let ask = "[step.a]\nask = \"number\"\nsave = \"age\"\ngoto = \"a\"\n";
        assert_eq!(circles(&[("x", ask)]), [""; 0]);
        let handoff = "[step.a]\nhandoff = { reason = \"work_ban\" }\ngoto = \"a\"\n";
        assert_eq!(circles(&[("x", handoff)]), [""; 0]);
        let set = "[step.a]\nset = { age = 1 }\ngoto = \"a\"\n";
        assert_eq!(circles(&[("x", set)]), ["The circle: a → a"]);
    }

    #[test]
    fn circles_are_found_across_flows_and_through_rules() {
        let x = "[step.a]\nbranch = true\nnext = [\"age < 3 -> flow:menu\", \"else -> flow:y\"]\n";
        let y = "[step.a]\nset = { age = 1 }\ngoto = \"flow:x\"\n";
        assert_eq!(
            circles(&[("x", x), ("y", y)]),
            ["The circle: x/a → y/a → x/a"]
        );
    }

    #[test]
    fn a_called_flow_that_asks_breaks_a_circle_and_one_that_does_not_leaves_it() {
        let caller = "[step.a]\ncall = \"y\"\ngoto = \"a\"\n";
        assert_eq!(
            circles(&[("x", caller), ("y", BACK)]),
            ["The circle: a → a"]
        );
        let asks = "[step.a]\nask = \"number\"\nsave = \"age\"\n";
        assert_eq!(circles(&[("x", caller), ("y", asks)]), [""; 0]);
        // A flow that calls itself before it asks anything never gets anywhere.
        assert_eq!(
            circles(&[("x", "[step.a]\ncall = \"x\"\n")]),
            ["The circle: a → a"]
        );
        // One that asks on one way only may come back without asking.
        let perhaps = "[step.a]\nbranch = true\nnext = [\"age < 3 -> b\", \"else -> c\"]\n\
            [step.b]\nask = \"number\"\nsave = \"age\"\n[step.c]\nset = { age = 1 }\n";
        assert_eq!(
            circles(&[("x", caller), ("y", perhaps)]),
            ["The circle: a → a"]
        );
    }
}
