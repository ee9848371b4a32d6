//! `lotse chat`: the bot in a terminal. Nothing is stored, nobody is called.

use super::origin::Origin;
use super::{out, words};
use crate::content::{Arg, Content, nearest};
use crate::engine::{Effect, Env, FlowState, Input, enter, is_free_text, sample, step, talk};
use crate::model::{AttachmentKind, Lang, Lapse, MediaKind, Message, Timestamp, Triage, Zone};
use crate::triage::Examiner;
use anyhow::{Result, bail};
use clap::Args;
use std::fmt::Write as _;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Talk to the bot in this terminal. Nothing is stored, nobody is called.
#[derive(Debug, Args)]
#[command(
    after_help = "Answer with the number or the words of an option. Besides:
  /start, /menu …   as in a messenger; /start poster is a link with a campaign's name
  /<flow>           jumps to a flow, for example /training
  (photo), /photo   as if a photo had come; also file, sticker, voice, location, contact.
                    The path of a picture or a PDF is the same; it is not opened
  (edited)          as if an earlier message had been changed
  (case closed)     as if a counsellor had closed the case
  (wait 14d)        as if 14 days had passed; also h hours, w weeks, m months: reminders come
  /quit             ends

Free texts are looked at as in the running bot, but without its weights: see `lotse triage`.

Examples:
  lotse chat
  lotse chat --lang ar
  lotse chat --content content --flow training --lang de"
)]
pub struct Options {
    /// Speak this language from the start.
    #[arg(long)]
    lang: Option<String>,
    /// Begin with this flow.
    #[arg(long)]
    flow: Option<String>,
    /// A folder with flows/ and locales/; changes count from the next message on.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// A local project covers this Kreis (five digits); may be given several times.
    #[arg(long, value_name = "KREIS")]
    covered: Vec<String>,
    /// Show the names of steps and buttons as well.
    #[arg(long)]
    keys: bool,
    /// Take every text for an answer, as a bot with `triage = "off"` does.
    #[arg(long)]
    no_triage: bool,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let origin = Origin::find(options.content.as_deref())?;
    let mut chat = Chat::new(origin.content()?, options)?;
    let terminal = std::io::stdin().is_terminal();
    let mut stamp = folder_stamp(&origin);
    out::text(chat.begin(options.flow.as_deref())?)?;
    prompt(terminal)?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if !terminal {
            out::line(format_args!("> {line}"))?;
        }
        if matches!(line.trim(), "/quit" | "/exit") {
            break;
        }
        let now = folder_stamp(&origin);
        if now != stamp {
            stamp = now;
            match origin.content() {
                Ok(content) => chat.content = content,
                Err(error) => {
                    out::line(format_args!("* the changed content is not used: {error:#}"))?
                }
            }
        }
        if !line.trim().is_empty() {
            out::text(chat.say(line.trim()))?;
        }
        prompt(terminal)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn folder_stamp(origin: &Origin) -> Option<u64> {
    match origin {
        Origin::Folder(folder) => Some(folder.stamp()),
        Origin::Shipped => None,
    }
}

fn prompt(terminal: bool) -> Result<()> {
    if terminal {
        out::text("> ")?;
    }
    Ok(())
}

/// One conversation.
struct Chat {
    content: Content,
    env: Env,
    state: FlowState,
    bold: bool,
    keys: bool,
    looks: bool,
    /// How far (in milliseconds) this conversation's clock is ahead.
    ahead: i64,
    /// Looks at free texts, once there was one.
    examiner: Option<Arc<Examiner>>,
}

impl Chat {
    fn new(content: Content, options: &Options) -> Result<Self> {
        let lang = match &options.lang {
            Some(tag) => Some(words::offered(&content, tag)?),
            None => None,
        };
        let device = lang
            .as_ref()
            .map_or_else(|| words::editor_language(None), Lang::clone);
        if let Some(wrong) = options
            .covered
            .iter()
            .find(|k| content.places.kreis(k).is_none())
        {
            bail!("there is no Kreis `{wrong}`; a key has five digits, for example 06635");
        }
        let env = Env {
            now: words::now(),
            covered: Arc::new(options.covered.iter().cloned().collect()),
            device_language: Some(device.to_string()),
            known_since: Some(words::now()),
            channel_name: "Terminal".to_owned(),
            cases: 0,
            window: None,
            ..Env::default()
        };
        let state = FlowState {
            lang,
            ..FlowState::default()
        };
        Ok(Self {
            content,
            env,
            state,
            bold: words::colour(),
            keys: options.keys,
            looks: !options.no_triage,
            ahead: 0,
            examiner: None,
        })
    }

