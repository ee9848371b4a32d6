//! lotse's small safe markup: `**bold**`, lines that begin with `- `, bare URLs and phone numbers, paragraphs.
//! Everything else is text and is shown as it is.

use crate::model::Direction;

/// A paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines of text.
    Paragraph(Vec<Vec<Inline>>),
    /// The items of a list, one line each.
    List(Vec<Vec<Inline>>),
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words in bold.
    Bold(Vec<Inline>),
    /// A web address, as written.
    Link(String),
    /// A phone number, as written.
    Phone(String),
}

/// Reads markup. Total: whatever is no markup is text.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut fresh = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            fresh = true;
            continue;
        }
        let item = item(line);
        let content = inline(item.as_deref().unwrap_or(line));
        match (blocks.last_mut(), item.is_some()) {
            (Some(Block::List(items)), true) if !fresh => items.push(content),
            (Some(Block::Paragraph(lines)), false) if !fresh => lines.push(content),
            (_, true) => blocks.push(Block::List(vec![content])),
            (_, false) => blocks.push(Block::Paragraph(vec![content])),
        }
        fresh = false;
    }
    blocks
}

/// The words of a list item. Isolation marks may stand before the dash; they stay with the words.
fn item(line: &str) -> Option<String> {
    let bare = line.trim_start_matches(is_isolate);
    let words = bare.strip_prefix("- ")?;
    Some(format!(
        "{}{}",
        &line[..line.len() - bare.len()],
        words.trim_start()
    ))
}

fn inline(line: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some((before, words, after)) = bold(rest) {
        linked(before, &mut out);
        let mut bold = Vec::new();
        linked(words, &mut bold);
        out.push(Inline::Bold(bold));
        rest = after;
    }
    linked(rest, &mut out);
    out
}

/// The first words in bold, and what stands before and after them.
fn bold(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once("**")?;
    let (words, after) = rest
        .split_once("**")
        .filter(|(words, _)| !words.is_empty())?;
    Some((before, words, after))
}

/// How much of a text is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// Words in bold.
    pub bold: usize,
    /// Items of lists.
    pub items: usize,
    /// There is a `**` without its other half.
    pub alone: bool,
}

/// Counts what [`parse`] finds of bold words and list items, without looking for links.
pub fn marks(text: &str) -> Marks {
    let mut marks = Marks::default();
    if !text.contains("**") && !text.contains("- ") {
        return marks;
    }
    for line in text.lines().map(str::trim) {
        let item = item(line);
        marks.items += usize::from(item.is_some());
        let mut rest = item.as_deref().unwrap_or(line);
        while let Some((_, _, after)) = bold(rest) {
            marks.bold += 1;
            rest = after;
        }
    }
    marks.alone = text.matches("**").count() != 2 * marks.bold;
    marks
}

/// Finds links and phone numbers in words without bold.
fn linked(text: &str, out: &mut Vec<Inline>) {
    let mut plain = 0;
    let mut at = 0;
    while at < text.len() {
        let begins = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        let found = if begins {
            link(&text[at..]).or_else(|| phone(&text[..at], &text[at..]))
        } else {
            None
        };
        if let Some((inline, len)) = found {
            push_text(out, &text[plain..at]);
            out.push(inline);
            at += len;
            plain = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    push_text(out, &text[plain..]);
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        out.push(Inline::Text(text.to_owned()));
    }
}

/// A web address at the start of a text. Only http and https: nothing that could run.
fn link(text: &str) -> Option<(Inline, usize)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|s| text.starts_with(s))?;
    let ends = |c: char| {
        c.is_whitespace()
            || is_isolate(c)
            || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '„')
    };
    let len = text.find(ends).unwrap_or(text.len());
    let url =
        text[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '؟', '،', '؛', '\'', '*']);
    (url.len() > scheme.len()).then(|| (Inline::Link(url.to_owned()), url.len()))
}

/// Short numbers that help in danger. Source: Bundesnetzagentur, harmonised services.
const SHORT_NUMBERS: [&str; 5] = ["110", "112", "116016", "116111", "116117"];

