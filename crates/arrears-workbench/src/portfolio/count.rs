//! Accounts counted, with what is overdue on them.

use arrears::Policy;
use arrears_batch::Amount;
use serde::Serialize;

/// Accounts, and what is overdue on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many there are.
    pub accounts: u64,
    /// What is overdue on those of which it is known; none if the policy does not read `overdue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<Amount>,
    /// Those of which it is not known what is overdue: they add nothing to the sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue_unknown: Option<u64>,
}

/// How amounts of a policy's currency are summed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Money {
    digits: u32,
    /// Whether the policy reads what is overdue.
    known: bool,
}

/// A count in the making.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) accounts: u64,
    overdue: i128,
    unknown: u64,
}

impl Money {
    pub(crate) fn of(policy: &Policy) -> Self {
        Self { digits: policy.head().currency.digits(), known: policy.find_input("overdue").is_some() }
    }

    /// Amounts that either policy reads, in their one currency.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self { digits: self.digits, known: self.known || other.known }
    }

    pub(crate) const fn digits(self) -> u32 {
        self.digits
    }

    pub(crate) fn amount(self, minor: i64) -> Amount {
        Amount::new(i128::from(minor), self.digits)
    }

    pub(crate) fn count(self, sum: Sum) -> Count {
        Count {
            accounts: sum.accounts,
            overdue: self.known.then(|| Amount::new(sum.overdue, self.digits)),
            overdue_unknown: self.known.then_some(sum.unknown),
        }
    }
}

impl Sum {
    /// Adds an account.
    pub(crate) fn add(&mut self, overdue: Option<i64>) {
        self.accounts = self.accounts.saturating_add(1);
        match overdue {
            Some(minor) => self.overdue = self.overdue.saturating_add(i128::from(minor)),
            None => self.unknown = self.unknown.saturating_add(1),
        }
    }

    /// Adds accounts that were counted.
    pub(crate) fn join(&mut self, other: Self) {
        self.accounts = self.accounts.saturating_add(other.accounts);
        self.overdue = self.overdue.saturating_add(other.overdue);
        self.unknown = self.unknown.saturating_add(other.unknown);
    }
}

impl FromIterator<Sum> for Sum {
    fn from_iter<I: IntoIterator<Item = Self>>(sums: I) -> Self {
        let mut all = Self::default();
        sums.into_iter().for_each(|sum| all.join(sum));
        all
    }
}
