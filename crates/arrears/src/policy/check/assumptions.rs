//! What is taken as known where a column is absent.

use super::options::text;
use super::thresholds::number_of;
use super::wording::shown;
use super::{Checker, Phase};
use crate::condition::{FactId, Named, Term, TermKind};
use crate::draft::{Keyword, Statement};
use crate::facts::{History, ParametricKind, table};
use crate::number::{Cell, Kind};
use crate::policy::{Assumption, Input, Need};
use crate::problem::Problem;

impl Checker<'_> {
    /// What is taken as known where a column is absent; run after everything else, so
    /// that what nothing reads can be told.
    pub(crate) fn assumptions(&mut self) -> Vec<Assumption> {
        let mut made = Vec::new();
        for statement in self.statements(Keyword::Assume) {
            self.check_options(statement);
            let why = text(statement, "why").unwrap_or_default();
            let Some(value) = statement.value.as_ref() else {
                continue;
            };
            let name = statement.name_text().to_owned();
            let (written, facts) = if let Some(history) = History::from_word(&name) {
                if value.as_text() != Some("none") {
                    let problem = Problem::error("P217", format!("`assume {name}` takes \"none\""))
                        .at(value.span, "expected \"none\"")
                        .help("it declares that history complete and empty");
                    self.report(problem);
                    continue;
                }
                (format!("{name} = \"none\""), self.empty_history(history))
            } else {
                let Some((written, fact)) = self.assumed_fact(statement) else {
                    continue;
                };
                let Some(id) = fact else {
                    if self.law.is_some() || self.is_under_some_law() {
                        continue;
                    }
                    let problem = Problem::warning("P402", format!("nothing reads `{written}`, which is assumed"))
                        .at(statement.span, "not needed")
                        .help("take it out, or read the fact");
                    self.report(problem);
                    continue;
                };
                let Some(cell) = self.assumed_value(id, value) else {
                    continue;
                };
                self.assume(id, cell);
                (format!("{written} = {}", shown(value)), vec![id])
            };
            made.push(Assumption { written, facts, why, span: statement.span });
        }
        made
    }

    /// The fact that a statement assumes: its name as written and, if the policy reads
    /// it, its place.
    fn assumed_fact(&mut self, statement: &Statement) -> Option<(String, Option<FactId>)> {
        if let Some(subject) = &statement.subject {
            let TermKind::Call(function, arguments) = &subject.kind else {
                return None;
            };
            let Some(kind) = ParametricKind::from_word(&function.text) else {
                return self.unknown_function(function);
            };
            let before = self.vocabulary.inputs.len();
            let id = self.family(kind, function, arguments, subject.span)?;
            let written = self.vocabulary.get(id)?.written.clone();
            let read = id.index() < before;
            if !read {
                self.vocabulary.forget(before);
            }
            return Some((written, read.then_some(id)));
        }
        let name = statement.name_text();
        if let Some(id) = self.vocabulary.find(name) {
            return Some((name.to_owned(), Some(id)));
        }
        if table::find(name).is_some() || self.vocabulary.own.contains_key(name) {
            return Some((name.to_owned(), None));
        }
        let named = Named::new(name, statement.name_span());
        self.fact(&named.text, named.span, Phase::Facts);
        None
    }

    fn assumed_value(&mut self, id: FactId, value: &Term) -> Option<Cell> {
        let input = self.vocabulary.get(id)?.clone();
        if matches!(input.need, Need::Result | Need::Script | Need::Derived) {
            let problem = Problem::error("P217", format!("`{}` is not a column and cannot be assumed", input.written))
                .at(value.span, "computed by the policy");
            self.report(problem);
            return None;
        }
        self.value_of(&input, value)
    }

    /// A written value as a cell of a fact; reports one that does not fit.
    pub(crate) fn value_of(&mut self, input: &Input, value: &Term) -> Option<Cell> {
        let fits = match (&value.kind, input.kind) {
            (TermKind::Text(word), _) if word == "never" && input.never => {
                return Some(Cell::NEVER);
            }
            (TermKind::Text(word), _) if word == "unknown" && input.kind != Kind::Category => {
                return Some(Cell::UNKNOWN);
            }
            (TermKind::Flag(flag), Kind::Flag) => return Some(Cell::flag(*flag)),
            (TermKind::Text(word), Kind::Category) => {
                if let Some(cell) = input.word(word) {
                    return Some(cell);
                }
                return self.never_that(input, word, value.span);
            }
            (_, kind) if kind.is_number() => number_of(value),
            _ => None,
        };
        match fits {
            Some(number) => {
                let cell = self.literal(number, input.kind, value.span)?;
                if input.from_zero && cell < 0 {
                    let problem = Problem::error("P217", format!("`{}` counts from zero", input.written))
                        .at(value.span, "below zero");
                    self.report(problem);
                    return None;
                }
                Some(Cell::number(cell))
            }
            None => {
                let problem = Problem::error("P217", format!("`{}` is {}", input.written, input.kind))
                    .at(value.span, format!("cannot be {}", shown(value)))
                    .help(match input.kind {
                        Kind::Flag => "write `true` or `false`",
                        Kind::Category => "write one of its words",
                        Kind::Days | Kind::Count => "write a whole number",
                        Kind::Money | Kind::Ratio => "write a number",
                    });
                self.report(problem);
                None
            }
        }
    }

    fn assume(&mut self, id: FactId, cell: Cell) {
        if let Some(input) = self.vocabulary.get_mut(id) {
            input.need = Need::Assumed(cell);
        }
    }

    /// Every fact counted from a history that is complete and empty.
    fn empty_history(&mut self, history: History) -> Vec<FactId> {
        let mut settled = Vec::new();
        let singly: Vec<String> =
            self.statements(Keyword::Assume).map(|statement| statement.name_text().to_owned()).collect();
        for (index, input) in self.vocabulary.inputs.iter_mut().enumerate() {
            if input.counted_from != Some(history) || singly.contains(&input.name) {
                continue;
            }
            let cell = match input.kind {
                _ if input.never => Cell::NEVER,
                Kind::Count | Kind::Money | Kind::Ratio | Kind::Days | Kind::Flag => Cell::number(0),
                Kind::Category => continue,
            };
            if matches!(input.need, Need::Required | Need::Optional(_) | Need::For(_)) {
                input.need = Need::Assumed(cell);
                settled.extend(u16::try_from(index).ok().map(FactId));
            }
        }
        settled
    }
}
