//! One table decided under one policy, from the files to the files.

mod clerk;
mod decided;
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
mod watch;

pub use error::{BadRows, RunError};
pub use options::{Hooks, Options, Progress, ScriptCost, ScriptHook, Step};
pub(crate) use places::is_same;
pub(crate) use rows::{BatchColumns, ReadRow, Reading};

use crate::bind::{Binding, bind};
use crate::events::{Events, Opened, open_events};
use crate::state::StateTable;
use crate::summary::{Assumed, Summary};
use crate::table::{Table, open};
use arrears::policy::Policy;
use decided::Deciding;
use feed::Feed;
use finish::Wanted;
use heir::Heir;
use night::Night;
use shared::Settled;
use sink::{Ending, Sink};
use std::path::Path;
use survey::Survey;
use watch::Watch;

/// Decides every row of a table.
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
/// asked to keep going, some row cannot be decided.
pub fn run(policy: &Policy, table: impl AsRef<Path>, options: &Options, hooks: Hooks<'_>) -> Result<Summary, RunError> {
    in_force(policy, options)?;
    let table = open(table)?;
    let state = options.state.as_deref().map(|path| StateTable::open(policy, path, options.as_of)).transpose()?;
    let given = state.as_ref().map(StateTable::given).unwrap_or_default();
    let opened = open_events(policy, options.as_of, (&options.events, &table), &options.mapping)?;
    let binding = bind(policy, &table, &options.mapping, &given, opened.as_ref())?;
    let sink = Sink::create(policy, table.path(), options)?;
    let heir = Heir::create(policy, options.state_out.as_deref())?;
    let total = table.total_rows();
    let (mut watch, scripts) = Watch::new(hooks, total);
    let reading = Reading { policy, binding: &binding, as_of: options.as_of, scripts };
    let wanted = Wanted {
        forms: sink.forms(),
        state: options.state_out.is_some(),
        reviews: options.reviews,
        one_by_one: options.one_by_one,
    };
    let deciding = Deciding::new(reading, state.as_ref(), &options.law, wanted);
    let events = opened.map(|opened| counted(opened, &table, options, &mut watch)).transpose()?;
    let survey = match Survey::is_needed(&binding, state.as_ref()) {
        true => Some(Survey::take(&table, &binding, state.as_ref(), &mut watch)?),
        false => None,
    };
    let feed = || Feed::new(&table, &binding, events.as_ref(), survey.as_ref(), state.as_ref());
    let settled = match &survey {
        Some(survey) if survey.people.several() > 0 => Settled::take(&deciding, feed()?, survey, &mut watch)?,
        _ => Settled::default(),
    };
    let night = Night {
        deciding: &deciding,
        survey: survey.as_ref(),
        settled,
        state: heir.form(),
        keep_going: options.keep_going,
    };
    let total = survey.as_ref().map(|survey| survey.roll.rows().into()).or(total);
    let (sink, mut heir) = night.decide((feed()?, total), sink, heir, &mut watch)?;
    // What was read of a file that changed meanwhile says nothing, not even that rows are bad.
    table.source().check_unchanged()?;
    sink.check_rows()?;
    if let (Some(state), Some(survey)) = (&state, &survey) {
        heir.take_gone(state, &survey.index, &watch)?;
        state.check_unchanged()?;
    }
    let kept = survey.as_ref().map_or(0, |survey| survey.index.gone());
    let ending = Ending {
        assumptions: assumed(policy, &table, options, &binding),
        events: events.map(|events| events.tallies()).unwrap_or_default(),
        kept,
        state: heir.finish()?,
    };
    watch.go_on()?;
    sink.finish(ending)
}

fn in_force(policy: &Policy, options: &Options) -> Result<(), RunError> {
    let head = policy.head();
    let early = head.from.is_some_and(|from| options.as_of < from);
    let late = head.to.is_some_and(|to| options.as_of > to);
    if !early && !late {
        return Ok(());
    }
    let when = match (head.from, head.to) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    };
    Err(RunError::NotInForce { policy: head.name.clone(), when, as_of: options.as_of })
}

/// Counts the tables of events. Rows that cannot be read and name no account end the run,
/// unless it is to keep going.
fn counted(opened: Opened, accounts: &Table, options: &Options, watch: &mut Watch<'_>) -> Result<Events, RunError> {
    watch.begin(Step::Events, opened.total_rows());
    let events = opened.count(accounts, &options.mapping, |rows| watch.reached(rows))?;
    let of_nobody = events.of_nobody();
    if of_nobody.is_empty() || options.keep_going { Ok(events) } else { Err(RunError::Events(of_nobody)) }
}

/// Assumptions that settled a fact for which the table has no column.
fn assumed(policy: &Policy, table: &Table, options: &Options, binding: &Binding<'_>) -> Vec<Assumed> {
    let has_column = |name: &str| {
        let column = options.mapping.column(name);
        column.is_some_and(|column| table.schema().column_with_name(column).is_some())
            || binding.facts.iter().any(|bound| bound.meaning.input().name == name)
    };
    policy
        .assumptions()
        .iter()
        .filter_map(|assumption| {
            let settled = assumption.facts.iter().filter_map(|fact| policy.input(*fact));
            let facts: Vec<String> =
                settled.filter(|input| !has_column(&input.name)).map(|input| input.name.clone()).collect();
            (!facts.is_empty()).then(|| Assumed {
                written: assumption.written.clone(),
                why: assumption.why.clone(),
                facts,
            })
        })
        .collect()
}
