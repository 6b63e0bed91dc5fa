//! Trying a policy: its own tests, its `never` and `always` over many accounts, and accounts that are as wanted.

mod invariants;
mod mends;
mod quiet;
mod search;
mod tests_of_policy;

pub use invariants::{BrokenInvariant, sample_invariants};
pub use mends::{Bench, Mend};
pub use quiet::quiet_account;
pub use search::{Reach, Search};
pub use tests_of_policy::{TestOutcome, each_test_day, run_tests};
