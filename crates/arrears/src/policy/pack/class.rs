//! Classes of contacts, by which packs count, and kinds of consent.

use crate::condition::{Cond, Num};
use crate::span::Span;

/// A class of contacts: which past contacts count, and for whom.
#[derive(Clone, Debug)]
pub struct ContactClass {
    /// Its name.
    pub name: String,
    /// Which contacts belong to it, read of each of them.
    pub when: Cond,
    /// What a contact must share with the proposed one to count for it.
    pub same: Same,
    /// Which debts a contact counts for.
    pub about: About,
    /// Products whose debts under one account number count as one debt.
    pub one_account: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// What two contacts must share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// The person contacted.
    pub person: bool,
    /// A debt.
    pub debt: bool,
    /// The number.
    pub number: bool,
    /// The address.
    pub address: bool,
}

/// Which debts a contact counts for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// Those it was placed about, or allocated to.
    #[default]
    Placed,
    /// Those that were talked about; if none in particular, those it was allocated to.
    Discussed,
}

/// How long consent of a kind lives.
#[derive(Clone, Debug)]
pub struct ConsentKind {
    /// Its name: `contact_time`.
    pub name: String,
    /// To whom it must have been given; empty: to anyone.
    pub given_to: Vec<String>,
    /// Local dates for which it lives, the date it was given the first; none: for good.
    pub days: Option<Num>,
    /// The class of contacts the next of which ends it, by position.
    pub ends_with: Option<usize>,
    /// Where it stands.
    pub span: Span,
}

impl Default for Same {
    fn default() -> Self {
        Self { person: true, debt: false, number: false, address: false }
    }
}
