//! Content as the engine sees it: checked, linked, immutable.
//!
//! A `Content` that exists is sound: every target, field, fact, reason and topic it names is there.
//! The parser (`content::load`) does not make one from files that have errors.

use super::command::Command;
use super::detect::Detect;
use super::places::Places;
use super::words::Words;
use crate::model::{AttachmentKind, FieldId, Lang, Lapse, Level};
use crate::text::TimeUnit;
use indexmap::IndexMap;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Flows, words and facts of one moment.
#[derive(Clone, Debug)]
pub struct Content {
    /// SHA-256 over all files, hexadecimal, first 16 digits. Stored with every message that it answered.
    pub hash: String,
    /// `flows/settings.toml`.
    pub settings: Settings,
    /// All flows by id.
    pub flows: BTreeMap<String, Flow>,
    /// `flows/fields.toml`.
    pub fields: BTreeMap<FieldId, Field>,
    /// `flows/topics.toml`.
    pub topics: Vec<String>,
    /// `flows/reasons.toml`.
    pub reasons: BTreeMap<String, Reason>,
    /// `flows/facts.toml`.
    pub facts: BTreeMap<String, Fact>,
    /// `flows/services.toml`, in the order of the file.
    pub services: Vec<Service>,
    /// `flows/detect/`; shared with whoever learns from it.
    pub detect: Arc<Detect>,
    /// All texts in all languages.
    pub words: Words,
    /// Postcodes and Kreise; shared between versions of the content.
    pub places: Arc<Places>,
}

/// What holds for all flows.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Languages on offer, in the order of their buttons.
    pub languages: Vec<Language>,
    /// The language that the others are translated from.
    pub source: Lang,
    /// Shown to somebody whose device speaks no language on offer.
    pub fallback_language: Lang,
    /// The flow that a first message starts.
    pub start: String,
    /// Days after which a review or a fact is called old.
    pub max_age_days: i64,
    /// Where the global commands lead (`human` → flow id). Those that are built in have no entry.
    pub commands: BTreeMap<Command, String>,
}

/// A language on offer.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its tag.
    pub lang: Lang,
    /// Its own name for itself.
    pub name: String,
    /// Who answers for the texts.
    pub review: Review,
}

/// Who answers for the texts of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// It is the language that editors write in.
    Source,
    /// Translated by a machine, not yet checked. The person is told.
    Machine,
    /// Checked by a named person on a day.
    Reviewed {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
}

/// One flow.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Its file's name without `.toml`; may have one folder (`common/offer_human`).
    pub id: String,
    /// The first step.
    pub start: String,
    /// Desk topic of hand-offs from here.
    pub topic: Option<String>,
    /// Date of the last editorial review.
    pub reviewed: Option<Date>,
    /// Steps by id, in the order of the file.
    pub steps: IndexMap<String, Step>,
    /// Old step → new step, for people in mid-flow.
    pub moved: BTreeMap<String, String>,
}

/// One step of a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its id, unique in the flow. Its words have the same id.
    pub id: String,
    /// What it does.
    pub kind: StepKind,
    /// Where it goes on.
    pub next: Next,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// Asks and waits.
    Ask(Ask),
    /// Says something.
    Say {
        /// The facts that the text states.
        facts: Vec<String>,
        /// Taken instead when one of them is open, stale or not valid today.
        unverified: Option<Target>,
        /// What the person is offered to be reminded of.
        remind: Option<Remind>,
    },
    /// Names services out of the directory.
    Refer(Refer),
    /// Runs another flow, then goes on.
    Call(String),
    /// Offers to pass the person on to a counsellor.
    Handoff(Handoff),
    /// Sets fields.
    Set(Vec<(FieldId, crate::model::Value)>),
    /// A built-in action.
    Do(Action),
    /// Only rules.
    Branch,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// What kind of answer fits.
    pub kind: AskKind,
    /// Where the answer is kept.
    pub save: Option<FieldId>,
    /// What happens after wrong answers; `None`: asked again without end.
    pub retry: Option<Retry>,
    /// The unit of time that a number counts; `None`: the first that the question's text names.
    pub unit: Option<TimeUnit>,
}

