//! Which organisation a new case goes to.

use crate::model::OrganisationId;

/// An organisation that covers the person's Kreis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The organisation.
    pub organisation: OrganisationId,
    /// How many cases wait there now.
    pub waiting: i64,
}

/// Why a case is where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The organisation covers the Kreis.
    Kreis,
    /// Nobody covers the place, or the place is not known: the online pilot takes it.
    Fallback,
}

impl Route {
    /// The word used in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kreis => "kreis",
            Self::Fallback => "fallback",
        }
    }

    /// The reverse of [`Route::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Kreis, Self::Fallback]
            .into_iter()
            .find(|r| r.as_str() == word)
    }
}

/// The organisation for a case. Of several local projects that cover the Kreis, the one where the
/// fewest wait (the same one each time if they are equal). Never nobody: there is always a fallback.
pub fn route(covering: &[Candidate], fallback: OrganisationId) -> (OrganisationId, Route) {
    covering
        .iter()
        // The online pilot may list a Kreis itself; a local project comes first all the same.
        .filter(|c| c.organisation != fallback)
        .min_by_key(|c| (c.waiting, c.organisation))
        .map_or((fallback, Route::Fallback), |c| {
            (c.organisation, Route::Kreis)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn org(n: u128) -> OrganisationId {
        OrganisationId(uuid::Uuid::from_u128(n))
    }

    fn covering(list: &[(u128, i64)]) -> Vec<Candidate> {
        list.iter()
            .map(|&(n, waiting)| Candidate {
                organisation: org(n),
                waiting,
            })
            .collect()
    }

    #[test]
    fn a_local_project_comes_before_the_online_pilot_and_the_least_loaded_first() {
        for (list, expected) in [
            (&[][..], (org(9), Route::Fallback)),
            (&[(1, 50)], (org(1), Route::Kreis)),
            (&[(1, 5), (2, 3)], (org(2), Route::Kreis)),
            (&[(2, 3), (1, 3)], (org(1), Route::Kreis)),
            (&[(9, 0), (1, 50)], (org(1), Route::Kreis)),
            (&[(9, 0)], (org(9), Route::Fallback)),
        ] {
            assert_eq!(route(&covering(list), org(9)), expected, "{list:?}");
        }
    }

    #[test]
    fn the_words_in_the_database_can_be_read_back() {
        for route in [Route::Kreis, Route::Fallback] {
            assert_eq!(Route::parse(route.as_str()), Some(route));
        }
        assert_eq!(Route::parse("land"), None);
    }
}
