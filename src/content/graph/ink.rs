//! Shapes, lines and rows of text, as SVG.

use super::build::cut;
use super::layout::{Course, MARGIN, Point, Size};
use super::{Node, Shape};
use crate::model::{Direction, Lang};
use std::fmt::Write as _;

/// A single word may be longer than a line by so many characters.
const LONG_WORD: usize = 8;
/// Heights of lines, in pixels.
pub(super) const LINE: f64 = 16.0;
pub(super) const LABEL_HEIGHT: f64 = 15.0;
/// The tip of an arrow.
const TIP: f64 = 7.0;

/// A line of text in a node or at an arrow.
pub(super) struct Row {
    pub text: String,
    pub class: &'static str,
    pub lang: Option<Lang>,
}

impl Row {
    pub fn plain(text: impl Into<String>, class: &'static str) -> Self {
        Self {
            text: text.into(),
            class,
            lang: None,
        }
    }

    /// Width in pixels, estimated: there are no fonts at hand. Generous, for a narrow box is worse than a wide one.
    fn width(&self) -> f64 {
        let narrow = |c: char| {
            matches!(
                c,
                'i' | 'j'
                    | 'l'
                    | 't'
                    | 'f'
                    | 'r'
                    | 'I'
                    | '.'
                    | ','
                    | ' '
                    | '_'
                    | '|'
                    | '„'
                    | '“'
                    | '('
                    | ')'
            )
        };
        let wide = |c: char| matches!(c, 'm' | 'w' | 'M' | 'W' | '@' | '…' | '→');
        let all = self.text.chars().map(|c| match c {
            c if narrow(c) => 4.6,
            c if wide(c) => 11.0,
            c if c.is_uppercase() => 8.8,
            _ => 7.3,
        });
        let scale = if matches!(self.class, "words") {
            1.0
        } else {
            0.94
        };
        all.sum::<f64>() * scale
    }
}

/// How large a node is, so that its rows fit into its shape.
pub(super) fn node_size(shape: Shape, rows: &[Row]) -> Size {
    let text = rows.iter().map(Row::width).fold(0.0, f64::max);
    let height = rows.len() as f64 * LINE;
    let (around, over) = match shape {
        Shape::Ask => (40.0, 14.0),
        Shape::Handoff | Shape::Call => (36.0, 14.0),
        Shape::Set | Shape::Do => (32.0, 12.0),
        Shape::Branch => (64.0, 22.0),
        Shape::Say => (24.0, 14.0),
        Shape::Flow => (26.0, 10.0),
    };
    let least = if shape == Shape::Flow { 50.0 } else { 84.0 };
    Size {
        w: (text + around).max(least).round(),
        h: height + over,
    }
}

pub(super) fn label_size(rows: &[Row]) -> Size {
    if rows.is_empty() {
        return Size::default();
    }
    Size {
        w: rows.iter().map(Row::width).fold(0.0, f64::max).round() + 6.0,
        h: rows.len() as f64 * LABEL_HEIGHT + 2.0,
    }
}

pub(super) fn draw_shape(node: &Node, at: Point, size: Size, out: &mut String) {
    let (l, r) = (at.x - size.w / 2.0, at.x + size.w / 2.0);
    let (t, b) = (at.y - size.h / 2.0, at.y + size.h / 2.0);
    let polygon = |points: &[(f64, f64)], out: &mut String| {
        let list: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{},{}", n(*x), n(*y)))
            .collect();
        let _ = write!(
            out,
            "<polygon class=\"shape\" points=\"{}\"/>",
            list.join(" ")
        );
    };
    let rect = |radius: f64, out: &mut String| {
        let _ = write!(
            out,
            "<rect class=\"shape\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
            n(l),
            n(t),
            n(size.w),
            n(size.h),
            n(radius)
        );
    };
    match node.shape {
        Shape::Ask => polygon(
            &[
                (l + 12.0, t),
                (r - 12.0, t),
                (r, at.y),
                (r - 12.0, b),
                (l + 12.0, b),
                (l, at.y),
            ],
            out,
        ),
        Shape::Set => polygon(&[(l + 10.0, t), (r, t), (r - 10.0, b), (l, b)], out),
        Shape::Do => polygon(
            &[
                (l + 9.0, t),
                (r - 9.0, t),
                (r, t + 9.0),
                (r, b - 9.0),
                (r - 9.0, b),
                (l + 9.0, b),
                (l, b - 9.0),
                (l, t + 9.0),
            ],
            out,
        ),
        Shape::Branch => polygon(&[(at.x, t), (r, at.y), (at.x, b), (l, at.y)], out),
        Shape::Handoff | Shape::Flow => rect((size.h / 2.0).min(24.0), out),
        Shape::Say => rect(8.0, out),
        Shape::Call => {
            rect(3.0, out);
            for x in [l + 6.0, r - 6.0] {
                let _ = write!(
                    out,
                    "<path class=\"bar\" d=\"M{x},{} V{}\"/>",
                    n(t),
                    n(b),
                    x = n(x)
                );
            }
        }
    }
    if node.start {
        let (x, y) = (n(at.x), n(t - 14.0));
        let _ = write!(
            out,
            "<circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/><path class=\"line\" d=\"M{x},{y} V{}\"/>",
            n(t)
        );
    }
    if node.end {
        let _ = write!(
            out,
            "<rect class=\"mark\" x=\"{}\" y=\"{}\" width=\"26\" height=\"5\" rx=\"2\"/>",
            n(at.x - 13.0),
            n(b)
        );
    }
}

