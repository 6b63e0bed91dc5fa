//! Decisions written to Parquet, CSV and JSON lines.

mod columns;
mod errors;
mod target;

pub use columns::{BETWEEN, decision_columns, decision_schema};
pub(crate) use errors::ErrorsFile;
pub use target::{OutputError, write_text};
pub(crate) use target::{Target, publish_all};

use arrears::decide::Record;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{BufWriter, Write as _};
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

/// How Parquet files are written.
pub(crate) fn parquet_properties() -> WriterProperties {
    WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build()
}

enum Writer {
    Parquet(Box<ArrowWriter<BufWriter<File>>>),
    Csv(Box<arrow_csv::Writer<BufWriter<File>>>),
    JsonLines(BufWriter<File>),
}

/// A table of decisions being written.
pub(crate) struct DecisionsFile {
    target: Target,
    schema: SchemaRef,
    writer: Writer,
}

impl DecisionsFile {
    pub(crate) fn create(path: &Path) -> Result<Self, OutputError> {
        let form = Form::of(path)?;
        let target = Target::create(path)?;
        let schema = decision_schema();
        let file = target.writer()?;
        let writer = match form {
            Form::Parquet => Writer::Parquet(Box::new(
                ArrowWriter::try_new(file, schema.clone(), Some(parquet_properties()))
                    .map_err(|error| OutputError::write(path, error))?,
            )),
            Form::Csv => Writer::Csv(Box::new(arrow_csv::Writer::new(file))),
            Form::JsonLines => Writer::JsonLines(file),
        };
        let mut created = Self { target, schema, writer };
        // The header stands even where no decision follows.
        created.write(&[])?;
        Ok(created)
    }

    pub(crate) fn write(&mut self, records: &[&Record]) -> Result<(), OutputError> {
        let failed = |error: &dyn ToString| OutputError::write(self.target.path(), error.to_string());
        match &mut self.writer {
            Writer::JsonLines(file) => {
                for record in records {
                    serde_json::to_writer(&mut *file, record).map_err(|error| failed(&error))?;
                    file.write_all(b"\n").map_err(|error| failed(&error))?;
                }
                Ok(())
            }
            Writer::Csv(writer) => decision_columns(&self.schema, records)
                .and_then(|columns| writer.write(&columns))
                .map_err(|error| failed(&error)),
            Writer::Parquet(writer) => {
                let columns = decision_columns(&self.schema, records).map_err(|error| failed(&error))?;
                writer.write(&columns).map_err(|error| failed(&error))
            }
        }
    }

    /// Ends the file, still under its temporary name.
    pub(crate) fn finish(self) -> Result<Target, OutputError> {
        let failed = |error: &dyn ToString| OutputError::write(self.target.path(), error.to_string());
        let mut file = match self.writer {
            Writer::Parquet(writer) => writer.into_inner().map_err(|error| failed(&error))?,
            Writer::Csv(writer) => writer.into_inner(),
            Writer::JsonLines(file) => file,
        };
        file.flush().map_err(|error| failed(&error))?;
        drop(file);
        self.target.sync()?;
        Ok(self.target)
    }
}
