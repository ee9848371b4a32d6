//! What `lotse publish` says, in German or English.

use crate::content::{Both, Changes, StepChange};
use crate::engine::Fate;
use crate::engine::lint::Standing;
use crate::model::Lang;

/// So many changed texts are named for each language.
const MOST_NAMES: usize = 10;

/// Lines in both languages.
fn line(all: &mut Both, de: String, en: String) {
    all.de.push_str(&format!("  {de}\n"));
    all.en.push_str(&format!("  {en}\n"));
}

/// The changes, in an editor's words.
pub fn changes(changes: &Changes) -> Both {
    let mut all = Both::default();
    for flow in &changes.flows_added {
        line(
            &mut all,
            format!("neuer Ablauf: {flow}"),
            format!("new flow: {flow}"),
        );
    }
    for flow in &changes.flows_removed {
        line(
            &mut all,
            format!("Ablauf entfernt: {flow}"),
            format!("flow removed: {flow}"),
        );
    }
    for ((flow, step), change) in &changes.steps {
        let at = format!("{flow}/{step}");
        let (de, en, to) = match change {
            StepChange::Added => ("neuer Schritt", "new step", None),
            StepChange::Changed => ("Schritt geändert", "step changed", None),
            StepChange::AsksOther => ("fragt etwas anderes", "asks something else", None),
            StepChange::Moved(to) => ("Schritt umbenannt", "step moved", Some(to)),
            StepChange::Removed => ("Schritt entfernt", "step removed", None),
        };
        let to = to.map_or(String::new(), |to| format!(" -> {to}"));
        line(
            &mut all,
            format!("{de}: {at}{to}"),
            format!("{en}: {at}{to}"),
        );
    }
    for file in &changes.files {
        line(
            &mut all,
            format!("geändert: {file}"),
            format!("changed: {file}"),
        );
    }
    for (lang, texts) in &changes.texts {
        let (added, changed, removed) = (texts.added, texts.changed, texts.removed);
        line(
            &mut all,
            format!("Texte in {lang}: {added} neu, {changed} geändert, {removed} entfernt"),
            format!("texts in {lang}: {added} new, {changed} changed, {removed} removed"),
        );
        if !texts.names.is_empty() {
            let names: Vec<&str> = texts
                .names
                .iter()
                .take(MOST_NAMES)
                .map(String::as_str)
                .collect();
            let more = if texts.names.len() > MOST_NAMES {
                ", …"
            } else {
                ""
            };
            let names = names.join(", ") + more;
            line(&mut all, format!("  {names}"), format!("  {names}"));
        }
    }
    all
}

/// Who stands at steps that are gone or ask something else, and what becomes of them.
pub fn people(standing: &[(Standing, Fate)]) -> Both {
    let mut all = Both::default();
    for (one, fate) in standing {
        let (de, en) = match fate {
            Fate::Kept => continue,
            Fate::AsksOther => (
                "die Frage dort ist jetzt eine andere",
                "the question there is another one now",
            ),
            Fate::Gone => (
                "den Schritt gibt es nicht mehr, und unter [moved] steht nichts dazu",
                "the step is gone and has no entry below [moved]",
            ),
        };
        let at = format!("{}/{}", one.at.flow, one.at.step);
        let count = one.people;
        let who = match count {
            1 => Both::new("1 Mensch", "1 person"),
            _ => Both::new(format!("{count} Menschen"), format!("{count} people")),
        };
        line(
            &mut all,
            format!(
                "{} bei {at}: {de}; sie bekommen eine Entschuldigung und die Wahl, neu zu beginnen oder mit einem Menschen zu sprechen",
                who.de
            ),
            format!(
                "{} at {at}: {en}; they get an apology and the choice to start again or to talk to a person",
                who.en
            ),
        );
    }
    if all.de.is_empty() {
        return Both::new(
            "Niemand steht an einem Schritt, den es nicht mehr gibt.\n",
            "Nobody stands at a step that is gone.\n",
        );
    }
    Both::new(
        format!("Menschen mittendrin:\n{}", all.de),
        format!("People in the middle of it:\n{}", all.en),
    )
}

/// How good the content is that is to be published.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Warnings of `lotse check`.
    pub warnings: usize,
    /// Transcripts that fail, and all of them; `None`: there are none.
    pub failing: Option<(usize, usize)>,
    /// Texts whose source is newer, by language.
    pub stale: Vec<(Lang, usize)>,
}

impl Quality {
    /// It on one line.
    pub fn told(&self) -> Both {
        let warnings = self.warnings;
        let failing = self.failing.map_or_else(
            || Both::new("keine Transkripte", "no transcripts"),
            |(failing, all)| {
                Both::new(
                    format!("fehlschlagende Transkripte: {failing} von {all}"),
                    format!("failing transcripts: {failing} of {all}"),
                )
            },
        );
        let stale: Vec<String> = self.stale.iter().map(|(l, n)| format!("{l} {n}")).collect();
        let stale = match stale.is_empty() {
            true => "0".to_owned(),
            false => stale.join(", "),
        };
        Both::new(
            format!(
                "Warnungen: {warnings}; {}; veraltete Texte: {stale}",
                failing.de
            ),
            format!("Warnings: {warnings}; {}; stale texts: {stale}", failing.en),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::TextChanges;
    use crate::engine::Position;

    #[test]
    fn changes_are_told_in_words() {
        let mut all = Changes {
            flows_added: vec!["interpreter".to_owned()],
            files: vec!["flows/facts.toml".to_owned()],
            ..Changes::default()
        };
        let at = |step: &str| ("work".to_owned(), step.to_owned());
        let moved = StepChange::Moved("months".to_owned());
        all.steps.insert(at("duration"), moved);
        all.steps.insert(at("card"), StepChange::Removed);
        let texts = TextChanges {
            added: 2,
            changed: 12,
            removed: 0,
            names: (1..=12).map(|n| format!("work/t{n}")).collect(),
        };
        all.texts.insert(Lang::new("ar"), texts);
        let told = changes(&all);
        insta::assert_snapshot!(told.de + &told.en);
    }

    #[test]
    fn people_are_told_what_becomes_of_them() {
        let at = |step: &str, people| Standing {
            at: Position {
                flow: "work".into(),
                step: step.into(),
                ask: "choice".into(),
            },
            people,
        };
        let gone = [
            (at("card", 1), Fate::Gone),
            (at("age", 5), Fate::AsksOther),
            (at("months", 9), Fate::Kept),
        ];
        let (told, nobody) = (people(&gone), people(&gone[2..]));
        insta::assert_snapshot!(told.de + &told.en + &nobody.de + &nobody.en);
    }

    #[test]
    fn the_quality_is_told_on_one_line() {
        let told = Quality {
            warnings: 3,
            failing: Some((1, 103)),
            stale: vec![(Lang::new("en"), 0), (Lang::new("ar"), 2)],
        };
        let told = [told, Quality::default()].map(|q| q.told());
        let lines = told.map(|t| format!("{}\n{}", t.de, t.en));
        insta::assert_snapshot!(lines.join("\n"));
    }
}
