//! Statements of a policy, as written.

use super::Keyword;
use crate::condition::{Named, Term};
use crate::span::Span;
use std::sync::Arc;

/// A policy as written: its files and its statements in reading order.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The files, the policy file first. Spans name them by position. Empty for a policy built by a program.
    pub sources: Vec<Source>,
    /// The statements, in the order in which they were read.
    pub statements: Vec<Statement>,
    /// Names of statements that could not be read. They count as known, so that one
    /// mistake is reported once.
    pub broken: Vec<(Keyword, Named)>,
}

/// One file of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name as the caller gave it.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: Arc<str>,
}

/// The entries of a `#{ ... }` behind a statement or a verb, in the order written.
pub type Options = Vec<(Named, Term)>;

/// A verb of a `do`: `phone(#{ at: "15:00" })`.
#[derive(Clone, Debug, PartialEq)]
pub struct VerbCall {
    /// The verb.
    pub verb: Named,
    /// Its options.
    pub options: Options,
}

/// One statement, as written. Which parts it may have depends on its keyword
/// ([`Keyword::parts`]); a part that its keyword does not take is a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What kind of statement it is.
    pub keyword: Keyword,
    /// The whole statement.
    pub span: Span,
    /// Its name: the text of `treatment "visit"`, the identifier of `threshold floor`.
    pub name: Option<Named>,
    /// What stands behind `=`, or the expression of `priority`. For `assume` of a
    /// parametric fact the name is empty and [`Statement::subject`] holds the call.
    pub value: Option<Term>,
    /// The parametric fact of `assume times("refused", 60) = 0`.
    pub subject: Option<Term>,
    /// The list behind `in`.
    pub stages: Option<Term>,
    /// The stage behind `ease to`.
    pub to: Option<Named>,
    /// The condition behind `when`.
    pub when: Option<Term>,
    /// The condition behind `unless`.
    pub unless: Option<Term>,
    /// The condition behind `then` (of `always`).
    pub then: Option<Term>,
    /// Whether it says `otherwise`.
    pub otherwise: bool,
    /// The verb behind `do`.
    pub act: Option<VerbCall>,
    /// The map behind `given`: a map, `quiet`, or a sum of both.
    pub given: Option<Term>,
    /// The number behind `after`.
    pub after: Option<Term>,
    /// The map behind `expect`.
    pub expect: Option<Term>,
    /// The `#{ ... }` of the statement itself.
    pub options: Options,
}

impl Statement {
    /// An empty statement.
    pub const fn new(keyword: Keyword, span: Span) -> Self {
        Self {
            keyword,
            span,
            name: None,
            value: None,
            subject: None,
            stages: None,
            to: None,
            when: None,
            unless: None,
            then: None,
            otherwise: false,
            act: None,
            given: None,
            after: None,
            expect: None,
            options: Vec::new(),
        }
    }

    /// The span of its name, or of the whole statement.
    pub fn name_span(&self) -> Span {
        self.name.as_ref().map_or(self.span, |name| name.span)
    }

    /// The text of its name, or nothing.
    pub fn name_text(&self) -> &str {
        self.name.as_ref().map_or("", |name| name.text.as_str())
    }

    /// The option `key`, if written.
    pub fn option(&self, key: &str) -> Option<&Term> {
        option(&self.options, key)
    }
}

impl VerbCall {
    /// The option `key`, if written.
    pub fn option(&self, key: &str) -> Option<&Term> {
        option(&self.options, key)
    }
}

fn option<'a>(options: &'a Options, key: &str) -> Option<&'a Term> {
    options.iter().find(|(name, _)| name.text == key).map(|(_, value)| value)
}
