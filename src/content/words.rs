//! All texts in all languages, formatted by Fluent.

use super::builtin;
use super::locale::{self, Separators};
use super::types::Command;
use crate::model::{Direction, Lang};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// A value that a text may show.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Words; isolated from the text around them where their direction differs (see [`isolated`]).
    Text(String),
    /// A number; chooses plural forms and is written with the language's separators.
    Number(i64),
}

pub(super) type Bundle = FluentBundle<Arc<FluentResource>>;

/// All texts in all languages. Bundles are made once; formatting takes a few microseconds.
#[derive(Clone, Default)]
pub struct Words {
    languages: Vec<LanguageWords>,
    commands: Vec<(Lang, Command, String)>,
    unchecked: HashSet<(Lang, String)>,
    withheld: HashSet<(Lang, String)>,
}

#[derive(Clone)]
struct LanguageWords {
    lang: Lang,
    files: HashMap<String, Arc<Bundle>>,
}

impl Words {
    /// Words out of parsed files: language, file (`work`, `system`), texts.
    pub(super) fn new(files: impl IntoIterator<Item = (Lang, String, Arc<Bundle>)>) -> Self {
        let mut words = Self::default();
        for (lang, file, bundle) in files {
            let known = words.languages.iter().position(|l| l.lang == lang);
            let index = known.unwrap_or_else(|| {
                words.languages.push(LanguageWords {
                    lang,
                    files: HashMap::new(),
                });
                words.languages.len() - 1
            });
            if let Some(language) = words.languages.get_mut(index) {
                language.files.insert(file, bundle);
            }
        }
        words.commands = words.collect_commands();
        words
    }

    /// The text of a message, `file` being a flow's id or `system`, `fields`, `topics`, `reasons`.
    /// `None` if this language does not have it.
    pub fn text(&self, lang: &Lang, file: &str, id: &str, args: &[(&str, Arg)]) -> Option<String> {
        let said = |b: &Bundle| {
            let pattern = b.get_message(id)?.value()?;
            Some(format(b, pattern, lang.direction(), args))
        };
        self.bundles(lang, file, id).find_map(said)
    }

    /// The text of an attribute (a button's label, a `.retry`).
    pub fn attribute(
        &self,
        lang: &Lang,
        file: &str,
        id: &str,
        attribute: &str,
        args: &[(&str, Arg)],
    ) -> Option<String> {
        let said = |b: &Bundle| {
            let pattern = b.get_message(id)?.get_attribute(attribute)?.value();
            Some(format(b, pattern, lang.direction(), args))
        };
        self.bundles(lang, file, id).find_map(said)
    }

    /// Whether a language has the text of a message.
    pub fn has(&self, lang: &Lang, file: &str, id: &str) -> bool {
        let mut messages = self
            .bundles(lang, file, id)
            .filter_map(|b| b.get_message(id));
        messages.any(|m| m.value().is_some())
    }

    /// Whether a language has an attribute of a message.
    pub fn has_attribute(&self, lang: &Lang, file: &str, id: &str, attribute: &str) -> bool {
        let mut messages = self
            .bundles(lang, file, id)
            .filter_map(|b| b.get_message(id));
        messages.any(|m| m.get_attribute(attribute).is_some())
    }

    /// The words of the global commands in all languages, in the order of [`Command::ALL`], each in the form
    /// that [`crate::text::key`] gives a person's message before the two are compared.
    pub fn command_words(&self) -> &[(Lang, Command, String)] {
        &self.commands
    }

    /// Whether a file of a language has texts that nobody has signed off as they stand now.
    pub fn unchecked(&self, lang: &Lang, file: &str) -> bool {
        !self.unchecked.is_empty() && self.unchecked.contains(&(lang.clone(), file.to_owned()))
    }

    pub(super) fn mark_unchecked(&mut self, files: HashSet<(Lang, String)>) {
        self.unchecked = files;
    }

    /// From now on these texts (`work/age`) are as if they were not there.
    pub(super) fn withhold(&mut self, texts: HashSet<(Lang, String)>) {
        self.withheld = texts;
    }

    fn is_withheld(&self, lang: &Lang, file: &str, id: &str) -> bool {
        !self.withheld.is_empty()
            && self
                .withheld
                .contains(&(lang.clone(), format!("{file}/{id}")))
    }

    fn collect_commands(&self) -> Vec<(Lang, Command, String)> {
        let mut found = Vec::new();
        for command in Command::ALL {
            for language in &self.languages {
                let text = self.text(&language.lang, "commands", command.as_str(), &[]);
                for word in command_list(&text.unwrap_or_default()) {
                    found.push((language.lang.clone(), command, word));
                }
            }
        }
        found
    }

