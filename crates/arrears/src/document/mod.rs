//! JSON documents: read whole or not at all, with everything that is wrong with them.

mod fault;
mod reading;
mod written;

pub use fault::Fault;
pub(crate) use reading::{Fields, OBJECT, Readable, by_serde, meant, refuse};
pub(crate) use written::Written;
