//! What was learned, in numbers.

use crate::row_error::RowError;
use arrears::decide::Applied;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What was learned from a table of what was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LearnSummary {
    /// The table.
    pub table: PathBuf,
    /// The policy.
    pub policy: String,
    /// Its version.
    pub policy_version: String,
    /// SHA-256 over what it says.
    pub policy_hash: String,
    /// Rows of the table.
    pub rows: u64,
    /// Rows that were taken in, those among them of which the policy says nothing.
    pub taken_in: u64,
    /// Rows that were set aside.
    pub errors: u64,
    /// Accounts of which something was taken in.
    pub accounts: u64,
    /// What changed in the state, by code and effect.
    pub applied: Vec<AppliedTally>,
    /// The new state.
    pub written: PathBuf,
    /// Where the rows are that were set aside.
    pub errors_file: Option<PathBuf>,
    /// The first of them.
    pub first_errors: Vec<RowError>,
}

/// How often something was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AppliedTally {
    /// The code of the result; none where the change follows from the work itself.
    pub code: Option<&'static str>,
    /// The effect, or `counted`, `given_back`.
    pub effect: &'static str,
    /// How often.
    pub times: u64,
}

pub(super) fn tallies(applied: &BTreeMap<Applied, u64>) -> Vec<AppliedTally> {
    let tally = |(applied, times): (&Applied, &u64)| AppliedTally {
        code: applied.code,
        effect: applied.change.word(),
        times: *times,
    };
    applied.iter().map(tally).collect()
}
