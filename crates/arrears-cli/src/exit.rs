//! What the command tells the program that called it.

use arrears::guardrail::Answer;
use std::process::ExitCode;

/// How a command ended. The numbers are documented and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All went well.
    Good,
    /// The policy, a pack or a set of templates has problems, a test of the policy fails, a conformance case does, or a
    /// file is not laid out.
    Policy,
    /// The command was not given what it needs, or what it was given does not go together.
    Usage,
    /// A table, the state, a history or a case has problems, in its columns, rows or events.
    Table,
    /// Some rows were set aside, and the others are decided or taken in (`--keep-going`).
    SetAside,
    /// A file cannot be read or written, or was changed while it was read.
    File,
    /// A person must look before the contact that was asked about is made (`permit`, `attempts`, `letter`).
    Review,
    /// The contact that was asked about may not be made (`permit`, `attempts`), or the decision does not make it
    /// (`letter`).
    Blocked,
    /// The command was told to stop, as by Ctrl-C.
    Stopped,
}

/// The exit codes, as `--help` lists them.
pub(crate) const HELP: &str = "\
Exit codes:
  0  all went well
  1  the policy, a pack or a set of templates has problems, a test of the policy fails, a
     conformance case does, or a file is not laid out (fmt --check)
  2  the command line: something is missing, unknown, or does not go together; or a file
     that it names is not what it should be
  3  a table, the state, a history or a case has problems, in its columns, rows or events
  4  some rows were set aside and the others are decided or taken in (--keep-going)
  5  a file cannot be read or written, or was changed while it was read
  6  a person must look before the contact is made (permit, attempts, letter)
  7  the contact may not be made (permit, attempts), or is not made (letter)
  130  stopped, as by Ctrl-C, and nothing was written

Colours are used in a terminal only, and not where NO_COLOR is set.";

impl Exit {
    /// The number.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Policy => 1,
            Self::Usage => 2,
            Self::Table => 3,
            Self::SetAside => 4,
            Self::File => 5,
            Self::Review => 6,
            Self::Blocked => 7,
            // As shells tell of a program that Ctrl-C ended.
            Self::Stopped => 130,
        }
    }

    /// The word for it in JSON.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Policy => "policy",
            Self::Usage => "usage",
            Self::Table => "table",
            Self::SetAside => "set_aside",
            Self::File => "file",
            Self::Review => "review",
            Self::Blocked => "blocked",
            Self::Stopped => "stopped",
        }
    }
}

impl From<Answer> for Exit {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Allow => Self::Good,
            Answer::Review => Self::Review,
            Answer::Block => Self::Blocked,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
