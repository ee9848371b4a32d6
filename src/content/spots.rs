//! Where flows, steps and options stand in their files, for findings that are made later than by reading.

use super::diagnostic::{Both, Code, Diagnostic, FileText, Span};
use super::files::Files;
use super::known::FlowAt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file's path below the content folder.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The bytes.
    pub span: Span,
}

/// Where everything stands.
#[derive(Clone, Debug, Default)]
pub struct Spots(BTreeMap<String, Arc<FlowAt>>);

impl Spots {
    pub(super) fn of(files: &Files) -> Self {
        Self(files.flows.clone())
    }

    /// The beginning of a flow's file.
    pub fn flow(&self, flow: &str) -> Option<Spot> {
        self.0.get(flow).map(|f| f.file.spot(0..0))
    }

    /// The name of a step in its header.
    pub fn step(&self, flow: &str, step: &str) -> Option<Spot> {
        let flow = self.0.get(flow)?;
        Some(flow.file.spot(flow.parsed.marks.get(step)?.header.clone()))
    }

    /// The name of an option.
    pub fn option(&self, flow: &str, step: &str, option: &str) -> Option<Spot> {
        let flow = self.0.get(flow)?;
        let options = &flow.parsed.marks.get(step)?.options;
        let found = options.iter().find(|o| o.value == option)?;
        Some(flow.file.spot(found.span.clone()))
    }
}

impl Spot {
    /// A line of a file that is no part of the content (a transcript); lines count from 1.
    pub fn line(path: &str, text: &str, line: usize) -> Self {
        let before = text.split_inclusive('\n').take(line.saturating_sub(1));
        let start: usize = before.map(str::len).sum();
        let length = text
            .get(start..)
            .and_then(|t| t.lines().next())
            .map_or(0, str::len);
        let file = FileText {
            path: path.into(),
            text: text.into(),
        };
        file.spot(start..start + length)
    }
}

impl Diagnostic {
    /// A finding at a place that is known already.
    pub fn at(code: Code, spot: Spot, message: Both, help: Option<Both>) -> Self {
        Self {
            code,
            severity: code.severity(),
            file: spot.file,
            line: spot.line,
            column: spot.column,
            span: spot.span,
            message,
            help,
        }
    }
}

impl FileText {
    fn spot(&self, span: Span) -> Spot {
        let (line, column) = self.position(span.start);
        Spot {
            file: Arc::clone(&self.path),
            line,
            column,
            span,
        }
    }
}
