//! How many accounts, and how much they owe, by some word.

use super::Amount;
use serde::Serialize;
use std::collections::BTreeMap;

/// Accounts that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// What they have in common: the name of a stage, a type, a treatment, a fact.
    pub name: String,
    /// How many there are.
    pub accounts: u64,
    /// What is overdue on them; none if the policy does not read `overdue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<Amount>,
}

/// Accounts that were decided alike, and what is overdue on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    /// How many there are.
    pub(crate) accounts: u64,
    /// What is overdue on those of which it is known, in the currency's smallest unit.
    pub(crate) overdue: i128,
    /// Those of which it is not known.
    pub(crate) unknown: u64,
}

impl Sum {
    /// Adds an account.
    pub(crate) fn add(&mut self, overdue: Option<i64>) {
        self.accounts += 1;
        match overdue {
            Some(minor) => self.overdue = self.overdue.saturating_add(i128::from(minor)),
            None => self.unknown += 1,
        }
    }
}

/// Tallies being counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Tallies {
    counted: BTreeMap<String, (u64, Amount)>,
}

impl Tallies {
    pub(super) fn add(&mut self, name: &str, of: Sum, digits: u32) {
        if !self.counted.contains_key(name) {
            self.counted.insert(name.to_owned(), (0, Amount::new(0, digits)));
        }
        if let Some((accounts, sum)) = self.counted.get_mut(name) {
            *accounts += of.accounts;
            sum.add(of.overdue);
        }
    }

    /// The tallies, those named in `order` first and in that order, the others by name.
    pub(super) fn in_order<'a>(mut self, order: impl IntoIterator<Item = &'a str>, money: bool) -> Vec<Tally> {
        let mut tallies = Vec::with_capacity(self.counted.len());
        for name in order {
            if let Some(counted) = self.counted.remove(name) {
                tallies.push(tally(name.to_owned(), counted, money));
            }
        }
        tallies.extend(self.counted.into_iter().map(|(name, counted)| tally(name, counted, money)));
        tallies
    }

    /// The tallies, the largest first.
    pub(super) fn by_size(self, money: bool) -> Vec<Tally> {
        let mut tallies = self.in_order([], money);
        tallies.sort_by_key(|tally| std::cmp::Reverse(tally.accounts));
        tallies
    }
}

fn tally(name: String, (accounts, sum): (u64, Amount), money: bool) -> Tally {
    Tally { name, accounts, overdue: money.then_some(sum) }
}
