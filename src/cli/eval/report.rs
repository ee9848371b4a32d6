//! The numbers of a run, for people and for programs.

use super::Run;
use super::last::Difference;
use crate::content::Both;
use crate::model::{Detector, Level, Zone};
use crate::triage::measure::{Language, Rate, level_word};
use serde_json::{Value, json};

/// Pairs of topics that are shown.
const CONFUSED: usize = 25;
/// Characters of a message that are shown.
const SHOWN: usize = 110;

/// All numbers as JSON, with the messages of the lists by file and line.
pub fn json(run: &Run<'_>, before: Option<&Difference>) -> Value {
    let lines = |places: &[usize]| {
        let places = places.iter().filter_map(|at| run.places.get(*at));
        places.map(|p| json!(p.to_string())).collect::<Value>()
    };
    let report = run.report;
    json!({
        "content": run.judge.content.hash,
        "detection": run.detect().hash,
        "model": run.model(),
        "all": report.all,
        "hard": report.hard,
        "transliterated": report.latin,
        "milliseconds": { "p50": run.took(50), "p99": run.took(99) },
        "levels": report.levels,
        "languages": report.languages,
        "confusion": report.confusion,
        "missed": lines(&report.missed),
        "asked": lines(&report.asked),
        "false_alarms": lines(&report.false_alarms),
        "false_questions": lines(&report.false_questions),
        "since_last": before,
    })
}

struct Text<'r> {
    run: &'r Run<'r>,
    out: String,
}

/// The report.
pub fn text(run: &Run<'_>, before: Option<&Difference>) -> String {
    let mut text = Text {
        run,
        out: String::new(),
    };
    text.head();
    text.summary(before);
    text.kinds();
    text.levels();
    text.languages();
    text.confused();
    let report = run.report;
    for (title, places) in [
        (
            Both::new(
                "Übersehen: ein Mensch wäre nötig gewesen, nichts geschah",
                "Missed: a human was needed, nothing was done",
            ),
            &report.missed,
        ),
        (
            Both::new(
                "Nachgefragt: ein Mensch wäre nötig gewesen",
                "Asked: a human was needed",
            ),
            &report.asked,
        ),
        (
            Both::new("Vergeblicher Alarm", "Alarm for nothing"),
            &report.false_alarms,
        ),
        (
            Both::new("Vergeblich nachgefragt", "Asked for nothing"),
            &report.false_questions,
        ),
    ] {
        text.list(&title, places);
    }
    if let Some(before) = before {
        text.since(before);
    }
    text.out
}

