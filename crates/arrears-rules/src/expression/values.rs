//! Values of the script as terms: a constant stands in a condition as if it had been written out.

use super::lowering::Lowering;
use arrears::condition::{Named, Term, TermKind};
use arrears::{Problem, Span};
use rhai::{Array, Dynamic, Expr, Map};
use rust_decimal::Decimal;

impl Lowering<'_> {
    /// A value of the script as a term that stands at `span`.
    pub(crate) fn constant(&mut self, value: &Dynamic, span: Span) -> Option<Term> {
        match constant_kind(value, span) {
            Some(kind) => Some(Term::new(kind, span)),
            None => {
                let kind = value.type_name();
                let problem = Problem::error("P025", "this value cannot be part of a condition")
                    .at(span, describe(kind))
                    .help("conditions take numbers, texts, `true` and `false`, lists and maps of them");
                self.problems.push(problem);
                None
            }
        }
    }

    /// The span of a variable, of its properties and indexes, or of an interpolated text.
    pub(super) fn constant_span(&self, expr: &Expr) -> Span {
        match expr {
            Expr::Variable(variable, _, at) => {
                let name = self.span_at(*at);
                if variable.2.is_empty() { name } else { self.span_at(variable.2.position()).to(name) }
            }
            Expr::Dot(parts, ..) | Expr::Index(parts, _, _) => {
                let span = self.constant_span(&parts.lhs).to(self.constant_span(&parts.rhs));
                self.closing_bracket(span, matches!(expr, Expr::Index(..)))
            }
            Expr::MethodCall(call, at) => self.call_span(call, *at),
            Expr::InterpolatedString(_, at) | Expr::Array(_, at) | Expr::Map(_, at) => self.group(*at),
            other => self.span_at(other.position()),
        }
    }

    /// An index ends with its bracket, not with what stands in it.
    fn closing_bracket(&self, span: Span, is_index: bool) -> Span {
        if !is_index {
            return span;
        }
        let next = self.script.token_from(crate::source::to_usize(span.end)).and_then(|index| self.script.token(index));
        match next {
            Some(token) if self.script.word(token) == "]" => span.to(self.script.span_of(token)),
            _ => span,
        }
    }
}

fn constant_kind(value: &Dynamic, span: Span) -> Option<TermKind> {
    if let Ok(whole) = value.as_int() {
        return Some(TermKind::Number(Decimal::from(whole)));
    }
    if let Ok(number) = value.as_decimal() {
        return Some(TermKind::Number(number));
    }
    if let Ok(flag) = value.as_bool() {
        return Some(TermKind::Flag(flag));
    }
    if let Ok(character) = value.as_char() {
        return Some(TermKind::Text(character.to_string()));
    }
    if value.is_string() {
        return Some(TermKind::Text(value.to_string()));
    }
    if let Some(items) = value.read_lock::<Array>() {
        let terms: Option<Vec<_>> =
            items.iter().map(|item| constant_kind(item, span).map(|kind| Term::new(kind, span))).collect();
        return terms.map(TermKind::List);
    }
    let map = value.read_lock::<Map>()?;
    let entries: Option<Vec<_>> = map
        .iter()
        .map(|(key, item)| {
            let kind = constant_kind(item, span)?;
            Some((Named::new(key.as_str(), span), Term::new(kind, span)))
        })
        .collect();
    entries.map(TermKind::Map)
}

/// A kind of value in the author's words.
pub(crate) fn describe(kind: &str) -> &'static str {
    match kind {
        "()" => "this has no value",
        "Fn" => "this is a function",
        "range" | "range=" => "this is a range kept in a variable; write it out",
        "blob" => "these are bytes",
        _ => "this is neither number, text, flag, list nor map",
    }
}
