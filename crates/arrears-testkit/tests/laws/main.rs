//! The laws of the engine, on random policies and accounts.

#![cfg(test)]

mod ahead;
mod dense;
mod hash;
mod histories;
mod learned;
mod missing_data;
mod nights;
mod readings;
mod reference;
mod repeat;
mod review;
mod seen;
mod turns;

use arrears::{Facts, Law, Policy, Row};
use proptest::prelude::ProptestConfig;

fn day() -> chrono::NaiveDate {
    "2026-03-31".parse().unwrap()
}

fn law() -> Law {
    Law::none("test").unwrap()
}

fn bound(policy: &Policy, facts: &Facts) -> Row {
    policy.bind(facts).unwrap()
}

/// So many cases, unless `PROPTEST_CASES` says otherwise.
fn cases(cases: u32) -> ProptestConfig {
    let standard = ProptestConfig::default();
    let asked = standard.cases != 256;
    let cases = if asked { standard.cases } else { cases };
    ProptestConfig { cases, max_shrink_iters: 20_000, failure_persistence: None, ..standard }
}
