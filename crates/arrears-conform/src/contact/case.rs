//! Contacts and debts, as cases write them.

use super::words::{AddressType, Channel, Content, NumberType, Outcome, Purpose, Reason, RepeatReason, Role};
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;

/// A moment, as written.
pub(crate) type Moment = DateTime<FixedOffset>;

/// A debt.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Debt {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) product: Option<Product>,
    pub(crate) account_at_acquisition: Option<String>,
    pub(crate) time_barred: Option<bool>,
    pub(crate) in_moratorium: Option<bool>,
}

crate::words::words! {
    /// What kind of debt it is.
    Product {
        Other = "other",
        CreditCard = "credit_card",
        Medical = "medical",
        Mortgage = "mortgage",
        StudentLoan = "student_loan",
    }
}

/// An earlier contact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) at: Moment,
    pub(crate) direction: Direction,
    pub(crate) channel: Channel,
    pub(crate) outcome: Outcome,
    pub(crate) role: Option<Role>,
    pub(crate) person: Option<String>,
    pub(crate) debts: Option<Vec<String>>,
    pub(crate) discussed: Option<Vec<String>>,
    pub(crate) allocated_to: Option<Vec<String>>,
    pub(crate) number: Option<String>,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) address: Option<String>,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) reply_to: Option<Moment>,
}

impl Entry {
    /// A contact that went to the debtor, of which nothing else is said.
    pub(crate) const fn new(at: Moment, channel: Channel, outcome: Outcome) -> Self {
        Self {
            at,
            direction: Direction::Out,
            channel,
            outcome,
            role: None,
            person: None,
            debts: None,
            discussed: None,
            allocated_to: None,
            number: None,
            number_type: None,
            address: None,
            purpose: None,
            reply_to: None,
        }
    }
}

/// By whom a contact was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    Out,
    In,
}

/// The contact to be judged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proposed {
    pub(crate) at: Moment,
    pub(crate) channel: Channel,
    pub(crate) role: Option<Role>,
    pub(crate) person: Option<String>,
    pub(crate) debts: Option<Vec<String>>,
    pub(crate) number: Option<String>,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) address: Option<String>,
    pub(crate) address_type: Option<AddressType>,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) content: Option<Content>,
    pub(crate) opt_out_notice: Option<bool>,
    pub(crate) reply_to: Option<Moment>,
    pub(crate) same_call: Option<bool>,
    /// A message is timed by its sending: when it was read has no effect.
    #[serde(rename = "viewed_at")]
    pub(crate) _viewed_at: Option<Moment>,
    pub(crate) reason: Option<Reason>,
    pub(crate) repeat_reason: Option<RepeatReason>,
}
