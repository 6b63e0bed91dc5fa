//! The one walk that gives conditions their meaning.
//!
//! A condition is data. It is walked here and nowhere else; what its leaves and
//! connectives *mean* is a [`Reading`]: for one row a truth, for reasons a tree, for
//! the calendar the days for which a truth surely stays.

use super::{Cmp, Cond, CondKind, FactId, Num, NumKind, NumOp, ThresholdId, WordSet};

/// A reading of conditions.
pub trait Reading {
    /// What a condition gives.
    type Truth;
    /// What a number or a word gives.
    type Number;

    /// A fact of the row.
    fn fact(&self, id: FactId) -> Self::Number;
    /// A written number.
    fn literal(&self, value: i64) -> Self::Number;
    /// A threshold's value.
    fn threshold(&self, id: ThresholdId) -> Self::Number;
    /// An operation on two numbers.
    fn op(&self, op: NumOp, left: Self::Number, right: Self::Number) -> Self::Number;
    /// The number with the other sign.
    fn negate(&self, inner: Self::Number) -> Self::Number;
    /// The number without its sign.
    fn abs(&self, inner: Self::Number) -> Self::Number;
    /// The first, or the second where the first is unknown.
    fn number_or(&self, first: Self::Number, second: Self::Number) -> Self::Number;
    /// The same for every account.
    fn constant(&self, holds: bool) -> Self::Truth;
    /// A yes-or-no fact.
    fn flag(&self, id: FactId) -> Self::Truth;
    /// One number against another.
    fn compare(&self, cmp: Cmp, left: Self::Number, right: Self::Number) -> Self::Truth;
    /// A word against a set.
    fn within(&self, word: Self::Number, set: WordSet) -> Self::Truth;
    /// The account's debtor type against a set.
    fn debtor_type(&self, set: WordSet) -> Self::Truth;
    /// Whether the fact is known.
    fn known(&self, id: FactId) -> Self::Truth;
    /// Whether it has never happened.
    fn not_yet(&self, id: FactId) -> Self::Truth;
    /// Whether the first has not happened since the second.
    fn not_since(&self, first: FactId, second: FactId) -> Self::Truth;
    /// The opposite.
    fn not(&self, inner: Self::Truth) -> Self::Truth;
    /// All of them.
    fn all(&self, parts: impl Iterator<Item = Self::Truth>) -> Self::Truth;
    /// At least one of them.
    fn any(&self, parts: impl Iterator<Item = Self::Truth>) -> Self::Truth;
    /// The first, or the second where the first is unknown.
    fn truth_or(&self, first: Self::Truth, second: Self::Truth) -> Self::Truth;
    /// What a condition gives without being read part by part, where that is known; the
    /// default knows nothing and costs nothing.
    #[inline]
    fn short(&self, _cond: &Cond) -> Option<Self::Truth> {
        None
    }
    /// Sees each finished condition; the default does nothing and costs nothing.
    #[inline]
    fn seen(&self, _cond: &Cond, truth: Self::Truth) -> Self::Truth {
        truth
    }
    /// Sees each finished number; the default does nothing and costs nothing.
    #[inline]
    fn seen_number(&self, _num: &Num, number: Self::Number) -> Self::Number {
        number
    }
}

impl Cond {
    /// Reads the condition.
    pub fn read<R: Reading>(&self, reading: &R) -> R::Truth {
        if let Some(truth) = reading.short(self) {
            return truth;
        }
        let truth = match &self.kind {
            CondKind::Constant(holds) => reading.constant(*holds),
            CondKind::Flag(id) => reading.flag(*id),
            CondKind::Compare(cmp, left, right) => reading.compare(*cmp, left.read(reading), right.read(reading)),
            CondKind::Within(word, set) => reading.within(word.read(reading), *set),
            CondKind::DebtorType(set) => reading.debtor_type(*set),
            CondKind::Known(id) => reading.known(*id),
            CondKind::NotYet(id) => reading.not_yet(*id),
            CondKind::NotSince(first, second) => reading.not_since(*first, *second),
            CondKind::Not(inner) => reading.not(inner.read(reading)),
            CondKind::All(parts) => reading.all(parts.iter().map(|part| part.read(reading))),
            CondKind::Any(parts) => reading.any(parts.iter().map(|part| part.read(reading))),
            CondKind::Coalesce(first, second) => reading.truth_or(first.read(reading), second.read(reading)),
            CondKind::Define(_, inner) => inner.read(reading),
        };
        reading.seen(self, truth)
    }
}

impl Num {
    /// Reads the number.
    pub fn read<R: Reading>(&self, reading: &R) -> R::Number {
        let number = match &self.kind {
            NumKind::Fact(id) => reading.fact(*id),
            NumKind::Literal(value) => reading.literal(*value),
            NumKind::Threshold(id) => reading.threshold(*id),
            NumKind::Op(op, left, right) => reading.op(*op, left.read(reading), right.read(reading)),
            NumKind::Negate(inner) => reading.negate(inner.read(reading)),
            NumKind::Abs(inner) => reading.abs(inner.read(reading)),
            NumKind::Coalesce(first, second) => reading.number_or(first.read(reading), second.read(reading)),
        };
        reading.seen_number(self, number)
    }
}
