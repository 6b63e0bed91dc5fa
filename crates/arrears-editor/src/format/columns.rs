//! Neighbours of one kind stand in columns.
//!
//! The `=` of neighbouring thresholds, defines, facts, values and assumptions always do. The other clauses
//! do where the author has begun to align them, with two blanks or more before one of them.

use super::layout::Laid;
use arrears::draft::Part;

/// What it costs that a clause stands behind the column of the others, in blanks; for `=`, and for others.
const BEHIND: (usize, usize) = (60, 30);

/// The clauses that can stand in columns, from left to right.
const PARTS: [Part; 10] = [
    Part::Value,
    Part::Stages,
    Part::To,
    Part::When,
    Part::Otherwise,
    Part::Unless,
    Part::Then,
    Part::Do,
    Part::After,
    Part::Options,
];

/// Aligns the clauses on the first lines of neighbours.
pub(super) fn align(run: &mut [Laid<'_, '_>]) {
    for part in PARTS {
        let cells: Vec<Option<(usize, usize)>> = run.iter().map(|laid| cell(laid, part)).collect();
        let begun = cells.iter().flatten().any(|(_, blanks)| *blanks > 1);
        if part == Part::Otherwise || !begun && part != Part::Value {
            continue;
        }
        let widths: Vec<Option<usize>> =
            run.iter().zip(&cells).map(|(laid, cell)| cell.map(|(index, _)| laid.width_before(index))).collect();
        let Some(column) = column(&widths, if part == Part::Value { BEHIND.0 } else { BEHIND.1 }) else {
            continue;
        };
        for ((laid, cell), width) in run.iter_mut().zip(&cells).zip(widths) {
            if let (Some((index, _)), Some(width)) = (cell, width) {
                laid.pad(*index, column.saturating_sub(width));
            }
        }
    }
}

/// The piece that begins a clause, and the blanks that its author wrote before it. `otherwise` stands in
/// the column of `when`.
fn cell(laid: &Laid<'_, '_>, part: Part) -> Option<(usize, usize)> {
    let stands = |found: Part| found == part || part == Part::When && found == Part::Otherwise;
    laid.cells().into_iter().find(|(found, ..)| stands(*found)).map(|(_, index, blanks)| (index, blanks))
}

/// The column at which the least is lost: blanks before it, and pieces that stand behind it.
fn column(widths: &[Option<usize>], behind: usize) -> Option<usize> {
    let cost = |column: usize| -> usize {
        let of = |width: &usize| if *width > column { behind } else { column - *width };
        widths.iter().flatten().map(of).sum()
    };
    widths.iter().flatten().copied().min_by_key(|column| (cost(*column), *column))
}
