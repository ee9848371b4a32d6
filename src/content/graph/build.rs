//! From the content to a graph: a node for each step, an edge for each way.

use super::{Edge, Graph, Label, Node, Shape};
use crate::content::show::{Page, literal, plain, sign};
use crate::content::types::{
    Action, AskKind, ChoiceOption, Condition, Content, Flow, Handoff, Literal, Next, Op, Operand,
    Rule, Step, StepKind, Target,
};
use crate::model::{Lang, Level, Value, Way};
use crate::text::to_plain;
use jiff::civil::Date;

/// Longer first lines are cut; the whole text is one click, or one `lotse show`, away.
const LONGEST_WORDS: usize = 64;
/// A sentence with fewer bytes does not stand alone.
const SENTENCE: usize = 20;
/// So many values of a `set` step are shown.
const MOST_VALUES: usize = 3;

impl Graph {
    /// A flow as a graph, its words in one language (in the source language where that lacks them). The explanations
    /// around them are in the language of `reader`. `None` if there is no such flow.
    pub fn new(
        content: &Content,
        flow: &str,
        lang: &Lang,
        reader: &Lang,
        today: Date,
    ) -> Option<Self> {
        let flow = content.flows.get(flow)?;
        let mut builder = Builder {
            content,
            flow,
            own: Page::new(content, flow, lang, today),
            source: Page::new(content, flow, &content.settings.source, today),
            reader: Page::new(content, flow, reader, today),
            lang,
            nodes: Vec::new(),
            edges: Vec::new(),
        };
        builder.steps();
        builder.ways();
        Some(Self {
            flow: flow.id.clone(),
            lang: lang.clone(),
            german: builder.reader.say("de", "en") == "de",
            nodes: builder.nodes,
            edges: builder.edges,
        })
    }
}

