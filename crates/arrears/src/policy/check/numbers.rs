//! From written numbers to typed ones: kinds, units, thresholds, decimals.

use super::conditions::describe;
use super::{Checker, Phase};
use crate::condition::{Arith, Cmp, Num, NumKind, NumOp, Term, TermKind};
use crate::draft::Keyword;
use crate::facts::ParametricKind;
use crate::number::{Inexact, Kind, fixed};
use crate::problem::Problem;
use crate::span::Span;
use rust_decimal::Decimal;

/// What a written number measures, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// It is of this kind.
    Is(Kind),
    /// A literal, or a threshold not yet used: it takes the other side's kind.
    Free {
        /// Whether it is written without decimals.
        whole: bool,
    },
    /// It cannot be told; checking the number reports why.
    Wrong,
}

impl Measure {
    /// The kind of a free number where nothing else decides: a whole number counts, a
    /// decimal is a ratio.
    const fn settled(self) -> Option<Kind> {
        match self {
            Self::Is(kind) => Some(kind),
            Self::Free { whole: true } => Some(Kind::Count),
            Self::Free { whole: false } => Some(Kind::Ratio),
            Self::Wrong => None,
        }
    }
}

impl Checker<'_> {
    /// What a term measures, without reporting anything.
    fn measure(&self, term: &Term) -> Measure {
        match &term.kind {
            TermKind::Number(number) => Measure::Free { whole: number.scale() == 0 },
            TermKind::Name(name) => self.measure_name(name),
            TermKind::Negate(inner) | TermKind::Abs(inner) => self.measure(inner),
            TermKind::Coalesce(first, second) => match self.measure(first) {
                Measure::Free { .. } => self.measure(second),
                known => known,
            },
            TermKind::Call(function, _) => ParametricKind::from_word(&function.text)
                .map(ParametricKind::measures)
                .filter(|kind| kind.is_number())
                .map_or(Measure::Wrong, Measure::Is),
            TermKind::Arith(sign, left, right) => {
                let (left, right) = (self.measure(left), self.measure(right));
                match kinds_for(*sign, left, right, None) {
                    Some((a, b)) => NumOp::of(*sign, a, b).map_or(Measure::Wrong, |(_, kind)| Measure::Is(kind)),
                    None => match (left, right) {
                        (Measure::Free { whole: a }, Measure::Free { whole: b }) => Measure::Free { whole: a && b },
                        _ => Measure::Wrong,
                    },
                }
            }
            _ => Measure::Wrong,
        }
    }

    fn measure_name(&self, name: &str) -> Measure {
        if let Some(index) = self.threshold(name) {
            let threshold = self.thresholds.get(index);
            return match threshold.and_then(|threshold| threshold.kind) {
                Some((kind, _)) => Measure::Is(kind),
                None => Measure::Free {
                    whole: threshold.is_none_or(super::thresholds::ThresholdDraft::is_whole),
                },
            };
        }
        self.fact_kind(name)
            .filter(|kind| kind.is_number())
            .map_or(Measure::Wrong, Measure::Is)
    }

    /// The kind of a fact by name, without adding it to the inputs.
    pub(crate) fn fact_kind(&self, name: &str) -> Option<Kind> {
        crate::facts::table::find(name)
            .map(|def| def.kind)
            .or_else(|| self.vocabulary.own.get(name).map(|own| own.kind))
    }

    /// Two sides of a comparison, of one kind.
    pub(crate) fn two_numbers(&mut self, left: &Term, right: &Term, phase: Phase, cmp: Option<Cmp>) -> Option<(Num, Num)> {
        let (a, b) = (self.measure(left), self.measure(right));
        let kind = match (a, b) {
            (Measure::Is(kind), Measure::Free { .. }) | (Measure::Free { .. }, Measure::Is(kind)) => kind,
            (Measure::Is(x), Measure::Is(y)) if x == y => x,
            (Measure::Is(x), Measure::Is(y)) => {
                self.report(units_do_not_meet(left, x, right, y));
                return None;
            }
            (Measure::Free { whole: x }, Measure::Free { whole: y }) => {
                if x && y { Kind::Count } else { Kind::Ratio }
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
    fn literal_fits(&mut self, literal: &Term, other: &Term, kind: Kind, _cmp: Option<Cmp>) -> Option<()> {
        let TermKind::Number(number) = literal.kind else {
            return Some(());
        };
        if number.scale() == 0 || !matches!(kind, Kind::Days | Kind::Count) {
            return Some(());
        }
        let meant = if number.scale() <= self.digits { Kind::Money } else { Kind::Ratio };
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
                (TermKind::Number(_), Num { kind: NumKind::Literal(value), .. }) => NumKind::Literal(-value),
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
            TermKind::Call(function, arguments) => match ParametricKind::from_word(&function.text) {
                Some(family) if family.measures().is_number() => {
                    let id = self.family(family, function, arguments, span)?;
                    self.same_kind(&function.text, family.measures(), kind, span)?;
                    NumKind::Fact(id)
                }
                None if !matches!(function.text.as_str(), "known" | "not_yet" | "not_since") => {
                    return self.unknown_function(function);
                }
                _ => return self.not_a_number(term),
            },
            _ => return self.not_a_number(term),
        };
        Some(Num { kind: found, unit: kind, span })
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
            return Some(Num { kind: NumKind::Threshold(id), unit: kind, span });
        }
        if self.declared.is_broken(Keyword::Threshold, name) {
            return None;
        }
        if self.declared.find(Keyword::Define, name).is_some() {
            let problem = Problem::error("P202", format!("the define `{name}` is a condition, not a number"))
                .at(span, "true or false");
            self.report(problem);
            return None;
        }
        let id = self.read(name, span, phase)?;
        let found = self.vocabulary.get(id)?.kind;
        self.same_kind(name, found, kind, span)?;
        Some(Num { kind: NumKind::Fact(id), unit: kind, span })
    }

    fn same_kind(&mut self, name: &str, found: Kind, wanted: Kind, span: Span) -> Option<()> {
        if found == wanted {
            return Some(());
        }
        let code = if found.is_number() { "P203" } else { "P202" };
        let problem = Problem::error(code, format!("`{name}` is {found}, but {wanted} is needed here"))
            .at(span, format!("{found}"));
        self.report(problem);
        None
    }

    /// A written number in its kind's smallest unit.
    pub(crate) fn literal(&mut self, number: Decimal, kind: Kind, span: Span) -> Option<i64> {
        let decimals = self.decimals(kind);
        // Trailing zeros count too: 10.500 is no amount in a currency of two decimals.
        let result = if number.scale() > decimals && !(number.scale() > 0 && number.normalize().scale() == 0 && decimals == 0 && number.is_zero()) {
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
                let problem = Problem::error("P204", format!("{kind} has at most {decimals} decimals"))
                    .at(span, format!("{} decimals", number.scale()))
                    .help("write it with fewer decimals; nothing is rounded silently");
                self.report(problem);
                None
            }
            Err(Inexact::TooLarge) => {
                let problem = Problem::error("P205", "the number is too large").at(span, "does not fit");
                self.report(problem);
                None
            }
        }
    }

    fn operation(&mut self, sign: Arith, left: &Term, right: &Term, kind: Kind, span: Span, phase: Phase) -> Option<Num> {
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
            return literal.map(|value| Num { kind: NumKind::Literal(value), unit: kind, span });
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
                let problem = Problem::error("P203", format!("this is {result}, but {kind} is needed here"))
                    .at(span, format!("{result}"));
                self.report(problem);
                None
            }
            None => {
                let problem = Problem::error("P206", format!("`{}` does not take {} and {}", sign.sign(), left.unit, right.unit))
                    .at(left.span, format!("{}", left.unit))
                    .at(right.span, format!("{}", right.unit));
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
                    let problem = Problem::error("P215", "what this measures cannot be told").at(term.span, "no kind");
                    self.report(problem);
                }
                found
            }
        }
    }
}

