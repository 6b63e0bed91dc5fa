//! Proof: what holds for every account that a policy may meet.
//!
//! A policy is data over a finite vocabulary of whole numbers, words and flags. Its conditions, and how it decides,
//! are put into clauses; a search finds values that satisfy them, or that there are none. What it finds is an account
//! only once the engine has decided that account and it shows what was looked for. Where the clauses say more than
//! they must be able to say (see `docs/analysis.md`), a search that finds nothing is still a proof.

mod assessed;
mod conds;
mod derived;
pub(crate) mod domain;
mod elimination;
pub(crate) mod judge;
mod ladder;
mod linear;
mod model;
mod opaque;
pub(crate) mod pair;
mod results;
pub(crate) mod sat;
pub(crate) mod search;
#[cfg(test)]
mod soundness;
pub(crate) mod space;
mod ties;
mod turn;
mod verdict;

pub(crate) use verdict::verdicts;
pub use verdict::{Account, FactGiven, Standing, Verdict, prove};
