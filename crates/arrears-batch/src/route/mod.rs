//! Several policies in one run: which account belongs to which.

mod bound;
mod choice;
mod policies;
mod routes;

pub(crate) use bound::{Bound, bind_each};
pub use choice::{Answer, Unplaced};
pub use policies::{NoPolicies, Policies};
pub(crate) use routes::{Route, Routes};
