//! Facts, conditions, policies, decisions and explanations for bank debt collection.

pub mod account;
pub mod build;
pub mod calendar;
pub mod condition;
pub mod decide;
pub mod document;
pub mod draft;
pub mod explain;
pub mod facts;
pub mod guardrail;
pub mod nights;
pub mod number;
pub mod policy;
pub mod problem;
mod span;
pub mod trial;

pub use decide::{Action, Carried, Decision, Done, Proposal, Record, decide, decide_at, decide_today, settle};
pub use explain::{Explanation, explain, explain_decision};
pub use facts::{Channel, Class, FactError, Facts, Key, Value, Verb, table};
pub use number::{Cell, Currency, Inexact, Kind, Money, UnknownCurrency};
pub use policy::{Checked, EmptyReason, Input, Law, Need, Pack, Policy, PolicyHash, Row, RowProblem};
pub use problem::{Problem, Severity};
pub use span::Span;
