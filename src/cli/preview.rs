//! `lotse preview`: a page on the editor's own machine that shows what a change means.

use super::instance::Signals;
use super::origin::Origin;
use super::{out, words};
use crate::content::Source;
use crate::runtime::live::Watched;
use crate::runtime::origin::{Shipped, places};
use crate::runtime::system::SystemClock;
use crate::web::preview::{Workshop, router};
use anyhow::{Context as _, Result};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Look at flows and texts while writing them: a phone to talk to, the flow as a graph, all languages, all findings.
#[derive(Debug, Args)]
#[command(
    after_help = "The page follows what you save, in the middle of a conversation too. Nothing is stored, nobody is called.
Ctrl-C ends it.

Examples:
  lotse preview
  lotse preview --content content --lang de"
)]
pub struct Options {
    /// The folder that holds flows/ and locales/.
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// Address and port of the page; port 0 takes any that is free.
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "LOTSE_LISTEN",
        default_value = "127.0.0.1:8090"
    )]
    listen: SocketAddr,
    /// The language of the page: de or en.
    #[arg(long)]
    lang: Option<String>,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let origin = Origin::find(options.content.as_deref())?;
    let name = origin.name();
    let (source, folder): (Box<dyn Source + Send + Sync>, _) = match origin {
        Origin::Folder(folder) => (Box::new(folder.clone()), Some(folder)),
        Origin::Shipped => (Box::new(Shipped), None),
    };
    let lang = words::editor_language(options.lang.as_deref());
    let places = places().context("the tables of postcodes cannot be read")?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(options.listen).await.with_context(|| {
            format!(
                "{} cannot be listened on; choose another with --listen",
                options.listen
            )
        })?;
        let address = listener.local_addr()?;
        // What is saved from here on is noticed.
        let watched = folder.map(Watched::new);
        let reading = move || Workshop::new(name, source, places, Arc::new(SystemClock));
        let workshop = Arc::new(tokio::task::spawn_blocking(reading).await?);
        out::line(format_args!("lotse preview: http://{address}/"))?;
        let pages = router(Arc::clone(&workshop), &lang).into_make_service();
        let mut stop = Signals::new()?;
        tokio::select! {
            served = axum::serve(listener, pages) => served?,
            () = follow(watched, workshop) => {}
            () = stop.next() => {}
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Reads the folder again whenever it has changed; never ends.
async fn follow(watched: Option<Watched>, workshop: Arc<Workshop>) {
    let Some(mut watched) = watched else {
        return std::future::pending().await;
    };
    loop {
        watched.changed().await;
        let workshop = Arc::clone(&workshop);
        // Should this panic, the old content stays.
        let _ = tokio::task::spawn_blocking(move || workshop.read()).await;
    }
}
