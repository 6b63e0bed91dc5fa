//! The regimes that are shipped, what they decide, and what is said of documents and inputs that cannot be.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod allocating;
mod asked;
mod bad;
mod classes;
mod elements;
mod lifecycle;
mod page;
mod shipped;
mod support;
