//! Numerators and denominators being summed, by month and by what they are of.

use super::Month;
use super::ratio::millionths;
use super::report::{Exclusion, OfCount, OfMoney, Value};
use crate::summary::Amount;
use std::collections::BTreeMap;

/// Numerator and denominator by count and by money, and who is in neither.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) count: (u64, u64),
    pub(super) money: (i128, i128),
    pub(super) excluded: BTreeMap<&'static str, u64>,
}

/// The reason of those that are counted by number only.
pub(super) const NO_BALANCE: &str = "the balance is not known: counted by number only";
/// The reason of those whose amount in arrears is not known.
pub(super) const NO_AMOUNT: &str = "the amount is not known: counted by number only";

impl Sums {
    pub(super) fn exclude(&mut self, reason: &'static str, count: u64) {
        if count > 0 {
            *self.excluded.entry(reason).or_default() += count;
        }
    }

    /// Adds a member of the cohort, with its amount.
    pub(super) fn member(&mut self, counts: bool, amount: Option<i64>, without: &'static str) {
        self.count.1 += 1;
        self.count.0 += u64::from(counts);
        match amount.map(i128::from) {
            Some(minor) => {
                self.money.1 = self.money.1.saturating_add(minor);
                self.money.0 = self.money.0.saturating_add(if counts { minor } else { 0 });
            }
            None => self.exclude(without, 1),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.count.0 += other.count.0;
        self.count.1 += other.count.1;
        self.money.0 = self.money.0.saturating_add(other.money.0);
        self.money.1 = self.money.1.saturating_add(other.money.1);
        for (reason, count) in &other.excluded {
            self.exclude(reason, *count);
        }
    }

    /// The exclusions, by reason.
    pub(super) fn exclusions(&self) -> Vec<Exclusion> {
        self.excluded.iter().map(|(reason, count)| Exclusion { reason, count: *count }).collect()
    }

    /// The value; by money where `digits` tells the decimals of the currency. What has no amounts
    /// has no exclusions for want of them.
    pub(super) fn value(&self, labels: Labels, month: Option<Month>, digits: Option<u32>) -> Value {
        let (from, to) = labels;
        let amount = |minor, digits| Some(Amount::new(minor, digits));
        let mut excluded = self.exclusions();
        if digits.is_none() {
            excluded.retain(|exclusion| ![NO_BALANCE, NO_AMOUNT].contains(&exclusion.reason));
        }
        Value {
            from,
            to,
            month,
            count: OfCount {
                numerator: Some(self.count.0),
                denominator: Some(self.count.1),
                millionths: millionths(i128::from(self.count.0), i128::from(self.count.1)),
            },
            money: digits.map(|digits| OfMoney {
                numerator: amount(self.money.0, digits),
                denominator: amount(self.money.1, digits),
                millionths: millionths(self.money.0, self.money.1),
            }),
            excluded,
        }
    }
}

/// From what, to what.
pub(super) type Labels = (Option<String>, Option<String>);

/// Sums by what they are of and by month.
#[derive(Clone, Debug)]
pub(super) struct Series<K> {
    sums: BTreeMap<K, BTreeMap<Month, Sums>>,
}

impl<K> Default for Series<K> {
    fn default() -> Self {
        Self { sums: BTreeMap::new() }
    }
}

impl<K: Ord> Series<K> {
    pub(super) fn at(&mut self, key: K, month: Month) -> &mut Sums {
        self.sums.entry(key).or_default().entry(month).or_default()
    }

    /// The values by month, and those of all months together behind them.
    pub(super) fn values(&self, label: impl Fn(&K) -> Labels, digits: Option<u32>) -> Vec<Value> {
        let mut values = Vec::new();
        for (key, months) in &self.sums {
            let mut all = Sums::default();
            for (month, sums) in months {
                all.add(sums);
                values.push(sums.value(label(key), Some(*month), digits));
            }
            values.push(all.value(label(key), None, digits));
        }
        values
    }
}