/// A phone number at the start of a text: a short number of [`SHORT_NUMBERS`], or one that begins with 0 or + and has
/// 7 to 15 digits in groups.
fn phone(before: &str, text: &str) -> Option<(Inline, usize)> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '+')
        || before.ends_with(['§', '.', ',', '/', '-', '+'])
    {
        return None;
    }
    let mut end = 0;
    let mut digits = 0;
    for (i, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                digits += 1;
                end = i + 1;
            }
            '+' if i == 0 => {}
            // One separator between two digits. The no-break space stands in texts from right to left.
            ' ' | '\u{A0}' | '/' | '-' if end == i && i > 0 => {}
            _ => break,
        }
    }
    let written = &text[..end];
    let first = &text[..text.bytes().take_while(u8::is_ascii_digit).count()];
    let number = if SHORT_NUMBERS.contains(&first) && !amount(&text[first.len()..]) {
        first
    } else if (7..=15).contains(&digits)
        && written.starts_with(['0', '+'])
        && !text[end..].starts_with(char::is_alphabetic)
    {
        written
    } else {
        return None;
    };
    if before.trim_end().ends_with('§') {
        return None;
    }
    Some((Inline::Phone(number.to_owned()), number.len()))
}

/// Whether the number before is an amount ("110 Euro", "112,50").
fn amount(after: &str) -> bool {
    let decimals = after
        .strip_prefix([',', '.'])
        .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    let trimmed = after.trim_start();
    decimals
        || after.starts_with(char::is_alphanumeric)
        || ["€", "Euro", "EUR", "%"]
            .iter()
            .any(|u| trimmed.starts_with(u))
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

/// The words without markup; list items keep their dash.
pub fn to_plain(text: &str) -> String {
    lines(&parse(text), "- ", &|inline, out| plain(inline, out))
}

/// The words of somebody else (an answer, a name), so that they mean nothing in markup: one line, no bold, no list.
pub fn without_markup(text: &str) -> String {
    let line = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("**", "");
    match line.strip_prefix("- ") {
        Some(words) => format!("– {words}"),
        None => line,
    }
}

fn plain(inline: &Inline, out: &mut String) {
    match inline {
        Inline::Text(t) | Inline::Link(t) | Inline::Phone(t) => out.push_str(t),
        Inline::Bold(inner) => inner.iter().for_each(|i| plain(i, out)),
    }
}

/// HTML for the web room: escaped; links open without telling where they were opened from; addresses and phone
/// numbers are written from left to right whatever is around them, and so is a paragraph in which every letter
/// runs against the `direction` of the text (a German source under an Arabic answer).
pub fn to_html(text: &str, direction: Direction) -> String {
    let mut out = String::new();
    for block in parse(text) {
        match block {
            Block::Paragraph(lines) => {
                let against = against(lines.iter().flatten(), direction);
                element("p", against, &mut out);
                for (i, line) in lines.iter().enumerate() {
                    if i > 0 {
                        out.push_str("<br>");
                    }
                    line.iter().for_each(|inline| html(inline, &mut out));
                }
                out.push_str("</p>");
            }
            Block::List(items) => {
                out.push_str("<ul>");
                for item in &items {
                    element("li", against(item.iter(), direction), &mut out);
                    item.iter().for_each(|inline| html(inline, &mut out));
                    out.push_str("</li>");
                }
                out.push_str("</ul>");
            }
        }
    }
    out
}

fn element(name: &str, direction: Option<Direction>, out: &mut String) {
    out.push('<');
    out.push_str(name);
    if let Some(direction) = direction {
        out.push_str(" dir=\"");
        out.push_str(direction.as_str());
        out.push('"');
    }
    out.push('>');
}

/// The other direction, if all letters of the words run in it. Links and phone numbers do not count.
fn against<'a>(words: impl Iterator<Item = &'a Inline>, direction: Direction) -> Option<Direction> {
    let mut text = String::new();
    for inline in words {
        match inline {
            Inline::Link(_) | Inline::Phone(_) => {}
            other => plain(other, &mut text),
        }
    }
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek()?;
    let other = match direction {
        Direction::Ltr => Direction::Rtl,
        Direction::Rtl => Direction::Ltr,
    };
    letters.all(|c| runs(c) == other).then_some(other)
}

