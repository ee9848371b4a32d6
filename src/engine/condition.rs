//! Whether a rule holds.

use super::types::{Env, FlowState};
use crate::content::{Condition, Literal, Op, Operand, SpanFn};
use crate::model::Value;
use jiff::Unit;
use jiff::civil::Date;
use std::cmp::Ordering;

/// Evaluates a condition. Comparisons with what is not known are false, whatever the operator.
pub(super) fn holds(condition: &Condition, state: &FlowState, env: &Env) -> bool {
    match condition {
        Condition::Compare { left, op, right } => match left {
            Operand::Field(field) => state
                .answers
                .get(field)
                .and_then(|v| order(v, right))
                .is_some_and(|o| fits(*op, o)),
            Operand::Span(span, field) => {
                let known = match state.answers.get(field) {
                    Some(Value::Date(date)) => whole(*span, *date, env.now.date()),
                    _ => None,
                };
                known
                    .zip(number(right))
                    .is_some_and(|(n, limit)| fits(*op, n.cmp(&limit)))
            }
        },
        Condition::In(field, literals) => state.answers.get(field).is_some_and(|value| {
            literals
                .iter()
                .any(|l| order(value, l) == Some(Ordering::Equal))
        }),
        Condition::Has(field, option) => match state.answers.get(field) {
            Some(Value::Choices(chosen)) => chosen.contains(option),
            _ => false,
        },
        Condition::Known(field) => state.answers.contains_key(field),
        Condition::Covered(field) => match state.answers.get(field) {
            Some(Value::Place {
                kreis: Some(kreis), ..
            }) => env.covered.contains(kreis),
            _ => false,
        },
        Condition::Not(inner) => !holds(inner, state, env),
        Condition::And(a, b) => holds(a, state, env) && holds(b, state, env),
        Condition::Or(a, b) => holds(a, state, env) || holds(b, state, env),
    }
}

/// How a value stands to a literal; `None` if they are of different kinds.
fn order(value: &Value, literal: &Literal) -> Option<Ordering> {
    match (value, literal) {
        (Value::Choice(word), Literal::Word(other)) => Some(word.cmp(other)),
        (Value::Number(n), Literal::Number(other)) => Some(n.cmp(other)),
        (Value::Flag(flag), Literal::Flag(other)) => Some(flag.cmp(other)),
        _ => None,
    }
}

fn number(literal: &Literal) -> Option<i64> {
    if let Literal::Number(n) = literal {
        Some(*n)
    } else {
        None
    }
}

fn fits(op: Op, order: Ordering) -> bool {
    match op {
        Op::Eq => order.is_eq(),
        Op::Ne => order.is_ne(),
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
    }
}

/// Whole units between a date and today, rounded towards zero; negative when the date lies on the other side.
fn whole(span: SpanFn, date: Date, today: Date) -> Option<i64> {
    let (from, to) = match span {
        SpanFn::DaysSince | SpanFn::WeeksSince | SpanFn::MonthsSince => (date, today),
        SpanFn::DaysUntil | SpanFn::WeeksUntil => (today, date),
    };
    match span {
        SpanFn::MonthsSince => from
            .until((Unit::Month, to))
            .ok()
            .map(|s| i64::from(s.get_months())),
        SpanFn::DaysSince | SpanFn::DaysUntil => days(from, to),
        SpanFn::WeeksSince | SpanFn::WeeksUntil => days(from, to).map(|d| d / 7),
    }
}

