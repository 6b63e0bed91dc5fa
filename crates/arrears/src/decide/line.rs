//! A number over the coming days, if nothing happens.

use crate::condition::Cmp;
use crate::number::Cell;

/// A review lies at most this many days ahead.
pub(crate) const HORIZON: i64 = 366;

/// What a number may do once its line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loose {
    Nothing,
    Falls,
    Rises,
    Any,
}

/// A number over the coming days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(super) value: Cell,
    /// What a day adds.
    pub(super) slope: i64,
    /// The first day on which the line need not hold.
    pub(super) until: i64,
    pub(super) then: Loose,
}

impl Line {
    pub(super) const fn still(value: Cell) -> Self {
        Self { value, slope: 0, until: HORIZON, then: Loose::Nothing }
    }

    pub(super) const fn until(value: Cell, until: i64, then: Loose) -> Self {
        Self { value, slope: 0, until, then }
    }
}

/// Whether a truth can only stay if the left side minus the right side moves so.
pub(super) fn withstands(cmp: Cmp, truth: bool, moves: Loose) -> bool {
    matches!(
        (moves, cmp, truth),
        (Loose::Nothing, _, _)
            | (Loose::Falls, Cmp::Lt | Cmp::Le, true)
            | (Loose::Falls, Cmp::Gt | Cmp::Ge, false)
            | (Loose::Rises, Cmp::Gt | Cmp::Ge, true)
            | (Loose::Rises, Cmp::Lt | Cmp::Le, false)
    )
}

/// The other way round.
pub(super) const fn turned(loose: Loose) -> Loose {
    match loose {
        Loose::Falls => Loose::Rises,
        Loose::Rises => Loose::Falls,
        same => same,
    }
}

/// Two sides of a sum.
pub(super) const fn both(a: Loose, b: Loose) -> Loose {
    match (a, b) {
        (Loose::Nothing, other) | (other, Loose::Nothing) => other,
        (Loose::Falls, Loose::Falls) => Loose::Falls,
        (Loose::Rises, Loose::Rises) => Loose::Rises,
        _ => Loose::Any,
    }
}