    /// What the bot says before anything was typed.
    fn begin(&mut self, flow: Option<&str>) -> Result<String> {
        let Some(flow) = flow else {
            // A language that was asked for need not be asked for again.
            let menu = self
                .content
                .settings
                .commands
                .get(&crate::content::Command::Menu)
                .cloned();
            return Ok(match (menu, self.state.lang.is_some()) {
                (Some(menu), true) => self.enter(&menu),
                _ => self.input(Input::Start { payload: None }),
            });
        };
        if self.content.flows.contains_key(flow) {
            return Ok(self.enter(flow));
        }
        match nearest(flow, self.content.flows.keys().map(String::as_str)) {
            Some(meant) => bail!("there is no flow `{flow}`; did you mean `{meant}`?"),
            None => bail!("there is no flow `{flow}`; `lotse show` names all of them"),
        }
    }

    /// What the bot says to a line.
    fn say(&mut self, line: &str) -> String {
        if let Some(flow) = line.strip_prefix('/')
            && self.content.flows.contains_key(flow)
        {
            let flow = flow.to_owned();
            return self.enter(&flow);
        }
        let waited = line
            .strip_prefix("(wait ")
            .and_then(|l| l.strip_suffix(')'));
        match waited.and_then(Lapse::parse) {
            Some(lapse) => self.wait(lapse),
            None => self.input(self.read(line)),
        }
    }

    fn now(&self) -> Timestamp {
        words::now().plus_millis(self.ahead)
    }

    /// Time passes, and with it reminders come.
    fn wait(&mut self, lapse: Lapse) -> String {
        let now = self.now();
        let until = now.plus_lapse(lapse);
        let mut out = String::new();
        while let Some((due, number)) = self.state.next_reminder(until) {
            self.env.now = due.max(self.env.now);
            out.push_str(&self.take(Input::Remind(number)));
        }
        self.ahead += until.0 - now.0;
        note(&format!("* it is {} now", until.date()), &mut out);
        out
    }

    fn enter(&mut self, flow: &str) -> String {
        self.env.now = self.now();
        let state = std::mem::take(&mut self.state);
        let turn = enter(&self.content, &self.env, state, flow).0;
        self.state = turn.state;
        self.show(&turn.effects)
    }

    fn input(&mut self, input: Input) -> String {
        self.env.now = self.now();
        let mut out = String::new();
        if let Input::Text(text) = &input
            && self.looks
            && is_free_text(&self.content, text)
        {
            let triage = self.look(text);
            if self.keys || triage.zone != Zone::None {
                let taken = format!(
                    "* taken by phrases and groups of letters for: {}",
                    talk::Judged::of(&triage)
                );
                note(&taken, &mut out);
            }
            self.env.triage = Some(Arc::new(triage));
        }
        out.push_str(&self.take(input));
        self.env.triage = None;
        out
    }

    /// What a text is taken for; with phrases and groups of letters, for a terminal has no weights.
    fn look(&mut self, text: &str) -> Triage {
        let detect = &self.content.detect;
        let examiner = Examiner::kept(self.examiner.take(), detect);
        let triage = examiner.judge(detect, text);
        self.examiner = Some(examiner);
        triage
    }

    fn take(&mut self, input: Input) -> String {
        let state = std::mem::take(&mut self.state);
        let turn = step(&self.content, &self.env, state, input);
        self.state = turn.state;
        self.show(&turn.effects)
    }

