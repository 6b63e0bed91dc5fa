//! Accounts from a CSV file: every cell is text, its meaning is found later.

use super::records::{Broken, Record, Records};
use super::{Batch, PositionSet, TableError};
use crate::row_error::Fault;
use arrow_array::ArrayRef;
use arrow_array::builder::StringBuilder;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A CSV file whose header has been read.
#[derive(Debug)]
pub(super) struct CsvTable {
    path: PathBuf,
    schema: SchemaRef,
    records: Records<BufReader<File>>,
}

impl CsvTable {
    pub(super) fn open(path: &Path) -> Result<Self, TableError> {
        let file = File::open(path).map_err(|source| TableError::Open { path: path.to_owned(), source })?;
        let mut records = Records::new(BufReader::with_capacity(256 * 1024, file));
        let header = match records.next() {
            Ok(Some(record)) => header(record).map_err(|problem| damaged(path, problem))?,
            Ok(None) => return Err(damaged(path, "is empty: expected a line of column names")),
            Err(broken) => return Err(broken_off(path, &broken)),
        };
        check_commas(&header).map_err(|problem| damaged(path, problem))?;
        let fields = header.into_iter().map(|name| Field::new(name, DataType::Utf8, true));
        Ok(Self { path: path.to_owned(), schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())), records })
    }

    pub(super) const fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The next rows, at most `size`, with these columns; none at the end.
    pub(super) fn next(&mut self, columns: &PositionSet, size: usize) -> Result<Option<Batch>, TableError> {
        let mut batch = Batch::default();
        let mut cells: Vec<_> = columns.iter().map(|_| StringBuilder::new()).collect();
        let width = self.schema.fields().len();
        let mut rows = 0;
        while rows < size {
            let record = match self.records.next() {
                Ok(Some(record)) => record,
                Ok(None) => break,
                Err(broken) => return Err(broken_off(&self.path, &broken)),
            };
            if let Some(fault) = miscounted(record, width) {
                batch.faults.entry(rows).or_default().push(fault);
            }
            for (column, cells) in columns.iter().zip(&mut cells) {
                match record.cell(column).map(std::str::from_utf8) {
                    Some(Ok("")) | None => cells.append_null(),
                    Some(Ok(text)) => cells.append_value(text),
                    Some(Err(_)) => {
                        cells.append_null();
                        let name = self.schema.field(column).name();
                        let fault = Fault::of_column(name, "the text is not UTF-8");
                        batch.faults.entry(rows).or_default().push(fault);
                    }
                }
            }
            batch.lines.push(record.line);
            rows += 1;
        }
        if rows == 0 {
            return Ok(None);
        }
        batch.arrays = cells.into_iter().map(|mut cells| Arc::new(cells.finish()) as ArrayRef).collect();
        batch.rows = rows;
        Ok(Some(batch))
    }
}

fn header(record: &Record) -> Result<Vec<String>, String> {
    let mut names = Vec::with_capacity(record.len());
    for (position, cell) in record.cells().enumerate() {
        let utf16 = cell.starts_with(b"\xFF\xFE") || cell.starts_with(b"\xFE\xFF");
        let name = std::str::from_utf8(cell).map_err(|_| {
            let encoding = if utf16 { "is UTF-16" } else { "is not UTF-8" };
            format!("line 1, column {}: the text {encoding}: save the file as UTF-8", position + 1)
        })?;
        names.push(name.trim().to_owned());
    }
    Ok(names)
}

/// One column whose name holds what other files separate columns by is several columns.
fn check_commas(header: &[String]) -> Result<(), String> {
    let [only] = header else { return Ok(()) };
    match [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")].into_iter().find(|(mark, _)| only.contains(*mark)) {
        Some((_, marks)) => Err(format!("line 1: the columns are separated by {marks}: separate them by commas")),
        None => Ok(()),
    }
}

fn miscounted(record: &Record, width: usize) -> Option<Fault> {
    if record.len() == width {
        return None;
    }
    let cells = if record.len() == 1 { "cell" } else { "cells" };
    let mut problem = format!("the line has {} {cells}, the header has {width}", record.len());
    if record.unfinished && record.len() < width {
        problem.push_str(": the file may be cut off here");
    }
    Some(Fault::of_row(problem))
}

fn damaged(path: &Path, problem: impl Into<String>) -> TableError {
    TableError::Damaged { path: path.to_owned(), problem: problem.into() }
}

fn broken_off(path: &Path, broken: &Broken) -> TableError {
    damaged(
        path,
        match broken {
            Broken::Read(error) => format!("cannot be read on: {error}"),
            Broken::OpenQuote(line) => {
                format!("line {line}: a quote is opened and not closed: the file may be cut off")
            }
            Broken::TooLong(line) => format!("line {line}: the line is too long for a table of accounts"),
        },
    )
}
