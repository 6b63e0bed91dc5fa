//! A Parquet file read and written again, and nothing else: the least that a run over it takes.

use crate::Failure;
use crate::clock::Lap;
use crate::reference::written;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

/// Rows that are read at a time, as a run reads them.
const ROWS: usize = 8192;

/// Copies every column of every row, on one thread, and tells the seconds.
pub(super) fn copy(from: &Path, to: &Path) -> Result<f64, Failure> {
    let lap = Lap::begin();
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(from)?)?;
    let mut writer = written::writer(to, reader.schema().clone())?;
    for batch in reader.with_batch_size(ROWS).build()? {
        writer.write(&batch?)?;
    }
    writer.close()?;
    Ok(lap.seconds())
}

/// Whether a file has a row for each account.
pub(super) fn all_there(path: &Path, accounts: usize) -> Result<(), Failure> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?;
    let rows = reader.metadata().file_metadata().num_rows();
    match usize::try_from(rows) {
        Ok(rows) if rows == accounts => Ok(()),
        _ => Err(format!("{}: {rows} rows for {accounts} accounts", path.display()).into()),
    }
}
