//! The parts of the work on a table, for whoever measures where its time goes.

use super::program::Op;

/// A part of the work. [`super::Portfolio::decide_watched`] tells when one has been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Part {
    /// Columns made ready and read into lanes.
    Fill,
    /// Facts finished: expired ones, defaults of the state, what was learned, derived ones.
    Facts,
    /// Conditions and numbers.
    Conditions,
    /// Debtor types, holds and the ladder.
    Ladder,
    /// Duties, acts and relief.
    Work,
    /// Treatments.
    Treatments,
    /// Decisions written as columns.
    Write,
    /// Next reviews, as far as they are found in columns.
    Reviews,
    /// Rows decided by the row engine.
    Rows,
}

impl Part {
    /// Every part, in the order of the work.
    pub const ALL: [Self; 9] = [
        Self::Fill,
        Self::Facts,
        Self::Conditions,
        Self::Ladder,
        Self::Work,
        Self::Treatments,
        Self::Write,
        Self::Reviews,
        Self::Rows,
    ];

    pub(super) const fn of(op: &Op, facts: bool) -> Self {
        match op {
            Op::Fill(_) => Self::Fill,
            Op::Types { .. } | Op::Place => Self::Ladder,
            Op::Work => Self::Work,
            Op::Turn => Self::Treatments,
            _ if facts => Self::Facts,
            _ => Self::Conditions,
        }
    }
}
