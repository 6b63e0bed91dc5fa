//! The policies in force, each bound to the columns of one table.

use super::Policies;
use crate::bind::{Binding, bind};
use crate::mapping::Mapping;
use crate::run::RunError;
use crate::table::{PositionSet, Table};
use arrears::policy::Policy;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A policy in force, bound to the table.
#[derive(Debug)]
pub(crate) struct Bound<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) binding: Binding<'p>,
}

/// Binds the policies that are in force on a day to a table. `given` says of which facts a policy finds columns in the
/// state, by their positions among those in force. Every binding reads the columns of all of them, so that one batch serves all.
///
/// # Errors
///
/// [`RunError`] with every column that does not fit one of those that are in force, or because none is.
pub(crate) fn bind_each<'p>(
    policies: &'p Policies,
    table: &Table,
    (mapping, as_of): (&Mapping, NaiveDate),
    given: &[BTreeSet<String>],
) -> Result<Vec<Bound<'p>>, RunError> {
    let (mut each, mut problems) = (Vec::new(), Vec::new());
    let none = BTreeSet::new();
    for (position, policy) in policies.iter().filter(|policy| policy.in_force(as_of)).enumerate() {
        // The mapping may name a fact that only another of them has.
        let others = |fact: &str| {
            policy.find_input(fact).is_none() && policies.iter().any(|other| other.find_input(fact).is_some())
        };
        match bind(policy, table, &mapping.without(others), given.get(position).unwrap_or(&none), None) {
            Ok(binding) => each.push(Bound { policy, binding }),
            Err(found) => problems.push(found),
        }
    }
    if let Some(error) = RunError::of_schemas(problems) {
        return Err(error);
    }
    if each.is_empty() {
        return Err(RunError::none_in_force(policies, as_of));
    }
    // Events tell nothing here: every column is one of the table.
    let positions: PositionSet = each.iter().flat_map(|bound| bound.binding.positions.iter()).collect();
    for bound in &mut each {
        bound.binding.positions = positions.clone();
        bound.binding.in_table = positions.clone();
    }
    Ok(each)
}
