//! Tables of more rows than are read at a time, and folders looked at before and after a night.

use crate::support::{Folder, HEADER, options};
use arrears_batch::Options;
use std::collections::BTreeMap;

/// More than three times as many rows as are read at a time.
pub(crate) const MANY: u32 = 25_000;

/// A row of the usual table that can be decided.
pub(crate) fn row(account: &str, number: u32) -> String {
    let (days, cents) = (number % 95, number % 89);
    let (deceased, dispute) = (number.is_multiple_of(101), number.is_multiple_of(67));
    format!("{account},{days},{number}.{cents:02},forgot,{deceased},{dispute},0.{},never\n", number % 10)
}

/// Many rows with accounts of their own, each of a person with up to three of them that stand
/// far from each other.
pub(crate) fn of_people(rows: impl Iterator<Item = String>) -> String {
    let mut table = format!("customer_id,{HEADER}");
    for (number, row) in rows.enumerate() {
        match number % 10_000 {
            person if person % 7 == 0 => table.push(','),
            person => table.push_str(&format!("P{person},")),
        }
        table.push_str(&row);
    }
    table
}

/// Decisions of a night in every form that there is, bad rows set aside, and the state.
pub(crate) fn everything(folder: &Folder, as_of: &str) -> Options {
    let mut options = options(as_of);
    options.keep_going = true;
    options.outputs = ["out.csv", "out.jsonl", "out.parquet"].map(|name| folder.path(name)).to_vec();
    options.state_out = Some(folder.path("state.csv"));
    options
}

/// Results of an earlier night, under the names of tonight's.
pub(crate) fn last_night(folder: &Folder) {
    for name in ["out.csv", "out.jsonl", "out.parquet", "out.errors.csv"] {
        folder.write(name, format!("{name} of last night"));
    }
}

/// Every file of a folder, with what it holds.
pub(crate) fn contents(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    folder.files().into_iter().map(|name| (name.clone(), std::fs::read(folder.path(&name)).unwrap())).collect()
}

/// The lines of a file.
pub(crate) fn lines(folder: &Folder, name: &str) -> Vec<String> {
    std::fs::read_to_string(folder.path(name)).unwrap().lines().map(str::to_owned).collect()
}

/// The rows of a Parquet file, as text.
pub(crate) fn parquet_rows(folder: &Folder, name: &str) -> Vec<String> {
    let file = std::fs::File::open(folder.path(name)).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let mut text = Vec::new();
    for batch in reader {
        arrow_csv::WriterBuilder::new().with_header(false).build(&mut text).write(&batch.unwrap()).unwrap();
    }
    String::from_utf8(text).unwrap().lines().map(str::to_owned).collect()
}

/// Another order of so many things, far from theirs.
pub(crate) fn shuffled(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|place| (place * 7_919) % 10_007);
    order
}
