//! Names of the suite as names of the engine.
//!
//! A suite may call its tags and codes anything, in any language. In a policy a tag is a part of a
//! column's name, where two that differ only by a hyphen are one: so names go through a table.

use std::collections::BTreeSet;

/// Names of one kind in one case.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// The name that stands for a name of the suite in the engine; for one that is not in the
    /// table, one that no other name has.
    pub(crate) fn engine(&self, name: &str) -> String {
        match self.0.iter().position(|known| known == name) {
            Some(place) => format!("n{place}"),
            None => "other".to_owned(),
        }
    }
}

impl<'a> FromIterator<&'a str> for Names {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        Self(names.into_iter().map(str::to_owned).collect())
    }
}
