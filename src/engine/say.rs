//! Messages out of words: language, arguments, buttons, sources.
//!
//! A message is always wholly in one language. Where the person's language lacks a part of it, the whole message is
//! said in another one, and the person is told so once in a turn.

use super::question::Question;
use super::run::Run;
use super::types::{Effect, MAX_TEXT, Pending};
use crate::content::{Arg, AskKind, Flow, Step};
use crate::model::{FieldId, Lang, Message, Value};
use crate::text::{self, TimeUnit};

/// Named arguments of a text.
pub(super) type Args = Vec<(String, Arg)>;

/// What part of a message's words has to be there for it to be said in a language.
struct Needed<'n> {
    file: &'n str,
    message: &'n str,
    attributes: &'n [String],
}

/// How the question that waits is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wording {
    Question,
    /// After an answer that does not fit it.
    Retry,
    /// After a pick of several.
    More,
}

impl<'a> Run<'a> {
    /// The language of this conversation: the one that was chosen, else that of the device, else the fallback.
    pub(super) fn lang(&self) -> Lang {
        let chosen = self
            .state
            .lang
            .as_ref()
            .filter(|l| self.content.language(l).is_some());
        chosen
            .cloned()
            .or_else(|| self.device_lang())
            .unwrap_or_else(|| self.content.settings.fallback_language.clone())
    }

    /// The language of the device: as it is known now, else as it was known last.
    pub(super) fn device_lang(&self) -> Option<Lang> {
        match &self.env.device_language {
            Some(tag) => self.offered(tag),
            None => {
                let known = self.state.device.clone();
                known.filter(|l| self.content.language(l).is_some())
            }
        }
    }

    /// The language on offer that fits a device's tag: the same tag, else the same language (`de` for `de-AT`).
    fn offered(&self, tag: &str) -> Option<Lang> {
        let tag = tag.replace('_', "-");
        let base = Lang::new(
            tag.split('-')
                .next()
                .unwrap_or(&tag)
                .to_ascii_lowercase()
                .as_str(),
        );
        let offered = self.content.settings.languages.iter().map(|l| &l.lang);
        let same = |wanted: &str| {
            offered
                .clone()
                .find(|l| l.as_str().eq_ignore_ascii_case(wanted))
        };
        same(&tag).or_else(|| same(base.as_str())).cloned()
    }

    /// Says a system text without buttons.
    pub(super) fn say_system(&mut self, id: &str, args: &[(&str, Arg)]) {
        let lang = self.lang_having(&Needed {
            file: "system",
            message: id,
            attributes: &[],
        });
        let text = self.system(&lang, id, args);
        self.say(format!("system:{id}"), text, lang);
    }

    /// Says the text of a step that asks nothing, with the sources of its facts.
    pub(super) fn say_step(&mut self, flow: &Flow, step: &Step, facts: &[String]) {
        self.say_step_and(flow, step, |run, lang| run.sources(lang, facts));
    }

    /// Says the text of a step that asks nothing, with something below it.
    pub(super) fn say_step_and(
        &mut self,
        flow: &Flow,
        step: &Step,
        below: impl Fn(&Self, &Lang) -> String,
    ) {
        let lang = self.lang_having(&Needed {
            file: &flow.id,
            message: &step.id,
            attributes: &[],
        });
        self.tell_first(&flow.id);
        self.tell_unchecked(&flow.id, &lang);
        let mut text = self.step_text(&lang, flow, step);
        text.push_str(&below(self, &lang));
        self.say(format!("{}/{}", flow.id, step.id), text, lang);
    }

    /// Says the question that waits, with its buttons.
    pub(super) fn say_question(&mut self) {
        self.say_waiting(Wording::Question);
    }

    /// Says what is chosen so far, with the buttons of the question; the question itself when nothing is.
    pub(super) fn say_more(&mut self) {
        self.say_waiting(Wording::More);
    }

    /// Says the question that waits once more, after an answer that does not fit it.
    pub(super) fn say_retry(&mut self) {
        self.say_waiting(Wording::Retry);
    }

