//! All texts in all languages, formatted by Fluent.

use super::builtin;
use super::command::Command;
use super::fluent::{Arg, Bundle, format};
use crate::model::Lang;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

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

    /// Languages of which some file is unchecked.
    pub fn unchecked_languages(&self) -> BTreeSet<&Lang> {
        self.unchecked.iter().map(|(lang, _)| lang).collect()
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
    use crate::content::fluent::bundle;
    use fluent_bundle::FluentResource;

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
