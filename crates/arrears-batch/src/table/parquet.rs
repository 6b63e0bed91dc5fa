//! Accounts from a Parquet file.

use super::{Batch, PositionSet, TableError};
use crate::cell::is_readable;
use arrow_array::{Array as _, ArrayRef};
use arrow_schema::{DataType, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// The mark at the beginning and at the end of every Parquet file.
const MARK: &[u8; 4] = b"PAR1";

/// A Parquet file whose footer has been read.
pub(super) struct ParquetTable {
    path: PathBuf,
    schema: SchemaRef,
    rows: u64,
    read: u64,
    state: State,
}

enum State {
    Opened(Box<ParquetRecordBatchReaderBuilder<File>>),
    Reading(Box<ParquetRecordBatchReader>),
    Ended,
}

impl std::fmt::Debug for ParquetTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetTable").field("path", &self.path).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl ParquetTable {
    pub(super) fn open(path: &Path) -> Result<Self, TableError> {
        let unopened = |source| TableError::Open { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(unopened)?;
        check_marks(&mut file).map_err(unopened)?.map_err(|problem| damaged(path, problem))?;
        let builder = guarded(|| ParquetRecordBatchReaderBuilder::try_new(file))
            .map_err(|problem| damaged(path, format!("the footer cannot be read: {problem}")))?;
        Ok(Self {
            path: path.to_owned(),
            schema: builder.schema().clone(),
            rows: u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0),
            read: 0,
            state: State::Opened(Box::new(builder)),
        })
    }

    pub(super) const fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub(super) const fn rows(&self) -> u64 {
        self.rows
    }

    /// The next rows, at most `size`, with these columns; none at the end.
    pub(super) fn next(&mut self, columns: &PositionSet, size: usize) -> Result<Option<Batch>, TableError> {
        let state = std::mem::replace(&mut self.state, State::Ended);
        let mut reader = match state {
            State::Ended => return Ok(None),
            State::Reading(reader) => reader,
            State::Opened(builder) => {
                let mask = ProjectionMask::roots(builder.parquet_schema(), columns.iter());
                let build = || builder.with_projection(mask).with_batch_size(size).build();
                Box::new(guarded(build).map_err(|problem| self.broken_off(&problem))?)
            }
        };
        match guarded(|| reader.next().transpose()) {
            Ok(None) if self.read != self.rows => Err(self.broken_off("the rows end here")),
            Ok(None) => Ok(None),
            Ok(Some(rows)) => {
                for column in rows.columns() {
                    guarded(|| whole(column)).map_err(|problem| self.broken_off(&problem))?;
                }
                self.read += u64::try_from(rows.num_rows()).unwrap_or(0);
                self.state = State::Reading(reader);
                Ok(Some(Batch { rows: rows.num_rows(), arrays: rows.columns().to_vec(), ..Batch::default() }))
            }
            Err(problem) => Err(self.broken_off(&problem)),
        }
    }

    fn broken_off(&self, problem: &str) -> TableError {
        let problem =
            format!("is damaged: it holds {} rows and cannot be read on after row {}: {problem}", self.rows, self.read);
        damaged(&self.path, problem)
    }
}

/// Whether a column can be read. Behind a dictionary every key must have its value: damaged
/// bytes may give one that has none.
pub(super) fn whole(column: &ArrayRef) -> Result<(), String> {
    match column.data_type() {
        DataType::Dictionary(..) => column.to_data().validate_full().map_err(|error| error.to_string()),
        data_type if is_readable(data_type) => Ok(()),
        _ => Err("a column cannot be read".to_owned()),
    }
}

/// Runs a step of a reader; damaged bytes may make it panic rather than fail.
pub(super) fn guarded<T, E: std::fmt::Display>(step: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("the bytes make no sense".to_owned()),
    }
}

/// Whether the file begins and ends as a Parquet file does.
fn check_marks(file: &mut File) -> std::io::Result<Result<(), String>> {
    let length = file.seek(SeekFrom::End(0))?;
    if length < 12 {
        return Ok(Err(format!("is {length} bytes long: too short for a Parquet file")));
    }
    let mut mark = [0; 4];
    file.rewind()?;
    file.read_exact(&mut mark)?;
    if &mark != MARK {
        let begins = String::from_utf8_lossy(&mark).escape_debug().to_string();
        return Ok(Err(format!("is not a Parquet file: it begins with `{begins}`")));
    }
    file.seek(SeekFrom::End(-4))?;
    file.read_exact(&mut mark)?;
    if &mark != MARK {
        return Ok(Err(format!("is cut off after {length} bytes: the mark that ends every Parquet file is not there")));
    }
    file.rewind()?;
    Ok(Ok(()))
}

fn damaged(path: &Path, problem: impl Into<String>) -> TableError {
    TableError::Damaged { path: path.to_owned(), problem: problem.into() }
}
