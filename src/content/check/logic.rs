//! Rules that can never hold, and rules that the ones before them leave nothing for.
//!
//! The conditions of a step are tried with all answers that could make a difference: each option and each set of options,
//! "not answered", and for numbers and dates the values around those that the rules name. Between two such values nothing
//! changes, so what holds for none of them holds for nothing.

use super::answers::{Accepted, Tried, answers, field};
use crate::content::diagnostic::{Both, Code, Problems, Span};
use crate::content::files::Files;
use crate::content::known::FlowAt;
use crate::content::types::{Condition, Literal, Next, Op, Operand, Rule, SpanFn};
use jiff::Unit;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

/// Rules over more combinations than this are not looked at.
const MOST: usize = 50_000;

/// Days on which dates are tried: months have different lengths, so what is possible differs a little.
const DAYS: [Date; 3] = [date(2026, 3, 15), date(2026, 8, 15), date(2028, 2, 29)];

/// Reports rules that are never taken.
pub(super) fn check(files: &Files, problems: &mut Problems) {
    if files.fields.broken || files.flows.values().any(|f| f.broken) {
        return;
    }
    let accepted = Accepted::by(files);
    for (_, flow) in files.sound_flows() {
        for (id, step) in &flow.parsed.flow.steps {
            let (Next::Rules(rules), Some(marks)) = (&step.next, flow.parsed.marks.get(id)) else {
                continue;
            };
            if marks.faulty_rules || rules.len() != marks.rules.len() {
                continue;
            }
            if let Some(fates) = fates(files, &accepted, rules) {
                // With any answer at all: is it the rule itself, or what the questions take?
                let contradicts = |index: usize| {
                    self::fates(files, &Accepted::default(), rules)
                        .and_then(|all| all.get(index).map(|f| !f.holds))
                        .unwrap_or(false)
                };
                report(flow, rules, &marks.rules, &fates, &contradicts, problems);
            }
        }
    }
}

/// What may become of a rule.
#[derive(Clone, Default)]
struct Fate {
    /// Its condition holds in some case.
    holds: bool,
    /// It is the first to hold in some case.
    taken: bool,
    /// The rules that are taken before it where it would hold.
    before: BTreeSet<usize>,
}

/// The answers to a field that are tried.
type Axis<'c> = (&'c str, Vec<Option<Tried<'c>>>);

/// The answer to each field.
type Case<'c> = BTreeMap<&'c str, Option<Tried<'c>>>;

fn fates(files: &Files, accepted: &Accepted<'_>, rules: &[Rule]) -> Option<Vec<Fate>> {
    let mut fates = vec![Fate::default(); rules.len()];
    let mut parts = Vec::new();
    for rule in rules {
        parts.extend(rule.when.iter().flat_map(leaves));
    }
    let dated = parts.iter().any(|p| {
        matches!(
            p,
            Condition::Compare {
                left: Operand::Span(..),
                ..
            }
        )
    });
    let days = if dated { &DAYS[..] } else { &DAYS[..1] };
    for today in days {
        let mut axes: Vec<Axis<'_>> = Vec::new();
        let fields: BTreeSet<&str> = parts.iter().filter_map(|p| field(p)).collect();
        for name in fields {
            let kind = &files.fields.get(name)?.kind;
            axes.push((name, answers(name, kind, &parts, accepted, *today)?));
        }
        let size = axes
            .iter()
            .try_fold(1usize, |n, (_, values)| n.checked_mul(values.len()))?;
        if size > MOST {
            return None;
        }
        for index in 0..size {
            judge(&case(&axes, index), *today, rules, &mut fates);
        }
    }
    Some(fates)
}

/// The case with a number: each axis is a digit of it.
fn case<'c>(axes: &[Axis<'c>], mut index: usize) -> Case<'c> {
    let mut case = Case::new();
    for (name, values) in axes {
        case.insert(name, values[index % values.len()].clone());
        index /= values.len();
    }
    case
}

fn judge(case: &Case<'_>, today: Date, rules: &[Rule], fates: &mut [Fate]) {
    let mut first = None;
    for (index, rule) in rules.iter().enumerate() {
        let holds = rule.when.as_ref().is_none_or(|w| eval(w, case, today));
        if !holds {
            continue;
        }
        fates[index].holds = true;
        match first {
            None => {
                fates[index].taken = true;
                first = Some(index);
            }
            Some(first) => {
                fates[index].before.insert(first);
            }
        }
    }
}

