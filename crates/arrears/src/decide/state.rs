//! What a decision leaves for the next one, and what days do to a row.

use super::decision::Decision;
use crate::condition::{FactId, RowReading, Truth, WordSet};
use crate::facts::{Movement, StepEffect};
use crate::number::Cell;
use crate::policy::{Need, Policy, Row, RowProblem};
use chrono::NaiveDate;

/// The ladder's state after a decision: the stage, the rung, and the days on each.
pub(crate) fn ladder(policy: &Policy, row: &Row, decision: &Decision) -> Vec<(FactId, Cell)> {
    let known = &policy.body.known;
    let cell = |position: u8| Cell::number(i64::from(position));
    let before = row.cell(known.previous_stage);
    let stays = before == cell(decision.stage.0);
    let rung_before = match row.cell(known.previous_rung) {
        rung if rung.get().is_none() => before,
        rung => rung,
    };
    let rung_stays = before.get().is_some() && rung_before == cell(decision.rung.0);
    let kept = |fact: FactId, stays: bool| if stays { row.cell(fact) } else { Cell::number(0) };
    vec![
        (known.previous_stage, cell(decision.stage.0)),
        (known.days_in_stage, kept(known.days_in_stage, stays)),
        (known.previous_rung, cell(decision.rung.0)),
        (known.days_on_rung, kept(known.days_on_rung, rung_stays)),
        (known.days_since_decision, Cell::number(0)),
    ]
}

/// State facts that the next decision finds changed because of this one, whether it is
/// carried out or not: a day that passes would not have changed them so.
pub(crate) fn changed(policy: &Policy, row: &Row, decision: &Decision) -> Vec<FactId> {
    let since = policy.body.known.days_since_decision;
    let mut after = ladder(policy, row, decision);
    after.retain(|(fact, cell)| *fact != since && row.cell(*fact) != *cell);
    let mut found: Vec<FactId> = after.into_iter().map(|(fact, _)| fact).collect();
    if row.cell(since) != Cell::number(1) {
        found.push(since);
    }
    let mut types = decision.types.positions();
    if let (Some(only), None, Some(fact)) = (types.next(), types.next(), policy.find_input("previous_type"))
        && row.cell(fact).get() != i64::try_from(only).ok()
    {
        found.push(fact);
    }
    if episode_ended(policy, row, decision) {
        let counts = policy.body.treatments.iter().filter_map(|treatment| treatment.count());
        found.extend(counts.filter(|count| row.cell(*count) != Cell::number(0)));
    }
    found
}

/// The row one day later, if the decision is not carried out and nothing happens; none if
/// the moved facts contradict each other.
pub(crate) fn idle_tomorrow(policy: &Policy, row: &Row, decision: &Decision) -> Option<Row> {
    // The day is of no account here: the state is put back into the row that it is from.
    let left = policy.carry_idle(row, decision, NaiveDate::MIN);
    advance(policy, &policy.with_state(row, &left).ok()?).ok()
}

/// Whether nothing is late and the account stands at `current`: counts begin anew.
pub(super) fn episode_ended(policy: &Policy, row: &Row, decision: &Decision) -> bool {
    let current = policy.body.known.dpd.map(|dpd| row.cell(dpd)) == Some(Cell::number(0));
    current && decision.stage == crate::policy::StageId::CURRENT
}

impl Policy {
    /// The state after a decision whose action is carried out: every fact that the next
    /// decision finds in its state, with its value on the day of this one.
    pub fn carried(&self, row: &Row, decision: &Decision) -> Vec<(FactId, Cell)> {
        let mut after = row.clone();
        for (fact, cell) in ladder(self, row, decision) {
            after.set(fact, cell);
        }
        self.carry_person(&mut after, decision);
        self.carry_work(&mut after, decision);
        self.state_facts().iter().map(|fact| (*fact, after.cell(*fact))).collect()
    }

    /// The debtor type and the signs seen today.
    fn carry_person(&self, after: &mut Row, decision: &Decision) {
        let mut types = decision.types.positions();
        if let (Some(only), None, Some(fact)) = (types.next(), types.next(), self.find_input("previous_type")) {
            after.set(fact, Cell::number(i64::try_from(only).unwrap_or(WordSet::OTHER)));
        }
        let cells = after.cells.clone();
        let reading = RowReading { cells: &cells, thresholds: &self.values, types: decision.types };
        for sign in &self.body.signs {
            if let (Some(since), Truth::True) = (sign.since, sign.when.read(&reading)) {
                after.set(since, Cell::number(0));
            }
        }
    }

