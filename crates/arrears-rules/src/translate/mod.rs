//! Says in the author's terms what Rhai says in its own.

mod clause;
mod parse;
mod run;
mod slips;

pub use clause::form;
pub(crate) use clause::{missing, not_taken};
pub(crate) use parse::parse_error;
pub(crate) use run::{plainly, run_error};
pub(crate) use slips::{percent, screen};
