//! When the account must be looked at again: the first day on which time alone may
//! change the decision.

use super::decision::{Action, Decision};
use super::until::{HORIZON, Until};
use super::turn::Verdict;
use super::{Today, state};
use crate::condition::{Cond, RowReading};
use crate::number::Cell;
use crate::policy::{Policy, Row};
use chrono::{DateTime, Days, NaiveDate, Utc};

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

/// Sets the next review of a decision.
pub(crate) fn review(policy: &Policy, row: &Row, as_of: NaiveDate, now: Option<DateTime<Utc>>, decision: &mut Decision) {
    if row.cell(policy.body.known.closed) == Cell::TRUE {
        decision.next_review_on = None;
        return;
    }
    let found = earliest(policy, row, as_of, now, decision);
    let days = u64::try_from(found.day.clamp(1, HORIZON)).unwrap_or(1);
    decision.next_review_on = as_of.checked_add_days(Days::new(days));
    decision.review_exact = found.exact && found.day < HORIZON;
}

fn earliest(policy: &Policy, row: &Row, as_of: NaiveDate, now: Option<DateTime<Utc>>, decision: &Decision) -> Earliest {
    let mut found = Earliest { day: HORIZON, exact: false };
    let mut today = Today::new(policy, row, as_of, now);
    today.holds();
    today.types();
    today.place();
    let cells = today.cells.clone();
    let until = Until {
        policy,
        row: RowReading { cells: &cells, thresholds: &policy.values, types: decision.types },
    };
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
    for kind in &body.types {
        let Some(when) = &kind.when else { break };
        read(when, false);
        if when.read(&until).truth.is_true() {
            break;
        }
    }
    let ladder = body.stages.iter().filter_map(|stage| stage.when.as_ref());
    let down = body.cures.iter().map(|cure| &cure.when).chain(body.eases.iter().map(|ease| &ease.when));
    let work = body.duties.iter().map(|duty| &duty.when).chain(body.acts.iter().map(|act| &act.when));
    for cond in ladder.chain(down).chain(work) {
        read(cond, false);
    }
    ladder_moves_on(policy, row, as_of, decision, &until, &mut found);
    turns(policy, &mut today, &until, &mut found);
    if decision.action == Action::Nothing || found.day < HORIZON {
        return found;
    }
    found
}

/// What the ladder itself does tomorrow and later: another step, a dwell that is served.
fn ladder_moves_on(policy: &Policy, row: &Row, as_of: NaiveDate, decision: &Decision, until: &Until<'_>, found: &mut Earliest) {
    let mut tomorrow = row.clone();
    for (fact, cell) in state::ladder(policy, row, decision) {
        tomorrow.set(fact, cell);
    }
    tomorrow.set(policy.body.known.days_since_decision, Cell::number(1));
    let days = tomorrow.cell(policy.body.known.days_on_rung);
    let mut next = Today::new(policy, &tomorrow, as_of, None);
    next.decision.types = decision.types;
    next.place();
    if next.decision.stage != decision.stage {
        found.at(1, true);
    }
    for stage in policy.body.stages.iter().skip(decision.rung.index() + 1) {
        if let Some(dwell) = &stage.dwell {
            let reading = until.row;
            found.at(until.reaches(days, dwell.read(&reading)), false);
        }
    }
}

/// Treatments up to the one chosen: their conditions, and the end of a rest.
fn turns(policy: &Policy, today: &mut Today<'_>, until: &Until<'_>, found: &mut Earliest) {
    let possible = today.possible;
    for stage in possible.positions().filter(|stage| *stage != today.decision.stage.index()) {
        for id in policy.body.by_stage.get(stage).into_iter().flatten() {
            treatment(policy, *id, until, found);
        }
    }
    for (id, verdict) in today.verdicts() {
        treatment(policy, id, until, found);
        if let Verdict::Resting(days) = verdict {
            found.at(days, false);
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
