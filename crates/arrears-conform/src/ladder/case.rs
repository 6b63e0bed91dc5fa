//! Cases of the kind `ladder`, as written.

use arrears::account::Amount;
use chrono::NaiveDate;
use serde::Deserialize;

/// What is given: a policy, and either a timeline or the facts themselves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    pub(super) policy: Policy,
    pub(super) timeline: Option<Vec<Entry>>,
    pub(super) facts: Option<Stated>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    pub(super) default_state: String,
    /// The most severe first.
    pub(super) states: Vec<State>,
    pub(super) hold_tag: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    pub(super) name: String,
    pub(super) when: When,
}

/// Conditions, all of which must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct When {
    pub(super) oldest_unpaid_age: Option<Age>,
    pub(super) unpaid_count_at_least: Option<i64>,
    pub(super) unpaid_balance_at_least: Option<Amount>,
    pub(super) last_failure_in: Option<Vec<String>>,
    pub(super) tag_present: Option<String>,
    pub(super) tag_absent: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Age {
    pub(super) at_least: i64,
    pub(super) unit: Unit,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Days,
    Weeks,
    Months,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    Invoice,
    Paid,
    AdjustedToZero,
    PaymentRefunded,
    PaymentChargedBack,
    ChargebackReversed,
    WrittenOff,
    WriteOffReversed,
    TagAdded,
    TagRemoved,
    AccountCredit,
    PaymentFailed,
}

/// An entry of the timeline. Which fields it has depends on its event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) seq: u32,
    pub(super) on: NaiveDate,
    pub(super) event: Word,
    pub(super) invoice: Option<String>,
    pub(super) amount: Option<Amount>,
    pub(super) draft: Option<bool>,
    pub(super) tag: Option<String>,
    pub(super) code: Option<String>,
}

/// Facts that are taken as they are. `null` is said, not left out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stated {
    pub(super) unpaid_count: i64,
    pub(super) unpaid_balance: Amount,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) oldest_unpaid_on: Option<NaiveDate>,
    #[serde(deserialize_with = "Option::deserialize")]
    pub(super) last_failure: Option<String>,
    pub(super) tags: Vec<String>,
}

/// What is expected of a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    pub(super) on: NaiveDate,
    /// The last event of that day that has happened; all have where nothing is said.
    pub(super) through_seq: Option<u32>,
    pub(super) state: Option<String>,
    pub(super) unpaid_count: Option<i64>,
    pub(super) unpaid_balance: Option<Amount>,
}

/// What an entry says happened.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    Invoice { id: &'a str, amount: Amount, draft: bool },
    Paid(&'a str),
    AdjustedToZero(&'a str),
    Refunded(&'a str),
    ChargedBack(&'a str),
    ChargebackReversed(&'a str),
    WrittenOff(&'a str),
    WriteOffReversed(&'a str),
    TagAdded(&'a str),
    TagRemoved(&'a str),
    Credit(Amount),
    Failed(Option<&'a str>),
}

impl Entry {
    /// What it says, if it has the fields of its event and no others.
    pub(super) fn what(&self) -> Result<What<'_>, String> {
        let Self { seq: _, on: _, event, invoice, amount, draft, tag, code } = self;
        let (invoice, tag, code) = (invoice.as_deref(), tag.as_deref(), code.as_deref());
        Ok(match (event, invoice, amount, draft, tag, code) {
            (Word::Invoice, Some(id), Some(amount), draft, None, None) => {
                What::Invoice { id, amount: *amount, draft: *draft == Some(true) }
            }
            (Word::Paid, Some(id), None, None, None, None) => What::Paid(id),
            (Word::AdjustedToZero, Some(id), None, None, None, None) => What::AdjustedToZero(id),
            (Word::PaymentRefunded, Some(id), None, None, None, None) => What::Refunded(id),
            (Word::PaymentChargedBack, Some(id), None, None, None, None) => What::ChargedBack(id),
            (Word::ChargebackReversed, Some(id), None, None, None, None) => What::ChargebackReversed(id),
            (Word::WrittenOff, Some(id), None, None, None, None) => What::WrittenOff(id),
            (Word::WriteOffReversed, Some(id), None, None, None, None) => What::WriteOffReversed(id),
            (Word::TagAdded, None, None, None, Some(tag), None) => What::TagAdded(tag),
            (Word::TagRemoved, None, None, None, Some(tag), None) => What::TagRemoved(tag),
            (Word::AccountCredit, None, Some(amount), None, None, None) => What::Credit(*amount),
            (Word::PaymentFailed, _, None, None, None, code) => What::Failed(code),
            (Word::Invoice, ..) => return Err("expected `invoice`, `amount` and perhaps `draft`".to_owned()),
            (Word::TagAdded | Word::TagRemoved, ..) => return Err("expected `tag`, and nothing else".to_owned()),
            (Word::AccountCredit, ..) => return Err("expected `amount`, and nothing else".to_owned()),
            (Word::PaymentFailed, ..) => return Err("expected perhaps `invoice` and `code`".to_owned()),
            _ => return Err("expected `invoice`, and nothing else".to_owned()),
        })
    }
}
