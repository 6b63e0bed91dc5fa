//! Cells of the facts of some rows, read a column at a time, as lanes are filled: for rows that
//! are decided one by one. To read them row by row would look at the form of every column for
//! every cell.

use super::fill::prepare;
use super::lane::{Bytes, Lanes, N, ROWS, Width};
use super::program::Fill;
use crate::bind::Binding;
use crate::cell::RawColumn;
use arrears::Cell;
use arrow_array::{Array as _, ArrayRef};
use std::cell::OnceCell;

/// Cells of the facts of some rows.
pub(crate) struct FactCells {
    arrays: Vec<Option<ArrayRef>>,
    /// Column after column, in the order of the binding's facts.
    cells: Vec<Cell>,
    /// By row, whether some cell cannot be read as its lane reads it.
    strange: Vec<bool>,
    /// The columns as they stand, made when a row is looked at that is strange.
    columns: OnceCell<Vec<Option<RawColumn>>>,
}

impl FactCells {
    /// The same columns, of which every cell is looked at by itself.
    pub(crate) fn each_by_itself<'a>(
        binding: &Binding<'_>,
        rows: usize,
        array: impl Fn(usize) -> Option<&'a ArrayRef>,
    ) -> Self {
        let arrays = binding.facts.iter().map(|bound| array(bound.position).cloned()).collect();
        Self { arrays, cells: Vec::new(), strange: vec![true; rows], columns: OnceCell::new() }
    }

    /// Reads the first rows of a binding's columns.
    pub(crate) fn of<'a>(binding: &Binding<'_>, rows: usize, array: impl Fn(usize) -> Option<&'a ArrayRef>) -> Self {
        let arrays: Vec<Option<ArrayRef>> = binding.facts.iter().map(|bound| array(bound.position).cloned()).collect();
        let mut cells = vec![Cell::UNKNOWN; rows * arrays.len()];
        let mut strange = vec![false; rows];
        let mut lanes = Lanes::new(1, 1, 1);
        let mut hard: Bytes = [0; ROWS];
        let columns = cells.chunks_exact_mut(rows.max(1)).zip(binding.facts.iter().zip(&arrays));
        for (place, (column_cells, (bound, array))) in columns.enumerate() {
            let Some(array) = array.as_ref().filter(|array| rows > 0 && array.len() >= rows) else {
                strange.fill(true);
                continue;
            };
            let input = bound.meaning.input();
            let lane = match Width::of(input.kind, input.words.len()) {
                Width::Byte => N::Byte(0),
                Width::Narrow => N::Narrow(0),
                Width::Wide => N::Wide(0),
            };
            let column = prepare(bound, array);
            for start in (0..rows).step_by(ROWS) {
                hard.fill(0);
                column.fill(&mut lanes, &Fill { lane, column: place, ranks: None }, start, &mut hard);
                let of_chunk = column_cells.get_mut(start..).unwrap_or_default().iter_mut().take(ROWS);
                of_chunk.enumerate().for_each(|(row, cell)| *cell = lanes.cell(lane, row));
                let of_chunk = strange.get_mut(start..).unwrap_or_default().iter_mut();
                of_chunk.zip(&hard).for_each(|(strange, hard)| *strange |= *hard != 0);
            }
        }
        Self { arrays, cells, strange, columns: OnceCell::new() }
    }

    /// The cells of a row, in the order of the binding's facts; none where one of them has to be
    /// looked at by itself.
    pub(crate) fn of_row(&self, row: usize) -> Option<impl Iterator<Item = Cell>> {
        let plain = self.strange.get(row).is_some_and(|strange| !strange);
        let columns = self.cells.chunks_exact(self.strange.len().max(1));
        plain.then(|| columns.map(move |cells| cells.get(row).copied().unwrap_or(Cell::UNKNOWN)))
    }

    /// The columns as they stand, in the order of the binding's facts.
    pub(crate) fn columns(&self) -> &[Option<RawColumn>] {
        let raw = |array: &Option<ArrayRef>| array.as_ref().and_then(RawColumn::of);
        self.columns.get_or_init(|| self.arrays.iter().map(raw).collect())
    }
}