    /// Where a text may stand: in the folder's own file, else among the program's own words.
    fn bundles(&self, lang: &Lang, file: &str, id: &str) -> impl Iterator<Item = &Bundle> {
        let shown = !self.is_withheld(lang, file, id);
        let language = self.languages.iter().find(|l| shown && &l.lang == lang);
        let own = language.and_then(|l| l.files.get(file));
        let builtin = language.and_then(|_| builtin::bundle(lang, file, id));
        own.map(Arc::as_ref).into_iter().chain(builtin)
    }
}

/// The words of one command (`Mensch | Berater`), normalised.
pub(super) fn command_list(text: &str) -> impl Iterator<Item = String> {
    text.split('|')
        .map(crate::text::key)
        .filter(|word| !word.is_empty())
}

pub(super) fn bundle(lang: &Lang, resource: Arc<FluentResource>) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![locale::identifier(lang)]);
    // Fluent would wrap URLs and telephone numbers as well, which breaks tapping on them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale::separators(lang) {
        Separators::Comma => |v, _| number(v, Separators::Comma),
        Separators::Point => |v, _| number(v, Separators::Point),
        Separators::Space => |v, _| number(v, Separators::Space),
    }));
    if lang.direction() == Direction::Rtl {
        bundle.set_transform(Some(joined_digits));
    }
    // The second of two texts with the same id is reported by the checks; the first one counts.
    let _ = bundle.add_resource(resource);
    bundle
}

fn number(value: &FluentValue<'_>, separators: Separators) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(separators.write(&n.as_string())),
        _ => None,
    }
}

fn format(
    bundle: &Bundle,
    pattern: &fluent_syntax::ast::Pattern<&str>,
    direction: Direction,
    args: &[(&str, Arg)],
) -> String {
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => values.set(*name, FluentValue::String(isolated(text, direction))),
            Arg::Number(n) => values.set(*name, FluentValue::from(*n)),
        }
    }
    // What can go wrong here (a variable that nobody gave) is found by the checks; the text then shows `{$name}`.
    let mut errors = Vec::new();
    bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned()
}

