//! May we contact this person, now, this way?
//!
//! A [`Case`] is what is known of a person, prepared under a [`Law`](crate::Law). It judges
//! proposed contacts: each is allowed, blocked, or for a person to look at, by which rules, and
//! from when on the same contact might be made. A guardrail is read for one contact, about one
//! debt, at one moment; a contact about several debts is permitted if it is for each.
//!
//! What is not known never permits a contact: logic is Kleene's, and a rule that is neither
//! surely kept nor surely broken calls for a person's look.

mod attempts;
mod case;
mod check;
mod contact;
mod dates;
mod earliest;
mod eyes;
mod hours;
mod inquiry;
mod judge;
mod known;
mod made;
mod moment;
mod parts;
mod permission;
mod reading;
mod reads;
#[cfg(test)]
mod schema;
mod sight;
mod standing;
mod tally;
mod telling;

pub use crate::document::Fault as Trouble;
pub use attempts::{ATTEMPTS_FORMAT, Attempt, AttemptPlan, Attempts, Dialled, LeftOut, NumberPlanned, Slot};
pub use case::Case;
pub use contact::{Contact, Direction};
pub use dates::deadline;
pub use hours::PermittedDay;
pub use inquiry::{CASE_FORMAT, Inquiry};
pub use permission::{Answer, Decisive, Lifted, Permission, Presumption, Used};
pub use standing::{Consent, Debt, Edge, Preference, PreferenceKind, Refusal, Spell, Standing, Told, WrongNumber};
pub use telling::Telling;
