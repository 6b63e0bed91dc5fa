//! Sums, products and the like: which kinds go together, and what they give.

use super::measures::{Measure, kinds_for};
use super::{Checker, Phase};
use crate::condition::{Arith, Num, NumKind, NumOp, Term, TermKind};
use crate::number::Kind;
use crate::problem::Problem;
use crate::span::Span;
use rust_decimal::Decimal;

impl Checker<'_> {
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
        if a == Measure::Wrong || b == Measure::Wrong {
            let left = self.num(left, a.settled().unwrap_or(kind), phase);
            let right = self.num(right, b.settled().unwrap_or(kind), phase);
            let (left, right) = (left?, right?);
            return self.join(sign, left, right, kind, span);
        }
        if let (Measure::Free { .. }, Measure::Free { .. }) = (a, b)
            && let (Some(x), Some(y)) = (constant(left), constant(right))
        {
            let value = fold(sign, x, y);
            let literal = value.and_then(|value| self.literal(value.normalize(), kind, span));
            return literal.map(|value| Num {
                kind: NumKind::Literal(value),
                unit: kind,
                span,
            });
        }
        let Some((x, y)) = kinds_for(sign, a, b, Some(kind)) else {
            let (x, y) = (a.settled().unwrap_or(kind), b.settled().unwrap_or(kind));
            self.report(no_operation(sign, left, x, right, y, span));
            return None;
        };
        let left = self.num(left, x, phase);
        let right = self.num(right, y, phase);
        let (left, right) = (left?, right?);
        self.join(sign, left, right, kind, span)
    }

    fn join(&mut self, sign: Arith, left: Num, right: Num, kind: Kind, span: Span) -> Option<Num> {
        match NumOp::of(sign, left.unit, right.unit) {
            Some((op, result)) if result == kind => Some(Num {
                kind: NumKind::Op(op, Box::new(left), Box::new(right)),
                unit: kind,
                span,
            }),
            Some((_, result)) => {
                let problem = Problem::error(
                    "P203",
                    format!("this is {result}, but {kind} is needed here"),
                )
                .at(span, format!("{result}"));
                self.report(problem);
                None
            }
            None => {
                let problem = Problem::error(
                    "P206",
                    format!(
                        "`{}` does not take {} and {}",
                        sign.sign(),
                        left.unit,
                        right.unit
                    ),
                )
                .at(left.span, format!("{}", left.unit))
                .at(right.span, format!("{}", right.unit));
                self.report(problem);
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

fn no_operation(sign: Arith, left: &Term, x: Kind, right: &Term, y: Kind, span: Span) -> Problem {
    let help = match sign {
        Arith::Mul => "money times a ratio or a count is money; a ratio times a ratio is a ratio",
        Arith::Div => {
            "money over money is a ratio, money over a count is money, a count over a count is a ratio"
        }
        _ => "both sides must be of one kind",
    };
    let _ = span;
    Problem::error(
        "P206",
        format!("`{}` does not take {x} and {y}", sign.sign()),
    )
    .at(left.span, format!("{x}"))
    .at(right.span, format!("{y}"))
    .help(help)
}
