//! Random policies and accounts for them.

mod applies;
mod build;
mod choices;
mod contact;
mod forget;
pub mod history;
mod ladder;
mod matter;
mod outcomes;
mod pack;
mod pack_terms;
mod people;
mod places;
mod policy;
mod row;
mod shape;
mod standing;
mod terms;
mod work;

pub use choices::Choices;
pub use forget::forget;
pub use matter::{Holidays, Matter, Matters, matters, packs};
pub use pack::{PackStyle, pack};
pub use places::Place;
pub use policy::policy;
pub use row::{RowStyle, completed, is_state, known, row};
pub use standing::standing;

use crate::written::written;
use arrears::draft::Draft;
use arrears::{Facts, Policy};
use proptest::prelude::*;
use std::fmt;

/// A policy, as written and checked, and accounts for it.
#[derive(Clone)]
pub struct Book {
    /// The policy as written.
    pub draft: Draft,
    /// The policy after its checks.
    pub policy: Policy,
    /// The accounts.
    pub accounts: Vec<Facts>,
    /// More choices, for what a law needs beyond them.
    pub more: Vec<Vec<u16>>,
}

/// What books a law is about.
#[derive(Clone, Copy, Debug)]
pub struct Kinds {
    /// Whether conditions may use `??` and `known`.
    pub defaults: bool,
    /// How the facts of accounts are chosen.
    pub rows: RowStyle,
    /// Accounts in a book.
    pub accounts: usize,
}

impl Kinds {
    /// Everything that a policy and an account may be.
    pub const ALL: Self = Self { defaults: true, rows: RowStyle { assessed: true, huge: true }, accounts: 6 };
}

impl Book {
    fn new(kinds: Kinds, written: Vec<u16>, rows: Vec<Vec<u16>>) -> Option<Self> {
        let draft = policy(&mut Choices::new(written), kinds.defaults);
        let policy = Policy::check(&draft, &[]).policy?;
        let accounts = rows.iter().map(|list| row(&mut Choices::new(list.clone()), &policy, kinds.rows)).collect();
        let more = rows.into_iter().map(|mut list| {
            list.reverse();
            list
        });
        Some(Self { draft, policy, accounts, more: more.collect() })
    }
}

impl fmt::Debug for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}", written(&self.draft))?;
        for facts in &self.accounts {
            let given: Vec<String> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            writeln!(f, "#{{ {} }}", given.join(", "))?;
        }
        Ok(())
    }
}

/// A policy as written.
#[derive(Clone)]
pub struct Written(pub Draft);

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}", written(&self.0))
    }
}

/// Random policies as written.
pub fn drafts(defaults: bool) -> impl Strategy<Value = Written> {
    prop::collection::vec(any::<u16>(), 100..700)
        .prop_map(move |list| Written(policy(&mut Choices::new(list), defaults)))
}

/// Random books.
pub fn books(kinds: Kinds) -> impl Strategy<Value = Book> {
    let written = prop::collection::vec(any::<u16>(), 100..700);
    let rows = prop::collection::vec(prop::collection::vec(any::<u16>(), 0..160), 1..=kinds.accounts);
    (written, rows)
        .prop_filter_map("the policy passes its checks", move |(written, rows)| Book::new(kinds, written, rows))
}
