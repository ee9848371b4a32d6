//! A small content with every kind of step, for the engine's tests.

use super::types::{Effect, Env, FlowState, Input, Turn};
use super::{Trace, enter, step_traced};
use crate::content::{Content, MemorySource, Places, load};
use crate::model::{Lang, Message, Timestamp};
use jiff::civil::datetime;
use std::sync::Arc;

const SETTINGS: &str = r#"
languages = ["de", "en", "ar"]
source = "de"
start = "welcome"
fallback_language = "en"
max_age_days = 180
[language.de]
name = "Deutsch"
review = "source"
[language.en]
name = "English"
review = "machine"
[language.ar]
name = "العربية"
review = "machine"
[commands]
human = "flow:human"
menu = "flow:menu"
help = "flow:menu"
language = "flow:welcome"
stop = "flow:stop"
my_data = "flow:data"
delete = "flow:delete"
"#;

const FIELDS: &str = r#"
[field.paper]
type = "choice"
values = ["permit", "duldung", "unknown"]
[field.months]
type = "number"
[field.letter]
type = "date"
[field.place]
type = "postcode"
[field.note]
type = "text"
sensitive = true
[field.priority]
type = "flag"
"#;

const REASONS: &str = r#"
[reason.wants_human]
level = "normal"
[reason.violence]
level = "immediate"
numbers = true
"#;

const FACTS: &str = r#"
[fact.wage]
statute = "§ 1 MiLoG"
source = "https://example.org/milog"
checked_on = 2026-11-01
checked_by = "A"
state = "verified"
[[fact.wage.value]]
amount = "13.90"
unit = "EUR"
valid_from = 2026-01-01
valid_to = 2026-12-31
"#;

const FLOWS: [(&str, &str); 9] = [
    (
        "welcome",
        "start = \"language\"\n[step.language]\nask = \"language\"\ngoto = \"flow:menu\"\n",
    ),
    (
        "menu",
        r#"start = "choose"
[step.choose]
ask = "choice"
options.work = "flow:work"
options.human = "flow:human"
retry = { times = 2, then = "flow:human" }
"#,
    ),
    (
        "work",
        r#"start = "paper"
topic = "work"
[step.paper]
ask = "choice"
save = "paper"
options.permit = "months"
options.duldung = "months"
options.unknown = "next"
next = ["known(months) -> months", "else -> where"]
retry = { times = 1, then = "where" }
[step.where]
say = true
[step.months]
ask = "number"
save = "months"
min = 0
max = 600
goto = "letter"
retry = { times = 2, then = "where" }
[step.letter]
ask = "date"
save = "letter"
goto = "place"
retry = { times = 1, then = "place" }
[step.place]
ask = "postcode"
save = "place"
goto = "note"
retry = { times = 1, then = "note" }
[step.note]
ask = "text"
save = "note"
goto = "mark"
retry = { times = 1, then = "mark" }
[step.mark]
set = { priority = true }
goto = "sort"
[step.sort]
branch = true
next = ["months < 3 and paper == duldung -> early", "covered(place) -> wage", "else -> early"]
[step.early]
say = true
goto = "help"
[step.wage]
say = true
facts = ["wage"]
unverified = "early"
goto = "help"
[step.help]
call = "common/offer"
goto = "thanks"
[step.thanks]
say = true
"#,
    ),
    (
        "common/offer",
        r#"start = "offer"
[step.offer]
ask = "choice"
options.yes = "pass"
options.no = "later"
retry = { times = 1, then = "later" }
[step.pass]
handoff = { reason = "wants_human", share = ["paper", "months", "letter", "place", "note", "priority"] }
[step.later]
say = true
"#,
    ),
    (
        "human",
        "start = \"pass\"\ntopic = \"general\"\n[step.pass]\nhandoff = { reason = \"wants_human\", share = [\"paper\"] }\n",
    ),
    (
        "danger",
        "start = \"pass\"\n[step.pass]\nhandoff = { reason = \"violence\", share = [\"paper\"] }\ngoto = \"end\"\n[step.end]\nsay = true\n",
    ),
    ("stop", "start = \"stop\"\n[step.stop]\ndo = \"stop\"\n"),
    (
        "data",
        "start = \"show\"\n[step.show]\ndo = \"show_data\"\n",
    ),
    (
        "delete",
        "start = \"ask\"\n[step.ask]\ndo = \"delete\"\ngoto = \"flow:menu\"\n",
    ),
];