/// The direction in which a letter is written. Source: Unicode's DerivedBidiClass, classes R and AL.
fn runs(letter: char) -> Direction {
    match letter {
        '\u{590}'..='\u{8FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}' => Direction::Rtl,
        _ => Direction::Ltr,
    }
}

fn html(inline: &Inline, out: &mut String) {
    match inline {
        Inline::Text(t) => escape(t, out),
        Inline::Bold(inner) => {
            out.push_str("<strong>");
            inner.iter().for_each(|i| html(i, out));
            out.push_str("</strong>");
        }
        Inline::Link(url) => {
            out.push_str("<a href=\"");
            escape(url, out);
            out.push_str("\" rel=\"noopener noreferrer\" target=\"_blank\" dir=\"ltr\">");
            escape(url, out);
            out.push_str("</a>");
        }
        Inline::Phone(number) => {
            out.push_str("<a href=\"tel:");
            out.extend(number.chars().filter(|c| c.is_ascii_digit() || *c == '+'));
            out.push_str("\" dir=\"ltr\">");
            escape(number, out);
            out.push_str("</a>");
        }
    }
}

/// Telegram's HTML mode: bold only; its clients find links and phone numbers themselves.
pub fn to_telegram_html(text: &str) -> String {
    lines(&parse(text), "• ", &|inline, out| telegram(inline, out))
}

fn telegram(inline: &Inline, out: &mut String) {
    match inline {
        Inline::Text(t) | Inline::Link(t) | Inline::Phone(t) => escape(t, out),
        Inline::Bold(inner) => {
            out.push_str("<b>");
            inner.iter().for_each(|i| telegram(i, out));
            out.push_str("</b>");
        }
    }
}

