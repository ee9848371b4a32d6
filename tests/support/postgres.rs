//! Databases on the PostgreSQL server that tests may use, for the tests of the store and those of the
//! whole program alike.

use sqlx::{Connection as _, Executor as _};
use std::sync::atomic::{AtomicU64, Ordering};

static MADE: AtomicU64 = AtomicU64::new(0);

/// The URL of a new, empty database on the server that `LOTSE_TEST_POSTGRES` names.
pub async fn new_database() -> String {
    let url = std::env::var("LOTSE_TEST_POSTGRES").expect(
        "LOTSE_TEST_POSTGRES names no PostgreSQL server; scripts/test starts one and sets it \
         (postgres://user@host:port/database, where databases may be created)",
    );
    let n = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("lotse_test_{}_{n}", std::process::id());
    let mut server = sqlx::PgConnection::connect(&url)
        .await
        .expect("the PostgreSQL server answers");
    for statement in [
        format!("DROP DATABASE IF EXISTS {name}"),
        format!("CREATE DATABASE {name}"),
    ] {
        server
            .execute(sqlx::AssertSqlSafe(statement))
            .await
            .expect("databases may be created on this server");
    }
    let (base, _) = url.rsplit_once('/').expect("a URL with a database");
    format!("{base}/{name}")
}
