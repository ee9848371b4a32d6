//! A transcript turned into what a person does and must see, at today's date.
//!
//! The engine, run here beside the program, gives the words of each step; that it goes the way of the
//! transcript is checked on the way. What the program then does has to be the same.

use crate::support::content::Files;
use jiff::ToSpan as _;
use jiff::civil::Date;
use lotse::content::{Arg, Content};
use lotse::engine::talk::{self, Beat, Coverage, Cue, Player, Talk};
use lotse::engine::{self, Effect, Input};
use lotse::model::{Lang, Message, Timestamp, Value};
use lotse::ports::Clock as _;
use lotse::runtime::system::SystemClock;
use std::collections::BTreeMap;

/// Stands for words that nobody can know beforehand: a case's number, a waiting time.
pub const OPEN: char = '\u{E000}';

/// The organisation that takes what nobody else covers, as these worlds call it.
const FALLBACK: &str = "Online-Lotsen";
/// The organisation that covers the Kreise of these worlds.
const LOCAL: &str = "Projekt vor Ort";

/// What the transcripts that are played together presuppose.
#[derive(Debug)]
pub struct World {
    /// Kreise that a local project covers.
    pub covered: Vec<String>,
    /// The files of the content; facts are as old today as they were on the day of the transcripts.
    pub files: Files,
    /// The files, loaded.
    pub content: Content,
    /// By how many days today is after the day of the transcripts.
    days: i64,
    /// Name and transcript.
    talks: Vec<(String, Talk)>,
}

/// A day, and the Kreise that a local project covers.
type Presupposed = (Date, Vec<String>);

/// How a person comes to a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Like everybody: first contact, language, menu, button.
    Menu,
    /// By its name, `/flow`, as `lotse chat` allows.
    Name,
}

/// What a person does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens the chat.
    Start,
    /// Presses a button.
    Tap {
        /// What is written on it.
        label: String,
        /// Its place, from 1.
        number: usize,
    },
    /// Writes something.
    Write(String),
}

/// One thing that a person does, and what must come of it.
#[derive(Clone, Debug)]
pub struct Turn {
    /// The line of the transcript.
    pub line: usize,
    /// The input as the transcript writes it.
    pub input: String,
    /// What to do.
    pub act: Act,
    /// What must happen, as transcripts write it; empty on the way to the flow.
    pub expected: Vec<String>,
    /// What must be said.
    pub messages: Vec<Message>,
}

/// A transcript in a language.
#[derive(Clone, Debug)]
pub struct Script {
    /// The transcript's file.
    pub file: String,
    /// The language.
    pub lang: Lang,
    /// Turn after turn.
    pub turns: Vec<Turn>,
}

impl World {
    /// Puts transcripts (name, text) that presuppose the same into one world each.
    ///
    /// # Panics
    /// If a transcript cannot be read, or does what nobody outside can do: change the date in the middle.
    pub fn of(transcripts: &[(String, String)]) -> Vec<Self> {
        let mut groups: BTreeMap<Presupposed, Vec<(String, Talk)>> = BTreeMap::new();
        for (file, text) in transcripts {
            let talk = talk::parse(text).unwrap_or_else(|fault| panic!("{file}: {fault}"));
            let presupposed = presupposed(file, &talk);
            let group = groups.entry(presupposed).or_default();
            group.push((file.clone(), talk));
        }
        let made = groups.into_iter();
        made.map(|((day, covered), talks)| Self::new(day, covered, talks))
            .collect()
    }

    fn new(day: Date, covered: Vec<String>, talks: Vec<(String, Talk)>) -> Self {
        let span = day.until(today()).expect("two days of our time");
        let days = i64::from(span.get_days());
        let files = Files::shipped().with_facts_moved(days);
        Self {
            covered,
            content: files.load(),
            files,
            days,
            talks,
        }
    }

    /// What `lotse organisation add` has to be told, one organisation each.
    pub fn organisations(&self) -> Vec<Vec<&str>> {
        let mut all = vec![vec![FALLBACK, "--fallback", "--hours", "always"]];
        if !self.covered.is_empty() {
            let kreise = self.covered.iter().flat_map(|k| ["--kreis", k]);
            all.push(
                [LOCAL, "--hours", "always"]
                    .into_iter()
                    .chain(kreise)
                    .collect(),
            );
        }
        all
    }

