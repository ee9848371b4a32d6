//! The texts that the program itself says: `locales/<lang>/system.ftl`.

/// A text that the program says.
pub(super) struct SystemText {
    pub id: &'static str,
    /// Buttons.
    pub labels: &'static [&'static str],
    /// Variables that it gets.
    pub variables: &'static [&'static str],
}

const fn text(
    id: &'static str,
    labels: &'static [&'static str],
    variables: &'static [&'static str],
) -> SystemText {
    SystemText {
        id,
        labels,
        variables,
    }
}

/// All of them. A text for crisis numbers of a reason (`numbers-violence`) is optional.
pub(super) const SYSTEM: &[SystemText] = &[
    text("yes", &[], &[]),
    text("no", &[], &[]),
    text("numbers", &[], &[]),
    text("machine-translation-note", &[], &[]),
    text("language-missing", &[], &["language"]),
    text("retry-choice", &[], &[]),
    text("retry-number", &[], &["min", "max"]),
    text("retry-date", &[], &[]),
    text("retry-postcode", &[], &[]),
    text("retry-text", &[], &[]),
    text("retry-choices", &[], &[]),
    text("retry-contact", &[], &[]),
    text("choices-more", &["done"], &["chosen"]),
    text("choices-most", &[], &["max"]),
    text("date-confirm", &["yes", "no"], &["written", "date"]),
    text("place-which", &[], &["postcode"]),
    text("postcode-unknown", &[], &["postcode"]),
    text("sources", &[], &[]),
    text("source-line", &[], &["source", "date"]),
    text("handoff-consent", &["yes", "without", "no"], &["summary"]),
    text("handoff-consent-plain", &["yes", "no"], &[]),
    text("handoff-receipt", &[], &["number", "organisation", "wait"]),
    text("handoff-receipt-again", &[], &["number"]),
    text("handoff-declined", &[], &[]),
    text("handoff-immediate", &[], &[]),
    text("wait-hours", &[], &["count"]),
    text("wait-days", &[], &["count"]),
    text("wait-unknown", &[], &[]),
    text("wait-closed", &[], &["day", "time"]),
    text("relay-first", &[], &[]),
    text("case-claimed", &[], &["name"]),
    text("case-released", &[], &[]),
    text("case-closed", &[], &[]),
    text("counsellor-says", &[], &["name"]),
    text("fallback", &["menu", "human"], &[]),
    text("fallback-human", &["yes", "menu"], &[]),
    text("unsupported-sticker", &[], &[]),
    text("unsupported-voice", &[], &[]),
    text("unsupported-photo", &[], &[]),
    text("unsupported-file", &[], &[]),
    text("unsupported-location", &[], &[]),
    text("unsupported-contact", &[], &[]),
    text("unsupported-other", &[], &[]),
    text("media-kept", &[], &[]),
    text("edited-message", &[], &[]),
    text("group-chat", &[], &[]),
    text("stale-button", &[], &[]),
    text("flow-gone", &["menu", "human"], &[]),
    text("back-none", &[], &[]),
    text("stopped", &[], &[]),
    text("deleted", &[], &["number"]),
    text("delete-confirm", &["yes", "no"], &[]),
    text("my-data-none", &[], &[]),
    text("my-data", &[], &["summary", "since", "channel", "cases"]),
    text("too-long", &[], &["max"]),
    text("sorry", &[], &[]),
    text("restarted", &[], &[]),
    text("not-now", &[], &[]),
];
