//! A cell that is read as an expression of the policy language, and everything in it at its place in the file.

use super::sheet::Cell;
use crate::expression::{Lowering, Values, Written};
use crate::source::{Script, to_usize};
use crate::translate::{parse_error, screen};
use arrears::condition::{Named, Term, TermKind};
use arrears::{Problem, Span};
use rhai::Engine;

/// A cell of a file.
#[derive(Clone, Copy)]
pub(super) struct Passage<'c> {
    /// The cell.
    pub(super) cell: &'c Cell,
    /// The file.
    pub(super) file: u16,
}

impl Passage<'_> {
    /// What the cell says, as one expression.
    pub(super) fn whole(self, engine: &Engine) -> Result<Term, Vec<Problem>> {
        self.read(engine, 0, '(', ')')
    }

    /// What the cell says from this byte on, as expressions between commas.
    pub(super) fn items(self, engine: &Engine, from: usize) -> Result<Vec<Term>, Vec<Problem>> {
        let list = self.read(engine, from, '[', ']')?;
        match list.kind {
            TermKind::List(items) => Ok(items),
            _ => Err(vec![self.not_understood()]),
        }
    }

    /// Where it stands.
    pub(super) fn span(self) -> Span {
        self.cell.span(self.file)
    }

    fn read(self, engine: &Engine, from: usize, open: char, close: char) -> Result<Term, Vec<Problem>> {
        let inner = self.cell.text.get(from..).unwrap_or_default();
        let text = format!("{open}{inner}{close}");
        let script = Script::new(self.file, "", text.as_str());
        let shift = Shift { passage: self, from };
        let slips: Vec<Problem> = screen(&script).into_iter().map(|(problem, _)| shift.problem(problem)).collect();
        if !slips.is_empty() {
            return Err(slips);
        }
        let code = match engine.compile_expression(&text) {
            Ok(code) => code,
            Err(error) => {
                let (problem, _) = parse_error(&script, &error, None);
                // What P001 says of statements says nothing of cells.
                let told = if problem.code == "P001" { self.not_understood() } else { shift.problem(problem) };
                return Err(vec![told]);
            }
        };
        let Some(written) = Written::of(&code) else {
            return Err(vec![self.not_understood()]);
        };
        let values = Values::new();
        let mut lowering = Lowering::new(&script, &values);
        let term = lowering.lower(&written);
        let problems: Vec<Problem> =
            lowering.into_problems().into_iter().map(|problem| shift.problem(problem)).collect();
        match term {
            Some(term) if problems.is_empty() => Ok(shift.term(term)),
            _ => Err(problems),
        }
    }

    /// The cell says nothing that its column can hold.
    pub(super) fn not_understood(self) -> Problem {
        Problem::error("P034", format!("`{}` is not understood", shortened(&self.cell.text)))
            .at(self.span(), "in this cell")
            .help("a condition is a value, a range `31..=60`, a comparison `>= 61`, or several with commas between them; `-` is any")
    }
}

/// A text that fits a message.
pub(super) fn shortened(text: &str) -> String {
    let line = text.replace(['\n', '\r'], " ");
    if line.chars().count() <= 32 {
        return line;
    }
    format!("{}...", line.chars().take(32).collect::<String>())
}

/// From places in the expression to places in the file.
#[derive(Clone, Copy)]
struct Shift<'c> {
    passage: Passage<'c>,
    from: usize,
}

impl Shift<'_> {
    fn span(self, span: Span) -> Span {
        if !span.is_some() {
            return self.passage.span();
        }
        // One byte for the bracket that stands before the cell's own text.
        let byte = |at: u32| self.from + to_usize(at).saturating_sub(1);
        self.passage.cell.part(self.passage.file, byte(span.start), byte(span.end))
    }

    fn problem(self, mut problem: Problem) -> Problem {
        for label in &mut problem.labels {
            label.span = self.span(label.span);
        }
        if let Some(suggestion) = &mut problem.suggestion {
            suggestion.span = self.span(suggestion.span);
            if self.passage.cell.quoted {
                suggestion.replacement = suggestion.replacement.replace('"', "\"\"");
            }
        }
        problem
    }

    fn named(self, named: Named) -> Named {
        Named { span: self.span(named.span), text: named.text }
    }

    fn boxed(self, term: Term) -> Box<Term> {
        Box::new(self.term(term))
    }

    fn each(self, terms: Vec<Term>) -> Vec<Term> {
        terms.into_iter().map(|term| self.term(term)).collect()
    }

    fn term(self, term: Term) -> Term {
        let kind = match term.kind {
            TermKind::Not(inner) => TermKind::Not(self.boxed(*inner)),
            TermKind::Negate(inner) => TermKind::Negate(self.boxed(*inner)),
            TermKind::Abs(inner) => TermKind::Abs(self.boxed(*inner)),
            TermKind::All(parts) => TermKind::All(self.each(parts)),
            TermKind::Any(parts) => TermKind::Any(self.each(parts)),
            TermKind::List(parts) => TermKind::List(self.each(parts)),
            TermKind::Compare(sign, left, right) => TermKind::Compare(sign, self.boxed(*left), self.boxed(*right)),
            TermKind::Arith(sign, left, right) => TermKind::Arith(sign, self.boxed(*left), self.boxed(*right)),
            TermKind::In(left, right) => TermKind::In(self.boxed(*left), self.boxed(*right)),
            TermKind::Coalesce(left, right) => TermKind::Coalesce(self.boxed(*left), self.boxed(*right)),
            TermKind::Range { from, to, inclusive } => TermKind::Range {
                from: from.map(|from| self.boxed(*from)),
                to: to.map(|to| self.boxed(*to)),
                inclusive,
            },
            TermKind::Map(entries) => {
                let entries = entries.into_iter().map(|(key, value)| (self.named(key), self.term(value)));
                TermKind::Map(entries.collect())
            }
            TermKind::Call(name, arguments) => TermKind::Call(self.named(name), self.each(arguments)),
            kind @ (TermKind::Name(_)
            | TermKind::Text(_)
            | TermKind::Number(_)
            | TermKind::Flag(_)
            | TermKind::Script(_)) => kind,
        };
        Term::new(kind, self.span(term.span))
    }
}
