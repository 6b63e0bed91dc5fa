//! The events that existed for someone who looked on a day, with what was known on a day.

use super::{Account, Conventions, Event, Happening};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The events of an account as known on one day, and up to which day they count.
pub(super) struct Known<'a> {
    pub(super) account: &'a Account,
    pub(super) conventions: &'a Conventions,
    /// The day whose facts are wanted.
    pub(super) as_of: NaiveDate,
    /// Every event known, in order; those withdrawn are left out.
    events: Vec<&'a Event>,
    /// How much of each payment never counted, by the payment's event.
    reversed: BTreeMap<&'a str, i128>,
    /// The last day on which money was given back or charged back, or a chargeback undone.
    last_given_back: Option<NaiveDate>,
}

impl<'a> Known<'a> {
    pub(super) fn new(
        account: &'a Account,
        as_of: NaiveDate,
        known_by: NaiveDate,
        conventions: &'a Conventions,
    ) -> Self {
        let known = || account.events.iter().filter(|event| event.known_on <= known_by);
        let withdrawn: BTreeSet<&str> = known()
            .filter_map(|event| match &event.happening {
                Happening::Withdrawn(withdrawn) => Some(withdrawn.of.as_str()),
                _ => None,
            })
            .collect();
        let events = known().filter(|event| !withdrawn.contains(event.id.as_str())).collect();
        let mut found = Self { account, conventions, as_of, events, reversed: BTreeMap::new(), last_given_back: None };
        found.reversed = found.reversals();
        let given_back = found.happened().filter(|event| {
            matches!(
                event.happening,
                Happening::Refund(_) | Happening::Chargeback(_) | Happening::ChargebackReversed(_)
            )
        });
        found.last_given_back = given_back.last().map(|event| event.occurred_on);
        found
    }

    /// Reversals that have happened. A payment without a stated amount of its reversal never
    /// counted at all.
    fn reversals(&self) -> BTreeMap<&'a str, i128> {
        let mut reversed = BTreeMap::new();
        for event in self.happened() {
            if let Happening::PaymentReversed(reversal) = &event.happening {
                let amount = reversal.amount.map_or(i128::MAX, |amount| self.minor(amount));
                let sum = reversed.entry(reversal.payment.as_str()).or_insert(0_i128);
                *sum = sum.saturating_add(amount);
            }
        }
        reversed
    }

    /// The first day on which an event of that day counts.
    pub(super) fn counts_from(&self, occurred_on: NaiveDate) -> NaiveDate {
        self.conventions.day_end.counts_from(occurred_on)
    }

    /// The events that have happened, in order.
    pub(super) fn happened(&self) -> impl Iterator<Item = &'a Event> {
        self.events.iter().copied().take_while(|event| self.counts_from(event.occurred_on) <= self.as_of)
    }

    /// Whether money was given back or charged back after a day, or a chargeback undone.
    pub(super) fn gives_back_after(&self, day: NaiveDate) -> bool {
        self.last_given_back.is_some_and(|last| last > day)
    }

    /// The first day on which an event that is known already will count.
    pub(super) fn next_event(&self) -> Option<NaiveDate> {
        let ahead = self.events.iter().map(|event| self.counts_from(event.occurred_on));
        ahead.filter(|day| *day > self.as_of).min()
    }

    /// An amount in minor units of the account's currency.
    pub(super) fn minor(&self, amount: super::Amount) -> i128 {
        amount.checked(self.account.currency)
    }

    /// The most of an item that may be unpaid without being late, in minor units.
    pub(super) fn tolerance(&self) -> i128 {
        self.conventions.tolerance.at_most(self.account.currency)
    }

    /// By how much a promised payment may fall short, in minor units.
    pub(super) fn promise_tolerance(&self) -> i128 {
        self.conventions.promise_tolerance.at_most(self.account.currency)
    }

    /// What a payment brought in, less what of it never counted; zero if nothing is left.
    pub(super) fn effective(&self, payment: &str, amount: super::Amount) -> i128 {
        let reversed = self.reversed.get(payment).copied().unwrap_or(0);
        self.minor(amount).saturating_sub(reversed).max(0)
    }
}
