//! Postcodes, Kreise and Länder.

use crate::text::key;
use thiserror::Error;

/// The tables `data/plz_kreis.csv` and `data/kreise.csv` in memory: about 100 kB.
///
/// Postcodes lie sorted in one list; `start[i]..start[i + 1]` are the places in `members` where the Kreise of
/// the postcode `postcodes[i]` stand, as indices of `kreise`.
#[derive(Debug, Default)]
pub struct Places {
    kreise: Vec<Kreis>,
    postcodes: Vec<u32>,
    start: Vec<u16>,
    members: Vec<u16>,
}

/// A Kreis (district).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kreis {
    /// Official municipality key, five digits.
    pub key: String,
    /// Its name: `München, Landeshauptstadt`.
    pub name: String,
    /// `Landkreis`, `Kreis`, `Kreisfreie Stadt`, `Stadtkreis`.
    pub kind: String,
    /// Its Land, two letters (`HE`).
    pub land: String,
}

impl Kreis {
    /// Its name alone: `München`.
    pub fn short_name(&self) -> &str {
        self.name
            .split([',', '('])
            .next()
            .unwrap_or(&self.name)
            .trim()
    }

    /// A name for buttons and summaries that tells a city from the Kreis around it:
    /// `Stadt München`, `Landkreis München`.
    pub fn label(&self) -> String {
        let name = self.name.split(',').next().unwrap_or(&self.name).trim();
        let known = |word: &str| name.to_lowercase().contains(word);
        match self.kind.as_str() {
            "Landkreis" | "Kreis" if known("kreis") || known("region") || known("verband") => {
                name.to_owned()
            }
            kind @ ("Landkreis" | "Kreis") => format!("{kind} {name}"),
            _ if known("stadt") => name.to_owned(),
            _ => format!("Stadt {name}"),
        }
    }
}

/// Why the tables cannot be used.
#[derive(Debug, Error)]
pub enum PlacesError {
    /// Not comma-separated values as expected.
    #[error("{table}: {source}")]
    Csv {
        /// Which table.
        table: &'static str,
        /// What the reader says.
        source: csv::Error,
    },
    /// A line that means nothing.
    #[error("{table}, line {line}: {what}")]
    Line {
        /// Which table.
        table: &'static str,
        /// Its line, from 1.
        line: usize,
        /// What is wrong there.
        what: &'static str,
    },
}

const PLZ: &str = "plz_kreis.csv";
const KREISE: &str = "kreise.csv";

impl Places {
    /// Reads the two tables.
    ///
    /// # Errors
    /// If a line has not the expected columns, a postcode comes twice, or a Kreis is not in the second table.
    pub fn parse(plz_kreis: &str, kreise: &str) -> Result<Self, PlacesError> {
        let mut places = Self {
            kreise: parse_kreise(kreise)?,
            ..Self::default()
        };
        let mut rows = parse_postcodes(plz_kreis)?;
        rows.sort_unstable();
        for (postcode, keys, line) in rows {
            let fault = |what| PlacesError::Line {
                table: PLZ,
                line,
                what,
            };
            if places.postcodes.last() == Some(&postcode) {
                return Err(fault("this postcode stands here for the second time"));
            }
            places.postcodes.push(postcode);
            places.start.push(small(places.members.len(), &fault)?);
            for key in keys.split_whitespace() {
                let found = places.kreise.binary_search_by(|k| k.key.as_str().cmp(key));
                let index = found.map_err(|_| fault("this Kreis is not in kreise.csv"))?;
                places.members.push(small(index, &fault)?);
            }
        }
        let end = PlacesError::Line {
            table: PLZ,
            line: 0,
            what: "too many lines",
        };
        places
            .start
            .push(u16::try_from(places.members.len()).map_err(|_| end)?);
        Ok(places)
    }

    /// The Kreise that a postcode lies in: none if it is unknown, several for 208 of them (some are those of large recipients).
    pub fn of_postcode(&self, postcode: &str) -> Vec<&Kreis> {
        let Some(index) = number(postcode).and_then(|n| self.postcodes.binary_search(&n).ok())
        else {
            return Vec::new();
        };
        self.members_of(index).collect()
    }

