//! What one thread decides with, from batch to batch.

use super::decided::{Deciding, Marks, Mine};
use super::feed::Loaded;
use crate::bind::BoundFact;
use crate::columns::{Beside, Decided, Desk, Kept, Kinds, Rows};
use arrears::Cell;
use arrears::condition::FactId;
use arrow_array::ArrayRef;

/// What one thread decides with.
pub(super) struct Clerk<'a> {
    desk: Desk,
    /// The decisions of the batch at hand.
    pub(super) decided: Decided,
    /// What is wanted of its rows after they are decided.
    pub(super) kept: Kept,
    /// The different decisions that were seen so far.
    pub(super) kinds: Kinds<'a>,
    beside: Beside,
    /// The cells of one row.
    pub(super) row: Vec<Cell>,
}

impl<'a> Clerk<'a> {
    pub(super) fn new(deciding: &Deciding<'a>) -> Self {
        let policy = deciding.reading.policy;
        Self {
            desk: deciding.columns.desk(),
            decided: Decided::default(),
            kept: deciding.kept(),
            kinds: Kinds::new(policy, deciding.law, deciding.reading.as_of),
            beside: Beside::new(deciding.beside.clone()),
            row: Vec::new(),
        }
    }

    /// Forgets the rows of the batch before.
    pub(super) fn clear(&mut self) {
        if self.kinds.are_many() {
            self.kinds.forget();
            self.decided = Decided::default();
        }
        self.decided.clear();
        self.kept.clear();
        self.beside.clear();
    }

    /// Decides a batch in columns, and gives the places of the rows that are for the row
    /// engine. `marks` has what the last decisions left, row by row, and is told what scripts
    /// did.
    pub(super) fn in_columns(
        &mut self,
        deciding: &Deciding<'a>,
        loaded: &Loaded,
        (mine, reviews): (Mine<'_>, bool),
        marks: &mut Marks,
    ) -> Vec<usize> {
        let binding = deciding.reading.binding;
        let count = loaded.batch.rows();
        if !self.beside.facts().is_empty() {
            self.fill_beside(deciding, loaded, mine, marks);
        }
        let array = |position| loaded.batch.array(binding.positions.place(position)?).cloned();
        let columns: Vec<ArrayRef> = binding.facts.iter().filter_map(|bound| array(bound.position)).collect();
        let rows = Rows { columns: &columns, beside: &self.beside, count, reviews };
        let mut hard = Vec::new();
        let Self { desk, decided, kept, .. } = self;
        deciding.columns.decide(desk, binding, &rows, (decided, kept), &mut hard);
        hard
    }

    /// Finds what comes from beside the table: the state, and what scripts compute.
    fn fill_beside(&mut self, deciding: &Deciding<'a>, loaded: &Loaded, mine: Mine<'_>, marks: &mut Marks) {
        let (policy, binding) = (deciding.reading.policy, deciding.reading.binding);
        let reads = |fact: FactId| policy.scripts().iter().any(|script| script.reads.contains(&fact));
        let column = |bound: &'a BoundFact<'a>| {
            let place = binding.positions.place(bound.position)?;
            Some((bound, loaded.batch.column(place)?))
        };
        let scripts = deciding.reading.scripts;
        let read = binding.facts.iter().filter(|bound| scripts.is_some() && reads(bound.fact));
        let read: Vec<_> = read.filter_map(column).collect();
        let fresh = policy.empty_row();
        for place in 0..loaded.batch.rows() {
            self.row.clone_from(&fresh);
            if let Some(entry) = marks.before.get(place).and_then(Option::as_ref) {
                // A state that cannot be read is told by the row engine, as is a cell.
                let _told = entry.put(policy, deciding.reading.as_of, &mut self.row);
            }
            for (bound, column) in &read {
                let cell = bound.meaning.cell(&column.cell(place)).unwrap_or(Cell::UNKNOWN);
                if let Some(slot) = self.row.get_mut(bound.fact.index()) {
                    *slot = cell;
                }
            }
            if let (Some(compute), true) = (scripts, mine.has(place)) {
                let cost = compute(policy, &mut self.row);
                marks.operations = marks.operations.saturating_add(cost.operations);
                if !cost.failed.is_empty() {
                    marks.scripts.insert(place, cost.failed);
                }
            }
            self.beside.push(&self.row);
        }
    }
}
