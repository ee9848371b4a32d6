//! The shipped content against its transcripts, in every language.

use crate::support::content::{Files, transcripts};
use lotse::engine::talk::{self, Coverage};

#[test]
fn every_transcript_holds_in_every_language() {
    let content = Files::shipped().load();
    let transcripts = transcripts("");
    assert!(transcripts.len() > 50, "the transcripts are there");

    let (mut failed, mut reached) = (Vec::new(), Coverage::default());
    for (name, text) in &transcripts {
        let talk = match talk::parse(text) {
            Ok(talk) => talk,
            Err(fault) => {
                failed.push(format!("{name}: {fault}"));
                continue;
            }
        };
        for language in &content.settings.languages {
            let ran = talk::run(&content, &talk, &language.lang);
            reached.extend(ran.reached);
            if let Some(fault) = ran.fault {
                failed.push(format!("{name} ({}): {fault:#?}", language.lang));
            }
        }
    }
    assert!(
        failed.is_empty(),
        "{} differ:\n{}",
        failed.len(),
        failed.join("\n")
    );
    let missing = Coverage::all(&content).without(&reached);
    assert_eq!(
        missing,
        Coverage::default(),
        "steps and options that no transcript reaches"
    );
}
