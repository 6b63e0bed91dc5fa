//! How far the decision of one day surely stays, for whoever decides many accounts at once.
//!
//! [`super::decide`] notes what a decision has looked at, and so finds the days on which it
//! may differ with hardly one too many. Here everything that a policy could look at is
//! watched: a day may be named on which nothing differs, but none is passed over.

use super::line::HORIZON;
use super::moved::{Windows, move_on};
use super::outlook::falls;
use super::watch::Watch;
use crate::condition::{FactId, WordSet};
use crate::number::Cell;
use crate::policy::{Hidden, Moves, Policy, StageId};

/// Later than every day that is looked at.
const LATER: i64 = i64::MAX;

/// What is watched of the rows of a table, and how they go on if nothing happens.
#[derive(Debug)]
pub struct Foresight {
    watch: Watch,
}

/// Where a decision puts an account, as far as the days ahead depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The debtor type.
    pub types: WordSet,
    /// The stage.
    pub stage: StageId,
    /// The rung.
    pub rung: StageId,
    /// By position in the policy, the signs that are seen on the day; those beyond 64 cannot
    /// be told.
    pub seen: u64,
}

impl Foresight {
    /// A review lies at most so many days ahead.
    pub const HORIZON: i64 = HORIZON as i64;

    /// Of rows in which some facts are the same for all; `fixed` gives those. None if the
    /// policy asks for what only the row engine follows: days since the last decision, nights
    /// that are caught up with.
    pub fn of(policy: &Policy, fixed: &dyn Fn(FactId) -> Option<Cell>) -> Option<Self> {
        Watch::of(policy, fixed).map(|watch| Self { watch })
    }

    /// The facts that a night may change.
    pub fn moving(&self) -> &[FactId] {
        &self.watch.moving
    }

    /// The facts that must be told of a row: those that move, and by which they move.
    pub fn needs(&self) -> &[FactId] {
        &self.watch.needs
    }

    /// The first day, from 1 on, of which today's row does not tell everything.
    pub fn untold(&self, policy: &Policy, cells: &[Cell]) -> i64 {
        let course = &policy.body.course;
        let mut untold = LATER;
        for (fact, drops) in &self.watch.windows {
            let rises = !matches!(course.motion(*fact).moves, Moves::Expires { .. });
            let falls = falls(at(cells, Some(*fact)), at(cells, *drops), rises);
            untold = untold.min(falls.unwrap_or(LATER));
        }
        if at(cells, course.dpd) == Cell::number(0) && at(cells, course.days_to_due).is_unknown() {
            untold = untold.min(i64::from(policy.body.head.review_within.max(1)));
        }
        untold
    }

    /// Turns the row of a day into what its decision leaves, and says on which day, from
    /// `day + 1` on, the decision may first differ. `untold` becomes earlier where the row
    /// tells less than it did; `before` is a place to work in.
    pub fn leave(
        &self,
        policy: &Policy,
        cells: &mut [Cell],
        before: &mut Vec<Cell>,
        (day, standing): (i64, Standing),
        untold: &mut i64,
    ) -> i64 {
        before.clear();
        before.extend(self.watch.state.iter().map(|fact| at(cells, Some(*fact))));
        let nightly = at(cells, Some(policy.body.known.days_since_decision)) == Cell::number(1);
        let Standing { types, stage, rung, seen } = standing;
        policy.leave(cells, types, stage, rung, |index, _| is_seen(seen, index));
        *untold = (*untold).min(self.drifts(policy, cells, day)).min(self.signs_end(policy, cells, day, seen));
        let stays = |(fact, before): (&FactId, &Cell)| at(cells, Some(*fact)) == *before;
        let steady = nightly && self.watch.state.iter().zip(before.iter()).all(stays);
        if steady { day.saturating_add(self.next(policy, cells)) } else { day + 1 }
    }

    /// Moves what a day's decision left to the morning of the day that lies `days` later, if
    /// every night until then decides alike. Facts that are computed or grow too old are left
    /// to the caller.
    pub fn carry(&self, policy: &Policy, cells: &mut [Cell], left: &[Cell], days: i64, seen: u64) {
        move_on(policy, &self.watch.movers, cells, left, days, Windows::Fall);
        let mut set = |id: FactId, value: Cell| {
            if let Some(cell) = cells.get_mut(id.index()) {
                *cell = value;
            }
        };
        set(policy.body.known.days_since_decision, Cell::number(1));
        for (index, sign) in policy.body.signs.iter().enumerate() {
            if let Some(since) = sign.since.filter(|_| is_seen(seen, index)) {
                set(since, Cell::number(1));
            }
        }
    }

