//! Where all flows together lead: whether everybody gets out, and how far away a human is.

use super::graph::targets;
use crate::content::diagnostic::{Both, Code, Problems, Span};
use crate::content::files::Files;
use crate::content::known::FlowAt;
use crate::content::types::{Action, AskKind, Next, Step, StepKind, Target};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A step of a flow.
type Node<'f> = (&'f str, &'f str);

/// All steps of all flows and the ways between them.
struct Map<'f> {
    steps: Vec<(Node<'f>, &'f Step)>,
    numbers: BTreeMap<Node<'f>, usize>,
    /// The other way round: from where one gets to a step.
    back: Vec<Vec<usize>>,
    /// The same without the ways that are only taken after wrong answers.
    back_by_choice: Vec<Vec<usize>>,
}

/// Reports circles without a way out, questions far from a human, and flows that nobody gets to.
pub(super) fn check(files: &Files, problems: &mut Problems) {
    let unread = |f: &FlowAt| {
        let marks = &f.parsed.marks;
        f.broken
            || marks.len() != f.parsed.flow.steps.len()
            || marks.values().any(|m| m.faulty_rules)
    };
    if files.flows.values().any(|f| unread(f)) {
        return;
    }
    let map = Map::of(files);
    let good = good(&map);
    no_way_out(files, &map, &good, problems);
    human_far(files, &map, &good, problems);
    flows_nobody_enters(files, problems);
}

impl<'f> Map<'f> {
    fn of(files: &'f Files) -> Self {
        let steps: Vec<(Node<'f>, &Step)> = files
            .sound_flows()
            .flat_map(|(flow, at)| {
                let steps = at.parsed.flow.steps.iter();
                steps.map(move |(id, step)| ((flow, id.as_str()), step))
            })
            .collect();
        let numbers: BTreeMap<Node<'f>, usize> = steps
            .iter()
            .enumerate()
            .map(|(n, (node, _))| (*node, n))
            .collect();
        let mut map = Self {
            back: vec![Vec::new(); steps.len()],
            back_by_choice: vec![Vec::new(); steps.len()],
            steps,
            numbers,
        };
        map.connect(files);
        map
    }

    fn number(&self, flow: &str, step: &str) -> Option<usize> {
        self.numbers.get(&(flow, step)).copied()
    }

    fn connect(&mut self, files: &'f Files) {
        let mut edges: Vec<(usize, usize, bool)> = Vec::new();
        // Where the flows that are called go on afterwards.
        let mut returns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (from, ((flow, _), step)) in self.steps.iter().enumerate() {
            let retry = match &step.kind {
                StepKind::Ask(ask) => ask.retry.as_ref().map(|r| &r.then),
                _ => None,
            };
            let mut on = Vec::new();
            for target in targets(step) {
                let to = match target {
                    Target::Step(id) => self.number(flow, id),
                    Target::Flow(other) => start(files, other).and_then(|s| self.number(other, s)),
                };
                let chosen = !retry.is_some_and(|r| std::ptr::eq(r, target));
                if let Some(to) = to {
                    on.push((to, chosen));
                }
            }
            if let StepKind::Call(called) = &step.kind {
                returns
                    .entry(called)
                    .or_default()
                    .extend(on.iter().map(|(to, _)| *to));
                let to = start(files, called).and_then(|s| self.number(called, s));
                edges.extend(to.map(|to| (from, to, true)));
            } else {
                edges.extend(on.into_iter().map(|(to, chosen)| (from, to, chosen)));
            }
        }
        for (from, ((flow, _), step)) in self.steps.iter().enumerate() {
            if falls_off(step)
                && let Some(after) = returns.get(flow)
            {
                edges.extend(after.iter().map(|to| (from, *to, true)));
            }
        }
        for (from, to, chosen) in edges {
            self.back[to].push(from);
            if chosen {
                self.back_by_choice[to].push(from);
            }
        }
    }
}

fn start<'f>(files: &'f Files, flow: &str) -> Option<&'f str> {
    files.flows.get(flow).map(|f| f.parsed.flow.start.as_str())
}

/// Whether the flow ends after this step.
fn falls_off(step: &Step) -> bool {
    let options = match &step.kind {
        StepKind::Ask(ask) => match &ask.kind {
            AskKind::Choice(options) => {
                !options.is_empty() && options.iter().all(|o| o.target.is_some())
            }
            _ => false,
        },
        _ => false,
    };
    matches!(step.next, Next::End) && !options
}

/// What nobody has to get out of: the flow ends here, or a human is there.
fn is_exit(step: &Step) -> bool {
    let ends = matches!(step.kind, StepKind::Do(Action::Stop | Action::Delete));
    matches!(step.kind, StepKind::Handoff(_)) || ends || (falls_off(step) && !is_call(step))
}

fn is_call(step: &Step) -> bool {
    matches!(step.kind, StepKind::Call(_))
}

