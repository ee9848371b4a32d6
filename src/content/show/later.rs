//! Reminders and services in words.

use super::Page;
use crate::content::types::{Area, Refer, Remind, Service};
use crate::model::{Lapse, LapseUnit};
use std::fmt::Write as _;

impl Page<'_> {
    /// Which reminder a step offers.
    pub(super) fn remind(&self, remind: &Remind) -> String {
        let Lapse { count, unit } = remind.span;
        let unit = match unit {
            LapseUnit::Hours => self.say("Stunden", "hours"),
            LapseUnit::Days => self.say("Tage", "days"),
            LapseUnit::Weeks => self.say("Wochen", "weeks"),
            LapseUnit::Months => self.say("Monate", "months"),
        };
        let when = match (&remind.field, remind.before) {
            (None, _) => format!("{count} {unit} {}", self.say("später", "later")),
            (Some(field), before) => {
                let side = match before {
                    true => self.say("vor", "before"),
                    false => self.say("nach", "after"),
                };
                format!("{count} {unit} {side} {}", self.field(field))
            }
        };
        let offered = self.say("Erinnerung angeboten", "A reminder is offered");
        format!("{offered}: {when} → {}", self.target(&remind.target))
    }

    /// How services are chosen, and which there are for the topic.
    pub(super) fn refer(&self, refer: &Refer, out: &mut String) {
        let topic = self
            .content
            .words
            .text(self.lang, "topics", &refer.topic, &[]);
        let topic = topic.as_ref().unwrap_or(&refer.topic);
        let most = refer.most;
        let _ = match &refer.place {
            Some(place) => writeln!(
                out,
                "  {} {most} {} {topic}, {} {}",
                self.say("Bis zu", "Up to"),
                self.say("Dienste zum Thema", "services for the topic"),
                self.say("nach", "by"),
                self.field(place)
            ),
            None => writeln!(
                out,
                "  {} {most} {} {topic}",
                self.say("Bis zu", "Up to"),
                self.say(
                    "Dienste für ganz Deutschland zum Thema",
                    "services for all of Germany for the topic"
                ),
            ),
        };
        let of_topic = |s: &&Service| s.topics.contains(&refer.topic);
        for service in self.content.services.iter().filter(of_topic) {
            let area = match &service.area {
                Area::Kreise(keys) => keys.join(", "),
                Area::Land(land) => land.clone(),
                Area::Nationwide => self.say("bundesweit", "nationwide").to_owned(),
            };
            let _ = writeln!(out, "  - {} ({area})", service.name);
        }
        let none = self.say("Passt keiner", "If none fits");
        let _ = writeln!(out, "  {none} → {}", self.target(&refer.otherwise));
    }
}

#[cfg(test)]
mod tests {
    use crate::content::check::example::folder;
    use crate::content::{load, show};
    use crate::model::Lang;
    use std::sync::Arc;

    #[test]
    fn reminders_and_services_are_told_in_words() {
        let work = "start = \"a\"\n[step.a]\nsay = true\n\
            remind = { field = \"arrival\", before = \"2w\", goto = \"b\" }\ngoto = \"b\"\n\
            [step.b]\nrefer = { topic = \"work\", most = 2, else = \"flow:menu\" }\n";
        let services = "[service.advice]\nname = \"Rat\"\ntopics = [\"work\"]\nnationwide = true\n\
            url = \"https://example.org\"\nsource = \"https://example.org\"\nchecked_on = 2026-11-01\n\
            checked_by = \"A\"\nstate = \"verified\"\n";
        let source = folder()
            .with("flows/work.toml", work)
            .with("flows/services.toml", services)
            .with("locales/de/work.ftl", "a = A\nb = B\n")
            .with("locales/en/work.ftl", "a = A\nb = B\n");
        let loaded = load(&source, Arc::default());
        let content = loaded
            .content
            .unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let day = jiff::civil::date(2026, 11, 21);
        let shown = |lang: &str| show(&content, "work", &Lang::new(lang), day).unwrap();
        let english = shown("en");
        for line in [
            "  A reminder is offered: 2 weeks before Arrival → b\n",
            "  Up to 2 services for all of Germany for the topic Work\n  - Rat (nationwide)\n",
            "  If none fits → flow menu\n",
        ] {
            assert!(english.contains(line), "{line:?} is not in\n{english}");
        }
        let german = shown("de");
        let line = "  Erinnerung angeboten: 2 Wochen vor Ankunft → b\n";
        assert!(german.contains(line), "{german}");
    }
}
