//! Facts: all that a policy can see of an account on one day.

mod channel;
mod contact_point;
mod definition;
mod effect;
mod given;
pub mod key;
mod outcome;
mod parametric;
pub mod table;
mod wanted;

pub use channel::{Channel, Class, Verb, VerbDef, verb_table};
pub use contact_point::ContactPoint;
pub use definition::{FactDef, Group, History, Movement, Role, StateDefault, Step, StepEffect, Words};
pub use effect::{EffectDef, EffectWord, effect_table};
pub(crate) use given::check_range;
pub use given::{FactError, Facts, Value};
pub use key::{Given, Key};
pub(crate) use outcome::GROUPS;
pub use outcome::{CAUSES, EVENTS, LEGAL_EVENTS, OutcomeDef, is_outcome, outcome_group, outcome_table};
pub use parametric::{Parametric, ParametricKind};
pub(crate) use parametric::{column_part, tag_column};
pub(crate) use wanted::age_column;
pub use wanted::{ContactKinds, OwnFact, Wanted};