fn eval(condition: &Condition, case: &Case<'_>, today: Date) -> bool {
    match condition {
        Condition::Not(inner) => !eval(inner, case, today),
        Condition::And(a, b) => eval(a, case, today) && eval(b, case, today),
        Condition::Or(a, b) => eval(a, case, today) || eval(b, case, today),
        Condition::Known(field) => known(case, field).is_some(),
        Condition::In(field, list) => {
            known(case, field).is_some_and(|v| list.iter().any(|l| equal(v, l)))
        }
        Condition::Compare {
            left: Operand::Field(field),
            op,
            right,
        } => known(case, field).is_some_and(|value| compare(value, *op, right)),
        Condition::Compare {
            left: Operand::Span(function, field),
            op,
            right: Literal::Number(n),
        } => match known(case, field) {
            Some(Tried::Date(day)) => ordered(span(*function, *day, today).cmp(n), *op),
            _ => false,
        },
        Condition::Has(field, option) => match known(case, field) {
            Some(Tried::Words(chosen)) => chosen.contains(&option.as_str()),
            _ => false,
        },
        Condition::Covered(field) => known(case, field) == Some(&Tried::Covered),
        // Found by the check of types.
        Condition::Compare {
            left: Operand::Span(..),
            ..
        } => false,
    }
}

fn known<'a, 'c>(case: &'a Case<'c>, name: &str) -> Option<&'a Tried<'c>> {
    case.get(name)?.as_ref()
}

fn equal(value: &Tried<'_>, literal: &Literal) -> bool {
    match (value, literal) {
        (Tried::Word(a), Literal::Word(b)) => *a == b,
        (Tried::Word(a), Literal::Number(n)) => *a == n.to_string(),
        (Tried::Word(a), Literal::Flag(f)) => *a == f.to_string(),
        (Tried::Number(a), Literal::Number(b)) => a == b,
        (Tried::Flag(a), Literal::Flag(b)) => a == b,
        _ => false,
    }
}

fn compare(value: &Tried<'_>, op: Op, right: &Literal) -> bool {
    match (op, value, right) {
        (Op::Eq, ..) => equal(value, right),
        (Op::Ne, ..) => !equal(value, right),
        (_, Tried::Number(a), Literal::Number(b)) => ordered(a.cmp(b), op),
        _ => false,
    }
}

fn ordered(order: std::cmp::Ordering, op: Op) -> bool {
    match op {
        Op::Eq => order.is_eq(),
        Op::Ne => order.is_ne(),
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
    }
}

fn span(function: SpanFn, day: Date, today: Date) -> i64 {
    let (from, to) = match function {
        SpanFn::DaysSince | SpanFn::WeeksSince | SpanFn::MonthsSince => (day, today),
        SpanFn::DaysUntil | SpanFn::WeeksUntil => (today, day),
    };
    let in_unit = |unit| {
        from.until((unit, to)).map_or(0, |s| match unit {
            Unit::Month => i64::from(s.get_months()),
            _ => i64::from(s.get_days()),
        })
    };
    match function {
        SpanFn::DaysSince | SpanFn::DaysUntil => in_unit(Unit::Day),
        SpanFn::WeeksSince | SpanFn::WeeksUntil => in_unit(Unit::Day) / 7,
        SpanFn::MonthsSince => in_unit(Unit::Month),
    }
}

/// The comparisons that a condition is made of.
fn leaves(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::Not(inner) => leaves(inner),
        Condition::And(a, b) | Condition::Or(a, b) => {
            let mut both = leaves(a);
            both.extend(leaves(b));
            both
        }
        leaf => vec![leaf],
    }
}

fn never(flow: &FlowAt, place: &Span, contradicts: bool, problems: &mut Problems) {
    let said = Both::new("diese Regel kann nie zutreffen", "this rule can never hold");
    let noted = problems.at(Code::NeverHolds, &flow.file, place.clone(), said);
    if contradicts {
        noted.help(
            "Ihre Bedingungen schließen einander aus. Meinten Sie `or` statt `and`?",
            "Its conditions exclude each other. Did you mean `or` instead of `and`?",
        );
    } else {
        noted.warning().help(
            "Keine Frage nimmt eine solche Antwort an: Sehen Sie bei `min` und `max` der Frage nach, oder löschen Sie die Regel",
            "No question takes such an answer: look at `min` and `max` of the question, or delete the rule",
        );
    }
}

