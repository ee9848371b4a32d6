//! A text as translators see it: words with `{ $variables }`, and one row for each form where it chooses between
//! forms (one day, two days). Words are written as in Fluent, but what Fluent asks for at the beginning of a line
//! (`{ "*" }`) is put in and taken out here.

use super::words::{escaped, tidy, unescaped};
use crate::content::check::pattern::case_name;
use crate::content::locale::plural_forms;
use crate::content::record::written;
use crate::model::Lang;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

/// A text: words, or a choice between texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Words(String),
    Choice { by: String, cases: Vec<Case> },
}

/// A case of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Case {
    pub key: String,
    /// Taken when no other fits.
    pub default: bool,
    pub node: Node,
}

/// One row: the cases that lead there, and the words in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub path: Vec<String>,
    pub source: String,
    /// Empty if it is not translated.
    pub target: String,
    /// Without it the text cannot be written.
    pub needed: bool,
}

/// More cases than this are written out as Fluent, in one row.
const MOST_ROWS: usize = 40;

const PLURALS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

impl Node {
    /// Takes a text apart. Words before and after a choice go into each of its cases: no language has to put the
    /// number where another one does.
    pub fn of(pattern: &Pattern<&str>) -> Self {
        let whole = Self::split(&elements(pattern));
        if whole.leaves() > MOST_ROWS {
            Self::Words(flat(pattern))
        } else {
            whole
        }
    }

    fn split(elements: &[Piece<'_>]) -> Self {
        let at = elements
            .iter()
            .position(|e| matches!(e, Piece::Choice { .. }));
        let Some((at, Piece::Choice { by, cases })) = at.map(|at| (at, &elements[at])) else {
            let words: String = elements.iter().map(Piece::words).collect();
            return Self::Words(tidy(&unescaped(&words)));
        };
        let cases = cases.iter().map(|(key, default, inner)| {
            let all = [&elements[..at], inner, &elements[at + 1..]].concat();
            Case {
                key: key.clone(),
                default: *default,
                node: Self::split(&all),
            }
        });
        Self::Choice {
            by: by.clone(),
            cases: cases.collect(),
        }
    }

    fn leaves(&self) -> usize {
        match self {
            Self::Words(_) => 1,
            Self::Choice { cases, .. } => cases.iter().map(|c| c.node.leaves()).sum(),
        }
    }

    /// Reads words that somebody has written. They may hold a whole choice in Fluent's way.
    /// `Err`: Fluent's text, as far as it got, for whoever explains what is wrong with it.
    pub fn read(words: &str) -> Result<Self, String> {
        let text = format!("x = {}\n", escaped(&tidy(words), 4));
        let resource = parse(text.as_str()).map_err(|_| text.clone())?;
        match resource.body.as_slice() {
            [Entry::Message(m)] if m.attributes.is_empty() => match &m.value {
                Some(value) => Ok(Self::of(value)),
                None => Err(text.clone()),
            },
            _ => Err(text.clone()),
        }
    }

    /// The text in Fluent, behind `name =`. `indent`: the blanks before each further line.
    pub fn write(&self, indent: usize) -> String {
        match self {
            Self::Words(words) if words.is_empty() => "{ \"\" }".to_owned(),
            Self::Words(words) => escaped(words, indent),
            Self::Choice { by, cases } => {
                let mut out = format!("{{ {by} ->\n");
                for case in cases {
                    let star = if case.default { '*' } else { ' ' };
                    let words = case.node.write(indent + 8);
                    out.push_str(&" ".repeat(indent + 3));
                    out.push_str(&format!("{star}[{}] {words}\n", case.key));
                }
                out.push_str(&format!("{}}}", " ".repeat(indent)));
                out
            }
        }
    }

    /// What is said in a case of a choice; this itself if it does not choose by that.
    fn within(&self, by: &str, key: &str) -> &Self {
        match self {
            Self::Choice { by: own, cases } if own == by => {
                let same = cases.iter().find(|c| c.key == key);
                let case = same.or_else(|| cases.iter().find(|c| c.default));
                case.map_or(self, |c| &c.node)
            }
            _ => self,
        }
    }

    /// The words when nothing is known.
    pub fn plain(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Choice { cases, .. } => {
                let default = cases.iter().find(|c| c.default).or(cases.first());
                default.map_or("", |c| c.node.plain())
            }
        }
    }
}

/// The rows of a text: those of the translation, with the forms that its language has and it lacks; else those
/// of the source with the forms of the other language.
pub(super) fn rows(source: &Node, target: Option<&Node>, lang: &Lang) -> Vec<Row> {
    let mut rows = Vec::new();
    collect(source, target, lang, &mut Vec::new(), true, &mut rows);
    rows
}

