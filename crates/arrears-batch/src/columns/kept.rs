//! What of a row is wanted after its decision: cells of facts, and the signs that were seen.

use super::decided::{Decided, SEVERAL};
use super::lane::{Lanes, TRUE};
use super::program::Program;
use super::turns::NO_TREATMENT;
use arrears::Cell;
use arrears::condition::{FactId, WordSet};
use arrears::decide::Leaves;
use arrears::policy::{StageId, TreatmentId};

/// Signs that one word of bits holds.
const BITS: usize = 64;

/// Cells of decided rows, as they stood when these were decided, and which signs were seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    facts: Vec<FactId>,
    signs: usize,
    /// Row after row, in the order of the facts.
    cells: Vec<Cell>,
    /// Row after row, a bit for each sign of the policy.
    seen: Vec<u64>,
}

impl Kept {
    /// Keeps the cells of these facts, and, if asked to, so many signs.
    pub(crate) const fn new(facts: Vec<FactId>, signs: usize) -> Self {
        Self { facts, signs, cells: Vec::new(), seen: Vec::new() }
    }

    /// The facts of which cells are kept.
    pub(crate) fn facts(&self) -> &[FactId] {
        &self.facts
    }

    /// Forgets the rows.
    pub(crate) fn clear(&mut self) {
        self.cells.clear();
        self.seen.clear();
    }

    /// The cells of a row, in the order of the facts.
    pub(crate) fn cells(&self, row: usize) -> &[Cell] {
        let width = self.facts.len();
        self.cells.get(row * width..(row + 1) * width).unwrap_or_default()
    }

    /// The cell of the fact at a place among those kept.
    pub(crate) fn cell(&self, row: usize, place: Option<usize>) -> Cell {
        place.and_then(|place| self.cells(row).get(place).copied()).unwrap_or(Cell::UNKNOWN)
    }

    /// Whether a sign was seen.
    pub(crate) fn is_seen(&self, row: usize, sign: usize) -> bool {
        let word = self.seen.get(row * self.signs.div_ceil(BITS) + sign / BITS).copied().unwrap_or(0);
        (word >> (sign % BITS)) & 1 == 1
    }

    /// Makes room for rows of which nothing is kept yet.
    pub(crate) fn grow(&mut self, rows: usize) {
        self.cells.resize(rows * self.facts.len(), Cell::UNKNOWN);
        self.seen.resize(rows * self.signs.div_ceil(BITS), 0);
    }

    /// Keeps what is wanted of a row that was decided by itself.
    pub(crate) fn put(&mut self, row: usize, cell: impl Fn(FactId) -> Cell) {
        let width = self.facts.len();
        let slots = self.cells.get_mut(row * width..(row + 1) * width).unwrap_or_default();
        for (slot, fact) in slots.iter_mut().zip(&self.facts) {
            *slot = cell(*fact);
        }
    }

    /// Keeps what is wanted of the first rows of a chunk.
    pub(super) fn take(&mut self, program: &Program, lanes: &Lanes, rows: usize) {
        let (width, words) = (self.facts.len(), self.signs.div_ceil(BITS));
        let (first_cell, first_word) = (self.cells.len(), self.seen.len());
        self.cells.resize(first_cell + rows * width, Cell::UNKNOWN);
        self.seen.resize(first_word + rows * words, 0);
        for (place, fact) in self.facts.iter().enumerate() {
            let Some(number) = program.facts.get(fact.index()) else { continue };
            let slots = self.cells.iter_mut().skip(first_cell + place).step_by(width.max(1));
            for (row, slot) in slots.enumerate() {
                *slot = lanes.cell(*number, row);
            }
        }
        for (sign, truth) in program.seen.iter().enumerate().take(self.signs) {
            let Some(truth) = truth else { continue };
            let slots = self.seen.iter_mut().skip(first_word + sign / BITS).step_by(words.max(1));
            for (row, slot) in slots.enumerate() {
                *slot |= u64::from(lanes.truth(*truth, row) == TRUE) << (sign % BITS);
            }
        }
    }
}

impl Decided {
    /// What the decision of a row leaves for the next one; none beyond the last row.
    pub(crate) fn leaves(&self, row: usize) -> Option<Leaves<'_>> {
        Some(Leaves {
            types: match *self.debtor_type.get(row)? {
                SEVERAL => self.several.get(&row).copied().unwrap_or_default(),
                only => WordSet::of(usize::from(only)),
            },
            stage: StageId::at(*self.stage.get(row)?),
            rung: StageId::at(*self.rung.get(row)?),
            treatment: Some(*self.treatment.get(row)?).filter(|id| *id != NO_TREATMENT).map(TreatmentId::at),
            duties: self.duty_lists.list(self.duties.get(row)),
        })
    }
}