fn report(
    flow: &FlowAt,
    rules: &[Rule],
    places: &[Span],
    fates: &[Fate],
    contradicts: &dyn Fn(usize) -> bool,
    problems: &mut Problems,
) {
    for (index, fate) in fates.iter().enumerate() {
        // `else` after rules that leave nothing does no harm, and has to be there anyway.
        if fate.taken || rules[index].when.is_none() {
            continue;
        }
        if !fate.holds {
            never(flow, &places[index], contradicts(index), problems);
            continue;
        }
        // Only `else` stands in the way: that is another finding.
        if fate.before.iter().any(|b| rules[*b].when.is_none()) {
            continue;
        }
        let numbers: Vec<String> = fate.before.iter().map(|b| (b + 1).to_string()).collect();
        let (list_de, list_en) = (numbers.join(" und "), numbers.join(" and "));
        let said = Both::new(
            format!(
                "diese Regel kommt nie an die Reihe; vorher greift immer schon Regel {list_de}"
            ),
            format!("this rule never has its turn; rule {list_en} always comes first"),
        );
        problems
            .at(Code::NeverTaken, &flow.file, places[index].clone(), said)
            .help(
                "Stellen Sie die engere Regel nach oben, oder löschen Sie diese",
                "Put the narrower rule further up, or delete this one",
            );
    }
}

#[cfg(test)]
mod tests {
    use crate::content::check::example::folder;
    use crate::content::{Code, Severity, load};
    use std::sync::Arc;

    /// Which of these rules are found faulty, and how.
    fn found(rules: &[&str]) -> Vec<(Code, usize)> {
        let list: Vec<String> = rules.iter().map(|r| format!("  \"{r} -> b\",\n")).collect();
        let x = format!(
            "start = \"a\"\n[step.a]\nbranch = true\nnext = [\n{}  \"else -> b\",\n]\n\
             [step.b]\nask = \"date\"\nsave = \"arrival\"\n",
            list.concat()
        );
        let source = folder().with("flows/x.toml", &x);
        let found = load(&source, Arc::default()).diagnostics;
        let codes = [Code::NeverHolds, Code::NeverTaken];
        found
            .iter()
            .filter(|d| codes.contains(&d.code))
            .map(|d| (d.code, d.line - 4))
            .collect()
    }

    #[test]
    fn a_rule_that_contradicts_itself_is_found() {
        for never in [
            "paper == duldung and paper == gestattung",
            "age < 3 and age > 5",
            "age < 3 and not known(age)",
            "age > 2 and age < 3",
            // The question takes 0 to 120.
            "age < 0",
            "age > 120",
            "days_since(arrival) < 3 and days_since(arrival) > 10",
            "months_since(arrival) > 3 and days_since(arrival) < 80",
            "weeks_until(arrival) >= 2 and days_until(arrival) < 14",
            "not (paper == duldung or paper != duldung or not known(paper))",
        ] {
            assert_eq!(found(&[never]), [(Code::NeverHolds, 1)], "{never}");
        }
        for may in [
            "paper == duldung and age > 5",
            "age < 1 or age > 119",
            "not known(age) and not known(paper)",
            "days_since(arrival) > 29 and months_since(arrival) < 1",
            "months_since(arrival) >= 3 and days_since(arrival) < 93",
            "weeks_since(arrival) == 2 and days_since(arrival) == 20",
            "days_until(arrival) < -5 and days_since(arrival) > 5",
            "paper != duldung and paper != gestattung or known(age)",
        ] {
            assert_eq!(found(&[may]), [], "{may}");
        }
    }

