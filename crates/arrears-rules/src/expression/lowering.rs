//! Turns Rhai's expressions into terms with spans.

use super::written::{Values, Written, name_of, place};
use crate::source::Script;
use arrears::condition::{Term, TermKind};
use arrears::{Problem, Span};
use rhai::{Expr, FnCallExpr, Position};
use rust_decimal::Decimal;

/// Lowers the expressions of one statement; what cannot be lowered becomes a problem.
pub(crate) struct Lowering<'a> {
    pub(super) script: &'a Script,
    pub(super) values: &'a Values,
    pub(super) problems: Vec<Problem>,
}

/// A name and the list behind `in`, as a treatment writes them.
pub(crate) type NameAndStages = (Option<Term>, Option<Option<Term>>);

impl<'a> Lowering<'a> {
    /// For expressions of `script` whose constants had these values.
    pub(crate) const fn new(script: &'a Script, values: &'a Values) -> Self {
        Self { script, values, problems: Vec::new() }
    }

    /// The file in which the expressions stand.
    pub(crate) const fn script(&self) -> &'a Script {
        self.script
    }

    /// What could not be lowered.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Lowers an expression, or notes why not.
    pub(crate) fn lower(&mut self, written: &Written) -> Option<Term> {
        self.term(&written.0)
    }

    /// Lowers the name of a statement, and the list behind `in` that Rhai reads with it.
    pub(crate) fn lower_name(&mut self, written: &Written) -> NameAndStages {
        let name = self.term(name_of(&written.0));
        (name, self.lower_stages(written))
    }

    /// The list behind `in` that Rhai reads with the name.
    pub(super) fn lower_stages(&mut self, written: &Written) -> Option<Option<Term>> {
        let whole = &written.0;
        match whole {
            Expr::FnCall(call, _) if !std::ptr::eq(whole, name_of(whole)) => {
                call.args.first().map(|list| self.term(list))
            }
            _ => None,
        }
    }

    /// Where a statement's name stands.
    pub(super) fn name_span(&self, written: &Written) -> Span {
        self.rough_span(name_of(&written.0))
    }

    /// The source text of `script(...)`, and its span.
    pub(crate) fn lower_script(&self, written: &Written) -> Option<Term> {
        let index = self.token_at(written.0.position())?;
        let open = self.script.token(index + 1)?;
        let close = self.script.token(open.mate?)?;
        let span = self.script.span_of(self.script.token(index)?);
        let span = span.to(self.script.span_of(close));
        let inner = self.script.slice(open.end, close.start).trim();
        Some(Term::new(TermKind::Script(inner.to_owned()), span))
    }

    pub(super) fn term(&mut self, expr: &Expr) -> Option<Term> {
        if let Some(value) = self.values.get(&place(expr.start_position()))
            && matches!(expr, Expr::Variable(..) | Expr::Dot(..) | Expr::Index(..) | Expr::InterpolatedString(..))
        {
            let span = self.constant_span(expr);
            if let Expr::Variable(variable, ..) = expr
                && variable.2.is_empty()
                && crate::facts::is_fact(&variable.1)
            {
                return self.refuse_hidden(&variable.1, span);
            }
            return self.constant(value, span).map(|term| self.widened(term));
        }
        let term = match expr {
            Expr::BoolConstant(flag, at) => self.leaf(TermKind::Flag(*flag), *at),
            Expr::IntegerConstant(whole, at) => self.integer(*whole, *at),
            Expr::StringConstant(text, at) => self.leaf(TermKind::Text(text.to_string()), *at),
            Expr::DynamicConstant(value, at) => match value.as_decimal() {
                Ok(number) => self.leaf(TermKind::Number(number), *at),
                Err(_) => self.refuse(expr),
            },
            Expr::Variable(name, _, at) => self.leaf(TermKind::Name(name.1.to_string()), *at),
            Expr::Array(items, at) => {
                let items = self.all(items.iter());
                let span = self.group(*at);
                items.map(|items| Term::new(TermKind::List(items), span))
            }
            Expr::Map(map, at) => self.map(&map.0, *at),
            Expr::And(parts, _) => self.joined(parts, TermKind::All),
            Expr::Or(parts, _) => self.joined(parts, TermKind::Any),
            Expr::Coalesce(parts, _) => self.coalesce(parts),
            Expr::FnCall(call, at) => self.call(call, *at),
            Expr::Dot(parts, ..) => self.method(parts, expr),
            _ => self.refuse(expr),
        };
        term.map(|term| self.widened(term))
    }

    fn widened(&self, mut term: Term) -> Term {
        term.span = self.script.with_parentheses(term.span);
        term
    }

    pub(super) fn all<'e>(&mut self, exprs: impl Iterator<Item = &'e Expr>) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        let mut complete = true;
        for expr in exprs {
            match self.term(expr) {
                Some(term) => terms.push(term),
                None => complete = false,
            }
        }
        complete.then_some(terms)
    }

    fn joined(&mut self, parts: &[Expr], kind: fn(Vec<Term>) -> TermKind) -> Option<Term> {
        let terms = self.all(parts.iter())?;
        let span = span_over(&terms);
        Some(Term::new(kind(terms), span))
    }

    fn coalesce(&mut self, parts: &[Expr]) -> Option<Term> {
        let terms = self.all(parts.iter())?;
        terms.into_iter().rev().reduce(|rest, before| {
            let span = before.span.to(rest.span);
            Term::new(TermKind::Coalesce(Box::new(before), Box::new(rest)), span)
        })
    }

    fn map(&mut self, entries: &[(rhai::Ident, Expr)], at: Position) -> Option<Term> {
        let mut lowered = Vec::with_capacity(entries.len());
        let mut complete = true;
        for (key, value) in entries {
            let key = arrears::condition::Named::new(key.as_str(), self.span_at(key.pos));
            match self.term(value) {
                Some(term) => lowered.push((key, term)),
                None => complete = false,
            }
        }
        let span = self.group(at);
        complete.then(|| Term::new(TermKind::Map(lowered), span))
    }

    fn integer(&self, whole: i64, at: Position) -> Option<Term> {
        let index = self.token_at(at)?;
        let first = self.script.token(index)?;
        let mut last = index;
        while matches!(self.script.word_at(last), "-" | "+" | "(") {
            last += 1;
        }
        let end = self.script.token(last).unwrap_or(first);
        let span = self.script.span_of(first).to(self.script.span_of(end));
        // An open range `..5` begins at an unwritten 0 that stands where its sign stands.
        Some(Term::new(TermKind::Number(Decimal::from(whole)), span))
    }

    pub(super) fn leaf(&self, kind: TermKind, at: Position) -> Option<Term> {
        Some(Term::new(kind, self.span_at(at)))
    }

    /// The token at a position of Rhai's.
    pub(super) fn token_at(&self, at: Position) -> Option<usize> {
        let (line, column) = place(at);
        if line == 0 {
            return None;
        }
        self.script.token_from(self.script.byte_at(line, column))
    }

    /// The span of the token at a position of Rhai's.
    pub(super) fn span_at(&self, at: Position) -> Span {
        self.token_at(at)
            .and_then(|index| self.script.token(index))
            .map_or(Span::NONE, |token| self.script.span_of(token))
    }

    /// The span from a bracket to its mate.
    pub(super) fn group(&self, at: Position) -> Span {
        self.token_at(at).map_or(Span::NONE, |index| self.script.group(index))
    }

    /// The span of `name(...)`.
    pub(super) fn call_span(&self, call: &FnCallExpr, at: Position) -> Span {
        let name = self.span_at(at);
        let Some(index) = self.token_at(at) else {
            return name;
        };
        if call.is_operator_call() || self.script.word_at(index + 1) != "(" {
            return name;
        }
        name.to(self.script.group(index + 1))
    }
}

/// The span over several terms.
pub(super) fn span_over(terms: &[Term]) -> Span {
    terms.iter().fold(Span::NONE, |span, term| span.to(term.span))
}
