//! The terms of a product: what interest runs, what fees fall due, what money settles first.
//!
//! [`Terms`] is read from a JSON document (`arrears-terms/1`) by [`Terms::from_json`], whole or not at
//! all. What terms do not say does not happen: without a rate no interest runs, without a rule
//! no fee is charged.

mod caps;
mod check;
mod fees;
mod order;
mod penalty;
mod plan;
pub(crate) mod reading;
mod running;
mod written_fee;

pub use caps::Caps;
pub use fees::{LateFee, LateFeeAmount};
pub use order::{Ahead, AllocationOrder, Walk};
pub use penalty::{Penalty, PenaltyRate};
pub use plan::PlannedRate;
pub use reading::FORMAT;
pub use running::{Booking, Compounding, RunsOn};

use crate::interest::{DayCount, Rate, Rounding};
use arrears::Currency;

/// The terms of a product, in one currency.
///
/// Build them with [`Terms::new`] and set what differs, or read them with [`Terms::from_json`]; what
/// must hold between the parts is checked when they are read, and by [`Terms::problems`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The currency. An account in another is refused.
    pub currency: Currency,
    /// How days become parts of a year, for annual rates.
    pub day_count: DayCount,
    /// The contract rate. None: what interest there is stands in the history.
    pub rate: Option<Rate>,
    /// What contract interest runs on.
    pub runs_on: RunsOn,
    /// Whether contract interest that is booked and not paid earns interest.
    pub compounding: Compounding,
    /// Whether fees earn contract interest while they are unpaid.
    pub interest_on_fees: bool,
    /// Interest because something is late. None: there is none.
    pub penalty: Option<Penalty>,
    /// Days after the due date on which nothing is late yet: penalty interest runs from the day
    /// after them, and late fees are not charged before. Ageing is not shortened by them.
    pub grace_days: u32,
    /// What may be unpaid of an item, in minor units, without its being late.
    pub tolerance: i64,
    /// Fees for what is late.
    pub late_fees: Vec<LateFee>,
    /// The most that lateness may cost.
    pub caps: Caps,
    /// When interest is booked, beside the days on which what it runs on changes.
    pub booking: Booking,
    /// How it is rounded when it is booked.
    pub rounding: Rounding,
    /// What money settles first; by days past due on the day of the payment, rising from 0.
    pub orders: Vec<AllocationOrder>,
    /// What becomes of money beyond what is due.
    pub ahead: Ahead,
    /// Changes of the rates that were agreed beforehand, in the order of their days.
    pub plan: Vec<PlannedRate>,
    /// What a lawsuit adds to the costs, in minor units, where the terms state it.
    pub lawsuit: Option<i64>,
}

impl Terms {
    /// Terms by which nothing grows: money settles costs, fees, penalty interest, interest and
    /// principal, each of all items, the oldest first.
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            day_count: DayCount::Act365Fixed,
            rate: None,
            runs_on: RunsOn::Overdue,
            compounding: Compounding::Simple,
            interest_on_fees: false,
            penalty: None,
            grace_days: 0,
            tolerance: 0,
            late_fees: Vec::new(),
            caps: Caps::default(),
            booking: Booking::Change,
            rounding: Rounding::default(),
            orders: vec![AllocationOrder::default()],
            ahead: Ahead::Hold,
            plan: Vec::new(),
            lawsuit: None,
        }
    }

    /// The order in force for an account so many days past due.
    pub fn order(&self, days_past_due: i64) -> Option<&AllocationOrder> {
        self.orders.iter().rev().find(|order| i64::from(order.from_days) <= days_past_due)
    }
}
