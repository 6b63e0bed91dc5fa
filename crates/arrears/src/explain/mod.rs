//! Why, why not, and what would change it.
//!
//! Explaining re-reads the same conditions for reasons; a decision that nobody asks
//! about pays nothing.

mod changes;
mod reasons;
mod render;
mod story;
mod teller;

pub use reasons::Reason;
pub use story::{Explanation, Part, explain, explain_decision};
