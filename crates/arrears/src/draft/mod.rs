//! A policy as written: its statements, not yet checked.
//!
//! A [`Draft`] comes from a policy file (the crate `arrears-rules` reads them) or
//! from a program ([`crate::build`]). [`crate::Policy::check`] turns it into a policy or
//! lists everything that is wrong with it. Both ways give the same policy and the
//! same hash.

mod keyword;
mod limit;
mod options;
mod statement;

pub use keyword::{Keyword, NameForm, Part};
pub use limit::LimitWord;
pub use options::{OptionKind, OptionOwner, OptionSpec, option_table, options_of};
pub use statement::{Draft, Options, Source, Statement, VerbCall};
