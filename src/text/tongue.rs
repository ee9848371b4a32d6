//! Names of languages, as people type them.

use super::{closest, key};
use crate::model::Lang;

/// Tags and what people call them in German, English and Arabic, besides their own names (which come from the content).
///
/// Source: CLDR language names; spellings without diacritics are covered by [`key`].
const NAMES: &[(&str, &str)] = &[
    ("de", "deutsch,german,almanca,الالمانية,الماني"),
    (
        "de-x-leicht",
        "leichte sprache,einfache sprache,easy german",
    ),
    ("en", "englisch,english,ingilizce,الانجليزية,انجليزي,انكليزي"),
    ("ar", "arabisch,arabic,arapca,العربية,عربي"),
    ("tr", "türkisch,turkish,türkce,التركية,تركي"),
    ("uk", "ukrainisch,ukrainian,українська,الاوكرانية,اوكراني"),
    ("ru", "russisch,russian,русский,الروسية,روسي"),
    ("fa", "persisch,farsi,persian,فارسی,الفارسية,فارسي"),
    ("fa-AF", "dari,دری,prs,الدرية"),
    ("fr", "französisch,french,français,الفرنسية,فرنسي"),
    (
        "ku",
        "kurdisch,kurdish,kurmanci,kurmanji,kurdî,الكردية,كردي,kmr",
    ),
    ("ckb", "sorani,سۆرانی,الكردية السورانية"),
    ("ps", "paschto,pashto,پښتو,الباشتو,بشتو"),
    ("so", "somali,soomaali,الصومالية,صومالي"),
    ("ti", "tigrinisch,tigrinya,ትግርኛ,التغرينية,تغريني"),
    ("am", "amharisch,amharic,አማርኛ,الامهرية"),
    ("sq", "albanisch,albanian,shqip,الالبانية"),
    ("ka", "georgisch,georgian,ქართული,الجورجية"),
    ("ro", "rumänisch,romanian,română,الرومانية"),
    ("sr", "serbisch,serbian,srpski,српски,الصربية"),
    ("bg", "bulgarisch,bulgarian,български,البلغارية"),
    ("es", "spanisch,spanish,español,الاسبانية"),
    ("vi", "vietnamesisch,vietnamese,tiếng việt,الفيتنامية"),
];

/// Tags and what languages call themselves.
///
/// Source: CLDR language names.
const OWN: &[(&str, &str)] = &[
    ("de", "Deutsch"),
    ("en", "English"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ru", "Русский"),
    ("fa", "فارسی"),
    ("fa-AF", "دری"),
    ("fr", "Français"),
    ("ku", "Kurdî"),
    ("ckb", "کوردیی ناوەندی"),
    ("ps", "پښتو"),
    ("so", "Soomaali"),
    ("ti", "ትግርኛ"),
    ("am", "አማርኛ"),
    ("sq", "Shqip"),
    ("ka", "ქართული"),
    ("ro", "Română"),
    ("sr", "Српски"),
    ("bg", "Български"),
    ("es", "Español"),
    ("vi", "Tiếng Việt"),
    ("pl", "Polski"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("hu", "Magyar"),
    ("zh", "中文"),
    ("ur", "اردو"),
    ("ta", "தமிழ்"),
];

/// What a language calls itself.
pub fn language_name(tag: &str) -> Option<&'static str> {
    OWN.iter()
        .find(|(own, _)| *own == tag)
        .map(|(_, name)| *name)
}

/// The language on offer that a text names by tag, by its own name or by its name in German, English or Arabic.
pub fn language_named<'a>(
    text: &str,
    on_offer: impl IntoIterator<Item = (&'a Lang, &'a str)>,
) -> Option<&'a Lang> {
    let written = key(text);
    let mut names: Vec<(&Lang, String)> = Vec::new();
    for (lang, own) in on_offer {
        names.push((lang, key(lang.as_str())));
        names.push((lang, key(own)));
        let known = NAMES.iter().filter(|(tag, _)| *tag == lang.as_str());
        names.extend(
            known
                .flat_map(|(_, all)| all.split(','))
                .map(|name| (lang, key(name))),
        );
    }
    closest(
        &written,
        names.iter().map(|(lang, name)| (*lang, name.as_str())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_many_names() {
        let (de, en, ar, dari) = (
            Lang::new("de"),
            Lang::new("en"),
            Lang::new("ar"),
            Lang::new("fa-AF"),
        );
        let offer = [
            (&de, "Deutsch"),
            (&en, "English"),
            (&ar, "العربية"),
            (&dari, "دری"),
        ];
        for (text, want) in [
            ("deutsch", Some(&de)),
            ("DE", Some(&de)),
            ("Deutsh", Some(&de)),
            ("arabic", Some(&ar)),
            ("عربي", Some(&ar)),
            ("العربيه", Some(&ar)),
            ("Englisch.", Some(&en)),
            ("Dari", Some(&dari)),
            ("prs", Some(&dari)),
            ("türkçe", None),
            ("ich will Deutsch lernen", None),
            ("", None),
        ] {
            assert_eq!(language_named(text, offer), want, "{text}");
        }
    }
}
