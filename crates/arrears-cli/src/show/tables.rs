//! Tables of text: columns that line up, without lines between them.

use super::screen;
use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Words, from the left, at least this wide.
    Words(u16),
    /// Numbers, from the right, at least this wide.
    Numbers(u16),
}

/// A table whose cells are never broken over lines.
pub(crate) fn table(columns: &[(&str, Column)], rows: Vec<Vec<String>>) -> String {
    set(columns, rows, None)
}

/// A table whose last column is broken over lines where the terminal asks for it. Where
/// the result goes elsewhere every row keeps to its line.
pub(crate) fn wrapped(columns: &[(&str, Column)], rows: Vec<Vec<String>>) -> String {
    set(columns, rows, screen::terminal_width())
}

fn set(columns: &[(&str, Column)], rows: Vec<Vec<String>>, width: Option<usize>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).enforce_styling();
    match width.and_then(|width| u16::try_from(width).ok()) {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    if columns.iter().any(|(heading, _)| !heading.is_empty()) {
        table.set_header(columns.iter().map(|(heading, _)| Cell::new(heading).add_attribute(Attribute::Bold)));
    }
    table.add_rows(rows);
    for (place, (column, (_, form))) in table.column_iter_mut().zip(columns).enumerate() {
        let gap = if place == 0 { 0 } else { 2 };
        let (alignment, least) = match form {
            Column::Words(least) => (CellAlignment::Left, *least),
            Column::Numbers(least) => (CellAlignment::Right, *least),
        };
        column.set_padding((gap, 0));
        column.set_cell_alignment(alignment);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least + gap)));
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(&without_trailing_spaces(&line));
        text.push('\n');
    }
    text
}

/// Takes spaces away at the end of a line, and before the end of its last style.
fn without_trailing_spaces(line: &str) -> String {
    const END: &str = "\u{1b}[0m";
    match line.trim_end().strip_suffix(END) {
        Some(styled) => format!("{}{END}", styled.trim_end()),
        None => line.trim_end().to_owned(),
    }
}
