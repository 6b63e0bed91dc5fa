//! Tables being written.

use super::json::json_lines;
use super::{Form, OutputError, Target};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

/// Rows in the form of a file, ready to be added to it.
pub(crate) enum Ready {
    /// Columns for a Parquet file.
    Columns(RecordBatch),
    /// Lines of CSV or JSON.
    Lines(Vec<u8>),
}

impl Ready {
    /// Makes columns ready for a file of a form.
    ///
    /// # Errors
    ///
    /// What cannot be written.
    pub(crate) fn of(form: Form, columns: &RecordBatch) -> Result<Self, String> {
        Ok(match form {
            Form::Parquet => Self::Columns(columns.clone()),
            Form::Csv => Self::Lines(csv_lines(columns, false)?),
            Form::JsonLines => Self::Lines(json_lines(columns)?),
        })
    }
}

fn csv_lines(columns: &RecordBatch, header: bool) -> Result<Vec<u8>, String> {
    let mut lines = Vec::new();
    let mut writer = arrow_csv::WriterBuilder::new().with_header(header).build(&mut lines);
    writer.write(columns).map_err(|error| error.to_string())?;
    drop(writer);
    Ok(lines)
}

enum Writer {
    Parquet(Box<ArrowWriter<BufWriter<File>>>),
    Lines(BufWriter<File>),
}

/// A table being written under a temporary name.
pub(crate) struct TableFile {
    target: Target,
    form: Form,
    writer: Writer,
}

impl TableFile {
    /// Begins a table. Its columns are named even where no row follows, but for JSON lines.
    ///
    /// # Errors
    ///
    /// [`OutputError::Write`] if it cannot be written there.
    pub(crate) fn create(path: &Path, form: Form, schema: &SchemaRef) -> Result<Self, OutputError> {
        let target = Target::create(path)?;
        let mut file = target.writer()?;
        let failed = |error: &dyn ToString| OutputError::write(path, error.to_string());
        let writer = match form {
            Form::Parquet => {
                let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties()));
                Writer::Parquet(Box::new(writer.map_err(|error| failed(&error))?))
            }
            Form::Csv => {
                let header =
                    csv_lines(&RecordBatch::new_empty(schema.clone()), true).map_err(|error| failed(&error))?;
                file.write_all(&header).map_err(|error| failed(&error))?;
                Writer::Lines(file)
            }
            Form::JsonLines => Writer::Lines(file),
        };
        Ok(Self { target, form, writer })
    }

    /// The form in which rows must be made ready.
    pub(crate) const fn form(&self) -> Form {
        self.form
    }

    /// The name that the file will have.
    pub(crate) fn path(&self) -> &Path {
        self.target.path()
    }

    /// Adds rows that were made ready for its form.
    ///
    /// # Errors
    ///
    /// [`OutputError::Write`] with what the system says.
    pub(crate) fn write(&mut self, ready: &Ready) -> Result<(), OutputError> {
        let failed = |error: &dyn ToString| OutputError::write(self.target.path(), error.to_string());
        match (&mut self.writer, ready) {
            (Writer::Lines(file), Ready::Lines(lines)) => file.write_all(lines).map_err(|error| failed(&error)),
            (Writer::Parquet(writer), Ready::Columns(columns)) => writer.write(columns).map_err(|error| failed(&error)),
            _ => Err(failed(&"the rows were made ready for another form")),
        }
    }

    /// Ends the file, still under its temporary name.
    ///
    /// # Errors
    ///
    /// [`OutputError::Write`] with what the system says.
    pub(crate) fn finish(self) -> Result<Target, OutputError> {
        let failed = |error: &dyn ToString| OutputError::write(self.target.path(), error.to_string());
        let mut file = match self.writer {
            Writer::Parquet(writer) => writer.into_inner().map_err(|error| failed(&error))?,
            Writer::Lines(file) => file,
        };
        file.flush().map_err(|error| failed(&error))?;
        drop(file);
        self.target.sync()?;
        Ok(self.target)
    }
}

/// How Parquet files are written.
fn properties() -> WriterProperties {
    WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build()
}