struct Builder<'c> {
    content: &'c Content,
    flow: &'c Flow,
    own: Page<'c>,
    source: Page<'c>,
    reader: Page<'c>,
    lang: &'c Lang,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl<'c> Builder<'c> {
    /// All steps, the first one first.
    fn in_order(&self) -> Vec<&'c Step> {
        let flow = self.flow;
        let first = flow.steps.get(&flow.start);
        let others = flow.steps.values().filter(|s| s.id != flow.start);
        first.into_iter().chain(others).collect()
    }

    fn steps(&mut self) {
        for step in self.in_order() {
            let mut node = self.node(step);
            node.start = step.id == self.flow.start;
            let chooses =
                matches!(&step.kind, StepKind::Ask(ask) if matches!(ask.kind, AskKind::Choice(_)));
            node.end = matches!(step.next, Next::End) && !chooses;
            if let Some(field) = asked_field(&step.next) {
                let about = format!("{}?", self.own.field(field));
                match node.shape {
                    Shape::Branch => {
                        node.words = about;
                        node.lang = Some(self.lang.clone());
                    }
                    _ => node.note = node.note.or(Some(about)),
                }
            }
            self.nodes.push(node);
        }
    }

    fn node(&self, step: &Step) -> Node {
        let blank = |shape| Node {
            id: step.id.clone(),
            shape,
            words: String::new(),
            lang: None,
            note: None,
            leads_to: None,
            start: false,
            end: false,
        };
        match &step.kind {
            StepKind::Ask(ask) => Node {
                note: self.answer(&ask.kind).map(str::to_owned),
                ..self.with_words(blank(Shape::Ask), &[])
            },
            StepKind::Say { facts, .. } => self.with_words(blank(Shape::Say), facts),
            StepKind::Refer(_) => self.with_words(blank(Shape::Say), &[]),
            StepKind::Call(flow) => Node {
                words: flow.clone(),
                leads_to: Some(flow.clone()),
                ..blank(Shape::Call)
            },
            StepKind::Handoff(handoff) => Node {
                words: self.reason(handoff),
                lang: Some(self.lang.clone()),
                note: self.level(handoff),
                ..blank(Shape::Handoff)
            },
            StepKind::Set(sets) => Node {
                words: self.values(sets),
                ..blank(Shape::Set)
            },
            StepKind::Do(action) => Node {
                words: self.action(*action).to_owned(),
                ..blank(Shape::Do)
            },
            StepKind::Branch => blank(Shape::Branch),
        }
    }

    fn with_words(&self, node: Node, facts: &[String]) -> Node {
        let own = self
            .own
            .words(&node.id, facts)
            .map(|t| (self.lang.clone(), t));
        let source = || {
            let text = self.source.words(&node.id, facts)?;
            Some((self.content.settings.source.clone(), text))
        };
        match own.or_else(source) {
            Some((lang, text)) => Node {
                words: shortened(&text),
                lang: Some(lang),
                ..node
            },
            None => node,
        }
    }

    /// What kind of answer a question without buttons expects.
    fn answer(&self, kind: &AskKind) -> Option<&'static str> {
        let (de, en) = match kind.as_str() {
            "choice" => return None,
            "choices" => ("mehrere Antworten", "several answers"),
            "number" => ("eine Zahl", "a number"),
            "date" => ("ein Datum", "a date"),
            "postcode" => ("eine Postleitzahl", "a postcode"),
            "text" => ("freier Text", "free text"),
            "language" => ("eine Sprache", "a language"),
            "contact" => ("E-Mail oder Telefon", "e-mail or phone"),
            "media" => ("ein Foto oder eine Datei", "a photo or a file"),
            _ => return None,
        };
        Some(self.reader.say(de, en))
    }

    fn reason(&self, handoff: &Handoff) -> String {
        let words = &self.content.words;
        let label = words.text(self.lang, "reasons", &handoff.reason, &[]);
        label.unwrap_or_else(|| handoff.reason.clone())
    }

    fn level(&self, handoff: &Handoff) -> Option<String> {
        let (de, en) = match self.content.reasons.get(&handoff.reason)?.level {
            Level::Immediate => ("sofort", "immediate"),
            Level::Urgent => ("dringend", "urgent"),
            Level::Soon => ("bald", "soon"),
            Level::Normal => return None,
        };
        Some(self.reader.say(de, en).to_owned())
    }

    fn values(&self, sets: &[(String, Value)]) -> String {
        let mut lines: Vec<String> = sets
            .iter()
            .take(MOST_VALUES)
            .map(|(field, value)| format!("{field} = {}", plain(value)))
            .collect();
        if sets.len() > MOST_VALUES {
            lines.push("…".to_owned());
        }
        lines.join("\n")
    }

    fn action(&self, action: Action) -> &'static str {
        match action {
            Action::Stop => self
                .reader
                .say("keine Nachrichten mehr", "no more messages"),
            Action::Delete => self.reader.say("alles löschen", "delete everything"),
            Action::ShowData => self
                .reader
                .say("zeigen, was gespeichert ist", "show what is kept"),
        }
    }

    fn ways(&mut self) {
        for (from, step) in self.in_order().into_iter().enumerate() {
            match &step.kind {
                StepKind::Ask(ask) => {
                    if let AskKind::Choice(options) = &ask.kind {
                        self.options(from, step, options);
                    }
                    self.next(from, step);
                    if let Some(retry) = &ask.retry {
                        let words = self.reader.say("nicht verstanden", "not understood");
                        self.edge(from, &retry.then, Some(self.remark(words)), Way::Retry);
                    }
                }
                StepKind::Refer(refer) => {
                    self.next(from, step);
                    let words = self.reader.say("kein Dienst passt", "no service fits");
                    self.edge(
                        from,
                        &refer.otherwise,
                        Some(self.remark(words)),
                        Way::Unverified,
                    );
                }
                StepKind::Say {
                    unverified, remind, ..
                } => {
                    self.next(from, step);
                    if let Some(remind) = remind {
                        let words = self.reader.say("als Erinnerung", "as a reminder");
                        self.edge(from, &remind.target, Some(self.remark(words)), Way::Command);
                    }
                    if let Some(target) = unverified {
                        let words = self.reader.say("Angabe veraltet", "fact out of date");
                        self.edge(from, target, Some(self.remark(words)), Way::Unverified);
                    }
                }
                _ => self.next(from, step),
            }
        }
    }

    /// Options that lead somewhere themselves. Those that leave it to the rules are not drawn.
    fn options(&mut self, from: usize, step: &Step, options: &[ChoiceOption]) {
        for option in options {
            let Some(target) = &option.target else {
                continue;
            };
            let words = &self.content.words;
            let own = words.attribute(self.lang, &self.flow.id, &step.id, &option.id, &[]);
            let label = match own {
                Some(text) => Label {
                    text: shortened(&text),
                    lang: Some(self.lang.clone()),
                },
                None => self.remark(&option.id),
            };
            self.edge(from, target, Some(label), Way::Next);
        }
    }

    fn next(&mut self, from: usize, step: &Step) {
        match &step.next {
            Next::End => {}
            Next::Goto(target) => self.edge(from, target, None, Way::Next),
            Next::Rules(rules) => {
                let about = asked_field(&step.next).is_some();
                for Rule { when, target } in rules {
                    let label = match when {
                        // Fields and their values are words of the content.
                        Some(when) => Label {
                            text: self.condition(when, about),
                            lang: Some(self.lang.clone()),
                        },
                        None => self.remark(self.reader.say("sonst", "else")),
                    };
                    self.edge(from, target, Some(label), Way::Next);
                }
            }
        }
    }

    /// A condition in words; without the field, if the node says already what it is `about`.
    fn condition(&self, condition: &Condition, about: bool) -> String {
        match condition {
            Condition::Compare {
                left: Operand::Field(field),
                op,
                right,
            } if about => {
                let value = match right {
                    Literal::Flag(true) => self.reader.say("ja", "yes").to_owned(),
                    Literal::Flag(false) => self.reader.say("nein", "no").to_owned(),
                    right => self.own.value(field, &literal(right)),
                };
                let value = value.trim_matches(['„', '“']).to_owned();
                match op {
                    Op::Eq => value,
                    op => format!("{} {value}", sign(*op)),
                }
            }
            Condition::In(field, list) if about => {
                let values = list.iter().map(|l| self.own.value(field, &literal(l)));
                let values = values.map(|v| v.trim_matches(['„', '“']).to_owned());
                values.collect::<Vec<_>>().join(" / ")
            }
            other => self.own.condition(other, 0),
        }
    }

    fn remark(&self, text: &str) -> Label {
        Label {
            text: text.to_owned(),
            lang: None,
        }
    }

    /// A way; several for the same reason between the same steps become one with several labels.
    fn edge(&mut self, from: usize, target: &Target, label: Option<Label>, way: Way) {
        let to = self.target(from, target);
        let labels: Vec<Label> = label.into_iter().collect();
        let same = |e: &&mut Edge| e.from == from && e.to == to && e.way == way;
        match self.edges.iter_mut().find(same) {
            Some(edge) => edge.labels.extend(labels),
            None => self.edges.push(Edge {
                from,
                to,
                labels,
                way,
            }),
        }
    }

    /// The node that a target names; made on the spot where it is another flow.
    fn target(&mut self, from: usize, target: &Target) -> usize {
        let flow = match target {
            Target::Step(id) => {
                let at = self
                    .nodes
                    .iter()
                    .position(|n| n.shape != Shape::Flow && n.id == *id);
                // Content that was checked has the step.
                return at.unwrap_or(from);
            }
            Target::Flow(flow) => flow,
        };
        let known = self.edges.iter().filter(|e| e.from == from).map(|e| e.to);
        let mut known = known.filter(|to| self.nodes[*to].shape == Shape::Flow);
        if let Some(at) = known.find(|to| self.nodes[*to].id == *flow) {
            return at;
        }
        self.nodes.push(Node {
            id: flow.clone(),
            shape: Shape::Flow,
            words: flow.clone(),
            lang: None,
            note: None,
            leads_to: Some(flow.clone()),
            start: false,
            end: false,
        });
        self.nodes.len() - 1
    }
}

