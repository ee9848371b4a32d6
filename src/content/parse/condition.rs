//! The small language of rules: `months_in_germany < 3 and residence_status in [duldung, gestattung] -> waiting`.

use super::token::{RuleFault, Token, fault, tokens};
use crate::content::diagnostic::Span;
use crate::content::near::{did_you_mean, nearest};
use crate::content::types::{Condition, Literal, Op, Operand, SpanFn, Target};

/// How deeply parentheses and `not` may be nested. Keeps the parser, and whoever reads a rule, from getting lost.
const MAX_DEPTH: usize = 32;

/// A rule, and where in its text the parts stand.
#[derive(Debug, PartialEq)]
pub(in crate::content) struct ParsedRule {
    /// `None`: `else`.
    pub when: Option<Condition>,
    pub target: Target,
    pub target_span: Span,
    /// Fields that are named.
    pub fields: Vec<(String, Span)>,
    /// For the check of types.
    pub comparisons: Vec<Comparison>,
}

/// A comparison or a function call, with positions.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) struct Comparison {
    pub what: Compared,
    pub field: String,
    pub field_span: Span,
    pub literals: Vec<(Literal, Span)>,
    pub op_span: Span,
}

/// What a condition does with a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::content) enum Compared {
    Value(Op),
    In,
    Has,
    Days(Op),
    Covered,
    Known,
}

/// What people write for `else`.
const OTHERWISE: &[&str] = &[
    "else",
    "sonst",
    "otherwise",
    "default",
    "ansonsten",
    "alle",
    "always",
];

/// Reads one line of `next`. Positions count bytes of `text`.
pub(in crate::content) fn parse_rule(text: &str) -> Result<ParsedRule, RuleFault> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        end: text.len(),
        fields: Vec::new(),
        comparisons: Vec::new(),
    };
    if let Some((Token::Word(word), span)) = parser.tokens.first()
        && OTHERWISE.contains(&word.to_lowercase().as_str())
        && word != "else"
        && matches!(parser.tokens.get(1), Some((Token::Arrow, _)))
    {
        return Err(fault(
            span.clone(),
            format!("schreiben Sie `else` statt `{word}`"),
            format!("write `else` instead of `{word}`"),
        ));
    }
    let when = if parser.take_word("else") {
        None
    } else {
        Some(parser.or(0)?)
    };
    parser.expect_arrow(text)?;
    let (target, target_span) = parser.target(text)?;
    Ok(ParsedRule {
        when,
        target,
        target_span,
        fields: parser.fields,
        comparisons: parser.comparisons,
    })
}

