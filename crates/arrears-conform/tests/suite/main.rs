//! The conformance suite itself: the project's own copy, the same under other names and on other
//! days, with every expectation broken, and against a reading of the format that shares nothing.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod broken;
mod oracle_ageing;
mod oracle_contact;
mod oracle_ladder;
mod refused;
mod refused_law;
mod refused_regimes;
mod renamed;
mod support;
mod whole;
