//! `remind` and `refer`: what is said later, and who else helps.

use super::RefKind;
use super::reader::{At, Entries, Node};
use super::step::StepReader;
use crate::content::diagnostic::{Code, Span};
use crate::content::types::{FieldKind, Refer, Remind, Target};
use crate::model::{Lapse, LapseUnit};

/// The longest time after which somebody is reminded: two years.
const MAX_DAYS: u32 = 731;

/// The most services that one step names. More than that nobody reads.
const MAX_SERVICES: i64 = 10;

const REMIND: &str = "remind = { after = \"14d\", goto = \"months\" }";
const BEFORE: &str =
    "remind = { field = \"permit_until\", before = \"14d\", goto = \"flow:human\" }";
const REFER: &str =
    "refer = { topic = \"work\", place = \"postcode\", most = 3, else = \"flow:human\" }";

impl StepReader<'_, '_> {
    /// `remind = { after = "14d", goto = "months" }`
    pub(super) fn remind(&mut self, node: &Node<'_>, span: Span) -> Option<Remind> {
        let mut entries = self.r.table(node, span, REMIND)?;
        let target = self.needed_target(&mut entries, "goto", REMIND);
        let field = entries
            .take("field")
            .and_then(|(_, n)| self.r.text(n, BEFORE));
        let field = field.map(|f| self.typed(f, FieldKind::Date));
        let (after, before) = (entries.take("after"), entries.take("before"));
        let span = match (after, before) {
            (Some((_, node)), None) => self.lapse(node).map(|l| (l, false)),
            (None, Some((_, node))) if field.is_some() => self.lapse(node).map(|l| (l, true)),
            (None, Some((span, _))) => {
                self.r
                    .at(
                        Code::BadLapse,
                        span,
                        "`before` braucht ein Datum, vor dem erinnert wird",
                        "`before` needs a date to remind of",
                    )
                    .help(
                        format!("Schreiben Sie zum Beispiel: {BEFORE}"),
                        format!("Write for example: {BEFORE}"),
                    );
                None
            }
            (Some(_), Some((span, _))) => {
                self.r
                    .at(
                        Code::BadLapse,
                        span,
                        "entweder `after` oder `before`, nicht beides",
                        "either `after` or `before`, not both",
                    )
                    .help(
                        "Machen Sie zwei Schritte daraus, jeden mit einer Erinnerung",
                        "Make two steps of it, each with one reminder",
                    );
                None
            }
            (None, None) => {
                self.r.missing("after", entries.span.clone(), REMIND);
                None
            }
        };
        self.r
            .no_more(entries, &["after", "before", "field", "goto"]);
        let (span, before) = span?;
        Some(Remind {
            field,
            before,
            span,
            target: target?,
        })
    }

    /// `refer = { topic = "work", place = "postcode", most = 3, else = "flow:human" }`
    pub(super) fn refer(&mut self, node: &Node<'_>, span: Span) -> Option<Refer> {
        let mut entries = self.r.table(node, span, REFER)?;
        let topic = match entries.take("topic") {
            Some((_, node)) => self.r.text(node, REFER),
            None => {
                self.r.missing("topic", entries.span.clone(), REFER);
                None
            }
        };
        self.marks.topic.clone_from(&topic);
        let topic = topic.map(|t| self.reference(RefKind::Topic, t));
        let place = entries
            .take("place")
            .and_then(|(_, n)| self.r.text(n, REFER));
        let place = place.map(|f| self.typed(f, FieldKind::Postcode));
        let most = match entries.take("most") {
            Some((_, node)) => self.most(node),
            None => Some(3),
        };
        let otherwise = self.needed_target(&mut entries, "else", REFER);
        self.r.no_more(entries, &["topic", "place", "most", "else"]);
        Some(Refer {
            topic: topic?,
            place,
            most: most?,
            otherwise: otherwise?,
        })
    }

    fn needed_target(
        &mut self,
        entries: &mut Entries<'_, '_>,
        key: &str,
        example: &str,
    ) -> Option<Target> {
        let Some((_, node)) = entries.take(key) else {
            self.r.missing(key, entries.span.clone(), example);
            return None;
        };
        self.target(node)
    }

    /// A field that must be of this kind.
    fn typed(&mut self, field: At<String>, kind: FieldKind) -> String {
        self.marks.typed.push((field.clone(), kind));
        self.reference(RefKind::Field, field)
    }

    fn most(&mut self, node: &Node<'_>) -> Option<usize> {
        let number = self.r.number(node, REFER)?;
        let fits = (1..=MAX_SERVICES).contains(&number.value);
        if !fits {
            self.r.at(
                Code::BadRange,
                number.span,
                format!("hier geht eine Zahl von 1 bis {MAX_SERVICES}"),
                format!("a number from 1 to {MAX_SERVICES} is possible here"),
            );
        }
        usize::try_from(number.value).ok().filter(|_| fits)
    }

    /// `14d`, `2w`, `3m`
    fn lapse(&mut self, node: &Node<'_>) -> Option<Lapse> {
        let text = self.r.text(node, REMIND)?;
        let lapse = Lapse::parse(&text.value).filter(|l| l.unit != LapseUnit::Hours);
        let fits = lapse.filter(|l| (1..=MAX_DAYS).contains(&l.days_at_most()));
        if fits.is_none() {
            let written = &text.value;
            let (de, en) = match lapse {
                Some(_) => (
                    "erinnert wird frühestens am nächsten Tag und spätestens nach zwei Jahren"
                        .to_owned(),
                    "reminders come on the next day at the earliest and within two years"
                        .to_owned(),
                ),
                None => (
                    format!("`{written}` ist keine Dauer"),
                    format!("`{written}` is no length of time"),
                ),
            };
            self.r.at(Code::BadLapse, text.span, de, en).help(
                "Eine Zahl und ein Buchstabe: \"14d\" sind 14 Tage, \"2w\" 2 Wochen, \"3m\" 3 Monate",
                "A number and a letter: \"14d\" is 14 days, \"2w\" 2 weeks, \"3m\" 3 months",
            );
        }
        fits
    }
}
