//! What of a decision a review is about.

use arrears::condition::{Truth, WordSet};
use arrears::decide::VetoBy;
use arrears::policy::{StageId, TreatmentId};
use arrears::{Action, Decision, Policy};

/// What a review is about.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    types: WordSet,
    stage: StageId,
    treatment: Option<TreatmentId>,
    action: Action,
    held_by: Vec<(u16, Truth)>,
    vetoed_by: Vec<(TreatmentId, VetoBy)>,
    approval: Option<String>,
}

pub(crate) fn seen(policy: &Policy, decision: &Decision) -> Seen {
    Seen {
        types: decision.types,
        stage: decision.stage,
        treatment: decision.treatment,
        action: decision.action,
        held_by: decision.held_by.clone(),
        vetoed_by: decision.vetoed_by.clone(),
        approval: decision.approval(policy),
    }
}