/// Kinds of question.
#[derive(Clone, Debug, PartialEq)]
pub enum AskKind {
    /// One of several options.
    Choice(Vec<ChoiceOption>),
    /// Several of several options.
    Choices {
        /// Their ids, in the order of the buttons: what is saved, and the names of the labels.
        options: Vec<String>,
        /// The fewest that fit; 0: none of them is an answer too.
        min: usize,
        /// The most that fit.
        max: usize,
    },
    /// A whole number.
    Number {
        /// The smallest that fits.
        min: Option<i64>,
        /// The largest that fits.
        max: Option<i64>,
    },
    /// A calendar date.
    Date,
    /// A German postcode.
    Postcode,
    /// Free text.
    Text,
    /// An e-mail address or a phone number.
    Contact,
    /// Photos or files, to be passed on.
    Media {
        /// What fits.
        kinds: Vec<AttachmentKind>,
        /// The fewest that fit; 0: none is an answer too.
        min: usize,
        /// The most that fit.
        max: usize,
    },
    /// One of the languages on offer.
    Language,
}

impl AskKind {
    /// The word used in flow files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Choice(_) => "choice",
            Self::Choices { .. } => "choices",
            Self::Number { .. } => "number",
            Self::Date => "date",
            Self::Postcode => "postcode",
            Self::Text => "text",
            Self::Contact => "contact",
            Self::Media { .. } => "media",
            Self::Language => "language",
        }
    }
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// Its id: the value that is saved, and the name of its label.
    pub id: String,
    /// Where it leads; `None`: the step's own `next` rules decide.
    pub target: Option<Target>,
}

/// What happens after wrong answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often the question is asked again.
    pub times: u8,
    /// Where it goes then.
    pub then: Target,
}

/// A reminder that is offered; the person decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remind {
    /// The date field that it counts from; `None`: the day on which the person agrees.
    pub field: Option<FieldId>,
    /// It comes before that day, not after it. Only with a field.
    pub before: bool,
    /// How long before or after.
    pub span: Lapse,
    /// Where it leads on the day.
    pub target: Target,
}

/// Services are named that fit a topic and the person's place and language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refer {
    /// A declared topic.
    pub topic: String,
    /// The postcode field that says where the person lives; `None`: only services for all of Germany.
    pub place: Option<FieldId>,
    /// How many at most.
    pub most: usize,
    /// Where it leads if no service fits.
    pub otherwise: Target,
}

/// The person is passed on to a counsellor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// Why: a declared reason.
    pub reason: String,
    /// The fields that are passed on, after consent.
    pub share: Vec<FieldId>,
}

/// Built-in actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// No more messages; a live case is closed.
    Stop,
    /// Everything is deleted, after a question whether that is meant.
    Delete,
    /// Tells what is kept.
    ShowData,
}

/// Where a step leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A step of the same flow.
    Step(String),
    /// The start of another flow, without return.
    Flow(String),
}

/// Where a step goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The flow ends here.
    End,
    /// Always there.
    Goto(Target),
    /// The first rule that holds; when none does, the flow ends.
    Rules(Vec<Rule>),
}

/// One line of `next`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// `None`: `else`.
    pub when: Option<Condition>,
    /// Where it leads.
    pub target: Target,
}

/// A condition over fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A comparison; false while the field is unknown.
    Compare {
        /// What is compared.
        left: Operand,
        /// How.
        op: Op,
        /// With what.
        right: Literal,
    },
    /// `field in [a, b]`.
    In(FieldId, Vec<Literal>),
    /// `field has option`: the option is among those that were chosen.
    Has(FieldId, String),
    /// `known(field)`.
    Known(FieldId),
    /// `covered(field)`: a local project covers the Kreis of this place.
    Covered(FieldId),
    /// `not …`.
    Not(Box<Condition>),
    /// `… and …`.
    And(Box<Condition>, Box<Condition>),
    /// `… or …`.
    Or(Box<Condition>, Box<Condition>),
}

