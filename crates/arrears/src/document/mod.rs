//! JSON documents: read whole or not at all, with everything that is wrong with them.
//!
//! A reader asks [`Fields`] for the fields of an object one by one, so that one mistake does not hide
//! the next; [`read_whole`] does the rest. What nobody asked for is unknown, and a problem too.

mod fault;
mod reading;
mod whole;
mod written;

pub use fault::Fault;
pub(crate) use reading::by_serde;
pub use reading::{Fields, OBJECT, Readable, meant, refuse};
pub use whole::{read_whole, read_with};
pub(crate) use written::Written;
