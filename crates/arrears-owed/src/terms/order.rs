//! What money settles first.

use arrears::account::Component;
use serde::{Deserialize, Serialize};

/// What money settles first, for an account so many days past due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllocationOrder {
    /// In force from so many days past due on. The first order is from 0.
    pub from_days: u32,
    /// Whether components or items are gone through first.
    pub walk: Walk,
    /// Every component, the one that is settled first in front.
    pub components: Vec<Component>,
}

/// Whether components or items are gone through first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Walk {
    /// A component of all items that are due, the oldest first; then the next component.
    #[default]
    Components,
    /// All components of the oldest item that is due; then the next item.
    Items,
}

/// What becomes of money beyond what is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ahead {
    /// It is held, and settles what falls due next on the day it does.
    #[default]
    Hold,
    /// It repays principal that is not due, the next first; what is left over is held.
    Principal,
}

impl Default for AllocationOrder {
    fn default() -> Self {
        let components =
            vec![Component::Cost, Component::Fee, Component::Penalty, Component::Interest, Component::Principal];
        Self { from_days: 0, walk: Walk::Components, components }
    }
}
