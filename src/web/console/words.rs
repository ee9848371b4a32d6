//! The words of the console, German and English side by side. A word that is missing in one of them
//! does not compile.

use crate::model::{CaseState, Lang, Level, MediaKind, Timestamp};
use crate::store::desk::card::Delivery;

macro_rules! words {
    ($($name:ident: $de:literal, $en:literal;)*) => {
        /// All words of the console in one language.
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
    skip: "Zum Inhalt springen", "Skip to content";
    main_nav: "Bereiche", "Sections";
    queue: "Warteschlange", "Queue";
    faults: "Störungen", "Faults";
    account: "Konto", "Account";
    sign_out: "Abmelden", "Sign out";
    back_to_queue: "Zur Warteschlange", "Back to the queue";

    sign_in: "Anmelden", "Sign in";
    sign_in_hint: "Nur für Beraterinnen und Berater.", "For counsellors only.";
    login: "Anmeldename", "User name";
    password: "Passwort", "Password";
    sign_in_failed: "Anmeldename oder Passwort stimmt nicht. Bitte versuchen Sie es noch einmal.",
        "The user name or the password is wrong. Please try again.";
    sign_in_throttled: "Zu viele Versuche. Bitte warten Sie, bevor Sie es noch einmal versuchen. Wartezeit:",
        "Too many attempts. Please wait before you try again. Time to wait:";
    sign_in_stale: "Die Seite war zu lange offen. Bitte versuchen Sie es noch einmal.",
        "The page was open for too long. Please try again.";
    forgotten: "Passwort vergessen? Wer den Server betreut, kann ein neues setzen.",
        "Forgotten the password? Whoever runs the server can set a new one.";

    mine: "Meine Fälle", "My cases";
    mine_none: "Sie haben gerade keinen Fall. Nehmen Sie sich einen aus der Warteschlange, wenn Sie so weit sind.",
        "You have no case at the moment. Take one from the queue when you are ready.";
    waiting: "Es warten", "Waiting";
    scope: "Welche Fälle", "Which cases";
    scope_own: "Bei uns", "With us";
    scope_all: "Überall", "Everywhere";
    scope_team: "In Arbeit", "In progress";
    queue_none: "Hier wartet gerade niemand.", "Nobody is waiting here right now.";
    team_none: "Gerade ist kein Fall in Arbeit.", "No case is in progress right now.";
    more: "Weitere anzeigen", "Show more";
    first_page: "Zum Anfang", "Back to the start";
    claim: "Fall übernehmen", "Take this case";
    open_card: "Öffnen", "Open";
    overdue: "überfällig", "overdue";
    new_message: "Neue Nachricht", "New message";
    first_reply_owed: "Erste Antwort fehlt", "First reply is due";
    held_by: "Bei", "With";
    crisis_hidden: "Thema noch nicht freigegeben", "Topic not yet released";
    not_yours: "Nur für Stellen, die diesen Ort betreuen", "Only for organisations that cover this place";
    no_place: "Ort unbekannt", "Place unknown";
    updates_itself: "Diese Liste aktualisiert sich von selbst.", "This list updates itself.";
    updates_off: "Verbindung unterbrochen. Die Liste wird gleich neu geladen.",
        "Connection lost. The list will be reloaded in a moment.";
    new_case: "Neuer Fall", "New case";

    alarm: "Ein Mensch braucht sofort Hilfe", "Somebody needs help at once";
    alarm_since: "Alarm", "Alarm";
    alarm_again: "Bisher hat niemand reagiert.", "Nobody has reacted so far.";
    alarm_seen: "Gesehen", "Seen";
    alarm_notice: "Alarm", "Alarm";
    alarm_hint: "Wenn jemand sofort Hilfe braucht, steht es auf jeder Seite oben. Auf diesem Gerät kann dazu ein Ton kommen und ein Hinweis ohne Inhalt, solange eine Seite von lotse offen ist.",
        "When somebody needs help at once, every page says so at the top. This device can also play a sound and show a notice without content, as long as a page of lotse is open.";
    alarm_allow: "Ton und Hinweis einschalten", "Turn on sound and notice";
    alarm_disallow: "Ton und Hinweis ausschalten", "Turn off sound and notice";

    case_word: "Fall", "Case";
    conversation: "Gespräch", "Conversation";
    earlier: "Es gibt ältere Nachrichten. Gezeigt werden die letzten 30.",
        "There are earlier messages. The last 30 are shown.";
    conversation_none: "Noch keine Nachrichten in diesem Fall.", "No messages in this case yet.";
    person: "Ratsuchende Person", "Person seeking advice";
    bot: "lotse (automatisch)", "lotse (automatic)";
    you_write: "Ihre Antwort", "Your reply";
    reply_hint: "Die Person liest, was Sie hier schreiben.", "The person reads what you write here.";
    reply_keys: "Strg + Eingabe sendet.", "Ctrl + Enter sends it.";
    send: "Antwort senden", "Send reply";
    reply_empty: "Bitte schreiben Sie erst etwas.", "Please write something first.";
    reply_long: "Der Text ist zu lang. Bitte teilen Sie ihn auf.", "The text is too long. Please split it.";
    blocked: "Die Person hat lotse auf diesem Kanal blockiert. Nachrichten kommen zurzeit nicht an.",
        "The person has blocked lotse on this channel. Messages do not arrive at the moment.";
    crisis_note: "Die Person wurde noch nicht gefragt oder hat noch nicht zugestimmt. Sie sehen nur, was nach Ihrer ersten Antwort geschrieben wird.",
        "The person has not been asked yet or has not agreed yet. You see only what is written after your first reply.";
    photo: "Foto", "Photo";
    photos: "Fotos", "photos";
    file: "Datei", "File";
    files: "Dateien", "files";
    of: "von", "of";
    media_by_person: "von der Person geschickt", "sent by the person";
    media_wanted: "wird noch geholt …", "is still being fetched …";
    media_failed: "ist nicht angekommen. Bitten Sie die Person, es noch einmal zu schicken.",
        "has not arrived. Ask the person to send it again.";
    media_download: "herunterladen", "download";
    media_heic: "Der Browser kann dieses Format vielleicht nicht zeigen. Herunterladen",
        "Your browser may not be able to show this format. Download";
    led_here: "Damit begann der Fall", "This started the case";

    about: "Zum Fall", "About this case";
    reason: "Grund", "Reason";
    language: "Sprache", "Language";
    place: "Ort", "Place";
    channel: "Kanal", "Channel";
    opened: "Eröffnet", "Opened";
    organisation: "Zuständig", "Responsible";
    why_here: "Warum hier", "Why here";
    why_kreis: "Diese Stelle betreut den Kreis.", "This organisation covers the district.";
    why_fallback: "Keine Stelle vor Ort betreut diesen Ort.", "No local organisation covers this place.";
    partner: "Wer noch hilft", "Who else helps";
    triage: "Was das Programm gesehen hat", "What the program saw";
    triage_evidence: "Im Text gefunden", "Found in the text";
    triage_no_evidence: "keine bekannte Wendung", "no known phrase";
    triage_guess: "Vermutung des Programms", "The program’s guess";
    triage_no_guess: "keine", "none";
    triage_closest: "am nächsten liegt das Beispiel", "closest is the example";
    triage_deadline: "Frist", "deadline";
    triage_by: "Geprüft mit", "Looked at with";
    triage_lexicon: "Wendungen", "phrases";
    triage_vectors: "Satzvektoren mit Buchstabengruppen", "sentence vectors with groups of letters";
    triage_ngrams: "Buchstabengruppen (ohne Satzvektoren)", "groups of letters (without sentence vectors)";
    triage_nothing: "noch nichts", "nothing yet";
    triage_negated: "verneint", "denied";
    triage_softened: "scherzhaft oder erzählt", "joking or told";
    triage_reading: "nur ähnlich geschrieben", "only spelt alike";
    correct: "Stimmt das nicht?", "Not right?";
    correct_level: "Wie eilig war es wirklich?", "How urgent was it really?";
    correct_none: "Kein Mensch nötig", "No human needed";
    correct_class: "Worum ging es?", "What was it about?";
    correct_keep: "bleibt, wie es ist", "stays as it is";
    correct_message: "In welcher Nachricht?", "In which message?";
    correct_first: "In der, die hierher geführt hat", "In the one that led here";
    correct_agreed: "Ich habe die Person gefragt: Sie ist einverstanden, dass das Programm aus ihrem Satz lernt, ohne Namen, Orte und Zahlen.",
        "I have asked the person: they agree that the program learns from their sentence, without names, places and numbers.";
    correct_consent: "Person einverstanden", "person agrees";
    correct_save: "Berichtigen", "Correct";
    corrected_by: "berichtigt von", "corrected by";
    passed_on: "Was die Person weitergibt", "What the person passes on";
    passed_on_exact: "Genau diesen Text hat die Person gesehen und freigegeben:",
        "Exactly this text was shown to the person, who agreed to it:";
    passed_on_none: "Die Person möchte sprechen und gibt keine Angaben weiter.",
        "The person wants to talk and passes no answers on.";
    yes: "ja", "yes";
    no: "nein", "no";

    notes: "Interne Notizen", "Internal notes";
    notes_none: "Noch keine Notiz.", "No note yet.";
    note_new: "Neue Notiz", "New note";
    note_hint: "Nur für Ihre Stelle. Die Person sieht das nicht.", "For your organisation only. The person does not see this.";
    note_add: "Notiz speichern", "Save note";

    actions: "Wie weiter?", "What next?";
    release: "Zurück in die Warteschlange …", "Back to the queue …";
    release_ask: "Der Fall wartet dann wieder und behält sein Alter. Die Person erfährt das.",
        "The case will wait again and keep its age. The person is told.";
    release_yes: "Ja, zurückgeben", "Yes, give it back";
    close: "Beratung beenden …", "End the counselling …";
    close_ask: "Die Person erfährt, dass die Beratung zu Ende ist. Danach antwortet wieder das Programm.",
        "The person is told that the counselling has ended. The program answers again after that.";
    close_yes: "Ja, beenden", "Yes, end it";
    lease: "Bitte antworten Sie bald: Sonst geht der Fall zurück in die Warteschlange. Zeit übrig:",
        "Please reply soon, or the case goes back to the queue. Time left:";
    blind_title: "Dieser Fall wartet noch", "This case is still waiting";
    blind_hint: "Der Inhalt wird erst gezeigt, wenn jemand den Fall übernommen hat.",
        "The content is shown once somebody has taken the case.";

    lost_title: "Jemand war schneller", "Somebody was faster";
    refused_title: "Das geht nicht", "This is not possible";
    lost_by: "Diesen Fall hat jetzt:", "This case is now with:";
    lost_ended: "Dieser Fall ist schon beendet.", "This case has already ended.";
    lost_waiting: "Dieser Fall ist wieder in der Warteschlange.", "This case is back in the queue.";
    lost_not_allowed: "Das darf nur, wer den Fall hat, oder die Leitung.", "Only whoever has the case, or a supervisor, may do this.";
    lost_words: "Ihr Text wurde nicht gesendet. Hier ist er, falls Sie ihn noch brauchen:",
        "Your text was not sent. Here it is, in case you still need it:";

    faults_hint: "Was nicht verarbeitet oder nicht zugestellt werden konnte. Der Inhalt wird nicht gezeigt.",
        "What could not be worked on or delivered. The content is not shown.";
    faults_none: "Keine Störungen. Alles ist verarbeitet.", "No faults. Everything has been worked on.";
    fault_update: "Eingehend", "Incoming";
    fault_message: "Ausgehend", "Outgoing";
    fault_dead: "aufgegeben nach Fehlern", "given up after errors";
    fault_undecodable: "nicht lesbar", "cannot be read";
    fault_gone: "die Person ist dort nicht mehr zu erreichen", "the person cannot be reached there any more";
    fault_token: "das Netz weist den Zugangscode des Bots zurück", "the network refuses the bot's token";
    fault_failed: "nicht zugestellt", "not delivered";
    attempts: "Versuche", "Attempts";
    replay: "Noch einmal versuchen", "Try again";
    discard: "Verwerfen …", "Discard …";
    discard_yes: "Ja, endgültig verwerfen", "Yes, discard for good";

    settings: "Einstellungen", "Settings";
    ui_language: "Sprache dieser Seiten", "Language of these pages";
    save: "Speichern", "Save";
    saved: "Gespeichert.", "Saved.";
    password_change: "Passwort ändern", "Change password";
    password_now: "Jetziges Passwort", "Current password";
    password_new: "Neues Passwort", "New password";
    password_again: "Neues Passwort noch einmal", "New password again";
    password_rule: "Mindestens 12 Zeichen. Ein paar Wörter hintereinander sind gut.",
        "At least 12 characters. A few words in a row are good.";
    password_wrong: "Das jetzige Passwort stimmt nicht.", "The current password is wrong.";
    password_differs: "Die beiden neuen Passwörter sind nicht gleich.", "The two new passwords are not the same.";
    password_short: "Das neue Passwort ist zu kurz.", "The new password is too short.";
    password_done: "Das Passwort ist geändert. Alle anderen Anmeldungen sind beendet.",
        "The password has been changed. All other sign-ins have ended.";
    sessions: "Wo Sie angemeldet sind", "Where you are signed in";
    this_one: "dieses Gerät", "this device";
    last_used: "Zuletzt benutzt", "Last used";
    end_session: "Abmelden", "Sign out";
    end_others: "Überall sonst abmelden", "Sign out everywhere else";
}

/// The words in a language of the console; German for every other.
pub fn words(lang: &str) -> &'static Words {
    if lang == "en" { &ENGLISH } else { &GERMAN }
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Words {
    fn german(&self) -> bool {
        self.lang == "de"
    }

    /// A span of time, to follow "seit" or "for": rounded down, so that nobody waits longer than is said.
    pub fn span(&self, millis: i64) -> String {
        let german = self.german();
        let counted = |unit: i64, [one, many]: [&str; 2]| {
            let n = millis / unit;
            format!("{n} {}", if n == 1 { one } else { many })
        };
        match (millis, german) {
            (..MINUTE, true) => "weniger als 1 Minute".into(),
            (..MINUTE, false) => "less than 1 minute".into(),
            (MINUTE..HOUR, true) => counted(MINUTE, ["Minute", "Minuten"]),
            (MINUTE..HOUR, false) => counted(MINUTE, ["minute", "minutes"]),
            (HOUR..DAY, true) => counted(HOUR, ["Stunde", "Stunden"]),
            (HOUR..DAY, false) => counted(HOUR, ["hour", "hours"]),
            (DAY.., true) => counted(DAY, ["Tag", "Tagen"]),
            (DAY.., false) => counted(DAY, ["day", "days"]),
        }
    }

    /// "seit 3 Stunden", "for 3 hours".
    pub fn since(&self, from: Timestamp, now: Timestamp) -> String {
        let span = self.span(now.0 - from.0);
        if self.german() {
            format!("seit {span}")
        } else {
            format!("for {span}")
        }
    }

    /// Seconds to wait, rounded up to minutes from two minutes on.
    pub fn pause(&self, seconds: u64) -> String {
        match (seconds, self.german()) {
            (..120, true) => format!("{seconds} Sekunden"),
            (..120, false) => format!("{seconds} seconds"),
            (_, true) => format!("{} Minuten", seconds.div_ceil(60)),
            (_, false) => format!("{} minutes", seconds.div_ceil(60)),
        }
    }

    /// A point in time as people say it: today only the time.
    pub fn at(&self, at: Timestamp, now: Timestamp) -> String {
        let (at, today) = (at.in_berlin(), now.date());
        let time = at.strftime("%H:%M");
        match (at.date() == today, self.german()) {
            (true, true) => format!("heute, {time}"),
            (true, false) => format!("today, {time}"),
            (false, true) => format!("{}, {time}", at.strftime("%-d.%-m.%Y")),
            (false, false) => format!("{}, {time}", at.strftime("%-d %b %Y")),
        }
    }

    /// A level in one word.
    pub fn level(&self, level: Level) -> &'static str {
        match (level, self.german()) {
            (Level::Immediate, true) => "Sofort",
            (Level::Urgent, true) => "Dringend",
            (Level::Soon, true) => "Bald",
            (Level::Normal, true) => "Der Reihe nach",
            (Level::Immediate, false) => "Immediate",
            (Level::Urgent, false) => "Urgent",
            (Level::Soon, false) => "Soon",
            (Level::Normal, false) => "In turn",
        }
    }

    /// Where a case stands, for its counsellor.
    pub fn state(&self, state: CaseState) -> &'static str {
        match (state, self.german()) {
            (CaseState::Triage | CaseState::Waiting, true) => "wartet",
            (CaseState::Claimed, true) => "übernommen, noch ohne Antwort",
            (CaseState::Active, true) => "Sie sind dran",
            (CaseState::AwaitingPerson, true) => "Person ist dran",
            (CaseState::Resolved | CaseState::Closed, true) => "beendet",
            (CaseState::Erased, true) => "gelöscht",
            (CaseState::Triage | CaseState::Waiting, false) => "waiting",
            (CaseState::Claimed, false) => "taken, no reply yet",
            (CaseState::Active, false) => "your turn",
            (CaseState::AwaitingPerson, false) => "the person's turn",
            (CaseState::Resolved | CaseState::Closed, false) => "ended",
            (CaseState::Erased, false) => "deleted",
        }
    }

    /// How far a message has come; nothing to say about one that was received.
    pub fn delivery(&self, delivery: Delivery) -> &'static str {
        match (delivery, self.german()) {
            (Delivery::Received, _) => "",
            (Delivery::Pending, true) => "wird gesendet …",
            (Delivery::Sent, true) => "zugestellt",
            (Delivery::Uncertain, true) => "zugestellt, vielleicht doppelt",
            (Delivery::Failed, true) => "nicht zugestellt",
            (Delivery::Pending, false) => "being sent …",
            (Delivery::Sent, false) => "delivered",
            (Delivery::Uncertain, false) => "delivered, perhaps twice",
            (Delivery::Failed, false) => "not delivered",
        }
    }

    /// What came instead of words.
    pub fn media(&self, media: MediaKind) -> &'static str {
        match (media, self.german()) {
            (MediaKind::Sticker, true) => "[Sticker]",
            (MediaKind::Voice, true) => "[Sprachnachricht, kann hier nicht gezeigt werden]",
            (MediaKind::Photo, true) => "[Foto, kann hier nicht gezeigt werden]",
            (MediaKind::File, true) => "[Datei, kann hier nicht gezeigt werden]",
            (MediaKind::Location, true) => "[Standort]",
            (MediaKind::Contact, true) => "[Kontakt]",
            (MediaKind::Other, true) => "[anderer Inhalt]",
            (MediaKind::Sticker, false) => "[sticker]",
            (MediaKind::Voice, false) => "[voice message, cannot be shown here]",
            (MediaKind::Photo, false) => "[photo, cannot be shown here]",
            (MediaKind::File, false) => "[file, cannot be shown here]",
            (MediaKind::Location, false) => "[location]",
            (MediaKind::Contact, false) => "[contact]",
            (MediaKind::Other, false) => "[other content]",
        }
    }

    /// A channel's name.
    pub fn channel_name<'a>(&self, channel: &'a str) -> &'a str {
        match channel {
            "telegram" => "Telegram",
            "whatsapp" => "WhatsApp",
            "signal" => "Signal",
            "room" if self.german() => "Webraum",
            "room" => "Web room",
            other => other,
        }
    }

    /// The name of a language that persons speak, or its tag.
    pub fn language_name(&self, lang: &Lang) -> String {
        let (de, en) = match lang.as_str() {
            "de" => ("Deutsch", "German"),
            "de-x-leicht" => ("Leichte Sprache", "Easy German"),
            "en" => ("Englisch", "English"),
            "ar" => ("Arabisch", "Arabic"),
            "fr" => ("Französisch", "French"),
            "ku" => ("Kurmandschi", "Kurmanji"),
            "ckb" => ("Sorani", "Sorani"),
            "fa" => ("Persisch", "Persian"),
            "fa-AF" => ("Dari", "Dari"),
            "ps" => ("Paschto", "Pashto"),
            "ru" => ("Russisch", "Russian"),
            "tr" => ("Türkisch", "Turkish"),
            "uk" => ("Ukrainisch", "Ukrainian"),
            "ti" => ("Tigrinisch", "Tigrinya"),
            "so" => ("Somali", "Somali"),
            "am" => ("Amharisch", "Amharic"),
            other => return other.to_owned(),
        };
        if self.german() { de.into() } else { en.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_as_people_say_it() {
        let (de, en) = (words("de"), words("en"));
        for (minutes, german, english) in [
            (0, "weniger als 1 Minute", "less than 1 minute"),
            (1, "1 Minute", "1 minute"),
            (59, "59 Minuten", "59 minutes"),
            (60, "1 Stunde", "1 hour"),
            (119, "1 Stunde", "1 hour"),
            (24 * 60, "1 Tag", "1 day"),
            (72 * 60 - 1, "2 Tagen", "2 days"),
        ] {
            assert_eq!(de.span(minutes * MINUTE), german);
            assert_eq!(en.span(minutes * MINUTE), english);
        }
    }

    #[test]
    fn a_time_names_the_day_unless_it_is_today() {
        // 2026-11-18 14:13:20 in Germany.
        let now = Timestamp(1_795_007_600_000);
        assert_eq!(words("de").at(now, now), "heute, 14:13");
        let before = now.plus_seconds(-86_400);
        assert_eq!(words("de").at(before, now), "17.11.2026, 14:13");
        assert_eq!(words("en").at(before, now), "17 Nov 2026, 14:13");
    }

    #[test]
    fn an_unknown_language_of_the_console_is_german() {
        assert_eq!(words("fr").lang, "de");
        assert_eq!(words("en").lang, "en");
    }
}
