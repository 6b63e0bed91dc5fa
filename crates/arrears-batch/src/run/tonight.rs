//! One run, after its policies are bound to its table.

use super::decided::Deciding;
use super::deciders::Deciders;
use super::error::RunError;
use super::feed::Feed;
use super::finish::Wanted;
use super::heir::Heir;
use super::night::Night;
use super::options::{Hooks, Options, Step};
use super::rows::Reading;
use super::shared::Settled;
use super::sink::{Ending, Sink};
use super::survey::Survey;
use super::watch::Watch;
use crate::bind::Binding;
use crate::events::{Events, Opened};
use crate::route::{Bound, Routes};
use crate::state::StateTable;
use crate::summary::{Assumed, Overview};
use crate::table::Table;
use arrears::policy::Policy;

/// What a run decides by.
pub(super) struct Tonight<'a> {
    pub(super) table: &'a Table,
    /// The policies in force.
    pub(super) bound: &'a [Bound<'a>], // INVARIANT: not empty.
    /// The state as each policy reads it: those in force first, in their order. Empty without one.
    pub(super) states: &'a [StateTable<'a>],
    pub(super) options: &'a Options,
}

impl<'a> Tonight<'a> {
    /// Decides the table: by the routes of its rows, or all of it by the only policy, for which tables of events
    /// may have been opened.
    /// The state, if one is left, is of all `keepers`, and tells them apart if it is `shared`.
    pub(super) fn decide(
        &self,
        (routes, opened): (Option<Routes<'a>>, Option<Opened>),
        (keepers, shared): (&[&Policy], bool),
        mut hooks: Hooks<'_>,
    ) -> Result<Overview, RunError> {
        let Self { table, options, .. } = *self;
        let Some(Bound { binding, .. }) = self.bound.first() else {
            return Err(RunError::NoneInForce { policies: Vec::new(), as_of: options.as_of });
        };
        let state = self.states.first();
        let policies: Vec<&Policy> = self.bound.iter().map(|bound| bound.policy).collect();
        let sink = Sink::create(&policies, table, options, (hooks.decisions.take(), hooks.sheets.take()))?;
        let heir = Heir::create((keepers, shared), options.state_out.as_deref(), hooks.left.take())?;
        let total = table.total_rows();
        let (mut watch, scripts) = Watch::new(hooks, total);
        let wanted = Wanted {
            forms: sink.forms(),
            sheets: sink.takes_sheets(),
            state: heir.form().is_some(),
            reviews: options.reviews,
            one_by_one: options.one_by_one,
        };
        let deciding = |(position, bound): (usize, &'a Bound<'a>)| {
            let reading = Reading { policy: bound.policy, binding: &bound.binding, as_of: options.as_of, scripts };
            Deciding::new((position, reading), self.states.get(position), &options.law, wanted.clone())
        };
        let each = self.bound.iter().enumerate().map(deciding).collect();
        let deciders = Deciders::new(each, routes, self.states);
        let mut events = opened.map(|opened| counted(opened, table, options, &mut watch)).transpose()?;
        let apart = options.apart;
        if apart && (binding.customer.is_some() || state.is_some() || heir.form().is_some() || events.is_some()) {
            return Err(RunError::NotApart);
        }
        let survey = match Survey::is_needed(binding, state) {
            true => Some(Survey::take(table, binding, state, &mut watch)?),
            false => None,
        };
        if let (Some(events), Some(survey)) = (&mut events, &survey) {
            events.join_people(table, binding.account.0, &survey.people)?;
        }
        let feed = || Feed::new(table, (binding, apart), events.as_ref(), survey.as_ref(), state);
        let settled = match &survey {
            Some(survey) if survey.people.several() > 0 => Settled::take(&deciders, feed()?, survey, &mut watch)?,
            _ => Settled::default(),
        };
        let night = Night {
            deciders: &deciders,
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
        if let (Some(state), Some(survey)) = (state, &survey) {
            heir.take_gone(self.states, &survey.index, &watch)?;
            state.check_unchanged()?;
        }
        let kept = survey.as_ref().map_or(0, |survey| survey.index.gone());
        let assumptions = self.bound.iter().map(|bound| assumed(bound.policy, table, options, &bound.binding));
        let ending = Ending {
            assumptions: assumptions.collect(),
            events: events.map(|events| events.tallies()).unwrap_or_default(),
            kept,
            state: heir.finish()?,
        };
        watch.go_on()?;
        sink.finish(ending)
    }
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
