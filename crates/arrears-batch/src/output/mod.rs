//! Decisions written to Parquet, CSV and JSON lines.

mod columns;
mod errors;
mod file;
mod json;
mod rows_file;
mod sheet;
mod target;

pub use columns::{BETWEEN, decision_columns, decision_schema};
pub(crate) use errors::ErrorsFile;
pub(crate) use file::{Ready, TableFile};
pub use rows_file::RowsFile;
pub(crate) use sheet::Own;
pub use sheet::{Sheet, SheetRow};
pub use target::{OutputError, write_text};
pub(crate) use target::{Target, publish_all};

use arrow_schema::SchemaRef;
use columns::sheet_columns;
use std::path::Path;

/// The forms in which tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Parquet, by a name that ends in `.parquet`.
    Parquet,
    /// CSV, by a name that ends in `.csv`.
    Csv,
    /// One JSON object a line, by a name that ends in `.jsonl`.
    JsonLines,
}

impl Form {
    /// The form that a file's name asks for.
    ///
    /// # Errors
    ///
    /// [`OutputError::Format`] if its ending is none of the three.
    pub(crate) fn of(path: &Path) -> Result<Self, OutputError> {
        let extension = path.extension().map(|end| end.to_ascii_lowercase());
        match extension.as_ref().and_then(|end| end.to_str()) {
            Some("parquet" | "pq") => Ok(Self::Parquet),
            Some("csv") => Ok(Self::Csv),
            Some("jsonl" | "ndjson") => Ok(Self::JsonLines),
            _ => Err(OutputError::Format { path: path.to_owned() }),
        }
    }
}

impl Ready {
    /// Makes decisions ready for a file of a form.
    ///
    /// # Errors
    ///
    /// What cannot be written.
    pub(crate) fn decisions(form: Form, schema: &SchemaRef, sheet: &Sheet) -> Result<Self, String> {
        if form == Form::JsonLines {
            return Ok(Self::Lines(sheet.json_lines().map_err(|error| error.to_string())?));
        }
        Self::of(form, &sheet_columns(schema, sheet).map_err(|error| error.to_string())?)
    }
}

/// Begins a table of decisions.
///
/// # Errors
///
/// [`OutputError`] if the name does not say its form, or it cannot be written there.
pub(crate) fn decisions_file(path: &Path) -> Result<TableFile, OutputError> {
    TableFile::create(path, Form::of(path)?, &decision_schema())
}
