//! What an account is offered, and what delay costs it.

use arrears::Money;
use chrono::NaiveDate;

/// One way out that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name, in the customer's words.
    pub name: String,
    /// How many payments.
    pub payments: u32,
    /// Each payment.
    pub payment: Money,
    /// The last payment, where it is less than the others.
    pub last: Option<Money>,
    /// The day of the first payment.
    pub first_on: NaiveDate,
    /// All payments together.
    pub total: Money,
    /// What of the total is the price of paying later. Zero: nothing.
    pub cost: Money,
}

/// What is owed on a later day if nothing is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// Days from today.
    pub days: u32,
    /// The day.
    pub on: NaiveDate,
    /// What is owed then.
    pub owed: Money,
    /// By how much that is more than today.
    pub more: Money,
    /// Whether the costs of a lawsuit brought on that day are in it.
    pub lawsuit: bool,
}
