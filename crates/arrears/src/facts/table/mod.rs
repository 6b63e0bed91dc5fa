//! The one table of facts. Adding a fact is one entry; everything else follows from it.

mod account;
mod contact;
mod person;
mod state;

pub use account::*;
pub use contact::*;
pub use person::*;
pub use state::*;

use super::{FactDef, Group, History, Movement, Role, Words};
use crate::number::Kind;

/// An entry without particulars.
const fn entry(name: &'static str, kind: Kind, group: Group, doc: &'static str) -> FactDef {
    FactDef {
        name,
        kind,
        words: Words::None,
        movement: Movement::Still,
        never: false,
        history: None,
        role: Role::Input,
        group,
        doc,
    }
}

impl FactDef {
    const fn moves(self, movement: Movement) -> Self {
        Self { movement, ..self }
    }
    const fn or_never(self) -> Self {
        Self { never: true, ..self }
    }
    const fn of(self, history: History) -> Self {
        Self { history: Some(history), ..self }
    }
    const fn words(self, words: Words) -> Self {
        Self { words, ..self }
    }
    const fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

/// Writes a page of the table: for each fact its typed key and its entry.
macro_rules! page {
    ($(#[$about:meta])* $page:ident, $group:expr; $( $key:ident: $kind:ident, $name:literal $(, $particular:ident $(($($argument:expr),*))?)* ; $doc:literal )*) => {
        $(
            #[doc = $doc]
            pub const $key: $crate::facts::Key<$crate::facts::key::$kind> = $crate::facts::Key::new($name);
        )*
        $(#[$about])*
        pub(super) const $page: &[$crate::facts::FactDef] = &[
            $( super::entry($name, $crate::facts::table::kind_of::$kind, $group, $doc) $(.$particular($($($argument),*)?))* , )*
        ];
    };
}
use page;

/// The kind of each key type.
#[expect(non_upper_case_globals, reason = "named for the key types they belong to")]
mod kind_of {
    use crate::number::Kind;
    pub(super) const Days: Kind = Kind::Days;
    pub(super) const Count: Kind = Kind::Count;
    pub(super) const Amount: Kind = Kind::Money;
    pub(super) const Ratio: Kind = Kind::Ratio;
    pub(super) const Flag: Kind = Kind::Flag;
    pub(super) const Category: Kind = Kind::Category;
}

/// Every fact of the table, in the order of the handbook.
///
/// ```
/// let dpd = arrears::facts::table::find("dpd").ok_or("no such fact")?;
/// assert_eq!(dpd.kind, arrears::Kind::Days);
/// # Ok::<(), &str>(())
/// ```
pub fn all() -> impl Iterator<Item = &'static FactDef> {
    [
        account::LATENESS,
        account::LADDER,
        account::MONEY,
        account::BEHAVIOUR,
        account::CONTACT,
        person::PERSON,
        person::CUSTOMER,
        person::CASH,
        person::PROTECTION,
        person::POINTS,
        state::STATE,
        state::RESULT,
    ]
    .into_iter()
    .flatten()
}

/// Every fact of one contact: what guardrails read besides the account's facts.
pub fn of_contact() -> impl Iterator<Item = &'static FactDef> {
    contact::CONTACTED.iter()
}

/// The fact of a contact called `name`.
pub fn find_of_contact(name: &str) -> Option<&'static FactDef> {
    of_contact().find(|fact| fact.name == name)
}

/// The fact called `name`.
pub fn find(name: &str) -> Option<&'static FactDef> {
    all().find(|fact| fact.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_fact_is_listed_twice() {
        let names: BTreeSet<_> = all().map(|fact| fact.name).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn a_category_has_words_and_nothing_else_has() {
        for fact in all() {
            assert_eq!(fact.kind == Kind::Category, fact.words != Words::None, "{}", fact.name);
        }
    }

    #[test]
    fn every_step_waits_for_a_fact_that_runs_down() {
        for fact in all() {
            if let Movement::Steps(step) = fact.movement {
                let when = find(step.when).unwrap();
                assert_eq!(when.movement, Movement::Down, "{}", fact.name);
            }
        }
    }

    #[test]
    fn every_entry_is_a_sentence_about_the_fact() {
        for fact in all() {
            assert!(fact.doc.ends_with('.'), "{}: {}", fact.name, fact.doc);
            assert!(fact.doc.len() > 15, "{}", fact.name);
        }
    }
}