    fn say_waiting(&mut self, wording: Wording) {
        let pending = self.state.pending.clone();
        let Some(question) = self.question(pending.as_ref()) else {
            return;
        };
        if self.say_check(question) {
            return;
        }
        self.tell_before(question);
        let (file, message) = question.words();
        let attributes = if question.labels_are_words() {
            question.options(self.content)
        } else {
            Vec::new()
        };
        let lang = self.lang_having(&Needed {
            file,
            message,
            attributes: &attributes,
        });
        if let Question::Step(flow, _, ask) = question
            && (self.state.lang.is_some() || ask.kind != AskKind::Language)
        {
            self.tell_unchecked(&flow.id, &lang);
        }
        let so_far = self.so_far(question, &lang);
        let wording = match wording {
            Wording::More if so_far.is_none() => Wording::Question,
            other => other,
        };
        let text = match (question, wording, so_far) {
            (Question::Step(flow, step, ask), Wording::Question, so_far) => {
                let mut text = self.step_text(&lang, flow, step);
                // Buttons of several show what is chosen; what was sent is only known by words.
                if let (AskKind::Media { .. }, Some(so_far)) = (&ask.kind, so_far) {
                    text = format!("{text}\n\n{so_far}");
                }
                text
            }
            (Question::Step(..), Wording::More, so_far) => so_far.unwrap_or_default(),
            (Question::Step(flow, step, ask), Wording::Retry, _) => {
                let args = named(self.args(&lang), &ask.kind);
                let own = self.content.words.attribute(
                    &lang,
                    &flow.id,
                    &step.id,
                    "retry",
                    &borrowed(&args),
                );
                own.unwrap_or_else(|| self.system(&lang, question.retry_text(), &borrowed(&args)))
            }
            (Question::Pending(pending), Wording::Question | Wording::More, _) => {
                self.pending_text(&lang, pending)
            }
            (Question::Pending(pending), Wording::Retry, _) => {
                let retry = self.system(&lang, question.retry_text(), &[]);
                format!("{retry}\n\n{}", self.pending_text(&lang, pending))
            }
        };
        let choices = self.choices(question, &lang);
        let key = match wording {
            Wording::Question => question.key(),
            Wording::Retry => format!("{}.retry", question.key()),
            Wording::More => format!("{}.more", question.key()),
        };
        let takes = match question {
            Question::Step(_, _, ask) => self.takes(ask),
            Question::Pending(_) => None,
        };
        self.say_all(Message {
            key,
            text,
            choices,
            takes,
            lang,
        });
    }

    /// What is chosen or sent so far, in words, where several are asked for.
    fn so_far(&self, question: Question<'_, 'a>, lang: &Lang) -> Option<String> {
        let Question::Step(_, _, ask) = question else {
            return None;
        };
        let sent = self.sent(ask);
        if !sent.is_empty() {
            let media = Arg::Text(self.media_in_words(lang, &sent));
            return Some(self.system(lang, "media-more", &[("media", media)]));
        }
        let picked = self.picked(ask);
        let label = |id: &String| question.label(self.content, lang, id);
        let labels: Vec<String> = picked.iter().filter_map(label).collect();
        let chosen = Arg::Text(text::list_in_words(&labels, lang.as_str()));
        (!picked.is_empty()).then(|| self.system(lang, "choices-more", &[("chosen", chosen)]))
    }

    fn say(&mut self, key: String, text: String, lang: Lang) {
        self.say_all(Message {
            key,
            text,
            choices: Vec::new(),
            takes: None,
            lang,
        });
    }

    fn say_all(&mut self, message: Message) {
        let own = self.lang();
        let lang = &message.lang;
        if *lang != own && !self.told_missing {
            self.told_missing = true;
            if self.content.words.has(&own, "system", "language-missing") {
                let name = self
                    .content
                    .language(lang)
                    .map_or(lang.as_str(), |l| l.name.as_str());
                let text = self.system(
                    &own,
                    "language-missing",
                    &[("language", Arg::Text(name.to_owned()))],
                );
                let key = "system:language-missing".to_owned();
                let notice = Message {
                    key,
                    text,
                    choices: Vec::new(),
                    takes: None,
                    lang: own,
                };
                self.effects.push(Effect::Say(notice));
            }
        }
        self.effects.push(Effect::Say(message));
    }

    /// The language in which a message can be said as a whole.
    fn lang_having(&self, needed: &Needed<'_>) -> Lang {
        let own = self.lang();
        let settings = &self.content.settings;
        let complete = |lang: &&Lang| self.has_all(lang, needed);
        [&own, &settings.fallback_language, &settings.source]
            .into_iter()
            .find(complete)
            .or_else(|| settings.languages.iter().map(|l| &l.lang).find(complete))
            .unwrap_or(&own)
            .clone()
    }

    fn has_all(&self, lang: &Lang, needed: &Needed<'_>) -> bool {
        let words = &self.content.words;
        words.has(lang, needed.file, needed.message)
            && needed
                .attributes
                .iter()
                .all(|id| words.has_attribute(lang, needed.file, needed.message, id))
    }

