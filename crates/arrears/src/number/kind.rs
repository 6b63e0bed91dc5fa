//! What a number counts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a fact, a literal or an expression measures.
///
/// Two sides of a comparison must be of one kind; [`crate::condition`] lists which
/// kinds may be added, multiplied and divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Whole calendar days.
    Days,
    /// A number of things: calls, promises, accounts.
    Count,
    /// Money in minor units (cents) of the policy's currency.
    Money,
    /// A ratio or a score, in millionths.
    Ratio,
    /// Yes or no.
    Flag,
    /// One word of a vocabulary.
    Category,
}

impl Kind {
    /// Every kind, in the order of the handbook.
    pub const ALL: [Self; 6] = [Self::Days, Self::Count, Self::Money, Self::Ratio, Self::Flag, Self::Category];

    /// The word used for the kind in policy files, as in `#{ kind: "ratio" }`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Count => "count",
            Self::Money => "money",
            Self::Ratio => "ratio",
            Self::Flag => "flag",
            Self::Category => "category",
        }
    }

    /// The kind that a policy file calls `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether values of this kind are numbers that can be compared by size.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Days | Self::Count | Self::Money | Self::Ratio)
    }

    /// How many decimals a written value of this kind may have, given the
    /// currency's minor units.
    pub const fn decimals(self, currency_digits: u32) -> u32 {
        match self {
            Self::Money => currency_digits,
            Self::Ratio => 6,
            Self::Days | Self::Count | Self::Flag | Self::Category => 0,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Days => "days",
            Self::Count => "a count",
            Self::Money => "an amount of money",
            Self::Ratio => "a ratio",
            Self::Flag => "a yes-or-no fact",
            Self::Category => "a word",
        })
    }
}
