//! The measures of a book: each against numbers worked out by hand or by a slow recount, whatever
//! the order of the rows, and the two real panels against a count of their raw cells.
//!
//! The real panels are in the folder that the environment variable `ARREARS_DATA` names; without
//! it their tests are skipped and say so.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod book;
mod cohorts;
mod inputs;
mod laws;
mod real;
mod rolls;
mod slow;
mod work;
