//! What is wrong with a policy, as its author sees it: a golden file for every problem, the
//! handbook page that is made from them, and a policy with many mistakes at once.
//!
//! `ARREARS_BLESS=1 cargo test -p arrears-rules --test problems` writes them anew.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod every;
mod golden;
mod page;
mod together;
