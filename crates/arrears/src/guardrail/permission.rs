//! The answer: whether a contact may be made, by which rules, and when it might be.

use crate::policy::pack::Strength;
use chrono::{DateTime, FixedOffset};
use serde::Serialize;

/// Whether a contact may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It may.
    Allow,
    /// A person must look first.
    Review,
    /// It may not.
    Block,
}

/// Whether a contact may be made, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// The answer.
    pub answer: Answer,
    /// The rules that decided it, in the order of the packs; none of a contact that may be made. Of the
    /// statements of one rule, the strictest that stands speaks for it.
    pub rules: Vec<Decisive>,
    /// Rules that would have stood against it, and what lifted them.
    pub lifted: Vec<Lifted>,
    /// Whether the law presumes that the contact keeps or breaks it; none where no such rule bears on it,
    /// or where it is not known.
    pub presumption: Option<Presumption>,
    /// Whether the contact's stated reason may rebut a presumed violation; none without a
    /// presumed violation or a reason.
    pub rebuttal: Option<bool>,
    /// What is to be said beside the answer.
    pub flags: Vec<String>,
    /// How far each limit on counts is used; parts of one rule each for themselves.
    pub counts: Vec<Used>,
    /// The first moment, this one included, at which the same contact may be made if nothing else
    /// happens; none: none can be named within a year, or no zone is known.
    pub earliest: Option<DateTime<FixedOffset>>,
    /// The first moment, this one included, at which no rule blocks it; a person may still have to look.
    pub earliest_unblocked: Option<DateTime<FixedOffset>>,
    /// Facts that are not known and would matter.
    pub missing: Vec<String>,
    /// Under which law.
    pub law: String,
}

/// A rule that stood against the contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decisive {
    /// The rule's id.
    pub rule: String,
    /// The pack.
    pub pack: String,
    /// What it calls for.
    pub answer: Answer,
    /// Whether it must be kept, or is a softer norm.
    #[serde(serialize_with = "strength_word")]
    pub strength: Strength,
    /// Where it stands in the law.
    pub cites: String,
    /// What it says.
    pub says: String,
    /// The debts for which it stands against the contact.
    pub debts: Vec<String>,
    /// Facts that are not known, where that is why a person must look.
    pub missing: Vec<String>,
}

/// A rule that was lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lifted {
    /// The rule.
    pub rule: String,
    /// The exception that lifted it.
    pub by: String,
}

/// What the law presumes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presumption {
    /// That the contact keeps it.
    Compliance,
    /// That the contact breaks it.
    Violation,
}

/// How far a limit on counts is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Used {
    /// The rule.
    pub rule: String,
    /// The class that is counted.
    pub class: String,
    /// Contacts that count, the proposed one included if it would; the most over its debts.
    pub counted: u32,
    /// How many are allowed.
    pub limit: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn strength_word<S: serde::Serializer>(strength: &Strength, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(strength.word())
}