fn collect(
    source: &Node,
    target: Option<&Node>,
    lang: &Lang,
    path: &mut Vec<String>,
    needed: bool,
    rows: &mut Vec<Row>,
) {
    let Some((by, keys)) = shape(source, target, lang) else {
        let words = |node: &Node| node.plain().to_owned();
        rows.push(Row {
            path: path.clone(),
            source: words(source),
            target: target.map(words).unwrap_or_default(),
            needed,
        });
        return;
    };
    for (key, default) in keys {
        let inner = match target {
            Some(Node::Choice { by: own, cases }) if *own == by => {
                cases.iter().find(|c| c.key == key).map(|c| &c.node)
            }
            // What stands for all cases so far is that of the last one.
            other => other.filter(|_| default),
        };
        path.push(key.clone());
        let source = source.within(&by, &key);
        collect(source, inner, lang, path, needed && default, rows);
        path.pop();
    }
}

/// By what a text chooses, and between which cases.
fn shape(
    source: &Node,
    target: Option<&Node>,
    lang: &Lang,
) -> Option<(String, Vec<(String, bool)>)> {
    let (leading, other) = match (target, source) {
        (Some(target @ Node::Choice { .. }), source) => (target, Some(source)),
        (_, source) => (source, None),
    };
    let Node::Choice { by, cases } = leading else {
        return None;
    };
    let plural = cases.iter().any(|c| PLURALS.contains(&c.key.as_str()));
    let forms = plural_forms(lang).filter(|_| plural);
    let mut keys: Vec<(String, bool)> = Vec::new();
    match (other, forms) {
        (None, Some(forms)) => {
            let last = if forms.contains(&"other") {
                "other"
            } else {
                forms.last()?
            };
            let numbers = cases
                .iter()
                .map(|c| c.key.as_str())
                .filter(|k| !PLURALS.contains(k));
            keys.extend(numbers.map(|k| (k.to_owned(), false)));
            keys.extend(forms.iter().map(|f| ((*f).to_owned(), *f == last)));
        }
        (_, forms) => {
            keys.extend(cases.iter().map(|c| (c.key.clone(), c.default)));
            let missing = forms
                .unwrap_or_default()
                .iter()
                .filter(|f| !cases.iter().any(|c| c.key == **f));
            let at = keys
                .iter()
                .position(|(_, default)| *default)
                .unwrap_or(keys.len());
            let missing: Vec<_> = missing
                .filter(|f| **f != "other")
                .map(|f| ((*f).to_owned(), false))
                .collect();
            keys.splice(at..at, missing);
        }
    }
    Some((by.clone(), keys))
}

/// Puts rows together again. `None`: a row without which it cannot be is empty.
pub(super) fn assemble(
    source: &Node,
    target: Option<&Node>,
    lang: &Lang,
    words: &dyn Fn(&[String]) -> Option<Node>,
) -> Option<Node> {
    build(source, target, lang, &mut Vec::new(), words)
}

fn build(
    source: &Node,
    target: Option<&Node>,
    lang: &Lang,
    path: &mut Vec<String>,
    words: &dyn Fn(&[String]) -> Option<Node>,
) -> Option<Node> {
    let Some((by, keys)) = shape(source, target, lang) else {
        return words(path);
    };
    let mut cases = Vec::new();
    for (key, default) in keys {
        let inner = match target {
            Some(Node::Choice { by: own, cases }) if *own == by => {
                cases.iter().find(|c| c.key == key).map(|c| &c.node)
            }
            other => other.filter(|_| default),
        };
        path.push(key.clone());
        let node = build(source.within(&by, &key), inner, lang, path, words);
        path.pop();
        match node {
            Some(node) => cases.push(Case { key, default, node }),
            None if default => return None,
            None => {}
        }
    }
    Some(Node::Choice { by, cases })
}

/// A piece of a text.
#[derive(Clone)]
enum Piece<'p> {
    Text(&'p str),
    Written(String),
    Choice {
        by: String,
        cases: Vec<(String, bool, Vec<Piece<'p>>)>,
    },
}

impl Piece<'_> {
    fn words(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Written(text) => text,
            Self::Choice { .. } => "",
        }
    }
}

fn elements<'p>(pattern: &'p Pattern<&'p str>) -> Vec<Piece<'p>> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => Piece::Text(value),
            PatternElement::Placeable { expression } => piece(expression),
        })
        .collect()
}

fn piece<'p>(expression: &'p Expression<&'p str>) -> Piece<'p> {
    match expression {
        Expression::Inline(InlineExpression::Placeable { expression }) => piece(expression),
        Expression::Inline(inline) => Piece::Written(written(inline)),
        Expression::Select { selector, variants } => Piece::Choice {
            by: bare(&written(selector)).to_owned(),
            cases: variants
                .iter()
                .map(|v| (case_name(v).to_owned(), v.default, elements(&v.value)))
                .collect(),
        },
    }
}

/// An expression without its braces.
fn bare(written: &str) -> &str {
    written.trim_start_matches('{').trim_end_matches('}').trim()
}

