//! The facts that every decision looks at, whatever a policy says.

use crate::condition::FactId;

/// The facts that the engine itself reads, whatever the policy says; none where the policy
/// gives no reason to.
#[derive(Clone, Copy, Debug)]
pub struct EngineFacts {
    /// Whether the account is closed.
    pub closed: FactId,
    /// The stage of the last decision.
    pub previous_stage: FactId,
    /// Days in that stage.
    pub days_in_stage: FactId,
    /// The rung of the last decision.
    pub previous_rung: FactId,
    /// Days on that rung.
    pub days_on_rung: FactId,
    /// Days since the last decision.
    pub days_since_decision: FactId,
    /// The stage of this decision.
    pub current_stage: Option<FactId>,
    /// The action of this decision.
    pub action: Option<FactId>,
    /// The channel of this decision.
    pub channel: Option<FactId>,
    /// The treatment of this decision.
    pub treatment: Option<FactId>,
    /// Days past due.
    pub dpd: Option<FactId>,
    /// What is overdue.
    pub overdue: Option<FactId>,
    /// The person's time zone.
    pub zones: FactId,
    /// The first minute of the day that the person named.
    pub stated_from: FactId,
    /// One past the last minute that the person named.
    pub stated_to: FactId,
    /// How the person works.
    pub occupation: Option<FactId>,
    /// Days for which demand rests.
    pub pause_left: Option<FactId>,
    /// Days until the person is called back.
    pub callback_in: Option<FactId>,
    /// Days until a treatment may be tried again.
    pub retry_in: Option<FactId>,
    /// That treatment.
    pub retry_treatment: Option<FactId>,
}
