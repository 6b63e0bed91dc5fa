//! How a policy is analysed.

use crate::proof::judge::Judge;
use crate::proof::search::Effort;
use arrears::{EmptyReason, Law, Policy};
use arrears_rules::Scripts;
use chrono::NaiveDate;

/// How a policy is analysed.
#[derive(Clone, Default)]
pub struct Options<'a> {
    /// The law under which it decides; without it, that under which it was read, or none.
    pub law: Option<Law>,
    /// The day of the decisions; the first day of the policy if absent. It matters to hours and slots only.
    pub as_of: Option<NaiveDate>,
    /// What computes the facts that the policy has scripts for. Without it they may be anything.
    pub scripts: Option<&'a Scripts>,
    /// How many conflicts one search may have; 20,000 if absent. After as many, what was asked is open.
    pub conflicts: Option<u64>,
}

impl<'a> Options<'a> {
    pub(crate) fn judge(&self, policy: &'a Policy) -> Result<Judge<'a>, EmptyReason> {
        let law = match self.law.clone().or_else(|| policy.law().cloned()) {
            Some(law) => law,
            None => Law::none("analysis")?,
        };
        let day = self.as_of.or(policy.head().from).unwrap_or_default();
        Ok(Judge::new(policy, self.scripts, law, day))
    }

    pub(crate) fn effort(&self) -> Effort {
        Effort { conflicts: self.conflicts.unwrap_or(20_000), accounts: 30 }
    }
}