impl Text<'_> {
    fn line(&mut self, said: &Both) {
        self.out.push_str(said.get(self.run.lang));
        self.out.push('\n');
    }

    fn plain(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn head(&mut self) {
        let (count, hash) = (self.run.cases.len(), &self.run.judge.content.hash);
        let (de, en) = match self.run.model() {
            Some(Detector::Vectors) => {
                ("Wendungen und Satzvektoren", "phrases and sentence vectors")
            }
            Some(_) => (
                "Wendungen und Buchstabengruppen (ohne Gewichte)",
                "phrases and groups of letters (no weights)",
            ),
            None => ("Wendungen", "phrases"),
        };
        let said = Both::new(
            format!(
                "{count} Nachrichten, Inhalt {hash}, {de}. In Klammern: Anzahl, 95-%-Intervall"
            ),
            format!("{count} messages, content {hash}, {en}. In brackets: counts, 95 % interval"),
        );
        self.line(&said);
    }

    fn summary(&mut self, before: Option<&Difference>) {
        let all = &self.run.report.all;
        let rows = [
            (
                Both::new("Gefahr: Alarm", "danger: alarm"),
                all.danger.alarm,
            ),
            (
                Both::new("Gefahr: Alarm oder Rückfrage", "danger: alarm or question"),
                all.danger.alarm_or_check,
            ),
            (
                Both::new("harmlos: Alarm", "harmless: alarm"),
                all.harmless.alarm,
            ),
            (
                Both::new(
                    "harmlos: Alarm oder Rückfrage",
                    "harmless: alarm or question",
                ),
                all.harmless.alarm_or_check,
            ),
            (
                Both::new("Thema: erstes richtig", "topic: first one right"),
                all.topics.first,
            ),
            (
                Both::new(
                    "Thema: unter den ersten drei",
                    "topic: among the first three",
                ),
                all.topics.first_three,
            ),
        ];
        self.plain("");
        for (place, (name, rate)) in rows.iter().enumerate() {
            let change = before.and_then(|b| b.shares.get(place));
            let change = change
                .map(|c| format!("  {:+.1}", 100.0 * c))
                .unwrap_or_default();
            let name = name.get(self.run.lang).to_owned();
            self.plain(&format!("  {name:34}{rate:36}{change}"));
        }
        let narrower = all.topics.narrower.hits;
        if narrower > 0 {
            self.line(&Both::new(
                format!("  (davon {narrower} eine engere Klasse als die erwartete)"),
                format!("  ({narrower} of them a narrower class than expected)"),
            ));
        }
    }

    /// Kinds of messages that are hard, and how long one takes.
    fn kinds(&mut self) {
        let (hard, latin) = (self.run.report.hard, self.run.report.latin);
        let rows = [
            (
                Both::new("sieht nur so aus: Alarm", "only looks like it: alarm"),
                hard.alarm,
            ),
            (
                Both::new(
                    "sieht nur so aus: … oder Rückfrage",
                    "only looks like it: … or question",
                ),
                hard.alarm_or_check,
            ),
            (
                Both::new("in Umschrift, Gefahr: Alarm", "typed by ear, danger: alarm"),
                latin.danger.alarm,
            ),
            (
                Both::new(
                    "in Umschrift, … oder Rückfrage",
                    "typed by ear, … or question",
                ),
                latin.danger.alarm_or_check,
            ),
        ];
        for (name, rate) in rows.iter().filter(|(_, rate)| rate.of > 0) {
            let name = name.get(self.run.lang).to_owned();
            self.plain(&format!("  {name:34}{rate:36}"));
        }
        let (half, most) = (self.run.took(50), self.run.took(99));
        self.line(&Both::new(
            format!("  Eine Nachricht dauert {half:.1} ms (Median), 99 % höchstens {most:.1} ms"),
            format!("  A message takes {half:.1} ms (median), 99 % at most {most:.1} ms"),
        ));
    }

    fn levels(&mut self) {
        self.line(&Both::new("\nNach Stufe", "\nBy level"));
        self.line(&Both::new(
            format!(
                "  {:12}{:34}{:34}{}",
                "", "Alarm", "Alarm oder Rückfrage", "Stufe richtig"
            ),
            format!(
                "  {:12}{:34}{:34}{}",
                "", "alarm", "alarm or question", "level right"
            ),
        ));
        let all = Level::ALL.map(Some).into_iter().chain([None]);
        for level in all.map(level_word) {
            if let Some(numbers) = self.run.report.levels.get(level) {
                let (alarm, asked, right) = (
                    numbers.zones.alarm,
                    numbers.zones.alarm_or_check,
                    numbers.right,
                );
                self.plain(&format!("  {level:12}{alarm:34}{asked:34}{right}"));
            }
        }
    }

    fn languages(&mut self) {
        self.line(&Both::new("\nNach Sprache", "\nBy language"));
        let columns =
            |lang: &str, d: &str, dq: &str, h: &str, hq: &str, first: &str, three: &str| {
                format!("  {lang:9}{d:31}{dq:31}{h:31}{hq:31}{first:31}{three}")
            };
        self.line(&Both::new(
            columns(
                "",
                "Gefahr: Alarm",
                "… oder Rückfrage",
                "harmlos: Alarm",
                "… oder Rückfrage",
                "Thema",
                "unter dreien",
            ),
            columns(
                "",
                "danger: alarm",
                "… or question",
                "harmless: alarm",
                "… or question",
                "topic",
                "among three",
            ),
        ));
        let short = |rate: Rate| match rate.of {
            0 => "–".to_owned(),
            _ => rate.to_string().replace(" of ", "/"),
        };
        let languages: Vec<(&String, &Language)> = self.run.report.languages.iter().collect();
        for (lang, numbers) in languages {
            let Language {
                danger,
                harmless,
                topics,
                ..
            } = numbers;
            let rates = [
                danger.alarm,
                danger.alarm_or_check,
                harmless.alarm,
                harmless.alarm_or_check,
                topics.first,
                topics.first_three,
            ];
            let [d, dq, h, hq, first, three] = rates.map(short);
            self.plain(&columns(lang, &d, &dq, &h, &hq, &first, &three));
        }
    }

    fn confused(&mut self) {
        let rows = self.run.report.confusion.iter();
        let mut pairs: Vec<(usize, &String, &String)> = rows
            .flat_map(|(right, taken)| taken.iter().map(move |(t, n)| (*n, right, t)))
            .filter(|(_, right, taken)| right != taken)
            .collect();
        pairs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(b.2)));
        if pairs.is_empty() {
            return;
        }
        self.line(&Both::new(
            "\nAm häufigsten verwechselt (richtig → angenommen; alle stehen in --json)",
            "\nMost often confused (right → taken; all of them are in --json)",
        ));
        for (count, right, taken) in pairs.into_iter().take(CONFUSED) {
            self.plain(&format!("  {count:4}  {right} → {taken}"));
        }
    }

    fn list(&mut self, title: &Both, places: &[usize]) {
        if places.is_empty() {
            return;
        }
        let count = places.len();
        self.line(&Both::new(
            format!("\n{} ({count})", title.de),
            format!("\n{} ({count})", title.en),
        ));
        for at in places {
            let line = self.message(*at);
            self.plain(&line);
        }
    }

    /// A message with what it is and what it was taken for.
    fn message(&self, at: usize) -> String {
        let (Some(case), Some(place), Some(triage)) = (
            self.run.cases.get(at),
            self.run.places.get(at),
            self.run.triages.get(at),
        ) else {
            return String::new();
        };
        let right = case.topic.as_deref().unwrap_or("–");
        let topic = triage.topics.first();
        let taken = triage
            .class
            .as_deref()
            .filter(|_| triage.zone != Zone::None);
        let taken = taken.or(topic.map(|t| t.id.as_str())).unwrap_or("–");
        let p = topic.map_or(0.0, |t| t.p);
        let why = match triage.evidence.first() {
            Some(evidence) => format!("; “{}”", evidence.phrase),
            None => String::new(),
        };
        let shown: String = case
            .text
            .chars()
            .take(SHOWN)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        format!(
            "  {place} {} [{right} → {taken}; {p:.2}{why}] {shown}",
            case.lang
        )
    }

    fn since(&mut self, before: &Difference) {
        let (less, more, topic) = (before.lower.len(), before.higher.len(), before.other_topic);
        self.line(&Both::new(
            format!("\nSeit dem letzten Lauf (Inhalt {}): weniger getan bei {less}, mehr bei {more}, anderes Thema bei {topic}", before.content),
            format!("\nSince the last run (content {}): less is done for {less}, more for {more}, another topic for {topic}", before.content),
        ));
        for (sign, places) in [('-', &before.lower), ('+', &before.higher)] {
            for at in places.iter().take(CONFUSED) {
                let line = self.message(*at);
                self.plain(&format!(" {sign}{}", line.trim_start_matches(' ')));
            }
        }
    }
}