fn days(from: Date, to: Date) -> Option<i64> {
    from.until((Unit::Day, to))
        .ok()
        .map(|s| i64::from(s.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use jiff::civil::date;

    fn known(field: &str, value: Value) -> FlowState {
        FlowState {
            answers: [(field.to_owned(), value)].into(),
            ..FlowState::default()
        }
    }

    fn env() -> Env {
        // 2026-11-21 00:30 in Berlin, still the 20th in UTC.
        let now = date(2026, 11, 20).at(23, 30, 0, 0).in_tz("UTC").unwrap();
        Env {
            now: Timestamp(now.timestamp().as_millisecond()),
            covered: std::sync::Arc::new(["06635".into()].into()),
            ..Env::default()
        }
    }

    fn compare(left: Operand, op: Op, right: Literal) -> Condition {
        Condition::Compare { left, op, right }
    }

    #[test]
    fn unknown_fields_fulfil_no_comparison() {
        for op in [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge] {
            let c = compare(Operand::Field("age".into()), op, Literal::Number(3));
            assert!(!holds(&c, &FlowState::default(), &env()), "{op:?}");
            assert!(holds(
                &Condition::Not(Box::new(c)),
                &FlowState::default(),
                &env()
            ));
        }
        let c = Condition::In("age".into(), vec![Literal::Number(3)]);
        assert!(!holds(&c, &FlowState::default(), &env()));
        assert!(!holds(
            &Condition::Known("age".into()),
            &FlowState::default(),
            &env()
        ));
    }

    #[test]
    fn numbers_choices_and_flags_are_compared() {
        let state = known("age", Value::Number(17));
        let age = |op, n| {
            holds(
                &compare(Operand::Field("age".into()), op, Literal::Number(n)),
                &state,
                &env(),
            )
        };
        assert!(
            age(Op::Lt, 18)
                && !age(Op::Lt, 17)
                && age(Op::Le, 17)
                && age(Op::Ge, 17)
                && age(Op::Ne, 1)
        );
        let state = known("paper", Value::Choice("duldung".into()));
        let word = |w: &str| Literal::Word(w.into());
        assert!(holds(
            &compare(Operand::Field("paper".into()), Op::Eq, word("duldung")),
            &state,
            &env()
        ));
        assert!(holds(
            &Condition::In("paper".into(), vec![word("a"), word("duldung")]),
            &state,
            &env()
        ));
        assert!(!holds(
            &compare(Operand::Field("paper".into()), Op::Eq, Literal::Number(1)),
            &state,
            &env()
        ));
        let state = known("priority", Value::Flag(true));
        assert!(holds(
            &compare(
                Operand::Field("priority".into()),
                Op::Eq,
                Literal::Flag(true)
            ),
            &state,
            &env()
        ));
    }

    #[test]
    fn spans_of_time_are_counted_in_berlin() {
        let state = |d| known("letter", Value::Date(d));
        let span = |f, op, n, d| {
            holds(
                &compare(Operand::Span(f, "letter".into()), op, Literal::Number(n)),
                &state(d),
                &env(),
            )
        };
        assert!(span(SpanFn::DaysSince, Op::Eq, 4, date(2026, 11, 17)));
        assert!(span(SpanFn::WeeksSince, Op::Eq, 0, date(2026, 11, 15)));
        assert!(span(SpanFn::WeeksSince, Op::Eq, 1, date(2026, 11, 14)));
        assert!(span(SpanFn::MonthsSince, Op::Eq, 2, date(2026, 8, 22)));
        assert!(span(SpanFn::MonthsSince, Op::Eq, 3, date(2026, 8, 21)));
        assert!(span(SpanFn::DaysUntil, Op::Eq, 35, date(2026, 12, 26)));
        assert!(span(SpanFn::WeeksUntil, Op::Eq, 5, date(2026, 12, 26)));
        assert!(span(SpanFn::DaysUntil, Op::Lt, 0, date(2026, 11, 1)));
        assert!(
            span(SpanFn::WeeksUntil, Op::Eq, 0, date(2026, 11, 18)),
            "towards zero"
        );
    }

    #[test]
    fn coverage_needs_a_kreis() {
        let place = |kreis: Option<&str>| {
            known(
                "plz",
                Value::Place {
                    postcode: "34497".into(),
                    kreis: kreis.map(Into::into),
                },
            )
        };
        let c = Condition::Covered("plz".into());
        assert!(holds(&c, &place(Some("06635")), &env()));
        assert!(!holds(&c, &place(Some("01001")), &env()));
        assert!(!holds(&c, &place(None), &env()));
    }
    /// Evaluates a rule as editors write it.
    fn rule(text: &str, state: &FlowState) -> bool {
        let files = crate::engine::fixture::source().with(
            "flows/danger.toml",
            &format!(
                "start = \"a\"\n[step.a]\nbranch = true\nnext = [\"{text} -> flow:menu\", \"else -> flow:human\"]\n"
            ),
        );
        let mut files = files;
        files.0.retain(|path, _| !path.ends_with("/danger.ftl"));
        let content = crate::engine::fixture::linked(&files);
        match &content.step("danger", "a").unwrap().next {
            crate::content::Next::Rules(rules) => {
                holds(rules[0].when.as_ref().unwrap(), state, &env())
            }
            _ => panic!("no rules"),
        }
    }

    #[test]
    fn options_among_several_are_found() {
        let state = known("topics", Value::Choices(vec!["work".into(), "flat".into()]));
        assert!(rule("topics has work", &state));
        assert!(!rule("topics has school", &state));
        assert!(rule("topics has flat and not topics has school", &state));
        assert!(!rule("topics has work", &FlowState::default()));
        assert!(rule("not topics has work", &FlowState::default()));
        assert!(rule(
            "known(topics)",
            &known("topics", Value::Choices(vec![]))
        ));
    }

    #[test]
    fn and_binds_closer_than_or_and_not_closest() {
        // With a = months known, b = paper is duldung (false), c = priority (false).
        let state = known("months", Value::Number(5));
        assert!(rule(
            "known(months) or paper == duldung and priority == true",
            &state
        ));
        assert!(!rule(
            "(known(months) or paper == duldung) and priority == true",
            &state
        ));
        assert!(!rule("not known(months) or paper == duldung", &state));
        assert!(rule("not (known(months) and paper == duldung)", &state));
        assert!(rule("not not known(months)", &state));
        assert!(rule(
            "paper == duldung and priority == true or known(months)",
            &state
        ));
    }

    #[test]
    fn months_end_where_the_calendar_says() {
        let since = |d: Date| {
            let state = known("letter", Value::Date(d));
            (0..40).find(|n| rule(&format!("months_since(letter) == {n}"), &state))
        };
        assert_eq!(since(date(2026, 10, 22)), Some(0));
        assert_eq!(since(date(2026, 10, 21)), Some(1));
        assert_eq!(since(date(2024, 2, 29)), Some(32));
        assert_eq!(since(date(2025, 11, 21)), Some(12));
        // A date ahead counts backwards, and is no month ago.
        assert!(rule(
            "months_since(letter) < 1",
            &known("letter", Value::Date(date(2027, 1, 1)))
        ));
        assert!(!rule(
            "months_since(letter) >= 0",
            &known("letter", Value::Date(date(2027, 1, 1)))
        ));
    }
}