/// For each step whether an end or a human can be reached from it.
fn good(map: &Map<'_>) -> Vec<bool> {
    let mut good = vec![false; map.steps.len()];
    let mut open: Vec<usize> = (0..map.steps.len())
        .filter(|n| is_exit(map.steps[*n].1))
        .collect();
    while let Some(n) = open.pop() {
        if !std::mem::replace(&mut good[n], true) {
            open.extend(&map.back[n]);
        }
    }
    good
}

fn no_way_out(files: &Files, map: &Map<'_>, good: &[bool], problems: &mut Problems) {
    let mut stuck: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (((flow, id), step), good) in map.steps.iter().zip(good) {
        // Steps that only lead into such a circle are none of their own.
        if !good && matches!(step.kind, StepKind::Ask(_)) {
            stuck.entry(flow).or_default().push(id);
        }
    }
    for (flow, steps) in stuck {
        let Some((first, place)) = place(files, flow, &steps) else {
            continue;
        };
        let list = listed(&steps);
        let said = Both::new(
            format!(
                "aus `{first}` kommt niemand mehr heraus: weder zu einem Ende noch zu einem Menschen"
            ),
            format!("nobody gets out of `{first}` any more: neither to an end nor to a human"),
        );
        problems.at(Code::NoWayOut, &place.0, place.1, said).help(
            format!("Geben Sie einem dieser Schritte einen Weg hinaus, etwa eine Antwort, die zu \"flow:menu\" führt: {list}"),
            format!("Give one of these steps a way out, for example an option that leads to \"flow:menu\": {list}"),
        );
    }
}

