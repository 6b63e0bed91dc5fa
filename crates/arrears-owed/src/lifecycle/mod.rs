//! What becomes of a late account over time, with why.
//!
//! - [`turns`]: missed, rolled, cured, charged off, sold: the days on which an account turned.
//! - [`demands`]: which demands are effective, and what proves them.
//! - [`limitation`]: until when a claim can be enforced, and what restarts the period.
//! - [`after_charge_off`]: what is still true of a debt that was charged off or sold.
//! - [`LifeStory`]: all of it for one account, as one value that can be written as JSON.
//!
//! # As facts of a policy
//!
//! The core's table of facts does not know these; they are facts of a bank's own. A policy declares
//! what it reads, and the host supplies the columns:
//!
//! ```text
//! fact limitation_days_left = 0 #{ kind: "days", moves: "down", why: "the regime CN-LIMITATION, enabled by the lawyers" };
//! fact effective_demands    = 0 #{ kind: "count", why: "demands with proof of receipt" };
//! fact regulatory_class     = "normal" #{ kind: "category", values: ["normal", "special_mention", "substandard", "doubtful", "loss"],
//!                              why: "the worse of two classes" };
//! ```
//!
//! Every answer here has a function `facts` that yields names with values, of the kinds above. For one account
//! they go into [`arrears::Facts::set`]; for a table each name is a column:
//!
//! ```
//! use arrears::{Facts, Value};
//! use arrears_owed::{Regimes, status::{LadderInput, Lateness}};
//! let regimes = Regimes::shipped();
//! let late = LadderInput::of(Lateness::DaysPastDue(95));
//! let class = regimes.ladder("CN-CARD-2011")?.classify(&late).map_err(|faults| format!("{faults:?}"))?;
//! let mut facts = Facts::new("A-1", "CNY".parse()?);
//! for (name, value) in class.facts() {
//!     facts.set(name, value)?;
//! }
//! assert_eq!(facts.get("regulatory_class"), Some(&Value::Word("substandard".into())));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod after_charge_off;
pub mod demands;
pub mod limitation;
mod limitation_given;
mod story;
pub mod turns;

pub use limitation::LimitationTerms;
pub use story::LifeStory;
