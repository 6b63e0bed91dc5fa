//! One table decided, from the files to the files.

mod clerk;
mod decided;
mod deciders;
mod error;
mod feed;
mod finish;
mod heir;
mod night;
mod options;
mod people;
mod places;
mod roll;
mod rows;
mod shared;
mod sink;
mod survey;
mod tonight;
mod watch;

pub use error::{BadRows, RunError};
pub use options::{Hooks, Options, Progress, ScriptCost, ScriptHook, SheetTaker, Step, Taker};
pub(crate) use people::{Counting, People};
pub(crate) use places::is_same;
pub use places::{check_beside, check_result};
pub(crate) use rows::{BatchColumns, ReadRow, Reading};

use crate::bind::bind;
use crate::events::open_events;
use crate::route::{Bound, Policies, Routes, bind_each};
use crate::state::StateTable;
use crate::summary::{OutOfForce, Overview, Summary};
use crate::table::{Origin, open};
use arrears::policy::Policy;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use tonight::Tonight;

/// Decides every row of a table under one policy.
///
/// Rows are read in batches and decided on all cores, while the next are read and the last
/// are written; order and content of the results do not depend on how many cores there are.
/// Results are written under temporary names and take their own only when all of them are
/// complete, and then all of them do or none: decisions first, the state last. The state is
/// written in the order of the table; accounts that the table no longer has follow, as they
/// were and in the order of the old state.
///
/// Memory does not depend on the length of the table but for what must be known of each
/// account: its name and about 20 bytes, so that none is decided twice. Where there is a state,
/// 4 bytes more, and what of it waits for its account if its order is another. Where the table
/// names customers, 4 bytes more for each row, about 22 and the name for each customer while
/// the names are read, and 56 for each account of a customer with several while these
/// are settled; the table is then read three times, once for the names alone.
///
/// # Errors
///
/// [`RunError`], and then nothing is written: the table, the state or the results cannot be
/// read or written, the columns do not fit the policy, the run was told to stop, or, unless
/// asked to keep going, some row cannot be decided: it cannot be read, or the policy does not
/// apply to it.
pub fn run(
    policy: &Policy,
    table: impl Into<Origin>,
    options: &Options,
    hooks: Hooks<'_>,
) -> Result<Summary, RunError> {
    check_in_force(policy, options.as_of)?;
    let policy = &under_law(policy, options)?;
    let table = open(table)?;
    let state = options.state.clone().map(|state| StateTable::open(policy, state, options.as_of)).transpose()?;
    if let (Some(state), true) = (&state, options.state_out.is_some() || hooks.left.is_some()) {
        state.check_own()?;
    }
    let given = state.as_ref().map(StateTable::given).unwrap_or_default();
    let opened = open_events(policy, options.as_of, (&options.events, &table), &options.mapping)?;
    let binding = bind(policy, &table, &options.mapping, &given, opened.as_ref())?;
    let bound = [Bound { policy, binding }];
    let states: Vec<StateTable<'_>> = state.into_iter().collect();
    let tonight = Tonight { table: &table, bound: &bound, states: &states, options };
    let overview = tonight.decide((None, opened), (&[policy], false), hooks)?;
    overview.into_only().ok_or_else(|| not_in_force(policy, options.as_of))
}

/// Decides every row of a table under the one of several policies to which it belongs.
///
/// A row belongs to the policy that is in force on the day and applies to it, in the currency of the row where the
/// table has one. A row to which none applies, or several, or of which a missing fact leaves that open, is an error of
/// that row. What [`run`] says of batches, memory and results holds here too; columns of a batch are gone
/// through once for each policy that has a row in it.
///
/// The state is one table for all policies, columns by name, with one more that names the policy of each account. An
/// account that goes to another policy keeps by name what that one keeps too; what only the other keeps is as
/// it is before the first decision. The accounts of one person are settled across policies
/// ([`arrears::decide::AcrossSettlement`]).
///
/// # Errors
///
/// As [`run`], of every policy in force; where none is in force; and where tables of events are given, which are
/// not read for several policies yet.
pub fn run_each(
    policies: &Policies,
    table: impl Into<Origin>,
    options: &Options,
    hooks: Hooks<'_>,
) -> Result<Overview, RunError> {
    if options.events.origins().next().is_some() {
        return Err(RunError::EventsOfSeveral);
    }
    let each: Result<Vec<Policy>, RunError> = policies.iter().map(|policy| under_law(policy, options)).collect();
    let policies = &Policies::new(each?).map_err(|error| RunError::Law(vec![error.to_string()]))?;
    let table = open(table)?;
    let (in_force, others): (Vec<&Policy>, Vec<&Policy>) =
        policies.iter().partition(|policy| policy.in_force(options.as_of));
    // What the policies that decide on other days keep stays in the state.
    let keepers: Vec<&Policy> = in_force.iter().chain(&others).copied().collect();
    let mut states = Vec::new();
    if let Some(state) = &options.state {
        for policy in &keepers {
            states.push(StateTable::open(policy, state.clone(), options.as_of)?);
        }
        StateTable::share(&mut states);
    }
    let given: Vec<BTreeSet<String>> = states.iter().map(StateTable::given).collect();
    let bound = bind_each(policies, &table, (&options.mapping, options.as_of), &given)?;
    let routes = Routes::new(policies, options.as_of, &bound);
    let tonight = Tonight { table: &table, bound: &bound, states: &states, options };
    let mut overview = tonight.decide((Some(routes), None), (&keepers, true), hooks)?;
    overview.not_in_force = others.into_iter().map(OutOfForce::of).collect();
    Ok(overview)
}

/// The policy read under the law of the run, so that every decision keeps it.
fn under_law(policy: &Policy, options: &Options) -> Result<Policy, RunError> {
    if options.law.is_none() || policy.law() == Some(&options.law) {
        return Ok(policy.clone());
    }
    let problems = |problems: Vec<arrears::Problem>| RunError::Law(problems.iter().map(ToString::to_string).collect());
    policy.under(&options.law, options.as_of).map_err(problems)
}

/// Makes sure that a policy decides on a day.
///
/// # Errors
///
/// [`RunError::NotInForce`] if the day lies outside its time.
pub fn check_in_force(policy: &Policy, as_of: NaiveDate) -> Result<(), RunError> {
    if policy.in_force(as_of) { Ok(()) } else { Err(not_in_force(policy, as_of)) }
}

fn not_in_force(policy: &Policy, as_of: NaiveDate) -> RunError {
    let head = policy.head();
    RunError::NotInForce { policy: head.name.clone(), when: head.term(), as_of }
}
