//! Tables of accounts, read in batches.

mod csv;
mod error;
mod named;
mod origin;
mod parquet;
mod records;
mod rows;
mod source;

pub use error::TableError;
pub use named::NamedColumns;
pub use origin::{HeldTable, Origin, StreamTable};
pub(crate) use source::Source;

use crate::cell::{RawColumn, is_readable};
use crate::row_error::Fault;
use arrow_array::{Array as _, ArrayRef, NullArray, RecordBatch, UInt32Array};
use arrow_schema::SchemaRef;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Rows that are read at a time.
const BATCH: usize = 8192;

/// Positions of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PositionSet(Vec<usize>); // INVARIANT: ascending, each once.

impl FromIterator<usize> for PositionSet {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Self {
        let mut all: Vec<usize> = positions.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }
}

impl PositionSet {
    /// The positions, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().copied()
    }

    /// The place of a column among those that are read.
    pub(crate) fn place(&self, position: usize) -> Option<usize> {
        self.0.binary_search(&position).ok()
    }
}

/// Rows of a table, in its order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    rows: usize,
    /// The columns that were asked for, in the order of the table.
    arrays: Vec<ArrayRef>,
    /// The lines on which rows begin, for CSV.
    lines: Vec<u64>,
    /// Rows that cannot be read, by place in the batch.
    faults: BTreeMap<usize, Vec<Fault>>,
    /// Rows that can be read and are at fault all the same.
    doubts: BTreeMap<usize, Vec<Fault>>,
}

impl Batch {
    /// Rows in memory, of whose columns only those at `positions` are taken. Where a column
    /// cannot be read, no row can.
    pub(crate) fn of(rows: &RecordBatch, positions: &PositionSet) -> Self {
        let mut batch = Self { rows: rows.num_rows(), ..Self::default() };
        for position in positions.iter() {
            let array = rows.columns().get(position).filter(|array| is_readable(array.data_type()));
            if array.is_none() {
                let schema = rows.schema();
                let name = schema.fields().get(position).map_or("", |field| field.name().as_str());
                for row in 0..batch.rows {
                    let fault = Fault::of_column(name, "the column cannot be read");
                    batch.faults.entry(row).or_default().push(fault);
                }
            }
            batch.arrays.push(array.cloned().unwrap_or_else(|| Arc::new(NullArray::new(batch.rows))));
        }
        batch
    }

    /// How many rows it has.
    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    /// The line of the file on which a row begins, for CSV.
    pub(crate) fn line(&self, row: usize) -> Option<u64> {
        self.lines.get(row).copied()
    }

    /// What makes a row unreadable.
    pub(crate) fn faults(&self, row: usize) -> &[Fault] {
        self.faults.get(&row).map_or(&[], Vec::as_slice)
    }

    /// What is wrong with a row that can be read.
    pub(crate) fn doubts(&self, row: usize) -> &[Fault] {
        self.doubts.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The rows at fault before their cells are looked at, by place; some of them twice.
    pub(crate) fn faulty(&self) -> impl Iterator<Item = usize> + '_ {
        self.faults.keys().chain(self.doubts.keys()).copied()
    }

    /// Puts a row at fault that can be read.
    pub(crate) fn doubt(&mut self, row: usize, fault: Fault) {
        self.doubts.entry(row).or_default().push(fault);
    }

    /// Adds a column behind the others.
    pub(crate) fn push(&mut self, array: ArrayRef) {
        self.arrays.push(array);
    }

    /// A column as the table has it, by its place among those that were asked for.
    pub(crate) fn array(&self, place: usize) -> Option<&ArrayRef> {
        self.arrays.get(place)
    }

    /// The cells of a column, by its place among those that were asked for.
    pub(crate) fn column(&self, place: usize) -> Option<RawColumn> {
        RawColumn::of(self.arrays.get(place)?)
    }

    /// Its columns in some of its rows, in the order of these; none if they cannot be picked.
    pub(crate) fn picked(&self, rows: &UInt32Array) -> Option<Vec<ArrayRef>> {
        self.arrays.iter().map(|array| arrow_select::take::take(array, rows, None).ok()).collect()
    }
}

/// A table of accounts that has been opened.
#[derive(Debug)]
pub struct Table {
    source: Source,
    format: Format,
}

#[derive(Debug)]
enum Format {
    Csv(csv::CsvTable),
    Parquet(parquet::ParquetTable),
    Rows(rows::RowsTable),
}

/// Opens a table, a file that is `.parquet` or `.csv` or rows that a program has, and reads its
/// columns.
///
/// # Errors
///
/// [`TableError`] if the file cannot be opened, is not what its name says, is cut off,
/// or has two columns of one name.
pub fn open(origin: impl Into<Origin>) -> Result<Table, TableError> {
    let table = match origin.into() {
        Origin::File(path) => open_file(&path)?,
        Origin::Held(held) => {
            Table { source: Source::Held(held.clone()), format: Format::Rows(rows::RowsTable::held(held)) }
        }
        Origin::Stream(stream) => {
            Table { source: Source::Stream(stream.clone()), format: Format::Rows(rows::RowsTable::stream(stream)) }
        }
    };
    let mut seen = BTreeSet::new();
    for field in table.schema().fields() {
        if !seen.insert(field.name().as_str()) {
            return Err(TableError::SameName { path: table.path().to_owned(), column: field.name().clone() });
        }
    }
    Ok(table)
}

fn open_file(path: &Path) -> Result<Table, TableError> {
    let extension = path.extension().map(|end| end.to_ascii_lowercase());
    let source = Source::of(path);
    let format = match extension.as_ref().and_then(|end| end.to_str()) {
        Some("csv") => Format::Csv(csv::CsvTable::open(path)?),
        Some("parquet" | "pq") => Format::Parquet(parquet::ParquetTable::open(path)?),
        _ => {
            return Err(TableError::Format { path: path.to_owned() });
        }
    };
    Ok(Table { source: source?, format })
}

impl Table {
    /// The file, or what messages call the table.
    pub fn path(&self) -> &Path {
        self.source.path()
    }

    /// The columns and their types.
    pub const fn schema(&self) -> &SchemaRef {
        match &self.format {
            Format::Csv(table) => table.schema(),
            Format::Parquet(table) => table.schema(),
            Format::Rows(table) => table.schema(),
        }
    }

    /// Where it comes from, to be read again.
    pub(crate) const fn source(&self) -> &Source {
        &self.source
    }

    /// How many rows it has, where that is known without reading them.
    pub const fn total_rows(&self) -> Option<u64> {
        match &self.format {
            Format::Csv(_) => None,
            Format::Parquet(table) => Some(table.rows()),
            Format::Rows(table) => table.total(),
        }
    }

    /// The next rows with these columns; none at the end. Every call must ask for the
    /// same columns.
    ///
    /// # Errors
    ///
    /// [`TableError::Damaged`] where the file cannot be read on.
    pub(crate) fn next_batch(&mut self, columns: &PositionSet) -> Result<Option<Batch>, TableError> {
        self.next_rows(columns, BATCH)
    }

    /// As [`Table::next_batch`], at most so many rows.
    pub(crate) fn next_rows(&mut self, columns: &PositionSet, most: usize) -> Result<Option<Batch>, TableError> {
        match &mut self.format {
            Format::Csv(table) => table.next(columns, most),
            Format::Parquet(table) => table.next(columns, most),
            Format::Rows(table) => table.next(columns, most),
        }
    }
}
