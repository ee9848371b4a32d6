//! What a simulated person does next: pure, from what the bot and the counsellor said.
//!
//! A person knows buttons and question kinds, not flows: when the content changes, they go on as
//! anybody would, and where they do not understand, they ask for a human.

use crate::channel::room::Did;
use crate::content::{AskKind, Command, Content, StepKind};
use crate::model::{Lang, Message};
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::time::Duration;

/// Small and repeatable; nothing here needs more.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// From any number.
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `n` (0 if `n` is 0).
    pub fn below(&mut self, n: u64) -> u64 {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33)
            .checked_rem(n)
            .unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(usize::try_from(self.below(list.len() as u64)).ok()?)
    }

    fn seconds(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from * 1000 + self.below((to - from) * 1000))
    }
}

/// Something that was said to the person.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The message.
    pub message: Message,
    /// Whether a counsellor wrote it.
    pub counsellor: bool,
}

/// What to do, and after how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Do this after a while.
    Do(Did, Duration),
    /// Wait for a human at most so long, then do what [`Person::patience_ends`] says.
    Wait(Duration),
    /// Leave; somebody else comes after a while.
    Leave(Duration),
}

/// One simulated person.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their language.
    pub lang: Lang,
    /// The day on which they came.
    today: Date,
    dice: Dice,
    /// They want a human and take every way there.
    wants_human: bool,
    /// Turns so far; nobody talks to a bot for ever.
    turns: u32,
    /// A case is open.
    waits: bool,
    /// Messages to the counsellor so far.
    words: u32,
}

/// Options that a person chooses only now and then, for each is an emergency or the end.
const SELDOM: [&str; 11] = [
    "danger",
    "violence",
    "suicide_crisis",
    "deportation",
    "trafficking",
    "homeless",
    "rejected",
    "hearing",
    "alone",
    "my_data",
    "language",
];
/// After so many turns a person asks for a human.
const TURNS: u32 = 14;
/// So often a person writes to a counsellor.
const WORDS: u32 = 4;
/// Real postcodes: two in the demo's Kreise, one in two Kreise at once, others elsewhere.
const POSTCODES: [&str; 6] = ["34497", "34117", "34497", "01445", "10115", "80331"];

impl Person {
    /// A person who speaks one of the content's languages.
    pub fn new(content: &Content, today: Date, mut dice: Dice) -> Self {
        let languages: Vec<Lang> = content
            .settings
            .languages
            .iter()
            .map(|l| l.lang.clone())
            .collect();
        let fallback = content.settings.fallback_language.clone();
        let lang = dice.pick(&languages).cloned().unwrap_or(fallback);
        let wants_human = dice.below(3) == 0;
        Self {
            lang,
            today,
            dice,
            wants_human,
            turns: 0,
            waits: false,
            words: 0,
        }
    }

    /// The first thing, a while after they came.
    pub fn begin(&mut self) -> Next {
        Next::Do(Did::Start(None), self.dice.seconds(0, 20))
    }

    /// What to do after this was said. `heard`: everything new, oldest first.
    pub fn answer(&mut self, content: &Content, heard: &[Heard]) -> Next {
        self.turns += 1;
        if heard.iter().any(|h| h.message.key == "system:case-closed") {
            return Next::Leave(self.dice.seconds(20, 90));
        }
        if heard
            .iter()
            .any(|h| h.message.key.starts_with("system:handoff-receipt"))
        {
            self.waits = true;
        }
        if heard.iter().any(|h| h.counsellor) {
            return self.reply_to_counsellor();
        }
        // Of several questions the last one waits.
        if let Some(asked) = heard.iter().rev().find(|h| !h.message.choices.is_empty()) {
            return self.press(&asked.message);
        }
        if self.waits {
            return Next::Wait(self.dice.seconds(90, 600));
        }
        // Whoever is asked the same again and again gives up answering.
        let asked = if self.turns > 2 * TURNS { &[] } else { heard };
        let question = asked
            .iter()
            .rev()
            .find_map(|h| self.typed(content, &h.message.key));
        match question {
            Some(text) => Next::Do(Did::Text(text), self.dice.seconds(4, 15)),
            None => Next::Do(Did::Text(self.human(content)), self.dice.seconds(10, 40)),
        }
    }

    /// Nobody has answered for a long time.
    pub fn patience_ends(&mut self) -> Next {
        if self.words >= WORDS {
            return Next::Wait(self.dice.seconds(600, 3600));
        }
        self.words += 1;
        let asks = phrases(&self.lang).waiting;
        let text = self.dice.pick(asks).copied().unwrap_or_default().to_owned();
        Next::Do(Did::Text(text), self.dice.seconds(1, 5))
    }

