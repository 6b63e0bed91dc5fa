//! A number over the coming days, if nothing happens.
//!
//! Days are counted from the day of the decision, which is day 0. What moves a number off
//! its line is of two sorts: a *turn* is told by the row, so that the row of that day is
//! known; *drift* is not told, and from its first day on nobody knows the number.

use crate::condition::Cmp;
use crate::number::Cell;

/// Numbers beyond this may come not to fit: no account has any, but a review must not be late for it.
const TOO_LARGE: u64 = i64::MAX.unsigned_abs() / 2;

/// A day, counted from the day of the decision.
pub(crate) type Day = i16;

/// A review lies at most this many days ahead.
pub(crate) const HORIZON: Day = 366;

/// Later than every day that is looked at.
pub(crate) const LATER: Day = 10_000;

/// In which direction a number may leave its line.
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
    pub(super) slope: i8,
    /// The first day on which the row itself tells something else, and which way.
    pub(super) turn: Day,
    pub(super) turns: Loose,
    /// The first day that the row does not tell, and which way the number may then go.
    pub(super) untold: Day,
    pub(super) drifts: Loose,
    /// Whether a decision may change it overnight.
    pub(super) state: bool,
}

impl Line {
    pub(super) const fn still(value: Cell) -> Self {
        Self {
            value,
            slope: 0,
            turn: LATER,
            turns: Loose::Nothing,
            untold: LATER,
            drifts: Loose::Nothing,
            state: false,
        }
    }

    pub(super) const fn sloping(value: Cell, slope: i8) -> Self {
        Self { slope, ..Self::still(value) }
    }

    /// The same line, but looked at anew every day if it moves and its number is so large that it may come not to
    /// fit, and be unknown.
    pub(super) fn fitting(self, day: Day) -> Self {
        let fits = self.value.get().is_none_or(|number| number.unsigned_abs() <= TOO_LARGE);
        let stands = self.slope == 0 && self.turn > HORIZON && self.untold > HORIZON;
        if fits || stands {
            return self;
        }
        Self { slope: 0, ..self.unclear() }.turning(day.saturating_add(1), Loose::Any)
    }

    /// The same line up to a turn, if the turn comes before the one that it has.
    pub(super) fn turning(self, turn: Day, turns: Loose) -> Self {
        if turn >= LATER {
            return self;
        }
        Self { turn: self.turn.min(turn), turns: both(self.turns, turns), ..self }
    }

    /// The same line, told up to a day.
    pub(super) fn drifting(self, untold: Day, drifts: Loose) -> Self {
        if untold >= LATER {
            return self;
        }
        Self { untold: self.untold.min(untold), drifts: both(self.drifts, drifts), ..self }
    }

    /// A number computed from two: nothing is known of it while one of them is unknown.
    pub(super) fn computed(value: Cell, left: &Self, right: &Self) -> Self {
        let state = left.state || right.state;
        match (left.value.is_unknown(), right.value.is_unknown()) {
            (true, false) => Self { value, slope: 0, state, ..*left },
            (false, true) => Self { value, slope: 0, state, ..*right },
            _ => Self { value, ..left.ends_with(right) },
        }
    }

    /// The same line with a slope; where that is too steep to be told, only for today.
    pub(super) fn with_slope(self, day: Day, slope: Option<i8>) -> Self {
        match slope {
            Some(slope) => Self { slope, ..self },
            None => self.turning(day.saturating_add(1), Loose::Any),
        }
    }

    /// The ends of a comparison. *Never* on one side decides it for as long as it is never;
    /// an unknown side does for as long as the other does not become *never*.
    pub(super) fn against(&self, right: &Self) -> Self {
        match (self.value.is_never(), right.value.is_never()) {
            (true, false) => return *self,
            (false, true) => return *right,
            _ => {}
        }
        match (self.value.is_unknown(), right.value.is_unknown()) {
            (true, false) => self.ends_with(&right.if_any()),
            (false, true) => self.if_any().ends_with(right),
            _ => self.ends_with(right),
        }
    }

    /// The ends of two lines, whichever comes first.
    pub(super) fn ends_with(&self, right: &Self) -> Self {
        Self {
            value: self.value,
            slope: 0,
            turn: self.turn.min(right.turn),
            turns: both(self.turns, right.turns),
            untold: self.untold.min(right.untold),
            drifts: both(self.drifts, right.drifts),
            state: self.state || right.state,
        }
    }

    /// The line with only those ends after which it need not be a number.
    pub(super) const fn if_any(&self) -> Self {
        let (turn, turns) =
            if matches!(self.turns, Loose::Any) { (self.turn, Loose::Any) } else { (LATER, Loose::Nothing) };
        let (untold, drifts) =
            if matches!(self.drifts, Loose::Any) { (self.untold, Loose::Any) } else { (LATER, Loose::Nothing) };
        Self { turn, turns, untold, drifts, ..*self }
    }

    /// The same ends for the number with the other sign.
    pub(super) const fn turned(&self) -> Self {
        Self { turns: turned(self.turns), drifts: turned(self.drifts), ..*self }
    }

    /// The same number, of which nothing is known once its line ends.
    pub(super) fn unclear(self) -> Self {
        let any = |loose| if loose == Loose::Nothing { Loose::Nothing } else { Loose::Any };
        Self { turns: any(self.turns), drifts: any(self.drifts), ..self }
    }
}

/// Whether a truth can only stay if the left side minus the right side moves so.
pub(super) const fn withstands(cmp: Cmp, truth: bool, moves: Loose) -> bool {
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
const fn turned(loose: Loose) -> Loose {
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

/// The day that lies `days` after `day`; what lies in the past or beyond counting is later
/// than every day.
pub(super) fn after(day: Day, days: i64) -> Day {
    match Day::try_from(days) {
        Ok(days @ 1..LATER) => day.saturating_add(days).min(LATER),
        _ => LATER,
    }
}

/// The first day after `day` on which `cmp` of a sloping difference with zero is otherwise.
pub(super) fn crossing(day: Day, difference: Cell, slope: i16, cmp: Cmp) -> Day {
    let Some(today) = difference.get() else { return LATER };
    if slope == 0 {
        return LATER;
    }
    let (today, slope) = (i128::from(today), i128::from(slope));
    let holds = |value: i128| cmp.holds(i64::try_from(value.signum()).unwrap_or(0), 0);
    let truth = holds(today);
    // The days on which the line stands at zero or just past it are the only ones on which
    // a comparison with zero can change.
    let near = match slope {
        // Wide division is slow, and nearly every slope is a day's.
        1 => -today,
        -1 => today,
        _ => -today / slope,
    };
    let differs = |days: i128| holds(today + slope * days) != truth;
    let candidates = [1, near - 1, near, near + 1];
    let first = candidates.into_iter().filter(|days| *days >= 1 && differs(*days)).min();
    first.map_or(LATER, |days| after(day, i64::try_from(days).unwrap_or(i64::MAX)))
}
