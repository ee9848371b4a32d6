//! Group commit for SQLite: one writer, and everything that waits for it goes into one transaction.
//!
//! A disk sync is what limits a durable bot. While one sync is under way, other writes queue up here;
//! the next transaction takes them all. If one of them fails, the whole group is rolled back and each
//! is run again alone, so that a fault hits nobody else. That is why a [`Write`] can be run twice.

use super::db::Tx;
use super::{StoreError, Write};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// How many writes share one transaction at most.
const GROUP_LIMIT: usize = 64;

/// A write with its way back to the caller.
struct Job<W: Write> {
    write: W,
    result: Option<Result<W::Out, StoreError>>,
    reply: oneshot::Sender<Result<W::Out, StoreError>>,
}

/// A job of any kind, as the writer's queue holds it.
trait AnyJob: Send {
    /// Runs the write in the open transaction. `true`: it worked.
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>) -> BoxFuture<'a, bool>;
    /// Hands the result to the caller; `commit` says whether the transaction was committed.
    fn finish(self: Box<Self>, commit: Result<(), StoreError>);
}

impl<W: Write> AnyJob for Job<W> {
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            // A panic in one write must not end the only writer.
            let run = AssertUnwindSafe(self.write.run(tx)).catch_unwind().await;
            let result = run.unwrap_or(Err(StoreError::Shape("the program failed on it")));
            let worked = result.is_ok();
            self.result = Some(result);
            worked
        })
    }

    fn finish(self: Box<Self>, commit: Result<(), StoreError>) {
        let result = match (self.result, commit) {
            (Some(Err(e)), _) | (_, Err(e)) => Err(e),
            (Some(ok), Ok(())) => ok,
            (None, Ok(())) => Err(StoreError::Stopped),
        };
        // The caller may have gone away; what it asked for is done all the same.
        let _ = self.reply.send(result);
    }
}

/// The queue in front of the writer.
#[derive(Clone)]
pub struct Group {
    queue: mpsc::Sender<Box<dyn AnyJob>>,
    close: mpsc::Sender<oneshot::Sender<()>>,
}

impl Group {
    /// Starts the writer on its connection. It ends with [`Group::close`], or when the last `Group` is dropped.
    pub fn start(connection: SqliteConnection) -> Self {
        let (queue, jobs) = mpsc::channel(1024);
        let (close, closed) = mpsc::channel(1);
        tokio::spawn(work(connection, jobs, closed));
        Self { queue, close }
    }

    /// Takes no more writes, finishes those that wait, and closes the connection.
    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.close.send(done).await.is_ok() {
            let _ = closed.await;
        }
    }

    /// Runs a write in a transaction of its own or shared with others; resolves after the commit.
    pub async fn write<W: Write>(&self, write: W) -> Result<W::Out, StoreError> {
        let (reply, result) = oneshot::channel();
        self.queue
            .send(Box::new(Job {
                write,
                result: None,
                reply,
            }))
            .await
            .map_err(|_| StoreError::Stopped)?;
        result.await.map_err(|_| StoreError::Stopped)?
    }
}

async fn work(
    mut connection: SqliteConnection,
    mut jobs: mpsc::Receiver<Box<dyn AnyJob>>,
    mut close: mpsc::Receiver<oneshot::Sender<()>>,
) {
    let mut group = Vec::with_capacity(GROUP_LIMIT);
    let mut closed = None;
    loop {
        tokio::select! {
            biased;
            taken = jobs.recv_many(&mut group, GROUP_LIMIT) => if taken == 0 { break },
            Some(done) = close.recv(), if closed.is_none() => {
                // What is in the queue is still taken; then it is empty for good.
                jobs.close();
                closed = Some(done);
                continue;
            }
        }
        metrics::histogram!("lotse_group_commit_size").record(group.len() as f64);
        commit(&mut connection, &mut group).await;
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the database could not be closed; nothing is lost by that");
    }
    if let Some(done) = closed {
        let _ = done.send(());
    }
}

/// All jobs in one transaction, or, if one of them fails, each in its own.
async fn commit(connection: &mut SqliteConnection, group: &mut Vec<Box<dyn AnyJob>>) {
    let alone = group.len() == 1;
    if let Some(commit) = transaction(connection, group, alone).await {
        group.drain(..).for_each(|job| job.finish(commit.clone()));
        return;
    }
    for job in group.drain(..) {
        let mut one = vec![job];
        let commit = transaction(connection, &mut one, true).await;
        one.into_iter()
            .for_each(|job| job.finish(commit.clone().unwrap_or(Ok(()))));
    }
}

/// Runs the jobs in one transaction. `None`: one of several failed, and all were rolled back.
async fn transaction(
    connection: &mut SqliteConnection,
    jobs: &mut [Box<dyn AnyJob>],
    alone: bool,
) -> Option<Result<(), StoreError>> {
    if let Err(e) = execute(connection, "BEGIN IMMEDIATE").await {
        return Some(Err(e));
    }
    for job in jobs.iter_mut() {
        if !job.run(&mut Tx::Sqlite(connection)).await {
            let rolled_back = execute(connection, "ROLLBACK").await;
            return alone.then_some(rolled_back);
        }
    }
    let committed = execute(connection, "COMMIT").await;
    if committed.is_err() {
        let _ = execute(connection, "ROLLBACK").await;
    }
    Some(committed)
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), StoreError> {
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}
