//! Reads Rust source just well enough for the house rules: tokens without comments and strings,
//! without what is compiled only for tests, and the paths that are named.

/// An identifier or a single punctuation mark, and the line on which it stands. `::` is one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// Splits source into tokens. Comments, strings, characters and lifetimes are left out.
pub fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let mut out = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let end = match skipped(&chars, at) {
            Some(end) => end,
            None => {
                let end = token_end(&chars, at);
                let text = chars[at..end].iter().collect();
                out.push(Token { text, line });
                end
            }
        };
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    out
}

/// The end of what starts here and is no token of interest.
fn skipped(chars: &[char], at: usize) -> Option<usize> {
    let next = |n: usize| chars.get(at + n).copied().unwrap_or('\0');
    match chars[at] {
        c if c.is_whitespace() => Some(at + 1),
        '/' if next(1) == '/' => Some(find(chars, at, |c| c == '\n')),
        '/' if next(1) == '*' => Some(block_comment_end(chars, at)),
        '"' => Some(string_end(chars, at)),
        '\'' if next(1) == '\\' || next(2) == '\'' => {
            let from = if next(1) == '\\' { at + 3 } else { at + 2 };
            Some(find(chars, from, |c| c == '\'') + 1)
        }
        // A lifetime.
        '\'' => Some(find(chars, at + 1, |c| !in_word(c))),
        'r' | 'b' | 'c' => {
            let quote = find(chars, at, |c| !matches!(c, 'r' | 'b' | 'c' | '#'));
            let starts_word = at == 0 || !in_word(chars[at - 1]);
            let is_string = starts_word && quote <= at + 8 && chars.get(quote) == Some(&'"');
            let hashes = chars[at..quote.min(chars.len())]
                .iter()
                .filter(|c| **c == '#')
                .count();
            let raw = is_string && chars[at..quote].contains(&'r');
            match (is_string, raw) {
                (true, true) => Some(raw_string_end(chars, quote, hashes)),
                (true, false) => Some(string_end(chars, quote)),
                (false, _) => None,
            }
        }
        _ => None,
    }
    .map(|end| end.min(chars.len()))
}

fn token_end(chars: &[char], at: usize) -> usize {
    if in_word(chars[at]) {
        find(chars, at, |c| !in_word(c))
    } else if chars[at] == ':' && chars.get(at + 1) == Some(&':') {
        at + 2
    } else {
        at + 1
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn find(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    (from..chars.len())
        .find(|at| wanted(chars[*at]))
        .unwrap_or(chars.len())
}

fn block_comment_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn string_end(chars: &[char], quote: usize) -> usize {
    let mut at = quote + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn raw_string_end(chars: &[char], quote: usize, hashes: usize) -> usize {
    let closes = |at: usize| {
        chars[at] == '"'
            && chars[at + 1..]
                .iter()
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes
    };
    (quote + 1..chars.len())
        .find(|at| closes(*at))
        .map_or(chars.len(), |at| at + 1 + hashes)
}

/// What is left when items under `#[cfg(test)]` are cut out, and the modules in other files that
/// were declared there.
pub fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let mut kept = Vec::new();
    let mut modules = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !starts_with(&tokens[at..], &["#", "[", "cfg", "(", "test", ")", "]"]) {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let end = item_end(tokens, at + 7);
        let item = &tokens[at + 7..end];
        if let Some(name) = item
            .windows(3)
            .find(|w| w[0].text == "mod" && w[2].text == ";")
        {
            modules.push(name[1].text.clone());
        }
        at = end;
    }
    (kept, modules)
}

fn starts_with(tokens: &[Token], wanted: &[&str]) -> bool {
    tokens.len() >= wanted.len() && tokens.iter().zip(wanted).all(|(t, w)| t.text == *w)
}

/// The end of an item: its semicolon, or the end of its body.
fn item_end(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// A path as it is written (`crate::model::Lang`), with groups spelled out, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    pub parts: Vec<String>,
    pub line: usize,
    /// The modules of this file in which it stands, outermost first.
    pub inside: Vec<String>,
}

/// All paths of two parts or more.
pub fn paths(tokens: &[Token]) -> Vec<Path> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut depth = 0;
    let mut modules: Vec<(String, usize)> = Vec::new();
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                modules.retain(|(_, opened)| *opened <= depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|t| t.text == "{") => {
                modules.push((tokens[at + 1].text.clone(), depth + 1));
            }
            text if text.starts_with(in_word) => {
                let from = out.len();
                at = tree(tokens, at, &[], &mut out);
                let inside: Vec<_> = modules.iter().map(|(name, _)| name.clone()).collect();
                for path in &mut out[from..] {
                    path.inside.clone_from(&inside);
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    out
}

/// Reads one path or group of paths; gives the place behind it.
fn tree(tokens: &[Token], mut at: usize, prefix: &[String], out: &mut Vec<Path>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let line = tokens[at].line;
    let mut parts = prefix.to_vec();
    loop {
        if text(at).starts_with(in_word) || text(at) == "*" {
            parts.push(text(at).to_owned());
            at += 1;
        } else if text(at) == "{" {
            at += 1;
            while !matches!(text(at), "}" | "") {
                at = match text(at) {
                    "," => at + 1,
                    "as" => at + 2,
                    _ => tree(tokens, at, &parts, out).max(at + 1),
                };
            }
            return at + 1;
        }
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    if parts.len() > 1 {
        out.push(Path {
            parts,
            line,
            inside: Vec::new(),
        });
    }
    at
}

#[test]
fn comments_and_strings_are_no_code() {
    let source = r##"
// sqlx::query
/* a /* nested */ sqlx::query */
let a = "sqlx::query \" x"; let b = r#"sqlx " ::"#; let c = b'"'; let d = '\''; let e = '"';
fn f<'a>(x: &'a str) -> u8 { brave::name(x) } // "
"##;
    let found = paths(&tokens(source));
    let names: Vec<_> = found.iter().map(|path| path.parts.join("::")).collect();
    assert_eq!(names, ["brave::name"]);
    assert_eq!(found[0].line, 5);
}

#[test]
fn groups_are_spelled_out_and_modules_known() {
    let source = "use crate::{model::{self, Lang as L}, store::*};
mod a { mod b { use super::super::x::Y; } fn f() { super::z(); } }
fn g() { crate::web::h::<T>() }";
    let found: Vec<_> = paths(&tokens(source))
        .into_iter()
        .map(|path| (path.parts.join("::"), path.inside.join("::"), path.line))
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|(path, inside, line)| (path.as_str(), inside.as_str(), *line))
        .collect();
    assert_eq!(
        found,
        [
            ("crate::model::self", "", 1),
            ("crate::model::Lang", "", 1),
            ("crate::store::*", "", 1),
            ("super::super::x::Y", "a::b", 2),
            ("super::z", "a", 2),
            ("crate::web::h", "", 3),
        ]
    );
}

#[test]
fn what_is_compiled_for_tests_only_is_cut_out() {
    let source = "use a::b; #[cfg(test)] mod tests { fn f() { c::d(); } } #[cfg(test)]
#[path = \"x.rs\"] pub mod fixture; #[cfg(test)] use e::f; fn g() { h::i() }";
    let (kept, modules) = without_tests(&tokens(source));
    let names: Vec<_> = paths(&kept).iter().map(|p| p.parts.join("::")).collect();
    assert_eq!(names, ["a::b", "h::i"]);
    assert_eq!(modules, ["fixture"]);
}
