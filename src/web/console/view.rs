//! From what the store answers to what a template shows: words instead of ids.

use super::media::MediaView;
use super::seen::SeenView;
use super::words::Words;
use crate::content::{Arg, Content};
use crate::desk::routing::Route;
use crate::model::{CaseState, FieldId, Lang, Level, Timestamp, Value};
use crate::store::desk::Offer;
use crate::store::desk::card::{Card, Delivery, Said, Speaker, Summary};

/// What words depend on.
#[derive(Clone, Copy)]
pub struct Eyes<'a> {
    /// The words of the console.
    pub w: &'static Words,
    /// Names of topics, reasons, fields and places.
    pub content: &'a Content,
    /// Now.
    pub now: Timestamp,
}

/// A case in a list.
pub struct OfferView {
    pub id: String,
    pub number: String,
    pub level: &'static str,
    pub level_word: &'static str,
    pub age: String,
    pub overdue: bool,
    pub language: String,
    pub place: String,
    pub topic: Option<String>,
    pub reason: Option<String>,
    pub state_word: &'static str,
    pub holder: Option<String>,
    pub unread: i64,
    pub owes_reply: bool,
    /// Whether the person waits for whoever has the case.
    pub my_turn: bool,
    pub claim: bool,
    pub card: bool,
    pub opened: String,
    pub why: &'static str,
    pub partner: Option<String>,
    pub organisation: String,
}

/// A message on a card.
pub struct SaidView {
    pub id: String,
    pub side: &'static str,
    pub speaker: String,
    pub text: String,
    pub media: &'static str,
    /// The photo or file itself, where it is kept.
    pub attached: Option<MediaView>,
    pub lang: Option<String>,
    pub at: String,
    pub delivery: &'static str,
    pub failed: bool,
    pub trigger: bool,
    /// What it was taken for, if it calls for somebody.
    pub seen: Option<SeenView>,
}

/// A note on a card.
pub struct NoteView {
    pub name: String,
    pub text: String,
    pub at: String,
}

/// What was passed on.
pub struct SummaryView {
    pub shown: String,
    pub lang: String,
    pub dir: &'static str,
    pub answers: Vec<(String, String)>,
    pub shared: Vec<MediaView>,
    /// What the message was taken for that led here.
    pub seen: Option<SeenView>,
}

