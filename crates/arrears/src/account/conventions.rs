//! How a bank counts: the conventions under which a history becomes facts.

use super::Amount;
use super::months::{MonthEnd, later};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How a bank counts days, months and lateness. All of it is data: two banks with one history
/// and two conventions have two sets of facts, and both are right.
///
/// The default is what most contracts say: an instalment is late from the day after its due
/// date, without grace, without tolerance; paused days stop the count of delinquent days;
/// months end on the last day of a shorter month; what happens on a day counts on that day.
///
/// ```
/// use arrears::account::{Conventions, Grace};
/// let grace = Conventions { grace_days: 3, grace: Grace::CountsAfter, ..Conventions::default() };
/// let read: Conventions = serde_json::from_str(r#"{"grace_days": 3}"#)?;
/// assert_eq!(read, grace);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Conventions {
    /// From which date the age of an unpaid item is counted (`oldest_unpaid_age`).
    pub anchor: Anchor,
    /// Days after the due date that do not make an account delinquent. They never shorten
    /// `dpd`, only `days_delinquent`.
    pub grace_days: u32,
    /// Whether days of grace count once they are over.
    pub grace: Grace,
    /// An item of which at most this much is unpaid is not late. What is unpaid stays overdue.
    /// Decimals beyond those of the account's currency make no difference: of whole cents, at
    /// most 10.005 is at most 10.00.
    pub tolerance: Amount,
    /// The first day on which an unpaid item is late.
    pub first_day_late: FirstDayLate,
    /// What a paused day does to `days_delinquent`.
    pub paused_days: PausedDays,
    /// Where a month ends that is counted from the end of a longer one.
    pub month_end: MonthEnd,
    /// Whether what happens on a day counts on that day.
    pub day_end: DayEnd,
    /// Into which buckets an account rolls (`roll_in`).
    pub buckets: Buckets,
    /// Days by which a promised payment may come late and still keep the promise.
    pub promise_days: u32,
    /// By how much a promised payment may fall short and still keep the promise. Of a promise in
    /// parts it is compared with all that was promised up to a part, not with each part anew.
    pub promise_tolerance: Amount,
}

/// From which date the age of an unpaid item is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The day it falls due.
    #[default]
    DueDate,
    /// The day it was invoiced.
    InvoiceDate,
}

/// Whether days of grace count once they are over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grace {
    /// The count begins behind the grace: five days late with three of grace are two.
    #[default]
    CountsAfter,
    /// Once the grace is over, lateness counts from the due date: five days late with three
    /// of grace are five.
    CountsFromDueDate,
}

/// The first day on which an unpaid item is late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FirstDayLate {
    /// The day after the due date: a payment on the due date is in time.
    #[default]
    DayAfterDue,
    /// The due date itself, at the end of the day (RBI DOR.STR.REC.68/21.04.048/2021-22).
    /// `days_to_due` then runs to the day before it, the last on which nothing is late.
    DueDate,
}

/// What a paused day does to the count of delinquent days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PausedDays {
    /// It does not count if it lies between the due date and today. Paused days before the
    /// debt fell due change nothing.
    #[default]
    StopTheCount,
    /// It counts like any other.
    Count,
}

/// Whether what happens on a day counts on that day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayEnd {
    /// Facts of a day are those at its close: a payment of today has arrived.
    #[default]
    Close,
    /// Facts of a day are those at its opening: a payment of today counts from tomorrow.
    Open,
}

impl DayEnd {
    /// The first day whose facts hold what happened on a day.
    pub fn counts_from(self, occurred_on: NaiveDate) -> NaiveDate {
        match self {
            Self::Close => occurred_on,
            Self::Open => later(occurred_on, 1),
        }
    }
}

/// Into which buckets an account rolls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Buckets {
    /// Buckets by days past due, from the first day of each: `[1, 31, 61, 91]`. The list rises.
    FirstDays(Vec<u32>),
    /// Buckets by statement cycles: the next worse one begins the day after the next due date.
    Cycles,
}

impl Buckets {
    /// The bucket of an account by its days and its cycles past due; zero: nothing is late.
    ///
    /// ```
    /// use arrears::account::Buckets;
    /// assert_eq!(Buckets::FirstDays(vec![1, 31, 61]).of(31, 2), 2);
    /// assert_eq!(Buckets::Cycles.of(31, 1), 1);
    /// ```
    pub fn of(&self, days_past_due: i64, cycles_past_due: i64) -> usize {
        match self {
            Self::FirstDays(edges) => edges.iter().filter(|edge| i64::from(**edge) <= days_past_due).count(),
            Self::Cycles => usize::try_from(cycles_past_due).unwrap_or(0),
        }
    }
}

impl Default for Buckets {
    fn default() -> Self {
        Self::FirstDays(vec![1, 31, 61, 91])
    }
}

impl Default for Conventions {
    fn default() -> Self {
        Self {
            anchor: Anchor::default(),
            grace_days: 0,
            grace: Grace::default(),
            tolerance: Amount::ZERO,
            first_day_late: FirstDayLate::default(),
            paused_days: PausedDays::default(),
            month_end: MonthEnd::default(),
            day_end: DayEnd::default(),
            buckets: Buckets::default(),
            promise_days: 0,
            promise_tolerance: Amount::ZERO,
        }
    }
}