/// In right-to-left text a blank between two groups of digits swaps them: `0800 1110111` would read
/// `1110111 0800`, and be dialled so. A no-break space is a number's own separator and keeps the order
/// (Unicode UAX 9, class CS).
fn joined_digits(text: &str) -> Cow<'_, str> {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let between = |at: usize| at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1));
    let blanks: Vec<usize> = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|at| between(*at))
        .collect();
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + blanks.len());
    let mut from = 0;
    for at in blanks {
        out.push_str(&text[from..at]);
        out.push('\u{A0}');
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// A value as it may stand within a text of this direction without either turning the other around.
///
/// It is wrapped in U+2068 … U+2069 where it has letters of the other direction or, in right-to-left text,
/// anything but plain digits. Never wrapped: what contains a web address, and telephone numbers, since a phone then
/// no longer recognises them as something to tap; and several lines, for isolation ends at a line's end anyway.
pub fn isolated(text: &str, direction: Direction) -> Cow<'_, str> {
    let differs = match direction {
        Direction::Ltr => text.chars().any(is_rtl),
        Direction::Rtl => {
            let plain = text.chars().all(|c| c.is_ascii_digit());
            !plain && text.chars().any(|c| c.is_alphanumeric() && !is_rtl(c))
        }
    };
    if !differs || text.contains('\n') || is_url(text) || is_phone(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\u{2068}{text}\u{2069}"))
}

/// Letters of the scripts that run from right to left (Hebrew to Arabic Extended-A, presentation forms).
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_url(text: &str) -> bool {
    let starts = ["www.", "tel:", "mailto:"];
    text.contains("://")
        || starts.iter().any(|s| text.starts_with(s)) && !text.contains(char::is_whitespace)
}

/// Digits with the usual separators that start like a telephone number: `+49 …`, `0800 …`, `112`.
fn is_phone(text: &str) -> bool {
    let only = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-/()".contains(c));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    only && digits >= 3 && (text.starts_with(['+', '0', '(']) || digits == text.len())
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = self
            .languages
            .iter()
            .map(|l| (l.lang.as_str(), l.files.len()));
        f.debug_map().entries(files).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lang: &str, ftl: &str) -> (Words, Lang) {
        let lang = Lang::new(lang);
        let bundle = ready(&lang, ftl);
        (
            Words::new([(lang.clone(), "work".to_owned(), bundle)]),
            lang,
        )
    }

    fn ready(lang: &Lang, ftl: &str) -> Arc<Bundle> {
        let resource = Arc::new(FluentResource::try_new(ftl.to_owned()).unwrap());
        Arc::new(bundle(lang, resource))
    }

    fn text(lang: &str, ftl: &str, args: &[(&str, Arg)]) -> String {
        let (words, lang) = words(lang, ftl);
        words.text(&lang, "work", "a", args).unwrap()
    }

    #[test]
    fn what_is_missing_is_none() {
        let (words, de) = words("de", "a = Hallo\n    .yes = Ja\nb =\n    .x = X\n");
        assert_eq!(words.text(&de, "work", "a", &[]).as_deref(), Some("Hallo"));
        assert_eq!(
            words.attribute(&de, "work", "a", "yes", &[]).as_deref(),
            Some("Ja")
        );
        assert_eq!(words.attribute(&de, "work", "a", "no", &[]), None);
        assert_eq!(words.text(&de, "work", "b", &[]), None);
        assert_eq!(words.text(&de, "other", "a", &[]), None);
        assert_eq!(words.text(&Lang::new("en"), "work", "a", &[]), None);
        assert!(words.has(&de, "work", "a") && !words.has(&de, "work", "b"));
        assert!(words.has_attribute(&de, "work", "b", "x"));
        assert!(!words.has_attribute(&de, "work", "b", "y"));
    }

    #[test]
    fn numbers_choose_the_plural_form_of_the_language() {
        let de = "a = { $n ->\n [one] ein Tag\n *[other] { $n } Tage\n }";
        assert_eq!(text("de", de, &[("n", Arg::Number(1))]), "ein Tag");
        assert_eq!(text("de", de, &[("n", Arg::Number(12_345))]), "12.345 Tage");
        assert_eq!(text("en", de, &[("n", Arg::Number(12_345))]), "12,345 Tage");
        let ar = "a = { $n ->\n [zero] z\n [one] o\n [two] t\n [few] f\n [many] m\n *[other] x\n }";
        let forms: String = [0, 1, 2, 3, 11, 100]
            .map(|n| text("ar", ar, &[("n", Arg::Number(n))]))
            .concat();
        assert_eq!(forms, "zotfmx");
        // Kurmanji and Dari by the tags under which CLDR knows them.
        let two = "a = { $n ->\n [one] 1\n *[other] 2\n }";
        assert_eq!(text("kmr", two, &[("n", Arg::Number(1))]), "1");
        assert_eq!(
            text("prs", two, &[("n", Arg::Number(0))]),
            "1",
            "Persian: 0 is one"
        );
        assert_eq!(text("de-x-leicht", two, &[("n", Arg::Number(1))]), "1");
    }

    #[test]
    fn values_of_the_other_direction_are_isolated() {
        let wrapped = |s: &str| format!("\u{2068}{s}\u{2069}");
        for (value, in_rtl, in_ltr) in [
            ("Ayşe", true, false),
            ("علي", false, true),
            ("13,90 Euro", true, false),
            ("24.12.2026", true, false),
            ("2026-12-24", true, false),
            ("2026", false, false),
            ("https://example.org/a?b=1", false, false),
            ("§ 1 MiLoG, https://example.org", false, false),
            ("+49 30 123456", false, false),
            ("0800 1110111", false, false),
            ("112", false, false),
            ("- Paper: Duldung\n- Age: 17", false, false),
            ("", false, false),
            ("–", false, false),
        ] {
            for (direction, expected) in [(Direction::Rtl, in_rtl), (Direction::Ltr, in_ltr)] {
                let expected = if expected {
                    wrapped(value)
                } else {
                    value.to_owned()
                };
                assert_eq!(
                    isolated(value, direction),
                    expected,
                    "{value} {direction:?}"
                );
            }
        }
    }

    #[test]
    fn isolation_goes_around_arguments_only() {
        let said = text(
            "ar",
            "a = اسمي { $name }.",
            &[("name", Arg::Text("Ada".into()))],
        );
        assert_eq!(said, "اسمي \u{2068}Ada\u{2069}.");
    }

    #[test]
    fn groups_of_digits_keep_their_order_in_right_to_left_text() {
        assert_eq!(
            text("ar", "a = هاتف: 0800 1110111", &[]),
            "هاتف: 0800\u{A0}1110111"
        );
        assert_eq!(text("ar", "a = 5 يوم 3", &[]), "5 يوم 3");
        assert_eq!(
            text("de", "a = Telefon: 0800 1110111", &[]),
            "Telefon: 0800 1110111"
        );
    }

    #[test]
    fn command_words_are_normalised_and_in_matching_order() {
        let file = |lang: &str, ftl: &str| {
            let lang = Lang::new(lang);
            let bundle = ready(&lang, ftl);
            (lang, "commands".to_owned(), bundle)
        };
        let words = Words::new([
            file("de", "human = Mensch |  Berater|\nstop = STOPP"),
            file("ar", "human = إنسان"),
        ]);
        let listed: Vec<String> = words
            .command_words()
            .iter()
            .map(|(l, c, w)| format!("{l} {} {w}", c.as_str()))
            .collect();
        assert_eq!(listed[0], "de stop stopp");
        let human = listed.iter().filter(|l| l.contains(" human "));
        assert_eq!(
            human.collect::<Vec<_>>(),
            ["de human mensch", "de human berater", "ar human انسان"]
        );
    }
}
