//! Why what is owed cannot be reckoned.

use crate::interest::InterestError;
use arrears::Currency;
use arrears::document::Fault;

/// Why what is owed cannot be reckoned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwedError {
    /// The terms are for another currency.
    #[error("the account is in {account}, the terms are for {terms}: nothing is converted here")]
    Currency {
        /// The account's.
        account: Currency,
        /// The terms'.
        terms: Currency,
    },
    /// The terms contradict themselves.
    #[error("the terms cannot be used: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Terms(Vec<Fault>),
    /// What is known of the history by a day contradicts itself.
    #[error("the history as known then cannot be used: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    History(Vec<Fault>),
    /// Interest would be asked for twice.
    #[error(
        "the instalment `{item}` has interest of its own, and by the terms interest runs on what is not due: \
         say \"runs_on\": \"overdue\", or leave the interest out of the schedule"
    )]
    InterestTwice {
        /// The item.
        item: String,
    },
    /// A rate or an amount is too large.
    #[error(transparent)]
    Interest(#[from] InterestError),
    /// An amount is too large to be held.
    #[error("an amount of account `{0}` is too large to be held: look for a slip")]
    TooLarge(String),
}
