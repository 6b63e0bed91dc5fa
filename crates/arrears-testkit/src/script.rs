//! Days ahead as a script: what the fact table moves, and what happens besides on some days.

use crate::generate::Choices;
use arrears::condition::FactId;
use arrears::decide::{Ahead, Told, advance};
use arrears::{Cell, Input, Need, Policy, Row, RowProblem};
use std::collections::BTreeMap;

/// The facts of every day up to the horizon.
#[derive(Clone, Debug)]
pub struct Script<'p> {
    policy: &'p Policy,
    /// The host's facts by day, today first.
    days: Vec<Vec<Cell>>,
    /// Days on which something happens that the fact table does not tell.
    turns: Vec<i64>,
    /// At most so many days are told at once.
    stride: i64,
}

/// Days that a script has after today.
pub const DAYS: i64 = 366;

/// Whether the host gives the fact of a day ahead.
fn is_given(input: &Input) -> bool {
    !matches!(input.need, Need::State(_) | Need::Derived | Need::Result)
}

fn is_companion(input: &Input) -> bool {
    input.name.ends_with("_drops_in")
}

impl<'p> Script<'p> {
    /// A script from today's row and what happens on which day.
    ///
    /// # Errors
    ///
    /// As [`Policy::row`].
    pub fn new(
        policy: &'p Policy,
        row: &Row,
        happens: &BTreeMap<i64, Vec<(FactId, Cell)>>,
        stride: i64,
    ) -> Result<Self, Vec<RowProblem>> {
        let mut days = vec![row.table_cells()];
        let mut today = row.clone();
        for day in 1..=DAYS {
            let mut cells = advance(policy, &today)?.table_cells();
            for (fact, cell) in happens.get(&day).into_iter().flatten() {
                if let Some(slot) = cells.get_mut(fact.index()) {
                    *slot = *cell;
                }
            }
            for (cell, input) in cells.iter_mut().zip(policy.inputs()) {
                if input.need == Need::Derived {
                    *cell = Cell::UNKNOWN;
                }
            }
            today = policy.row(cells)?;
            days.push(today.table_cells());
        }
        Ok(Self { policy, days, turns: happens.keys().copied().collect(), stride })
    }

    /// A random script: on some days, some facts become what they are of other accounts.
    ///
    /// # Errors
    ///
    /// As [`Policy::row`].
    pub fn random(
        policy: &'p Policy,
        row: &Row,
        others: &[Row],
        choices: &mut Choices,
    ) -> Result<Self, Vec<RowProblem>> {
        let mut happens: BTreeMap<i64, Vec<(FactId, Cell)>> = BTreeMap::new();
        let given: Vec<&Input> =
            policy.inputs().iter().filter(|input| is_given(input) && !is_companion(input)).collect();
        for _ in 0..choices.below(6) {
            let day = choices.pick(&[1, 2, 3, 5, 9, 14, 30, 31, 60, 180, 365, 366], 9);
            let fact = given.get(choices.below(given.len())).and_then(|input| policy.find_input(&input.name));
            let other = others.get(choices.below(others.len()));
            if let Some((fact, other)) = fact.zip(other) {
                happens.entry(day).or_default().push((fact, other.cell(fact)));
            }
        }
        let stride = choices.pick(&[1, 7, 30, 366], 1);
        Self::new(policy, row, &happens, stride)
    }

    /// Today's row without what tells when counts fall: a script tells it.
    ///
    /// # Errors
    ///
    /// As [`Policy::row`].
    pub fn today(policy: &Policy, row: &Row) -> Result<Row, Vec<RowProblem>> {
        let mut cells = row.table_cells();
        for (cell, input) in cells.iter_mut().zip(policy.inputs()) {
            if is_companion(input) {
                *cell = Cell::UNKNOWN;
            }
        }
        policy.row(cells)
    }

    /// Days on which something happens that the fact table does not tell.
    pub fn turns(&self) -> &[i64] {
        &self.turns
    }

    /// For how many days from a day on the facts move as the fact table says.
    pub fn surely(&self, day: i64) -> i64 {
        let next = self.turns.iter().copied().find(|turn| *turn > day).unwrap_or(DAYS + 1);
        (next - day).min(self.stride)
    }

    /// The row of a day, with the state that the night before led to.
    ///
    /// # Errors
    ///
    /// As [`Policy::row`].
    pub fn row(&self, day: usize, state: &Row) -> Result<Row, Vec<RowProblem>> {
        let mut cells = self.days.get(day).cloned().unwrap_or_default();
        for (index, input) in self.policy.inputs().iter().enumerate() {
            let slot = cells.get_mut(index);
            let carried = matches!(input.need, Need::State(_)).then(|| state.cells().get(index).copied()).flatten();
            match (slot, carried, input.need) {
                (Some(slot), Some(carried), _) => *slot = carried,
                (Some(slot), None, Need::Derived) => *slot = Cell::UNKNOWN,
                _ => {}
            }
        }
        self.policy.row(cells)
    }
}

impl Ahead for Script<'_> {
    fn told(&self, days: i64) -> Result<Told, Vec<RowProblem>> {
        let mut cells = self.policy.empty_row();
        let day = usize::try_from(days).ok().and_then(|day| self.days.get(day));
        for ((cell, found), input) in cells.iter_mut().zip(day.into_iter().flatten()).zip(self.policy.inputs()) {
            if is_given(input) {
                *cell = *found;
            }
        }
        Ok(Told { cells, surely: self.surely(days) })
    }
}