/// A text as Fluent has it, choices and all, in one piece.
fn flat(pattern: &Pattern<&str>) -> String {
    fn all(pieces: &[Piece<'_>]) -> String {
        pieces.iter().map(one).collect()
    }
    fn one(piece: &Piece<'_>) -> String {
        let Piece::Choice { by, cases } = piece else {
            return piece.words().to_owned();
        };
        let case = |(key, default, inner): &(String, bool, Vec<Piece<'_>>)| {
            let star = if *default { "*" } else { "" };
            format!("\n{star}[{key}] {}", all(inner))
        };
        format!(
            "{{ {by} ->{}\n}}",
            cases.iter().map(case).collect::<String>()
        )
    }
    tidy(&all(&elements(pattern)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(ftl: &str) -> Node {
        let resource = parse(ftl).expect("Fluent");
        let Some(Entry::Message(message)) = resource.body.first() else {
            panic!("no message in {ftl}")
        };
        Node::of(message.value.as_ref().expect("a text"))
    }

    fn shown(source: &str, target: Option<&str>, lang: &str) -> String {
        let target = target.map(node);
        let rows = rows(&node(source), target.as_ref(), &Lang::new(lang));
        let row = |r: &Row| {
            let star = if r.needed { "*" } else { "" };
            format!("{star}{} «{}» «{}»", r.path.join("+"), r.source, r.target)
        };
        rows.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    const DAYS: &str =
        "a = Noch { $n ->\n    [0] heute\n    [one] ein Tag\n   *[other] { $n } Tage\n    } Zeit\n";

    #[test]
    fn each_language_gets_a_row_for_each_of_its_forms() {
        insta::assert_snapshot!(shown("a = Hallo { $x }", Some("a = Hi"), "en"), @"* «Hallo { $x }» «Hi»");
        insta::assert_snapshot!(shown(DAYS, None, "ar"), @r##"
0 «Noch heute Zeit» «»
zero «Noch { $n } Tage Zeit» «»
one «Noch ein Tag Zeit» «»
two «Noch { $n } Tage Zeit» «»
few «Noch { $n } Tage Zeit» «»
many «Noch { $n } Tage Zeit» «»
*other «Noch { $n } Tage Zeit» «»
"##);
        insta::assert_snapshot!(shown(DAYS, None, "ru"), @r##"
0 «Noch heute Zeit» «»
one «Noch ein Tag Zeit» «»
few «Noch { $n } Tage Zeit» «»
*many «Noch { $n } Tage Zeit» «»
"##);
        // What a translation has decides; forms that it lacks are offered.
        let two = "a = { $n ->\n    [two] B\n   *[other] X\n    }";
        insta::assert_snapshot!(shown(DAYS, Some(two), "ar"), @r##"
two «Noch { $n } Tage Zeit» «B»
zero «Noch { $n } Tage Zeit» «»
one «Noch ein Tag Zeit» «»
few «Noch { $n } Tage Zeit» «»
many «Noch { $n } Tage Zeit» «»
*other «Noch { $n } Tage Zeit» «X»
"##);
        insta::assert_snapshot!(shown(DAYS, Some("a = X"), "en"), @r##"
0 «Noch heute Zeit» «»
one «Noch ein Tag Zeit» «»
*other «Noch { $n } Tage Zeit» «X»
"##);
        insta::assert_snapshot!(shown("a = { $n } Tage", Some(two), "en"), @r##"
two «{ $n } Tage» «B»
one «{ $n } Tage» «»
*other «{ $n } Tage» «X»
"##);
        let paper = "a = { $p ->\n    [duldung] D\n   *[other_paper] O\n    }";
        insta::assert_snapshot!(shown(paper, None, "ar"), @r##"
duldung «D» «»
*other_paper «O» «»
"##);
    }

    #[test]
    fn words_are_written_so_that_fluent_reads_the_same() {
        for words in [
            "Hallo",
            "**Achtung**\n\n- eins\n- zwei",
            "a\n**b**\n[c]\n.d\n*e",
            "*",
            "{ $x } und\n{ $y }\nmehr",
            "{ \" \" }x { \"{\" }\n*y { \"\\\"}\" } z\n*",
            "\u{2068}x\u{2069} \u{200f}",
            "§ 1 = 2 # nicht -> so",
        ] {
            let read = Node::read(words).expect("words");
            assert_eq!(read, Node::Words(words.to_owned()));
            for indent in [4, 8] {
                let ftl = format!("a = {}\n", read.write(indent));
                assert_eq!(node(&ftl), read, "{ftl}");
            }
        }
        assert_eq!(
            Node::read(" \n  a  \n b\n").ok(),
            Some(Node::Words("a\nb".into()))
        );
        for wrong in ["{ $x", "x }", "{ x y }", "{}", "{ $n -> [one] a }"] {
            assert!(Node::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_choice_is_written_one_case_a_line() {
        let choice = node(DAYS);
        insta::assert_snapshot!(choice.write(4), @r##"
{ $n ->
        [0] Noch heute Zeit
        [one] Noch ein Tag Zeit
       *[other] Noch { $n } Tage Zeit
    }
"##);
        assert_eq!(node(&format!("a = {}", choice.write(4))), choice);
        // Somebody may write a choice into a cell where the source has none.
        let words = "{ $n ->\n[one] ein **Tag**\n*[other] { $n }\n**Tage**\n}";
        assert!(
            Node::read(words).is_err(),
            "a line of a case may not begin with an asterisk"
        );
        let words = words.replace("\n**Tage", " **Tage");
        assert!(matches!(Node::read(&words), Ok(Node::Choice { .. })));
    }
}