    fn reply_to_counsellor(&mut self) -> Next {
        self.waits = true;
        if self.words >= WORDS {
            return Next::Wait(self.dice.seconds(600, 3600));
        }
        self.words += 1;
        let replies = phrases(&self.lang).replies;
        let text = self
            .dice
            .pick(replies)
            .copied()
            .unwrap_or_default()
            .to_owned();
        Next::Do(Did::Text(text), self.dice.seconds(8, 40))
    }

    fn press(&mut self, message: &Message) -> Next {
        let of = |id: &str| message.choices.iter().find(|c| c.id == id);
        let human = self.wants_human || self.turns > TURNS;
        let consents = message.key.starts_with("system:handoff-consent");
        let choice = of(self.lang.as_str())
            .or_else(|| of("yes").filter(|_| consents && self.dice.below(10) < 8))
            .or_else(|| of("human").filter(|_| human))
            .or_else(|| of("no").filter(|_| message.key == "system:delete-confirm"))
            .or_else(|| {
                let often: Vec<_> = message.choices.iter().collect();
                let often: Vec<_> = match self.dice.below(8) {
                    0 => often,
                    _ => often
                        .into_iter()
                        .filter(|c| !SELDOM.contains(&c.id.as_str()))
                        .collect(),
                };
                self.dice.pick(&often).copied()
            })
            .or_else(|| message.choices.first());
        match choice {
            Some(choice) => Next::Do(Did::Tap(choice.token.clone()), self.dice.seconds(2, 10)),
            None => Next::Wait(self.dice.seconds(60, 120)),
        }
    }

    /// What fits a question that has no buttons.
    fn typed(&mut self, content: &Content, key: &str) -> Option<String> {
        let (flow, step) = key.strip_suffix(".retry").unwrap_or(key).rsplit_once('/')?;
        let StepKind::Ask(ask) = &content.step(flow, step)?.kind else {
            return None;
        };
        Some(match &ask.kind {
            AskKind::Number { min, max } => {
                let (low, high) = (min.unwrap_or(0), max.unwrap_or(60).min(60));
                let span = u64::try_from(high - low + 1).unwrap_or(1);
                (low + i64::try_from(self.dice.below(span)).unwrap_or(0)).to_string()
            }
            AskKind::Date => {
                let days = i64::try_from(self.dice.below(70)).unwrap_or(0) - 20;
                let date = self.today.checked_sub(days.days()).unwrap_or(self.today);
                date.strftime("%d.%m.%Y").to_string()
            }
            AskKind::Postcode => (*self.dice.pick(&POSTCODES)?).to_owned(),
            AskKind::Text => (*self.dice.pick(phrases(&self.lang).wishes)?).to_owned(),
            AskKind::Contact => "0151 23456789".to_owned(),
            AskKind::Choice(_)
            | AskKind::Choices { .. }
            | AskKind::Media { .. }
            | AskKind::Language => return None,
        })
    }

    /// The word for a human in this person's language.
    fn human(&self, content: &Content) -> String {
        let words = content.words.command_words().iter();
        let mut own = words.filter(|(_, command, _)| *command == Command::Human);
        let first = own.clone().next();
        let found = own.find(|(lang, _, _)| *lang == self.lang).or(first);
        found.map_or_else(|| "human".to_owned(), |(_, _, word)| word.clone())
    }
}

struct Phrases {
    wishes: &'static [&'static str],
    waiting: &'static [&'static str],
    replies: &'static [&'static str],
}

const GERMAN: Phrases = Phrases {
    wishes: &[
        "Ich suche Arbeit als Pflegehelferin und weiß nicht, ob ich darf.",
        "Mein Chef zahlt seit zwei Monaten keinen Lohn.",
        "Ich möchte eine Ausbildung als Elektriker machen.",
        "Ich verstehe einen Brief vom Jobcenter nicht.",
    ],
    waiting: &[
        "Ist jemand da?",
        "Ich warte noch. Danke.",
        "Wann kann ich mit jemandem sprechen?",
    ],
    replies: &[
        "Vielen Dank für die Antwort!",
        "Ja, das passt. Was soll ich mitbringen?",
        "Kann ich auch morgen kommen?",
        "Gut, das mache ich so.",
    ],
};

const ENGLISH: Phrases = Phrases {
    wishes: &[
        "I would like to work as a nurse. Is my diploma good here?",
        "I have a job offer but no permission yet.",
        "I need help with an application for a training place.",
        "My training is difficult and I think about stopping.",
    ],
    waiting: &[
        "Is somebody there?",
        "I am still waiting, thank you.",
        "When can I talk to somebody?",
    ],
    replies: &[
        "Thank you for your answer!",
        "Yes, that is good. What do I have to bring?",
        "Can I come tomorrow?",
        "All right, I will do that.",
    ],
};