/// The field that all rules look at, if it is the same one.
fn asked_field(next: &Next) -> Option<&str> {
    let Next::Rules(rules) = next else {
        return None;
    };
    let mut fields = rules
        .iter()
        .filter_map(|r| r.when.as_ref())
        .map(|when| match when {
            Condition::Compare {
                left: Operand::Field(field),
                ..
            }
            | Condition::In(field, _) => Some(field.as_str()),
            _ => None,
        });
    let first = fields.next()??;
    fields.all(|f| f == Some(first)).then_some(first)
}

/// The first line of a text, or its first sentence if that says something, without markup, not too long.
pub(super) fn shortened(text: &str) -> String {
    let plain = to_plain(text);
    let line = plain.lines().map(str::trim).find(|l| !l.is_empty());
    let line = line.unwrap_or_default();
    let ends = line.match_indices(['?', '!', '.', '؟']);
    let mut ends = ends.map(|(at, end)| at + end.len());
    let sentence = ends.find(|at| *at >= SENTENCE && line[*at..].starts_with(' '));
    cut(sentence.map_or(line, |at| &line[..at]), LONGEST_WORDS)
}

/// A text of at most `longest` characters, cut at a word where there is one.
pub(super) fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let head: String = text.chars().take(longest).collect();
    let at = head.rfind(' ').filter(|at| *at > head.len() / 2);
    let head = at.map_or(&*head, |at| &head[..at]);
    format!("{}…", head.trim_end_matches([',', ';', ':', '–', ' ']))
}