/// A line with its tip.
pub(super) fn draw_line(course: &Course, out: &mut String) {
    let (Some(first), Some(last)) = (course.points.first(), course.points.last()) else {
        return;
    };
    let mut d = format!("M{},{}", n(first.x), n(first.y));
    let before = course.points[course.points.len() - 2];
    let sideways = (last.y - before.y).abs() < 0.5;
    let sign = match sideways {
        true => (last.x - before.x).signum(),
        false => (last.y - before.y).signum(),
    };
    // The line ends where the tip begins.
    let end = match sideways {
        true => Point {
            x: last.x - sign * TIP,
            y: last.y,
        },
        false => Point {
            x: last.x,
            y: last.y - sign * TIP,
        },
    };
    for (index, pair) in course.points.windows(2).enumerate() {
        let from = pair[0];
        let to = if index + 2 == course.points.len() {
            end
        } else {
            pair[1]
        };
        if index % 2 == 1 || from.x == to.x || sideways {
            let _ = write!(d, " L{},{}", n(to.x), n(to.y));
        } else {
            let half = n((from.y + to.y) / 2.0);
            let _ = write!(
                d,
                " C{},{half} {},{half} {},{}",
                n(from.x),
                n(to.x),
                n(to.x),
                n(to.y)
            );
        }
    }
    let _ = write!(out, "<path class=\"line\" d=\"{d}\"/>");
    let wide = TIP * 0.55;
    let tip = match sideways {
        true => [
            (last.x, last.y),
            (end.x, end.y - wide),
            (end.x, end.y + wide),
        ],
        false => [
            (last.x, last.y),
            (end.x - wide, end.y),
            (end.x + wide, end.y),
        ],
    };
    let tip: Vec<String> = tip
        .iter()
        .map(|(x, y)| format!("{},{}", n(*x), n(*y)))
        .collect();
    let _ = write!(
        out,
        "<polygon class=\"head\" points=\"{}\"/>",
        tip.join(" ")
    );
}

/// Rows of text around a middle. Each is an element of its own: within one, lines of both directions would be mixed.
pub(super) fn write_rows(rows: &[Row], at: Point, height: f64, class: &str, out: &mut String) {
    let top = at.y - rows.len() as f64 * height / 2.0;
    for (index, row) in rows.iter().enumerate() {
        let y = top + (index as f64 + 0.75) * height;
        let classes = [class, row.class].join(" ");
        let (mut lang, mut dir) = (String::new(), "");
        if let Some(tag) = &row.lang {
            lang = format!(" lang=\"{}\"", escaped(tag.as_str()));
            if tag.direction() == Direction::Rtl {
                dir = " direction=\"rtl\"";
            }
        }
        let _ = write!(
            out,
            "<text class=\"{}\" x=\"{}\" y=\"{}\"{lang}{dir}>{}</text>",
            classes.trim(),
            n(at.x),
            n(y),
            escaped(&row.text)
        );
    }
}

/// A text on several lines of at most so many characters; what does not fit ends with an ellipsis.
pub(super) fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        // German words are long, and half of one says little.
        let word = cut(word, width + LONG_WORD);
        let long = |l: &String| l.chars().count() + 1 + word.chars().count() > width;
        match lines.last_mut() {
            Some(last) if last.is_empty() => *last = word,
            Some(last) if !long(last) => {
                last.push(' ');
                last.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines.retain(|l| !l.is_empty());
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut()
            && !last.ends_with('…')
        {
            *last = format!("{}…", cut(last, width - 1).trim_end_matches('…'));
        }
    }
    lines
}

/// A number with one decimal at most.
pub(super) fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0")
        .map_or_else(|| text.clone(), str::to_owned)
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML cannot hold these.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

const _: () = assert!(MARGIN > 20.0, "the mark of the start stands in the margin");
