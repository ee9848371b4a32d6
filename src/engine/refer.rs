//! Naming services out of the directory.

use super::run::Run;
use crate::content::{Arg, Flow, Refer, Service, Step, isolated};
use crate::model::{Direction, Lang};
use crate::text;

impl Run<'_> {
    /// Says a step's text with the services below it. `false`: no service fits, and nothing was said.
    pub(super) fn refer(&mut self, flow: &Flow, step: &Step, refer: &Refer) -> bool {
        let place = refer.place.as_ref().and_then(|f| self.state.answers.get(f));
        let today = self.env.now.date();
        let services = self.content.services_for(refer, place, &self.lang(), today);
        if services.is_empty() {
            return false;
        }
        self.say_step_and(flow, step, |run, lang| run.listed(lang, &services));
        true
    }

    /// The services one below the other, and the oldest day on which one of them was checked.
    fn listed(&self, lang: &Lang, services: &[&Service]) -> String {
        let mut out = String::new();
        for service in services {
            out.push_str("\n\n");
            out.push_str(&self.service(lang, service));
        }
        if let Some(oldest) = services.iter().map(|s| s.checked_on).min() {
            let date = Arg::Text(text::date_in_words(oldest, lang.as_str()));
            out.push_str("\n\n");
            out.push_str(&self.system(lang, "service-checked", &[("date", date)]));
        }
        out
    }

    /// Name, number, page, address and languages. Numbers and addresses stay as they are, so that they can be tapped.
    fn service(&self, lang: &Lang, service: &Service) -> String {
        let direction = lang.direction();
        let mut lines = vec![format!("**{}**", isolated(&service.name, direction))];
        // In right-to-left text a blank between two groups of digits would swap them.
        let phone = service.phone.as_ref().map(|p| match direction {
            Direction::Rtl => p.replace(' ', "\u{A0}"),
            Direction::Ltr => p.clone(),
        });
        let address = service.address.as_ref();
        let address = address.map(|a| isolated(a, direction).into_owned());
        let items = [phone, service.url.clone(), address];
        lines.extend(items.into_iter().flatten().map(|item| format!("- {item}")));
        let names: Vec<&str> = service
            .languages
            .iter()
            .filter_map(|l| text::language_name(l.as_str()))
            .collect();
        if !names.is_empty() {
            let names = [("languages", Arg::Text(names.join(", ")))];
            lines.push(format!(
                "- {}",
                self.system(lang, "service-languages", &names)
            ));
        }
        lines.join("\n")
    }
}
