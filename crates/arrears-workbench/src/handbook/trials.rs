//! The policy's own tests, run for the handbook.

use arrears::Policy;
use arrears::trial::{BrokenInvariant, TestOutcome, run_tests, sample_invariants};

/// What became of the policy's own tests.
#[derive(Debug, Default)]
pub(super) struct Trials {
    pub(super) tests: Vec<TestOutcome>,
    pub(super) broken: Vec<BrokenInvariant>,
    pub(super) samples: usize,
}

impl Trials {
    pub(super) fn of(policy: &Policy, samples: usize) -> Self {
        let broken = if samples == 0 { Vec::new() } else { sample_invariants(policy, samples) };
        Self { tests: run_tests(policy), broken, samples }
    }
}
