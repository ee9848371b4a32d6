//! Which services of the directory are named to a person.

use super::facts::{FactStatus, age_status};
use super::types::{Area, Content, Refer, Service, Settings};
use crate::model::{Lang, Value};
use jiff::civil::Date;

impl Service {
    /// Whether it may be named on a day: the rules are those of facts.
    pub fn status(&self, today: Date, settings: &Settings) -> FactStatus<'_> {
        let max = self.max_age_days.unwrap_or(settings.max_age_days);
        match age_status(self.state, self.checked_on, max, today) {
            Some(why) => FactStatus::Unverified(why),
            None => FactStatus::Usable { value: None },
        }
    }

    /// How near it is to a place, 0 the nearest; `None`: it does not help there.
    fn distance(&self, kreis: Option<&str>, land: Option<&str>) -> Option<u8> {
        match &self.area {
            Area::Kreise(keys) => keys.iter().any(|k| Some(k.as_str()) == kreis).then_some(0),
            Area::Land(key) => (Some(key.as_str()) == land).then_some(1),
            Area::Nationwide => Some(2),
        }
    }
}

impl Content {
    /// The services for a topic and a place: those of the Kreis first, then those of the Land, then those for all of
    /// Germany; among them first those that speak the person's language; else in the order of the file.
    pub fn services_for(
        &self,
        refer: &Refer,
        place: Option<&Value>,
        lang: &Lang,
        today: Date,
    ) -> Vec<&Service> {
        let (kreis, land) = match place {
            Some(Value::Place { postcode, kreis }) => {
                let known = kreis.as_deref().and_then(|k| self.places.kreis(k));
                let land = known
                    .map(|k| k.land.as_str())
                    .or_else(|| self.places.land_of_postcode(postcode));
                (kreis.as_deref(), land)
            }
            _ => (None, None),
        };
        let usable = |s: &&Service| {
            s.topics.contains(&refer.topic)
                && matches!(s.status(today, &self.settings), FactStatus::Usable { .. })
        };
        let mut found: Vec<(u8, bool, &Service)> = self
            .services
            .iter()
            .filter(usable)
            .filter_map(|s| Some((s.distance(kreis, land)?, !s.languages.contains(lang), s)))
            .collect();
        found.sort_by_key(|(distance, foreign, _)| (*distance, *foreign));
        found
            .into_iter()
            .take(refer.most)
            .map(|(_, _, service)| service)
            .collect()
    }
}
