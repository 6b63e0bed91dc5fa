//! JSON documents: read whole or not at all, with everything that is wrong with them.
//!
//! [`read_text`] reads a document. What can stand in one is [`Readable`]; an object is read field by field
//! ([`Fields`]), so that one mistake does not hide the next.

mod fault;
mod reading;
mod written;

pub use fault::Fault;
pub(crate) use reading::by_serde;
pub use reading::{Fields, OBJECT, Readable, meant, refuse};
pub(crate) use written::Written;
pub use written::read_text;
