//! When the account must be looked at again: the first day on which the decision differs
//! if nothing happens, today's is not carried out, and every night in between decides.
//!
//! What a decision looked at tells the first day on which anything of it may differ. The
//! account is decided again on that day; where the decision is the same, the search goes
//! on from there.

use super::ahead::Ahead;
use super::decision::Decision;
use super::line::{Day, HORIZON, LATER, after};
use super::outlook::Outlook;
use super::review_reason::ReviewReason;
use super::walk::Walk;
use super::{Today, walk};
use crate::number::Cell;
use crate::policy::{Policy, Row, RowProblem};
use chrono::{Days, NaiveDate};

/// A review from a row alone decides the account again at most so often: once for each day
/// up to the horizon.
///
/// An account rarely needs more than two. Those that need many read a number that is computed
/// from others that move each day, or a state that each night changes.
pub const MOST_REDECISIONS: u32 = 366;

/// What was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Review {
    /// Days from the day of the decision; none for a closed account.
    days: Option<Day>,
    /// Why on that day; none for a closed account.
    reason: Option<ReviewReason>,
    /// How often the account was decided again.
    redecisions: u32,
}

impl Review {
    const CLOSED: Self = Self { days: None, reason: None, redecisions: 0 };

    const fn of(days: Day, reason: ReviewReason, redecisions: u32) -> Self {
        Self { days: Some(days), reason: Some(reason), redecisions }
    }

    /// Writes the day and the reason into a decision of `as_of`.
    pub(crate) fn note(self, decision: &mut Decision, as_of: NaiveDate) {
        let days = self.days.and_then(|days| u64::try_from(days).ok());
        decision.next_review_on = days.and_then(|days| as_of.checked_add_days(Days::new(days)));
        decision.review_reason = self.reason;
        decision.review_exact = self.reason.is_some_and(ReviewReason::is_exact);
    }
}

/// How often [`super::decide`] decides an account again to find its next review; at most
/// [`MOST_REDECISIONS`] times.
pub fn redecisions(policy: &Policy, row: &Row, as_of: NaiveDate) -> u32 {
    let outlook = Outlook::new(policy, &row.cells, false);
    let mut today = Today::seen(policy, row.cells.clone(), as_of, None, &outlook);
    today.decide();
    on_flat_row(&today, row).redecisions
}

/// The next review as a row alone tells it. Where the row does not tell a day that
/// matters, that day is the review, as a bound.
pub(crate) fn on_flat_row(today: &Today<'_, Outlook<'_>>, row: &Row) -> Review {
    let policy = today.policy;
    if policy.is_closed(row) {
        return Review::CLOSED;
    }
    let outlook = today.sight;
    let mut walk = Walk::from(today, row);
    let mut redecisions = 0;
    loop {
        let next = walk.next();
        // The day on which an unknown due date would have passed.
        let due_unknown =
            walk::due_date_unknown(policy, row).then(|| after(0, i64::from(policy.body.head.review_within.max(1))));
        if let Some(day) = due_unknown {
            outlook.note_untold(day);
        }
        let untold = outlook.untold().max(1);
        let not_told = |day: Day| match due_unknown {
            Some(within) if within == day => ReviewReason::DueDateUnknown,
            _ => ReviewReason::Untold,
        };
        if next.min(untold) > HORIZON {
            return Review::of(HORIZON, ReviewReason::Horizon, redecisions);
        }
        if untold < next {
            return Review::of(untold, not_told(untold), redecisions);
        }
        redecisions += 1;
        let cells = walk.cells_on(next);
        let differs = walk.decide_on(next, cells);
        if outlook.untold() <= next {
            return Review::of(next, not_told(next), redecisions);
        }
        if let Some(reason) = differs {
            return Review::of(next, reason, redecisions);
        }
    }
}

/// The next review where somebody tells the days ahead: the first day on which the
/// decision differs, or the horizon.
pub(crate) fn on_told_days(
    today: &Today<'_, Outlook<'_>>,
    row: &Row,
    surely: i64,
    ahead: &dyn Ahead,
) -> Result<Review, Vec<RowProblem>> {
    if today.policy.is_closed(row) {
        return Ok(Review::CLOSED);
    }
    let mut walk = Walk::from(today, row);
    let mut redecisions = 0;
    // The first day on which the facts may be otherwise than the days before it tell.
    let mut end = told_until(0, surely);
    loop {
        let mut next = walk.next();
        let mut cells = None;
        while end <= next.min(HORIZON) {
            let told = ahead.told(i64::from(end))?;
            let day = end;
            end = told_until(day, told.surely);
            if let Some(found) = walk.told_otherwise(day, told.cells)? {
                (next, cells) = (day, Some(found));
            }
        }
        if next > HORIZON {
            return Ok(Review::of(HORIZON, ReviewReason::Horizon, redecisions));
        }
        redecisions += 1;
        let cells = cells.unwrap_or_else(|| walk.cells_on(next));
        if let Some(reason) = walk.decide_on(next, cells) {
            return Ok(Review::of(next, reason, redecisions));
        }
    }
}

fn told_until(day: Day, surely: i64) -> Day {
    after(day, surely.max(1)).min(LATER)
}

/// In what two decisions differ first, of what a review is for. Who must approve follows from the
/// treatment and the stage.
pub(super) fn difference(a: &Decision, b: &Decision) -> Option<ReviewReason> {
    let differs = [
        (ReviewReason::Hold, a.held_by != b.held_by),
        (ReviewReason::Type, a.types != b.types),
        (ReviewReason::Stage, a.stage != b.stage),
        (ReviewReason::Treatment, a.treatment != b.treatment),
        (ReviewReason::Action, a.action != b.action),
        (ReviewReason::Veto, a.vetoed_by != b.vetoed_by),
    ];
    differs.into_iter().find(|(_, differs)| *differs).map(|(reason, _)| reason)
}

/// The cell of a fact that the policy may not have.
pub(super) fn cell(cells: &[Cell], id: Option<crate::condition::FactId>) -> Cell {
    id.and_then(|id| cells.get(id.index()).copied()).unwrap_or(Cell::UNKNOWN)
}