/// The kinds that the two sides of an operation take, if they go together. Free sides
/// take the only kind that fits; where two fit, a whole number counts and a decimal is
/// a ratio. `wanted` is the result that is needed, if that is known.
fn kinds_for(sign: Arith, left: Measure, right: Measure, wanted: Option<Kind>) -> Option<(Kind, Kind)> {
    const NUMBERS: [Kind; 4] = [Kind::Days, Kind::Count, Kind::Money, Kind::Ratio];
    let candidates = |side: Measure| -> Vec<Kind> {
        match side {
            Measure::Is(kind) => vec![kind],
            Measure::Free { whole: true } => NUMBERS.to_vec(),
            Measure::Free { whole: false } => vec![Kind::Money, Kind::Ratio],
            Measure::Wrong => Vec::new(),
        }
    };
    let mut fits = Vec::new();
    for a in candidates(left) {
        for b in candidates(right) {
            if let Some((_, result)) = NumOp::of(sign, a, b)
                && wanted.is_none_or(|wanted| wanted == result)
            {
                fits.push((a, b));
            }
        }
    }
    match fits.as_slice() {
        [] => None,
        [only] => Some(*only),
        many => {
            if wanted.is_none() && matches!((left, right), (Measure::Free { .. }, Measure::Free { .. })) {
                return None;
            }
            let natural = |side: Measure, kind: Kind| match side {
                Measure::Is(_) => true,
                Measure::Free { whole: true } => kind == Kind::Count,
                Measure::Free { whole: false } => kind == Kind::Ratio,
                Measure::Wrong => false,
            };
            many.iter()
                .find(|(a, b)| natural(left, *a) && natural(right, *b))
                .or_else(|| many.first())
                .copied()
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

fn units_do_not_meet(left: &Term, x: Kind, right: &Term, y: Kind) -> Problem {
    let problem = Problem::error("P203", format!("cannot compare {x} with {y}"))
        .at(left.span, format!("{x}"))
        .at(right.span, format!("{y}"));
    match (&left.kind, x, y) {
        (TermKind::Name(name), Kind::Days, Kind::Money) => {
            problem.help(format!("`{name}` counts days; for money use `overdue` or `balance`"))
        }
        (TermKind::Name(name), Kind::Count, Kind::Money | Kind::Ratio) => {
            problem.help(format!("`{name}` counts things: compare it with a whole number"))
        }
        (TermKind::Name(name), Kind::Days, _) => {
            problem.help(format!("`{name}` counts days: compare it with a whole number"))
        }
        _ => problem,
    }
}

fn no_operation(sign: Arith, left: &Term, x: Kind, right: &Term, y: Kind, span: Span) -> Problem {
    let help = match sign {
        Arith::Mul => "money times a ratio or a count is money; a ratio times a ratio is a ratio",
        Arith::Div => "money over money is a ratio, money over a count is money, a count over a count is a ratio",
        _ => "both sides must be of one kind",
    };
    let _ = span;
    Problem::error("P206", format!("`{}` does not take {x} and {y}", sign.sign()))
        .at(left.span, format!("{x}"))
        .at(right.span, format!("{y}"))
        .help(help)
}
