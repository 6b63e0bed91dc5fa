//! Cells of tables as cells of facts: exactly, or not at all.

mod accepts;
mod convert;
mod decimal;
mod raw;

pub use accepts::{accepts, type_name};
pub use convert::{Meaning, NEVER};
pub use raw::{Raw, RawColumn, is_readable};
