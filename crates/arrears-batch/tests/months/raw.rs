//! Columns of Parquet files as plain vectors.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::DataType;
use chrono::NaiveDate;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::path::{Path, PathBuf};

/// A table of the data folder; none, and a line that says so, where the folder is not named.
#[expect(clippy::disallowed_methods, reason = "where the data lie decides nothing")]
#[expect(clippy::print_stdout, reason = "a test that was skipped says so")]
pub(crate) fn data(name: &str) -> Option<PathBuf> {
    let Ok(folder) = std::env::var("ARREARS_DATA") else {
        println!("skipped: ARREARS_DATA names no folder with {name}");
        return None;
    };
    Some(Path::new(&folder).join(name))
}

/// The named columns of a Parquet file, batch by batch, in the order of the names.
pub(crate) fn batches(path: &Path, names: &[&str]) -> impl Iterator<Item = RecordBatch> {
    let file = std::fs::File::open(path).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let mask = ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
    let reader = builder.with_projection(mask).with_batch_size(64 * 1024).build().unwrap();
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    reader.map(move |batch| {
        let batch = batch.unwrap();
        let place = |name: &String| batch.schema().index_of(name).unwrap();
        batch.project(&names.iter().map(place).collect::<Vec<_>>()).unwrap()
    })
}

fn cast(batch: &RecordBatch, column: usize, to: &DataType) -> ArrayRef {
    arrow_cast::cast(batch.column(column), to).unwrap()
}

/// A column of whole numbers, none of them missing.
pub(crate) fn numbers(batch: &RecordBatch, column: usize) -> Vec<i64> {
    let array = cast(batch, column, &DataType::Int64);
    array.as_primitive::<Int64Type>().iter().map(Option::unwrap).collect()
}

/// A column of days, none of them missing.
pub(crate) fn days(batch: &RecordBatch, column: usize) -> Vec<NaiveDate> {
    let array = cast(batch, column, &DataType::Date32);
    array.as_primitive::<Date32Type>().iter().map(|day| Date32Type::to_naive_date_opt(day.unwrap()).unwrap()).collect()
}

/// A column of words; empty ones are missing.
pub(crate) fn words(batch: &RecordBatch, column: usize) -> Vec<Option<String>> {
    let array = cast(batch, column, &DataType::Utf8);
    array.as_string::<i32>().iter().map(|word| word.map(str::to_owned)).collect()
}
