//! What is wrong with a policy, as a value: code, message, places, help.

mod catalogue;

pub use catalogue::{Entry, catalogue};

use crate::span::Span;
use std::fmt;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The policy can be used, but is probably not what its author meant.
    Warning,
    /// The policy cannot be used.
    Error,
}

/// A place in a policy file and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there, in a few words.
    pub text: String,
}

/// Text that would mend the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to replace.
    pub span: Span,
    /// What to write there.
    pub replacement: String,
}

/// One thing that is wrong with a policy.
///
/// The code is stable and listed in [`catalogue`]; the wording may improve. The
/// message is one lower-case line without a full stop, in the author's own terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable code, `P101` and so on.
    pub code: &'static str,
    /// Whether the policy can be used all the same.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The text at fault first, then any other text that explains it.
    pub labels: Vec<Label>,
    /// What the author can do about it.
    pub help: Option<String>,
    /// A replacement that would mend it, where one is known.
    pub suggestion: Option<Suggestion>,
}

impl Problem {
    /// An error at a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            suggestion: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Adds a place and what is to be seen there.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds what the author can do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a replacement, and says so as help unless help was given.
    #[must_use]
    pub fn suggest(mut self, span: Span, replacement: impl Into<String>) -> Self {
        let replacement = replacement.into();
        if self.help.is_none() {
            self.help = Some(format!("did you mean `{replacement}`?"));
        }
        self.suggestion = Some(Suggestion { span, replacement });
        self
    }

    /// Suggests the closest of `known` names, if one is close.
    #[must_use]
    pub fn nearest<'a>(self, span: Span, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, known) {
            Some(near) => self.suggest(span, near),
            None => self,
        }
    }

    /// Where the problem is: its first label.
    pub fn span(&self) -> Span {
        self.labels.first().map_or(Span::NONE, |label| label.span)
    }

    /// Whether the policy cannot be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}

/// The name of `known` that is closest to what was written, if one is close enough
/// to be a slip: at most a third of its letters differ.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(written, name), name))
        .filter(|(distance, name)| *distance * 3 <= length.max(name.chars().count()))
        .min()
        .map(|(_, name)| name)
}

/// Puts problems in file order, and drops repetitions of one problem at one place.
pub fn in_file_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| (a.span(), a.code, &a.message).cmp(&(b.span(), b.code, &b.message)));
    problems.dedup();
    problems
}
