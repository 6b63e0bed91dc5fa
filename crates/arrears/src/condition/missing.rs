//! Which missing facts make a condition unknown.

use super::{Cmp, Cond, FactId, NumOp, Reading, RowReading, ThresholdId, Truth, WordSet};
use crate::number::Cell;

/// Adds to `found` the facts for want of which `cond` is unknown, each once.
///
/// A missing fact that could not change the truth (one side of an `||` whose other
/// side holds) is not named.
pub fn missing_facts(cond: &Cond, row: RowReading<'_>, found: &mut Vec<FactId>) {
    let blamed = cond.read(&Blame { row });
    if blamed.value.is_unknown() {
        for fact in blamed.missing {
            if !found.contains(&fact) {
                found.push(fact);
            }
        }
    }
}

struct Blame<'a> {
    row: RowReading<'a>,
}

/// A value and the missing facts behind it.
struct Blamed<T> {
    value: T,
    missing: Vec<FactId>,
}

impl<T> Blamed<T> {
    const fn clear(value: T) -> Self {
        Self { value, missing: Vec::new() }
    }

    fn with(value: T, mut missing: Vec<FactId>, more: Vec<FactId>) -> Self {
        missing.extend(more);
        Self { value, missing }
    }
}

impl Blame<'_> {
    fn leaf(&self, truth: Truth, facts: &[FactId]) -> Blamed<Truth> {
        let missing = facts.iter().copied().filter(|fact| self.row.cell(*fact).is_unknown());
        Blamed { value: truth, missing: missing.collect() }
    }

    /// Joins parts; only parts that are themselves unknown are to blame.
    fn join(
        parts: impl Iterator<Item = Blamed<Truth>>,
        start: Truth,
        pick: fn(Truth, Truth) -> Truth,
    ) -> Blamed<Truth> {
        let mut joined = Blamed::clear(start);
        for part in parts {
            joined.value = pick(joined.value, part.value);
            if part.value.is_unknown() {
                joined.missing.extend(part.missing);
            }
        }
        joined
    }
}

impl Reading for Blame<'_> {
    type Truth = Blamed<Truth>;
    type Number = Blamed<Cell>;

    fn fact(&self, id: FactId) -> Self::Number {
        let value = self.row.fact(id);
        let missing = if value.is_unknown() { vec![id] } else { Vec::new() };
        Blamed { value, missing }
    }
    fn literal(&self, value: i64) -> Self::Number {
        Blamed::clear(self.row.literal(value))
    }
    fn threshold(&self, id: ThresholdId) -> Self::Number {
        Blamed::clear(self.row.threshold(id))
    }
    fn op(&self, op: NumOp, left: Self::Number, right: Self::Number) -> Self::Number {
        Blamed::with(self.row.op(op, left.value, right.value), left.missing, right.missing)
    }
    fn negate(&self, inner: Self::Number) -> Self::Number {
        Blamed { value: self.row.negate(inner.value), missing: inner.missing }
    }
    fn abs(&self, inner: Self::Number) -> Self::Number {
        Blamed { value: self.row.abs(inner.value), missing: inner.missing }
    }
    fn number_or(&self, first: Self::Number, second: Self::Number) -> Self::Number {
        Blamed::with(self.row.number_or(first.value, second.value), first.missing, second.missing)
    }
    fn constant(&self, holds: bool) -> Self::Truth {
        Blamed::clear(Truth::of(holds))
    }
    fn flag(&self, id: FactId) -> Self::Truth {
        self.leaf(self.row.flag(id), &[id])
    }
    fn compare(&self, cmp: Cmp, left: Self::Number, right: Self::Number) -> Self::Truth {
        Blamed::with(self.row.compare(cmp, left.value, right.value), left.missing, right.missing)
    }
    fn within(&self, word: Self::Number, set: WordSet) -> Self::Truth {
        Blamed { value: self.row.within(word.value, set), missing: word.missing }
    }
    fn debtor_type(&self, set: WordSet) -> Self::Truth {
        // What makes the type unknown is reported with the type.
        Blamed::clear(self.row.debtor_type(set))
    }
    fn known(&self, id: FactId) -> Self::Truth {
        Blamed::clear(self.row.known(id))
    }
    fn not_yet(&self, id: FactId) -> Self::Truth {
        self.leaf(self.row.not_yet(id), &[id])
    }
    fn not_since(&self, first: FactId, second: FactId) -> Self::Truth {
        self.leaf(self.row.not_since(first, second), &[first, second])
    }
    fn not(&self, inner: Self::Truth) -> Self::Truth {
        Blamed { value: inner.value.not(), missing: inner.missing }
    }
    fn all(&self, parts: impl Iterator<Item = Self::Truth>) -> Self::Truth {
        Self::join(parts, Truth::True, Truth::min)
    }
    fn any(&self, parts: impl Iterator<Item = Self::Truth>) -> Self::Truth {
        Self::join(parts, Truth::False, Truth::max)
    }
    fn truth_or(&self, first: Self::Truth, second: Self::Truth) -> Self::Truth {
        let value = self.row.truth_or(first.value, second.value);
        Blamed::with(value, first.missing, second.missing)
    }
}
