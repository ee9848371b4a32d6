//! What the judge says before, while and after it learns. The weights are the small ones of the tests: noise, but the same
//! text has the same vector, so examples are known again.

use super::cache::{Cache, key, key_of_all};
use super::*;
use crate::content::{Class, Samples, Tongue};
use crate::model::{Lang, Level, Zone};
use crate::triage::e5::small;
use crate::triage::{Learned, Lessons};
use std::path::Path;
use std::sync::atomic::AtomicU32;

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::SeqCst);
        let path =
            std::env::temp_dir().join(format!("lotse-triage-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn setup(&self) -> Setup {
        Setup {
            weights: self.0.join(MODEL_FILE),
            folder: self.0.clone(),
            // Tests run on busy machines.
            budget: Duration::from_secs(60),
        }
    }

    fn with_weights(self) -> Self {
        std::fs::write(self.0.join(MODEL_FILE), small::file()).unwrap();
        self
    }

    fn weights(&self) -> Weights {
        Weights::open(&self.0.join(MODEL_FILE)).unwrap().unwrap()
    }

    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap().flatten();
        let mut names: Vec<_> = entries
            .map(|e| e.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn detect(more: &str) -> Arc<Detect> {
    let mut detect = Detect::default();
    let mut tongue = Tongue::default();
    let classes = [
        ("violence", Some(Level::Immediate), ["abc ab", "cab cab"]),
        ("other", None, ["bbb", "c c c"]),
    ];
    for (id, level, examples) in classes {
        detect.classes.insert(
            id.to_owned(),
            Class {
                level,
                ..Class::default()
            },
        );
        let examples = examples.iter().map(|e| (*e).to_owned()).collect();
        tongue.samples.insert(
            id.to_owned(),
            Samples {
                examples,
                ..Samples::default()
            },
        );
    }
    if !more.is_empty() {
        tongue.samples["other"].examples.push(more.to_owned());
    }
    detect.tongues.insert(Lang::new("de"), tongue);
    detect.hash = format!("hash of {more}");
    Arc::new(detect)
}

/// Waits until a model of this kind answers.
async fn until(judge: &Judge, wanted: Detector) {
    while judge.active() != wanted {
        tokio::task::yield_now().await;
    }
}

fn learned(folder: &Folder, detect: &Detect) -> (Learned, usize) {
    let weights = folder.weights();
    let lessons = Lessons::of(detect);
    let study = Study {
        weights: &weights,
        lessons: &lessons,
        folder: &folder.0,
        all_processors: false,
    };
    let mut first = None;
    let learned = learn(study, &mut |done, all| {
        first.get_or_insert(all - done);
        true
    });
    (learned.unwrap(), first.unwrap())
}

#[tokio::test]
async fn before_anything_is_learned_a_message_is_told_to_come_again() {
    let folder = Folder::new();
    let setup = Setup {
        budget: Duration::from_millis(1),
        ..folder.setup()
    };
    let judge = Judge::start(setup).unwrap();
    let looked = judge.judge("abc ab ab").await;
    assert!(!looked.whole && looked.triage.detectors.is_empty());
    assert_eq!(looked.triage.zone, Zone::None);
}

#[tokio::test]
async fn a_message_waits_for_what_is_being_learned() {
    let folder = Folder::new();
    let judge = Judge::start(folder.setup()).unwrap();
    judge.learn(&detect(""));
    let looked = judge.judge("abc ab ab").await;
    assert!(looked.whole);
    assert_eq!(looked.triage.zone, Zone::Alarm);
}

#[tokio::test]
async fn without_weights_groups_of_letters_answer() {
    let folder = Folder::new();
    let judge = Judge::start(folder.setup()).unwrap();
    assert_eq!(judge.active(), Detector::Lexicon);
    judge.learn(&detect(""));
    until(&judge, Detector::Ngrams).await;
    let triage = judge.judge("abc ab ab").await.triage;
    assert_eq!(
        (triage.zone, triage.level),
        (Zone::Alarm, Some(Level::Immediate))
    );
    assert_eq!(triage.guesses[0].closest.as_deref(), Some("abc ab"));
    assert_eq!(triage.detectors, [Detector::Lexicon, Detector::Ngrams]);
    assert_eq!(judge.judge("bbb").await.triage.zone, Zone::None);
}

#[tokio::test]
async fn with_weights_vectors_answer_once_they_are_learned_and_what_was_learned_is_kept() {
    let folder = Folder::new().with_weights();
    let judge = Judge::start(folder.setup()).unwrap();
    judge.learn(&detect(""));
    until(&judge, Detector::Vectors).await;
    let triage = judge.judge("abc ab ab").await.triage;
    assert_eq!(triage.detectors, [Detector::Lexicon, Detector::Vectors]);
    assert_eq!(triage.guesses[0].closest.as_deref(), Some("abc ab"));
    assert_eq!(
        (triage.zone, triage.class.as_deref()),
        (Zone::Alarm, Some("violence"))
    );
    let files = folder.files();
    assert_eq!(files.len(), 3, "{files:?}");
    // Content of another kind is learned as well, and the files of the content before are gone.
    judge.learn(&detect("ca ca"));
    let closest = loop {
        let triage = judge.judge("ca ca").await.triage;
        if triage.guesses[0].closest.as_deref() == Some("ca ca") {
            break triage.detectors[1];
        }
        tokio::task::yield_now().await;
    };
    assert!(matches!(closest, Detector::Vectors | Detector::Ngrams));
}

#[tokio::test]
async fn whoever_has_no_time_gets_the_answer_of_the_letters() {
    let folder = Folder::new().with_weights();
    let setup = Setup {
        budget: Duration::ZERO,
        ..folder.setup()
    };
    let judge = Judge::start(setup).unwrap();
    judge.learn(&detect(""));
    until(&judge, Detector::Vectors).await;
    let looked = judge.judge("abc ab ab").await;
    let triage = Triage::clone(&looked.triage);
    assert_eq!(
        (triage.detectors, triage.zone),
        (vec![Detector::Lexicon, Detector::Ngrams], Zone::Alarm)
    );
}

#[tokio::test]
async fn what_vectors_came_too_late_for_is_looked_at_again_once() {
    let folder = Folder::new().with_weights();
    let setup = Setup {
        budget: Duration::from_nanos(1),
        ..folder.setup()
    };
    let judge = Judge::start(setup).unwrap();
    judge.learn(&detect(""));
    until(&judge, Detector::Vectors).await;
    let by_vectors = |looked: &Looked| looked.triage.detectors.contains(&Detector::Vectors);
    let looked = judge.judge("bbb").await;
    assert_eq!(looked.whole, by_vectors(&looked));
    let again = judge.again("bbb").await;
    assert!(again.whole && by_vectors(&again));
    let alarm = judge.judge("abc ab ab").await;
    assert_eq!((alarm.whole, alarm.triage.zone), (true, Zone::Alarm));
    let phrases = judge.phrases_in("abc ab");
    assert_eq!(phrases.detectors, [Detector::Lexicon]);
}

#[tokio::test]
async fn what_letters_answer_while_vectors_are_learned_is_looked_at_again_until_they_are() {
    let folder = Folder::new();
    let judge = Judge::start(folder.setup()).unwrap();
    // As if the thread that learns were in the middle of it.
    let detect = detect("");
    let letters = Models::without_weights(&Lessons::of(&detect));
    judge.shared.models.store(Some(Arc::new(letters)));
    judge.shared.detect.store(detect);
    let vectors_are_learned = |all| {
        let (phrases, models) = (true, true);
        let ready = Ready {
            phrases,
            models,
            all,
        };
        judge.shared.ready.send_replace(ready);
    };
    vectors_are_learned(false);
    assert!(!judge.judge("bbb").await.whole);
    assert!(!judge.again("bbb").await.whole);
    let alarm = judge.judge("abc ab ab").await;
    assert_eq!((alarm.whole, alarm.triage.zone), (true, Zone::Alarm));
    vectors_are_learned(true);
    assert!(judge.again("bbb").await.whole);
}

#[tokio::test]
async fn content_without_examples_and_faulty_weights_leave_what_there_is() {
    let folder = Folder::new();
    std::fs::write(folder.0.join(MODEL_FILE), "rubbish").unwrap();
    let judge = Judge::start(folder.setup()).unwrap();
    judge.learn(&detect(""));
    until(&judge, Detector::Ngrams).await;
    judge.learn(&Arc::default());
    until(&judge, Detector::Lexicon).await;
    let looked = judge.judge("abc").await;
    assert!(looked.whole && looked.triage.guesses.is_empty());
}

#[test]
fn only_what_is_new_is_made_and_the_result_is_the_same() {
    let folder = Folder::new().with_weights();
    assert_eq!(learned(&folder, &detect("")).1, 4, "everything is new");
    let (edited, made) = learned(&folder, &detect("ca ca"));
    assert_eq!(made, 1, "one example was added");
    assert_eq!(learned(&folder, &detect("ca ca")), (edited.clone(), 0));
    let elsewhere = Folder::new().with_weights();
    assert_eq!(
        learned(&elsewhere, &detect("ca ca")),
        (edited, 5),
        "the way there does not matter"
    );
    // Taken away again: the text is forgotten.
    learned(&folder, &detect(""));
    let cache = Cache { folder: &folder.0 };
    assert_eq!(cache.vectors(&folder.weights().hash, small::WIDTH).len(), 4);
}

/// With what only sounds like violence.
fn with_counter(text: &str) -> Detect {
    let mut detect = Detect::clone(&detect(""));
    for tongue in detect.tongues.values_mut() {
        tongue.samples["violence"].counter.push(text.to_owned());
    }
    detect
}

#[test]
fn a_second_opinion_is_kept_with_the_head_and_learned_anew_for_other_counter_examples() {
    let folder = Folder::new().with_weights();
    let (plain, _) = learned(&folder, &detect(""));
    assert!(plain.second.values().is_empty());
    let (one, _) = learned(&folder, &with_counter("abc c"));
    assert!(!one.second.values().is_empty());
    assert_eq!(learned(&folder, &with_counter("abc c")), (one.clone(), 0));
    let (other, _) = learned(&folder, &with_counter("bb ca"));
    assert_ne!(one.second.values(), other.second.values());
}

#[test]
fn a_broken_file_counts_as_none() {
    let folder = Folder::new().with_weights();
    let (whole, _) = learned(&folder, &with_counter("abc c"));
    for name in folder
        .files()
        .iter()
        .filter(|n| n.starts_with("vectors-") || n.starts_with("head-"))
    {
        let path = folder.0.join(name);
        let bytes = std::fs::read(&path).unwrap();
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 1;
        for broken in [&changed[..], &bytes[..bytes.len() - 1], &bytes[..7], &[]] {
            std::fs::write(&path, broken).unwrap();
            assert_eq!(learned(&folder, &with_counter("abc c")).0, whole, "{name}");
        }
    }
}

#[test]
fn whoever_is_interrupted_goes_on_from_there() {
    let folder = Folder::new().with_weights();
    let weights = folder.weights();
    let mut lessons = Lessons::of(&detect(""));
    let example = lessons.items[0].clone();
    lessons.items.extend((0..60).map(|n| crate::triage::Lesson {
        text: format!("ab c{n}"),
        ..example.clone()
    }));
    let study = Study {
        weights: &weights,
        lessons: &lessons,
        folder: &folder.0,
        all_processors: false,
    };
    assert!(learn(study, &mut |done, _| done < 32).is_none());
    let mut seen = Vec::new();
    learn(study, &mut |done, all| {
        seen.push((done, all));
        true
    });
    assert_eq!(seen.first(), Some(&(32, 64)));
    assert_eq!(seen.last(), Some(&(64, 64)));
}

#[test]
fn keys_tell_weights_texts_and_classes_apart() {
    let (a, b) = ([1; 32], [2; 32]);
    assert_ne!(key(&a, "x"), key(&b, "x"));
    assert_ne!(key(&a, "x"), key(&a, "y"));
    let mut lessons = Lessons::of(&detect(""));
    let before = key_of_all(&a, &lessons);
    assert_ne!(before, key_of_all(&b, &lessons));
    lessons.items[0].class = 1;
    assert_ne!(before, key_of_all(&a, &lessons));
    let other_class = key_of_all(&a, &lessons);
    lessons.items[0].sounds = Some(0);
    assert_ne!(other_class, key_of_all(&a, &lessons));
    lessons.items[0].sounds = None;
    lessons.danger[1] = true;
    assert_ne!(other_class, key_of_all(&a, &lessons));
}

#[test]
fn weights_that_are_not_there_are_no_error_and_others_are_named() {
    assert!(
        Weights::open(Path::new("/nonexistent/weights"))
            .unwrap()
            .is_none()
    );
    let folder = Folder::new();
    let file = folder.0.join(MODEL_FILE);
    std::fs::write(&file, "rubbish").unwrap();
    let said = Weights::open(&file).unwrap_err().to_string();
    let said = said.replace(&folder.0.display().to_string(), "FOLDER");
    insta::assert_snapshot!(said, @"FOLDER/e5-small-q4.bin holds no weights: this is no E5S1 file. Put them back with `lotse model install`");
}
