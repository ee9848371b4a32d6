//! What is wrong with content files, where, and what to write instead.

use std::ops::Range;
use std::sync::Arc;

/// Byte positions in a file.
pub type Span = Range<usize>;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The content cannot be used.
    Error,
    /// The content can be used; somebody should look at it.
    Warning,
}

/// A sentence in the languages that editors read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Both {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl Both {
    /// A sentence in German and English.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            de: de.into(),
            en: en.into(),
        }
    }

    /// The sentence for a reader: German for `de` and its variants, else English.
    pub fn get(&self, lang: &crate::model::Lang) -> &str {
        if lang.as_str().split('-').next() == Some("de") {
            &self.de
        } else {
            &self.en
        }
    }
}

/// One finding in a content file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The file's path below the content folder.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The faulty bytes; empty where something is missing.
    pub span: Span,
    /// What is wrong.
    pub message: Both,
    /// What to write instead.
    pub help: Option<Both>,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $number:literal $severity:ident,)*) => {
        /// Kinds of fault. Numbers are stable: a number is never used for something else.
        /// `docs/diagnostics.md` explains each with an example.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable number: `L001`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            /// What it is about, in English; `docs/diagnostics.md` says it in German as well.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*).trim_ascii(),)* }
            }

            /// How bad it is, unless the finding says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The file is no valid TOML.
    TomlSyntax = "L001" Error,
    /// A file cannot be read, or a needed file is not there.
    NoFile = "L002" Error,
    /// A key that means nothing here.
    UnknownKey = "L003" Error,
    /// A value of another type than expected.
    WrongType = "L004" Error,
    /// A needed key is not there.
    MissingKey = "L005" Error,
    /// An id with letters that ids cannot have.
    BadId = "L006" Error,
    /// A file that nothing reads.
    StrayFile = "L007" Warning,
    /// An id that already means something.
    ReservedWord = "L008" Error,
    /// A line about a translation that cannot be read.
    BadRecord = "L009" Warning,
    /// A step that does nothing.
    NoKind = "L010" Error,
    /// A step that does several things.
    SeveralKinds = "L011" Error,
    /// A key that this kind of step does not have.
    KeyNotForKind = "L012" Error,
    /// Two ways of saying where the step leads.
    TwoWaysOn = "L013" Error,
    /// A choice without a way to choose, or whose options lead nowhere.
    NoOptions = "L014" Error,
    /// A rule or condition that cannot be read.
    BadRule = "L015" Error,
    /// A number outside of what makes sense.
    BadRange = "L016" Error,
    /// An option that a list names twice.
    OptionTwice = "L017" Error,
    /// A comment that allows a warning and is needless or cannot be read.
    Allow = "L018" Warning,
    /// A length of time that cannot be read, or that counts from nothing.
    BadLapse = "L019" Error,
    /// A step that is not there.
    UnknownStep = "L020" Error,
    /// A flow that is not there.
    UnknownFlow = "L021" Error,
    /// A field that is not declared.
    UnknownField = "L022" Error,
    /// A fact that is not declared.
    UnknownFact = "L023" Error,
    /// A topic that is not declared.
    UnknownTopic = "L024" Error,
    /// A reason that is not declared.
    UnknownReason = "L025" Error,
    /// A command that lotse does not have.
    UnknownCommand = "L026" Error,
    /// A language that is not there.
    UnknownLanguage = "L027" Error,
    /// A word that is none of the possible ones.
    UnknownWord = "L028" Error,
    /// A Kreis or Land that is not there, or several areas at once.
    UnknownArea = "L029" Error,
    /// An answer that does not fit its field.
    SaveType = "L030" Error,
    /// An option that the field does not know.
    OptionNotValue = "L031" Error,
    /// Rules without a last way out.
    MissingElse = "L032" Error,
    /// Rules that are never looked at.
    AfterElse = "L033" Error,
    /// A comparison that can never hold.
    ImpossibleComparison = "L034" Error,
    /// A rule that contradicts itself.
    NeverHolds = "L035" Error,
    /// A rule that the rules before it leave nothing for.
    NeverTaken = "L036" Warning,
    /// A field of another type than is needed here.
    WrongField = "L037" Error,
    /// A topic for which the directory has no service.
    NoService = "L038" Warning,
    /// A question that names two units of time and does not say which it counts.
    TwoUnits = "L039" Warning,
    /// A step that nobody gets to.
    Unreachable = "L040" Warning,
    /// A circle in which nobody is asked anything.
    LoopWithoutQuestion = "L041" Error,
    /// A question without a way out after wrong answers.
    NoRetry = "L042" Warning,
    /// A field is passed on that no question fills.
    NeverAsked = "L043" Warning,
    /// A moved step that leads nowhere.
    MovedNowhere = "L044" Error,
    /// A command that leads nowhere.
    CommandWithoutTarget = "L045" Error,
    /// A step from which nobody gets out any more.
    NoWayOut = "L046" Warning,
    /// A question from which a human is far away.
    HumanFar = "L047" Warning,
    /// Something is asked, or kept, that nothing uses.
    NeverUsed = "L048" Warning,
    /// A declaration that nothing names.
    NeverNamed = "L049" Warning,
    /// A text file that is no valid Fluent.
    FluentSyntax = "L050" Error,
    /// A text that is not there.
    TextMissing = "L051" Error,
    /// A button without a label.
    LabelMissing = "L052" Error,
    /// A text that nothing says.
    TextUnused = "L053" Warning,
    /// A label that no button has.
    LabelUnused = "L054" Warning,
    /// A text without words.
    TextEmpty = "L055" Error,
    /// Something that texts may not contain.
    NotInTexts = "L056" Error,
    /// A variable that the text does not get.
    UnknownVariable = "L057" Error,
    /// The same text twice in a file.
    TextTwice = "L058" Error,
    /// A translation whose source has changed since.
    TextStale = "L059" Warning,
    /// Other variables than in the source language.
    VariablesDiffer = "L060" Error,
    /// Other web addresses than in the source language.
    UrlsDiffer = "L061" Error,
    /// Other telephone numbers than in the source language.
    PhonesDiffer = "L062" Error,
    /// A plural form that the language does not have.
    WrongPlural = "L063" Error,
    /// A plural form of the language is not there.
    PluralMissing = "L064" Warning,
    /// Two buttons with the same label.
    LabelTwice = "L065" Error,
    /// A button whose label is a command.
    LabelIsCommand = "L066" Error,
    /// A command word that two commands claim.
    CommandTwice = "L067" Error,
    /// Longer than a channel takes.
    TooLong = "L068" Warning,
    /// Bold words or lists where the source has others.
    MarkupDiffers = "L069" Warning,
    /// A flow was last reviewed long ago.
    ReviewOld = "L070" Warning,
    /// A fact was last checked long ago, or does not hold any more.
    FactOld = "L071" Warning,
    /// An open fact is stated without a way out.
    FactOpen = "L072" Error,
    /// More options than a channel shows.
    TooManyOptions = "L075" Warning,
    /// Something that looks like markup or a variable and is none.
    NoMarkup = "L076" Warning,
    /// People stand at a step that is gone, or that asks something else now.
    PeopleThere = "L080" Warning,
    /// A step that no transcript reaches.
    StepNotPlayed = "L081" Warning,
    /// An option that no transcript chooses.
    OptionNotPlayed = "L082" Warning,
    /// A transcript that does not fit the content any more.
    TranscriptFails = "L083" Warning,
    /// A sentence that is too long for plain language.
    LongSentence = "L085" Warning,
    /// A text that is too long for plain language.
    LongText = "L086" Warning,
    /// A class of free texts that is not there.
    UnknownClass = "L090" Error,
    /// A language without examples of a class, or a language on offer without any.
    ClassMissing = "L091" Error,
    /// A class with few examples.
    FewExamples = "L092" Warning,
    /// An example that stands in two places.
    ExampleTwice = "L093" Error,
    /// A phrase that cannot be read.
    BadPhrase = "L094" Error,
    /// A phrase that is found in far too many messages.
    WidePhrase = "L095" Warning,
    /// A class that calls a human, without a question for the case that it is not sure.
    NoCheckQuestion = "L096" Error,
    /// A class that is a part of itself.
    WithinCircle = "L097" Error,
    /// An emergency number that is missing or wrong.
    WrongNumber = "L098" Error,
    /// A threshold that is no probability, or out of order.
    BadThreshold = "L099" Error,
    /// Thresholds that were measured with other samples.
    ThresholdsOld = "L100" Warning,
    /// A class whose level is not that of its reason.
    LevelDiffers = "L101" Error,
}

