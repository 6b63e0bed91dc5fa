//! What events tell, as columns behind those of the table of accounts.

use super::Events;
use super::facts::ToldCells;
use crate::bind::{Binding, BoundFact};
use crate::cell::{Meaning, Raw, RawColumn};
use crate::row_error::Fault;
use crate::table::{Batch, Table, TableError};
use arrears::Cell;
use arrears::policy::Policy;

impl Events {
    /// Binds the facts that events tell to columns behind the `width` columns of a table. Gives
    /// for each of them the column in which the table has it too: that is not read for the fact
    /// any more, but compared with what events tell.
    pub(crate) fn beside<'p>(
        &self,
        policy: &'p Policy,
        width: usize,
        facts: &mut Vec<BoundFact<'p>>,
    ) -> Vec<Option<BoundFact<'p>>> {
        let mut own = Vec::new();
        for fact in self.facts() {
            let Some(input) = policy.input(fact) else { continue };
            let given = facts.iter().position(|bound| bound.fact == fact).map(|place| facts.remove(place));
            facts.push(BoundFact {
                fact,
                position: width + own.len(),
                column: input.name.clone(),
                meaning: Meaning::new(input, self.plan.digits, &[]),
            });
            own.push(given);
        }
        own
    }
}

impl Binding<'_> {
    /// The next rows of the table, and behind them what events tell of their accounts; none at
    /// the end.
    ///
    /// # Errors
    ///
    /// [`TableError::Damaged`] where the file cannot be read on.
    pub(crate) fn next_batch(&self, table: &mut Table, events: Option<&Events>) -> Result<Option<Batch>, TableError> {
        let Some(mut batch) = table.next_batch(&self.in_table)? else { return Ok(None) };
        if let Some(events) = events {
            self.add_told(events, &mut batch);
        }
        Ok(Some(batch))
    }

    fn add_told(&self, events: &Events, batch: &mut Batch) {
        let column = |position: usize, batch: &Batch| {
            let column = self.in_table.place(position).and_then(|place| batch.column(place));
            column.unwrap_or(RawColumn::Empty)
        };
        let ToldCells { columns, faults } = events.cells(&column(self.account.0, batch), batch.rows());
        for (row, fault) in faults {
            batch.doubt(row, fault);
        }
        for (given, (kind, mut cells)) in self.told.iter().zip(columns) {
            if let Some(given) = given {
                let column = column(given.position, batch);
                for (row, cell) in cells.iter_mut().enumerate() {
                    match joined(self.policy, given, &column.cell(row), *cell) {
                        Ok(joined) => *cell = joined,
                        Err(fault) => batch.doubt(row, fault),
                    }
                }
            }
            batch.push(events.array(kind, &cells));
        }
    }
}

/// What is known of a fact that the table may give and events may tell: they must say the same.
fn joined(policy: &Policy, given: &BoundFact<'_>, raw: &Raw<'_>, told: Cell) -> Result<Cell, Fault> {
    let cell = given.meaning.cell(raw).map_err(|problem| Fault::of_cell(&given.column, raw, problem))?;
    if cell.is_unknown() || cell == told {
        return Ok(told);
    }
    if told.is_unknown() {
        return Ok(cell);
    }
    let show = |cell: Cell| match cell.get() {
        Some(number) => policy.show(number, given.meaning.input().kind),
        None => "never".to_owned(),
    };
    let (is, was) = (show(told), show(cell));
    let problem =
        format!("given as {was}, but it is {is} by the tables of events: leave out the column, or mend one of them");
    Err(Fault::of_column(&given.column, problem))
}
