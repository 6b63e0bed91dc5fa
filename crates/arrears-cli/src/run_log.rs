//! The record of a run, on its way to its file.

use crate::exit::Exit;
use crate::failure::Failure;
use arrears_batch::{Options, Origin, check_beside, write_text};
use arrears_workbench::record::{Inputs, Ran, RecordError};
use std::path::{Path, PathBuf};

/// A record that is to be written when its run has ended.
pub(crate) struct RunLog {
    path: PathBuf,
    inputs: Inputs,
}

impl RunLog {
    /// Hashes what the run will read; `others` are files beside the tables, by what they are.
    pub(crate) fn begin(
        path: Option<&Path>,
        (table, options): (&Path, &Options),
        others: &[(&str, PathBuf)],
    ) -> Result<Option<Self>, Failure> {
        let Some(path) = path else { return Ok(None) };
        if !path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) {
            let message = format!("{}: expected a record whose name ends in .json", path.display());
            return Err(Failure::new(Exit::Usage, message));
        }
        let table = Origin::from(table);
        check_beside(path, &table, options)?;
        Ok(Some(Self { path: path.to_owned(), inputs: Inputs::of(&table, options, others)? }))
    }

    /// Writes the record.
    pub(crate) fn end(self, options: &Options, ran: Ran<'_>) -> Result<(), Failure> {
        let record = self.inputs.record(options, ran)?;
        let mut text = serde_json::to_string_pretty(&record)?;
        text.push('\n');
        write_text(&self.path, &text)?;
        Ok(())
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        let exit = if matches!(error, RecordError::Law(_)) { Exit::Table } else { Exit::File };
        Self::new(exit, error)
    }
}
