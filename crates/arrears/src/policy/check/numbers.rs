//! From written numbers to typed ones: literals, facts, thresholds.

use super::measures::Measure;
use super::wording::describe;
use super::{Checker, Phase};
use crate::condition::{Cmp, Num, NumKind, Term, TermKind};
use crate::draft::Keyword;
use crate::facts::ParametricKind;
use crate::number::{Inexact, Kind, fixed};
use crate::problem::Problem;
use crate::span::Span;
use rust_decimal::Decimal;

impl Checker<'_> {
    /// Two sides of a comparison, of one kind.
    pub(crate) fn two_numbers(
        &mut self,
        left: &Term,
        right: &Term,
        phase: Phase,
        cmp: Option<Cmp>,
    ) -> Option<(Num, Num)> {
        let (a, b) = (self.measure(left), self.measure(right));
        let kind = match (a, b) {
            (Measure::Is(kind), Measure::Free { .. })
            | (Measure::Free { .. }, Measure::Is(kind)) => kind,
            (Measure::Is(x), Measure::Is(y)) if x == y => x,
            (Measure::Is(x), Measure::Is(y)) => {
                self.report(units_do_not_meet(left, x, right, y));
                return None;
            }
            (Measure::Free { whole: x }, Measure::Free { whole: y }) => {
                if x && y {
                    Kind::Count
                } else {
                    Kind::Ratio
                }
            }
            (Measure::Wrong, known) | (known, Measure::Wrong) => {
                let kind = known.settled().unwrap_or(Kind::Count);
                // Checking each side says what is wrong with it.
                let left = self.num(left, kind, phase);
                let right = self.num(right, kind, phase);
                return Some((left?, right?));
            }
        };
        if a != Measure::Is(kind) && b == Measure::Is(kind) {
            self.literal_fits(left, right, kind, cmp)?;
        } else if b != Measure::Is(kind) {
            self.literal_fits(right, left, kind, cmp)?;
        }
        let left = self.num(left, kind, phase);
        let right = self.num(right, kind, phase);
        Some((left?, right?))
    }

    /// A number with decimals beside days or a count is money or a ratio in the
    /// author's mind: the units do not meet.
    fn literal_fits(
        &mut self,
        literal: &Term,
        other: &Term,
        kind: Kind,
        _cmp: Option<Cmp>,
    ) -> Option<()> {
        let TermKind::Number(number) = literal.kind else {
            return Some(());
        };
        if number.scale() == 0 || !matches!(kind, Kind::Days | Kind::Count) {
            return Some(());
        }
        let meant = if number.scale() <= self.digits {
            Kind::Money
        } else {
            Kind::Ratio
        };
        self.report(units_do_not_meet(other, kind, literal, meant));
        None
    }

    /// A number of the wanted kind; reports what is wrong with it.
    pub(crate) fn num(&mut self, term: &Term, kind: Kind, phase: Phase) -> Option<Num> {
        let span = term.span;
        let found = match &term.kind {
            TermKind::Number(number) => {
                let value = self.literal(*number, kind, span)?;
                NumKind::Literal(value)
            }
            TermKind::Name(name) => return self.named_number(name, kind, span, phase),
            TermKind::Negate(inner) => match (&inner.kind, self.num(inner, kind, phase)?) {
                (
                    TermKind::Number(_),
                    Num {
                        kind: NumKind::Literal(value),
                        ..
                    },
                ) => NumKind::Literal(-value),
                (_, inner) => NumKind::Negate(Box::new(inner)),
            },
            TermKind::Abs(inner) => NumKind::Abs(Box::new(self.num(inner, kind, phase)?)),
            TermKind::Coalesce(first, second) => {
                let first = self.num(first, kind, phase);
                let second = self.num(second, kind, phase);
                NumKind::Coalesce(Box::new(first?), Box::new(second?))
            }
            TermKind::Arith(sign, left, right) => {
                return self.operation(*sign, left, right, kind, span, phase);
            }
            TermKind::Call(function, arguments) => {
                match ParametricKind::from_word(&function.text) {
                    Some(family) if family.measures().is_number() => {
                        let id = self.family(family, function, arguments, span)?;
                        self.same_kind(&function.text, family.measures(), kind, span)?;
                        NumKind::Fact(id)
                    }
                    None if !matches!(
                        function.text.as_str(),
                        "known" | "not_yet" | "not_since"
                    ) =>
                    {
                        return self.unknown_function(function);
                    }
                    _ => return self.not_a_number(term),
                }
            }
            _ => return self.not_a_number(term),
        };
        Some(Num {
            kind: found,
            unit: kind,
            span,
        })
    }

    fn not_a_number<T>(&mut self, term: &Term) -> Option<T> {
        let problem = Problem::error("P202", format!("{} is not a number", describe(&term.kind)))
            .at(term.span, "expected a number");
        self.report(problem);
        None
    }

    fn named_number(&mut self, name: &str, kind: Kind, span: Span, phase: Phase) -> Option<Num> {
        if let Some(index) = self.threshold(name) {
            let id = self.use_threshold(index, kind, span)?;
            return Some(Num {
                kind: NumKind::Threshold(id),
                unit: kind,
                span,
            });
        }
        if self.declared.is_broken(Keyword::Threshold, name) {
            return None;
        }
        if self.declared.find(Keyword::Define, name).is_some() {
            let problem = Problem::error(
                "P202",
                format!("the define `{name}` is a condition, not a number"),
            )
            .at(span, "true or false");
            self.report(problem);
            return None;
        }
        let id = self.read(name, span, phase)?;
        let found = self.vocabulary.get(id)?.kind;
        self.same_kind(name, found, kind, span)?;
        Some(Num {
            kind: NumKind::Fact(id),
            unit: kind,
            span,
        })
    }

    fn same_kind(&mut self, name: &str, found: Kind, wanted: Kind, span: Span) -> Option<()> {
        if found == wanted {
            return Some(());
        }
        let code = if found.is_number() { "P203" } else { "P202" };
        let problem = Problem::error(
            code,
            format!("`{name}` is {found}, but {wanted} is needed here"),
        )
        .at(span, format!("{found}"));
        self.report(problem);
        None
    }

    /// A written number in its kind's smallest unit.
    pub(crate) fn literal(&mut self, number: Decimal, kind: Kind, span: Span) -> Option<i64> {
        let decimals = self.decimals(kind);
        // Trailing zeros count too: 10.500 is no amount in a currency of two decimals.
        let result = if number.scale() > decimals
            && !(number.scale() > 0
                && number.normalize().scale() == 0
                && decimals == 0
                && number.is_zero())
        {
            Err(Inexact::TooManyDecimals(decimals))
        } else {
            fixed(number, decimals)
        };
        match result {
            Ok(value) => Some(value),
            Err(Inexact::TooManyDecimals(0)) => {
                let problem = Problem::error("P204", format!("{kind} cannot have decimals"))
                    .at(span, "expected a whole number");
                self.report(problem);
                None
            }
            Err(Inexact::TooManyDecimals(decimals)) => {
                let problem =
                    Problem::error("P204", format!("{kind} has at most {decimals} decimals"))
                        .at(span, format!("{} decimals", number.scale()))
                        .help("write it with fewer decimals; nothing is rounded silently");
                self.report(problem);
                None
            }
            Err(Inexact::TooLarge) => {
                let problem =
                    Problem::error("P205", "the number is too large").at(span, "does not fit");
                self.report(problem);
                None
            }
        }
    }

    /// A number whose kind nothing around it decides: what it measures by itself.
    pub(crate) fn any_number(&mut self, term: &Term, phase: Phase) -> Option<Num> {
        match self.measure(term).settled() {
            Some(kind) => self.num(term, kind, phase),
            None => {
                let before = self.problems.len();
                // Checking it as a ratio reports what is wrong with its parts.
                let found = self.num(term, Kind::Ratio, phase);
                if found.is_none() && self.problems.len() == before {
                    let problem = Problem::error("P215", "what this measures cannot be told")
                        .at(term.span, "no kind");
                    self.report(problem);
                }
                found
            }
        }
    }
}

fn units_do_not_meet(left: &Term, x: Kind, right: &Term, y: Kind) -> Problem {
    let problem = Problem::error("P203", format!("cannot compare {x} with {y}"))
        .at(left.span, format!("{x}"))
        .at(right.span, format!("{y}"));
    match (&left.kind, x, y) {
        (TermKind::Name(name), Kind::Days, Kind::Money) => problem.help(format!(
            "`{name}` counts days; for money use `overdue` or `balance`"
        )),
        (TermKind::Name(name), Kind::Count, Kind::Money | Kind::Ratio) => problem.help(format!(
            "`{name}` counts things: compare it with a whole number"
        )),
        (TermKind::Name(name), Kind::Days, _) => problem.help(format!(
            "`{name}` counts days: compare it with a whole number"
        )),
        _ => problem,
    }
}
