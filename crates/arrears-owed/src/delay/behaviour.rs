//! How somebody pays from today on.

use super::Arranged;
use crate::terms::Terms;
use arrears::account::Part;

/// How somebody pays from today on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Nothing.
    Nothing,
    /// What is overdue today, and then each item on its due date.
    Minimum,
    /// All that is owed, today.
    InFull,
    /// So much by such days.
    Given(Given),
    /// An arrangement that takes the place of the debt, and is kept.
    Arranged(Box<Arranged>),
}

/// Payments that are given, and the terms that hold with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// How much is paid when. Not before today.
    pub payments: Vec<Part>,
    /// The terms that hold from today on, where they differ: a lower rate, no fees. What was charged
    /// before today stays.
    pub terms: Option<Box<Terms>>,
}

impl Behaviour {
    /// The three that every table can show.
    pub const USUAL: [Self; 3] = [Self::Nothing, Self::Minimum, Self::InFull];

    /// Its name in the table.
    pub fn name(&self) -> &str {
        match self {
            Self::Nothing => "nothing",
            Self::Minimum => "minimum",
            Self::InFull => "in_full",
            Self::Given(given) => &given.name,
            Self::Arranged(arranged) => &arranged.name,
        }
    }
}
