//! The workbench: accounts, policies and whole portfolios looked at from all sides.
//!
//! [`Timeline`] shows one account day by day; [`sweep`] tries values of a threshold on a table of accounts, and
//! [`compare`] two policies; [`differ`] says in words what changed between two policies and [`region`] where they decide
//! otherwise, [`replay`] proves logged decisions
//! by deciding again; [`what_if`] says what would change one decision, and [`coverage`] what of a policy its tests exercise.
//! [`analysis`] finds what is wrong with a policy over every account that it may meet, on what [`proof`] proves.
//! No clock and no environment is read; every result is a value or a text, and what
//! is decided here is written nowhere.

pub mod analysis;
pub mod briefing;
mod clauses;
pub mod compare;
pub mod coverage;
pub mod differ;
pub mod graph;
pub mod handbook;
pub mod overdue_config;
pub mod picture;
pub mod portfolio;
pub mod proof;
pub mod record;
pub mod region;
pub mod replay;
pub mod script_facts;
pub mod sweep;
pub mod timeline;
pub mod what_if;
pub mod wording;

pub use briefing::{Briefing, briefing};
pub use compare::{Comparison, compare};
pub use coverage::{Coverage, coverage};
pub use differ::{Difference, differ};
pub use portfolio::{Book, PassHooks, Rules};
pub use region::{Region, region};
pub use sweep::{Sweep, sweep};
pub use timeline::{Timeline, TimelineError};
pub use what_if::{WhatIf, what_if};
