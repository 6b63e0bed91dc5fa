//! Who decides which rows of a batch: the only policy, or the one to which each row goes.

use super::clerk::Clerk;
use super::decided::{Deciding, Depth, Marks, Mine};
use super::feed::Loaded;
use super::finish::{Draft, Page, Share};
use super::people::People;
use super::roll::Seat;
use crate::bind::ACCOUNT;
use crate::route::{Route, Routes};
use crate::row_error::{Fault, RowError};
use crate::state::{Entry, StateForm, StateTable};
use arrears::decide::Claim;
use arrears::policy::Policy;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The policies of a run, each with what rows are decided with.
pub(super) struct Deciders<'a> {
    each: Vec<Deciding<'a>>, // INVARIANT: at least one, in order of their positions from 0.
    /// How rows find their policies; none where there is one, which says itself what is not its own.
    routes: Option<Routes<'a>>,
    /// The state as each policy reads it, also those that decide on other days.
    states: &'a [StateTable<'a>],
}

impl<'a> Deciders<'a> {
    /// The policies of a run, in the order in which routes lead to them; without routes there is one.
    pub(super) const fn new(each: Vec<Deciding<'a>>, routes: Option<Routes<'a>>, states: &'a [StateTable<'a>]) -> Self {
        Self { each, routes, states }
    }

    /// The policy at a position.
    pub(super) fn policy(&self, position: usize) -> Option<&'a Policy> {
        self.each.get(position).map(|deciding| deciding.reading.policy)
    }

    /// The policies, in order of their positions.
    pub(super) fn policies(&self) -> impl Iterator<Item = &'a Policy> {
        self.each.iter().map(|deciding| deciding.reading.policy)
    }

    /// Whether there is one policy and no other.
    pub(super) const fn is_only(&self) -> bool {
        self.routes.is_none()
    }

    /// What is claimed for the rows of a batch that are of people with several accounts, in
    /// their order; none for a row that cannot be decided.
    pub(super) fn claims(&self, loaded: &Loaded, people: &People) -> Vec<(u64, Option<Claim>)> {
        let places = 0..loaded.batch.rows();
        let shared: Vec<usize> = places.filter(|place| people.of(loaded.number(*place)).is_some()).collect();
        if shared.is_empty() {
            return Vec::new();
        }
        let routes = self.routes.as_ref().map(|routes| routes.of(&loaded.batch));
        let mut found = BTreeMap::new();
        for deciding in &self.each {
            let mine = mine(routes.as_deref(), deciding.position);
            if shared.iter().any(|place| mine.has(*place)) {
                for (place, claim) in deciding.claims(loaded, (people, mine), &shared) {
                    let position = u16::try_from(deciding.position).unwrap_or(u16::MAX);
                    found.extend(claim.map(|claim| (place, claim.under(position))));
                }
            }
        }
        shared.into_iter().map(|place| (loaded.number(place), found.remove(&place))).collect()
    }

    /// Decides the rows of a batch and makes them ready.
    pub(super) fn page(&self, loaded: Loaded, depth: Depth<'_>, state: Option<&StateForm<'_>>) -> Page {
        let routes = self.routes.as_ref().map(|routes| routes.of(&loaded.batch));
        let rows = loaded.batch.rows();
        let mut draft = Draft::of(rows);
        let mut work: Vec<Option<(Clerk<'a>, Marks)>> = Vec::with_capacity(self.each.len());
        for deciding in &self.each {
            let mine = mine(routes.as_deref(), deciding.position);
            work.push((rows == 0 || (0..rows).any(|place| mine.has(place))).then(|| {
                let mut clerk = deciding.clerk();
                let marks = deciding.decide(&mut clerk, &loaded, (depth, mine));
                let (alone, operations) = (marks.alone, marks.operations);
                draft.did(deciding.position, Share { alone, operations, ..Share::default() });
                (clerk, marks)
            }));
        }
        let mut routes = routes.into_iter().flatten();
        for (place, account) in loaded.accounts.iter().enumerate() {
            let decided = match routes.next().unwrap_or(Ok(0)) {
                Err(faults) => Err((self.unplaced(&loaded, (place, account), faults), None)),
                Ok(position) => match (self.each.get(position), work.get_mut(position)) {
                    (Some(deciding), Some(Some((clerk, marks)))) => match marks.errors.remove(&place) {
                        Some(error) => Err((error, Some(position))),
                        None => {
                            deciding.add((clerk, marks), (place, loaded.number(place), account), &mut draft);
                            Ok(())
                        }
                    },
                    _ => Ok(()),
                },
            };
            if let Err((error, position)) = decided {
                draft.refuse(error, position, self.before(&loaded, place));
            }
        }
        let alike = |position: usize, kind: u32| {
            let (clerk, _) = work.get(position)?.as_ref()?;
            clerk.kinds.alike(kind).map(Arc::clone)
        };
        let page = match self.each.first() {
            Some(first) => draft.finish(&first.wanted, state, alike),
            None => Page::default(),
        };
        for (deciding, clerk) in self.each.iter().zip(work) {
            if let Some((clerk, _)) = clerk {
                deciding.is_done(clerk);
            }
        }
        page
    }

    /// What the last decision left of the account at a place, as each policy reads it.
    fn before(&self, loaded: &Loaded, place: usize) -> Vec<(usize, Entry)> {
        let Some(Some(before)) = loaded.before.get(place) else { return Vec::new() };
        if !self.each.first().is_some_and(|deciding| deciding.wanted.state) {
            return Vec::new();
        }
        self.states.iter().map(|state| before.entry(state)).enumerate().collect()
    }

    /// A row that goes to no policy.
    fn unplaced(&self, loaded: &Loaded, (place, account): (usize, &str), mut faults: Vec<Fault>) -> RowError {
        let column = self.each.first().map_or(ACCOUNT, |deciding| &deciding.reading.binding.account.1);
        match loaded.seats.get(place) {
            Some(Seat::Again { before }) => {
                faults.push(Fault::of_column(column, format!("the account is in row {before} already")));
            }
            Some(Seat::Nobody) if loaded.batch.faults(place).is_empty() => {
                faults.push(Fault::of_column(column, format!("the cell is empty: every row needs an `{ACCOUNT}`")));
            }
            _ => {}
        }
        let account_id = (!account.is_empty()).then(|| account.to_owned());
        RowError { row: loaded.number(place), line: loaded.batch.line(place), account_id, faults }
    }
}

/// The rows of a batch that go to the policy at a position.
fn mine(routes: Option<&[Route]>, position: usize) -> Mine<'_> {
    routes.map_or(Mine::Whole, |routes| Mine::Routed(routes, position))
}
