//! Names that no statement declares.

use super::Checker;
use super::wording::row_of;
use crate::draft::Keyword;
use crate::problem::{Problem, nearest};
use crate::span::Span;

impl Checker<'_> {
    /// Reports a text that should name a stage, a debtor type or a treatment and does not,
    /// unless the statement of that name could not be read.
    pub(crate) fn unknown_name<T>(&mut self, keyword: Keyword, written: &str, span: Span) -> Option<T> {
        if self.declared.is_broken(keyword, written) {
            return None;
        }
        let (code, noun, always) = match keyword {
            Keyword::Stage => ("P102", "stage", Some("current")),
            Keyword::Debtor => ("P105", "debtor type", None),
            _ => ("P104", "treatment", None),
        };
        let mut names: Vec<&str> = always.into_iter().collect();
        names.extend(self.declared.names(keyword));
        let problem =
            Problem::error(code, format!("unknown {noun} \"{written}\"")).at(span, format!("no {noun} has this name"));
        self.report(match nearest(written, names.iter().copied()) {
            Some(near) => mended(problem, span, near),
            None if names.is_empty() => problem.help(format!("the policy declares no {noun}")),
            None => problem.help(format!("{noun}s are {}", row_of(&names))),
        });
        None
    }
}

/// Suggests a text in place of another.
pub(crate) fn mended(problem: Problem, span: Span, near: &str) -> Problem {
    let text = format!("\"{near}\"");
    let help = format!("did you mean {text}?");
    problem.suggest(span, text).help(help)
}

/// Suggests the closest of a few words, or lists them.
pub(crate) fn one_of(problem: Problem, span: Span, written: &str, words: &[&str]) -> Problem {
    match nearest(written, words.iter().copied()) {
        Some(near) => mended(problem, span, near),
        None if words.is_empty() => problem,
        None => problem.help(format!("it is one of: {}", row_of(words))),
    }
}
