//! Which of two decisions is the milder.

use arrears::{Decision, Policy};

/// How severe a decision is: by the strength of its action, then by its stage.
///
/// A stage beside the ladder (a plan, support) is milder than every rung and more severe than `current`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Severity {
    strength: u8,
    stage: usize,
}

impl Severity {
    pub(super) fn of(policy: &Policy, decision: &Decision) -> Self {
        let position = decision.stage.index();
        let beside = policy.stages().get(position).is_some_and(|stage| stage.beside);
        let stage = if beside { 1 } else { position.saturating_mul(2) };
        Self { strength: decision.action.strength(), stage }
    }
}
