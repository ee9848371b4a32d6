//! Content that goes live: a changed folder is read, checked, and swapped in whole, or not at all.

use super::origin::Folder;
use crate::content::{Content, Diagnostic, Loaded, Loader, Places, Severity, Source, render};
use crate::model::Lang;
use arc_swap::ArcSwap;
use jiff::civil::Date;
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// How long a folder has to be quiet before it is read: editors save in several steps.
const QUIET: Duration = Duration::from_millis(200);
/// How often it is looked at where the system does not tell of changes (network drives).
const LOOK: Duration = Duration::from_millis(700);
/// A folder that is never quiet is read after so many times anyway.
const PATIENCE: usize = 10;

/// Content that cannot be used, with its findings as text.
#[derive(Debug, thiserror::Error)]
#[error("the content has {errors} error(s):\n{text}")]
pub struct Faulty {
    /// How many errors.
    pub errors: usize,
    /// The findings, as `lotse check` shows them.
    pub text: String,
}

/// Reads content; what keeps it from being used comes back as text.
///
/// # Errors
/// If a finding is an error.
pub fn read(source: &dyn Source, places: Arc<Places>) -> Result<Content, Faulty> {
    let loaded = Loader::default().load(source, places, None);
    Ok(sound(loaded, source, &Lang::new("en"))?.0)
}

/// [`read`], with the warnings beside it, and what is wrong in this language (German or English). With `today` there are
/// also warnings of reviews and facts that are too old.
///
/// # Errors
/// As [`read`].
pub fn read_on(
    today: Option<Date>,
    lang: &Lang,
    source: &dyn Source,
    places: Arc<Places>,
) -> Result<(Content, Vec<Diagnostic>), Faulty> {
    sound(Loader::default().load(source, places, today), source, lang)
}

/// [`read`], by a loader that may have read it before and will read it again.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    loader: &mut Loader,
    source: &dyn Source,
    places: Arc<Places>,
) -> Result<Content, Faulty> {
    let loaded = loader.load(source, places, None);
    Ok(sound(loaded, source, &Lang::new("en"))?.0)
}

fn sound(
    loaded: Loaded,
    source: &dyn Source,
    lang: &Lang,
) -> Result<(Content, Vec<Diagnostic>), Faulty> {
    let Loaded {
        content,
        mut diagnostics,
        ..
    } = loaded;
    match content {
        Some(content) => Ok((content, diagnostics)),
        None => {
            diagnostics.retain(|d| d.severity == Severity::Error);
            Err(Faulty {
                errors: diagnostics.len(),
                text: render(&diagnostics, source, lang, false),
            })
        }
    }
}

/// Follows a folder until stopped. What has no error goes live; else the old content stays, and the
/// log says why. A loader that has read the folder already only reads what changes.
pub async fn follow(
    folder: Folder,
    loader: Loader,
    live: Arc<ArcSwap<Content>>,
    stop: CancellationToken,
) {
    let mut watched = Watched::new(folder.clone());
    let mut told = Told::default();
    let loader = Arc::new(Mutex::new(loader));
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = watched.changed() => {}
        }
        let (folder, cell, loader) = (folder.clone(), Arc::clone(&live), Arc::clone(&loader));
        let swap = move || {
            // After a panic the loader may have forgotten something, which it then reads again.
            let mut loader = loader.lock().unwrap_or_else(PoisonError::into_inner);
            swap(&folder, &cell, &mut loader)
        };
        // Nothing is lost if this panics: the old content stays.
        if let Ok(outcome) = tokio::task::spawn_blocking(swap).await
            && let Some(news) = told.news(outcome)
        {
            news.log(&live.load().hash);
        }
    }
}

/// A folder that is watched.
pub struct Watched {
    folder: Folder,
    seen: u64,
    news: mpsc::Receiver<()>,
    /// It stops telling when it is dropped.
    _watcher: Option<RecommendedWatcher>,
}

impl Watched {
    /// Watches a folder from now on.
    pub fn new(folder: Folder) -> Self {
        let (told, news) = mpsc::channel(1);
        Self {
            _watcher: watcher(&folder, told),
            seen: folder.stamp(),
            folder,
            news,
        }
    }

