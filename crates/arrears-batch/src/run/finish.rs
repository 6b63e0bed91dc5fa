//! Decided rows made ready to be counted and written.

use super::clerk::Clerk;
use super::decided::{Deciding, Marks};
use crate::columns::Alike;
use crate::output::{Form, Own, Ready, Sheet, decision_schema};
use crate::row_error::RowError;
use crate::state::{Entry, Left, StateForm};
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
    /// Whether somebody takes the sheets as they are.
    pub(super) sheets: bool,
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
    /// What each policy did, by position.
    pub(super) shares: BTreeMap<usize, Share>,
    /// What was decided under which policy, and for how many.
    pub(super) counts: Vec<(usize, Arc<Alike>, Sum)>,
    /// Facts of a policy that stay unknown because their script failed.
    pub(super) scripts: Vec<(usize, Vec<FactId>, Sum)>,
    pub(super) bad: Vec<RowError>,
    /// The decisions in each form, or why they cannot be written so.
    pub(super) ready: Vec<Result<Ready, String>>,
    /// The decisions as they are, if somebody takes them.
    pub(super) sheet: Option<Sheet>,
    /// What tonight leaves of each account of the batch.
    pub(super) left: Option<Result<Ready, String>>,
}

/// What one policy did with the rows that went to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    /// Rows that it could not decide.
    pub(super) errors: u64,
    /// Rows that were decided one by one.
    pub(super) alone: u64,
    /// Operations of scripts.
    pub(super) operations: u64,
}

impl Share {
    /// Adds what it did with other rows.
    pub(super) fn add(&mut self, other: Self) {
        self.errors = self.errors.saturating_add(other.errors);
        self.alone = self.alone.saturating_add(other.alone);
        self.operations = self.operations.saturating_add(other.operations);
    }
}

/// A page in the making.
#[derive(Default)]
pub(super) struct Draft {
    page: Page,
    sheet: Sheet,
    left: Left,
    /// By policy and what was decided.
    sums: BTreeMap<(usize, u32), Sum>,
}

impl Draft {
    /// Begins the page of a batch.
    pub(super) fn of(rows: usize) -> Self {
        Self { page: Page { rows: u64::try_from(rows).unwrap_or(0), ..Page::default() }, ..Self::default() }
    }

    /// Adds a row that cannot be decided, and what the last decision left of its account: it
    /// stays so. `position` is that of the policy to which the row went, if it went to one.
    pub(super) fn refuse(&mut self, error: RowError, position: Option<usize>, before: Vec<(usize, Entry)>) {
        if let Some(position) = position {
            self.did(position, Share { errors: 1, ..Share::default() });
        }
        if let (Some(account), false) = (&error.account_id, before.is_empty()) {
            self.left.before(account.clone(), before);
        }
        self.page.bad.push(error);
    }

    /// Adds what a policy did.
    pub(super) fn did(&mut self, position: usize, share: Share) {
        self.page.shares.entry(position).or_default().add(share);
    }

    /// Makes everything ready that was added.
    pub(super) fn finish(
        mut self,
        wanted: &Wanted,
        state: Option<&StateForm<'_>>,
        alike: impl Fn(usize, u32) -> Option<Arc<Alike>>,
    ) -> Page {
        let sums = self.sums.into_iter();
        let counted = |((policy, kind), sum): ((usize, u32), Sum)| Some((policy, alike(policy, kind)?, sum));
        self.page.counts = sums.filter_map(counted).collect();
        let schema = decision_schema();
        let ready = |form: &Form| Ready::decisions(*form, &schema, &self.sheet);
        self.page.ready = wanted.forms.iter().map(ready).collect();
        self.page.sheet = wanted.sheets.then_some(self.sheet);
        self.page.left = state.filter(|_| !self.left.is_empty()).map(|form| form.ready(&self.left));
        self.page
    }
}

impl<'a> Deciding<'a> {
    /// Adds a row that was decided to its page.
    pub(super) fn add(
        &self,
        (clerk, marks): (&mut Clerk<'a>, &mut Marks),
        (place, number, account): (usize, u64, &str),
        draft: &mut Draft,
    ) {
        let (policy, as_of) = (self.reading.policy, self.reading.as_of);
        let leader = marks.leaders.remove(&place);
        let Some(kind) = clerk.kinds.number(&clerk.decided, place, leader.is_some()) else { return };
        let amount = clerk.kept.cell(place, self.overdue).get();
        draft.sums.entry((self.position, kind)).or_default().add(amount);
        if let Some(failed) = marks.scripts.remove(&place) {
            let mut sum = Sum::default();
            sum.add(amount);
            draft.page.scripts.push((self.position, failed, sum));
        }
        if self.wanted.state {
            let cells = marks.left.remove(&place).unwrap_or_else(|| self.left(clerk, place));
            draft.left.decided((self.position, account.to_owned()), as_of, cells);
        }
        if self.wanted.sheets || !self.wanted.forms.is_empty() {
            let review = clerk.decided.review_after(place);
            let own = Own {
                number,
                overdue: amount,
                review: review.and_then(|days| as_of.checked_add_days(Days::new(days))),
                priority: clerk.decided.priority(place).and_then(|value| policy.shown_priority(value)),
                leader,
            };
            if let Some(alike) = clerk.kinds.alike(kind) {
                draft.sheet.add((self.position, kind), || alike.record.clone(), (account, own));
            }
        }
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