/// Reads a target: `step` or `flow:id`.
pub(in crate::content) fn parse_target(text: &str) -> Target {
    match text.strip_prefix("flow:") {
        Some(flow) => Target::Flow(flow.trim().to_owned()),
        None => Target::Step(text.to_owned()),
    }
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    end: usize,
    fields: Vec<(String, Span)>,
    comparisons: Vec<Comparison>,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(t, _)| t)
    }

    /// Where the next token stands; the end of the rule if there is none.
    fn span(&self) -> Span {
        self.tokens
            .get(self.at)
            .map_or(self.end..self.end, |(_, s)| s.clone())
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(w)) if w == word);
        self.at += usize::from(found);
        found
    }

    fn or(&mut self, depth: usize) -> Result<Condition, RuleFault> {
        let mut left = self.and(depth)?;
        while self.take_word("or") {
            left = Condition::Or(Box::new(left), Box::new(self.and(depth)?));
        }
        Ok(left)
    }

    fn and(&mut self, depth: usize) -> Result<Condition, RuleFault> {
        let mut left = self.not(depth)?;
        while self.take_word("and") {
            left = Condition::And(Box::new(left), Box::new(self.not(depth)?));
        }
        Ok(left)
    }

    fn not(&mut self, depth: usize) -> Result<Condition, RuleFault> {
        if depth > MAX_DEPTH || self.fields.len() > MAX_DEPTH * 4 {
            return Err(fault(
                self.span(),
                "diese Regel ist zu verschachtelt",
                "this rule is nested too deeply",
            ));
        }
        if self.take_word("not") {
            return Ok(Condition::Not(Box::new(self.not(depth + 1)?)));
        }
        if self.take(&Token::Open) {
            let inner = self.or(depth + 1)?;
            self.close()?;
            return Ok(inner);
        }
        self.comparison()
    }

    fn close(&mut self) -> Result<(), RuleFault> {
        if self.take(&Token::Close) {
            return Ok(());
        }
        Err(fault(self.span(), "hier fehlt `)`", "`)` is missing here"))
    }

    fn comparison(&mut self) -> Result<Condition, RuleFault> {
        let (name, name_span) = self.field_or_function()?;
        if self.peek() == Some(&Token::Open) {
            return self.function(&name, name_span);
        }
        self.fields.push((name.clone(), name_span.clone()));
        let op_span = self.span();
        if self.take_word("in") {
            let literals = self.literal_list()?;
            let values = literals.iter().map(|(l, _)| l.clone()).collect();
            self.note(Compared::In, &name, name_span, literals, op_span);
            return Ok(Condition::In(name, values));
        }
        if self.take_word("has") {
            return self.has(name, name_span, op_span);
        }
        let op = self.op()?;
        let literal = self.literal()?;
        let right = literal.0.clone();
        self.note(
            Compared::Value(op),
            &name,
            name_span,
            vec![literal],
            op_span,
        );
        Ok(Condition::Compare {
            left: Operand::Field(name),
            op,
            right,
        })
    }

    /// `topics_wanted has work`
    fn has(
        &mut self,
        name: String,
        name_span: Span,
        op_span: Span,
    ) -> Result<Condition, RuleFault> {
        let literal = self.literal()?;
        let option = match &literal.0 {
            Literal::Word(word) => word.clone(),
            Literal::Number(n) => n.to_string(),
            Literal::Flag(flag) => flag.to_string(),
        };
        self.note(Compared::Has, &name, name_span, vec![literal], op_span);
        Ok(Condition::Has(name, option))
    }

    fn function(&mut self, name: &str, name_span: Span) -> Result<Condition, RuleFault> {
        const FUNCTIONS: &[&str] = &[
            "known",
            "covered",
            "days_since",
            "weeks_since",
            "months_since",
            "days_until",
            "weeks_until",
        ];
        let days = match name {
            "known" | "covered" => None,
            "days_since" => Some(SpanFn::DaysSince),
            "weeks_since" => Some(SpanFn::WeeksSince),
            "months_since" => Some(SpanFn::MonthsSince),
            "days_until" => Some(SpanFn::DaysUntil),
            "weeks_until" => Some(SpanFn::WeeksUntil),
            _ => {
                let mut unknown = fault(
                    name_span,
                    format!("`{name}(…)` gibt es nicht"),
                    format!("there is no `{name}(…)`"),
                );
                unknown.help = did_you_mean(name, FUNCTIONS.iter().copied());
                return Err(unknown);
            }
        };
        self.take(&Token::Open);
        let (field, span) = self.field_or_function()?;
        self.fields.push((field.clone(), span.clone()));
        self.close()?;
        let Some(function) = days else {
            let (what, condition) = if name == "known" {
                (Compared::Known, Condition::Known(field.clone()))
            } else {
                (Compared::Covered, Condition::Covered(field.clone()))
            };
            self.note(what, &field, span, Vec::new(), name_span);
            return Ok(condition);
        };
        let op_span = self.span();
        let op = self.op()?;
        let literal = self.literal()?;
        let right = literal.0.clone();
        self.note(Compared::Days(op), &field, span, vec![literal], op_span);
        Ok(Condition::Compare {
            left: Operand::Span(function, field),
            op,
            right,
        })
    }

    fn note(
        &mut self,
        what: Compared,
        field: &str,
        field_span: Span,
        literals: Vec<(Literal, Span)>,
        op_span: Span,
    ) {
        self.comparisons.push(Comparison {
            what,
            field: field.to_owned(),
            field_span,
            literals,
            op_span,
        });
    }

    fn field_or_function(&mut self) -> Result<(String, Span), RuleFault> {
        let span = self.span();
        match self.peek().cloned() {
            Some(Token::Word(word))
                if !["and", "or", "in", "has", "else"].contains(&word.as_str()) =>
            {
                self.at += 1;
                Ok((word, span))
            }
            _ => Err(fault(
                span,
                "hier fehlt der Name eines Feldes",
                "the name of a field is missing here",
            )
            .help(
                "Zum Beispiel: age < 15 -> too_young",
                "For example: age < 15 -> too_young",
            )),
        }
    }

    fn op(&mut self) -> Result<Op, RuleFault> {
        let span = self.span();
        if let Some(Token::Op(op)) = self.peek().cloned() {
            self.at += 1;
            return Ok(op);
        }
        Err(fault(
            span,
            "hier fehlt ein Vergleich",
            "a comparison is missing here",
        )
        .help(
            "Möglich sind: == != < <= > >= in has",
            "Possible are: == != < <= > >= in has",
        ))
    }

    fn literal(&mut self) -> Result<(Literal, Span), RuleFault> {
        let span = self.span();
        let literal = match self.peek().cloned() {
            Some(Token::Number(n)) => Literal::Number(n),
            Some(Token::Word(w)) if w == "true" || w == "false" => Literal::Flag(w == "true"),
            Some(Token::Word(w)) if !["and", "or", "not", "else"].contains(&w.as_str()) => {
                Literal::Word(w)
            }
            _ => {
                return Err(
                    fault(span, "hier fehlt ein Wert", "a value is missing here").help(
                        "Zum Beispiel: age < 15 -> too_young",
                        "For example: age < 15 -> too_young",
                    ),
                );
            }
        };
        self.at += 1;
        Ok((literal, span))
    }

    fn literal_list(&mut self) -> Result<Vec<(Literal, Span)>, RuleFault> {
        if !self.take(&Token::ListOpen) {
            return Err(fault(
                self.span(),
                "nach `in` fehlt `[`",
                "`[` is missing after `in`",
            )
            .help(
                "Zum Beispiel: status in [duldung, gestattung]",
                "For example: status in [duldung, gestattung]",
            ));
        }
        let mut list = vec![self.literal()?];
        while self.take(&Token::Comma) {
            if self.peek() == Some(&Token::ListClose) {
                break;
            }
            list.push(self.literal()?);
        }
        if self.take(&Token::ListClose) {
            return Ok(list);
        }
        Err(fault(
            self.span(),
            "hier fehlt `,` oder `]`",
            "`,` or `]` is missing here",
        ))
    }

    fn expect_arrow(&mut self, text: &str) -> Result<(), RuleFault> {
        if self.take(&Token::Arrow) {
            return Ok(());
        }
        let found = fault(
            self.span(),
            "setzen Sie hier den Pfeil `->` vor das Ziel",
            "put the arrow `->` here, before the target",
        );
        if let Some(Token::Word(word)) = self.peek()
            && text.contains("->")
        {
            let meant = nearest(word, ["and", "or", "in", "has", "not"]);
            return Err(match meant {
                Some(meant) => fault(
                    self.span(),
                    format!("schreiben Sie `{meant}` statt `{word}`"),
                    format!("write `{meant}` instead of `{word}`"),
                ),
                None => fault(
                    self.span(),
                    "verbinden Sie zwei Bedingungen mit `and` oder `or`",
                    "connect two conditions with `and` or `or`",
                ),
            });
        }
        Err(found.help(
            "Eine Regel hat die Form: Bedingung -> Ziel",
            "A rule has the form: condition -> target",
        ))
    }

    fn target(&mut self, text: &str) -> Result<(Target, Span), RuleFault> {
        let span = self.span();
        let rest = &text[span.start..];
        let target = rest.trim_end();
        if target.is_empty() {
            return Err(fault(
                span,
                "hinter `->` fehlt das Ziel",
                "the target is missing after `->`",
            )
            .help(
                "Ein Ziel ist ein Schritt oder flow:name",
                "A target is a step or flow:name",
            ));
        }
        if let Some(space) = target.find(char::is_whitespace) {
            let from = span.start + space;
            return Err(fault(
                from..span.start + target.len(),
                "hinter dem Ziel steht noch etwas",
                "there is something after the target",
            )
            .help(
                "Jede Regel steht in eigenen Anführungszeichen",
                "Each rule stands in its own quotes",
            ));
        }
        Ok((parse_target(target), span.start..span.start + target.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when(text: &str) -> Condition {
        parse_rule(&format!("{text} -> x")).unwrap().when.unwrap()
    }

    fn known(field: &str) -> Box<Condition> {
        Box::new(Condition::Known(field.into()))
    }

    /// The rule with a line of carets under the fault, the message and the help.
    fn shown(text: &str) -> String {
        let fault = parse_rule(text).unwrap_err();
        let before = text[..fault.span.start].chars().count();
        let carets = text[fault.span].chars().count().max(1);
        let help = fault
            .help
            .map(|h| format!(" ({})", h.en))
            .unwrap_or_default();
        format!(
            "{text}\n{}{} {}{help}",
            " ".repeat(before),
            "^".repeat(carets),
            fault.message.en
        )
    }

    #[test]
    fn not_binds_closest_then_and_then_or() {
        let expected = Condition::Or(
            known("a"),
            Box::new(Condition::And(
                known("b"),
                Box::new(Condition::Not(known("c"))),
            )),
        );
        assert_eq!(when("known(a) or known(b) and not known(c)"), expected);
        let expected = Condition::And(Box::new(Condition::Or(known("a"), known("b"))), known("c"));
        assert_eq!(when("(known(a) or known(b)) and known(c)"), expected);
    }

    #[test]
    fn all_comparisons_are_read() {
        assert_eq!(
            when("months_since(arrival) >= -3"),
            Condition::Compare {
                left: Operand::Span(SpanFn::MonthsSince, "arrival".into()),
                op: Op::Ge,
                right: Literal::Number(-3),
            }
        );
        assert_eq!(
            when("status in [duldung, true, 3]"),
            Condition::In(
                "status".into(),
                vec![
                    Literal::Word("duldung".into()),
                    Literal::Flag(true),
                    Literal::Number(3)
                ]
            )
        );
        assert_eq!(
            when("wanted has work or not wanted has 2"),
            Condition::Or(
                Box::new(Condition::Has("wanted".into(), "work".into())),
                Box::new(Condition::Not(Box::new(Condition::Has(
                    "wanted".into(),
                    "2".into()
                ))))
            )
        );
        assert_eq!(when("covered(plz)"), Condition::Covered("plz".into()));
        let rule = parse_rule("else -> flow:common/offer_human").unwrap();
        assert_eq!(
            (rule.when, rule.target),
            (None, Target::Flow("common/offer_human".into()))
        );
        assert_eq!(rule.target_span, 8..31);
    }

    #[test]
    fn faults_are_shown_at_the_exact_place() {
        let faults = [
            "age = 3 -> x",
            "age < 3 => x",
            "age < 3 x",
            "age -> x",
            "age < -> x",
            "age < 3.5 -> x",
            "status == \"duldung\" -> x",
            "status == duldung adn known(a) -> x",
            "status in duldung -> x",
            "status in [a b] -> x",
            "(known(a) -> x",
            "month_since(a) < 3 -> x",
            "else ->",
            "else -> x y",
            "else -> a, else -> b",
            "",
            "größe < 3 && known(a) -> x",
        ];
        insta::assert_snapshot!(faults.map(shown).join("\n"), @r##"
age = 3 -> x
    ^ write `==` instead of `=`
age < 3 => x
        ^^ write `->` instead of `=>`
age < 3 x
        ^ put the arrow `->` here, before the target (A rule has the form: condition -> target)
age -> x
    ^^ a comparison is missing here (Possible are: == != < <= > >= in has)
age < -> x
      ^^ a value is missing here (For example: age < 15 -> too_young)
age < 3.5 -> x
       ^ `.` means nothing in a rule (Only whole numbers are possible)
status == "duldung" -> x
          ^ leave out the quotes within the rule (Values and `else` stand without: residence_status == duldung -> step)
status == duldung adn known(a) -> x
                  ^^^ write `and` instead of `adn`
status in duldung -> x
          ^^^^^^^ `[` is missing after `in` (For example: status in [duldung, gestattung])
status in [a b] -> x
             ^ `,` or `]` is missing here
(known(a) -> x
          ^^ `)` is missing here
month_since(a) < 3 -> x
^^^^^^^^^^^ there is no `month_since(…)` (Did you mean `months_since`?)
else ->
       ^ the target is missing after `->` (A target is a step or flow:name)
else -> x y
         ^^ there is something after the target (Each rule stands in its own quotes)
else -> a, else -> b
          ^^^^^^^^^^ there is something after the target (Each rule stands in its own quotes)

^ the name of a field is missing here (For example: age < 15 -> too_young)
größe < 3 && known(a) -> x
          ^^ write `and` instead of `&&`
"##);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = format!("{}known(a){} -> x", "(".repeat(5000), ")".repeat(5000));
        assert_eq!(
            parse_rule(&text).unwrap_err().message.en,
            "this rule is nested too deeply"
        );
    }

    proptest! {
        #[test]
        fn no_rule_panics_and_faults_lie_on_character_borders(text in r#"([a-zäß_]{1,3}|[0-9]{1,3}|->|==|[<>()\[\],:/ ="'!→\u{0}]| and | or | not | in |else|known\(){0,12}"#) {
            if let Err(fault) = parse_rule(&text) {
                prop_assert!(text.get(fault.span).is_some());
            }
        }
    }
}