    /// In how many days something that is watched may change.
    fn next(&self, policy: &Policy, cells: &[Cell]) -> i64 {
        let watch = &self.watch;
        let mut next = LATER;
        for (fact, edges) in &watch.edges {
            let Some(value) = at(cells, Some(*fact)).get() else { continue };
            // An edge at `n` lies between `n - 1` and `n`.
            let above = edges.partition_point(|edge| *edge <= value);
            let days = match slope(policy, *fact, value, cells) {
                1 => edges.get(above).map(|edge| edge.saturating_sub(value)),
                -1 => {
                    above.checked_sub(1).and_then(|place| edges.get(place)).map(|edge| value.saturating_sub(*edge) + 1)
                }
                _ => None,
            };
            next = next.min(days.unwrap_or(LATER));
        }
        for fact in &watch.passes {
            if let Some(days) = at(cells, Some(*fact)).get().filter(|days| *days >= 0) {
                next = next.min(days.saturating_add(1));
            }
        }
        for (fact, age, days) in &watch.ages {
            if !at(cells, Some(*fact)).is_unknown() {
                let left = at(cells, Some(*age)).get().map_or(1, |age| days.saturating_sub(age).saturating_add(1));
                next = next.min(left.max(1));
            }
        }
        for (first, second) in &watch.pairs {
            next = next.min(meet(policy, *first, *second, cells));
        }
        let moves =
            |fact: &FactId| at(cells, Some(*fact)).get().is_some_and(|value| slope(policy, *fact, value, cells) != 0);
        if watch.computed.iter().any(moves) {
            next = 1;
        }
        let dpd = at(cells, policy.body.course.dpd).get().filter(|dpd| *dpd > 0);
        for fact in &watch.peaks {
            if let (Some(peak), Some(dpd)) = (at(cells, Some(*fact)).get(), dpd) {
                next = next.min(peak.saturating_sub(dpd).saturating_add(1).max(1));
            }
        }
        for fact in &watch.waits {
            if let Some(days) = at(cells, Some(*fact)).get().filter(|days| *days > 0) {
                next = next.min(days);
            }
        }
        next
    }

    /// The first day of which the row does not tell a fact that may rise unseen.
    fn drifts(&self, policy: &Policy, cells: &[Cell], day: i64) -> i64 {
        let course = &policy.body.course;
        let dpd = at(cells, course.dpd).get();
        let mut first = LATER;
        for fact in &self.watch.drifting {
            let cell = at(cells, Some(*fact));
            let days = match (course.motion(*fact).moves, cell.get()) {
                (Moves::Ages { .. }, None) if cell.is_never() => match at(cells, course.days_to_due).get() {
                    Some(due) if due >= 0 => due.saturating_add(1),
                    _ => continue,
                },
                (Moves::Ages { months: true } | Moves::Rises, Some(_)) => 1,
                (Moves::Late { hidden, .. }, Some(value)) if value <= 0 => match hidden {
                    Hidden::Never => continue,
                    Hidden::WhileLate if dpd == Some(0) => continue,
                    Hidden::WhileLate | Hidden::Always => 1,
                },
                (Moves::Reaches { .. } | Moves::Peak { .. }, Some(_)) if dpd.is_none() => 1,
                _ => continue,
            };
            first = first.min(day.saturating_add(days));
        }
        first
    }

    /// The first day of which it is not told whether a sign counts that is no longer seen:
    /// whether it was seen meanwhile depends on whether anybody decided.
    fn signs_end(&self, policy: &Policy, cells: &[Cell], day: i64, seen: u64) -> i64 {
        let mut first = LATER;
        for (index, sign) in policy.body.signs.iter().enumerate() {
            let Some(since) = sign.since.filter(|_| !is_seen(seen, index)) else { continue };
            let Some(days) = at(cells, Some(since)).get().filter(|days| *days <= sign.lasts) else { continue };
            // One that was seen after the first day is followed by the row engine.
            let left = if days >= day { sign.lasts.saturating_sub(days).saturating_add(1) } else { 0 };
            first = first.min(day.saturating_add(left));
        }
        first
    }
}

fn is_seen(seen: u64, index: usize) -> bool {
    u32::try_from(index).ok().and_then(|index| seen.checked_shr(index)).is_some_and(|bits| bits & 1 == 1)
}

pub(super) fn at(cells: &[Cell], id: Option<FactId>) -> Cell {
    id.and_then(|id| cells.get(id.index()).copied()).unwrap_or(Cell::UNKNOWN)
}

/// What a day adds to a fact that has a number, but for steps on single days.
fn slope(policy: &Policy, fact: FactId, value: i64, cells: &[Cell]) -> i64 {
    match policy.body.course.motion(fact).moves {
        Moves::Up | Moves::OnRung | Moves::Begins | Moves::Seen | Moves::Decided | Moves::Ages { months: false } => 1,
        Moves::Down => -1,
        Moves::Late { .. } => i64::from(value > 0),
        Moves::Peak { .. } => i64::from(at(cells, policy.body.course.dpd) == Cell::number(value) && value > 0),
        _ => 0,
    }
}

/// In how many days the order of two facts may change.
fn meet(policy: &Policy, first: FactId, second: FactId, cells: &[Cell]) -> i64 {
    let (Some(a), Some(b)) = (at(cells, Some(first)).get(), at(cells, Some(second)).get()) else { return LATER };
    let closing = slope(policy, second, b, cells) - slope(policy, first, a, cells);
    let apart = i128::from(a) - i128::from(b);
    match (closing, apart) {
        (0, _) => LATER,
        (_, 0) => 1,
        (closing, apart) if (closing > 0) != (apart > 0) => LATER,
        (closing, apart) => {
            let days = apart.unsigned_abs().div_ceil(u128::from(closing.unsigned_abs()));
            i64::try_from(days).unwrap_or(LATER)
        }
    }
}
