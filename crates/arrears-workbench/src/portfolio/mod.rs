//! Whole tables of accounts decided under several policies, to see what differs. Nothing is written.

mod beside;
mod book;
mod count;
pub(crate) mod decimals;
mod moved;
mod pass;
mod standing;

pub(crate) use beside::{Beside, Met, Mover, Remembered};
pub use book::{Book, BookError, Rules};
pub use count::Count;
pub(crate) use count::{Money, Sum};
pub(crate) use decimals::words;
pub(crate) use moved::Differs;
pub use moved::Moved;
pub(crate) use pass::pass;
pub use pass::{PassHooks, PassProgress};
pub(crate) use standing::{Standing, Standings};
