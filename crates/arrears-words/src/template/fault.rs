//! What is wrong with a template, or with what it wrote.

use serde::Serialize;

/// One thing that is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, thiserror::Error)]
#[error("{template}:{line}:{column}: {message}")]
pub struct TemplateFault {
    /// The template, by its name in the set.
    pub template: String,
    /// The line, from 1. Zero: the template as a whole.
    pub line: u32,
    /// The column in characters, from 1. Zero: the line as a whole.
    pub column: u32,
    /// What was found, what was expected, and how to mend it.
    pub message: String,
}

impl TemplateFault {
    pub(crate) fn new(template: &str, place: Place, message: impl Into<String>) -> Self {
        Self { template: template.to_owned(), line: place.line, column: place.column, message: message.into() }
    }
}

/// A place in a text: line and column in characters, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Place {
    /// The beginning of a text.
    pub(crate) const START: Self = Self { line: 1, column: 1 };
    /// A text as a whole.
    pub(crate) const WHOLE: Self = Self { line: 0, column: 0 };

    /// The place behind a character.
    pub(crate) const fn after(self, passed: char) -> Self {
        if passed == '\n' {
            Self { line: self.line.saturating_add(1), column: 1 }
        } else {
            Self { line: self.line, column: self.column.saturating_add(1) }
        }
    }
}
