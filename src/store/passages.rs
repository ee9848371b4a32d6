//! How many people went which way through the flows, in a month. No row says who, or when exactly.

use super::db::{Tx, args};
use super::rows::{Rows, RowsSql};
use super::sql::Sql;
use super::{Store, StoreError, Write};
use crate::model::{Passage, Timestamp, Way};
use std::collections::BTreeMap;

/// The word for a step that was reached.
const REACHED: &str = "reached";

static COUNT: RowsSql = RowsSql::new(
    "INSERT INTO passages (month, flow, step, way, target, count) VALUES ",
    " ON CONFLICT (flow, month, step, way, target) DO UPDATE SET count = passages.count + excluded.count",
    0,
    6,
);

const OF_CAMPAIGNS: Sql = Sql::both(
    "SELECT month, target, CAST(sum(count) AS bigint) FROM passages WHERE way = 'campaign' AND month >= $1
     GROUP BY month, target ORDER BY month, 3 DESC, target",
);

// PostgreSQL's sum of whole numbers would be `numeric` without the cast.
const OF_FLOW: Sql = Sql::both(
    "SELECT step, way, target, CAST(sum(count) AS bigint) FROM passages WHERE flow = $1 AND month >= $2
     GROUP BY step, way, target",
);

/// Every statement of this file.
#[cfg(test)]
pub(crate) const ALL: &[&Sql] = &[&OF_FLOW, &OF_CAMPAIGNS];

/// Adds passages to their month. Not part of the turn's own transaction: rows that everybody counts on would make
/// turns wait for each other, and would tell by the transaction who was counted.
#[derive(Debug)]
pub struct CountPassages {
    /// How often each was made. In order, so that two processes lock the rows in the same one.
    pub passages: BTreeMap<Passage, u64>,
    /// When.
    pub now: Timestamp,
}

impl Write for CountPassages {
    type Out = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let month = self.now.in_berlin().strftime("%Y-%m").to_string();
        let mut rows = Rows::default();
        for (passage, count) in &self.passages {
            let (way, target) = match &passage.on {
                None => (REACHED, ""),
                Some((way, target)) => (way.as_str(), target.as_str()),
            };
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            rows.add(args![
                &month,
                &passage.flow,
                &passage.step,
                way,
                target,
                count
            ]);
        }
        tx.run_rows(&COUNT, vec![], rows).await.map(drop)
    }
}

/// How many people came by a campaign's link in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrivals {
    /// The month, as `2026-09`.
    pub month: String,
    /// The campaign's name, as it stands in the link.
    pub campaign: String,
    /// How many.
    pub count: u64,
}

impl Store {
    /// Who came by links of campaigns, from a month (`2026-09`) on: by month, the strongest first.
    pub async fn arrivals(&self, since: &str) -> Result<Vec<Arrivals>, StoreError> {
        self.read(async |tx| {
            let rows = tx.all(&OF_CAMPAIGNS, args![since]).await?;
            let arrivals = rows.iter().map(|row| {
                Ok(Arrivals {
                    month: row.text(0)?,
                    campaign: row.text(1)?,
                    count: u64::try_from(row.int(2)?).unwrap_or(0),
                })
            });
            arrivals.collect()
        })
        .await
    }

    /// The passages of a flow, from a month (`2026-09`) on.
    pub async fn passages(
        &self,
        flow: &str,
        since: &str,
    ) -> Result<Vec<(Passage, u64)>, StoreError> {
        self.read(async |tx| {
            let mut found = Vec::new();
            for row in tx.all(&OF_FLOW, args![flow, since]).await? {
                let way = row.text(1)?;
                let on = match way.as_str() {
                    REACHED => None,
                    // A way that only a newer version knows.
                    word => match Way::read(word) {
                        Some(way) => Some((way, row.text(2)?)),
                        None => continue,
                    },
                };
                let passage = Passage {
                    flow: flow.to_owned(),
                    step: row.text(0)?,
                    on,
                };
                found.push((passage, u64::try_from(row.int(3)?).unwrap_or(0)));
            }
            Ok(found)
        })
        .await
    }
}
