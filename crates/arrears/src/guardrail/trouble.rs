//! What is wrong with what is told of a person or a contact.

/// One thing that is wrong with a standing or a proposed contact, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Trouble {
    /// Where it stands: `contacts[3].outcome`.
    pub path: String,
    /// What was found, what was expected, and how to mend it.
    pub message: String,
}

impl Trouble {
    pub(super) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}
