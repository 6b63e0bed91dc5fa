//! Reading a condition over one row: true, false or unknown.

use super::{Cmp, FactId, NumOp, Reading, ThresholdId, Truth, WordSet};
use crate::number::Cell;

/// One millionth is the unit of ratios.
const MILLION: i128 = 1_000_000;

/// A row of cells with the policy's thresholds and, once known, the debtor types that
/// the account may have.
#[derive(Clone, Copy, Debug)]
pub struct RowReading<'a> {
    /// The row, by fact.
    pub cells: &'a [Cell],
    /// The thresholds in force.
    pub thresholds: &'a [i64],
    /// The types that the account may have.
    pub types: WordSet,
}

impl RowReading<'_> {
    /// The cell of a fact; unknown if the row is too short.
    #[inline]
    pub fn cell(&self, id: FactId) -> Cell {
        self.cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN)
    }
}

/// An operation on two cells. Unknown beats *never*, and *never* beats numbers.
pub fn operate(op: NumOp, left: Cell, right: Cell) -> Cell {
    let (Some(a), Some(b)) = (left.get(), right.get()) else {
        return if left.is_unknown() || right.is_unknown() { Cell::UNKNOWN } else { Cell::NEVER };
    };
    let (a, b) = (i128::from(a), i128::from(b));
    match op {
        NumOp::Add => Cell::wide(a + b),
        NumOp::Sub => Cell::wide(a - b),
        NumOp::Min => Cell::wide(a.min(b)),
        NumOp::Max => Cell::wide(a.max(b)),
        NumOp::Times => Cell::wide(a * b),
        NumOp::TimesRatio => divide(a * b, MILLION),
        NumOp::RatioOf => divide(a * MILLION, b),
        NumOp::Over => divide(a, b),
    }
}

/// Division rounded half-even; by zero it is unknown.
fn divide(numerator: i128, denominator: i128) -> Cell {
    let (Some(quotient), Some(remainder)) =
        (numerator.checked_div_euclid(denominator), numerator.checked_rem_euclid(denominator))
    else {
        return Cell::UNKNOWN;
    };
    let size = denominator.abs();
    let up = remainder * 2 > size || (remainder * 2 == size && quotient % 2 != 0);
    // Euclidean division leaves a remainder above zero, so "up" is away from the
    // quotient in the direction of the denominator's sign.
    Cell::wide(if up { quotient + denominator.signum() } else { quotient })
}

/// A comparison of two cells: false with *never* on either side, else unknown if one is.
#[inline]
pub fn compare(cmp: Cmp, left: Cell, right: Cell) -> Truth {
    match (left.get(), right.get()) {
        (Some(a), Some(b)) => Truth::of(cmp.holds(a, b)),
        _ if left.is_never() || right.is_never() => Truth::False,
        _ => Truth::Unknown,
    }
}

/// Whether the first has not happened since the second, from days since each.
pub fn not_since(first: Cell, second: Cell) -> Truth {
    if first.is_never() {
        return Truth::True;
    }
    match (first.get(), second.get()) {
        (Some(a), Some(b)) => Truth::of(a > b),
        (Some(_), None) if second.is_never() => Truth::False,
        _ => Truth::Unknown,
    }
}