    fn step_text(&self, lang: &Lang, flow: &Flow, step: &Step) -> String {
        let args = self.args(lang);
        let text = self
            .content
            .words
            .text(lang, &flow.id, &step.id, &borrowed(&args));
        // Content that was checked has this text; showing its name is still better than silence.
        text.unwrap_or_else(|| format!("{}/{}", flow.id, step.id))
    }

    /// A system text in a language.
    pub(super) fn system(&self, lang: &Lang, id: &str, args: &[(&str, Arg)]) -> String {
        let settings = &self.content.settings;
        [lang, &settings.fallback_language, &settings.source]
            .into_iter()
            .find_map(|lang| self.content.words.text(lang, "system", id, args))
            .unwrap_or_else(|| id.to_owned())
    }

    fn pending_text(&self, lang: &Lang, pending: &Pending) -> String {
        match pending {
            Pending::Consent { handoff, .. } if handoff.summary.is_empty() => {
                self.system(lang, "handoff-consent-plain", &[])
            }
            Pending::Consent { handoff, .. } => {
                let summary = Arg::Text(handoff.summary.clone());
                self.system(lang, "handoff-consent", &[("summary", summary)])
            }
            Pending::Delete { .. } => self.system(lang, "delete-confirm", &[]),
            Pending::Place { postcode, .. } => self.system(
                lang,
                "place-which",
                &[("postcode", Arg::Text(postcode.clone()))],
            ),
            Pending::Postcode { postcode, named } => {
                let here = self.content.places.of_postcode(postcode);
                let here: Vec<String> = here.iter().map(|k| k.label()).collect();
                let args = [
                    ("postcode", Arg::Text(postcode.clone())),
                    (
                        "place",
                        Arg::Text(text::list_in_words(&here, lang.as_str())),
                    ),
                    ("named", Arg::Text(named.clone())),
                ];
                self.system(lang, "place-confirm", &args)
            }
            Pending::Date { date, written } => {
                let args = [
                    ("written", Arg::Text(written.clone())),
                    ("date", Arg::Text(text::date_in_words(*date, lang.as_str()))),
                ];
                self.system(lang, "date-confirm", &args)
            }
            Pending::Remind { reminder, .. } => {
                let day = text::date_in_words(reminder.due.date(), lang.as_str());
                self.system(lang, "remind-offer", &[("date", Arg::Text(day))])
            }
            Pending::Check { handoff, .. } => {
                let reason = Arg::Text(self.reason_label(lang, &handoff.reason));
                self.system(lang, "triage-check", &[("reason", reason)])
            }
            Pending::Topics { classes } if classes.len() == 1 => {
                self.system(lang, "topic-offer", &[])
            }
            Pending::Topics { .. } => self.system(lang, "topics-offer", &[]),
            Pending::Resume => self.system(lang, "resume-offer", &[]),
            Pending::Offer { key } => self.system(lang, key, &[]),
        }
    }

    /// The list of sources under a text, empty without facts.
    fn sources(&self, lang: &Lang, facts: &[String]) -> String {
        let lines = self.content.source_lines(lang, facts);
        if lines.is_empty() {
            return String::new();
        }
        format!(
            "\n\n{}\n- {}",
            self.system(lang, "sources", &[]),
            lines.join("\n- ")
        )
    }

    /// What every text of a flow may show: the person's answers, and the facts that have a value today.
    fn args(&self, lang: &Lang) -> Args {
        let today = self.env.now.date();
        let answers = self
            .state
            .answers
            .iter()
            .map(|(field, value)| (field.clone(), self.shown(lang, field, value)));
        let facts = self.content.facts.iter().filter_map(|(id, fact)| {
            let value = fact.values.iter().find(|v| v.holds_on(today))?;
            Some((format!("fact_{id}"), value.arg(lang)))
        });
        answers.chain(facts).collect()
    }

    /// A value as texts of this language show it.
    fn shown(&self, lang: &Lang, field: &str, value: &Value) -> Arg {
        Arg::Text(match value {
            Value::Number(n) => return Arg::Number(*n),
            Value::Choice(id) => {
                let label = self.content.words.attribute(lang, "fields", field, id, &[]);
                label.unwrap_or_else(|| id.clone())
            }
            Value::Choices(ids) => {
                let words = &self.content.words;
                let label = |id: &String| {
                    let label = words.attribute(lang, "fields", field, id, &[]);
                    label.unwrap_or_else(|| id.clone())
                };
                let labels: Vec<String> = ids.iter().map(label).collect();
                match labels.is_empty() {
                    true => "–".to_owned(),
                    false => text::list_in_words(&labels, lang.as_str()),
                }
            }
            Value::Contact(contact) => contact.clone(),
            Value::Media(sent) => self.media_in_words(lang, sent),
            Value::Date(date) => text::date_in_words(*date, lang.as_str()),
            Value::Place { postcode, kreis } => {
                let kreis = kreis
                    .as_ref()
                    .and_then(|key| self.content.places.kreis(key));
                kreis.map_or_else(
                    || postcode.clone(),
                    |k| format!("{postcode} ({})", k.label()),
                )
            }
            Value::Text(words) => text::without_markup(words),
            Value::Flag(flag) => self.system(lang, if *flag { "yes" } else { "no" }, &[]),
        })
    }

