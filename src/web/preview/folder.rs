//! The content that is being written: the last state of it without an error, and what the linter says of it now.

use crate::content::exchange::Catalogue;
use crate::content::{
    Content, Detect, Diagnostic, Loaded, Loader, Places, Severity, Source, State,
};
use crate::model::{Lang, Triage};
use crate::ports::Clock;
use crate::triage::Examiner;
use arc_swap::ArcSwap;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// A content folder under the hands of an editor.
pub struct Workshop {
    /// What the folder is called.
    pub name: String,
    source: Box<dyn Source + Send + Sync>,
    places: Arc<Places>,
    clock: Arc<dyn Clock>,
    loader: Mutex<Loader>,
    now: ArcSwap<Bench>,
    news: watch::Sender<u64>,
    /// Looks at free texts, once there was one.
    examiner: Mutex<Option<Arc<Examiner>>>,
}

/// What lies there at one moment.
pub(super) struct Bench {
    /// Rises with every reading.
    pub version: u64,
    /// The content without an error that was read last.
    pub content: Option<Arc<Content>>,
    /// All findings of the last reading.
    pub findings: Vec<Finding>,
    /// How the texts of each language stand to what they were translated from.
    pub states: BTreeMap<Lang, BTreeMap<String, State>>,
}

/// A finding, and what it is about.
pub(super) struct Finding {
    pub diagnostic: Diagnostic,
    /// `flow/step`, `system/id`: the step or text that it stands in.
    pub about: Option<String>,
    /// The line, as it stands in the file.
    pub line: String,
}

impl Bench {
    /// Whether the content that is shown is older than the files.
    pub fn is_faulty(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|f| f.diagnostic.severity == Severity::Error)
    }
}

impl Workshop {
    /// Reads the content for the first time. It may have errors.
    pub fn new(
        name: String,
        source: Box<dyn Source + Send + Sync>,
        places: Arc<Places>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let empty = Bench {
            version: 0,
            content: None,
            findings: Vec::new(),
            states: BTreeMap::new(),
        };
        let workshop = Self {
            name,
            source,
            places,
            clock,
            loader: Mutex::default(),
            now: ArcSwap::from_pointee(empty),
            news: watch::Sender::new(0),
            examiner: Mutex::default(),
        };
        workshop.read();
        workshop
    }

    /// Reads the content again, and tells who listens if anything is different.
    pub fn read(&self) {
        // After a panic the loader may have forgotten something, which it then reads again.
        let mut loader = self.loader.lock().unwrap_or_else(PoisonError::into_inner);
        let old = self.now.load_full();
        let Loaded {
            content,
            diagnostics,
            ..
        } = loader.load(&*self.source, Arc::clone(&self.places), Some(self.today()));
        let hash = |c: &Arc<Content>| c.hash.clone();
        let content = content.map(Arc::new);
        // Without content, the findings say whether anything is different.
        let same_content =
            content.is_none() || content.as_ref().map(hash) == old.content.as_ref().map(hash);
        let same_findings = old.findings.iter().map(|f| &f.diagnostic).eq(&diagnostics);
        if old.version > 0 && same_content && same_findings {
            return;
        }
        let version = old.version + 1;
        self.now.store(Arc::new(Bench {
            version,
            content: content.or_else(|| old.content.clone()),
            findings: self.placed(diagnostics),
            states: self.states().unwrap_or_else(|| old.states.clone()),
        }));
        self.news.send_replace(version);
    }

    /// The versions, from now on.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    pub(super) fn bench(&self) -> Arc<Bench> {
        self.now.load_full()
    }

    /// What a text is taken for; with phrases and groups of letters, for there are no weights here.
    pub(super) fn look(&self, detect: &Detect, text: &str) -> Triage {
        // Two pages that ask at once do not learn the same twice.
        let mut known = self.examiner.lock().unwrap_or_else(PoisonError::into_inner);
        let examiner = Examiner::kept(known.take(), detect);
        *known = Some(Arc::clone(&examiner));
        drop(known);
        examiner.judge(detect, text)
    }

    /// Today, in Germany.
    pub fn today(&self) -> Date {
        self.clock.now().date()
    }

    /// `None` while there is too much amiss to tell.
    fn states(&self) -> Option<BTreeMap<Lang, BTreeMap<String, State>>> {
        let catalogue = Catalogue::open(&*self.source).ok()?;
        let languages = catalogue.languages().into_iter();
        Some(
            languages
                .map(|l| (l.clone(), catalogue.states(&l)))
                .collect(),
        )
    }

    fn placed(&self, diagnostics: Vec<Diagnostic>) -> Vec<Finding> {
        let mut texts: BTreeMap<Arc<str>, String> = BTreeMap::new();
        let mut found = Vec::with_capacity(diagnostics.len());
        for diagnostic in diagnostics {
            let text = texts
                .entry(Arc::clone(&diagnostic.file))
                .or_insert_with(|| self.source.read(&diagnostic.file).unwrap_or_default());
            let lines: Vec<&str> = text.lines().take(diagnostic.line).collect();
            found.push(Finding {
                about: about(&diagnostic.file, &lines),
                line: lines
                    .get(diagnostic.line - 1)
                    .map_or("", |l| l.trim_end())
                    .chars()
                    .take(200)
                    .collect(),
                diagnostic,
            });
        }
        found
    }
}

/// Which step or text a line stands in: the nearest beginning of one above it.
fn about(file: &str, lines: &[&str]) -> Option<String> {
    let (folder, rest) = file.split_once('/')?;
    let (name, id) = match folder {
        "flows" => {
            let name = rest.strip_suffix(".toml")?;
            let step = |line: &&str| {
                line.trim()
                    .strip_prefix("[step.")?
                    .split(']')
                    .next()
                    .map(str::to_owned)
            };
            (name, lines.iter().rev().find_map(step)?)
        }
        _ => {
            let name = rest.split_once('/')?.1.strip_suffix(".ftl")?;
            let message = |line: &&str| {
                let (id, _) = line.split_once('=')?;
                let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
                starts.then(|| id.trim().to_owned())
            };
            (name, lines.iter().rev().find_map(message)?)
        }
    };
    Some(format!("{name}/{id}"))
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn a_finding_is_about_the_step_or_text_above_it() {
        let toml = [
            "start = \"a\"",
            "[step.a]",
            "ask = \"choice\"",
            "",
            "[step.b]",
            "goto = \"c\"",
        ];
        assert_eq!(
            about("flows/common/x.toml", &toml).as_deref(),
            Some("common/x/b")
        );
        assert_eq!(about("flows/x.toml", &toml[..3]).as_deref(), Some("x/a"));
        assert_eq!(about("flows/x.toml", &toml[..1]), None);
        let ftl = ["# note = x", "a = A", "    .yes = Ja"];
        assert_eq!(about("locales/ar/x.ftl", &ftl).as_deref(), Some("x/a"));
        assert_eq!(about("locales/ar/x.ftl", &ftl[..1]), None);
    }
}