    /// Resolves when something has changed and is quiet again.
    pub async fn changed(&mut self) {
        loop {
            let told = tokio::select! {
                Some(()) = self.news.recv() => true,
                () = tokio::time::sleep(LOOK) => false,
            };
            let stamp = self.folder.stamp();
            if told || stamp != self.seen {
                self.seen = quiet(&self.folder, stamp).await;
                // What was told of until now is read in a moment.
                while self.news.try_recv().is_ok() {}
                return;
            }
        }
    }
}

/// Waits until nothing changes any more.
async fn quiet(folder: &Folder, mut stamp: u64) -> u64 {
    for _ in 0..PATIENCE {
        tokio::time::sleep(QUIET).await;
        let again = folder.stamp();
        if again == stamp {
            break;
        }
        stamp = again;
    }
    stamp
}

/// What reading the folder led to.
enum Outcome {
    /// It holds what is live already.
    Unchanged,
    /// It held something new without an error, which is live now.
    Live,
    /// It cannot be used.
    Faulty(Faulty),
}

fn swap(folder: &Folder, live: &ArcSwap<Content>, loader: &mut Loader) -> Outcome {
    let old = live.load_full();
    match read_with(loader, folder, Arc::clone(&old.places)) {
        Ok(content) if content.hash == old.hash => Outcome::Unchanged,
        Ok(content) => {
            live.store(Arc::new(content));
            Outcome::Live
        }
        Err(faulty) => Outcome::Faulty(faulty),
    }
}

/// What the log said last. An editor's one save is several changes of the folder, and each of them is read.
#[derive(Default)]
struct Told {
    /// The findings, while the folder cannot be used.
    fault: Option<String>,
}

/// What an editor has to hear.
#[derive(Debug)]
enum ContentNews {
    /// Changed content is live; `mended`: the folder could not be used before.
    Live { mended: bool },
    /// The folder could not be used, and is now again what was live all the time.
    AsBefore,
    /// The folder cannot be used.
    Faulty(Faulty),
}

impl Told {
    /// What is new in it, if anything.
    fn news(&mut self, outcome: Outcome) -> Option<ContentNews> {
        match outcome {
            Outcome::Unchanged => self.fault.take().map(|_| ContentNews::AsBefore),
            Outcome::Live => {
                let mended = self.fault.take().is_some();
                Some(ContentNews::Live { mended })
            }
            Outcome::Faulty(faulty) if self.fault.as_ref() == Some(&faulty.text) => None,
            Outcome::Faulty(faulty) => {
                self.fault = Some(faulty.text.clone());
                Some(ContentNews::Faulty(faulty))
            }
        }
    }
}

impl ContentNews {
    /// `content`: the hash of what is live now.
    fn log(&self, content: &str) {
        match self {
            Self::Live { mended: false } => tracing::info!(content, "changed content is live"),
            Self::Live { mended: true } => {
                tracing::info!(
                    content,
                    "the content is good again; changed content is live"
                );
            }
            Self::AsBefore => tracing::info!(
                content,
                "the content is good again; it is what was live all the time"
            ),
            Self::Faulty(Faulty { errors, text }) => tracing::error!(
                errors,
                content,
                "the changed content has errors and is not used; the content before it stays\n{text}"
            ),
        }
    }
}

fn watcher(folder: &Folder, told: mpsc::Sender<()>) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|e| matters(e.kind)) {
            // Full: somebody is already on the way.
            let _ = told.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    for part in folder.parts() {
        if let Err(error) = watcher.watch(&part, RecursiveMode::Recursive) {
            tracing::warn!(%error, "the system does not tell of changed content; lotse looks by itself");
        }
    }
    Some(watcher)
}

