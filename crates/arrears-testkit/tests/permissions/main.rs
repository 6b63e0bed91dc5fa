//! The laws of the permission engine, on random packs, people and contacts.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

mod adding;
mod attempts;
mod attempts_by_hand;
mod days;
mod earliest;
mod found;
mod hand;
mod lawless;
mod order;
mod planning;
mod problems;
mod reference;
mod troubles;
mod unknown;

use proptest::prelude::ProptestConfig;

/// So many cases, unless `PROPTEST_CASES` says otherwise.
fn cases(cases: u32) -> ProptestConfig {
    let standard = ProptestConfig::default();
    let asked = standard.cases != 256;
    let cases = if asked { standard.cases } else { cases };
    ProptestConfig { cases, max_shrink_iters: 20_000, failure_persistence: None, ..standard }
}
