//! The record of a run: what must be kept so that its decisions can be proved later.
//!
//! The decisions themselves say who was decided how, and by which policy, as a hash. The record says the rest: every
//! file that was read and written, by its SHA-256; the policies with their files; the law; the day; what was set for
//! this run alone. Whoever keeps the record and the files can decide again, and hold the two against each other
//! ([`crate::replay`]).

mod fingerprint;
mod law;
mod making;
mod reading;
mod retrace;

pub use fingerprint::{FileRecord, fingerprint};
pub use law::{CalendarRecord, LawRecord, PackRecord};
pub use making::{Inputs, Ran, RecordError};
pub use retrace::{Elsewhere, RetraceError, Retraced};

use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The name and version of the format. A later version that means something else has another number.
pub const RUN_FORMAT: &str = "arrears-run/1";

/// What a run read, by what it decided, and what it wrote.
///
/// No moment stands in it: a run reads no clock. Whoever keeps it knows when it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename = "arrears-run/1")]
pub struct RunRecord {
    /// The version of arrears that decided.
    pub engine: String,
    /// The version of its time zones.
    pub time_zones: String,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made.
    pub law: LawRecord,
    /// Whether every account went to the one of several policies that applies to it.
    pub folder: bool,
    /// The policies that were in force on the day.
    pub policies: Vec<PolicyRecord>,
    /// Thresholds that were set for this run, by name, as decimals; empty if none was.
    pub set: BTreeMap<String, String>,
    /// Whether the next reviews were found.
    pub reviews: bool,
    /// Whether rows that cannot be decided were set aside.
    pub keep_going: bool,
    /// Rows of the table.
    pub rows: u64,
    /// Rows that were decided.
    pub decisions: u64,
    /// Rows that were set aside.
    pub errors: u64,
    /// The files that were read.
    pub read: Vec<FileRecord>,
    /// The files that were written.
    pub written: Vec<FileRecord>,
}

/// One policy of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyRecord {
    /// Its name.
    pub policy: String,
    /// Its label for people.
    pub version: String,
    /// What decides, as a hash: the one that its decisions bear. Comments, layout, `why` and the order of statements that
    /// does not matter do not change it; thresholds that were set and the law do.
    pub hash: String,
    /// Accounts that it decided.
    pub decisions: u64,
    /// The files that it was read from: the policy, then its modules.
    pub files: Vec<SourceRecord>,
}

/// A file of a policy, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceRecord {
    /// Its name.
    pub name: String,
    /// SHA-256 over its text, in hexadecimal digits.
    pub sha256: String,
}

impl RunRecord {
    /// The files that were read as something: `accounts`, `contacts`, `payments`, `promises`, `holds`, `state`,
    /// `columns`, `pack`.
    pub fn read_as<'r>(&'r self, what: &'r str) -> impl Iterator<Item = &'r FileRecord> {
        self.read.iter().filter(move |file| file.what == what)
    }

    /// The decisions that were written in a form that is read again, Parquet or CSV; none if there are none.
    pub fn decisions_record(&self) -> Option<&FileRecord> {
        let is_table = |file: &&FileRecord| {
            let end = Path::new(&file.path).extension().map(|end| end.to_ascii_lowercase());
            end.is_some_and(|end| ["parquet", "pq", "csv"].iter().any(|known| end == *known))
        };
        self.written.iter().filter(|file| file.what == "decisions").find(is_table)
    }
}
