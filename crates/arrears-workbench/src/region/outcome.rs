//! What is decided of an account, as two policies are compared in it.

use arrears::{Decision, Policy};
use serde::Serialize;

/// What is decided of an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Outcome {
    /// The debtor types that it may have; one, unless facts are missing. Of a move that no account shows they are left
    /// out, unless they are what moves; so are the stage and what is done, if they are not.
    pub debtor_types: Vec<String>,
    /// The stage.
    pub stage: String,
    /// The treatment that is chosen; `held`, `review`, `wait` or `none` where none is.
    pub does: String,
}

/// What is done where no treatment is chosen, in the order of the clauses.
pub(super) const WITHOUT: [&str; 4] = ["held", "review", "wait", "none"];

impl Outcome {
    /// What the engine decided.
    pub(super) fn of(policy: &Policy, decision: &Decision) -> Self {
        let chosen = decision.treatment.and_then(|id| policy.treatments().get(id.index()));
        let types = decision.types.positions().filter_map(|at| policy.debtor_types().get(at));
        let stage = policy.stages().get(decision.stage.index());
        Self {
            debtor_types: types.map(|kind| kind.name.clone()).collect(),
            stage: stage.map(|stage| stage.name.clone()).unwrap_or_default(),
            does: chosen.map_or_else(|| decision.action.word().to_owned(), |treatment| treatment.name.clone()),
        }
    }
}
