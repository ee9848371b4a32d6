//! What the engine takes and gives.

use crate::content::AskKind;
use crate::model::{
    Attached, AttachmentId, FieldId, Lang, Level, MediaKind, Message, Timestamp, Triage, Value,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A free text longer than this many characters is cut; the person is told.
pub(super) const MAX_TEXT: usize = 2000;

/// Where a conversation stands. Small, serialisable, kept sealed with the conversation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FlowState {
    /// The language that the person chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// The language of the person's device as it was known last, as long as they have chosen none: what is said to them
    /// when nothing of theirs came in before is said in it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Lang>,
    /// The language in which the person was told that nobody has checked its texts; told once for each language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_unchecked: Option<Lang>,
    /// The person is new and has not been told yet what the first flow says after its question (what is kept, that this
    /// is no emergency service).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub to_be_told: bool,
    /// The question that waits for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Position>,
    /// A built-in question that waits on top of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// Counts questions; a button's token names the count at which it was shown.
    pub revision: u32,
    /// The button that was accepted in the turn before: the same press once more is no second answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tapped: Option<Tapped>,
    /// The `call` steps to come back to, the innermost last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<Position>,
    /// What the person has answered.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<FieldId, Value>,
    /// Wrong answers to the question that waits.
    pub wrong: u8,
    /// Turns in a row in which the bot understood nothing.
    pub failed_turns: u8,
    /// Questions before this one, for `back`; the newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Visited>,
    /// A question of a flow that was left before it was answered: the person may go on there later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Left>,
    /// What waited when the person asked for another language: it is asked again in that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_from: Option<Left>,
    /// What waited when the program asked something of its own about a message: it waits again afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interrupted: Option<Left>,
    /// What a text was taken for while the person is being asked what else a human should know: it goes along with the
    /// next hand-off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urged: Option<Urged>,
    /// Classes of messages that the person said no to, and when: they are not asked about again at once.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub denied: BTreeMap<String, Timestamp>,
    /// What the person wants to be reminded of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Reminder>,
    /// When the person last did something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard_at: Option<Timestamp>,
    /// Which campaign link brought the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// The person said stop and has not written since.
    pub stopped: bool,
    /// Hash of the content that asked the last question.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content: String,
}

impl FlowState {
    /// The reminder that is due first until then, and when: for whoever has no timers.
    pub fn next_reminder(&self, until: Timestamp) -> Option<(Timestamp, u32)> {
        let open = self.reminders.iter().filter(|r| !r.held && r.due <= until);
        open.map(|r| (r.due, r.number)).min()
    }

    /// Whether no question waits for an answer.
    pub fn nothing_waits(&self) -> bool {
        self.at.is_none() && self.pending.is_none()
    }
}

/// What a text was taken for, on the way to a hand-off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Urged {
    /// A declared reason.
    pub reason: String,
    /// How soon a human has to look; never at once.
    pub level: Level,
    /// The judgement on the text; `None`: the person chose it among topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triage: Option<Box<Triage>>,
}

/// A question that was left before it was answered, with what it takes to go on there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// [`FlowState::at`] then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Position>,
    /// [`FlowState::pending`] then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// [`FlowState::stack`] then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<Position>,
    /// The length of [`FlowState::trail`] then.
    #[serde(default)]
    pub trail: usize,
    /// [`FlowState::urged`] then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urged: Option<Urged>,
    /// What the person wrote was an answer to it, and is kept: it goes on behind it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answered: bool,
}

/// Something that the person wants to be reminded of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Its number, unique in the conversation.
    pub number: u32,
    /// The step that offered it.
    pub from: Position,
    /// Where it leads; without a step: to the flow's start.
    pub to: Position,
    /// When it was agreed on.
    pub since: Timestamp,
    /// When it is due.
    pub due: Timestamp,
    /// A new answer to this field makes it void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
    /// It counts from that field's date, and so the same answer once more changes nothing.
    #[serde(default)]
    pub dated: bool,
    /// It was due when the channel did not let us write. It comes after the person has written again.
    #[serde(default)]
    pub held: bool,
}

/// A button that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tapped {
    /// Its token.
    pub token: String,
    /// When.
    pub at: Timestamp,
}

/// A question that was answered, with what it takes to ask it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visited {
    /// The question.
    #[serde(flatten)]
    pub at: Position,
    /// [`FlowState::stack`] when it was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<Position>,
}

/// A step of a flow, with the kind of question it was (so that an edit can be noticed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The flow.
    pub flow: String,
    /// The step.
    pub step: String,
    /// [`AskKind::as_str`] at the time it was asked; empty for a `call`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ask: String,
}

/// Questions that are built in rather than written in a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// May this be passed on? Answered by `yes`, `without`, `no`.
    Consent {
        /// The step that asked, to go on from; `None`: a message led to it, and what it interrupted is gone on with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Position>,
        /// What would be passed on.
        handoff: HandOff,
    },
    /// Is a human needed, as it seems? `yes`, `no`.
    Check {
        /// The class that the message was taken for.
        class: String,
        /// The language of the question.
        lang: Lang,
        /// What is begun then.
        handoff: HandOff,
        /// The message, so that it goes along.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// Is it about one of these? The classes' ids, `other`, `human`.
    Topics {
        /// The likeliest first.
        classes: Vec<String>,
    },
    /// Delete everything? `yes`, `no`.
    Delete {
        /// The step that asked.
        from: Position,
    },
    /// Which of several Kreise? One option for each.
    Place {
        /// What the person wrote.
        postcode: String,
        /// Keys of the Kreise.
        kreise: Vec<String>,
    },
    /// Is this postcode right? Asked where another place was named beside it. `yes`, `no`.
    Postcode {
        /// What the person wrote.
        postcode: String,
        /// The place that was named.
        named: String,
    },
    /// Is this the day that was meant? Asked where somebody wrote a date of another calendar. `yes`, `no`.
    Date {
        /// The day in the Gregorian calendar.
        date: jiff::civil::Date,
        /// What was understood, in the calendar that was written in.
        written: String,
    },
    /// A reminder on a day? `yes`, `no`.
    Remind {
        /// The step that asked.
        from: Position,
        /// What would be planned.
        reminder: Reminder,
    },
    /// Go on where it was left ([`FlowState::left`])? `yes`, `menu`.
    Resume,
    /// Not understood, or the content changed: `menu`, `human`; or after two failed turns `yes` (human), `menu`.
    Offer {
        /// The system text that asks: `fallback`, `fallback-human`, `topic-nothing-offer`, `flow-gone`.
        key: String,
    },
}

