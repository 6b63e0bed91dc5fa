//! From written numbers to typed ones: literals, facts, thresholds.

use super::measures::Measure;
use super::thresholds::number_of;
use super::wording::{describe, shown};
use super::{Checker, Phase};
use crate::condition::FUNCTIONS;
use crate::condition::{Num, NumKind, Term, TermKind};
use crate::draft::Keyword;
use crate::facts::ParametricKind;
use crate::number::{Inexact, Kind, fixed};
use crate::problem::Problem;
use crate::span::Span;
use rust_decimal::Decimal;

impl Checker<'_> {
    /// Two sides of a comparison, of one kind.
    pub(crate) fn two_numbers(&mut self, left: &Term, right: &Term, phase: Phase) -> Option<(Num, Num)> {
        self.comparable(left, right)?;
        let (a, b) = (self.measure(left), self.measure(right));
        let kind = match (a, b) {
            (Measure::Is(kind), Measure::Free { .. }) | (Measure::Free { .. }, Measure::Is(kind)) => kind,
            (Measure::Is(x), Measure::Is(y)) if x == y => x,
            (Measure::Is(x), Measure::Is(y)) => {
                if !self.two_uses(left, x, right, y) {
                    self.report(units_do_not_meet(left, x, right, y));
                }
                return None;
            }
            (Measure::Free { .. }, Measure::Free { .. }) => {
                return self.nothing_measured(left.span.to(right.span));
            }
            (Measure::Wrong, _) | (_, Measure::Wrong) => {
                self.one_is_wrong((left, a), (right, b), phase);
                return None;
            }
        };
        if a != Measure::Is(kind) && b == Measure::Is(kind) {
            self.literal_fits(left, right, kind)?;
        } else if b != Measure::Is(kind) {
            self.literal_fits(right, left, kind)?;
        }
        let left = self.num(left, kind, phase);
        let right = self.num(right, kind, phase);
        Some((left?, right?))
    }

    /// Reports what is wrong with a side that measures nothing, and with the other one. A
    /// threshold beside it is not used: its kind would be a guess.
    pub(crate) fn one_is_wrong(&mut self, left: (&Term, Measure), right: (&Term, Measure), phase: Phase) {
        for ((term, measure), (_, other)) in [(left, right), (right, left)] {
            let kind = match measure {
                Measure::Is(kind) => kind,
                Measure::Wrong => other.settled().unwrap_or(Kind::Count),
                Measure::Free { .. } => continue,
            };
            self.num(term, kind, phase);
        }
    }

    /// Words and conditions are not compared as numbers are.
    fn comparable(&mut self, left: &Term, right: &Term) -> Option<()> {
        let problem = match (self.is_word(left), self.is_word(right)) {
            (true, true) => Problem::error("P214", "words are compared with texts, not with each other")
                .at(left.span, "a word")
                .at(right.span, "a word"),
            (true, false) => not_a_word(left, right),
            (false, true) => not_a_word(right, left),
            (false, false) if self.is_condition(left) && self.is_condition(right) => {
                Problem::error("P202", "conditions are not compared with each other")
                    .at(left.span, "true or false")
                    .at(right.span, "true or false")
                    .help("for both or neither write `a && b || !a && !b`")
            }
            (false, false) => return Some(()),
        };
        self.report(problem);
        None
    }

    fn is_word(&self, term: &Term) -> bool {
        matches!(&term.kind, TermKind::Name(name) if self.fact_kind(name) == Some(Kind::Category))
    }

    fn is_condition(&self, term: &Term) -> bool {
        match &term.kind {
            TermKind::Name(name) => {
                self.fact_kind(name) == Some(Kind::Flag) || self.declared.find(Keyword::Define, name).is_some()
            }
            TermKind::Call(function, _) => {
                matches!(function.text.as_str(), "known" | "not_yet" | "not_since" | "consent" | "opted_out" | "tag")
            }
            TermKind::Not(_) | TermKind::All(_) | TermKind::Any(_) | TermKind::Compare(..) | TermKind::In(..) => true,
            _ => false,
        }
    }

    /// Reports a threshold that is compared with another kind than it was used as before;
    /// whether one of the two is such a threshold.
    fn two_uses(&mut self, left: &Term, x: Kind, right: &Term, y: Kind) -> bool {
        for (term, kind) in [(left, y), (right, x)] {
            if let TermKind::Name(name) = &term.kind
                && let Some(index) = self.threshold(name)
            {
                self.use_threshold(index, kind, term.span);
                return true;
            }
        }
        false
    }

    /// Reports that nothing says what is measured.
    fn nothing_measured<T>(&mut self, span: Span) -> Option<T> {
        let problem = Problem::error("P215", "nothing here says what is measured")
            .at(span, "the same for every account")
            .help("let it read a fact");
        self.report(problem);
        None
    }

    /// A number with decimals beside days or a count is money or a ratio in the
    /// author's mind: the units do not meet.
    fn literal_fits(&mut self, literal: &Term, other: &Term, kind: Kind) -> Option<()> {
        let Some(number) = number_of(literal) else {
            return Some(());
        };
        if number.scale() == 0 || !matches!(kind, Kind::Days | Kind::Count) {
            return Some(());
        }
        let meant = if number.scale() == self.digits { Kind::Money } else { Kind::Ratio };
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
                None if matches!(function.text.as_str(), "min" | "max" | "abs") => {
                    return self.wrong_arguments(function, arguments);
                }
                None if !FUNCTIONS.contains(&function.text.as_str()) => {
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
        let problem =
            Problem::error(code, format!("`{name}` is {found}, expected {wanted}")).at(span, format!("{found}"));
        self.report(problem);
        None
    }

    /// A written number in its kind's smallest unit.
    pub(crate) fn literal(&mut self, number: Decimal, kind: Kind, span: Span) -> Option<i64> {
        let decimals = self.decimals(kind);
        // Trailing zeros count too: 10.500 is no amount in a currency of two decimals.
        let result =
            if number.scale() > decimals { Err(Inexact::TooManyDecimals(decimals)) } else { fixed(number, decimals) };
        match result {
            Ok(value) => Some(value),
            Err(Inexact::TooManyDecimals(0)) => {
                let problem =
                    Problem::error("P204", format!("{kind} cannot have decimals")).at(span, "expected a whole number");
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

    /// A number whose kind nothing around it decides: what it measures by itself.
    pub(crate) fn any_number(&mut self, term: &Term, phase: Phase) -> Option<Num> {
        match self.measure(term) {
            Measure::Is(kind) => self.num(term, kind, phase),
            Measure::Free { .. } => self.nothing_measured(term.span),
            // Checking it as a ratio reports what is wrong with its parts.
            Measure::Wrong => self.num(term, Kind::Ratio, phase),
        }
    }
}

/// A word that is compared with something that is no text.
fn not_a_word(word: &Term, other: &Term) -> Problem {
    Problem::error("P214", format!("{} is a word, not a number", describe(&word.kind)))
        .at(word.span, "a word")
        .at(other.span, "no text")
        .help(format!("compare it with a text, as in `{} == \"...\"`", shown(word)))
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
        _ => problem.help("compare days with days, counts with counts, money with money"),
    }
}
