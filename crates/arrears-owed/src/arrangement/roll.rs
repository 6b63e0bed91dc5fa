//! The least payment that keeps an account out of the next worse bucket.

use arrears::account::{Account, Amount, Conventions, Event, Payment};
use arrears::document::Fault;
use arrears::{Currency, Facts, Value, table};
use chrono::{Days, NaiveDate};
use serde::Serialize;

/// When an account rolls into the next worse bucket, and the least that stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Roll {
    /// The currency.
    pub currency: Currency,
    /// Today's bucket, by the bank's conventions; zero: nothing is late.
    pub bucket: usize,
    /// The first day on which the account is in a worse bucket if nothing is paid.
    pub rolls_on: NaiveDate,
    /// The last day on which the payment must have come in.
    pub pay_by: NaiveDate,
    /// The least payment that keeps the account in today's bucket, in minor units.
    pub least: i64,
}

impl Roll {
    /// When an account rolls, as it is known on a day, and the least that stops it; none if it does not roll within
    /// what is known of it.
    ///
    /// The payment settles what the history says that payments settle, the oldest first; what the terms of the product
    /// let grow is not in it.
    ///
    /// ```
    /// use arrears::account::{Account, Conventions};
    /// use arrears_owed::arrangement::Roll;
    /// let account = Account::from_json(r#"{
    ///     "format": "arrears-history/1", "account_id": "A-1", "currency": "EUR", "opened_on": "2026-01-01", "complete": [],
    ///     "events": [{"id": "s", "occurred_on": "2026-01-01", "event": "schedule", "instalments": [
    ///         {"item": "1", "due_on": "2026-02-01", "amount": "100.00"}, {"item": "2", "due_on": "2026-03-01", "amount": "100.00"}]}]
    /// }"#).map_err(|problems| format!("{problems:?}"))?;
    /// let roll = Roll::of(&account, "2026-02-20".parse()?, &Conventions::default()).map_err(|faults| format!("{faults:?}"))?;
    /// let roll = roll.ok_or("it does not roll")?;
    /// // Thirty days past due on 3 March: 100.00 by then, and the second instalment is only days late.
    /// assert_eq!((roll.bucket, roll.rolls_on.to_string().as_str(), roll.least), (1, "2026-03-04", 10_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// That what is known of the history contradicts itself.
    pub fn of(account: &Account, as_of: NaiveDate, conventions: &Conventions) -> Result<Option<Self>, Vec<Fault>> {
        let known = account.events().iter().filter(|event| event.known_on <= as_of).cloned();
        let known = Account::new(account.id(), account.currency(), account.opened_on()).with(known)?;
        let bucket = bucket(&Facts::of(&known, as_of, as_of, conventions), conventions);
        let Some(rolls_on) = first_worse(&known, as_of, bucket, conventions) else { return Ok(None) };
        let Some(pay_by) = rolls_on.pred_opt() else { return Ok(None) };
        let after = |paid: i64| -> Result<usize, Vec<Fault>> {
            let amount = Amount::from_minor(paid, known.currency());
            let payment = Payment { amount, currency: None, item: None };
            let paid = known.with([Event::new("to stop the roll", pay_by, payment).sequence(u32::MAX)])?;
            Ok(self::bucket(&Facts::of(&paid, rolls_on, rolls_on, conventions), conventions))
        };
        let asked = account.standing(rolls_on, as_of, conventions).items;
        let mut high = asked.iter().map(|item| item.open.minor()).fold(0, i64::saturating_add).max(1);
        if after(high)? > bucket {
            return Ok(None);
        }
        // More money never makes it worse.
        let mut low = 0;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if after(middle)? > bucket {
                low = middle;
            } else {
                high = middle;
            }
        }
        Ok(Some(Self { currency: known.currency(), bucket, rolls_on, pay_by, least: high }))
    }
}

/// The first day on which an account is in a worse bucket than a given one if nothing more is paid.
///
/// Where facts are those of a day's opening, money of today counts from tomorrow: what today's facts say of the next
/// roll may then not come about, and the one after it is looked for.
fn first_worse(known: &Account, as_of: NaiveDate, than: usize, conventions: &Conventions) -> Option<NaiveDate> {
    let mut from = as_of;
    loop {
        let facts = Facts::of(known, from, from, conventions);
        let rolls_on = match facts.get(table::ROLL_IN.name()) {
            Some(Value::Days(days)) => from.checked_add_days(Days::new(days.unsigned_abs())),
            _ if from == as_of => from.succ_opt(),
            _ => None,
        };
        let rolls_on = rolls_on.filter(|day| *day > from)?;
        if bucket(&Facts::of(known, rolls_on, rolls_on, conventions), conventions) > than {
            return Some(rolls_on);
        }
        from = rolls_on;
    }
}

fn bucket(facts: &Facts, conventions: &Conventions) -> usize {
    let number = |name: &str| match facts.get(name) {
        Some(Value::Days(number) | Value::Count(number)) => *number,
        _ => 0,
    };
    conventions.buckets.of(number(table::DPD.name()), number(table::CYCLES_PAST_DUE.name()))
}