/// Texts of the flows; `ar` lacks those of `common/offer` and one label of `work/paper`.
const TEXTS: [(&str, &str); 5] = [
    ("welcome", "language = Sprache?\n"),
    (
        "menu",
        "choose = Menü\n    .work = Arbeit\n    .human = Jemanden sprechen\n",
    ),
    (
        "work",
        r"paper = Welches Papier haben Sie?
    .permit = Aufenthaltserlaubnis
    .duldung = Duldung (rot)
    .unknown = Weiß ich nicht
    .retry = Bitte tippen Sie auf Ihr Papier.
where = Es steht oben.
months = Wie viele Monate sind Sie hier?
letter = Wann kam der Brief?
place = Postleitzahl?
note = Worum geht es?
early = Noch nicht: { $months } Monate, { $paper }, { $letter }.
wage = Mindestens { $fact_wage }.
thanks = Danke.
",
    ),
    (
        "common/offer",
        "offer = Wollen Sie jemanden sprechen?\n    .yes = Ja, gern\n    .no = Nein\nlater = Gut.\n",
    ),
    ("danger", "end = Passen Sie auf sich auf.\n"),
];

const SYSTEM: &str = r"yes = Ja
no = Nein
numbers = 112
numbers-violence = 110
machine-translation-note = Maschine
language-missing = Nur auf { $language }
retry-choice = Bitte wählen
retry-number = Zahl von { $min } bis { $max }
retry-date = Datum
retry-postcode = Postleitzahl
retry-text = Wörter
place-which = { $postcode }: wo?
postcode-unknown = { $postcode } kennen wir nicht
sources = Quellen:
source-line = { $source } ({ $date })
handoff-consent = Das geben wir weiter:

    { $summary }

    Gut so?
    .yes = Ja, weitergeben
    .without = Ja, ohne Antworten
    .no = Nein
handoff-consent-plain = Weitergeben?
    .yes = Ja
    .no = Nein
handoff-receipt = { $number } { $organisation } { $wait }
handoff-receipt-again = { $number }
handoff-declined = Nichts weitergegeben
handoff-immediate = Ein Mensch kommt
wait-hours = { $count }
wait-days = { $count }
wait-unknown = ?
wait-closed = { $day } { $time }
relay-first = gespeichert
case-claimed = { $name }
case-released = wartet
case-closed = beendet
counsellor-says = { $name }:
fallback = Nicht verstanden
    .menu = Menü
    .human = Ein Mensch
fallback-human = Soll ein Mensch antworten?
    .yes = Ja, bitte
    .menu = Nein, zum Menü
unsupported-sticker = Sticker
unsupported-voice = Stimme
unsupported-photo = Foto
unsupported-file = Datei
unsupported-location = Ort
unsupported-contact = Kontakt
unsupported-other = Anderes
media-kept = Medien
edited-message = geändert
group-chat = Gruppe
stale-button = alter Knopf
flow-gone = Texte geändert
    .menu = Neu im Menü
    .human = Ein Mensch
back-none = Weiter zurück geht es nicht
stopped = Gut
deleted = { $number }
delete-confirm = Löschen?
    .yes = Ja, löschen
    .no = Nein, behalten
my-data-none = Nichts
my-data = { $summary } / { $since } / { $channel } / { $cases }
too-long = höchstens { $max }
sorry = Fehler
restarted = Von vorn
not-now = später
";

const LABELS: &str = r"paper = Papier
    .permit = Aufenthaltserlaubnis
    .duldung = Duldung
    .unknown = unbekannt
months = Monate
letter = Brief vom
place = Wohnort
note = Anliegen
priority = Eilig
";

/// The files of the fixture.
pub(super) fn source() -> MemorySource {
    let mut source = MemorySource::default()
        .with("flows/settings.toml", SETTINGS)
        .with("flows/fields.toml", FIELDS)
        .with("flows/topics.toml", "[topic.work]\n[topic.general]\n")
        .with("flows/reasons.toml", REASONS)
        .with("flows/facts.toml", FACTS);
    for (id, flow) in FLOWS {
        source = source.with(&format!("flows/{id}.toml"), flow);
    }
    let commands = [
        (
            "de",
            "human = Mensch\nstop = Stopp\nmenu = Menü\nhelp = Hilfe\nlanguage = Sprache\nback = zurück\nmy_data = meine Daten\ndelete = löschen\n",
        ),
        (
            "en",
            "human = human\nstop = stop\nmenu = menu\nhelp = help\nlanguage = language\nback = back\nmy_data = my data\ndelete = delete\n",
        ),
        (
            "ar",
            "human = إنسان\nstop = توقف\nmenu = القائمة\nhelp = مساعدة\nlanguage = لغة\nback = رجوع\nmy_data = بياناتي\ndelete = احذف\n",
        ),
    ];
    for (lang, words) in commands {
        source = source
            .with(&format!("locales/{lang}/commands.ftl"), words)
            .with(&format!("locales/{lang}/system.ftl"), SYSTEM)
            .with(&format!("locales/{lang}/fields.ftl"), LABELS)
            .with(
                &format!("locales/{lang}/topics.ftl"),
                "work = Arbeit\ngeneral = Anderes\n",
            )
            .with(
                &format!("locales/{lang}/reasons.ftl"),
                "wants_human = Gespräch\nviolence = Gewalt\n",
            );
        for (file, text) in TEXTS {
            let text = match (lang, file) {
                ("ar", "common/offer") => continue,
                ("ar", "work") => text.replace("    .permit = Aufenthaltserlaubnis\n", ""),
                ("en", "work") => text.replace("Duldung (rot)", "Toleration"),
                _ => text.to_owned(),
            };
            source = source.with(&format!("locales/{lang}/{file}.ftl"), &text);
        }
    }
    source
}