fn listed(steps: &[&str]) -> String {
    let shown: Vec<String> = steps.iter().take(6).map(|s| format!("`{s}`")).collect();
    let more = if steps.len() > 6 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// The first of some steps in the file, and where it stands.
fn place<'s>(
    files: &Files,
    flow: &str,
    steps: &[&'s str],
) -> Option<(&'s str, (crate::content::diagnostic::FileText, Span))> {
    let at = files.flows.get(flow)?;
    let first = *steps.first()?;
    let marks = at.parsed.marks.get(first)?;
    Some((first, (at.file.clone(), marks.header.clone())))
}

/// How many questions somebody has to answer until a human is on offer; `None`: no way leads there.
/// Wrong answers do not count as a way: nobody should have to fail in order to be helped.
fn distances(map: &Map<'_>) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; map.steps.len()];
    let mut open: VecDeque<(usize, usize)> = (0..map.steps.len())
        .filter(|n| matches!(map.steps[*n].1.kind, StepKind::Handoff(_)))
        .map(|n| (n, 0))
        .collect();
    while let Some((n, far)) = open.pop_front() {
        if found[n].is_some_and(|known| known <= far) {
            continue;
        }
        found[n] = Some(far);
        for from in &map.back_by_choice[n] {
            if matches!(map.steps[*from].1.kind, StepKind::Ask(_)) {
                open.push_back((*from, far + 1));
            } else {
                open.push_front((*from, far));
            }
        }
    }
    found
}

fn human_far(files: &Files, map: &Map<'_>, good: &[bool], problems: &mut Problems) {
    let Some((_, settings)) = &files.settings else {
        return;
    };
    let most = settings.human_within;
    let mut far: BTreeMap<&str, Vec<(&str, Option<usize>)>> = BTreeMap::new();
    for ((((flow, id), step), distance), good) in map.steps.iter().zip(distances(map)).zip(good) {
        let StepKind::Ask(ask) = &step.kind else {
            continue;
        };
        // Where nobody gets out at all, that is the finding.
        if *good && ask.kind != AskKind::Language && distance.is_none_or(|d| d > most) {
            far.entry(flow).or_default().push((id, distance));
        }
    }
    for (flow, steps) in far {
        let ids: Vec<&str> = steps.iter().map(|(id, _)| *id).collect();
        let (Some((first, (file, span))), Some((_, distance))) =
            (place(files, flow, &ids), steps.first())
        else {
            continue;
        };
        let said = match distance {
            Some(n) => Both::new(
                format!(
                    "von `{first}` sind es noch {n} Fragen bis zu einem Menschen; höchstens {most} sollen es sein"
                ),
                format!(
                    "from `{first}` it takes {n} more questions to get to a human; {most} at most is the limit"
                ),
            ),
            None => Both::new(
                format!("von `{first}` führt kein Weg zu einem Menschen"),
                format!("no way leads from `{first}` to a human"),
            ),
        };
        let list = listed(&ids);
        problems.at(Code::HumanFar, &file, span, said).help(
            format!("Bieten Sie vorher einen Menschen an, etwa mit options.human = \"flow:human\" (betroffen: {list})"),
            format!("Offer a human earlier, for example with options.human = \"flow:human\" (concerned: {list})"),
        );
    }
}

/// Flows that neither the start, a command, nor another flow leads to.
fn flows_nobody_enters(files: &Files, problems: &mut Problems) {
    let Some((_, settings)) = &files.settings else {
        return;
    };
    let mut open: Vec<&str> = vec![&settings.settings.start];
    open.extend(settings.commands.iter().map(|(_, flow, _)| flow.as_str()));
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(flow) = open.pop() {
        let Some(at) = files.flows.get(flow).filter(|_| seen.insert(flow)) else {
            continue;
        };
        for step in at.parsed.flow.steps.values() {
            open.extend(targets(step).into_iter().filter_map(|t| match t {
                Target::Flow(other) => Some(other.as_str()),
                Target::Step(_) => None,
            }));
            if let StepKind::Call(called) = &step.kind {
                open.push(called);
            }
        }
    }
    for (id, at) in files.sound_flows().filter(|(id, _)| !seen.contains(id)) {
        let said = Both::new(
            format!("zum Ablauf `{id}` führt kein Weg"),
            format!("no way leads to the flow `{id}`"),
        );
        problems.at(Code::Unreachable, &at.file, 0..0, said).help(
            format!("Verweisen Sie von einem anderen Ablauf darauf, etwa in flows/menu.toml mit options.{} = \"flow:{id}\"", name(id)),
            format!("Point to it from another flow, for example in flows/menu.toml with options.{} = \"flow:{id}\"", name(id)),
        );
    }
}

fn name(flow: &str) -> &str {
    flow.rsplit('/').next().unwrap_or(flow)
}

#[cfg(test)]
mod tests {
    use crate::content::check::example::folder;
    use crate::content::{Code, load};
    use std::sync::Arc;

    /// The messages of a code about flows that are added to the example folder.
    fn said(code: Code, flows: &[(&str, &str)]) -> Vec<String> {
        let mut source = folder();
        let mut menu = source.0["flows/menu.toml"].clone();
        for (id, steps) in flows {
            source = source.with(
                &format!("flows/{id}.toml"),
                &format!("start = \"a\"\n{steps}"),
            );
            menu = menu.replace(
                "[step.choose]",
                &format!("[step.to_{id}]\ncall = \"{id}\"\n[step.choose]"),
            );
        }
        let found = load(&source.with("flows/menu.toml", &menu), Arc::default()).diagnostics;
        let found = found.into_iter().filter(|d| d.code == code);
        found.map(|d| d.message.en).collect()
    }

    fn choice(id: &str, options: &[&str]) -> String {
        let lines: String = options
            .iter()
            .enumerate()
            .map(|(n, to)| format!("options.o{n} = \"{to}\"\n"))
            .collect();
        format!(
            "[step.{id}]\nask = \"choice\"\n{lines}retry = {{ times = 2, then = \"flow:human\" }}\n"
        )
    }

    #[test]
    fn a_circle_of_questions_needs_a_way_out() {
        let retry = "retry = { times = 2, then = \"b\" }\n";
        let number = |id: &str, to: &str| {
            format!("[step.{id}]\nask = \"number\"\nsave = \"age\"\ngoto = \"{to}\"\n{retry}")
        };
        let circle = number("a", "b") + &number("b", "a");
        assert_eq!(said(Code::NoWayOut, &[("x", &circle)]).len(), 1);
        let ends = circle.replace("goto = \"a\"\n", "");
        assert_eq!(said(Code::NoWayOut, &[("x", &ends)]), [""; 0]);
        let leaves = circle.replace("goto = \"a\"", "goto = \"flow:menu\"");
        assert_eq!(said(Code::NoWayOut, &[("x", &leaves)]), [""; 0]);
        // A flow that is called and never comes back.
        let caller = "[step.a]\ncall = \"x\"\n[step.b]\nsay = true\n";
        assert_eq!(
            said(Code::NoWayOut, &[("x", &circle), ("y", caller)]).len(),
            1
        );
        assert_eq!(
            said(Code::NoWayOut, &[("x", &ends), ("y", caller)]),
            [""; 0]
        );
    }

    #[test]
    fn the_questions_on_the_shortest_way_to_a_human_are_counted() {
        let far = |n: usize| {
            let steps: Vec<String> = (0..n)
                .map(|i| {
                    let name = ["a", "b", "c", "d", "e", "f", "g"];
                    choice(
                        name[i],
                        &[name
                            .get(i + 1)
                            .filter(|_| i + 1 < n)
                            .unwrap_or(&"flow:human")],
                    )
                })
                .collect();
            said(Code::HumanFar, &[("x", &steps.concat())])
        };
        assert_eq!(far(5), [""; 0]);
        assert_eq!(far(6).len(), 1);
        assert!(
            far(7)[0].starts_with("from `a` it takes 7 more questions"),
            "{:?}",
            far(7)
        );
        // Another option is shorter; a wrong answer is no way.
        let none = choice("a", &["b"]) + "[step.b]\nsay = true\n";
        assert_eq!(
            said(Code::HumanFar, &[("x", &none)]),
            ["no way leads from `a` to a human"]
        );
        // It comes after the flow that called this one.
        let caller = "[step.a]\ncall = \"x\"\ngoto = \"flow:human\"\n";
        assert_eq!(
            said(Code::HumanFar, &[("x", &none), ("y", caller)]),
            [""; 0]
        );
    }
}