    /// Every transcript in every language. `Err`: the engine itself goes another way.
    pub fn scripts(&self) -> Vec<Result<Script, String>> {
        let in_all = |(file, talk): &(String, Talk)| -> Vec<_> {
            let languages = self.languages();
            languages
                .map(|lang| self.script(file, talk, lang, Line::Menu))
                .collect()
        };
        self.talks.iter().flat_map(in_all).collect()
    }

    /// For the terminal: every transcript in one language, which changes from each to the next.
    pub fn scripts_by_name(&self) -> Vec<Result<Script, String>> {
        let turn_about = self.talks.iter().zip(self.languages().cycle());
        turn_about
            .map(|((file, talk), lang)| self.script(file, talk, lang, Line::Name))
            .collect()
    }

    fn languages(&self) -> impl Iterator<Item = &Lang> + Clone {
        self.content.settings.languages.iter().map(|l| &l.lang)
    }

    fn script(&self, file: &str, talk: &Talk, lang: &Lang, line: Line) -> Result<Script, String> {
        let mut writer = Writer::new(self, lang, line);
        for cue in talk.cues() {
            if let Cue::Turn(beat) = cue {
                let differs = |what| format!("{file} [{lang}, engine] {what}");
                writer.beat(beat).map_err(differs)?;
            }
        }
        writer.goodbye();
        Ok(Script {
            file: file.to_owned(),
            lang: lang.clone(),
            turns: writer.turns,
        })
    }
}

/// The day and the covered Kreise that a transcript begins with.
fn presupposed(file: &str, talk: &Talk) -> Presupposed {
    let (mut day, mut covered) = (today(), Vec::new());
    let mut begun = false;
    for cue in talk.cues() {
        match cue {
            Cue::Turn(_) => begun = true,
            _ if begun => panic!("{file}: `at` and `covered` can only stand at the beginning"),
            Cue::At(at) => day = at.date(),
            Cue::Covered(kreise) => covered.extend_from_slice(kreise),
            Cue::Judged(_) => {
                panic!("{file}: nobody can say from outside what a text is taken for")
            }
        }
    }
    (day, covered)
}

fn now() -> Timestamp {
    SystemClock.now()
}

/// Today, in Berlin.
pub fn today() -> Date {
    now().date()
}

/// Writes a script.
struct Writer<'w> {
    world: &'w World,
    lang: &'w Lang,
    line: Line,
    player: Player<'w>,
    turns: Vec<Turn>,
    case: Case,
}

/// The person's case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    None,
    /// Open, but the person has not agreed yet.
    Asked,
    Open,
}

impl<'w> Writer<'w> {
    fn new(world: &'w World, lang: &'w Lang, line: Line) -> Self {
        let mut player = Player::new(&world.content, lang, now());
        player.cover(&world.covered);
        Self {
            world,
            lang,
            line,
            player,
            turns: Vec::new(),
            case: Case::None,
        }
    }

    fn beat(&mut self, mut beat: Beat<'_>) -> Result<(), String> {
        if self.case == Case::Open && self.line == Line::Menu {
            let line = beat.line;
            return Err(format!(
                "line {line}: after a hand-off a human has the turn, and the bot is silent"
            ));
        }
        for line in beat.expected.iter_mut().filter(|l| l.starts_with("= ")) {
            *line = later(line, self.world.days);
        }
        let mut way = match beat.input.strip_prefix('/') {
            Some(flow) if self.line == Line::Menu => self.way_to(flow),
            _ => vec![beat.input.to_owned()],
        };
        let last = way.pop().unwrap_or_default();
        for input in way {
            self.turn(beat.line, &input);
        }
        let lines = self.turn(beat.line, &last);
        beat.compare(lines).map_err(|diff| diff.to_string())?;
        if let Some(turn) = self.turns.last_mut() {
            turn.expected = beat.expected;
        }
        Ok(())
    }

    /// Asks for the menu after all; whatever comes before the answer was more than had to come. Who has a
    /// case that somebody reads says a word instead: it is passed on to the counsellors.
    fn goodbye(&mut self) {
        if self.line == Line::Name {
            return;
        }
        let line = self.turns.last().map_or(1, |turn| turn.line);
        if self.case != Case::Open {
            self.turn(line, &self.menu());
            return;
        }
        let word = "\"ok\"";
        let passed_on = engine::system(&self.world.content, self.lang, "relay-kept", &[]);
        self.turns.push(Turn {
            line,
            input: word.to_owned(),
            act: self.act(word),
            expected: Vec::new(),
            messages: vec![passed_on],
        });
    }

