//! `lotse eval --from-desk`: what counsellors set right, as candidates for examples. Nobody learns from them by itself: an
//! editor reads each one, and decides.

use super::super::judge::With;
use super::super::origin::Origin;
use super::super::place::Place;
use super::super::{out, words};
use crate::model::Level;
use crate::ports::Ids as _;
use crate::runtime::system::SystemIds;
use crate::store::desk::correct::Teachable;
use crate::triage::Mask;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::path::Path;

/// Writes the candidates into a file; `-` is standard output.
pub fn export(with: &With, file: &Path) -> Result<()> {
    let content = Origin::find(with.content.as_deref())?.content()?;
    let config = with.config()?;
    let found = tokio::runtime::Runtime::new()?.block_on(async {
        let place = Place::prepare(&config, false).await?;
        let store = place.open(&config).await?;
        let found = store.teachable(SystemIds.uuid(), words::now()).await;
        store.close().await;
        found.context("the corrections cannot be read")
    })?;
    let mask = Mask::new(&content.detect, &content.places);
    let lines: Vec<Value> = found.iter().filter_map(|t| line(&mask, t)).collect();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    match file.as_os_str() == "-" {
        true => out::text(text)?,
        false => std::fs::write(file, text)
            .with_context(|| format!("{} cannot be written", file.display()))?,
    }
    out::aside(summary(lines.len(), found.len()));
    Ok(())
}

fn summary(written: usize, found: usize) -> String {
    let left_out = match found - written {
        0 => String::new(),
        n => {
            format!("; {n} left out, because too little would be left of them or they are too long")
        }
    };
    format!(
        "lotse: {written} candidates{left_out}. Somebody has to read each of them before it becomes an example: the persons agreed to that, without names, places and numbers."
    )
}

/// A candidate, or nothing if it cannot be made fit to be read by others.
fn line(mask: &Mask, found: &Teachable) -> Option<Value> {
    let masked = mask.mask(&found.text)?;
    let handoff = |level: Option<Level>| level.map_or("none", Level::as_str);
    let (level_before, class_before) = &found.before;
    Some(json!({
        "text": masked.text,
        "lang": found.lang.as_str(),
        "topic": found.class,
        "handoff": handoff(found.level),
        "review": "needed",
        "left_out": masked.gaps.0,
        "was": { "topic": class_before, "handoff": handoff(*level_before) },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::store::testing::on_sqlite;

    #[tokio::test]
    async fn a_candidate_can_be_measured_and_says_that_somebody_has_to_read_it() {
        let (world, _folder) = on_sqlite().await;
        let mask = Mask::new(&world.content.detect, &world.content.places);
        let found = |text: &str| Teachable {
            text: text.to_owned(),
            lang: Lang::new("de"),
            level: None,
            class: Some("other".to_owned()),
            before: (Some(Level::Immediate), Some("violence".to_owned())),
        };
        let written = line(
            &mask,
            &found("Mein Mann Abdulkarim bedroht mich, ich habe Angst"),
        );
        let written = written.unwrap();
        let text = written.to_string();
        assert!(!text.contains("Abdulkarim"), "{text}");
        insta::assert_snapshot!(text, @r#"{"handoff":"none","lang":"de","left_out":1,"review":"needed","text":"Mein Mann […] bedroht mich, ich habe Angst","topic":"other","was":{"handoff":"immediate","topic":"violence"}}"#);
        assert_eq!(line(&mask, &found("Abdulkarim Qwertz")), None);
        let detect = &world.content.detect;
        let read = super::super::cases::case(detect, &written.to_string()).unwrap();
        assert_eq!((read.topic.as_deref(), read.level), (Some("other"), None));
    }
}
