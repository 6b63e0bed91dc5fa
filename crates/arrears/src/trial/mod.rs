//! Trying a policy: its own tests, and its `never` and `always` over many accounts.

mod invariants;
mod quiet;
mod tests_of_policy;

pub use invariants::{BrokenInvariant, sample_invariants};
pub use quiet::quiet_account;
pub use tests_of_policy::{TestOutcome, run_tests};
