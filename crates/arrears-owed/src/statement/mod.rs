//! How much is owed: one total, what it is made of, and every line of it.

mod line;
mod of;

pub use crate::ledger::OwedError;
pub use line::{Line, Reason};

use arrears::Currency;
use arrears::account::Component;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is owed on a day, as known on another. All amounts are minor units of the currency, and each
/// is the sum of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The account.
    pub account_id: String,
    /// The currency.
    pub currency: Currency,
    /// The day it is for, at its end: payments of the day count.
    pub as_of: NaiveDate,
    /// What became known later is not in it.
    pub known_by: NaiveDate,
    /// The amount that settles the account in full today: all lines together. Below zero: the bank
    /// owes the customer.
    pub total: i64,
    /// The total by component. A component of which nothing is owed is left out.
    pub by_component: BTreeMap<Component, i64>,
    /// Money that was paid and settles nothing yet. It is in the total.
    pub held: i64,
    /// What fell due before today and is not paid, with all that lateness cost.
    pub overdue: i64,
    /// What of `overdue` is for what.
    pub overdue_by_component: BTreeMap<Component, i64>,
    /// Calendar days since the oldest item that is late fell due; zero if none is.
    pub days_past_due: u32,
    /// What falls due next, today or later; none if nothing does.
    pub next: Option<NextDue>,
    /// The least that brings the account up to date today: what is overdue, and what is due today.
    pub to_be_current: i64,
    /// Every line, by day.
    pub lines: Vec<Line>,
}

/// What falls due next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextDue {
    /// The day.
    pub on: NaiveDate,
    /// What is still to be paid of what falls due on it, in minor units, less money that is held.
    pub amount: i64,
}
