//! Names that no statement declares.

use super::Checker;
use super::wording::row_of;
use crate::draft::Keyword;
use crate::problem::{Label, Problem, nearest};
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

/// A name that nobody knows is one mistake, however often it is used: the first place is
/// reported, with the next few beside it.
pub(crate) fn one_for_each_name(problems: Vec<Problem>) -> Vec<Problem> {
    const SHOWN: usize = 3;
    let mut kept: Vec<Problem> = Vec::new();
    let mut uses: Vec<usize> = Vec::new();
    for problem in problems {
        let name = matches!(problem.code, "P101" | "P102" | "P104" | "P105");
        let first =
            kept.iter().position(|first| name && first.code == problem.code && first.message == problem.message);
        match first.and_then(|index| Some((kept.get_mut(index)?, uses.get_mut(index)?))) {
            Some((first, uses)) => {
                *uses += 1;
                if *uses <= SHOWN {
                    first.labels.push(Label { span: problem.span(), text: "here too".to_owned() });
                } else if let Some(last) = first.labels.last_mut() {
                    last.text = format!("here too, and in {} more places", *uses - SHOWN);
                }
            }
            None => {
                kept.push(problem);
                uses.push(1);
            }
        }
    }
    kept
}
