//! Sums, products and the like: which kinds go together, and what they give.

use super::measures::{Measure, kinds_for};
use super::{Checker, Phase};
use crate::condition::{Arith, Num, NumKind, NumOp, Term, TermKind};
use crate::number::Kind;
use crate::problem::Problem;
use crate::span::Span;
use rust_decimal::Decimal;

impl Checker<'_> {
    /// An operation that is to give a number of kind `kind`.
    pub(crate) fn operation(
        &mut self,
        sign: Arith,
        left: &Term,
        right: &Term,
        kind: Kind,
        span: Span,
        phase: Phase,
    ) -> Option<Num> {
        let (a, b) = (self.measure(left), self.measure(right));
        if sign == Arith::Div && constant(right).is_some_and(|number| number.is_zero()) {
            let problem = Problem::error("P206", "nothing can be divided by zero").at(right.span, "zero");
            self.report(problem);
            return None;
        }
        if a == Measure::Wrong || b == Measure::Wrong {
            self.one_is_wrong((left, a), (right, b), phase);
            return None;
        }
        if let (Measure::Free { .. }, Measure::Free { .. }) = (a, b)
            && let (Some(x), Some(y)) = (constant(left), constant(right))
        {
            let Some(value) = fold(sign, x, y) else {
                let problem = Problem::error("P205", "the number is too large").at(span, "does not fit");
                self.report(problem);
                return None;
            };
            let literal = self.literal(value.normalize(), kind, span);
            return literal.map(|value| Num { kind: NumKind::Literal(value), unit: kind, span });
        }
        let Some((x, y)) = kinds_for(sign, a, b, Some(kind)) else {
            return self.refused(sign, (left, a), (right, b), kind, span);
        };
        let left = self.num(left, x, phase);
        let right = self.num(right, y, phase);
        let (left, right) = (left?, right?);
        self.join(sign, left, right, kind, span)
    }

    /// Reports why an operation that is to give `kind` cannot.
    fn refused<T>(
        &mut self,
        sign: Arith,
        left: (&Term, Measure),
        right: (&Term, Measure),
        kind: Kind,
        span: Span,
    ) -> Option<T> {
        let ((left, a), (right, b)) = (left, right);
        if let Some((x, y)) = kinds_for(sign, a, b, None)
            && let Some((_, found)) = NumOp::of(sign, x, y)
        {
            self.report(another_kind(found, kind, span));
            return None;
        }
        let (x, y) = (a.settled().unwrap_or(kind), b.settled().unwrap_or(kind));
        self.report(no_operation(sign, left.span, x, right.span, y));
        None
    }

    fn join(&mut self, sign: Arith, left: Num, right: Num, kind: Kind, span: Span) -> Option<Num> {
        match NumOp::of(sign, left.unit, right.unit) {
            Some((op, result)) if result == kind => {
                Some(Num { kind: NumKind::Op(op, Box::new(left), Box::new(right)), unit: kind, span })
            }
            Some((_, result)) => {
                self.report(another_kind(result, kind, span));
                None
            }
            None => {
                self.report(no_operation(sign, left.span, left.unit, right.span, right.unit));
                None
            }
        }
    }
}

fn constant(term: &Term) -> Option<Decimal> {
    match &term.kind {
        TermKind::Number(number) => Some(*number),
        TermKind::Negate(inner) => constant(inner).map(|number| -number),
        TermKind::Arith(sign, left, right) => fold(*sign, constant(left)?, constant(right)?),
        _ => None,
    }
}

fn fold(sign: Arith, a: Decimal, b: Decimal) -> Option<Decimal> {
    match sign {
        Arith::Add => a.checked_add(b),
        Arith::Sub => a.checked_sub(b),
        Arith::Mul => a.checked_mul(b),
        Arith::Div => a.checked_div(b),
        Arith::Min => Some(a.min(b)),
        Arith::Max => Some(a.max(b)),
    }
}

fn another_kind(found: Kind, wanted: Kind, span: Span) -> Problem {
    Problem::error("P203", format!("this is {found}, expected {wanted}")).at(span, format!("{found}"))
}

fn no_operation(sign: Arith, left: Span, x: Kind, right: Span, y: Kind) -> Problem {
    let days = x == Kind::Days || y == Kind::Days;
    let help = match sign {
        Arith::Mul | Arith::Div if days => "days are added and subtracted, not multiplied or divided",
        Arith::Mul => "money times a ratio or a count is money; a ratio times a ratio is a ratio",
        Arith::Div => "money over money is a ratio, money over a count is money, a count over a count is a ratio",
        _ => "both sides must be of one kind",
    };
    Problem::error("P206", format!("`{}` does not take {x} and {y}", sign.sign()))
        .at(left, format!("{x}"))
        .at(right, format!("{y}"))
        .help(help)
}