/// Reading the files is told of as well, and must not lead to reading them again.
fn matters(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
        EventKind::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::origin::{Shipped, places};
    use super::*;
    use std::fs;
    use std::path::PathBuf;

    /// The shipped content in a folder of its own.
    struct Copy(PathBuf);

    impl Copy {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("lotse-live-{name}-{}", std::process::id()));
            for file in Shipped.paths() {
                let to = path.join(&file);
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::write(to, Shipped.read(&file).unwrap()).unwrap();
            }
            Self(path)
        }

        fn folder(&self) -> Folder {
            Folder(self.0.clone())
        }

        fn live(&self) -> Arc<ArcSwap<Content>> {
            Arc::new(ArcSwap::from_pointee(
                read(&self.folder(), places().unwrap()).unwrap(),
            ))
        }

        fn edit(&self, file: &str, from: &str, to: &str) {
            let path = self.0.join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from));
            fs::write(path, text.replacen(from, to, 1)).unwrap();
        }
    }

    impl Drop for Copy {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const MENU: &str = "flows/menu.toml";

    #[test]
    fn sound_changes_go_live_and_faulty_ones_do_not() {
        let copy = Copy::new("swap");
        let live = copy.live();
        let first = live.load().hash.clone();
        let mut loader = Loader::default();
        copy.edit(MENU, "times = 2", "times = 3");
        swap(&copy.folder(), &live, &mut loader);
        let second = live.load().hash.clone();
        assert_ne!(first, second);
        copy.edit(MENU, "flow:human", "flow:humna");
        swap(&copy.folder(), &live, &mut loader);
        assert_eq!(live.load().hash, second);
        let faulty = read(&copy.folder(), places().unwrap()).unwrap_err();
        assert!(faulty.text.contains("flows/menu.toml:"), "{}", faulty.text);
        assert!(faulty.text.contains("flow:humna"), "{}", faulty.text);
        assert_eq!(faulty.errors, 1);
    }

    #[test]
    fn each_fault_is_told_once_and_so_is_its_end() {
        let copy = Copy::new("told");
        let live = copy.live();
        let (mut told, mut loader) = (Told::default(), Loader::default());
        let mut save = |from: &str, to: &str| {
            copy.edit(MENU, from, to);
            // One save is told of more than once, and every time the folder is read.
            let news: Vec<_> = (0..3)
                .filter_map(|_| told.news(swap(&copy.folder(), &live, &mut loader)))
                .collect();
            assert!(news.len() < 2, "{news:?}");
            match news.into_iter().next() {
                None => "nothing".to_owned(),
                Some(ContentNews::Faulty(faulty)) => format!("{} errors", faulty.errors),
                Some(other) => format!("{other:?}"),
            }
        };
        assert_eq!(save("flow:human", "flow:humna"), "1 errors");
        // Another fault is other news.
        assert_eq!(save("flow:humna", "flow:hmuan"), "1 errors");
        assert_eq!(save("flow:hmuan", "flow:human"), "AsBefore");
        assert_eq!(save("times = 2", "times = 3"), "Live { mended: false }");
        assert_eq!(save("flow:human", "flow:humna"), "1 errors");
        copy.edit(MENU, "times = 3", "times = 4");
        assert_eq!(save("flow:humna", "flow:human"), "Live { mended: true }");
    }

    #[test]
    fn the_stamp_notices_edits_new_files_and_lost_ones() {
        let copy = Copy::new("stamp");
        let first = copy.folder().stamp();
        assert_eq!(first, copy.folder().stamp());
        copy.edit(MENU, "times = 2", "times = 22");
        let second = copy.folder().stamp();
        fs::remove_file(copy.0.join(MENU)).unwrap();
        let third = copy.folder().stamp();
        assert!(first != second && second != third && first != third);
    }

    #[tokio::test]
    async fn a_folder_is_followed_until_stopped() {
        let copy = Copy::new("follow");
        let live = copy.live();
        let first = live.load().hash.clone();
        let stop = CancellationToken::new();
        let following = follow(
            copy.folder(),
            Loader::default(),
            Arc::clone(&live),
            stop.clone(),
        );
        let task = tokio::spawn(following);
        tokio::task::yield_now().await;
        copy.edit(MENU, "times = 2", "times = 3");
        // Only a bound for a test that hangs.
        let changed = tokio::time::timeout(Duration::from_secs(60), async {
            while live.load().hash == first {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        changed.await.unwrap();
        stop.cancel();
        task.await.unwrap();
    }
}