impl Reading for RowReading<'_> {
    type Truth = Truth;
    type Number = Cell;

    #[inline]
    fn fact(&self, id: FactId) -> Cell {
        self.cell(id)
    }
    #[inline]
    fn literal(&self, value: i64) -> Cell {
        Cell::number(value)
    }
    #[inline]
    fn threshold(&self, id: ThresholdId) -> Cell {
        self.thresholds.get(id.index()).map_or(Cell::UNKNOWN, |value| Cell::number(*value))
    }
    fn op(&self, op: NumOp, left: Cell, right: Cell) -> Cell {
        operate(op, left, right)
    }
    fn negate(&self, inner: Cell) -> Cell {
        inner.get().map_or(inner, |value| Cell::wide(-i128::from(value)))
    }
    fn abs(&self, inner: Cell) -> Cell {
        inner.get().map_or(inner, |value| Cell::wide(i128::from(value).abs()))
    }
    fn number_or(&self, first: Cell, second: Cell) -> Cell {
        if first.is_unknown() { second } else { first }
    }
    fn constant(&self, holds: bool) -> Truth {
        Truth::of(holds)
    }
    #[inline]
    fn flag(&self, id: FactId) -> Truth {
        match self.cell(id).get() {
            Some(set) => Truth::of(set != 0),
            None => Truth::Unknown,
        }
    }
    #[inline]
    fn compare(&self, cmp: Cmp, left: Cell, right: Cell) -> Truth {
        compare(cmp, left, right)
    }
    #[inline]
    fn within(&self, word: Cell, set: WordSet) -> Truth {
        match word.get() {
            Some(position) => Truth::of(set.has(position)),
            None if word.is_never() => Truth::False,
            None => Truth::Unknown,
        }
    }
    fn debtor_type(&self, set: WordSet) -> Truth {
        if self.types.is_empty() {
            Truth::Unknown
        } else if self.types.inside(set) {
            Truth::True
        } else if self.types.apart(set) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
    fn known(&self, id: FactId) -> Truth {
        Truth::of(!self.cell(id).is_unknown())
    }
    fn not_yet(&self, id: FactId) -> Truth {
        let cell = self.cell(id);
        if cell.is_unknown() { Truth::Unknown } else { Truth::of(cell.is_never()) }
    }
    fn not_since(&self, first: FactId, second: FactId) -> Truth {
        not_since(self.cell(first), self.cell(second))
    }
    #[inline]
    fn not(&self, inner: Truth) -> Truth {
        inner.not()
    }
    #[inline]
    fn all(&self, parts: impl Iterator<Item = Truth>) -> Truth {
        let mut truth = Truth::True;
        for part in parts {
            truth = truth.min(part);
            if truth.is_false() {
                break;
            }
        }
        truth
    }
    #[inline]
    fn any(&self, parts: impl Iterator<Item = Truth>) -> Truth {
        let mut truth = Truth::False;
        for part in parts {
            truth = truth.max(part);
            if truth.is_true() {
                break;
            }
        }
        truth
    }
    fn truth_or(&self, first: Truth, second: Truth) -> Truth {
        if first.is_unknown() { second } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(value: i64) -> Cell {
        Cell::number(value)
    }

    #[test]
    fn half_a_cent_goes_to_the_even_cent() {
        let half = |cents| operate(NumOp::TimesRatio, number(cents), number(500_000));
        assert_eq!(half(25), number(12));
        assert_eq!(half(35), number(18));
        assert_eq!(half(-25), number(-12));
        assert_eq!(half(-35), number(-18));
    }

    #[test]
    fn division_by_zero_and_overflow_are_unknown() {
        assert_eq!(operate(NumOp::Over, number(5), number(0)), Cell::UNKNOWN);
        assert_eq!(operate(NumOp::Times, number(i64::MAX), number(2)), Cell::UNKNOWN);
    }

    #[test]
    fn a_comparison_with_never_is_false_either_way_round() {
        for cmp in [Cmp::Lt, Cmp::Le, Cmp::Eq, Cmp::Ne, Cmp::Ge, Cmp::Gt] {
            assert_eq!(compare(cmp, Cell::NEVER, number(3)), Truth::False);
            assert_eq!(compare(cmp, number(3), Cell::NEVER), Truth::False);
            assert_eq!(compare(cmp, Cell::UNKNOWN, Cell::NEVER), Truth::False);
        }
    }

    #[test]
    fn what_happened_on_the_same_day_has_happened_since() {
        assert_eq!(not_since(number(3), number(3)), Truth::False);
        assert_eq!(not_since(number(4), number(3)), Truth::True);
        assert_eq!(not_since(Cell::NEVER, Cell::UNKNOWN), Truth::True);
        assert_eq!(not_since(number(4), Cell::NEVER), Truth::False);
        assert_eq!(not_since(Cell::UNKNOWN, Cell::NEVER), Truth::Unknown);
    }

    proptest! {
        #[test]
        fn a_quotient_is_the_nearest_whole_number(a in -10_000_i64..10_000, b in -300_i64..300) {
            prop_assume!(b != 0);
            let quotient = operate(NumOp::Over, number(a), number(b)).get().unwrap();
            prop_assert!((quotient * b - a).abs() * 2 <= b.abs());
        }
    }
}
