//! Accounts from rows in memory, and from rows that come once.

use super::parquet::{guarded, whole};
use super::{Batch, HeldTable, PositionSet, StreamTable, TableError};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{Schema, SchemaRef};
use std::fmt;
use std::path::PathBuf;

/// Rows that are taken in pieces, however they come.
pub(super) struct RowsTable {
    called: PathBuf,
    schema: SchemaRef,
    total: Option<u64>,
    read: u64,
    from: From,
    /// What came and is not read yet.
    rest: Option<RecordBatch>,
}

enum From {
    Held { table: HeldTable, next: usize },
    Unopened(StreamTable),
    Stream(Box<dyn RecordBatchReader + Send>),
}

impl fmt::Debug for RowsTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowsTable").field("called", &self.called).field("read", &self.read).finish_non_exhaustive()
    }
}

impl RowsTable {
    pub(super) fn held(table: HeldTable) -> Self {
        Self {
            called: table.called().to_owned(),
            schema: table.schema().clone(),
            total: u64::try_from(table.rows()).ok(),
            read: 0,
            from: From::Held { table, next: 0 },
            rest: None,
        }
    }

    pub(super) fn stream(stream: StreamTable) -> Self {
        Self {
            called: stream.called().to_owned(),
            schema: stream.schema().clone(),
            total: None,
            read: 0,
            from: From::Unopened(stream),
            rest: None,
        }
    }

    pub(super) const fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// How many rows there are, where that is known.
    pub(super) const fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next rows, at most `size`, with these columns; none at the end.
    pub(super) fn next(&mut self, columns: &PositionSet, size: usize) -> Result<Option<Batch>, TableError> {
        let rest = match self.rest.take() {
            Some(rest) => rest,
            None => match self.come(columns)? {
                Some(rows) => rows,
                None => return Ok(None),
            },
        };
        let piece = rest.slice(0, size.max(1).min(rest.num_rows()));
        let left = rest.num_rows() - piece.num_rows();
        self.rest = (left > 0).then(|| rest.slice(piece.num_rows(), left));
        self.read = self.read.saturating_add(u64::try_from(piece.num_rows()).unwrap_or(0));
        Ok(Some(Batch::of(&piece, columns)))
    }

    /// The next rows as they come, if any do.
    fn come(&mut self, columns: &PositionSet) -> Result<Option<RecordBatch>, TableError> {
        loop {
            if let From::Unopened(stream) = &self.from {
                self.from = From::Stream(stream.take()?);
            }
            let rows = match &mut self.from {
                From::Unopened(_) => None,
                From::Held { table, next } => {
                    let rows = table.batches().get(*next).cloned();
                    *next = next.saturating_add(1);
                    rows.map(Ok)
                }
                From::Stream(reader) => guarded(|| reader.next().transpose()).transpose(),
            };
            let Some(rows) = rows else { return Ok(None) };
            let rows: RecordBatch = rows.map_err(|problem: String| self.broken_off(&problem))?;
            if !has_columns(&rows, &self.schema) {
                return Err(self.broken_off("a batch has other columns than the table"));
            }
            for column in columns.iter().filter_map(|position| rows.columns().get(position)) {
                guarded(|| whole(column)).map_err(|problem| self.broken_off(&problem))?;
            }
            if rows.num_rows() > 0 {
                return Ok(Some(rows));
            }
        }
    }

    fn broken_off(&self, problem: &str) -> TableError {
        let problem = format!("cannot be read on after row {}: {problem}", self.read);
        TableError::Damaged { path: self.called.clone(), problem }
    }
}

fn has_columns(rows: &RecordBatch, schema: &Schema) -> bool {
    let found = rows.schema();
    let alike = found
        .fields()
        .iter()
        .zip(schema.fields())
        .all(|(found, known)| found.name() == known.name() && found.data_type() == known.data_type());
    alike && found.fields().len() == schema.fields().len()
}
