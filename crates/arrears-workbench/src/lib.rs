//! The workbench: accounts, policies and whole portfolios looked at from all sides.
//!
//! [`Timeline`] shows one account day by day; [`sweep`] tries values of a threshold on a table of accounts, and
//! [`compare`] two policies. No clock and no environment is read; every result is a value or a text, and what
//! is decided here is written nowhere.

pub mod analysis;
pub mod briefing;
pub mod compare;
pub mod picture;
pub mod portfolio;
pub mod proof;
pub mod script_facts;
pub mod sweep;
pub mod timeline;

pub use briefing::{Briefing, briefing};
pub use compare::{Comparison, compare};
pub use portfolio::{Book, PassHooks, Rules};
pub use sweep::{Sweep, sweep};
pub use timeline::{Timeline, TimelineError};