    fn way_to(&self, flow: &str) -> Vec<String> {
        let mut way = match self.turns.is_empty() {
            true => vec!["/start".to_owned(), self.lang.to_string()],
            false => vec![self.menu()],
        };
        way.push(flow.to_owned());
        way
    }

    /// The word for the menu in this language.
    fn menu(&self) -> String {
        let words = &self.world.content.words;
        let all = words.text(self.lang, "commands", "menu", &[]);
        let all = all.expect("a word for the menu");
        format!("\"{}\"", all.split('|').next().unwrap_or_default().trim())
    }

    /// Adds a turn; gives what happened in it, as transcripts write it.
    fn turn(&mut self, line: usize, input: &str) -> Vec<String> {
        self.player.set_clock(now());
        let act = self.act(input);
        let played = self.player.play(input, &mut Coverage::default());
        let messages = played.effects.into_iter().filter_map(|e| self.said(e));
        let messages = messages.collect();
        self.turns.push(Turn {
            line,
            input: input.to_owned(),
            act,
            expected: Vec::new(),
            messages,
        });
        played.lines
    }

    fn act(&self, input: &str) -> Act {
        if input == "/start" {
            return Act::Start;
        }
        match self.player.read(input) {
            Input::Tap(token) => {
                let buttons = self.player.buttons();
                let at = buttons.iter().position(|b| b.token == token);
                let at = at.unwrap_or_else(|| panic!("there is no button {input}"));
                Act::Tap {
                    label: buttons[at].label.clone(),
                    number: at + 1,
                }
            }
            Input::Text(words) => Act::Write(words),
            other => panic!("nobody here knows how to do `{input}` ({other:?})"),
        }
    }

    /// What the person hears of an effect.
    fn said(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Say(message) => Some(message),
            Effect::HandOff { consented, .. } => self.handed_off(consented),
            Effect::Consent { handoff } => {
                // Who lets nothing be passed on is answered by the bot until a counsellor writes.
                if handoff.is_some() {
                    self.case = Case::Open;
                }
                handoff.map(|_| self.receipt("handoff-receipt"))
            }
            other @ (Effect::Keep(_)
            | Effect::Discard(_)
            | Effect::Schedule(_)
            | Effect::Cancel(_)
            | Effect::Stop
            | Effect::Delete
            | Effect::Alarm { .. }) => {
                panic!("what a person sees of this is not written down here: {other:?}")
            }
        }
    }

    fn handed_off(&mut self, consented: bool) -> Option<Message> {
        let before = self.case;
        self.case = if consented { Case::Open } else { Case::Asked };
        match (before, consented) {
            (Case::None, false) => None,
            (Case::None, true) | (Case::Asked, true) => Some(self.receipt("handoff-receipt")),
            // In danger once more: the case knows.
            (Case::Asked, false) => None,
            (Case::Open, _) => {
                self.case = before;
                Some(self.receipt("handoff-receipt-again"))
            }
        }
    }

    fn receipt(&self, id: &str) -> Message {
        let answers = self.player.state().answers.values();
        let kreis = answers.clone().find_map(|value| match value {
            Value::Place { kreis, .. } => kreis.clone(),
            _ => None,
        });
        let covered = kreis.is_some_and(|kreis| self.world.covered.contains(&kreis));
        let organisation = if covered { LOCAL } else { FALLBACK };
        let args = [
            ("number", Arg::Text(OPEN.to_string())),
            ("organisation", Arg::Text(organisation.to_owned())),
            ("wait", Arg::Text(OPEN.to_string())),
        ];
        engine::system(&self.world.content, self.lang, id, &args)
    }
}

/// A line of a transcript with its days so many days later.
fn later(line: &str, days: i64) -> String {
    let moved = |word: &str| {
        let (field, day) = word.split_once('=')?;
        let day: Date = day.parse().ok()?;
        Some(format!("{field}={}", day.checked_add(days.days()).ok()?))
    };
    let words = line.split(' ');
    let words: Vec<_> = words
        .map(|word| moved(word).unwrap_or_else(|| word.to_owned()))
        .collect();
    words.join(" ")
}