impl Eyes<'_> {
    pub(super) fn label(&self, file: &str, id: &str) -> String {
        let lang = Lang::new(self.w.lang);
        let words = &self.content.words;
        let source = &self.content.settings.source;
        words
            .text(&lang, file, id, &[])
            .or_else(|| words.text(source, file, id, &[]))
            .unwrap_or_else(|| id.replace('_', " "))
    }

    fn option(&self, field: &str, option: &str) -> String {
        let lang = Lang::new(self.w.lang);
        let words = &self.content.words;
        let source = &self.content.settings.source;
        let none: &[(&str, Arg)] = &[];
        words
            .attribute(&lang, "fields", field, option, none)
            .or_else(|| words.attribute(source, "fields", field, option, none))
            .unwrap_or_else(|| option.replace('_', " "))
    }

    fn kreis(&self, key: &str) -> Option<String> {
        self.content.places.kreis(key).map(|k| k.label())
    }

    fn place(&self, offer: &Offer) -> String {
        let kreis = offer.kreis.as_deref();
        let named = kreis.map(|key| self.kreis(key).unwrap_or_else(|| key.to_owned()));
        named
            .or_else(|| offer.land.as_deref().map(|land| land_name(land).to_owned()))
            .unwrap_or_else(|| self.w.no_place.to_owned())
    }

    /// A case in a list.
    pub fn offer(&self, offer: &Offer) -> OfferView {
        let waited = self.now.0 - offer.opened_at.0;
        let waiting = matches!(offer.state, CaseState::Triage | CaseState::Waiting);
        let owes_reply = offer.state == CaseState::Claimed;
        let sight = offer.rights.sight;
        let reason = offer.reason.as_deref();
        let reason = reason.filter(|r| sight.reason(self.content.is_from_sensitive(r)));
        let partner = reason.and_then(|reason| {
            let reason = self.content.reasons.get(reason)?;
            reason.partner.get(self.w.lang).cloned()
        });
        OfferView {
            id: offer.id.to_string(),
            number: offer.number.clone(),
            level: offer.level.as_str(),
            level_word: self.w.level(offer.level),
            age: self.w.since(offer.opened_at, self.now),
            overdue: (waiting || owes_reply) && waited > offer.level.hours() * 3_600_000,
            language: self.w.language_name(&offer.lang),
            place: self.place(offer),
            topic: offer.topic.as_deref().map(|t| self.label("topics", t)),
            reason: reason.map(|r| self.label("reasons", r)),
            state_word: self.w.state(offer.state),
            holder: offer.holder.clone(),
            unread: offer.unread,
            owes_reply,
            my_turn: owes_reply || offer.unread > 0 || offer.state == CaseState::Active,
            claim: offer.rights.claim.is_some(),
            card: offer.rights.sight.card(),
            opened: self.w.at(offer.opened_at, self.now),
            why: match Route::parse(&offer.route) {
                Some(Route::Kreis) => self.w.why_kreis,
                _ => self.w.why_fallback,
            },
            partner,
            organisation: offer.organisation_name.clone(),
        }
    }

    /// A message.
    pub fn said(&self, card: &Card, said: &Said) -> SaidView {
        let attached = self.of_message(card, said);
        let (side, speaker) = match &said.speaker {
            Speaker::Person => ("person", self.w.person.to_owned()),
            Speaker::Bot => ("bot", self.w.bot.to_owned()),
            Speaker::Counsellor(name) => ("counsellor", name.clone()),
        };
        SaidView {
            id: said.id.to_string(),
            side,
            speaker,
            // Texts of the program carry marks for direction and bold; a counsellor reads plain words.
            text: match said.speaker {
                Speaker::Bot => crate::text::to_plain(&said.text),
                _ => said.text.clone(),
            },
            // What can be shown is shown, and needs no words.
            media: match attached {
                Some(_) => "",
                None => said.media.map_or("", |m| self.w.media(m)),
            },
            attached,
            lang: said.lang.as_ref().map(ToString::to_string),
            at: self.w.at(said.at, self.now),
            delivery: self.w.delivery(said.delivery),
            failed: said.delivery == Delivery::Failed,
            trigger: said.trigger,
            seen: self.seen_in(said.triage.as_ref()),
        }
    }

    /// What was passed on.
    pub fn summary(&self, card: &Card) -> Option<SummaryView> {
        let summary: &Summary = card.summary.as_ref()?;
        let lang = &card.offer.lang;
        let answers = summary.answers.iter();
        let also = summary.also.iter();
        Some(SummaryView {
            shown: crate::text::to_plain(&summary.shown),
            lang: lang.to_string(),
            dir: lang.direction().as_str(),
            shared: self.shared(card),
            seen: summary.triage.as_ref().map(|t| self.seen(t)),
            answers: answers
                .map(|(field, value)| (self.label("fields", field), self.value(field, value)))
                .chain(also.map(|r| (self.w.reason.to_owned(), self.label("reasons", r))))
                .collect(),
        })
    }

    /// The notes.
    pub fn notes(&self, card: &Card) -> Vec<NoteView> {
        let notes = card.notes.iter();
        notes
            .map(|note| NoteView {
                name: note.name.clone(),
                text: note.text.clone(),
                at: self.w.at(note.at, self.now),
            })
            .collect()
    }

    fn value(&self, field: &FieldId, value: &Value) -> String {
        match value {
            Value::Choice(option) => self.option(field, option),
            Value::Choices(options) if options.is_empty() => "–".to_owned(),
            Value::Choices(options) => {
                let labels: Vec<_> = options.iter().map(|o| self.option(field, o)).collect();
                labels.join(", ")
            }
            Value::Contact(contact) => contact.clone(),
            Value::Media(sent) => self.count(sent),
            Value::Number(n) => n.to_string(),
            Value::Date(date) if self.w.lang == "de" => date.strftime("%-d.%-m.%Y").to_string(),
            Value::Date(date) => date.strftime("%-d %B %Y").to_string(),
            Value::Place { postcode, kreis } => {
                match kreis.as_deref().and_then(|k| self.kreis(k)) {
                    Some(name) => format!("{postcode} ({name})"),
                    None => postcode.clone(),
                }
            }
            Value::Text(text) => text.clone(),
            Value::Flag(true) => self.w.yes.to_owned(),
            Value::Flag(false) => self.w.no.to_owned(),
        }
    }
}

/// A Land by its two letters.
fn land_name(land: &str) -> &str {
    match land {
        "BW" => "Baden-Württemberg",
        "BY" => "Bayern",
        "BE" => "Berlin",
        "BB" => "Brandenburg",
        "HB" => "Bremen",
        "HH" => "Hamburg",
        "HE" => "Hessen",
        "MV" => "Mecklenburg-Vorpommern",
        "NI" => "Niedersachsen",
        "NW" => "Nordrhein-Westfalen",
        "RP" => "Rheinland-Pfalz",
        "SL" => "Saarland",
        "SN" => "Sachsen",
        "ST" => "Sachsen-Anhalt",
        "SH" => "Schleswig-Holstein",
        "TH" => "Thüringen",
        other => other,
    }
}

/// How many wait of a level, for the line above the queue.
pub struct LevelCount {
    pub level: &'static str,
    pub word: &'static str,
    pub count: i64,
}

/// The levels at which somebody waits.
pub fn level_counts(w: &Words, counts: [i64; 4]) -> Vec<LevelCount> {
    Level::ALL
        .into_iter()
        .zip(counts)
        .filter(|&(_, count)| count > 0)
        .map(|(level, count)| LevelCount {
            level: level.as_str(),
            word: w.level(level),
            count,
        })
        .collect()
}
