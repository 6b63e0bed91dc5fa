//! What is wrong with a document.

/// One thing that is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}{message}", .path.is_empty().then(String::new).unwrap_or_else(|| format!("{}: ", .path)))]
pub struct Fault {
    /// Where in the document it stands: `events[3].amount`. Empty: the document itself.
    pub path: String,
    /// What was found, what was expected, and how to mend it.
    pub message: String,
}

impl Fault {
    /// What is wrong at a path; an empty path is the document itself.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}
