//! From one day to a later one, on nights that all decide alike and are not carried out.

use super::line::{Day, HORIZON, LATER, after};
use super::moved::{Windows, move_on};
use super::outlook::{Outlook, Step};
use super::review::{cell, difference};
use super::review_reason::ReviewReason;
use super::until::Until;
use super::{Decision, Today};
use crate::condition::{FactId, RowReading, WordSet};
use crate::number::Cell;
use crate::policy::{Formula, Moves, Need, Policy, Row, RowProblem, StageId};
use chrono::{Days, NaiveDate};

/// Where the search for the next review stands.
pub(crate) struct Walk<'a, 't> {
    policy: &'a Policy,
    outlook: &'a Outlook<'a>,
    first: &'t Decision,
    as_of: NaiveDate,
    /// Whether the first decision was made for what is left of its day.
    part_of_day: bool,
    day: Day,
    /// The row of that day, and what the decision of that day leaves in it.
    row: Vec<Cell>,
    left: Vec<Cell>,
    /// Cells to be filled.
    spare: Vec<Cell>,
    /// What the table says where something else was learned, on that day and on the day
    /// that is to be decided.
    beneath: Vec<(FactId, Cell)>,
    beneath_next: Vec<(FactId, Cell)>,
    /// The first day on which what was learned ends, or a wait that a result of a contact
    /// asked for.
    state_happens: Day,
    decided: Placed,
}

/// What the state takes from a decision that is not carried out.
#[derive(Clone, Copy)]
struct Placed {
    types: WordSet,
    stage: StageId,
    rung: StageId,
}

impl<'a, 't> Walk<'a, 't> {
    pub(super) fn from(today: &'t Today<'a, Outlook<'a>>, row: &Row) -> Self {
        Self {
            policy: today.policy,
            outlook: today.sight,
            first: &today.decision,
            as_of: today.as_of,
            part_of_day: today.now.is_some(),
            day: 0,
            row: row.cells.clone(),
            left: Vec::with_capacity(row.cells.len()),
            spare: Vec::with_capacity(row.cells.len()),
            beneath: row.beneath.clone(),
            beneath_next: Vec::new(),
            state_happens: LATER,
            decided: Placed::of(&today.decision),
        }
    }

    fn until<'r>(&'r self, cells: &'r [Cell], day: Day) -> Until<'r> {
        let row = RowReading { cells, thresholds: &self.policy.values, types: WordSet::default() };
        Until { policy: self.policy, row, day, outlook: self.outlook }
    }

    /// The next day on which the decision may differ, as far as the row tells; the night
    /// that comes before it is carried on.
    pub(super) fn next(&mut self) -> Day {
        let policy = self.policy;
        let course = &policy.body.course;
        let mut next = self.outlook.until();
        if course.assesses || course.signs_last {
            let signs = self.outlook.signs(&self.until(&self.row, self.day));
            if course.signs_last {
                next = next.min(signs.until);
            }
        }
        self.left.clone_from(&self.row);
        let Placed { types, stage, rung } = self.decided;
        policy.leave(&mut self.left, types, stage, rung, |index, _| self.outlook.is_seen(index));
        let steady = self.is_steady();
        if !steady {
            // Tomorrow's decision finds another state than today's did.
            self.outlook.state_changed(self.day + 1);
            next = self.day + 1;
        } else if self.part_of_day && self.day == 0 {
            next = 1;
        }
        if steady || self.day > 0 {
            self.catch_up();
        }
        self.state_happens = policy.state_happens(&self.row).map_or(LATER, |days| after(self.day, days));
        next.min(self.outlook.until().max(self.day + 1)).min(self.state_happens)
    }

    /// Whether tomorrow's decision finds the state that a day would have made of today's.
    fn is_steady(&self) -> bool {
        let course = &self.policy.body.course;
        course.state.iter().all(|id| match course.motion(*id).moves {
            Moves::Decided => cell(&self.row, Some(*id)) == Cell::number(1),
            Moves::Seen => true,
            _ => cell(&self.row, Some(*id)) == cell(&self.left, Some(*id)),
        })
    }

    /// Where the steps of missed nights are made up for, a row does not tell the stage of an
    /// account that nobody decides meanwhile.
    fn catch_up(&self) {
        let policy = self.policy;
        if !policy.body.escalate.catch_up || self.outlook.told_ahead {
            return;
        }
        let place = |nights: i64| {
            let mut cells = self.row.clone();
            if let Some(cell) = cells.get_mut(policy.body.known.days_since_decision.index()) {
                *cell = Cell::number(nights);
            }
            let mut today = Today::seen(policy, cells, self.as_of, None, self.outlook);
            today.reasons = false;
            today.decision.types = self.decided.types;
            today.place();
            // A stage that is open holds back what would be done in it.
            (today.decision.stage, today.decision.stage_uncertain, today.possible)
        };
        // Each missed night is a step more: after as many as there are stages no more are to be had.
        // Where a way down may lead, neither few nor many steps need tell what some in between do.
        let one = place(1);
        let stages = i64::try_from(policy.body.stages.len()).unwrap_or(i64::MAX);
        if (2..=stages.min(i64::from(HORIZON))).chain([i64::from(HORIZON)]).any(|nights| place(nights) != one) {
            self.outlook.note_untold(2);
        }
    }