const ARABIC: Phrases = Phrases {
    wishes: &[
        "أبحث عن عمل كسائق ولا أعرف إن كان مسموحا لي.",
        "أريد أن أتعلم مهنة النجارة.",
        "عندي رسالة من مركز العمل ولا أفهمها.",
        "صاحب العمل لا يدفع لي الراتب.",
    ],
    waiting: &[
        "هل يوجد أحد؟",
        "ما زلت أنتظر، شكرا.",
        "متى أستطيع التحدث مع شخص؟",
    ],
    replies: &[
        "شكرا جزيلا على الجواب!",
        "نعم، مناسب. ماذا أحضر معي؟",
        "هل أستطيع أن آتي غدا؟",
        "حسنا، سأفعل ذلك.",
    ],
};

fn phrases(lang: &Lang) -> &'static Phrases {
    match lang.as_str().split('-').next() {
        Some("de") => &GERMAN,
        Some("ar") => &ARABIC,
        _ => &ENGLISH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Effect, Env, FlowState, Input, step};
    use crate::model::Timestamp;
    use crate::runtime::live;
    use crate::runtime::origin::{Shipped, places};

    fn content() -> Content {
        live::read(&Shipped, places().unwrap()).unwrap()
    }

    fn now() -> Timestamp {
        let day: jiff::Zoned = "2026-11-21T10:00[Europe/Berlin]".parse().unwrap();
        Timestamp(day.timestamp().as_millisecond())
    }

    fn person(content: &Content, seed: u64) -> Person {
        let dice = Dice::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        Person::new(content, now().date(), dice)
    }

    /// Talks with the engine alone; returns the inputs and whether a case was opened.
    fn talk(content: &Content, seed: u64) -> (u32, bool) {
        let mut person = person(content, seed);
        let device_language = Some(person.lang.to_string());
        let mut env = Env {
            now: now(),
            device_language,
            ..Env::default()
        };
        let mut state = FlowState::default();
        let mut next = person.begin();
        for inputs in 0..200 {
            let Next::Do(did, _) = next else {
                return (inputs, false);
            };
            let input = match did {
                Did::Start(payload) => Input::Start { payload },
                Did::Text(text) => Input::Text(text),
                Did::Tap(token) => Input::Tap(token),
                Did::File { kind, .. } => Input::Media(kind.into()),
            };
            env.now = env.now.plus_seconds(100);
            let turn = step(content, &env, state, input);
            state = turn.state;
            if turn.effects.iter().any(|e| {
                matches!(
                    e,
                    Effect::HandOff {
                        consented: true,
                        ..
                    } | Effect::Consent { handoff: Some(_) }
                )
            }) {
                return (inputs, true);
            }
            let heard: Vec<Heard> = turn
                .effects
                .iter()
                .filter_map(|e| match e {
                    Effect::Say(message) => Some(Heard {
                        message: message.clone(),
                        counsellor: false,
                    }),
                    _ => None,
                })
                .collect();
            next = person.answer(content, &heard);
        }
        panic!("person {seed} talks to the bot for ever");
    }

    #[test]
    fn everybody_finds_a_human_in_the_end_and_in_every_language() {
        let content = content();
        let ends: Vec<_> = (1..300_u64).map(|n| talk(&content, n)).collect();
        let opened = ends.iter().filter(|(_, opened)| *opened).count();
        assert!(
            opened * 10 > ends.len() * 9,
            "only {opened} of {} reached a human",
            ends.len()
        );
    }

    #[test]
    fn people_speak_all_languages() {
        let content = content();
        let langs: std::collections::BTreeSet<_> =
            (1..60_u64).map(|n| person(&content, n).lang).collect();
        assert_eq!(langs.len(), content.settings.languages.len());
    }

    #[test]
    fn a_counsellor_gets_answers_but_not_for_ever() {
        let content = content();
        let mut person = person(&content, 7);
        let message = Message {
            key: "counsellor".into(),
            text: "Hello".into(),
            choices: vec![],
            takes: None,
            lang: person.lang.clone(),
        };
        let heard = [Heard {
            message,
            counsellor: true,
        }];
        for _ in 0..WORDS {
            assert!(matches!(
                person.answer(&content, &heard),
                Next::Do(Did::Text(_), _)
            ));
        }
        assert!(matches!(person.answer(&content, &heard), Next::Wait(_)));
        assert!(matches!(person.patience_ends(), Next::Wait(_)));
    }

    #[test]
    fn what_nobody_knows_leads_to_a_human() {
        let content = content();
        let mut person = person(&content, 11);
        person.lang = Lang::new("de");
        let message = Message {
            key: "gone/step".into(),
            text: "?".into(),
            choices: vec![],
            takes: None,
            lang: person.lang.clone(),
        };
        let next = person.answer(
            &content,
            &[Heard {
                message,
                counsellor: false,
            }],
        );
        let Next::Do(Did::Text(word), _) = next else {
            panic!("{next:?}")
        };
        assert_eq!(
            crate::engine::command_in(&content, &word),
            Some(Command::Human)
        );
    }
}