/// What is passed on to counsellors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandOff {
    /// A declared reason.
    pub reason: String,
    /// How soon a human has to look.
    pub level: Level,
    /// The flow's topic.
    pub topic: Option<String>,
    /// The fields that are passed on; empty if the person wants none passed on.
    pub share: Vec<FieldId>,
    /// The text of the summary exactly as the person saw it.
    pub summary: String,
    /// The reason that a message of the person was taken for besides. Passed on with the summary, never without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// What the message was taken for that led to it, and why. Passed on with the summary, never without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triage: Option<Box<Triage>>,
}

/// What a turn may know of the world besides content and state. Plain values; somebody else looked them up.
#[derive(Clone, Debug, Default)]
pub struct Env {
    /// Now.
    pub now: Timestamp,
    /// Keys of the Kreise that a local project covers.
    pub covered: Arc<BTreeSet<String>>,
    /// The language of the person's device.
    pub device_language: Option<String>,
    /// For "what you know about me": since when, on which channel, how many cases.
    pub known_since: Option<Timestamp>,
    /// The channel's name as the person knows it.
    pub channel_name: String,
    /// How many cases of this person are kept.
    pub cases: u32,
    /// For how many seconds after the person has written the channel lets us write first; `None`: always.
    pub window: Option<i64>,
    /// What the text of this turn was taken for; `None`: nobody has looked at it.
    pub triage: Option<Arc<Triage>>,
    /// The person has a case already, and somebody who reads what they write: nothing is asked or offered because of it.
    pub case_open: bool,
}

/// What a person did, as far as the engine is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// The chat was opened.
    Start {
        /// What the link carried.
        payload: Option<String>,
    },
    /// Free text or a command.
    Text(String),
    /// A button was pressed.
    Tap(String),
    /// A contact card: its phone number.
    Contact(String),
    /// A photo or a file that can be kept.
    Attachment(Attached),
    /// Several photos or files, sent together: answered once.
    Album {
        /// Those that can be kept.
        sent: Vec<Attached>,
        /// What else was among them.
        other: Option<MediaKind>,
    },
    /// A photo or a file that was kept could not be fetched.
    Lost(AttachmentId),
    /// Something that is no text.
    Media(MediaKind),
    /// An earlier message was changed.
    Edited,
    /// A case has ended: the bot speaks again.
    CaseClosed,
    /// The reminder with this number is due.
    Remind(u32),
    /// A text of before, or the words below a photo, was looked at now ([`Env::triage`]).
    Judged(String),
}

/// The result of a turn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turn {
    /// The new state.
    pub state: FlowState,
    /// What is to happen, in this order.
    pub effects: Vec<Effect>,
}

/// What is to happen in the world.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Say this to the person.
    Say(Message),
    /// Open a case. The runtime answers the person with the receipt.
    HandOff {
        /// What is passed on.
        handoff: HandOff,
        /// `true`: the person agreed. `false` (level `immediate` only): not asked yet; nobody sees more than urgency and area.
        consented: bool,
    },
    /// The person was asked about a case opened without consent, and answered.
    Consent {
        /// What may be passed on now (`None`: nothing).
        handoff: Option<HandOff>,
    },
    /// Keep this photo or file: it belongs to an answer now.
    Keep(Attached),
    /// It belongs to no answer any more.
    Discard(AttachmentId),
    /// Wake this conversation with [`Input::Remind`] when the reminder is due.
    Schedule(Reminder),
    /// The reminder is not wanted any more.
    Cancel(Reminder),
    /// The person said stop.
    Stop,
    /// The person had everything deleted. Comes last; the state is thrown away.
    Delete,
    /// The loop guard stopped a flow: somebody has to look at the content.
    Alarm {
        /// What went wrong, without personal data.
        what: String,
    },
}

impl Pending {
    /// The step that asked, for questions that go on from one.
    pub fn from(&self) -> Option<&Position> {
        match self {
            Self::Consent { from, .. } => from.as_ref(),
            Self::Delete { from } | Self::Remind { from, .. } => Some(from),
            Self::Place { .. }
            | Self::Date { .. }
            | Self::Postcode { .. }
            | Self::Check { .. }
            | Self::Topics { .. }
            | Self::Resume
            | Self::Offer { .. } => None,
        }
    }
}

impl Left {
    /// The flow that the person was in, seen from outside: not the one that it called.
    pub fn flow(&self) -> Option<&str> {
        let inner = self
            .at
            .as_ref()
            .or_else(|| self.pending.as_ref().and_then(Pending::from));
        self.stack.first().or(inner).map(|p| p.flow.as_str())
    }
}

impl Position {
    /// A question's position.
    pub fn question(flow: &str, step: &str, kind: &AskKind) -> Self {
        Self {
            flow: flow.into(),
            step: step.into(),
            ask: kind.as_str().into(),
        }
    }
}
