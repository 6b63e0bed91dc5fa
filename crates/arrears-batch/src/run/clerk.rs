//! What one thread decides with, from batch to batch.

use super::decided::Deciding;
use super::feed::Loaded;
use crate::columns::{Beside, Decided, Desk, Kept, Kinds, Rows};
use crate::state::Entry;
use arrears::Cell;
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
    /// engine. `before` is what the last decisions left, row by row.
    pub(super) fn in_columns(
        &mut self,
        deciding: &Deciding<'a>,
        loaded: &Loaded,
        before: &[Option<Entry>],
    ) -> Vec<usize> {
        let (policy, binding) = (deciding.reading.policy, deciding.reading.binding);
        let count = loaded.batch.rows();
        if !self.beside.facts().is_empty() {
            let fresh = policy.empty_row();
            for place in 0..count {
                self.row.clone_from(&fresh);
                if let Some(entry) = before.get(place).and_then(Option::as_ref) {
                    // A state that cannot be read is told by the row engine.
                    let _told = entry.put(policy, deciding.reading.as_of, &mut self.row);
                }
                self.beside.push(&self.row);
            }
        }
        let array = |position| loaded.batch.array(binding.positions.place(position)?).cloned();
        let columns: Vec<ArrayRef> = binding.facts.iter().filter_map(|bound| array(bound.position)).collect();
        let rows = Rows { columns: &columns, beside: &self.beside, count };
        let mut hard = Vec::new();
        let Self { desk, decided, kept, .. } = self;
        deciding.columns.decide(desk, binding, &rows, (decided, kept), &mut hard);
        hard
    }
}
