//! What a run decided, in counts and money.

mod amount;
mod counting;
mod left_alone;
mod overview;
mod rules;
mod tally;

pub use amount::Amount;
pub(crate) use counting::Counting;
pub use left_alone::LeftAlone;
pub use overview::{OutOfForce, Overview};
pub use rules::{NextDays, RuleTally};
pub(crate) use tally::Sum;
pub use tally::Tally;

use crate::events::EventTally;
use crate::row_error::RowError;
use chrono::NaiveDate;
use serde::Serialize;
use std::path::PathBuf;

/// What a run decided. Every row of the table is a decision or an error.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// The table.
    pub table: PathBuf,
    /// The policy.
    pub policy: String,
    /// The policy's label for people.
    pub policy_version: String,
    /// What decides, as a hash.
    pub policy_hash: String,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made.
    pub law: String,
    /// The currency of every amount.
    pub currency: String,
    /// Rows read.
    pub rows: u64,
    /// Rows decided.
    pub decisions: u64,
    /// Rows that could not be decided.
    pub errors: u64,
    /// What is overdue on the accounts decided; none if the policy does not read it.
    pub overdue: Option<Amount>,
    /// Accounts of which it is not known what is overdue; they count nothing in every sum.
    pub overdue_unknown: u64,
    /// By stage, in order of severity.
    pub by_stage: Vec<Tally>,
    /// By debtor type, in the policy's order; accounts that may be of several types last.
    pub by_debtor_type: Vec<Tally>,
    /// By what is done: a verb, or wait, held, review, none.
    pub by_action: Vec<Tally>,
    /// By treatment, in the policy's order.
    pub by_treatment: Vec<Tally>,
    /// By channel.
    pub by_channel: Vec<Tally>,
    /// Why accounts are in their stages.
    pub by_stage_reason: Vec<Tally>,
    /// Acts on accounts that are due.
    pub acts: Vec<Tally>,
    /// Duties that are due or cannot be read.
    pub duties: Vec<Tally>,
    /// Rules of law and of the house that refused treatments, the most accounts first.
    pub rules: Vec<RuleTally>,
    /// What the policy assumed because the table has no column for it.
    pub assumptions: Vec<Assumed>,
    /// What was read of each table of events.
    pub events: Vec<EventTally>,
    /// Accounts for which nothing is done tonight, and why.
    pub left_alone: LeftAlone,
    /// Whether it was found out when to look at each account again.
    pub reviewed: bool,
    /// Accounts that are due for review on the very next day; 0 if that was not found out.
    pub review_tomorrow: u64,
    /// Accounts without state that entered their stage at once.
    pub first_at_once: u64,
    /// Accounts that had been decided before.
    pub with_state: u64,
    /// Accounts of the state that the table does not have; they are kept as they were.
    pub state_kept: u64,
    /// Operations of the scripts that compute facts, over all rows.
    pub script_operations: u64,
    /// Facts that stayed unknown because their script failed or hit a limit.
    pub script_failures: Vec<Tally>,
    /// Rows that were decided one by one: something that matters was not known, or stood so that
    /// only the row engine reads it. Columns decide the others.
    pub one_by_one: u64,
    /// Files written.
    pub written: Vec<PathBuf>,
    /// The file of rows that could not be decided, if the run was to keep going.
    pub errors_file: Option<PathBuf>,
    /// The first rows that could not be decided.
    pub first_errors: Vec<RowError>,
}

/// Something that the policy took as known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assumed {
    /// As its author wrote it.
    pub written: String,
    /// Why it may be taken as known.
    pub why: String,
    /// The facts of the policy that it settled here.
    pub facts: Vec<String>,
}
