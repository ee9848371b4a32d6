//! The words of the preview, German and English side by side. A word that is missing in one of them does not compile.

use crate::model::Lang;

macro_rules! words {
    ($($name:ident: $de:literal, $en:literal;)*) => {
        /// All words of the preview in one language.
        #[derive(Debug)]
        pub struct Words {
            /// `de`, `en`.
            pub lang: &'static str,
            $(#[doc = $en] pub $name: &'static str,)*
        }

        static GERMAN: Words = Words { lang: "de", $($name: $de,)* };
        static ENGLISH: Words = Words { lang: "en", $($name: $en,)* };
    };
}

words! {
    title: "Vorschau", "Preview";
    skip: "Zum Gespräch springen", "Skip to the conversation";
    parts: "Teile der Seite", "Parts of the page";
    needs_script: "Die Vorschau braucht JavaScript.", "The preview needs JavaScript.";
    live: "Änderungen erscheinen beim Speichern.", "Changes appear when you save.";
    lost: "Keine Verbindung. Läuft lotse preview noch?", "No connection. Is lotse preview still running?";
    reloaded: "Der Inhalt wurde neu gelesen.", "The content was read again.";
    yes: "ja", "yes";
    no: "nein", "no";

    talk: "Gespräch", "Conversation";
    look: "Aussehen", "Looks like";
    say: "Nachricht", "Message";
    send: "Senden", "Send";
    again: "Von vorn", "Start over";
    undo: "Zurücknehmen", "Take back";
    other: "Etwas anderes schicken", "Send something else";
    photo: "ein Foto", "a photo";
    file: "eine Datei", "a file";
    voice: "eine Sprachnachricht", "a voice message";
    sticker: "einen Sticker", "a sticker";
    edited: "eine Änderung der letzten Nachricht", "a change of the last message";
    case_closed: "(die Beratung ist beendet)", "(the case was closed)";
    day_passes: "(ein Tag vergeht)", "(a day passes)";
    person: "Sie", "You";
    bot: "Bot", "Bot";
    open_list: "Liste öffnen", "Open the list";
    by_number: "Antwort: Nummer oder Wörter schreiben", "Answer: write the number or the words";
    ended: "Hier wird nichts mehr gefragt.", "Nothing more is asked here.";
    to_step: "Schritt ansehen:", "Look at step:";

    label_too_long: "Zu lang für eine Schaltfläche", "Too long for a button";
    text_too_long: "Der Text ist zu lang", "The text is too long";
    too_many: "Zu viele Antworten für eine Liste, darum Nummern", "Too many answers for a list, so they are numbered";

    case: "Hier würde ein Fall eröffnet, und ein Mensch würde antworten. In der Vorschau geht der Bot weiter.",
        "Here a case would be opened, and a human would answer. In the preview the bot goes on.";
    called: "Hier würde sofort ein Mensch gerufen. Bis zur Zustimmung sieht er nur Dringlichkeit und Gegend.",
        "Here a human would be called at once, seeing only urgency and area until the person agrees.";
    taken_for: "So verstehen den Text Wendungen und Buchstabengruppen (ohne Satzvektoren):", "What phrases and groups of letters (without sentence vectors) take the text for:";
    refused: "Nichts darf weitergegeben werden.", "Nothing may be passed on.";
    stopped: "Der Bot schreibt nicht mehr, bis die Person schreibt.", "The bot writes no more until the person does.";
    deleted: "Alles über diese Person wäre jetzt gelöscht.", "Everything about this person would be deleted now.";
    passed: "Es vergeht Zeit bis zum", "Time passes until";
    alarm: "Der Inhalt ist fehlerhaft:", "The content is at fault:";
    changed: "Ab hier verläuft das Gespräch anders als vor der Änderung.",
        "From here on the conversation is another one than before the change.";
    before: "Vorher", "Before";
    now: "Jetzt", "Now";

    reminders: "Erinnerungen", "Reminders";
    reminder: "Erinnerung", "Reminder";
    leads_to: "führt zu", "leads to";
    counts_from: "Sie zählt ab:", "It counts from:";
    let_come: "Zeit bis dahin vergehen lassen", "Let time pass until then";

    settings: "Einstellungen", "Settings";
    language: "Sprache des Gesprächs", "Language of the conversation";
    begins: "Beginnt mit", "Begins with";
    first_message: "der ersten Nachricht", "the first message";
    one_step: "Schritt", "step";
    date: "Als wäre heute", "As if today were";
    facts: "Angaben in diesem Ablauf", "Facts in this flow";
    facts_hint: "Wie geht das Gespräch weiter, wenn eine Angabe veraltet oder offen ist?",
        "How does the conversation go on if a fact is out of date or open?";
    facts_none: "Dieser Ablauf macht keine Angaben aus facts.toml.", "This flow states nothing of facts.toml.";
    states: "Gibt an", "States";
    as_in_file: "wie in facts.toml", "as in facts.toml";
    is_stated: "wird genannt", "is stated";
    no_value: "kein Wert für diesen Tag", "no value for this day";
    fact_verified: "geprüft", "verified";
    fact_stale: "veraltet", "out of date";
    fact_open: "offen", "open";
    set_verified: "geprüft: wird genannt", "verified: is stated";
    set_stale: "veraltet: zu lange nicht geprüft", "out of date: not checked for too long";
    set_open: "offen: nicht festgestellt", "open: not established";
    assumed: "Angenommen:", "Assumed:";
    today_is: "heute ist der", "today is";
    as_it_is: "Wieder wie es ist", "Back to how it is";
    covered: "Kreise mit Projekt vor Ort", "Kreise with a local project";
    covered_hint: "Fünfstellige Schlüssel, zum Beispiel 06635", "Keys of five digits, for example 06635";
    given: "Antworten von früher", "Answers from before";
    unknown: "unbekannt", "unknown";
    known: "Gemerkt in diesem Gespräch", "Kept in this conversation";
    known_none: "Noch nichts.", "Nothing yet.";
    transcript: "Als Transkript", "As a transcript";
    transcript_hint: "Für eine Datei in tests/flows. Ergänzen Sie die Überschrift in der ersten Zeile.",
        "For a file in tests/flows. Complete the title in the first line.";
    not_as_transcript: "Transkripte beginnen mit einem Ablauf und ohne Antworten von früher: Spielen Sie es von dort nach.",
        "Transcripts begin with a flow and without answers from before: play it from there.";
    facts_not_as_transcript: "Ein Transkript kann Angaben nicht setzen: Nehmen Sie einen Tag, an dem sie veraltet sind (lotse facts).",
        "A transcript cannot set facts: take a day on which they are out of date (lotse facts).";
    copy: "Kopieren", "Copy";
    copied: "Kopiert.", "Copied.";

    flow: "Ablauf", "Flow";
    graph: "Graph des Ablaufs", "Graph of the flow";
    smaller: "Kleiner", "Smaller";
    larger: "Größer", "Larger";
    fit: "Einpassen", "Fit";
    graph_hint: "Gelb: hier steht das Gespräch. Klicken Sie einen Schritt an, um seine Texte zu sehen.",
        "Yellow: here the conversation stands. Click a step to see its texts.";

    texts: "Texte", "Texts";
    start_here: "Gespräch hier beginnen", "Begin the conversation here";
    back_to_talk: "Zurück zum Gespräch", "Back to the conversation";
    no_text: "Dieser Schritt sagt nichts.", "This step says nothing.";
    opens: "Ablauf öffnen:", "Open the flow:";
    asks: "Frage", "Question";
    says: "Text", "Text";
    calls: "Ein anderer Ablauf wird eingeschoben", "Another flow comes in between";
    hands_off: "Übergabe an einen Menschen, mit Frage nach der Zustimmung", "Passed on to a human, after asking for consent";
    sets: "Merkt sich etwas", "Keeps something";
    acts: "Eingebaute Handlung", "Built-in action";
    own_text: "Ein Text, den lotse von sich aus sagt (system.ftl)", "A text that lotse says by itself (system.ftl)";
    branches: "Verzweigung", "Branch";
    source: "Ausgangstext", "Source text";
    missing: "fehlt", "missing";
    stale: "veraltet: der Ausgangstext hat sich geändert", "stale: the source text has changed";
    machine: "von der Maschine, ungeprüft", "by machine, unchecked";
    reviewed: "geprüft:", "checked:";
    retry: "Nach einer falschen Antwort", "After a wrong answer";
    nothing_here: "In dieser Sprache steht hier nichts; die Person sieht den ganzen Schritt in einer anderen.",
        "There is nothing here in this language; the person sees the whole step in another one.";

    findings: "Hinweise", "Findings";
    none_found: "lotse check findet nichts.", "lotse check finds nothing.";
    errors: "Fehler", "Errors";
    warnings: "Warnungen", "Warnings";
    error: "Fehler", "error";
    warning: "Warnung", "warning";
    old_content: "Die Dateien haben Fehler. Gezeigt wird der letzte Stand ohne Fehler.",
        "The files have errors. What you see is the last state without errors.";
    no_content: "Die Dateien haben Fehler, darum gibt es noch nichts zu zeigen.",
        "The files have errors, so there is nothing to show yet.";
    see_findings: "Zu den Hinweisen", "See the findings";
}

impl Words {
    /// The words for an editor: German for `de` and its variants, else English.
    pub fn of(lang: &Lang) -> &'static Self {
        match lang.as_str().split('-').next() {
            Some("de") => &GERMAN,
            _ => &ENGLISH,
        }
    }
}
