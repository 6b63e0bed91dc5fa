//! What the reference engine finds, in the words of the output.

use std::collections::BTreeSet;

/// What is decided for one account, as far as it depends on nothing but the policy as
/// written and the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The debtor types that the account may have.
    pub types: Vec<String>,
    /// The stage.
    pub stage: String,
    /// The rung of the ladder.
    pub rung: String,
    /// The stage of the last decision.
    pub stage_before: Option<String>,
    /// Why it is in the stage.
    pub stage_reason: &'static str,
    /// The treatment chosen.
    pub treatment: Option<String>,
    /// The verb, or wait, held, review, none.
    pub action: String,
    /// How strong that is.
    pub strength: u8,
    /// The channel.
    pub channel: Option<String>,
    /// Acts on the account.
    pub acts: Vec<String>,
    /// Duties, each with its days left or `review`.
    pub duties: Vec<String>,
    /// The number to be tried.
    pub contact_point: Option<String>,
    /// When the contact may be made: `15:00-16:00`.
    pub slot: Option<String>,
    /// Holds that bind; `?` marks one that is not certain.
    pub held_by: Vec<String>,
    /// Treatments that were refused, and by what.
    pub vetoed_by: Vec<String>,
    /// Facts whose absence mattered.
    pub missing: BTreeSet<String>,
    /// The priority, as a decimal.
    pub priority: Option<String>,
    /// Who must approve it.
    pub approval: Option<String>,
    /// Marks for people.
    pub flags: BTreeSet<&'static str>,
}
