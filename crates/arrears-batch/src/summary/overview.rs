//! What a run decided under several policies.

use super::Summary;
use crate::row_error::RowError;
use arrears::policy::Policy;
use chrono::NaiveDate;
use serde::Serialize;
use std::path::PathBuf;

/// What a run decided under several policies. Every row of the table is a decision or an error.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overview {
    /// The table.
    pub table: PathBuf,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made.
    pub law: String,
    /// Rows read.
    pub rows: u64,
    /// Rows decided.
    pub decisions: u64,
    /// Rows that could not be decided, those that went to no policy included.
    pub errors: u64,
    /// What was decided under each policy in force, by name and version. Its rows and errors are those that went to it; files,
    /// first errors and what was kept in the state stand here, not there.
    pub policies: Vec<Summary>,
    /// Policies that decide on other days.
    pub not_in_force: Vec<OutOfForce>,
    /// Accounts of the state that the table does not have; they are kept as they were.
    pub state_kept: u64,
    /// Files written.
    pub written: Vec<PathBuf>,
    /// The file of rows that could not be decided, if the run was to keep going.
    pub errors_file: Option<PathBuf>,
    /// The first rows that could not be decided.
    pub first_errors: Vec<RowError>,
}

/// A policy that does not decide on the day of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutOfForce {
    /// The policy.
    pub policy: String,
    /// Its label for people.
    pub policy_version: String,
    /// When it decides, in words.
    pub term: String,
}

impl OutOfForce {
    pub(crate) fn of(policy: &Policy) -> Self {
        let head = policy.head();
        Self { policy: head.name.clone(), policy_version: head.version.clone(), term: head.term() }
    }
}

impl Overview {
    /// The summary of the only policy, with what stands here in it.
    pub(crate) fn into_only(mut self) -> Option<Summary> {
        let only = self.policies.pop()?;
        Some(Summary {
            rows: self.rows,
            errors: self.errors,
            state_kept: self.state_kept,
            written: self.written,
            errors_file: self.errors_file,
            first_errors: self.first_errors,
            ..only
        })
    }
}
