//! Where tables come from.

use super::TableError;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::SchemaRef;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Where a table comes from: a file, rows that a program holds, or rows that come once.
///
/// ```
/// use arrears_batch::{HeldTable, Origin};
/// use arrow_array::{Int64Array, RecordBatch};
/// use std::sync::Arc;
///
/// let rows = RecordBatch::try_from_iter([("dpd", Arc::new(Int64Array::from(vec![0, 12])) as _)])?;
/// let held = Origin::from(HeldTable::new("accounts", rows.schema(), vec![rows]));
/// assert_eq!(arrears_batch::open(held)?.total_rows(), Some(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub enum Origin {
    /// A file, `.parquet` or `.csv`.
    File(PathBuf),
    /// Rows in memory, which are read where they are.
    Held(HeldTable),
    /// Rows that come one after another and can be read once.
    Stream(StreamTable),
}

impl Origin {
    /// The file, or what messages call the table.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Held(held) => held.called(),
            Self::Stream(stream) => stream.called(),
        }
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Held(_) | Self::Stream(_) => None,
        }
    }
}

impl From<PathBuf> for Origin {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl<P: AsRef<Path> + ?Sized> From<&P> for Origin {
    fn from(path: &P) -> Self {
        Self::File(path.as_ref().to_owned())
    }
}

impl From<HeldTable> for Origin {
    fn from(held: HeldTable) -> Self {
        Self::Held(held)
    }
}

impl From<StreamTable> for Origin {
    fn from(stream: StreamTable) -> Self {
        Self::Stream(stream)
    }
}

/// Rows in memory. A copy of it holds the same rows; none is copied.
#[derive(Clone)]
pub struct HeldTable {
    called: Arc<Path>,
    schema: SchemaRef,
    batches: Arc<[RecordBatch]>,
}

impl fmt::Debug for HeldTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldTable").field("called", &self.called).field("rows", &self.rows()).finish_non_exhaustive()
    }
}

impl HeldTable {
    /// Batches of one schema; the text says what to call the table in messages. Batches of
    /// another schema end the reading where they begin.
    pub fn new(called: &str, schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { called: Path::new(called).into(), schema, batches: batches.into() }
    }

    /// What messages call it.
    pub fn called(&self) -> &Path {
        &self.called
    }

    /// Its columns.
    pub const fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Its rows.
    pub fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// Rows that come once. Copies of it share them: whoever reads first has them.
#[derive(Clone)]
pub struct StreamTable {
    called: Arc<Path>,
    schema: SchemaRef,
    reader: Arc<Mutex<Option<Box<dyn RecordBatchReader + Send>>>>,
}

impl fmt::Debug for StreamTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamTable").field("called", &self.called).finish_non_exhaustive()
    }
}

impl StreamTable {
    /// The rows of a reader; the text says what to call the table in messages.
    pub fn new(called: &str, reader: Box<dyn RecordBatchReader + Send>) -> Self {
        let schema = reader.schema();
        Self { called: Path::new(called).into(), schema, reader: Arc::new(Mutex::new(Some(reader))) }
    }

    /// What messages call it.
    pub fn called(&self) -> &Path {
        &self.called
    }

    /// Its columns.
    pub const fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Its rows, for the first who asks.
    ///
    /// # Errors
    ///
    /// [`TableError::Open`] if somebody has them already.
    pub(super) fn take(&self) -> Result<Box<dyn RecordBatchReader + Send>, TableError> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(|| self.spent())
    }

    /// Makes sure that nobody has read of it.
    ///
    /// # Errors
    ///
    /// [`TableError::Open`] if somebody has.
    pub(super) fn check_whole(&self) -> Result<(), TableError> {
        let whole = self.reader.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        if whole { Ok(()) } else { Err(self.spent()) }
    }

    fn spent(&self) -> TableError {
        let problem = "it is read more than once, which a stream cannot be: hold its rows in memory, or write them to a \
                       file";
        TableError::Open { path: self.called.to_path_buf(), source: std::io::Error::other(problem) }
    }
}
