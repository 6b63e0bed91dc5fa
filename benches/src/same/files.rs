//! Tables in files: some of their columns as texts, and whether two are the same.

use crate::Failure;
use arrow_array::cast::AsArray;
use arrow_array::{Array as _, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_csv::ReaderBuilder;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

/// Rows that are read at a time.
const ROWS: usize = 8192;
/// Bytes that are compared at a time.
const BYTES: usize = 1 << 20;

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, Failure>>>;

/// Calls for every row of a Parquet or CSV file, in its order, with the texts of some columns;
/// an empty cell is an empty text. An error tells the file and the row.
pub(super) fn each_row(
    path: &Path,
    columns: &[&str],
    mut row: impl FnMut(&[&str]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut number = 0;
    for batch in open(path)? {
        let batch = batch.map_err(|error| format!("{}: {error}", path.display()))?;
        let texts = columns.iter().map(|name| text(&batch, name)).collect::<Result<Vec<_>, _>>();
        let texts = texts.map_err(|error| format!("{}: {error}", path.display()))?;
        let mut cells = Vec::with_capacity(columns.len());
        for place in 0..batch.num_rows() {
            number += 1;
            cells.clear();
            cells.extend(texts.iter().map(|text| if text.is_null(place) { "" } else { text.value(place) }));
            row(&cells).map_err(|error| format!("{}: row {number}: {error}", path.display()))?;
        }
    }
    Ok(())
}

fn text(batch: &RecordBatch, name: &str) -> Result<StringArray, Failure> {
    let column = batch.column_by_name(name).ok_or_else(|| format!("no column `{name}`"))?;
    Ok(cast(column, &DataType::Utf8)?.as_string::<i32>().clone())
}

fn open(path: &Path) -> Result<Batches, Failure> {
    if path.extension().is_some_and(|ending| ending == "parquet") {
        return Ok(Box::new(parquet(path)?.map(|batch| Ok(batch?))));
    }
    let file = || File::open(path).map_err(|error| format!("{}: {error}", path.display()));
    let mut heading = String::new();
    BufReader::new(file()?).read_line(&mut heading)?;
    let fields: Vec<_> = heading.trim_end().split(',').map(|name| Field::new(name, DataType::Utf8, true)).collect();
    let reader = ReaderBuilder::new(Arc::new(Schema::new(fields))).with_header(true).with_batch_size(ROWS);
    Ok(Box::new(reader.build(file()?)?.map(|batch| Ok(batch?))))
}

fn parquet(path: &Path) -> Result<ParquetRecordBatchReader, Failure> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(ROWS).build()?)
}

/// Whether two files have the same bytes.
pub(super) fn same_bytes(one: &Path, other: &Path) -> Result<(), Failure> {
    let (mut first, mut second) =
        (BufReader::with_capacity(BYTES, File::open(one)?), BufReader::with_capacity(BYTES, File::open(other)?));
    let mut before = 0;
    loop {
        let (a, b) = (first.fill_buf()?, second.fill_buf()?);
        let alike = a.len().min(b.len());
        let differ = a.iter().zip(b).position(|(a, b)| a != b);
        match differ {
            None if alike == 0 && a.len() == b.len() => return Ok(()),
            None if alike > 0 => {}
            _ => {
                let place = before + differ.unwrap_or(0);
                return Err(format!("{} and {} differ at byte {place}", one.display(), other.display()).into());
            }
        }
        first.consume(alike);
        second.consume(alike);
        before += alike;
    }
}

/// Whether two Parquet files have the same columns and the same rows, whatever their bytes.
pub(super) fn same_rows(one: &Path, other: &Path) -> Result<(), Failure> {
    let (mut first, mut second) = (parquet(one)?, parquet(other)?);
    let mut before = 0;
    loop {
        match (first.next().transpose()?, second.next().transpose()?) {
            (None, None) => return Ok(()),
            (Some(a), Some(b)) if a == b => before += a.num_rows(),
            _ => {
                let (one, other) = (one.display(), other.display());
                return Err(format!("{one} and {other} differ in the {ROWS} rows after row {before}").into());
            }
        }
    }
}