    /// The Land that a postcode most likely lies in: that of its Kreis, else the one that most of the
    /// postcodes with the same first digits lie in.
    pub fn land_of_postcode(&self, postcode: &str) -> Option<&str> {
        let wanted = number(postcode)?;
        for unit in [1, 10, 100, 1000] {
            let low = wanted / unit * unit;
            let from = self.postcodes.partition_point(|p| *p < low);
            let to = self.postcodes.partition_point(|p| *p < low + unit);
            let mut lands: Vec<&str> = (from..to)
                .flat_map(|i| self.members_of(i))
                .map(|k| k.land.as_str())
                .collect();
            lands.sort_unstable();
            let most = lands.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
            if let Some(land) = most.and_then(|same| same.first()) {
                return Some(land);
            }
        }
        None
    }

    /// Which Kreis the words beside a postcode name, if it is another than the postcode's.
    ///
    /// Silent where that cannot be told: the postcode is unknown, no Kreis is named, one of the names is right, or the
    /// name is that of several in different Länder (Frankfurt, Neustadt). Many words are a story, not an address.
    pub fn named_elsewhere(&self, postcode: &str, written: &str) -> Option<&Kreis> {
        let here = self.of_postcode(postcode);
        let words: Vec<String> = key(written)
            .split(' ')
            .filter(|w| !w.chars().any(|c| c.is_ascii_digit()))
            .map(str::to_owned)
            .collect();
        if here.is_empty() || words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let said = format!(" {} ", words.join(" "));
        let length = |name: &str| {
            let name = key(name);
            said.contains(&format!(" {name} ")).then_some(name.len())
        };
        // "Frankfurt am Main" says more than "Frankfurt".
        let matches = |k: &Kreis| length(k.short_name()).max(length(without_river(k.short_name())));
        let longest = self.kreise.iter().filter_map(matches).max()?;
        let named: Vec<&Kreis> = self
            .kreise
            .iter()
            .filter(|k| matches(k) == Some(longest))
            .collect();
        let first = named.first().copied()?;
        let told = named
            .iter()
            .all(|k| k.land == first.land && !here.contains(k));
        told.then_some(first)
    }

    /// A Kreis by its key.
    pub fn kreis(&self, key: &str) -> Option<&Kreis> {
        let index = self
            .kreise
            .binary_search_by(|k| k.key.as_str().cmp(key))
            .ok()?;
        self.kreise.get(index)
    }

    /// All Kreise, by key.
    pub fn kreise(&self) -> &[Kreis] {
        &self.kreise
    }

    fn members_of(&self, index: usize) -> impl Iterator<Item = &Kreis> {
        let from = self.start.get(index).copied().map_or(0, usize::from);
        let to = self.start.get(index + 1).copied().map_or(from, usize::from);
        self.members[from..to]
            .iter()
            .filter_map(|m| self.kreise.get(usize::from(*m)))
    }
}

/// More words than this beside a postcode are no address.
const MOST_WORDS: usize = 5;

/// `Frankfurt am Main` is mostly called by its first word.
fn without_river(name: &str) -> &str {
    let marks = [" am ", " an ", " a.", " i.", " in "];
    let ends = marks.iter().filter_map(|mark| name.find(mark));
    ends.min().map_or(name, |end| &name[..end])
}

fn small(n: usize, fault: &impl Fn(&'static str) -> PlacesError) -> Result<u16, PlacesError> {
    u16::try_from(n).map_err(|_| fault("too many lines"))
}

/// A postcode as a number; `None` unless it is exactly five ASCII digits.
fn number(postcode: &str) -> Option<u32> {
    let fits = postcode.len() == 5 && postcode.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| postcode.parse().ok()).flatten()
}

fn parse_kreise(text: &str) -> Result<Vec<Kreis>, PlacesError> {
    let mut kreise = Vec::new();
    for (index, row) in csv::Reader::from_reader(text.as_bytes())
        .records()
        .enumerate()
    {
        let row = row.map_err(|source| PlacesError::Csv {
            table: KREISE,
            source,
        })?;
        let cell = |n: usize| row.get(n).unwrap_or_default().to_owned();
        let kreis = Kreis {
            key: cell(0),
            name: cell(1),
            kind: cell(2),
            land: cell(3),
        };
        if number(&kreis.key).is_none() || kreis.name.is_empty() || kreis.land.len() != 2 {
            let what = "expected: key, name, type, Land";
            return Err(PlacesError::Line {
                table: KREISE,
                line: index + 2,
                what,
            });
        }
        kreise.push(kreis);
    }
    kreise.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(kreise)
}

