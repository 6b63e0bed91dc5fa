//! Facts that come from beside the table, such as the state: one cell for each row.

use super::lane::wide_of;
use arrears::Cell;
use arrears::condition::FactId;

/// Cells of facts for which the table has no column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    facts: Vec<FactId>,
    /// By fact, the cells of the rows as wide lanes hold them.
    cells: Vec<Vec<i64>>, // INVARIANT: one for each fact, all of one length.
}

impl Beside {
    /// Facts of which every row brings a cell.
    pub(crate) fn new(facts: Vec<FactId>) -> Self {
        let cells = facts.iter().map(|_| Vec::new()).collect();
        Self { facts, cells }
    }

    /// The facts.
    pub(crate) fn facts(&self) -> &[FactId] {
        &self.facts
    }

    /// By fact, the cells of the rows.
    pub(super) fn columns(&self) -> &[Vec<i64>] {
        &self.cells
    }

    /// Forgets the rows.
    pub(crate) fn clear(&mut self) {
        self.cells.iter_mut().for_each(Vec::clear);
    }

    /// Adds a row, of whose cells the facts' are taken.
    pub(crate) fn push(&mut self, row: &[Cell]) {
        for (fact, cells) in self.facts.iter().zip(&mut self.cells) {
            cells.push(wide_of(row.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN)));
        }
    }
}
