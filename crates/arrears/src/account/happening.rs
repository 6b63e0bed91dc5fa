//! What can happen to an account.

use super::{Amount, Component, NewRate, Noted};
use crate::document::Fields;
use crate::number::Currency;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Reads a field of a happening: one with a default may be absent.
macro_rules! field {
    ($fields:ident, $field:ident) => {
        $fields.required(stringify!($field))
    };
    ($fields:ident, $field:ident, default) => {
        $fields.optional(stringify!($field))
    };
}

/// Declares the happenings: for each its word in JSON, its type, and where it stands among
/// the happenings of one day that carry no sequence.
macro_rules! happenings {
    ($(
        $(#[$about:meta])*
        $word:literal $name:ident { $(
            $(#[doc = $field_about:literal])*
            $(#[serde($default:ident $($more:tt)*)])?
            $field:ident: $kind:ty,
        )* }
    )*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(test, derive(schemars::JsonSchema))]
            #[serde(deny_unknown_fields)]
            pub struct $name { $(
                $(#[doc = $field_about])*
                $(#[serde($default $($more)*)])?
                pub $field: $kind,
            )* }
        )*

        /// What happened.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "event")]
        #[non_exhaustive]
        pub enum Happening {
            $( $(#[$about])* #[serde(rename = $word)] $name($name), )*
        }

        impl Happening {
            /// Every word of `event`, in the order in which happenings of one day without a
            /// sequence are taken.
            pub const WORDS: &[&str] = &[$($word),*];

            /// The word of `event`.
            pub const fn word(&self) -> &'static str {
                match self { $( Self::$name(_) => $word, )* }
            }

            /// Reads the particulars of the happening that `word` names. None if something
            /// is wrong with them, which is then reported, or if no happening has that name.
            pub(super) fn read(word: &str, fields: &mut Fields<'_>) -> Option<Self> {
                match word {
                    $( $word => {
                        $( let $field = field!(fields, $field $(, $default)?); )*
                        Some(Self::$name($name { $( $field: $field?, )* }))
                    } )*
                    _ => None,
                }
            }
        }

        $( impl From<$name> for Happening { fn from(happening: $name) -> Self { Self::$name(happening) } } )*

        #[cfg(test)]
        pub(super) fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<(&'static str, schemars::Schema)> {
            vec![ $( ($word, <$name as schemars::JsonSchema>::json_schema(generator)), )* ]
        }
    };
}

happenings! {
    /// A schedule of instalments was agreed. It adds to what was scheduled before.
    "schedule" Schedule {
        /// The sum of all instalments, where the source gives it: it is then checked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<Amount>,
        /// The instalments.
        instalments: Vec<Instalment>,
    }
    /// One payment was asked for. A draft is none yet.
    "invoice" Invoice {
        /// Its name within the account.
        item: String,
        /// When it falls due; on the day of the invoice where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<NaiveDate>,
        /// What is asked for.
        amount: Amount,
        /// Whether it is only a draft: nothing is owed by it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        draft: bool,
        /// What it asks for; principal where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Component>,
        /// Why it is asked for, in words that the customer may read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    }
    /// A statement of a revolving account was sent.
    "statement" Statement {
        /// Its name within the account.
        item: String,
        /// When its minimum payment falls due.
        due_on: NaiveDate,
        /// All that is owed on the day of the statement. Negative: the bank owes the customer. It
        /// is taken to hold all that happened before it, whenever it became known: a payment that
        /// a statement does not hold happened, for its account, on the day it was posted.
        balance: Amount,
        /// What this statement newly asks for, without what earlier ones still ask for.
        minimum_payment: Amount,
    }
    /// The person saw something the bank sent or showed.
    "seen" Seen {
        /// What was seen, by its text's name, such as `statement`.
        what: String,
    }
    /// A contact was attempted or made.
    "contact" Contact {
        /// The channel: `phone`, `sms`, `letter`, `visit` and the others of the table of channels.
        channel: String,
        /// The outcome code; none where a message was just sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<String>,
        /// Whether the person contacted the bank.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        inbound: bool,
        /// The telephone number used: `mobile`, `work` or `home`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        point: Option<String>,
        /// The policy's treatment or duty that was carried out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        treatment: Option<String>,
        /// The text that was sent or spoken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// Whether it was an effective demand, as the bank can prove it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        demand: bool,
        /// The day on which the person asked to be called again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call_back_on: Option<NaiveDate>,
    }
    /// A promise to pay. A new one, before the last falls due, replaces it.
    "promise" Promise {
        /// What is promised by when. Empty: no date or no sum was named, the promise is vague.
        #[serde(default)]
        parts: Vec<Part>,
    }
    /// An arrangement was made: smaller or later payments.
    "arrangement" Arrangement {
        /// What is to be paid by when.
        instalments: Vec<Part>,
    }
    /// An arrangement ended, kept or not.
    "arrangement_ended" ArrangementEnded {
        /// The id of the arrangement's event.
        arrangement: String,
    }
    /// An attempt to collect a payment failed.
    "payment_failed" PaymentFailed {
        /// Why, in the bank's own code.
        code: String,
        /// The item that was to be paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
    }
    /// Money was received. It settles the item it names, else the oldest first; so too where the
    /// item it names is not asked for yet.
    "payment" Payment {
        /// What was received.
        amount: Amount,
        /// Its currency, where the source gives one: it is then checked against the account's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<Currency>,
        /// The item it was for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
    }
    /// The account was credited, without a payment: the oldest item first.
    "credit" Credit {
        /// What was credited.
        amount: Amount,
        /// Its currency, where the source gives one: it is then checked against the account's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<Currency>,
        /// The item it was for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// What it waives: it then settles nothing else. Where nothing is said it settles what a payment would.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Component>,
    }
    /// What an item asks for was set to another amount; zero: it asks for nothing.
    "adjustment" Adjustment {
        /// The item.
        item: String,
        /// What it asks for from this day on.
        amount: Amount,
    }
    /// The rate of interest changed from this day on. A rate that is not named stays as it was.
    "rate" RateChange {
        /// The contract rate, for the span of the product's terms: `"0.18"` is 18 %.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contract: Option<NewRate>,
        /// The rate of penalty interest, likewise: it then no longer follows the contract rate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        penalty: Option<NewRate>,
    }
    /// A payment did not hold: it bounced, was sent back, or was booked in error. It then
    /// never counted, and the debt has its old age.
    "payment_reversed" PaymentReversed {
        /// The id of the payment's event.
        payment: String,
        /// How much of it; all where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Amount>,
    }
    /// A payment was given back to the payer: the debt stands again with its old date. A promise
    /// that it had kept by then was kept.
    "refund" Refund {
        /// The id of the payment's event.
        payment: String,
        /// How much of it; all where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Amount>,
    }
    /// A payment was charged back: the debt stands again with its old date.
    "chargeback" Chargeback {
        /// The id of the payment's event.
        payment: String,
    }
    /// A chargeback was undone: the payment counts again.
    "chargeback_reversed" ChargebackReversed {
        /// The id of the chargeback's event.
        chargeback: String,
    }
    /// An item, or all that is open, is no longer asked for. What is given back of an item that
    /// was named is not asked for either, and a payment that names it still settles it. A
    /// charge-off in the books is not this: the debt lives on, and the flag `charged_off` says so.
    /// The balance of a revolving account stays that of its statement: the next one says it anew.
    "write_off" WriteOff {
        /// The item; all that is open where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
    }
    /// A write-off was undone: the debt stands again with its old date.
    "write_off_reversed" WriteOffReversed {
        /// The id of the write-off's event.
        write_off: String,
    }
    /// Ageing is paused from one day to another.
    "pause" Pause {
        /// The first day that is paused.
        from: NaiveDate,
        /// The first day that is no longer paused.
        to: NaiveDate,
    }
    /// Pauses that have begun end on this day.
    "resume" Resume {
    }
    /// Something protects the person or the account, or another yes-or-no fact begins.
    "flag" Flag {
        /// The fact: `dispute`, `hardship`, `deceased`, `closed` and so on.
        flag: String,
        /// The last day on which it holds; without end where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    }
    /// A flag holds no longer, from this day on.
    "flag_lifted" FlagLifted {
        /// The fact.
        flag: String,
    }
    /// A tag was put on the account.
    "tag_added" TagAdded {
        /// The tag.
        tag: String,
    }
    /// A tag was taken off the account.
    "tag_removed" TagRemoved {
        /// The tag.
        tag: String,
    }
    /// The person consented to a channel, or took consent back.
    "consent" Consent {
        /// The channel.
        channel: String,
        /// Whether consent was given.
        given: bool,
    }
    /// The person refused a channel, or lifted the refusal.
    "opt_out" OptOut {
        /// The channel.
        channel: String,
        /// Whether the refusal was lifted.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        lifted: bool,
    }
    /// What is known of a telephone number.
    "number" Number {
        /// Which: `mobile`, `work` or `home`.
        point: String,
        /// `valid`, `dead`, `wrong`, `objected` or `none`.
        status: String,
    }
    /// The person's pay day became known.
    "pay_day" PayDay {
        /// The day of the month; in a shorter month its last day.
        day: u32,
    }
    /// Money arrived in the person's accounts with the bank.
    "inflow" Inflow {
        /// How much.
        amount: Amount,
    }
    /// The account was given to someone else to work.
    "placement" Placement {
        /// To whom.
        hand: String,
        /// The last day of the placement; without end where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    }
    /// The account was taken back from whoever worked it.
    "recall" Recall {
    }
    /// A fact was found out or set: a segment, a cause, a score, an income.
    "noted" Note {
        /// The fact, by its column name.
        fact: String,
        /// Its value.
        value: Noted,
        /// The last day on which it is valid: afterwards it is not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    }
    /// An event was recorded in error: it never happened.
    "withdrawn" Withdrawn {
        /// The id of that event.
        of: String,
    }
}

/// One instalment of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// Its name within the account.
    pub item: String,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What is to be paid.
    pub amount: Amount,
    /// When it was invoiced, for conventions that count from the invoice; the due date where
    /// nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoiced_on: Option<NaiveDate>,
    /// What of the amount is principal. Where none of the three parts is said, all of it is; where
    /// some are, those that are not are zero, and all three add up to the amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<Amount>,
    /// What of the amount is interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interest: Option<Amount>,
    /// What of the amount is fees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Amount>,
}

impl Instalment {
    /// An instalment of principal, or of which nothing is said but its amount.
    pub fn new(item: impl Into<String>, due_on: NaiveDate, amount: Amount) -> Self {
        Self { item: item.into(), due_on, amount, invoiced_on: None, principal: None, interest: None, fees: None }
    }
}

/// A part of a promise or an arrangement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// By when.
    pub due_on: NaiveDate,
    /// How much.
    pub amount: Amount,
}
