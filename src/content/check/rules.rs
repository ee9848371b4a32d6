//! `next` must always find a way.

use crate::content::diagnostic::{Both, Code, Problems};
use crate::content::files::Files;
use crate::content::types::Next;

pub(super) fn check(files: &Files, problems: &mut Problems) {
    for (_, flow) in files.sound_flows() {
        for (id, step) in &flow.parsed.flow.steps {
            let Next::Rules(rules) = &step.next else {
                continue;
            };
            let Some(marks) = flow.parsed.marks.get(id) else {
                continue;
            };
            let last = rules.iter().position(|rule| rule.when.is_none());
            for span in marks.rules.iter().skip(last.map_or(rules.len(), |n| n + 1)) {
                let message = Both::new(
                    "diese Regel steht hinter `else` und wird nie angesehen",
                    "this rule stands after `else` and is never looked at",
                );
                problems
                    .at(Code::AfterElse, &flow.file, span.clone(), message)
                    .help(
                        "`else` ist immer die letzte Regel",
                        "`else` is always the last rule",
                    );
            }
            if last.is_none() && !marks.faulty_rules {
                let place = marks
                    .rules
                    .last()
                    .or(marks.next.as_ref())
                    .unwrap_or(&marks.header);
                let message = Both::new(
                    "was passiert, wenn keine Regel zutrifft?",
                    "what happens when no rule holds?",
                );
                problems
                    .at(Code::MissingElse, &flow.file, place.clone(), message)
                    .help(
                        "Fügen Sie als letzte Regel hinzu: \"else -> schritt\"",
                        "Add as the last rule: \"else -> step\"",
                    );
            }
        }
    }
}
