//! What is known of an account on a day beside what its history tells.

use super::Case;
use crate::account::Told;
use crate::facts::Value;
use crate::policy::RowProblem;
use chrono::NaiveDate;

/// What a host knows of an account on a day beside what its history tells: what is owed by the terms of its
/// product, its class under a regime.
///
/// What is told here counts in the place of what the history tells under the same name.
pub trait Beside: Sync {
    /// The names of the facts that may be told. A policy that reads none of them is not told any.
    fn names(&self) -> Vec<&str>;

    /// The facts of a day, as they were known on another. A fact that is left out is absent.
    ///
    /// # Errors
    ///
    /// Why they cannot be told. The account is then not decided.
    fn facts(&self, as_of: NaiveDate, known_by: NaiveDate) -> Result<Vec<(&str, Value)>, RowProblem>;
}

impl<'a> Case<'a> {
    /// The case with what is known beside the history.
    ///
    /// Nothing is assumed of how such facts move: wherever the policy reads one of them, each day ahead is asked for
    /// by itself, and the next review stays exact.
    #[must_use]
    pub const fn with_beside(mut self, beside: &'a dyn Beside) -> Self {
        self.beside = Some(beside);
        self
    }

    /// Adds to what a history tells of a day what is known beside it.
    pub(super) fn beside(
        &self,
        mut told: Told,
        as_of: NaiveDate,
        known_by: NaiveDate,
    ) -> Result<Told, Vec<RowProblem>> {
        let Some(beside) = self.beside else { return Ok(told) };
        let reads = |name: &str| self.policy.find_input(name).is_some();
        if !beside.names().into_iter().any(reads) {
            return Ok(told);
        }
        let facts = beside.facts(as_of, known_by).map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        for (name, value) in facts.into_iter().filter(|(name, _)| reads(name)) {
            if let Err(error) = told.facts.set(name, value) {
                problems.push(RowProblem { fact: name.to_owned(), message: error.to_string() });
            }
        }
        told.surely = 1;
        if problems.is_empty() { Ok(told) } else { Err(problems) }
    }
}
