//! Cells of tables as cells of facts: exactly, or not at all.

mod accepts;
mod convert;
mod decimal;
mod raw;
#[cfg(test)]
mod tests;

pub(crate) use accepts::{accepts, type_name};
pub(crate) use convert::MINUTES;
pub use convert::NEVER;
pub(crate) use convert::{Meaning, amount, flag};
pub(crate) use raw::{Raw, RawColumn, is_readable};
