//! Real books decided month after month, the state of each month carried into the next.
//!
//! The books are in the folder that the environment variable `ARREARS_DATA` names; without
//! it every test says that it was skipped. Each decision is compared with [`ladder`], which
//! is written from the declared rules and shares nothing with the engine.
//!
//! The policy as it ships is tried on all customers of the panel; variants of it and books
//! with gaps on a fifth of them, or on all where `ARREARS_WHOLE_PANEL` is set too. What was
//! compared is told with `cargo test -p arrears-batch --test months -- --nocapture`.

#![cfg(test)]

mod book;
mod both;
mod carried;
mod compare;
mod ladder;
mod laws;
mod missed;
mod panel;
mod raw;
#[expect(dead_code, reason = "other test programs use the rest")]
#[path = "../support/mod.rs"]
mod support;
mod taiwan;
