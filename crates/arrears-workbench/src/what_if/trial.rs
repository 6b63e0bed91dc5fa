//! The account as it is, and the engine that decides it again.

use super::severity::Severity;
use crate::Rules;
use crate::script_facts;
use arrears::condition::FactId;
use arrears::decide::{Law, decide_today};
use arrears::{Cell, Decision, Policy, Row};
use chrono::NaiveDate;

/// An account that is tried otherwise than it is.
pub(super) struct Trial<'a> {
    pub(super) rules: Rules<'a>,
    pub(super) law: &'a Law,
    pub(super) as_of: NaiveDate,
    pub(super) row: &'a Row,
}

/// The account after a change, and the day on which it is then decided.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) row: Row,
    pub(super) on: NaiveDate,
}

impl<'a> Trial<'a> {
    pub(super) const fn policy(&self) -> &'a Policy {
        self.rules.policy
    }

    /// The account as it is.
    pub(super) fn as_it_is(&self) -> Moved {
        Moved { row: self.row.clone(), on: self.as_of }
    }

    /// The account with some facts told anew, if it can be so and is still one of the policy's own.
    pub(super) fn told(&self, told: &[(FactId, Cell)]) -> Option<Moved> {
        let row = self.policy().retold(self.row, told).ok()?;
        Some(Moved { row: self.of_policy(self.scripted(row)?)?, on: self.as_of })
    }

    /// A row with the facts of scripts computed anew.
    pub(super) fn scripted(&self, row: Row) -> Option<Row> {
        let policy = self.policy();
        if self.rules.scripts.is_empty() {
            return Some(row);
        }
        let mut cells = row.cells().to_vec();
        script_facts::compute(self.rules.scripts, policy, &mut cells);
        let fact = |fact: FactId| Some((fact, *cells.get(fact.index())?));
        let told: Vec<(FactId, Cell)> = policy.scripts().iter().filter_map(|script| fact(script.fact)).collect();
        policy.retold(&row, &told).ok()
    }

    /// The row, if the policy applies to it.
    pub(super) fn of_policy(&self, row: Row) -> Option<Row> {
        self.policy().not_for(&row).is_none().then_some(row)
    }

    pub(super) fn decide(&self, moved: &Moved) -> Decision {
        decide_today(self.policy(), &moved.row, self.law, moved.on, None)
    }

    pub(super) fn severity(&self, moved: &Moved) -> Severity {
        Severity::of(self.policy(), &self.decide(moved))
    }

    /// A fact that the policy reads, by name.
    pub(super) fn fact(&self, name: &str) -> Option<FactId> {
        self.policy().find_input(name)
    }

    /// The number of a fact that the policy reads and that is known.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.row.cell(self.fact(name)?).get()
    }
}