impl Diagnostic {
    /// Line and column after the last faulty character, both from 1; `text` is the file's.
    pub fn end(&self, text: &str) -> (usize, usize) {
        let file = FileText {
            path: Arc::clone(&self.file),
            text: without_mark(text).into(),
        };
        file.position(self.span.end)
    }
}

/// Text without the invisible mark that some editors put at the beginning of a file.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// A file with its text, for positions.
#[derive(Clone, Debug)]
pub(super) struct FileText {
    pub path: Arc<str>,
    pub text: Arc<str>,
}

impl FileText {
    /// Line and column of a byte position, both from 1. Positions beyond the end count as the end.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |n| n + 1);
        // Bytes that continue a character (10xxxxxx) are not counted.
        let column = before[start..]
            .iter()
            .filter(|b| (**b & 0xC0) != 0x80)
            .count()
            + 1;
        (line, column)
    }
}

/// Collects findings.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Notes a finding; help may be added to what comes back.
    pub fn at(&mut self, code: Code, file: &FileText, span: Span, message: Both) -> Noted<'_> {
        let end = span.end.min(file.text.len());
        let span = span.start.min(end)..end;
        let (line, column) = file.position(span.start);
        self.0.push(Diagnostic {
            code,
            severity: code.severity(),
            file: Arc::clone(&file.path),
            line,
            column,
            span,
            message,
            help: None,
        });
        Noted(self.0.last_mut())
    }

    /// All findings, in the order in which they were noted.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.0
    }

    /// Adds findings that were collected elsewhere.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(findings);
    }

    /// The findings of a kind.
    pub fn of(&self, code: Code) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().filter(move |d| d.code == code)
    }

    /// Whether something is wrong enough that the content cannot be used.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// All findings by file and position.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.0
            .sort_by(|a, b| (&a.file, a.span.start, a.code).cmp(&(&b.file, b.span.start, b.code)));
        self.0.dedup();
        self.0
    }
}

/// A finding that was just noted.
pub(super) struct Noted<'a>(Option<&'a mut Diagnostic>);

impl Noted<'_> {
    /// Adds what to write instead.
    pub fn help(self, de: impl Into<String>, en: impl Into<String>) -> Self {
        self.help_if(Some(Both::new(de, en)))
    }

    /// Adds what to write instead, if something is known.
    pub fn help_if(mut self, help: Option<Both>) -> Self {
        if let Some(diagnostic) = &mut self.0 {
            diagnostic.help = help;
        }
        self
    }

    /// Makes it a warning.
    pub fn warning(mut self) -> Self {
        if let Some(diagnostic) = &mut self.0 {
            diagnostic.severity = Severity::Warning;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = FileText {
            path: "x".into(),
            text: "a\näöü = „x“".into(),
        };
        assert_eq!(file.position(0), (1, 1));
        assert_eq!(file.position(2), (2, 1));
        assert_eq!(file.position("a\näöü = ".len()), (2, 7));
        assert_eq!(file.position(9999), (2, 10));
    }

    #[test]
    fn numbers_are_unique() {
        let mut numbers: Vec<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), Code::ALL.len());
    }
}