/// Postcodes: 34497 lies in one Kreis, 01445 in two.
pub(super) fn places() -> Arc<Places> {
    let postcodes = "plz,ags5\n34497,06635\n01445,14612 14627\n";
    let kreise = "ags5,name,type,land,nuts\n06635,Waldeck-Frankenberg,Landkreis,HE,\n14612,Dresden,Kreisfreie Stadt,SN,\n14627,Meißen,Landkreis,SN,\n";
    Arc::new(Places::parse(postcodes, kreise).unwrap())
}

/// Content out of these files, as they are now.
pub(super) fn linked(source: &MemorySource) -> Content {
    let loaded = load(source, places());
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|d| format!("{d:?}"))
        .collect();
    loaded
        .content
        .unwrap_or_else(|| panic!("{}", errors.join("\n")))
}

/// 2026-11-21, ten o'clock in Berlin.
pub(super) fn env() -> Env {
    let now = datetime(2026, 11, 21, 10, 0, 0, 0)
        .in_tz(crate::model::BERLIN)
        .unwrap();
    Env {
        now: Timestamp(now.timestamp().as_millisecond()),
        covered: std::sync::Arc::new(["06635".to_owned()].into()),
        device_language: Some("de-AT".into()),
        known_since: None,
        channel_name: "Web".into(),
        cases: 0,
    }
}

/// A conversation with the fixture.
pub(super) struct Chat {
    pub(super) content: Content,
    pub(super) env: Env,
    pub(super) state: FlowState,
    pub(super) effects: Vec<Effect>,
    /// The steps that were reached so far, as flow and step.
    pub(super) reached: Vec<(String, String)>,
}

impl Chat {
    /// A conversation with somebody who has chosen a language and sees the menu.
    pub(super) fn at_menu() -> Self {
        let mut chat = Self::new();
        chat.enter("welcome");
        chat.tap("de");
        chat
    }

    /// A conversation that has not begun.
    pub(super) fn new() -> Self {
        Self {
            content: linked(&source()),
            env: env(),
            state: FlowState::default(),
            effects: Vec::new(),
            reached: Vec::new(),
        }
    }

    /// A conversation in which this flow has just been entered.
    pub(super) fn within(flow: &str) -> Self {
        let mut chat = Self::at_menu();
        chat.enter(flow);
        chat
    }

    pub(super) fn input(&mut self, input: Input) -> Vec<String> {
        let (turn, trace) = step_traced(&self.content, &self.env, self.state.clone(), input);
        let reached = named(&trace);
        self.take(turn, reached)
    }

    pub(super) fn say(&mut self, text: &str) -> Vec<String> {
        self.input(Input::Text(text.to_owned()))
    }

    /// Presses a button of the last message that had one with this id.
    pub(super) fn tap(&mut self, id: &str) -> Vec<String> {
        let token = self.token(id);
        self.input(Input::Tap(token))
    }

    pub(super) fn token(&self, id: &str) -> String {
        let mut choices = self.messages().flat_map(|m| &m.choices);
        choices
            .rfind(|c| c.id == id)
            .map(|c| c.token.clone())
            .unwrap()
    }

    pub(super) fn enter(&mut self, flow: &str) -> Vec<String> {
        let (turn, trace) = enter(&self.content, &self.env, self.state.clone(), flow);
        let reached = named(&trace);
        self.take(turn, reached)
    }

    pub(super) fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.effects.iter().filter_map(|e| {
            if let Effect::Say(m) = e {
                Some(m)
            } else {
                None
            }
        })
    }

    pub(super) fn last(&self) -> &Message {
        self.messages().next_back().unwrap()
    }

    fn take(&mut self, turn: Turn, reached: Vec<(String, String)>) -> Vec<String> {
        self.reached.extend(reached);
        self.state = turn.state;
        self.effects = turn.effects;
        self.effects.iter().map(brief).collect()
    }

    pub(super) fn speaks(&mut self, lang: &str) {
        self.state.lang = Some(Lang::new(lang));
    }
}

fn named(trace: &Trace<'_>) -> Vec<(String, String)> {
    let steps = trace.steps.iter();
    steps
        .map(|(flow, step)| ((*flow).to_owned(), (*step).to_owned()))
        .collect()
}

/// An effect in one word or two.
fn brief(effect: &Effect) -> String {
    match effect {
        Effect::Say(m) => m.key.clone(),
        Effect::HandOff { consented, handoff } => {
            format!("handoff {consented} {}", handoff.share.join(","))
        }
        Effect::Consent { handoff } => match handoff {
            Some(h) => format!("consent {}", h.share.join(",")),
            None => "consent none".into(),
        },
        Effect::Stop => "stop".into(),
        Effect::Delete => "delete".into(),
        Effect::Alarm { .. } => "alarm".into(),
    }
}
