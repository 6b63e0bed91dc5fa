//! Rows that could not be decided, written beside the decisions.

use super::{BETWEEN, OutputError, Target};
use crate::row_error::{Fault, RowError};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// A CSV file with one line for each row that could not be decided: row, line,
/// account_id, column, found, problem.
pub(crate) struct ErrorsFile {
    target: Target,
    file: BufWriter<File>,
}

const HEADER: &str = "row,line,account_id,column,found,problem\n";

impl ErrorsFile {
    pub(crate) fn create(path: &Path) -> Result<Self, OutputError> {
        let target = Target::create(path)?;
        let mut created = Self { file: target.writer()?, target };
        created.line(HEADER)?;
        Ok(created)
    }

    pub(crate) fn write(&mut self, error: &RowError) -> Result<(), OutputError> {
        let joined = |part: fn(&Fault) -> Option<&str>| {
            let parts: Vec<&str> = error.faults.iter().map(|fault| part(fault).unwrap_or("")).collect();
            let some = parts.iter().any(|part| !part.is_empty());
            if some { quoted(&parts.join(BETWEEN)) } else { String::new() }
        };
        let line = format!(
            "{},{},{},{},{},{}\n",
            error.row,
            error.line.map(|line| line.to_string()).unwrap_or_default(),
            quoted(error.account_id.as_deref().unwrap_or("")),
            joined(|fault| fault.column.as_deref()),
            joined(|fault| fault.found.as_deref()),
            joined(|fault| Some(&fault.problem)),
        );
        self.line(&line)
    }

    fn line(&mut self, line: &str) -> Result<(), OutputError> {
        self.file.write_all(line.as_bytes()).map_err(|error| OutputError::write(self.target.path(), error))
    }

    pub(crate) fn finish(mut self) -> Result<Target, OutputError> {
        self.file.flush().map_err(|error| OutputError::write(self.target.path(), error))?;
        self.target.sync()?;
        Ok(self.target)
    }
}

/// A cell of a CSV file, in quotes where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
