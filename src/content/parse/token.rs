//! The words and signs of rules.

use crate::content::diagnostic::{Both, Span};
use crate::content::types::Op;

/// What is wrong with a rule, and where.
#[derive(Debug, PartialEq)]
pub(in crate::content) struct RuleFault {
    pub span: Span,
    pub message: Both,
    pub help: Option<Both>,
}

/// A word or sign of a rule.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Word(String),
    Number(i64),
    Op(Op),
    Open,
    Close,
    ListOpen,
    ListClose,
    Comma,
    Arrow,
    Colon,
    Slash,
}

/// A fault without help.
pub(super) fn fault(span: Span, de: impl Into<String>, en: impl Into<String>) -> RuleFault {
    RuleFault {
        span,
        message: Both::new(de, en),
        help: None,
    }
}

impl RuleFault {
    /// Adds what to write instead.
    pub(super) fn help(mut self, de: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Both::new(de, en));
        self
    }
}

/// Signs with their meaning, the longer ones first.
const SIGNS: &[(&str, Token)] = &[
    ("->", Token::Arrow),
    ("==", Token::Op(Op::Eq)),
    ("!=", Token::Op(Op::Ne)),
    ("<=", Token::Op(Op::Le)),
    (">=", Token::Op(Op::Ge)),
    ("<", Token::Op(Op::Lt)),
    (">", Token::Op(Op::Gt)),
    ("(", Token::Open),
    (")", Token::Close),
    ("[", Token::ListOpen),
    ("]", Token::ListClose),
    (",", Token::Comma),
    (":", Token::Colon),
    ("/", Token::Slash),
];

/// Signs that people write instead, the longer ones first.
const MISTAKES: &[(&str, &str)] = &[
    ("=>", "->"),
    ("=<", "<="),
    ("<>", "!="),
    ("&&", "and"),
    ("||", "or"),
    ("=", "=="),
    ("!", "not"),
    ("&", "and"),
    ("|", "or"),
    ("→", "->"),
    ("⇒", "->"),
    ("–>", "->"),
    ("—>", "->"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
];

/// Cuts a rule into words and signs.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Span)>, RuleFault> {
    let mut list = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        // `=>` is the wrong arrow, not a comparison that begins with `=`.
        if let Some((wrong, right)) = MISTAKES.iter().find(|(w, _)| {
            rest.starts_with(w) && !rest.starts_with("==") && !rest.starts_with("!=")
        }) {
            return Err(fault(
                at..at + wrong.len(),
                format!("schreiben Sie `{right}` statt `{wrong}`"),
                format!("write `{right}` instead of `{wrong}`"),
            ));
        }
        if let Some((sign, token)) = SIGNS.iter().find(|(s, _)| rest.starts_with(s)) {
            list.push((token.clone(), at..at + sign.len()));
            at += sign.len();
            continue;
        }
        let length = word_length(rest);
        if length == 0 {
            return Err(stray(c, at));
        }
        list.push((word_or_number(&rest[..length], at)?, at..at + length));
        at += length;
    }
    Ok(list)
}

/// The bytes of a word or a number, with a minus sign in front of digits.
fn word_length(rest: &str) -> usize {
    let minus = usize::from(rest.starts_with('-'));
    let body = rest[minus..].find(|c: char| !c.is_alphanumeric() && c != '_');
    let body = body.unwrap_or(rest.len() - minus);
    let digits = rest[minus..].starts_with(|c: char| c.is_ascii_digit());
    if body == 0 || (minus == 1 && !digits) {
        0
    } else {
        minus + body
    }
}

fn word_or_number(word: &str, at: usize) -> Result<Token, RuleFault> {
    let numeric = word
        .trim_start_matches('-')
        .bytes()
        .all(|b| b.is_ascii_digit());
    if !numeric {
        return Ok(Token::Word(word.to_owned()));
    }
    word.parse().map(Token::Number).map_err(|_| {
        fault(
            at..at + word.len(),
            "diese Zahl ist zu groß",
            "this number is too large",
        )
    })
}

fn stray(c: char, at: usize) -> RuleFault {
    let span = at..at + c.len_utf8();
    let found = fault(
        span.clone(),
        format!("mit `{c}` kann eine Regel nichts anfangen"),
        format!("`{c}` means nothing in a rule"),
    );
    match c {
        '"' | '\'' | '„' | '“' | '”' | '’' | '‚' => fault(
            span,
            "lassen Sie die Anführungszeichen in der Regel weg",
            "leave out the quotes within the rule",
        )
        .help(
            "Werte und `else` stehen ohne: residence_status == duldung -> schritt",
            "Values and `else` stand without: residence_status == duldung -> step",
        ),
        '.' => found.help(
            "Nur ganze Zahlen sind möglich",
            "Only whole numbers are possible",
        ),
        '-' => fault(
            span,
            "schreiben Sie den Pfeil so: `->`",
            "write the arrow like this: `->`",
        ),
        c if super::toml_error::is_invisible(c) => {
            let (message, help) = super::toml_error::invisible("");
            let help = Both::new(
                help.de.replace(" Tippen Sie die Zeile neu: ", ""),
                help.en.replace(" Type the line anew: ", ""),
            );
            RuleFault {
                span,
                message,
                help: Some(help),
            }
        }
        c => fault(
            span,
            format!("löschen Sie `{c}` aus der Regel"),
            format!("delete `{c}` from the rule"),
        )
        .help(
            "Eine Regel besteht aus Feldern, Vergleichen und ganzen Zahlen: age < 15 -> schritt",
            "A rule is made of fields, comparisons and whole numbers: age < 15 -> step",
        ),
    }
}