    /// Moves state cells forward by `days`: days since and days in a stage grow, days that
    /// are left shrink; the days on a rung stand still while the account is beside the
    /// ladder.
    pub fn moved_state(&self, cells: &mut [Cell], days: i64) {
        let known = &self.body.known;
        let cell = |id: FactId| cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
        let beside = self.is_beside(cell(known.previous_stage));
        for (index, (cell, input)) in cells.iter_mut().zip(&self.body.inputs).enumerate() {
            let stands_still = beside && index == known.days_on_rung.index();
            let moves = match input.movement {
                Movement::Up if !stands_still => i128::from(days),
                Movement::Down => -i128::from(days),
                _ => continue,
            };
            if matches!(input.need, Need::State(_))
                && let Some(value) = cell.get()
            {
                *cell = Cell::wide(i128::from(value) + moves);
            }
        }
    }

    fn is_beside(&self, stage: Cell) -> bool {
        let position = stage.get().and_then(|position| usize::try_from(position).ok());
        position.and_then(|position| self.body.stages.get(position)).is_some_and(|stage| stage.beside)
    }
}

/// The row as it is one day later if nothing happens: every fact moved by its declared
/// movement, derived facts computed anew. Where what was learned of a fact ends, the fact
/// is what the table said of it, moved on.
///
/// # Errors
///
/// As [`Policy::row`], should the moved facts contradict each other.
pub fn advance(policy: &Policy, row: &Row) -> Result<Row, Vec<RowProblem>> {
    let mut cells = row.table_cells();
    let named = |name: &str| policy.find_input(name).map_or(Cell::UNKNOWN, |id| row.cell(id));
    let passes = |name: &str| named(name) == Cell::number(0);
    let dpd = named("dpd").get();
    let falls_late = dpd == Some(0) && passes("days_to_due");
    let beside = policy.is_beside(row.cell(policy.body.known.previous_stage));
    for (index, (cell, input)) in cells.iter_mut().zip(policy.inputs()).enumerate() {
        if beside && index == policy.body.known.days_on_rung.index() {
            continue;
        }
        let Some(value) = cell.get() else {
            if input.movement == Movement::Derived {
                *cell = Cell::UNKNOWN;
            }
            continue;
        };
        let plus = |days: i64| Cell::wide(i128::from(value) + i128::from(days));
        *cell = match input.movement {
            Movement::Still | Movement::Rises => *cell,
            Movement::Up => plus(1),
            Movement::Down => plus(-1),
            Movement::Late if value > 0 || passes("days_to_due") => plus(1),
            Movement::Late => *cell,
            Movement::Expires | Movement::Reaches(_) | Movement::Peak => {
                let drops = input.drops_in.map(|id| row.cell(id)) == Some(Cell::number(1));
                let fallen = if drops && value > 0 { value - 1 } else { value };
                let later = dpd.map(|dpd| if dpd > 0 || falls_late { dpd + 1 } else { 0 });
                Cell::number(match (input.movement, later) {
                    (Movement::Reaches(days), Some(later)) if later == days && dpd != Some(days) => fallen + 1,
                    (Movement::Peak, Some(later)) => fallen.max(later),
                    _ => fallen,
                })
            }
            Movement::Steps(step) if passes(step.when) => match step.effect {
                StepEffect::AddOne => plus(1),
                StepEffect::Add(other) => crate::condition::operate(crate::condition::NumOp::Add, *cell, named(other)),
                StepEffect::Clear => Cell::FALSE,
                StepEffect::AddOneIf(flag) => match named(flag) {
                    Cell::TRUE => plus(1),
                    set if set.is_unknown() => Cell::UNKNOWN,
                    _ => *cell,
                },
                StepEffect::Unknown => Cell::UNKNOWN,
            },
            Movement::Steps(_) => *cell,
            Movement::Derived => Cell::UNKNOWN,
        };
    }
    // A given assessment stays given; one from signs is made anew by `row`.
    for (index, input) in policy.inputs().iter().enumerate() {
        let given = matches!(input.name.as_str(), "willingness" | "ability") && input.need != Need::Derived;
        if let (true, Some(cell)) = (given, cells.get_mut(index)) {
            *cell = row.cells.get(index).copied().unwrap_or(Cell::UNKNOWN);
        }
    }
    policy.row(cells)
}
