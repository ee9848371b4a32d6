//! The conversation as it would look on a phone.

use super::talk::{Bubble, Note, Talk};
use super::words::Words;
use crate::channel::look::{Look, Misfit, Options};
use crate::model::Message;
use crate::text::{date_in_words, to_html, to_plain};
use askama::Template;

#[derive(Template)]
#[template(path = "preview/phone.html")]
struct Phone<'a> {
    w: &'a Words,
    look: &'static str,
    name: &'static str,
    items: Vec<Item>,
    /// Nothing is asked any more.
    ended: bool,
}

enum Item {
    Person {
        text: String,
        lang: String,
        dir: &'static str,
    },
    Bot {
        html: String,
        key: String,
        lang: String,
        dir: &'static str,
        /// How the options are shown.
        style: &'static str,
        options: Vec<(String, String)>,
        /// They can be pressed.
        open: bool,
        /// Nobody has asked for it just now: a reminder.
        reminds: bool,
        misfits: Vec<String>,
    },
    Note {
        text: String,
        /// Before and after, where the conversation has become another one.
        lines: Option<(Vec<String>, Vec<String>)>,
        bad: bool,
    },
}

/// The conversation.
pub(super) fn html(talk: &Talk, look: &'static Look, w: &Words) -> Result<String, askama::Error> {
    let open = talk.question();
    let items = talk
        .bubbles
        .iter()
        .enumerate()
        .map(|(index, bubble)| match bubble {
            Bubble::Person(text, lang) => Item::Person {
                text: text.clone(),
                lang: lang.to_string(),
                dir: lang.direction().as_str(),
            },
            Bubble::Bot(message) => bot(message, look, open == Some(index), w),
            Bubble::Note(note) => remark(note, w),
        });
    let phone = Phone {
        w,
        look: look.id,
        name: look.name,
        items: items.collect(),
        ended: talk.state.nothing_waits(),
    };
    phone.render()
}

fn bot(message: &Message, look: &Look, open: bool, w: &Words) -> Item {
    let (options, misfits) = look.of(message);
    let dir = message.direction();
    Item::Bot {
        html: to_html(&message.text, dir),
        key: message.key.clone(),
        lang: message.lang.to_string(),
        dir: dir.as_str(),
        style: match options {
            Options::None => "none",
            Options::Buttons => "buttons",
            Options::List => "list",
            Options::Numbers => "numbers",
        },
        options: message
            .choices
            .iter()
            .map(|c| (c.id.clone(), c.label.clone()))
            .collect(),
        open,
        reminds: message.key == "system:remind-due",
        misfits: misfits.iter().map(|m| misfit(m, w)).collect(),
    }
}

fn misfit(misfit: &Misfit, w: &Words) -> String {
    match misfit {
        Misfit::Label {
            label,
            length,
            most,
        } => format!("{} ({length} > {most}): {label}", w.label_too_long),
        Misfit::Text { length, most } => format!("{} ({length} > {most})", w.text_too_long),
        Misfit::Many { options, most } => format!("{} ({options} > {most})", w.too_many),
    }
}

fn remark(note: &Note, w: &Words) -> Item {
    let (text, lines, bad) = match note {
        Note::Case(line, true) => (format!("{} {line}", w.case), None, false),
        Note::Case(line, false) => (format!("{} {line}", w.called), None, false),
        Note::Refused => (w.refused.to_owned(), None, false),
        Note::Stopped => (w.stopped.to_owned(), None, false),
        Note::Deleted => (w.deleted.to_owned(), None, false),
        Note::TakenFor(judged) => (format!("{} {judged}", w.taken_for), None, false),
        Note::Passed(day) => {
            let day = date_in_words(*day, w.lang);
            (format!("{} {day}.", w.passed), None, false)
        }
        Note::Alarm(what) => (format!("{} {what}", w.alarm), None, true),
        Note::Changed(before, now) => (
            w.changed.to_owned(),
            Some((before.clone(), now.clone())),
            true,
        ),
    };
    Item::Note { text, lines, bad }
}

impl Talk {
    /// Whether it has become another one since the page looked last.
    pub(super) fn has_changed(&self) -> bool {
        let changed = |b: &Bubble| matches!(b, Bubble::Note(Note::Changed(..)));
        self.bubbles.iter().any(changed)
    }
}

/// What came with the last input, in words.
pub(super) fn announce(talk: &Talk, w: &Words) -> String {
    let newest = talk.bubbles.iter().skip(talk.newest);
    let said = newest.filter_map(|bubble| match bubble {
        Bubble::Person(..) => None,
        Bubble::Bot(message) => Some(to_plain(&message.text)),
        Bubble::Note(note) => match remark(note, w) {
            Item::Note { text, .. } => Some(text),
            _ => None,
        },
    });
    said.collect::<Vec<_>>().join("\n")
}
