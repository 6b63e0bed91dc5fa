//! From a ledger to a statement.

use super::{NextDue, Statement};
use crate::ledger::{Ledger, OwedError, Parts};
use crate::terms::Terms;
use arrears::account::{Account, Component};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Statement {
    /// What is owed on an account at the end of `as_of`, as known on `known_by`, by the terms of its
    /// product.
    ///
    /// What is recorded after `known_by` does not exist, and what happened after `as_of` has not
    /// happened. A payment that was reversed by then never counted.
    ///
    /// On a revolving account the last statement's balance is taken as it is: interest and fees before it
    /// are in it, and only what came since is reckoned here. The part of the balance that no
    /// statement has asked for yet falls due by no date and has no item's name.
    ///
    /// # Errors
    ///
    /// [`OwedError`] if the terms are in another currency, contradict themselves or the schedule,
    /// or an amount cannot be held.
    ///
    /// ```
    /// use arrears::account::Account;
    /// use arrears_owed::{statement::Statement, terms::Terms};
    /// let account = Account::from_json(r#"{
    ///     "format": "arrears-history/1", "account_id": "A-1", "currency": "EUR", "opened_on": "2026-01-01", "complete": [],
    ///     "events": [{"id": "s", "occurred_on": "2026-01-01", "event": "schedule",
    ///         "instalments": [{"item": "1", "due_on": "2026-02-01", "amount": "1000.00"}]}]
    /// }"#).map_err(|problems| format!("{problems:?}"))?;
    /// let terms = Terms::from_json(r#"{
    ///     "format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360",
    ///     "penalty": {"rate": {"annual": "0.18"}, "on": ["principal"]}
    /// }"#).map_err(|problems| format!("{problems:?}"))?;
    /// let day = "2026-03-03".parse()?;
    /// let owed = Statement::of(&account, &terms, day, day)?;
    /// assert_eq!(owed.total, 101_500); // 1000.00 and 30 days of 18 %
    /// assert_eq!(owed.total, owed.lines.iter().map(|line| line.amount).sum::<i64>());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(account: &Account, terms: &Terms, as_of: NaiveDate, known_by: NaiveDate) -> Result<Self, OwedError> {
        let ledger = Ledger::new(account, terms, as_of, known_by)?;
        Self::from_ledger(ledger, account, terms, as_of, known_by)
    }

    pub(crate) fn from_ledger(
        mut ledger: Ledger<'_>,
        account: &Account,
        terms: &Terms,
        as_of: NaiveDate,
        known_by: NaiveDate,
    ) -> Result<Self, OwedError> {
        let (overdue, held, next) = (ledger.overdue(), ledger.held(), ledger.next_due());
        let days_past_due = u32::try_from(ledger.days_past_due()).unwrap_or(0);
        ledger.earned_so_far()?;
        let mut sums: BTreeMap<Component, i128> = BTreeMap::new();
        let mut total = 0_i128;
        for line in &ledger.lines {
            total += i128::from(line.amount);
            if let Some(component) = line.component {
                *sums.entry(component).or_default() += i128::from(line.amount);
            }
        }
        let mut by_component = BTreeMap::new();
        for (component, sum) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
            by_component.insert(component, ledger.narrow(sum)?);
        }
        let today = next.filter(|(on, _)| *on == as_of).map_or(0, |(_, amount)| amount);
        let (overdue, overdue_by_component) = narrow(&ledger, overdue)?;
        Ok(Self {
            account_id: account.id().to_owned(),
            currency: terms.currency,
            as_of,
            known_by,
            total: ledger.narrow(total)?,
            by_component,
            held: ledger.narrow(held)?,
            overdue,
            overdue_by_component,
            days_past_due,
            next: match next {
                Some((on, amount)) => Some(NextDue { on, amount: ledger.narrow((amount - held).max(0))? }),
                None => None,
            },
            to_be_current: ledger.narrow(i128::from(overdue) + today)?,
            lines: std::mem::take(&mut ledger.lines),
        })
    }
}

fn narrow(ledger: &Ledger<'_>, parts: Parts) -> Result<(i64, BTreeMap<Component, i64>), OwedError> {
    let mut by_component = BTreeMap::new();
    for component in Component::ALL.into_iter().filter(|component| parts.get(*component) != 0) {
        by_component.insert(component, ledger.narrow(parts.get(component))?);
    }
    Ok((ledger.narrow(parts.sum())?, by_component))
}
