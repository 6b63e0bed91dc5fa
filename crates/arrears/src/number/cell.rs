//! One value of one fact: a number, *never*, or unknown.

/// What a row holds for a fact: a fixed-point number, *never*, or unknown.
///
/// Flags are 0 and 1, words are their position in the fact's vocabulary. A number
/// that does not fit is unknown, so arithmetic can neither wrap nor fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell(i64); // INVARIANT: i64::MIN is unknown, i64::MIN + 1 is never.

impl Cell {
    /// Not known. It is an ordinary third truth, never a zero.
    pub const UNKNOWN: Self = Self(i64::MIN);
    /// Known not to have happened, as in "days since the last demand: never".
    pub const NEVER: Self = Self(i64::MIN + 1);
    /// A flag that is set.
    pub const TRUE: Self = Self(1);
    /// A flag that is not set.
    pub const FALSE: Self = Self(0);

    /// A number. The two lowest values of `i64` do not exist as numbers and give unknown.
    pub const fn number(value: i64) -> Self {
        if value <= i64::MIN + 1 { Self::UNKNOWN } else { Self(value) }
    }

    /// A number computed in wider arithmetic; what does not fit is unknown.
    pub fn wide(value: i128) -> Self {
        i64::try_from(value).map_or(Self::UNKNOWN, Self::number)
    }

    /// A flag.
    pub const fn flag(set: bool) -> Self {
        if set { Self::TRUE } else { Self::FALSE }
    }

    /// The number, if it is one.
    pub const fn get(self) -> Option<i64> {
        if self.0 <= i64::MIN + 1 { None } else { Some(self.0) }
    }

    /// Whether nothing is known.
    pub const fn is_unknown(self) -> bool {
        self.0 == i64::MIN
    }

    /// Whether it is known never to have happened.
    pub const fn is_never(self) -> bool {
        self.0 == i64::MIN + 1
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn a_number_that_does_not_fit_is_unknown_not_wrapped() {
        assert_eq!(Cell::wide(i128::from(i64::MAX) + 1), Cell::UNKNOWN);
        assert_eq!(Cell::number(i64::MIN), Cell::UNKNOWN);
        assert_eq!(Cell::number(i64::MIN + 1), Cell::UNKNOWN);
        assert_eq!(Cell::number(-5).get(), Some(-5));
    }

    #[test]
    fn never_is_known_and_is_not_a_number() {
        assert!(!Cell::NEVER.is_unknown());
        assert_eq!(Cell::NEVER.get(), None);
    }
}
