//! What became of an account until a day: its turns, what is true after a charge-off, its recorded demands.

use super::after_charge_off::{AfterChargeOff, after_charge_off};
use super::demands::recorded;
use super::turns::{Turned, turns};
use crate::answer::{Tested, said};
use arrears::account::{Account, Amount, Conventions, Kept};
use arrears::document::Fault;
use arrears::{Currency, Money};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of an account until a day. Amounts are texts in the account's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LifeStory {
    /// The account.
    pub account_id: String,
    /// The currency of the amounts.
    pub currency: Currency,
    /// The first day that was looked at.
    pub from: NaiveDate,
    /// The last.
    pub as_of: NaiveDate,
    /// The day whose knowledge counts.
    pub known_by: NaiveDate,
    /// The days on which it turned, with why.
    pub turns: Vec<Turned>,
    /// The day on which it was charged off. None: it is not, or that is not known.
    pub charged_off_on: Option<NaiveDate>,
    /// The day on which it was sold. None: it is not, or that is not known.
    pub sold_on: Option<NaiveDate>,
    /// What was paid or credited since the charge-off. Zero where it is not charged off.
    pub recovered: Amount,
    /// What is open of what was asked for.
    pub open: Amount,
    /// What is still true of the debt, with why.
    pub still: Vec<Tested>,
    /// The days of demands that are recorded as effective; how far they lie apart is not judged.
    pub demands: Vec<NaiveDate>,
    /// Whether every contact is recorded: else there may have been other demands.
    pub demands_complete: bool,
    /// Facts of a bank's own that a policy may read, each as a table or a command line writes it.
    pub facts: BTreeMap<&'static str, String>,
}

impl LifeStory {
    /// Tells what became of an account from a day to another, both included, by what was known on a day.
    ///
    /// `re_aged` is the tag by which the bank marks a re-age; none: it marks none.
    ///
    /// # Errors
    ///
    /// That `as_of` lies before `from`.
    pub fn of(
        account: &Account,
        (from, as_of): (NaiveDate, NaiveDate),
        known_by: NaiveDate,
        conventions: &Conventions,
        re_aged: Option<&str>,
    ) -> Result<Self, Vec<Fault>> {
        let turns = turns(account, (from, as_of), known_by, conventions, re_aged)?;
        let after = after_charge_off(account, as_of, known_by, conventions);
        let facts = after.facts(as_of).into_iter().map(|(name, value)| match value {
            // As a column holds it: without the currency.
            arrears::Value::Money(money) => (name, amount(money).to_string()),
            value => (name, value.to_string()),
        });
        let facts = facts.collect();
        let AfterChargeOff { charged_off_on, sold_on, recovered, open, still } = after;
        Ok(Self {
            account_id: account.id().to_owned(),
            currency: account.currency(),
            from,
            as_of,
            known_by,
            turns,
            charged_off_on,
            sold_on,
            recovered: amount(recovered),
            open: amount(open),
            still: said(&still),
            demands: recorded(account, as_of, known_by),
            demands_complete: account.is_complete_in(Kept::Contacts),
            facts,
        })
    }
}

fn amount(money: Money) -> Amount {
    Amount::from_minor(money.minor(), money.currency())
}