    /// The same about a field of several options, three of which a question takes, two at most.
    fn found_of_several(rules: &[&str]) -> Vec<(Code, usize, Severity)> {
        let list: Vec<String> = rules.iter().map(|r| format!("  \"{r} -> b\",\n")).collect();
        let x = format!(
            "start = \"a\"\n[step.a]\nbranch = true\nnext = [\n{}  \"else -> b\",\n]\n\
             [step.b]\nask = \"choices\"\nsave = \"needs\"\noptions = [\"work\", \"school\", \"doctor\"]\n\
             min = 1\nmax = 2\n",
            list.concat()
        );
        let needs = "\n[field.needs]\ntype = \"choices\"\nvalues = [\"work\", \"school\", \"doctor\", \"other\"]\n\
                     [field.town]\ntype = \"postcode\"\n";
        let mut source = folder().with("flows/x.toml", &x);
        source
            .0
            .get_mut("flows/fields.toml")
            .unwrap()
            .push_str(needs);
        let found = load(&source, Arc::default()).diagnostics;
        let codes = [Code::NeverHolds, Code::NeverTaken];
        found
            .iter()
            .filter(|d| codes.contains(&d.code))
            .map(|d| (d.code, d.line - 4, d.severity))
            .collect()
    }

    #[test]
    fn options_that_are_chosen_together_are_tried_together() {
        use Severity::{Error, Warning};
        let never = |n, severity| vec![(Code::NeverHolds, n, severity)];
        let taken = |n| vec![(Code::NeverTaken, n, Code::NeverTaken.severity())];
        for (rules, expected) in [
            (
                &["needs has work and not needs has work"][..],
                never(1, Error),
            ),
            (&["needs has work and not known(needs)"], never(1, Error)),
            // The question takes two, and `other` is none of its options.
            (
                &["needs has work and needs has school and needs has doctor"],
                never(1, Warning),
            ),
            (&["needs has other"], never(1, Warning)),
            (&["covered(town) and not known(town)"], never(1, Error)),
            (&["known(needs)", "needs has work"], taken(2)),
            (
                &["needs has work", "needs has work and needs has school"],
                taken(2),
            ),
            (
                &[
                    "not known(needs)",
                    "needs has work",
                    "not needs has work",
                    "age < 3",
                ],
                taken(4),
            ),
            (&["known(town)", "covered(town)"], taken(2)),
            (&["needs has work and needs has school"], Vec::new()),
            // Somebody may leave before the second pick, or take all of them back.
            (
                &[
                    "known(needs) and not needs has work and not needs has school and not needs has doctor",
                ],
                Vec::new(),
            ),
            (
                &["needs has work and needs has school", "needs has work"],
                Vec::new(),
            ),
            (
                &["not covered(town) and known(town)", "covered(town)"],
                Vec::new(),
            ),
        ] {
            assert_eq!(found_of_several(rules), expected, "{rules:?}");
        }
    }

    #[test]
    fn a_rule_that_only_the_questions_forbid_is_a_warning() {
        let severity = |rule: &str| {
            let x = format!(
                "start = \"a\"\n[step.a]\nbranch = true\nnext = [\"{rule} -> flow:menu\", \"else -> flow:menu\"]\n"
            );
            let loaded = load(&folder().with("flows/x.toml", &x), Arc::default());
            let found = loaded
                .diagnostics
                .into_iter()
                .find(|d| d.code == Code::NeverHolds);
            (found.unwrap().severity, loaded.content.is_some())
        };
        assert_eq!(severity("age > 120"), (Severity::Warning, true));
        assert_eq!(severity("age > 120 and age < 3"), (Severity::Error, false));
    }

    #[test]
    fn a_rule_that_earlier_ones_cover_is_found() {
        let taken = |n| (Code::NeverTaken, n);
        assert_eq!(found(&["age < 18", "age < 15"]), [taken(2)]);
        assert_eq!(found(&["age < 15", "age < 18"]), []);
        assert_eq!(found(&["age < 15", "age >= 15", "age == 20"]), [taken(3)]);
        assert_eq!(
            found(&[
                "paper == duldung",
                "paper in [duldung, gestattung]",
                "known(paper)"
            ]),
            [taken(3)]
        );
        assert_eq!(
            found(&["known(age)", "not known(age)", "paper == duldung"]),
            [taken(3)]
        );
        assert_eq!(
            found(&["weeks_since(arrival) < 2", "days_since(arrival) <= 13"]),
            [taken(2)]
        );
        assert_eq!(
            found(&["weeks_since(arrival) < 2", "days_since(arrival) <= 14"]),
            []
        );
    }
}
