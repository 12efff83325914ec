//! The one error of the program: what kind of trouble it is, what was attempted, and what to do next.
//!
//! The kind picks the wording and the exit code; the message is a sentence that a person on a call understands; the hint
//! names the next step. A change that is refused is an error of this type too, never a panic. The error of a library is
//! kept as the cause: whoever looks for a fault reads it with `{:?}`, or follows `source`.

use std::error::Error as StdError;
use std::fmt;

/// The kinds of trouble. They decide how an error is shown, not what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The person asked for something that makes no sense here.
    Slip,
    /// The person gave a command that has nothing to act on here.
    NoTarget,
    /// The person used a word outside the vocabulary, or a wrong form of a command.
    Usage,
    /// A file or a database does not hold what it should.
    BadData,
    /// Somebody else changed the same thing in the meantime.
    Conflict,
    /// The operating system refused something: a full disk, a missing right.
    System,
    /// The terminal or the reader of the output is gone.
    HungUp,
    /// The person is typing a sentence where keys are commands. Everything that its keys opened must close.
    Mistyped,
    /// The person asked to quit while a dialog was open. It must close, whatever it asks.
    Quit,
    /// A defect of this program.
    Bug,
}

impl Kind {
    /// Whether every open dialog must close without an answer.
    pub fn closes_dialogs(self) -> bool {
        matches!(self, Kind::HungUp | Kind::Mistyped | Kind::Quit)
    }
}

/// An error: its kind, the sentence that says what happened, a hint at what to do next, and its cause.
#[derive(Debug)]
pub struct Error {
    /// What kind of trouble it is.
    pub kind: Kind,
    /// What was attempted and what went wrong, one sentence or several lines.
    pub message: String,
    /// What to do next, where there is something to do.
    pub hint: Option<String>,
    /// The error below it.
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Makes an error of `kind`.
    pub fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error {
            kind,
            message: message.into(),
            hint: None,
            cause: None,
        }
    }

    /// The person's slip.
    pub fn slip(message: impl Into<String>) -> Error {
        Error::new(Kind::Slip, message)
    }

    /// A command with nothing to act on.
    pub fn no_target(message: impl Into<String>) -> Error {
        Error::new(Kind::NoTarget, message)
    }

    /// Wrong usage, or a value outside the vocabulary.
    pub fn usage(message: impl Into<String>) -> Error {
        Error::new(Kind::Usage, message)
    }

    /// A file or database that does not hold what it should.
    pub fn bad_data(message: impl Into<String>) -> Error {
        Error::new(Kind::BadData, message)
    }

    /// Somebody changed the same thing.
    pub fn conflict(message: impl Into<String>) -> Error {
        Error::new(Kind::Conflict, message)
    }

    /// A defect of ours.
    pub fn bug(message: impl Into<String>) -> Error {
        Error::new(Kind::Bug, message)
    }

    /// What the operating system refused, with what was attempted.
    pub fn io(attempt: impl fmt::Display, cause: std::io::Error) -> Error {
        Error::new(Kind::System, format!("{attempt}: {cause}")).caused_by(cause)
    }

    /// A defect of ours that shows as an error of a library.
    pub fn bug_from(cause: impl StdError + Send + Sync + 'static) -> Error {
        Error::bug(cause.to_string()).caused_by(cause)
    }

    /// Keeps the error below this one.
    #[must_use]
    pub fn caused_by(mut self, cause: impl StdError + Send + Sync + 'static) -> Error {
        self.cause = Some(Box::new(cause));
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }

    /// Puts what was attempted in front of the message.
    #[must_use]
    pub fn while_trying(mut self, attempt: impl fmt::Display) -> Error {
        self.message = format!("{attempt}: {}", self.message);
        self
    }

    /// The exit code of the process: 2 for wrong usage, 1 for everything else that failed.
    pub fn exit_code(&self) -> u8 {
        if self.kind == Kind::Usage { 2 } else { 1 }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == Kind::Bug {
            write!(f, "{} (this is a defect of penholder)", self.message)
        } else {
            f.write_str(&self.message)
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause
            .as_deref()
            .map(|cause| cause as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, ErrorKind};

    #[test]
    fn what_the_operating_system_said_is_the_source() {
        let error = Error::io("Writing a.toml", ErrorKind::StorageFull.into())
            .while_trying("Exporting")
            .hint("Make room.");
        assert_eq!(
            error.to_string(),
            "Exporting: Writing a.toml: no storage space"
        );
        let cause = error.source().and_then(|e| e.downcast_ref::<io::Error>());
        assert_eq!(cause.map(io::Error::kind), Some(ErrorKind::StorageFull));
    }

    #[test]
    fn the_cause_is_not_said_twice() {
        let error = Error::slip("There is no such file.").caused_by(io::Error::other("gone"));
        assert_eq!(error.to_string(), "There is no such file.");
        assert_eq!(
            error.source().map(ToString::to_string),
            Some("gone".to_owned())
        );
    }

    #[test]
    fn a_refusal_of_ours_has_no_cause() {
        assert!(Error::slip("There is no such question.").source().is_none());
    }
}
