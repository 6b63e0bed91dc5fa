//! What days on which nothing happens do to a row.

use crate::condition::{FactId, NumOp, operate};
use crate::number::Cell;
use crate::policy::{Moves, OnStep, Policy, Row, RowProblem};

/// Whether counts over a window fall when their companion column says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Windows {
    /// They do.
    Fall,
    /// They stand still: whoever gives the days ahead tells when one falls.
    Stand,
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
    move_on(policy, &policy.body.course.movers, &mut cells, &row.cells, 1, Windows::Fall);
    for id in &policy.body.derived {
        if let Some(cell) = cells.get_mut(id.index()) {
            *cell = Cell::UNKNOWN;
        }
    }
    policy.row(cells)
}

/// Moves facts, of which the derived ones are left as they are, on by `days`, from 1 on, as that many steps of
/// [`advance`] do. What a fact is moved by is taken from `known`: the same cells, with what
/// was learned of them laid over what the table says.
pub(crate) fn move_on(
    policy: &Policy,
    movers: &[FactId],
    cells: &mut [Cell],
    known: &[Cell],
    days: i64,
    windows: Windows,
) {
    let course = &policy.body.course;
    let known = |id: FactId| known.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
    let before = Before::of(policy, &known, (days, windows));
    // What a fact is moved by may itself move, and may stand before it in the row.
    let mut moved: Vec<(FactId, Cell)> = Vec::with_capacity(movers.len());
    for id in movers.iter().copied() {
        let Some(cell) = cells.get(id.index()).copied() else { continue };
        let after = before.one(&known, course.motion(id).moves, cell);
        if after != cell {
            moved.push((id, after));
        }
    }
    for (id, after) in moved {
        if let Some(cell) = cells.get_mut(id.index()) {
            *cell = after;
        }
    }
}

/// What one fact, which moves so and has this value, is after so many days, from 1 on, on which
/// nothing happens. `known` gives the facts before them, as [`super::Foresight`] takes them.
pub fn moved_on(policy: &Policy, moves: Moves, cell: Cell, days: i64, known: &dyn Fn(FactId) -> Cell) -> Cell {
    Before::of(policy, &known, (days, Windows::Fall)).one(&known, moves, cell)
}

fn at(known: &impl Fn(FactId) -> Cell, id: Option<FactId>) -> Cell {
    id.map_or(Cell::UNKNOWN, known)
}

fn plus(value: i64, days: i64) -> Cell {
    Cell::wide(i128::from(value) + i128::from(days))
}

/// Facts before they move, by which others move.
struct Before {
    dpd: Option<i64>,
    due: Option<i64>,
    beside: bool,
    windows: Windows,
    days: i64,
}

impl Before {
    fn of(policy: &Policy, known: &impl Fn(FactId) -> Cell, (days, windows): (i64, Windows)) -> Self {
        let course = &policy.body.course;
        Self {
            dpd: at(known, course.dpd).get(),
            due: at(known, course.days_to_due).get(),
            beside: policy.is_beside(known(policy.body.known.previous_stage)),
            windows,
            days,
        }
    }

    fn one(&self, known: &impl Fn(FactId) -> Cell, moves: Moves, cell: Cell) -> Cell {
        match cell.get() {
            Some(value) => self.moved(known, moves, cell, value),
            None if cell.is_never() => self.begun(moves, cell),
            None => cell,
        }
    }

