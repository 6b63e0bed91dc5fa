//! What is owed to the cent, what delay costs, what can be arranged, and how a regulator classes it.
//!
//! Everything here is reckoned in whole minor units of one currency; interest is exact until the
//! terms book it. Nothing reads a clock: the day is an argument.

// ---- statement: interest, terms, ledger, statement, delay
pub mod delay;
pub mod facts;
pub mod interest;
mod ledger;
pub mod statement;
pub mod terms;

// ---- regimes: allocation, regime, re-age, limits of plans, elements, lifecycle
pub mod allocation;
pub mod answer;
pub mod elements;
mod elements_given;
pub mod finding;
pub mod lifecycle;
pub mod plan_limit;
mod plan_limit_given;
pub mod reage;
mod reage_given;
pub mod regime;
pub mod status;

pub use regime::{Regime, RegimeError, Regimes, Rule};

// ---- arrangement
pub mod arrangement;
