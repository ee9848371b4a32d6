//! Whether phrases can be read, and whether they are found in far too many messages.

use crate::content::diagnostic::{Both, Code, Span};
use crate::content::parse::reader::{At, Reader};
use crate::text::{Item, PhraseError, Shape, Wrong, phrase};

/// Reports what is wrong with a list of phrases.
pub(super) fn check(r: &mut Reader<'_>, phrases: &[At<String>]) {
    for written in phrases {
        match phrase(&written.value) {
            Err(error) => unreadable(r, written, error),
            Ok(read) => {
                if let [part] = &read.all[..]
                    && let [item] = &part[..]
                    && letters(item) < least(item)
                {
                    wide(r, written);
                }
            }
        }
    }
}

fn letters(item: &Item) -> usize {
    item.word.chars().count()
}

/// The fewest letters of a word that stands alone: with fewer it is in too many messages. A letter of the Ethiopic
/// script is a syllable.
fn least(item: &Item) -> usize {
    let syllables = matches!(item.word.chars().next(), Some('\u{1200}'..='\u{139F}'));
    match item.shape {
        _ if item.sign => 1,
        Shape::Beginning | Shape::Ending if !syllables => 3,
        _ => 2,
    }
}

fn wide(r: &mut Reader<'_>, written: &At<String>) {
    let text = &written.value;
    r.at(
        Code::WidePhrase,
        written.span.clone(),
        format!("`{text}` steht in viel zu vielen Nachrichten"),
        format!("`{text}` stands in far too many messages"),
    )
    .help(
        "Nehmen Sie ein längeres Wort oder eines dazu: \"krank & zuhause\"",
        "Take a longer word, or one more: \"ill & home\"",
    );
}

fn unreadable(r: &mut Reader<'_>, written: &At<String>, error: PhraseError) {
    let (said, help) = explain(&error.what);
    let span = within(r, written, &error.at);
    r.at(Code::BadPhrase, span, said.de, said.en)
        .help_if(Some(help));
}

/// Where a part of a text stands, unless the file writes it in another way than it is read (`\"`).
fn within(r: &Reader<'_>, written: &At<String>, part: &Span) -> Span {
    let inner = written.span.start + 1..written.span.end.saturating_sub(1);
    match r.file.text.get(inner.clone()) {
        Some(text) if text == written.value => inner.start + part.start..inner.start + part.end,
        _ => written.span.clone(),
    }
}

/// What to do, and how it looks then.
fn explain(what: &Wrong) -> (Both, Both) {
    let (de, en, de_help, en_help) = match what {
        Wrong::NoWord => (
            "hier fehlt ein Wort",
            "a word is missing here",
            "Zum Beispiel: \"mich ~ umbringen\" oder \"Bescheid & abgelehnt\"",
            "For example: \"kill ~ myself\" or \"letter & rejected\"",
        ),
        Wrong::LooseGap => (
            "`~` steht zwischen zwei Wörtern",
            "`~` stands between two words",
            "Zum Beispiel: \"mich ~ umbringen\"; dazwischen dürfen bis zu drei Wörter stehen",
            "For example: \"kill ~ myself\"; up to three words may stand between",
        ),
        Wrong::Star => (
            "`*` steht am Ende oder am Anfang eines Wortes, einmal",
            "`*` stands at the end of a word or at its beginning, once",
            "Zum Beispiel: \"abschieb*\" oder \"*abschiebung\"",
            "For example: \"deport*\" or \"*hearing\"",
        ),
        Wrong::Short => (
            "ein einzelner Buchstabe ist zu wenig vom Wort",
            "one letter is too little of the word",
            "Schreiben Sie mehr davon: \"abschieb*\" statt \"a*\"",
            "Write more of it: \"deport*\" instead of \"d*\"",
        ),
        Wrong::Not => (
            "`!` steht direkt vor den Wörtern, die nicht da sein dürfen",
            "`!` stands right before the words that must not be there",
            "Zum Beispiel: \"abgelehnt & !Urlaub\"",
            "For example: \"rejected & !holiday\"",
        ),
        Wrong::OnlyNot => (
            "hier steht nur, was nicht da sein darf",
            "this only says what must not be there",
            "Zum Beispiel: \"abgelehnt & !Urlaub\"",
            "For example: \"rejected & !holiday\"",
        ),
        Wrong::Long => (
            "diese Wendung ist zu lang",
            "this phrase is too long",
            "Ganze Sätze gehören zu `examples`; eine Wendung hat höchstens 12 Wörter, 3 `~` und 6 Teile mit `&`",
            "Whole sentences belong to `examples`; a phrase has at most 12 words, 3 `~` and 6 parts with `&`",
        ),
        Wrong::Sign => (
            "ein Zeichen wie 😂 steht für sich",
            "a sign like 😂 stands for itself",
            "Zum Beispiel: \"😭 & allein\"",
            "For example: \"😭 & alone\"",
        ),
    };
    (Both::new(de, en), Both::new(de_help, en_help))
}