    fn moved(&self, known: &impl Fn(FactId) -> Cell, moves: Moves, cell: Cell, value: i64) -> Cell {
        match moves {
            Moves::Still | Moves::Rises | Moves::Derived(_) => cell,
            Moves::OnRung if self.beside => cell,
            Moves::Up | Moves::OnRung | Moves::Decided | Moves::Seen => plus(value, self.days),
            Moves::Down => plus(value, -self.days),
            Moves::Late { due, .. } => self.late(cell, value, at(known, due).get()),
            Moves::Begins | Moves::Ages { months: false } => plus(value, self.days),
            Moves::Ages { months: true } => cell,
            Moves::Steps { when, effect } if self.has_passed(at(known, when).get()) => match effect {
                OnStep::AddOne => plus(value, 1),
                OnStep::Add(other) => operate(NumOp::Add, cell, at(known, other)),
                OnStep::Clear => Cell::FALSE,
                OnStep::AddOneIf(flag) => match at(known, flag) {
                    Cell::TRUE => plus(value, 1),
                    set if set.is_unknown() => Cell::UNKNOWN,
                    _ => cell,
                },
                OnStep::Unknown => Cell::UNKNOWN,
            },
            Moves::Steps { .. } => cell,
            Moves::Expires { drops } => Cell::number(self.fallen(known, drops, value)),
            Moves::Reaches { days, drops } => self.reached(known, days, drops, value),
            Moves::Peak { drops } => {
                let fallen = self.fallen(known, drops, value);
                Cell::number(self.later_dpd().map_or(fallen, |later| fallen.max(later)))
            }
        }
    }

    /// What had never begun begins on the day on which the account falls late.
    fn begun(&self, moves: Moves, cell: Cell) -> Cell {
        let late = self.due.filter(|_| self.dpd.is_none_or(|dpd| dpd == 0) && self.has_passed(self.due));
        match (moves, late, self.dpd) {
            (Moves::Begins, Some(due), Some(_)) => Cell::number(self.days - due - 1),
            (Moves::Begins | Moves::Ages { .. }, Some(_), _) => Cell::UNKNOWN,
            _ => cell,
        }
    }

    /// Whether a fact that runs down passes from zero to below it within the days.
    fn has_passed(&self, due: Option<i64>) -> bool {
        due.is_some_and(|due| (0..self.days).contains(&due))
    }

    fn late(&self, cell: Cell, value: i64, due: Option<i64>) -> Cell {
        if value > 0 {
            return plus(value, self.days);
        }
        match due {
            Some(due) if self.has_passed(Some(due)) && value == 0 => Cell::number(self.days - due),
            Some(due) if self.has_passed(Some(due)) => plus(value, 1),
            _ => cell,
        }
    }

    /// Days past due at the end; none if they are not known.
    fn later_dpd(&self) -> Option<i64> {
        let dpd = self.dpd?;
        if dpd > 0 {
            return Some(dpd.saturating_add(self.days));
        }
        let late = self.due.filter(|_| dpd == 0 && self.has_passed(self.due));
        Some(late.map_or(0, |due| self.days - due))
    }

    /// The day, from 1 on, on which the companion column says that a count falls.
    fn falls_on(&self, known: &impl Fn(FactId) -> Cell, drops: Option<FactId>) -> Option<i64> {
        let day = at(known, drops).get()?;
        (self.windows == Windows::Fall && (1..=self.days).contains(&day)).then_some(day)
    }

    fn fallen(&self, known: &impl Fn(FactId) -> Cell, drops: Option<FactId>, value: i64) -> i64 {
        if value > 0 && self.falls_on(known, drops).is_some() { value - 1 } else { value }
    }

    /// A count that falls once and rises on the day on which the account is `days` late.
    fn reached(&self, known: &impl Fn(FactId) -> Cell, days: i64, drops: Option<FactId>, value: i64) -> Cell {
        let rises = match self.dpd {
            Some(dpd) if dpd > 0 => Some(days.saturating_sub(dpd)),
            Some(0) => self.due.filter(|_| self.has_passed(self.due)).map(|due| due.saturating_add(days)),
            _ => None,
        };
        let rises = rises.filter(|day| (1..=self.days).contains(day));
        let falls = self.falls_on(known, drops);
        match (rises, falls) {
            // Of nothing, nothing falls: a count that rises first has something to lose.
            (Some(rises), Some(falls)) if rises < falls => plus(value, 0),
            (Some(_), _) => plus(self.fallen(known, drops, value), 1),
            (None, _) => Cell::number(self.fallen(known, drops, value)),
        }
    }
}
