//! One line of what is owed.

use crate::interest::Rate;
use arrears::account::Component;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One line of what is owed: what was charged, or what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The day on which it counts.
    pub on: NaiveDate,
    /// What it is for. None: money that is held and settles nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<Component>,
    /// By how much it changes what is owed, in minor units. Below zero: less is owed.
    pub amount: i64,
    /// Why.
    pub reason: Reason,
    /// The item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The id of the event of the history that did it; none where the terms did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What the history or the terms say of it, in words that the customer may read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The first day of interest; the day something fell due, of a fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The day up to which interest is reckoned, which itself earns nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// What it was reckoned on, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<i64>,
    /// The rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// By how much a cap made it less, in minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub capped_by: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(amount: &i64) -> bool {
    *amount == 0
}

/// Why a line is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// A part of an instalment: principal from the day of the schedule, interest and fees from the
    /// day it falls due.
    Scheduled,
    /// Interest of the instalment that falls due next, for the days of its period that are over.
    ScheduledSoFar,
    /// An invoice asked for it.
    Invoiced,
    /// A statement of a revolving account asked for it, with all that was before.
    StatementBalance,
    /// A statement of a revolving account holds it.
    InStatement,
    /// Contract interest.
    ContractInterest,
    /// Penalty interest.
    PenaltyInterest,
    /// A fee for lateness.
    LateFee,
    /// What is asked for was set to another amount.
    Adjusted,
    /// Money was received and settled it; or it is held.
    Paid,
    /// Money that was held settled it.
    PaidAhead,
    /// It was credited or waived.
    Credited,
    /// Money was given back: a refund, or a chargeback.
    GivenBack,
    /// It is no longer asked for.
    WrittenOff,
    /// It is asked for again: the write-off was undone.
    WriteOffReversed,
}
