//! Any rows written to a file, batch by batch.

use super::{Form, OutputError, Ready, TableFile, publish_all};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use std::path::{Path, PathBuf};

/// A table being written: Parquet, CSV or JSON lines, by the ending of its name. It stands under a
/// temporary name until it is finished, and is gone if it never is.
///
/// ```
/// use arrears_batch::RowsFile;
/// use arrow_array::{Int64Array, RecordBatch};
/// use std::sync::Arc;
///
/// let folder = tempfile::tempdir()?;
/// let rows = RecordBatch::try_from_iter([("dpd", Arc::new(Int64Array::from(vec![0, 12])) as _)])?;
/// let mut file = RowsFile::create(&folder.path().join("late.csv"), &rows.schema())?;
/// file.write(&rows)?;
/// assert_eq!(std::fs::read_to_string(file.finish()?)?, "dpd\n0\n12\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct RowsFile(TableFile);

impl std::fmt::Debug for RowsFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RowsFile").field(&self.0.path()).finish()
    }
}

impl RowsFile {
    /// Begins a table with the columns of a schema.
    ///
    /// # Errors
    ///
    /// [`OutputError`] if the name does not say its form, or it cannot be written there.
    pub fn create(path: &Path, schema: &SchemaRef) -> Result<Self, OutputError> {
        TableFile::create(path, Form::of(path)?, schema).map(Self)
    }

    /// Adds rows.
    ///
    /// # Errors
    ///
    /// [`OutputError::Write`] with what the system says.
    pub fn write(&mut self, rows: &RecordBatch) -> Result<(), OutputError> {
        let ready = Ready::of(self.0.form(), rows).map_err(|problem| OutputError::write(self.0.path(), problem))?;
        self.0.write(&ready)
    }

    /// Completes the table and gives it its name, which is handed back.
    ///
    /// # Errors
    ///
    /// [`OutputError::Write`] with what the system says.
    pub fn finish(self) -> Result<PathBuf, OutputError> {
        let path = self.0.path().to_owned();
        publish_all(vec![self.0.finish()?])?;
        Ok(path)
    }
}
