//! Danger that is seen against alarms for nothing, as a picture.

use super::Point;
use std::fmt::Write as _;

/// Where something is drawn, in units of the picture.
const LEFT: f64 = 74.0;
const TOP: f64 = 80.0;
const WIDE: f64 = 560.0;
const HIGH: f64 = 400.0;
/// The share of harmless messages at the right edge.
const MOST: f64 = 0.5;

const STYLE: &str = "
.sweep { --paper: #fff; --ink: #15242b; --quiet: #4d5f68; --grid: #d5dfe3; --alarm: #a3122a; --asked: #1f5c99;
  background: var(--paper); font: 14px/1.3 system-ui, -apple-system, \"Segoe UI\", \"Noto Sans\", sans-serif; }
@media (prefers-color-scheme: dark) { .sweep { --paper: #182329; --ink: #e6eef1; --quiet: #a4b5bd; --grid: #34444c;
  --alarm: #ff9aa8; --asked: #93c5f7; } }
.sweep text { fill: var(--ink); } .sweep .quiet { fill: var(--quiet); font-size: 12px; }
.sweep .title { font-size: 16px; font-weight: 600; } .sweep .paper { fill: var(--paper); }
.sweep .grid { stroke: var(--grid); } .sweep .axis { stroke: var(--ink); fill: none; }
.sweep .alarm { stroke: var(--alarm); } .sweep .asked { stroke: var(--asked); stroke-dasharray: 7 4; }
.sweep .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.sweep circle { fill: var(--paper); stroke-width: 2; stroke-dasharray: none !important; }
.sweep .now { stroke-width: 5; } .sweep .limit { stroke: var(--quiet); stroke-dasharray: 2 4; }
.sweep .name-alarm { fill: var(--alarm); font-weight: 600; } .sweep .name-asked { fill: var(--asked); font-weight: 600; }
";

/// The words on the picture.
struct Words {
    title: &'static str,
    right: &'static str,
    up: &'static str,
    alarm: &'static str,
    asked: &'static str,
    now: &'static str,
}

const ENGLISH: Words = Words {
    title: "Danger seen against calls for nothing",
    right: "of messages that nobody has to look at",
    up: "of messages from people in danger",
    alarm: "alarm",
    asked: "alarm or check question",
    now: "thick ring: the thresholds of now; numbers: thresholds",
};

const GERMAN: Words = Words {
    title: "Gesehene Gefahr gegen vergeblichen Alarm",
    right: "der Nachrichten, um die sich niemand kümmern muss",
    up: "der Nachrichten von Menschen in Gefahr",
    alarm: "Alarm",
    asked: "Alarm oder Rückfrage",
    now: "dicker Ring: die Schwellen von jetzt; Zahlen: Schwellen",
};

/// One of the two curves.
struct Curve {
    class: &'static str,
    /// Threshold, share of harmless messages, share of dangerous ones.
    points: Vec<(f32, f64, f64)>,
    now: f32,
}

/// Draws what thresholds do, as SVG. `now` are those for alarms and for questions that are in force.
pub fn chart(points: &[Point], now: (f32, f32), german: bool) -> String {
    let words = if german { &GERMAN } else { &ENGLISH };
    let alarm = Curve {
        class: "alarm",
        points: points
            .iter()
            .map(|p| (p.at, p.false_alarm.share(), p.alarm.share()))
            .collect(),
        now: now.0,
    };
    let asked = Curve {
        class: "asked",
        points: points
            .iter()
            .map(|p| (p.at, p.false_asked.share(), p.asked.share()))
            .collect(),
        now: now.1,
    };
    let (width, height) = (LEFT + WIDE + 26.0, TOP + HIGH + 74.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sweep\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"title\"><title id=\"title\">{}</title><style>{STYLE}</style>\
         <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>",
        words.title
    );
    frame(&mut svg, words);
    for curve in [&asked, &alarm] {
        draw(&mut svg, curve);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Where a pair of shares is drawn; what lies beyond the right edge is drawn on it.
fn place(wrong: f64, right: f64) -> (f64, f64) {
    let x = LEFT + WIDE * (wrong / MOST).min(1.0);
    (x, TOP + HIGH * (1.0 - right))
}

/// Grid, axes, labels, limits, legend.
fn frame(svg: &mut String, words: &Words) {
    let (bottom, end) = (TOP + HIGH, LEFT + WIDE);
    let mut add = |piece: std::fmt::Arguments<'_>| {
        // Writing to a string cannot fail.
        let _ = svg.write_fmt(piece);
    };
    for step in 0..=10_u8 {
        let share = f64::from(step) / 10.0;
        let (x, y) = (LEFT + WIDE * share, bottom - HIGH * share);
        let (right, up) = (100.0 * MOST * share, 100.0 * share);
        add(format_args!(
            "<path class=\"grid\" d=\"M{x:.1} {TOP}V{bottom}M{LEFT} {y:.1}H{end}\"/>\
             <text class=\"quiet\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{right:.0} %</text>\
             <text class=\"quiet\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{up:.0} %</text>",
            bottom + 18.0,
            LEFT - 8.0,
            y + 4.0,
        ));
    }
    let limits = super::Limits::default();
    for limit in [limits.alarm, limits.asked] {
        let (x, _) = place(limit, 0.0);
        add(format_args!(
            "<path class=\"limit\" d=\"M{x:.1} {TOP}V{bottom}\"/>"
        ));
    }
    let (middle, centre) = (LEFT + WIDE / 2.0, TOP + HIGH / 2.0);
    add(format_args!(
        "<path class=\"axis\" d=\"M{LEFT} {TOP}V{bottom}H{end}\"/>\
         <text class=\"title\" x=\"{LEFT}\" y=\"24\">{}</text>\
         <text x=\"{middle}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\
         <text x=\"18\" y=\"{centre}\" text-anchor=\"middle\" transform=\"rotate(-90 18 {centre})\">{}</text>\
         <text class=\"quiet\" x=\"{middle}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
        words.title,
        bottom + 42.0,
        words.right,
        words.up,
        bottom + 62.0,
        words.now,
    ));
    for (row, (class, name)) in [("alarm", words.alarm), ("asked", words.asked)]
        .into_iter()
        .enumerate()
    {
        let y = 44.0;
        let x = LEFT + 140.0 * row as f64;
        add(format_args!(
            "<path class=\"line {class}\" d=\"M{x} {:.1}h26\"/>\
             <text class=\"name-{class}\" x=\"{:.1}\" y=\"{:.1}\">{name}</text>",
            y - 4.0,
            x + 32.0,
            y + 1.0,
        ));
    }
}

fn draw(svg: &mut String, curve: &Curve) {
    let class = curve.class;
    let mut path = String::new();
    let mut before = None;
    for (_, wrong, right) in &curve.points {
        let (x, y) = place(*wrong, *right);
        let here = format!("{x:.1} {y:.1}");
        if before.as_ref() != Some(&here) {
            path.push(if path.is_empty() { 'M' } else { 'L' });
            path.push_str(&here);
        }
        before = Some(here);
    }
    let _ = write!(svg, "<path class=\"line {class}\" d=\"{path}\"/>");
    let is_now = |at: f32| (at - curve.now).abs() < 0.005;
    let ring = curve.points.iter().find(|(at, ..)| is_now(*at));
    let taken = ring.map_or(-99.0, |(_, wrong, right)| place(*wrong, *right).0);
    let mut free = -99.0_f64;
    for (at, wrong, right) in &curve.points {
        let now = is_now(*at);
        let (x, y) = place(*wrong, *right);
        let tenth = (at * 20.0 - (at * 20.0).round()).abs() < 0.01;
        // Labels must not lie on each other; the one of now is always there.
        if !now && (!tenth || (x - free).abs() < 34.0 || (x - taken).abs() < 34.0) {
            continue;
        }
        free = x;
        let ring = if now { " now" } else { "" };
        let dy = if class == "alarm" { 20.0 } else { -10.0 };
        let _ = write!(
            svg,
            "<circle class=\"{class}{ring}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\"/>\
             <text class=\"quiet\" x=\"{:.1}\" y=\"{:.1}\">{at:.2}</text>",
            x + 2.0,
            y + dy,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::triage::measure::Rate;

    #[test]
    fn the_picture_has_both_curves_and_the_thresholds_of_now() {
        let rate = |hits| Rate { hits, of: 100 };
        let points: Vec<Point> = (1..100_u8)
            .map(|step| {
                let rest = usize::from(100 - step);
                Point {
                    at: f32::from(step) / 100.0,
                    alarm: rate(rest),
                    false_alarm: rate(rest / 4),
                    asked: rate(rest / 2 + 50),
                    false_asked: rate(rest / 2),
                }
            })
            .collect();
        for german in [true, false] {
            let svg = chart(&points, (0.36, 0.25), german);
            assert_eq!(svg.matches("class=\"line alarm\"").count(), 2);
            assert_eq!(svg.matches("class=\"line asked\"").count(), 2);
            assert_eq!(svg.matches(" now\"").count(), 2);
            assert!(svg.contains(">0.36<") && svg.contains(">0.25<"));
            assert!(!svg.contains("NaN") && svg.ends_with("</svg>\n"));
        }
    }
}
