//! A contact as a plan of attempts: what a dialler can run as long as nobody answers.
//!
//! A bank says which numbers it calls, how often on a day, how far apart, on which days and at
//! which times ([`AttemptPlan`]). [`Case::attempts`](super::Case::attempts) says when: each attempt
//! is permitted although all before it were made and nobody answered.

mod before;
mod check;
mod document;
mod making;
mod plan;
mod planned;
mod times;

pub use document::ATTEMPTS_FORMAT;
pub use plan::{AttemptPlan, Dialled, Slot};
pub use planned::{Attempt, Attempts, LeftOut, NumberPlanned};
