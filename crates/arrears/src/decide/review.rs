//! When the account must be looked at again: the first day on which time alone may
//! change the decision.

use super::decision::Decision;
use super::line::HORIZON;
use super::turn::Verdict;
use super::until::Until;
use super::{Today, state};
use crate::condition::Cond;
use crate::number::Cell;
use crate::policy::{Policy, Row};
use chrono::{Days, NaiveDate};

/// The earliest of several days, and whether something surely differs on it.
struct Earliest {
    day: i64,
    exact: bool,
}

impl Earliest {
    fn at(&mut self, day: i64, exact: bool) {
        let day = day.max(1);
        if day < self.day {
            self.day = day;
            self.exact = exact;
        } else if day == self.day {
            self.exact |= exact;
        }
    }
}

/// The next review of a decision in the making, and whether the decision surely changes
/// on that day; none for a closed account.
pub(crate) fn review(today: &Today<'_>, row: &Row) -> (Option<NaiveDate>, bool) {
    if row.cell(today.policy.body.known.closed) == Cell::TRUE {
        return (None, false);
    }
    let found = earliest(today, row);
    let days = u64::try_from(found.day.clamp(1, HORIZON)).unwrap_or(1);
    (today.as_of.checked_add_days(Days::new(days)), found.exact && found.day < HORIZON)
}

/// What a decision leaves in the state may differ from what it found there. Then tomorrow
/// is decided outright, and what lies beyond it is read from tomorrow's row.
fn earliest(today: &Today<'_>, row: &Row) -> Earliest {
    let (policy, decision) = (today.policy, &today.decision);
    if state::changed(policy, row, decision).is_empty() {
        return bounds(today, row);
    }
    let (Some(tomorrow), Some(day)) = (state::idle_tomorrow(policy, row, decision), today.as_of.succ_opt()) else {
        return Earliest { day: 1, exact: false };
    };
    let mut next = Today::new(policy, &tomorrow, day, None);
    next.decide();
    if differs(decision, &next.decision) {
        return Earliest { day: 1, exact: true };
    }
    let beyond = bounds(&next, &tomorrow);
    Earliest { day: beyond.day.saturating_add(1), ..beyond }
}

/// The earliest day on which a condition that was read may differ.
fn bounds(today: &Today<'_>, row: &Row) -> Earliest {
    let mut found = Earliest { day: HORIZON, exact: false };
    let (policy, decision) = (today.policy, &today.decision);
    let until = Until::new(policy, today.reading());
    found.at(until.next_happening(), false);
    if until.due_date_unknown() {
        found.at(i64::from(policy.body.head.review_within), false);
    }
    let mut read = |cond: &Cond, outcome: bool| {
        let lasting = cond.read(&until);
        found.at(lasting.until, outcome && lasting.exact);
    };
    let body = &policy.body;
    for hold in &body.holds {
        read(&hold.when, true);
    }
    let certain = decision.types.positions().last().unwrap_or(0);
    for when in body.types.iter().take(certain + 1).filter_map(|kind| kind.when.as_ref()) {
        read(when, false);
    }
    let ladder = body.stages.iter().filter_map(|stage| stage.when.as_ref());
    let down = body.cures.iter().map(|cure| &cure.when).chain(body.eases.iter().map(|ease| &ease.when));
    let work = body.duties.iter().map(|duty| &duty.when).chain(body.acts.iter().map(|act| &act.when));
    for cond in ladder.chain(down).chain(work) {
        read(cond, false);
    }
    ladder_moves_on(policy, row, today.as_of, decision, &until, &mut found);
    turns(policy, today, &until, &mut found);
    if let Some(day) = policy.state_happens(&row.cells).filter(|day| *day <= found.day) {
        found = Earliest { day, exact: false };
    }
    found
}

/// Whether two decisions differ in what a review is for.
fn differs(a: &Decision, b: &Decision) -> bool {
    (a.types, a.stage, a.treatment, a.action) != (b.types, b.stage, b.treatment, b.action)
        || a.held_by != b.held_by
        || a.vetoed_by != b.vetoed_by
}

/// What the ladder itself does tomorrow and later: another step, a dwell that is served.
fn ladder_moves_on(
    policy: &Policy,
    row: &Row,
    as_of: NaiveDate,
    decision: &Decision,
    until: &Until<'_>,
    found: &mut Earliest,
) {
    let mut tomorrow = row.clone();
    for (fact, cell) in state::ladder(policy, row, decision) {
        tomorrow.set(fact, cell);
    }
    let days = tomorrow.cell(policy.body.known.days_on_rung);
    let today = tomorrow.clone();
    tomorrow.set(policy.body.known.days_since_decision, Cell::number(1));
    let mut next = Today::new(policy, &tomorrow, as_of, None);
    next.decision.types = decision.types;
    next.place();
    if next.decision.stage != decision.stage {
        // It surely moves if it does with the facts of tomorrow too.
        let surely = state::advance(policy, &today).is_ok_and(|moved| {
            let mut next = Today::new(policy, &moved, as_of, None);
            next.types();
            next.place();
            next.decision.stage != decision.stage
        });
        found.at(1, surely);
    }
    if policy.body.escalate.catch_up {
        // Where nobody decides meanwhile, the steps of missed nights are made up for.
        tomorrow.set(policy.body.known.days_since_decision, Cell::number(HORIZON));
        let mut late = Today::new(policy, &tomorrow, as_of, None);
        late.decision.types = decision.types;
        late.place();
        if late.decision.stage != decision.stage || late.possible != next.possible {
            found.at(1, false);
        }
    }
    for stage in policy.body.stages.iter().skip(decision.rung.index() + 1) {
        if let Some(dwell) = &stage.dwell {
            let reading = until.row;
            found.at(until.reaches(days, dwell.read(&reading)), false);
        }
    }
}

/// Treatments up to the one chosen: their conditions, and the end of a rest.
fn turns(policy: &Policy, today: &Today<'_>, until: &Until<'_>, found: &mut Earliest) {
    let possible = today.possible;
    for stage in possible.positions().filter(|stage| *stage != today.decision.stage.index()) {
        for id in policy.body.by_stage.get(stage).into_iter().flatten() {
            treatment(policy, *id, until, found);
        }
    }
    for (id, verdict) in &today.turns {
        treatment(policy, *id, until, found);
        if let Verdict::Resting(days) = verdict {
            found.at(*days, false);
        }
    }
}

fn treatment(policy: &Policy, id: crate::policy::TreatmentId, until: &Until<'_>, found: &mut Earliest) {
    let Some(treatment) = policy.body.treatments.get(id.index()) else {
        return;
    };
    for cond in treatment.when.iter().chain(treatment.unless.iter()) {
        found.at(cond.read(until).until, false);
    }
    if let (Some(since), Some(every)) = (treatment.since(), &treatment.every) {
        let since = until.row.cell(since);
        found.at(until.reaches(since, every.read(&until.row)), false);
    }
}
