//! Where a step goes on: `goto`, `next` and its rules.

use super::Ref;
use super::RefKind;
use super::condition::parse_rule;
use super::reader::{At, Entries, Node};
use super::step::StepReader;
use crate::content::diagnostic::{Both, Code, Span};
use crate::content::types::{Ask, AskKind, ChoiceOption, Next, Rule, StepKind};

impl StepReader<'_, '_> {
    /// Reads where the step goes on.
    pub(super) fn next(&mut self, entries: &mut Entries<'_, '_>, kind: Option<&StepKind>) -> Next {
        let goto = entries.take("goto");
        let next = entries.take("next");
        if let (Some(_), Some((span, _))) = (&goto, &next) {
            self.two_ways(span.clone(), "goto", "next");
        }
        let options = match kind {
            Some(StepKind::Ask(Ask {
                kind: AskKind::Choice(options),
                ..
            })) => options.as_slice(),
            _ => &[],
        };
        let way = goto
            .as_ref()
            .or(next.as_ref())
            .map(|(span, _)| span.clone());
        match way {
            Some(span) if !options.is_empty() && options.iter().all(|o| o.target.is_some()) => {
                self.two_ways(
                    span,
                    "options",
                    if goto.is_some() { "goto" } else { "next" },
                );
            }
            None if options.iter().any(|o| o.target.is_none()) => {
                self.options_lead_nowhere(options)
            }
            None if matches!(kind, Some(StepKind::Branch)) => {
                self.r.missing(
                    "next",
                    entries.span.clone(),
                    "next = [\"age < 15 -> too_young\", \"else -> go_on\"]",
                );
            }
            _ => {}
        }
        if let Some((_, node)) = goto {
            return self.target(node).map_or(Next::End, Next::Goto);
        }
        next.map_or(Next::End, |(_, node)| self.rules(node))
    }

    fn two_ways(&mut self, span: Span, first: &str, second: &str) {
        self.r
            .at(
                Code::TwoWaysOn,
                span,
                format!("`{first}` sagt schon, wohin es geht; `{second}` wird nie angesehen"),
                format!("`{first}` already says where it leads; `{second}` is never looked at"),
            )
            .help(
                "Löschen Sie eines von beiden; `options.x = \"next\"` heißt: die Regeln entscheiden",
                "Delete one of the two; `options.x = \"next\"` means: the rules decide",
            );
    }

    fn options_lead_nowhere(&mut self, options: &[ChoiceOption]) {
        let first = self
            .marks
            .options
            .iter()
            .zip(options)
            .find(|(_, o)| o.target.is_none());
        let Some((at, _)) = first else { return };
        let (id, span) = (at.value.clone(), at.span.clone());
        self.r
            .at(
                Code::NoOptions,
                span,
                format!("`{id}` verweist auf `next`, aber der Schritt hat kein `next`"),
                format!("`{id}` points to `next`, but the step has no `next`"),
            )
            .help(
                "Zum Beispiel: next = [\"else -> other_step\"]",
                "For example: next = [\"else -> other_step\"]",
            );
    }

    fn rules(&mut self, node: &Node<'_>) -> Next {
        const EXAMPLE: &str = "next = [\"age < 15 -> too_young\", \"else -> go_on\"]";
        self.marks.next = Some(node.span());
        let mut rules = Vec::new();
        for node in self.r.list(node, EXAMPLE).unwrap_or_default() {
            match self.r.text(node, EXAMPLE).and_then(|text| self.rule(&text)) {
                Some(rule) => {
                    self.marks.rules.push(node.span());
                    rules.push(rule);
                }
                None => self.marks.faulty_rules = true,
            }
        }
        Next::Rules(rules)
    }

    fn rule(&mut self, text: &At<String>) -> Option<Rule> {
        // Positions within the rule are positions in the file only if the quotes hold the text as it is.
        let offset = inner_offset(&self.r.file.text, text);
        let place = |span: Span| match offset {
            Some(offset) => span.start + offset..span.end + offset,
            None => text.span.clone(),
        };
        let parsed = match parse_rule(&text.value) {
            Ok(parsed) => parsed,
            Err(fault) => {
                let Both { de, en } = fault.message;
                self.r
                    .at(Code::BadRule, place(fault.span), de, en)
                    .help_if(fault.help);
                return None;
            }
        };
        for (name, span) in parsed.fields {
            self.refs.push(Ref {
                kind: RefKind::Field,
                name,
                span: place(span),
            });
        }
        for mut comparison in parsed.comparisons {
            comparison.field_span = place(comparison.field_span);
            comparison.op_span = place(comparison.op_span);
            for (_, span) in &mut comparison.literals {
                *span = place(span.clone());
            }
            self.marks.comparisons.push(comparison);
        }
        self.target_ref(&parsed.target, place(parsed.target_span));
        Some(Rule {
            when: parsed.when,
            target: parsed.target,
        })
    }
}

/// Where the text within the quotes begins in the file; `None` if it has escapes.
fn inner_offset(file: &str, text: &At<String>) -> Option<usize> {
    let raw = file.get(text.span.clone())?;
    let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") {
        3
    } else {
        1
    };
    raw.get(quotes..)?
        .starts_with(&text.value)
        .then(|| text.span.start + quotes)
}