/// The left side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A field's value.
    Field(FieldId),
    /// A number computed from a date field and today.
    Span(SpanFn, FieldId),
}

/// Numbers computed from a date and today. Weeks and months are whole ones, rounded towards zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanFn {
    /// Days from the date to today.
    DaysSince,
    /// Weeks from the date to today.
    WeeksSince,
    /// Months from the date to today.
    MonthsSince,
    /// Days from today to the date.
    DaysUntil,
    /// Weeks from today to the date.
    WeeksUntil,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// An option id.
    Word(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Flag(bool),
}

/// A declared field.
#[derive(Clone, Debug)]
pub struct Field {
    /// What kind of value it takes.
    pub kind: FieldKind,
    /// Shown with care in the consent summary, never in a blind offer.
    pub sensitive: bool,
}

/// Kinds of field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One of these option ids.
    Choice(Vec<String>),
    /// Some of these option ids.
    Choices(Vec<String>),
    /// A whole number.
    Number,
    /// A date.
    Date,
    /// A postcode with its Kreis.
    Postcode,
    /// Free text.
    Text,
    /// An e-mail address or a phone number.
    Contact,
    /// Photos and files.
    Media,
    /// Yes or no.
    Flag,
}

/// Why somebody is passed on.
#[derive(Clone, Debug)]
pub struct Reason {
    /// How soon a human has to look.
    pub level: Level,
    /// Crisis numbers are shown before anything else.
    pub numbers: bool,
    /// Who else helps, for the counsellor: by language (German, English).
    pub partner: BTreeMap<String, String>,
}

/// Something a text states, with its source.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Successive values; empty for a bare statement.
    pub values: Vec<FactValue>,
    /// The rule that it rests on.
    pub statute: String,
    /// Where it can be read.
    pub source: String,
    /// When somebody last looked there.
    pub checked_on: Date,
    /// Who looked.
    pub checked_by: String,
    /// How sure it is.
    pub state: FactState,
    /// Days after which it is stale; `None`: `Settings::max_age_days`.
    pub max_age_days: Option<i64>,
}

/// A value and the time in which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactValue {
    /// Decimal digits with a point: `13.90`.
    pub amount: String,
    /// `EUR`, `months` …; `None`: a bare number.
    pub unit: Option<String>,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactState {
    /// Read in a primary source.
    Verified,
    /// Read in a secondary source, or known with the statute named.
    Secondary,
    /// Not established: never stated to a person.
    Open,
}

/// A service that people are referred to, with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// Its own name, said in every language as it is.
    pub name: String,
    /// Declared topics that it helps with.
    pub topics: Vec<String>,
    /// Where it helps.
    pub area: Area,
    /// Tags of the languages that it speaks; empty: not known.
    pub languages: Vec<Lang>,
    /// Its number, as it is dialled.
    pub phone: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// Street and town.
    pub address: Option<String>,
    /// Where all this can be read.
    pub source: String,
    /// When somebody last looked there.
    pub checked_on: Date,
    /// Who looked.
    pub checked_by: String,
    /// How sure it is.
    pub state: FactState,
    /// Days after which it is stale; `None`: `Settings::max_age_days`.
    pub max_age_days: Option<i64>,
}

/// Where a service helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// In these Kreise (five-digit keys).
    Kreise(Vec<String>),
    /// In this Land (two letters).
    Land(String),
    /// In all of Germany.
    Nationwide,
}

impl Content {
    /// A step by flow and id.
    pub fn step(&self, flow: &str, step: &str) -> Option<&Step> {
        self.flows.get(flow)?.steps.get(step)
    }

    /// A language on offer by its tag.
    pub fn language(&self, lang: &Lang) -> Option<&Language> {
        self.settings.languages.iter().find(|l| &l.lang == lang)
    }
}
