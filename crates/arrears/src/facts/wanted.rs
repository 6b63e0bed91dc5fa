//! Facts beyond the table that somebody wants to know.

use super::{Channel, Movement, Parametric, ParametricKind};
use crate::number::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// What a policy reads beyond the table of facts: the facts with a parameter, such as
/// `times("phone", 7)`, of which there is no end, and the facts of the bank's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Facts with a parameter.
    pub counted: Vec<Parametric>,
    /// The bank's own facts, by name.
    pub own: BTreeMap<String, OwnFact>,
    /// Which contacts count for the classes of packs that are counted, by what is counted.
    pub classes: BTreeMap<String, ContactKinds>,
}

/// Kinds of contacts: by channel, whether they came in, and result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactKinds {
    kinds: BTreeSet<(Channel, bool, Option<&'static str>)>,
    of_person: bool,
}

impl ContactKinds {
    /// None yet: of one debt, or of a person over all debts.
    pub(crate) const fn none(of_person: bool) -> Self {
        Self { kinds: BTreeSet::new(), of_person }
    }

    pub(crate) fn add(&mut self, channel: Channel, inbound: bool, outcome: Option<&'static str>) {
        self.kinds.insert((channel, inbound, outcome));
    }

    /// Whether contacts about other debts of the same person count as well.
    pub const fn is_of_person(&self) -> bool {
        self.of_person
    }

    /// Whether a contact is of one of them; a result that nobody knows is as none.
    pub fn has(&self, channel: Channel, inbound: bool, outcome: Option<&str>) -> bool {
        self.kinds.iter().any(|(of, came_in, result)| *of == channel && *came_in == inbound && *result == outcome)
    }
}

/// A fact of the bank's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnFact {
    /// What it measures.
    pub kind: Kind,
    /// What a day does to it.
    pub movement: Movement,
    /// Whether its age is wanted too, in the column `NAME_age`.
    pub aged: bool,
}

impl Wanted {
    /// The tags that are asked for.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.counted.iter().filter(|fact| fact.kind == ParametricKind::Tag).map(|fact| fact.what.as_str())
    }
}

/// The column that tells how many days ago a fact of the bank's own was set.
pub(crate) fn age_column(name: &str) -> String {
    format!("{name}_age")
}
