//! The lists of the console: who waits, the most pressing first and then who waits longest; and who is
//! in whose care.

use super::row::{CaseRow, Offer, case_select};
use crate::desk::visibility::Viewer;
use crate::model::{CaseId, Level, OrganisationId, Timestamp};
use crate::store::db::{Arg, Tx, args};
use crate::store::sql::Sql;
use crate::store::{Store, StoreError};

/// Which cases a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Waiting at the viewer's organisations.
    Own,
    /// Waiting anywhere.
    All,
    /// In the care of somebody in the viewer's organisations.
    Team,
}

/// Where a list goes on: after this case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// [`Level::rank`] of the last case shown.
    pub rank: i64,
    /// Its age.
    pub opened_at: i64,
    /// Its id.
    pub id: CaseId,
}

/// Part of a list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The cases, in order.
    pub offers: Vec<Offer>,
    /// Set if there are more.
    pub next: Option<Cursor>,
}

/// How many wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everywhere.
    pub all: i64,
    /// At the viewer's organisations.
    pub own: i64,
    /// At the viewer's organisations, by level, the most pressing first.
    pub own_by_level: [i64; 4],
    /// In the care of the viewer.
    pub mine: i64,
    /// In the care of the viewer, and the person has written.
    pub mine_unread: i64,
}

pub(super) const ALL_WAITING: Sql = Sql::both(case_select!(
    "WHERE c.live = 1 AND c.state IN ('triage', 'waiting') AND (c.level_rank, c.opened_at, c.id) > ($1, $2, $3)
     ORDER BY c.level_rank, c.opened_at, c.id LIMIT $4"
));
pub(super) const WAITING_AT: Sql = Sql::both(case_select!(
    "WHERE c.live = 1 AND c.state IN ('triage', 'waiting') AND (c.level_rank, c.opened_at, c.id) > ($1, $2, $3)
       AND c.organisation_id = $5
     ORDER BY c.level_rank, c.opened_at, c.id LIMIT $4"
));
pub(super) const HELD_AT: Sql = Sql::both(case_select!(
    "WHERE c.live = 1 AND c.claimed_by IS NOT NULL AND (c.level_rank, c.opened_at, c.id) > ($1, $2, $3)
       AND c.organisation_id = $5
     ORDER BY c.level_rank, c.opened_at, c.id LIMIT $4"
));
/// The ones in which it is the counsellor's turn come first.
const MINE: Sql = Sql::both(case_select!(
    "WHERE c.live = 1 AND c.claimed_by = $1
     ORDER BY CASE WHEN c.state = 'awaiting_person' AND c.unread = 0 THEN 1 ELSE 0 END, c.level_rank, c.opened_at, c.id
     LIMIT 200"
));
const COUNT_WAITING: Sql = Sql::both(
    "SELECT organisation_id, level_rank, count(*) FROM cases
     WHERE live = 1 AND state IN ('triage', 'waiting') GROUP BY organisation_id, level_rank",
);
const COUNT_MINE: Sql = Sql::both(
    "SELECT count(*), coalesce(sum(CASE WHEN unread > 0 OR state = 'claimed' THEN 1 ELSE 0 END), 0)
     FROM cases WHERE live = 1 AND claimed_by = $1",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[
    &ALL_WAITING,
    &WAITING_AT,
    &HELD_AT,
    &MINE,
    &COUNT_WAITING,
    &COUNT_MINE,
];

impl Cursor {
    /// Before every case.
    const START: Self = Self {
        rank: -1,
        opened_at: 0,
        id: CaseId(uuid::Uuid::nil()),
    };

    fn of(offer: &Offer) -> Self {
        Self {
            rank: offer.level.rank(),
            opened_at: offer.opened_at.0,
            id: offer.id,
        }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.rank, self.opened_at, self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        let mut parts = s.splitn(3, '.');
        let mut part = || parts.next().ok_or(());
        Ok(Self {
            rank: part()?.parse().map_err(|_| ())?,
            opened_at: part()?.parse().map_err(|_| ())?,
            id: part()?.parse().map_err(|_| ())?,
        })
    }
}

impl Store {
    /// Part of a list, at most `limit` cases.
    pub async fn queue(
        &self,
        viewer: &Viewer,
        view: View,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let after = after.unwrap_or(Cursor::START);
        self.read(async |tx| {
            let mut offers = match view {
                View::All => list(tx, viewer, &ALL_WAITING, after, limit, None).await?,
                View::Own | View::Team => {
                    let sql = if view == View::Own {
                        &WAITING_AT
                    } else {
                        &HELD_AT
                    };
                    let mut all = Vec::new();
                    for m in &viewer.memberships {
                        let at = Some(m.organisation);
                        all.extend(list(tx, viewer, sql, after, limit, at).await?);
                    }
                    all.sort_by_key(Cursor::of);
                    all
                }
            };
            let more = offers.len() > limit;
            offers.truncate(limit);
            let next = offers.last().map(Cursor::of).filter(|_| more);
            Ok(Page { offers, next })
        })
        .await
    }

    /// The cases in the viewer's care; the ones in which it is their turn come first.
    pub async fn my_cases(&self, viewer: &Viewer) -> Result<Vec<Offer>, StoreError> {
        self.read(async |tx| {
            let rows = tx.all(&MINE, args![viewer.counsellor]).await?;
            offers(&rows, viewer)
        })
        .await
    }

    /// How many wait.
    pub async fn queue_counts(&self, viewer: &Viewer) -> Result<Counts, StoreError> {
        self.read(async |tx| {
            let mut counts = Counts::default();
            for row in tx.all(&COUNT_WAITING, args![]).await? {
                let organisation: OrganisationId = row.id(0)?;
                let (rank, n) = (row.int(1)?, row.int(2)?);
                counts.all += n;
                if viewer
                    .memberships
                    .iter()
                    .any(|m| m.organisation == organisation)
                {
                    counts.own += n;
                    let level = Level::ALL.iter().position(|l| l.rank() == rank);
                    if let Some(level) = level {
                        counts.own_by_level[level] += n;
                    }
                }
            }
            if let Some(row) = tx.first(&COUNT_MINE, args![viewer.counsellor]).await? {
                (counts.mine, counts.mine_unread) = (row.int(0)?, row.int(1)?);
            }
            Ok(counts)
        })
        .await
    }
}

/// One case more than asked for, to know whether there are more.
async fn list(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    sql: &Sql,
    after: Cursor,
    limit: usize,
    organisation: Option<OrganisationId>,
) -> Result<Vec<Offer>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut arguments = args![after.rank, Timestamp(after.opened_at), after.id, limit];
    arguments.extend(organisation.map(Arg::from));
    offers(&tx.all(sql, arguments).await?, viewer)
}

fn offers(rows: &[crate::store::db::Row], viewer: &Viewer) -> Result<Vec<Offer>, StoreError> {
    rows.iter()
        .filter_map(|row| CaseRow::read(row).map(|c| c.offer(viewer)).transpose())
        .collect()
}
