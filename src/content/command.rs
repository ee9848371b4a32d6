//! The commands that are heard everywhere.

/// What a person may say at any time, in any language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// Talk to a person.
    Human,
    /// No more messages.
    Stop,
    /// The menu.
    Menu,
    /// Another language.
    Language,
    /// The question before.
    Back,
    /// How this works.
    Help,
    /// What is kept about me.
    MyData,
    /// Delete everything.
    Delete,
    /// No more reminders.
    NoReminders,
}

impl Command {
    /// All commands, in the order in which they are matched.
    pub const ALL: [Self; 9] = [
        Self::Stop,
        Self::Human,
        Self::Delete,
        Self::NoReminders,
        Self::MyData,
        Self::Menu,
        Self::Language,
        Self::Back,
        Self::Help,
    ];

    /// The word used in `settings.toml` and `commands.ftl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Stop => "stop",
            Self::Menu => "menu",
            Self::Language => "language",
            Self::Back => "back",
            Self::Help => "help",
            Self::MyData => "my_data",
            Self::Delete => "delete",
            Self::NoReminders => "no_reminders",
        }
    }

    /// Whether the program knows by itself what to do, so that no flow is named for it.
    pub fn is_built_in(self) -> bool {
        matches!(self, Self::Back | Self::NoReminders)
    }
}
