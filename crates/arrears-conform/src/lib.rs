//! The conformance suite: cases with given facts and expected results, decided by arrears.
//!
//! A suite file holds cases of one kind. This crate reads it, says each case in the engine's own
//! words, lets the engine decide, and compares. The engine knows nothing of the suite; what the
//! suite leaves unsaid (an absent fact does not restrict) is said here.
//!
//! Cases about the law are judged under the packs and the regimes that are shipped. What these hold
//! as unverified is enabled, and the report says how many rules that are.
//!
//! ```
//! let text = r#"{
//!     "format": "arrears-conformance/1", "kind": "ageing", "jurisdiction": null, "about": "An example.",
//!     "cases": [{
//!         "id": "ex-1", "rule": "AGEING-BASIC", "title": "One day late",
//!         "given": {
//!             "policy": { "grace_days": 0, "buckets": [] },
//!             "schedule": [{ "due_on": "2026-01-15", "amount": "100.00" }],
//!             "timeline": []
//!         },
//!         "expect": [{ "on": "2026-01-16", "past_due_days": 2 }],
//!         "source": "none", "basis": "derived", "certainty": "high"
//!     }]
//! }"#;
//! let report = arrears_conform::judge(&[arrears_conform::read("example.json", text)?]);
//! assert_eq!(
//!     report.to_string(),
//!     "ex-1  AGEING-BASIC  expected: on 2026-01-16 past_due_days 2  got: on 2026-01-16 past_due_days 1\n\
//!      0 passed, 1 failed\n"
//! );
//! # Ok::<(), arrears_conform::Unreadable>(())
//! ```

mod ageing;
mod allocation;
mod amounts;
mod call_counting;
mod comparison;
mod contact;
mod date_computation;
mod elements;
mod events;
mod judge;
mod ladder;
mod law;
mod message_classification;
mod names;
mod permission;
mod plan;
mod procedure;
mod reage;
mod regimes;
mod status;
mod strict;
mod suite;
mod typed;
mod verdict;
mod words;

pub use comparison::Difference;
pub use judge::judge;
pub use suite::{FORMAT, Suite, Unreadable, open, read};
pub use verdict::{Outcome, Report, Verdict};