    fn show(&mut self, effects: &[Effect]) -> String {
        let mut out = String::from("\n");
        for effect in effects {
            let line = || talk::written(effect, &self.state);
            match effect {
                Effect::Say(message) => self.message(message, &mut out),
                Effect::HandOff { consented, .. } => {
                    let line = line();
                    self.env.cases += 1;
                    self.handoff(&line, *consented, &mut out);
                }
                Effect::Consent { handoff: Some(_) } => self.handoff(&line(), true, &mut out),
                Effect::Consent { handoff: None } => note(
                    &format!("{}\n  Nothing may be passed on.", line()),
                    &mut out,
                ),
                Effect::Keep(_) | Effect::Discard(_) => {}
                Effect::Schedule(_) | Effect::Cancel(_) => {
                    let line = line();
                    if self.keys {
                        note(&line, &mut out);
                    }
                }
                Effect::Stop => note(
                    &format!(
                        "{}\n  The bot writes no more until the person does.",
                        line()
                    ),
                    &mut out,
                ),
                Effect::Delete => {
                    note(
                        "= delete: everything about this person is destroyed",
                        &mut out,
                    );
                    self.state = FlowState {
                        lang: self.state.lang.take(),
                        ..FlowState::default()
                    };
                }
                Effect::Alarm { .. } => note(&line(), &mut out),
            }
        }
        if self.keys && self.state.nothing_waits() {
            note("= end", &mut out);
        }
        out
    }

    fn message(&self, message: &Message, out: &mut String) {
        if self.keys {
            let _ = writeln!(out, "[{}]", message.key);
        }
        let _ = writeln!(out, "{}", words::for_terminal(&message.text, self.bold));
        for (number, choice) in message.choices.iter().enumerate() {
            let id = if self.keys {
                format!("   [{}]", choice.id)
            } else {
                String::new()
            };
            let _ = writeln!(out, "  {} {}{id}", number + 1, choice.label);
        }
        out.push('\n');
    }

    /// What would happen now, and the receipt that the person would get.
    fn handoff(&self, line: &str, consented: bool, out: &mut String) {
        note(line, out);
        if consented {
            note(
                "  Here a case would be opened, and a counsellor would answer. In this terminal the bot goes on.",
                out,
            );
            self.receipt(out);
        } else {
            note(
                "  Here a human would be called at once, and would see only urgency and area until the person agrees.",
                out,
            );
        }
    }