/// Postcode, keys separated by spaces, line.
fn parse_postcodes(text: &str) -> Result<Vec<(u32, String, usize)>, PlacesError> {
    let mut rows = Vec::new();
    for (index, row) in csv::Reader::from_reader(text.as_bytes())
        .records()
        .enumerate()
    {
        let row = row.map_err(|source| PlacesError::Csv { table: PLZ, source })?;
        let line = index + 2;
        let postcode = row.get(0).and_then(number);
        let what = "expected: postcode, keys of its Kreise";
        let postcode = postcode.ok_or(PlacesError::Line {
            table: PLZ,
            line,
            what,
        })?;
        rows.push((postcode, row.get(1).unwrap_or_default().to_owned(), line));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Places {
        Places::parse(
            include_str!("../../data/plz_kreis.csv"),
            include_str!("../../data/kreise.csv"),
        )
        .unwrap()
    }

    fn keys(places: &Places, postcode: &str) -> Vec<String> {
        places
            .of_postcode(postcode)
            .into_iter()
            .map(|k| k.key.clone())
            .collect()
    }

    #[test]
    fn finds_kreise_of_postcodes() {
        let places = shipped();
        assert_eq!(keys(&places, "34497"), ["06635"]);
        assert_eq!(keys(&places, "01445"), ["14612", "14627"]);
        for unknown in ["00000", "99999", "3449", "344970", "abcde", "", "٣٤٤٩٧"] {
            assert_eq!(keys(&places, unknown), [""; 0], "{unknown}");
        }
        assert_eq!(
            places.kreis("06635").unwrap().label(),
            "Landkreis Waldeck-Frankenberg"
        );
        assert!(places.kreis("06").is_none());
        assert_eq!(places.kreise().len(), 400);
    }

    #[test]
    fn the_number_of_postcodes_with_several_kreise_is_as_documented() {
        let places = shipped();
        let several = places.start.windows(2).filter(|w| w[1] - w[0] > 1).count();
        assert_eq!(several, 208);
    }

    #[test]
    fn finds_a_land_for_unknown_postcodes_too() {
        let places = shipped();
        assert_eq!(places.land_of_postcode("34497"), Some("HE"));
        assert_eq!(places.of_postcode("80000").len(), 0);
        assert_eq!(places.land_of_postcode("80000"), Some("BY"));
        assert_eq!(places.land_of_postcode("10000"), Some("BE"));
        assert_eq!(places.land_of_postcode("00000"), None);
        assert_eq!(Places::default().land_of_postcode("34497"), None);
    }

    #[test]
    fn labels_tell_cities_from_the_kreis_around_them() {
        let places = shipped();
        let label = |key: &str| places.kreis(key).unwrap().label();
        assert_eq!(label("09162"), "Stadt München");
        assert_eq!(label("09184"), "Landkreis München");
        assert_eq!(label("05958"), "Hochsauerlandkreis");
    }

    #[test]
    fn words_beside_a_postcode_may_name_another_kreis() {
        let places = shipped();
        let named = |postcode, written| {
            let kreis = places.named_elsewhere(postcode, written);
            kreis.map(Kreis::short_name)
        };
        assert_eq!(named("34497", "34497 Berlin"), Some("Berlin"));
        assert_eq!(named("34497", "D-34497, Kassel"), Some("Kassel"));
        assert_eq!(
            named("34497", "frankfurt am main 34497"),
            Some("Frankfurt am Main")
        );
        for (postcode, written) in [
            ("34497", "34497"),
            ("34497", "34497 Korbach"),
            ("34497", "34497 Waldeck-Frankenberg"),
            ("10115", "10115 Berlin"),
            ("34117", "34117 Kassel"),
            ("81667", "Stadt München 81667"),
            // Two in different Länder.
            ("34497", "34497 Frankfurt"),
            ("34497", "34497 Neustadt"),
            ("34497", "34497 برلين"),
            ("00001", "00001 Berlin"),
            ("34497", "34497 und ich suche Arbeit in Berlin oder Kassel"),
        ] {
            assert_eq!(named(postcode, written), None, "{written}");
        }
    }

    #[test]
    fn faulty_tables_are_refused_with_the_line() {
        let kreise = "ags5,name,type,land,nuts\n06635,X,Landkreis,HE,\n";
        let say = |plz: &str| Places::parse(plz, kreise).unwrap_err().to_string();
        assert_eq!(
            say("plz,ags5\n34497,06635\n3449x,06635\n"),
            "plz_kreis.csv, line 3: expected: postcode, keys of its Kreise"
        );
        assert_eq!(
            say("plz,ags5\n34497,06636\n"),
            "plz_kreis.csv, line 2: this Kreis is not in kreise.csv"
        );
        assert_eq!(
            say("plz,ags5\n34497,06635\n34497,06635\n"),
            "plz_kreis.csv, line 3: this postcode stands here for the second time"
        );
    }
}