    /// The row of a later day before which every night decides alike, but for what was
    /// learned and what is computed.
    fn moved_to(&mut self, day: Day) -> Vec<Cell> {
        let policy = self.policy;
        let windows = if self.outlook.told_ahead { Windows::Stand } else { Windows::Fall };
        let mut cells = std::mem::take(&mut self.spare);
        cells.clone_from(&self.left);
        for (fact, table) in &self.beneath {
            if let Some(cell) = cells.get_mut(fact.index()) {
                *cell = *table;
            }
        }
        move_on(policy, &policy.body.course.movers, &mut cells, &self.left, i64::from(day - self.day), windows);
        let mut set = |id: crate::condition::FactId, value: Cell| {
            if let Some(cell) = cells.get_mut(id.index()) {
                *cell = value;
            }
        };
        set(policy.body.known.days_since_decision, Cell::number(1));
        for (index, sign) in policy.body.signs.iter().enumerate() {
            if let Some(since) = sign.since.filter(|_| self.outlook.is_seen(index)) {
                set(since, Cell::number(1));
            }
        }
        policy.expire(&mut cells);
        cells
    }

    /// The row of a later day before which every night decides alike.
    pub(super) fn cells_on(&mut self, day: Day) -> Vec<Cell> {
        let policy = self.policy;
        let mut cells = self.moved_to(day);
        if day >= self.state_happens {
            // What was learned ends by itself: no fact's movement tells it.
            self.outlook.forget();
        }
        self.beneath_next = policy.overlay(&mut cells);
        for id in &policy.body.derived {
            let Moves::Derived(formula) = policy.body.course.motion(*id).moves else { continue };
            if matches!(formula, Formula::Axis(_) | Formula::Quadrant { .. }) {
                continue;
            }
            let found = policy.derived(formula, &cells);
            if let Some(cell) = cells.get_mut(id.index()) {
                *cell = found;
            }
        }
        if policy.body.course.assesses && self.outlook.signs_are_stale(day) {
            self.outlook.signs(&self.until(&cells, day));
            self.outlook.assess(&mut cells);
        }
        cells
    }

    /// The row of a day as somebody tells it; none if it is as the days before tell it.
    pub(super) fn told_otherwise(&mut self, day: Day, told: Vec<Cell>) -> Result<Option<Vec<Cell>>, Vec<RowProblem>> {
        let policy = self.policy;
        let moved = self.moved_to(day);
        let mut told = told;
        told.resize(moved.len(), Cell::UNKNOWN);
        for ((cell, input), moved) in told.iter_mut().zip(policy.inputs()).zip(&moved) {
            if matches!(input.need, Need::State(_)) {
                *cell = *moved;
            }
        }
        policy.expire(&mut told);
        let alike = |((told, moved), input): ((&Cell, &Cell), &crate::policy::Input)| {
            told == moved || matches!(input.need, Need::Derived | Need::Result)
        };
        let all_alike = told.iter().zip(&moved).zip(policy.inputs()).all(alike);
        self.spare = moved;
        if all_alike {
            return Ok(None);
        }
        self.outlook.forget();
        let row = policy.row(told)?;
        self.beneath_next = row.beneath;
        Ok(Some(row.cells))
    }

    /// Decides a later day; in what the decision differs first from that of the first day.
    pub(super) fn decide_on(&mut self, day: Day, cells: Vec<Cell>) -> Option<ReviewReason> {
        let passed = u64::try_from(day).unwrap_or(0);
        let as_of = self.as_of.checked_add_days(Days::new(passed)).unwrap_or(self.as_of);
        let outlook = self.outlook;
        outlook.begin(day);
        let mut today = Today::seen(self.policy, cells, as_of, None, outlook);
        today.reasons = false;
        // A step that would see what it saw is not taken again.
        today.decision.held_by.clone_from(&self.first.held_by);
        if !outlook.sees_the_same(Step::Holds) {
            outlook.look(Step::Holds);
            today.decision.held_by.clear();
            today.holds();
            if today.decision.held_by != self.first.held_by {
                return Some(ReviewReason::Hold);
            }
        }
        today.decision.types = self.first.types;
        if !outlook.sees_the_same(Step::Types) {
            outlook.look(Step::Types);
            today.types();
            if today.decision.types != self.first.types {
                return Some(ReviewReason::Type);
            }
        }
        outlook.look(Step::Turn);
        today.place();
        if today.decision.stage != self.first.stage {
            return Some(ReviewReason::Stage);
        }
        today.turn();
        if let Some(reason) = difference(self.first, &today.decision) {
            return Some(reason);
        }
        self.day = day;
        self.beneath = std::mem::take(&mut self.beneath_next);
        self.decided = Placed::of(&today.decision);
        self.spare = std::mem::replace(&mut self.row, today.cells);
        // The stage is found anew each day.
        if let Some(stage) = self.policy.body.known.current_stage.and_then(|id| self.row.get_mut(id.index())) {
            *stage = Cell::UNKNOWN;
        }
        None
    }
}

impl Placed {
    const fn of(decision: &Decision) -> Self {
        Self { types: decision.types, stage: decision.stage, rung: decision.rung }
    }
}

/// Whether the account could fall late on a day that the row does not tell.
pub(super) fn due_date_unknown(policy: &Policy, row: &Row) -> bool {
    let course = &policy.body.course;
    cell(&row.cells, course.dpd) == Cell::number(0) && cell(&row.cells, course.days_to_due).is_unknown()
}
