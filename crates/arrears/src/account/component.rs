//! What an amount owed is for.

use serde::{Deserialize, Serialize};

/// What an amount owed is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Component {
    /// What was lent or bought.
    Principal,
    /// Interest by the contract.
    Interest,
    /// Interest because something is late.
    Penalty,
    /// Fees.
    Fee,
    /// Costs of the recovery: a court's, a bailiff's, a lawyer's.
    Cost,
}

impl Component {
    /// Every component.
    pub const ALL: [Self; 5] = [Self::Principal, Self::Interest, Self::Penalty, Self::Fee, Self::Cost];

    /// The word for it in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Principal => "principal",
            Self::Interest => "interest",
            Self::Penalty => "penalty",
            Self::Fee => "fee",
            Self::Cost => "cost",
        }
    }
}
