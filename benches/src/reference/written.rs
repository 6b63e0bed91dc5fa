//! The accounts and their answers as files that other programs read.

use super::answers::Answers;
use crate::Failure;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// What the table and the answers are called in a folder.
pub(crate) const ACCOUNTS: &str = "accounts.parquet";
pub(crate) const ANSWERS: &str = "answers.csv";

/// A Parquet file to be written, table by table.
pub(crate) fn writer(path: &Path, schema: SchemaRef) -> Result<ArrowWriter<File>, Failure> {
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    Ok(ArrowWriter::try_new(create(path)?, schema, Some(properties))?)
}

/// Writes the table as Parquet.
pub(crate) fn table(path: &Path, table: &RecordBatch) -> Result<(), Failure> {
    let mut writer = writer(path, table.schema())?;
    writer.write(table)?;
    writer.close()?;
    Ok(())
}

/// Writes the answers as CSV, a line for each account in the table's order.
pub(crate) fn answers(path: &Path, answers: &Answers) -> Result<(), Failure> {
    let mut file = BufWriter::new(create(path)?);
    writeln!(file, "account_id,type,action,reason,stage")?;
    let rows = answers.kind.iter().zip(&answers.action).zip(answers.reason.iter().zip(&answers.stage));
    for (index, ((kind, action), (reason, stage))) in rows.enumerate() {
        writeln!(file, "{},{kind},{action},{reason},{stage}", super::table::account_id(index))?;
    }
    file.flush()?;
    Ok(())
}

fn create(path: &Path) -> Result<File, Failure> {
    File::create(path).map_err(|error| format!("{}: cannot be written: {error}", path.display()).into())
}
