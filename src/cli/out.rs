//! The one way in which commands write. `println!` panics when nobody reads any more (`lotse check | head`);
//! here that is an error like any other, which `main` ends quietly.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

/// What a command is asked for could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutError {
    /// The reader has read enough and is gone: no fault of anybody's.
    #[error("nobody reads what is written any more")]
    Closed,
    /// The disk is full, for example.
    #[error("standard output cannot be written: {0}")]
    Failed(io::Error),
}

/// What a shell shows for a program that SIGPIPE ended: 128 + 13.
const ENDED_BY_READER: u8 = 141;

/// Writes a line to standard output.
pub fn line(text: impl Display) -> Result<(), OutError> {
    say(&mut io::stdout().lock(), format_args!("{text}\n"))
}

/// Writes to standard output as it is.
pub fn text(text: impl Display) -> Result<(), OutError> {
    say(&mut io::stdout().lock(), format_args!("{text}"))
}

/// Writes a line about the command itself to standard error. Nothing depends on somebody reading it.
pub fn aside(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// How a command ends that has no reader any more; `None`: the error is another one.
pub fn quiet_end(error: &anyhow::Error) -> Option<ExitCode> {
    let closed = matches!(error.downcast_ref(), Some(OutError::Closed));
    closed.then(|| ExitCode::from(ENDED_BY_READER))
}

fn say(to: &mut dyn io::Write, text: std::fmt::Arguments<'_>) -> Result<(), OutError> {
    to.write_fmt(text)
        .and_then(|()| to.flush())
        .map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => OutError::Closed,
            _ => OutError::Failed(error),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::{Context as _, anyhow};

    #[test]
    fn only_a_reader_that_is_gone_ends_a_command_quietly() {
        let (reader, mut writer) = io::pipe().unwrap();
        say(&mut writer, format_args!("heard\n")).unwrap();
        drop(reader);
        let closed = say(&mut writer, format_args!("unheard\n"))
            .context("about the flows")
            .unwrap_err();
        assert!(quiet_end(&closed).is_some(), "{closed:#}");
        let full = std::fs::File::options().write(true).open("/dev/full");
        let full = anyhow!(say(&mut full.unwrap(), format_args!("x")).unwrap_err());
        assert!(quiet_end(&full).is_none());
        // The same fault on another way is no reason to be quiet.
        let elsewhere = anyhow!(io::Error::from(ErrorKind::BrokenPipe));
        assert!(quiet_end(&elsewhere).is_none());
    }
}