    fn receipt(&self, out: &mut String) {
        let lang = self
            .state
            .lang
            .as_ref()
            .unwrap_or(&self.content.settings.fallback_language);
        let text =
            |id: &str, args: &[(&str, Arg)]| self.content.words.text(lang, "system", id, args);
        let arg = |name, value: &str| (name, Arg::Text(value.to_owned()));
        let args = [
            arg("number", "0000"),
            arg("organisation", "—"),
            arg("wait", &text("wait-unknown", &[]).unwrap_or_default()),
        ];
        if let Some(receipt) = text("handoff-receipt", &args) {
            let _ = writeln!(out, "{}\n", words::for_terminal(&receipt, self.bold));
        }
    }
}

fn note(text: &str, out: &mut String) {
    let _ = writeln!(out, "{text}\n");
}

impl Chat {
    /// What a line means: a photo or a file may also be its path, as terminals write it when one is dropped there.
    fn read(&self, line: &str) -> Input {
        let word = line.strip_prefix('/');
        let kind = match read(line) {
            Input::Media(kind) => kind.attachment(),
            Input::Text(_) => word.and_then(AttachmentKind::parse).or_else(|| file(line)),
            _ => None,
        };
        kind.map_or_else(
            || read(line),
            |kind| Input::Attachment(sample(&self.state, kind)),
        )
    }
}

/// The kind of file that a path names, if there is one. It is not opened: the bot never looks at what it is sent.
fn file(line: &str) -> Option<AttachmentKind> {
    let path = Path::new(line.trim_matches(['"', '\'']));
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let kind = match ending.as_str() {
        "jpg" | "jpeg" | "png" | "webp" | "heic" => AttachmentKind::Photo,
        "pdf" => AttachmentKind::File,
        _ => return None,
    };
    path.is_file().then_some(kind)
}

fn read(line: &str) -> Input {
    if let Some(rest) = line.strip_prefix("/start")
        && (rest.is_empty() || rest.starts_with(' '))
    {
        let payload = rest.trim();
        return Input::Start {
            payload: (!payload.is_empty()).then(|| payload.to_owned()),
        };
    }
    use MediaKind::{Contact, File, Location, Other, Photo, Sticker, Voice};
    let kinds = [Sticker, Voice, Photo, File, Location, Contact, Other];
    let inner = line.strip_prefix('(').and_then(|l| l.strip_suffix(')'));
    match inner {
        Some("edited") => Input::Edited,
        Some("case closed") => Input::CaseClosed,
        Some(word) if word.starts_with("contact ") => {
            Input::Contact(word["contact ".len()..].to_owned())
        }
        Some(word) => match kinds.into_iter().find(|k| k.as_str() == word) {
            Some(kind) => Input::Media(kind),
            None => Input::Text(line.to_owned()),
        },
        None => Input::Text(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    fn chat(args: &[&str]) -> Chat {
        let line = Line::parse_from([&["chat"], args].concat());
        let mut chat = Chat::new(Origin::Shipped.content().unwrap(), &line.options).unwrap();
        chat.bold = false;
        chat
    }

    #[test]
    fn options_are_numbered_and_answered_by_number_or_words() {
        let mut chat = chat(&[]);
        let first = chat.begin(None).unwrap();
        assert!(
            first.contains("  1 Deutsch\n  2 English\n  3 العربية\n"),
            "{first}"
        );
        let menu = chat.say("2");
        assert_eq!(chat.state.lang, Some(Lang::new("en")));
        assert!(menu.contains("\n  1 "), "{menu}");
        let about = chat.say("human");
        assert!(about.contains("\n  1 "), "{about}");
    }

    #[test]
    fn a_hand_off_says_in_words_what_would_happen() {
        let mut chat = chat(&["--lang", "en", "--covered", "06635"]);
        chat.begin(Some("human")).unwrap();
        for line in ["3", "1", "It is about my boss", "1", "34497"] {
            chat.say(line);
        }
        let end = chat.say("1");
        assert!(end.contains("= handoff dismissal urgent"), "{end}");
        assert!(end.contains(" postcode=34497"), "{end}");
        assert!(end.contains("Here a case would be opened"), "{end}");
        assert!(
            end.contains("Your request has arrived. Number: 0000"),
            "{end}"
        );
    }

    #[test]
    fn a_misspelt_flow_or_language_is_named() {
        let mut talk = chat(&[]);
        let error = talk.begin(Some("trainig")).unwrap_err().to_string();
        assert_eq!(
            error,
            "there is no flow `trainig`; did you mean `training`?"
        );
        let line = Line::parse_from(["chat", "--lang", "xx"]);
        let error = Chat::new(talk.content, &line.options)
            .err()
            .unwrap()
            .to_string();
        assert_eq!(
            error,
            "the content does not speak `xx`; it speaks de, en, ar"
        );
    }

    #[test]
    fn a_text_about_danger_is_looked_at_as_in_the_running_bot() {
        let mut chat = chat(&["--flow", "menu", "--lang", "de"]);
        chat.begin(Some("menu")).unwrap();
        let said = chat.say("Ich will mich umbringen");
        assert!(
            said.starts_with("* taken by phrases and groups of letters for: alarm suicide_crisis"),
            "{said}"
        );
        assert!(
            said.contains("= handoff suicide_crisis immediate"),
            "{said}"
        );
    }

    #[test]
    fn things_that_are_no_text_can_be_acted() {
        assert_eq!(read("(photo)"), Input::Media(MediaKind::Photo));
        assert_eq!(read("(edited)"), Input::Edited);
        assert_eq!(read("(well)"), Input::Text("(well)".to_owned()));
        assert_eq!(
            read("/start poster"),
            Input::Start {
                payload: Some("poster".to_owned())
            }
        );
        assert_eq!(read("/starter"), Input::Text("/starter".to_owned()));
    }
}