fn lines(blocks: &[Block], bullet: &str, write: &dyn Fn(&Inline, &mut String)) -> String {
    let mut out = String::new();
    let mut after_paragraph = false;
    for (i, block) in blocks.iter().enumerate() {
        let (lines, mark) = match block {
            Block::Paragraph(lines) => (lines, ""),
            Block::List(items) => (items, bullet),
        };
        if i > 0 {
            // A list stands right under the line that announces it.
            out.push_str(if after_paragraph && !mark.is_empty() {
                "\n"
            } else {
                "\n\n"
            });
        }
        for (j, line) in lines.iter().enumerate() {
            if j > 0 {
                out.push('\n');
            }
            out.push_str(mark);
            line.iter().for_each(|inline| write(inline, &mut out));
        }
        after_paragraph = mark.is_empty();
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn html_of_everything() {
        let text = "**Achtung:** rufen Sie 112 an.\nOder 0800 1110111 (Tag und Nacht).\n\nMehr:\n- https://example.org/a?b=1&c=2, dort\n- **Polizei 110**\n\n§ 110 SGB, 112 Euro, 06526 Ort, 24.12.2026 <b>";
        assert_eq!(
            to_html(text, Direction::Ltr),
            "<p><strong>Achtung:</strong> rufen Sie <a href=\"tel:112\" dir=\"ltr\">112</a> an.<br>\
             Oder <a href=\"tel:08001110111\" dir=\"ltr\">0800 1110111</a> (Tag und Nacht).</p>\
             <p>Mehr:</p><ul><li><a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener noreferrer\" target=\"_blank\" dir=\"ltr\">https://example.org/a?b=1&amp;c=2</a>, dort</li>\
             <li><strong>Polizei <a href=\"tel:110\" dir=\"ltr\">110</a></strong></li></ul>\
             <p>§ 110 SGB, 112 Euro, 06526 Ort, 24.12.2026 &lt;b&gt;</p>"
        );
    }

    #[test]
    fn a_paragraph_of_the_other_direction_says_so() {
        let text = "مرحبًا Jobcenter\n\nWhich language?\n- § 61 AsylG https://a.de\n- رقم\n\n112";
        let html = to_html(text, Direction::Rtl);
        assert!(html.contains("<p>مرحبًا Jobcenter</p><p dir=\"ltr\">Which language?</p>"));
        assert!(html.contains("<li dir=\"ltr\">§ 61 AsylG <a"));
        assert!(html.contains("<li>رقم</li>"));
        assert!(html.ends_with("<p><a href=\"tel:112\" dir=\"ltr\">112</a></p>"));
        let html = to_html("Hallo\n\nما اللغة؟", Direction::Ltr);
        assert_eq!(html, "<p>Hallo</p><p dir=\"rtl\">ما اللغة؟</p>");
    }

    #[test]
    fn telegram_and_plain() {
        let text = "Hallo **Welt** & mehr\n- eins\n- zwei\n\nEnde";
        assert_eq!(
            to_telegram_html(text),
            "Hallo <b>Welt</b> &amp; mehr\n• eins\n• zwei\n\nEnde"
        );
        assert_eq!(to_plain(text), "Hallo Welt & mehr\n- eins\n- zwei\n\nEnde");
        assert_eq!(to_plain("**offen und **** leer"), "offen und ** leer");
    }

    #[test]
    fn numbers_that_are_phone_numbers() {
        let phones = |text: &str| -> Vec<String> {
            parse(text)
                .into_iter()
                .flat_map(|b| match b {
                    Block::Paragraph(l) | Block::List(l) => l.into_iter().flatten(),
                })
                .filter_map(|i| {
                    if let Inline::Phone(p) = i {
                        Some(p)
                    } else {
                        None
                    }
                })
                .collect()
        };
        assert_eq!(phones("112, 110 oder 116016."), ["112", "110", "116016"]);
        assert_eq!(phones("Tel. +49 30 1234567"), ["+49 30 1234567"]);
        assert_eq!(phones("اتصل على 112 الآن"), ["112"]);
        assert_eq!(phones("هاتف: 0800\u{A0}1110111."), ["0800\u{A0}1110111"]);
        assert!(phones("1120 110,50 § 112 06526, 603 € 2026-11-21 0,5").is_empty());
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert!(!to_html("javascript:alert(1) data:text/html,x", Direction::Ltr).contains("href"));
        assert_eq!(to_html("http://", Direction::Ltr), "<p>http://</p>");
    }

    #[test]
    fn foreign_words_cannot_be_markup() {
        assert_eq!(without_markup("- a\n**b**\n- c"), "– a b - c");
    }

    proptest! {
        #[test]
        fn html_has_no_foreign_tags(text in "[a-z<>&\"'* \\-\\n./:0-9]{0,120}") {
            let html = to_html(&text, Direction::Ltr);
            let ours = ["p>", "/p>", "br>", "ul>", "/ul>", "li>", "/li>", "strong>", "/strong>", "a href=\"", "/a>"];
            for (at, _) in html.match_indices('<') {
                prop_assert!(ours.iter().any(|tag| html[at + 1..].starts_with(tag)));
            }
            for (open, close) in [("<p>", "</p>"), ("<strong>", "</strong>"), ("<a ", "</a>"), ("<li>", "</li>")] {
                prop_assert_eq!(html.matches(open).count(), html.matches(close).count());
            }
        }

        #[test]
        fn marks_are_those_that_are_read(text in "[ab*\\- \n\u{2068}]{0,40}") {
            let blocks = parse(&text);
            let (mut bold, mut items) = (0, 0);
            for block in &blocks {
                let lines = match block {
                    Block::Paragraph(lines) => lines,
                    Block::List(lines) => {
                        items += lines.len();
                        lines
                    }
                };
                bold += lines.iter().flatten().filter(|i| matches!(i, Inline::Bold(_))).count();
            }
            let found = marks(&text);
            prop_assert_eq!((found.bold, found.items), (bold, items));
            prop_assert_eq!(found.alone, text.matches("**").count() != 2 * bold);
        }

        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            let _ = (to_html(&text, Direction::Rtl), to_plain(&text), to_telegram_html(&text));
        }
    }
}
