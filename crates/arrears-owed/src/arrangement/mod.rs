//! What can be arranged: what somebody can afford, and plans that repay what is owed.
//!
//! A [`Plan`] repays exactly: each instalment is split into interest and principal to the minor unit, and the last
//! one takes what is left. [`Menu`] makes the plans that a bank offers, leaves out those that break a
//! limit or that nobody could keep, and says of each why.

mod means;
mod menu;
mod performance;
mod plan;
mod roll;
mod rules;
mod settlement;
mod stated;
mod ways_out;

pub use means::{Affordable, Means, Stated};
pub use menu::{Limits, Menu, Offer, Ranking, Refused, instalment};
pub use performance::{Performance, Performing};
pub use plan::{Plan, PlanError, PlanTerms, PlannedInstalment};
pub use roll::Roll;
pub use rules::{OFFERS_FORMAT, OfferRules, PlanRules, share};
pub use settlement::{Authority, Settlement, SettlementError, SettlementRules, live};
pub use stated::MEANS_FORMAT;
pub use ways_out::{WaysOut, WaysOutAsked, WaysOutError};
