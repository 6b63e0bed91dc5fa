//! Clauses that are more than a condition: a verb with its options, a map, a name.

use super::lowering::{Lowering, NameAndStages};
use super::written::Written;
use crate::translate::{missing, not_taken};
use arrears::condition::{Named, Term, TermKind};
use arrears::draft::{Keyword, Options, Part, Statement, VerbCall};
use arrears::{Problem, Span};
use rhai::Dynamic;

impl Lowering<'_> {
    /// The entries of a `#{ ... }`.
    pub(crate) fn options(&mut self, term: Term) -> Option<Options> {
        match term.kind {
            TermKind::Map(entries) => Some(entries),
            _ => {
                let problem = Problem::error("P025", "options are a map")
                    .at(term.span, "not a map")
                    .help("write them as `#{ key: value, ... }`");
                self.problems.push(problem);
                None
            }
        }
    }

    /// `phone(#{ at: "15:00" })`.
    pub(crate) fn verb(&mut self, term: Term) -> Option<VerbCall> {
        let span = term.span;
        match term.kind {
            TermKind::Call(verb, mut arguments) if arguments.len() <= 1 => {
                let options = match arguments.pop() {
                    Some(map) => self.options(map)?,
                    None => Options::new(),
                };
                Some(VerbCall { verb, options })
            }
            TermKind::Name(name) => {
                let problem = Problem::error("P029", format!("`{name}` is not written as a verb"))
                    .at(span, "the verb lacks its parentheses")
                    .suggest(span, format!("{name}()"));
                self.problems.push(problem);
                None
            }
            _ => {
                let problem = Problem::error("P029", "`do` is followed by one verb with its options")
                    .at(span, "not a verb")
                    .help("write it as `do phone(#{ at: \"15:00\" })`");
                self.problems.push(problem);
                None
            }
        }
    }

    /// A name written as a text.
    pub(crate) fn text_name(&mut self, term: &Term) -> Option<Named> {
        match &term.kind {
            TermKind::Text(text) => Some(Named::new(text, term.span)),
            TermKind::Name(name) => {
                let problem = Problem::error("P027", "this name is a text and stands in quotes")
                    .at(term.span, "quotes are missing")
                    .suggest(term.span, format!("\"{name}\""));
                self.problems.push(problem);
                None
            }
            _ => {
                let problem = Problem::error("P027", "this name is not a text")
                    .at(term.span, "a name is a text in double quotes");
                self.problems.push(problem);
                None
            }
        }
    }

    /// Notes a problem of the statement.
    pub(crate) fn note(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl Lowering<'_> {
    /// A clause that the statement does not take.
    pub(crate) fn note_not_taken(&mut self, keyword: Keyword, part: Part, term: Option<Term>) {
        let span = term.map_or(Span::NONE, |term| term.span);
        self.note(not_taken(keyword, part, span));
    }

    /// A treatment that names no stages.
    pub(crate) fn note_missing_stages(&mut self, statement: &Statement, at: Span) {
        if !self.problems.is_empty() {
            return;
        }
        self.note(missing(statement.keyword, &[Part::Stages], at));
    }

    /// The name of a statement; `computed` is its value where the script computed it.
    pub(crate) fn lower_name_as(&mut self, written: &Written, computed: Option<&Dynamic>) -> NameAndStages {
        let Some(value) = computed else {
            return self.lower_name(written);
        };
        let span = self.name_span(written);
        let name = self.constant(value, span);
        (name, self.lower_stages(written))
    }
}