    /// What would be passed on of these fields: first what is ordinary, then, below a line of its own, what is sensitive.
    pub(super) fn summary_with_care(&self, share: &[FieldId]) -> String {
        let is_sensitive = |field: &&FieldId| self.content.is_sensitive(field);
        let (sensitive, ordinary): (Vec<_>, Vec<_>) = share.iter().partition(is_sensitive);
        let (ordinary, sensitive) = (self.summary(ordinary), self.summary(sensitive));
        if sensitive.is_empty() {
            return ordinary;
        }
        let title = self.system(&self.lang(), "handoff-sensitive", &[]);
        let gap = if ordinary.is_empty() { "" } else { "\n\n" };
        format!("{ordinary}{gap}{title}\n{sensitive}")
    }

    /// One line for each of these fields that is known: what it is called, and what was answered.
    pub(super) fn summary<'f>(&self, fields: impl IntoIterator<Item = &'f FieldId>) -> String {
        let lang = self.lang();
        let mut lines = Vec::new();
        for field in fields {
            let Some(value) = self.state.answers.get(field) else {
                continue;
            };
            let label = self.content.words.text(&lang, "fields", field, &[]);
            let shown = match self.shown(&lang, field, value) {
                Arg::Text(text) => text,
                Arg::Number(n) => n.to_string(),
            };
            lines.push(format!("- {}: {shown}", label.as_deref().unwrap_or(field)));
        }
        lines.join("\n")
    }

    /// All answers, all reminders and the link by which the person came, one line each.
    fn all_that_is_kept(&self) -> String {
        let mut lines = self.summary(self.state.answers.keys());
        let mut planned: Vec<_> = self.state.reminders.iter().map(|r| r.due).collect();
        planned.sort_unstable();
        let line = |key, arg| self.system(&self.lang(), key, &[arg]);
        let reminders = planned
            .into_iter()
            .map(|due| line("remind-line", ("date", self.day(due))));
        let campaign = self.state.campaign.clone().map(Arg::Text);
        let campaign = campaign.map(|name| line("campaign-line", ("campaign", name)));
        for line in reminders.chain(campaign) {
            let gap = if lines.is_empty() { "" } else { "\n" };
            lines.push_str(&format!("{gap}- {line}"));
        }
        lines
    }

    /// Says what is kept about the person.
    pub(super) fn say_data(&mut self) {
        let kept = self.all_that_is_kept();
        if kept.is_empty() && self.env.cases == 0 {
            return self.say_system("my-data-none", &[]);
        }
        let since = self.env.known_since.unwrap_or(self.env.now).date();
        let args = [
            ("summary", Arg::Text(kept)),
            (
                "since",
                Arg::Text(text::date_in_words(since, self.lang().as_str())),
            ),
            ("channel", Arg::Text(self.env.channel_name.clone())),
            ("cases", Arg::Number(i64::from(self.env.cases))),
        ];
        self.say_system("my-data", &args);
    }

    /// Says how a number was understood that was said in another unit.
    pub(super) fn say_converted(&mut self, value: i64, unit: TimeUnit) {
        let key = format!("counted-{}", unit.as_str());
        self.say_system(&key, &[("count", Arg::Number(value))]);
    }

    /// Says that a message was too long.
    pub(super) fn say_too_long(&mut self) {
        let max = i64::try_from(MAX_TEXT).unwrap_or(i64::MAX);
        self.say_system("too-long", &[("max", Arg::Number(max))]);
    }
}

/// Arguments of a `.retry` text: the answers, and the limits of a number.
fn named(mut args: Args, kind: &AskKind) -> Args {
    if let AskKind::Number { min, max } = kind {
        args.push(("min".into(), Arg::Number(min.unwrap_or(0))));
        args.push(("max".into(), Arg::Number(max.unwrap_or(9999))));
    }
    args
}

fn borrowed(args: &Args) -> Vec<(&str, Arg)> {
    args.iter()
        .map(|(name, arg)| (name.as_str(), arg.clone()))
        .collect()
}
