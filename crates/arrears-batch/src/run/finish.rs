//! Decided rows made ready to be counted and written.

use super::clerk::Clerk;
use super::decided::{Deciding, Depth, Marks};
use super::feed::Loaded;
use crate::columns::Alike;
use crate::output::{Form, Own, Ready, Sheet, decision_schema};
use crate::row_error::RowError;
use crate::state::{Left, StateForm};
use crate::summary::Sum;
use arrears::Cell;
use arrears::condition::FactId;
use chrono::Days;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is asked of the rows of a run.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The forms in which decisions are written.
    pub(super) forms: Vec<Form>,
    /// Whether what they leave is written.
    pub(super) state: bool,
    /// Whether it is found out when to look at each account again.
    pub(super) reviews: bool,
    /// Whether every row is decided by itself.
    pub(super) one_by_one: bool,
}

/// Rows of a batch, ready to be counted and written in their order.
#[derive(Default)]
pub(super) struct Page {
    pub(super) rows: u64,
    /// Rows that were decided one by one.
    pub(super) alone: u64,
    /// Operations of scripts.
    pub(super) operations: u64,
    /// What was decided, and for how many.
    pub(super) counts: Vec<(Arc<Alike>, Sum)>,
    /// Facts that stay unknown because their script failed.
    pub(super) scripts: Vec<(Vec<FactId>, Sum)>,
    pub(super) bad: Vec<RowError>,
    /// The decisions in each form, or why they cannot be written so.
    pub(super) ready: Vec<Result<Ready, String>>,
    /// What tonight leaves of each account of the batch.
    pub(super) left: Option<Result<Ready, String>>,
}

impl<'a> Deciding<'a> {
    /// Decides the rows of a batch and makes them ready.
    pub(super) fn page(&self, loaded: Loaded, depth: Depth<'_>, state: Option<&StateForm<'_>>) -> Page {
        self.with_clerk(|clerk| {
            let marks = self.decide(clerk, &loaded, depth);
            self.finish(clerk, loaded, marks, state)
        })
    }

    fn finish(&self, clerk: &mut Clerk<'a>, loaded: Loaded, mut marks: Marks, state: Option<&StateForm<'_>>) -> Page {
        let (policy, as_of) = (self.reading.policy, self.reading.as_of);
        let overdue = policy.engine_facts().overdue;
        let overdue = clerk.kept.facts().iter().position(|kept| Some(*kept) == overdue);
        let rows = u64::try_from(loaded.batch.rows()).unwrap_or(0);
        let mut page = Page { rows, alone: marks.alone, operations: marks.operations, ..Page::default() };
        let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
        let (mut sheet, mut left) = (Sheet::default(), Left::default());
        for (place, account) in loaded.accounts.into_iter().enumerate() {
            if let Some(error) = marks.errors.remove(&place) {
                // The account's state stays as the last decision left it.
                let before = marks.before.get_mut(place).and_then(Option::take);
                if let (true, Some(account), Some(entry)) = (self.wanted.state, error.account_id.clone(), before) {
                    left.before(account, entry);
                }
                page.bad.push(error);
                continue;
            }
            let leader = marks.leaders.remove(&place);
            let Some(kind) = clerk.kinds.number(&clerk.decided, place, leader.is_some()) else { continue };
            let amount = clerk.kept.cell(place, overdue).get();
            sums.entry(kind).or_default().add(amount);
            if let Some(failed) = marks.scripts.remove(&place) {
                let mut sum = Sum::default();
                sum.add(amount);
                page.scripts.push((failed, sum));
            }
            if self.wanted.state {
                match marks.left.remove(&place) {
                    Some(cells) => left.decided(account.clone(), as_of, cells),
                    None => left.decided(account.clone(), as_of, self.left(clerk, place)),
                }
            }
            if !self.wanted.forms.is_empty() {
                let review = clerk.decided.review_after(place);
                let own = Own {
                    account,
                    review: review.and_then(|days| as_of.checked_add_days(Days::new(days))),
                    priority: clerk.decided.priority(place).and_then(|value| policy.shown_priority(value)),
                    leader,
                };
                if let Some(alike) = clerk.kinds.alike(kind) {
                    sheet.add(kind, || alike.record.clone(), own);
                }
            }
        }
        let alike = |(kind, sum): (u32, Sum)| Some((Arc::clone(clerk.kinds.alike(kind)?), sum));
        page.counts = sums.into_iter().filter_map(alike).collect();
        let schema = decision_schema();
        page.ready = self.wanted.forms.iter().map(|form| Ready::decisions(*form, &schema, &sheet)).collect();
        page.left = state.filter(|_| !left.is_empty()).map(|form| form.ready(&left));
        page
    }

    /// What the decision of a row that was decided in columns leaves.
    fn left(&self, clerk: &mut Clerk<'_>, place: usize) -> Vec<Cell> {
        let policy = self.reading.policy;
        let cells = &mut clerk.row;
        cells.clear();
        cells.resize(policy.inputs().len(), Cell::UNKNOWN);
        for (fact, cell) in clerk.kept.facts().iter().zip(clerk.kept.cells(place)) {
            if let Some(slot) = cells.get_mut(fact.index()) {
                *slot = *cell;
            }
        }
        if let Some(leaves) = clerk.decided.leaves(place) {
            policy.leave_all(cells, &leaves, |sign, _| clerk.kept.is_seen(place, sign));
        }
        let cell = |fact: &FactId| cells.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN);
        policy.state_facts().iter().map(cell).collect()
    }
}
