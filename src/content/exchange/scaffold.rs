//! A place for each text that a language lacks, with the source's words above it.

use super::catalogue::Catalogue;
use super::edit::{Change, Editor, New};
use super::layout::{Laid, layout};
use crate::content::parse::placeholder::PLACEHOLDER;
use crate::model::Lang;

impl Catalogue {
    /// The files in which something is missing, with `…` where a translation belongs, in the order in which people
    /// meet the texts. What is there stays as it is; run on its own result it changes nothing.
    pub fn scaffold(&self, lang: &Lang) -> Vec<Change> {
        let entries = self.entries(lang);
        let mut changes = Vec::new();
        for own in entries.chunk_by(|a, b| a.file == b.file) {
            let Some(name) = own.first().map(|e| e.file) else {
                continue;
            };
            let path = Self::path(lang, name);
            let (text, original) = (self.raw(&path), self.raw(&Self::path(&self.source, name)));
            let (here, there) = (layout(text), layout(original));
            let new: Vec<New<'_>> = own
                .iter()
                .filter_map(|entry| {
                    let source = there.iter().find(|l| l.id == entry.id)?;
                    let laid = here.iter().find(|l| l.id == entry.id);
                    self.blank(entry.id, source, laid, text, original)
                })
                .collect();
            let mut editor = Editor::new(text, self.source.as_str());
            editor.put(own.iter().map(|e| e.id), &new);
            changes.extend(editor.finish().map(|text| Change { path, text }));
        }
        changes
    }

    /// What is to be put in for one text; `None` if all of it has its place.
    fn blank<'c>(
        &self,
        id: &'c str,
        source: &'c Laid,
        laid: Option<&Laid>,
        text: &str,
        original: &str,
    ) -> Option<New<'c>> {
        let has_place = |attribute: Option<&str>| {
            let part =
                laid.and_then(|l| l.parts.iter().find(|p| p.attribute.as_deref() == attribute));
            part.is_some_and(|p| p.written || text[p.span.clone()].contains(PLACEHOLDER))
        };
        let needed = source.parts.iter().filter(|p| p.written);
        let lacking: Vec<_> = needed
            .clone()
            .filter(|p| !has_place(p.attribute.as_deref()))
            .collect();
        if lacking.is_empty() {
            return None;
        }
        let notes = lacking
            .iter()
            .flat_map(|p| original[p.span.clone()].lines())
            .map(|line| format!("# {}: {line}", self.source).trim_end().to_owned());
        Some(New {
            id,
            parts: needed.map(|p| (p.attribute.as_deref(), None)).collect(),
            notes: notes.collect(),
        })
    }
}
