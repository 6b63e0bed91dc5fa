//! What delay costs: what is owed today, in some weeks, and after a lawsuit, by how somebody pays.

mod arranged;
mod behaviour;
mod table;

pub use arranged::Arranged;
pub use behaviour::{Behaviour, Given};

use crate::statement::OwedError;
use arrears::Currency;
use arrears::document::Fault;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What delay costs, by behaviour and by day. All amounts are minor units of the currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// The account.
    pub account_id: String,
    /// The currency.
    pub currency: Currency,
    /// Today.
    pub as_of: NaiveDate,
    /// What is owed today, before anybody pays more.
    pub total: i64,
    /// One row for each behaviour, in the order in which they were asked for.
    pub rows: Vec<DelayRow>,
}

/// What becomes of the debt under one behaviour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelayRow {
    /// The behaviour, by its name.
    pub behaviour: String,
    /// One cell for each day that was asked for, and one for a lawsuit on the last of them, where
    /// the terms say what a lawsuit costs.
    pub cells: Vec<DelayCell>,
}

/// Where one behaviour leads by one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelayCell {
    /// The day.
    pub on: NaiveDate,
    /// Days from today.
    pub days: u32,
    /// Whether a lawsuit was brought on this day.
    pub lawsuit: bool,
    /// What was paid from today on.
    pub paid: i64,
    /// What is owed then. Below zero: the bank owes the customer.
    pub owed: i64,
    /// What of it is late then.
    pub overdue: i64,
    /// Interest, penalty interest, fees and costs that were charged since today, paid or not. Below zero: more was
    /// let go than was charged.
    pub cost: i64,
}

/// Why no table can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DelayError {
    /// What is owed cannot be reckoned.
    #[error(transparent)]
    Owed(#[from] OwedError),
    /// A payment that is given contradicts the history, or lies before today.
    #[error("the payments of `{behaviour}` cannot be taken: {}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Payments {
        /// The behaviour.
        behaviour: String,
        /// What is wrong.
        faults: Vec<Fault>,
    },
    /// A day that the calendar does not reach.
    #[error("{days} days after {as_of} is beyond the calendar")]
    Beyond {
        /// Today.
        as_of: NaiveDate,
        /// The days.
        days: u32,
    },
}
