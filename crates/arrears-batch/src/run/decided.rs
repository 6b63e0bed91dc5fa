//! Rows of a batch decided: in columns where every step is certain, by the row engine otherwise.

use super::clerk::Clerk;
use super::feed::Loaded;
use super::finish::Wanted;
use super::people::People;
use super::roll::Seat;
use super::rows::{BatchColumns, ReadRow, Reading, Refused};
use super::shared::Settled;
use super::survey::Survey;
use crate::cell::{Raw, RawColumn};
use crate::columns::{Columns, Kept};
use crate::route::Route;
use crate::row_error::{Fault, RowError};
use crate::state::{Entry, StateTable};
use arrears::Cell;
use arrears::condition::FactId;
use arrears::decide::{Claim, Decision, Law, decide, decide_today};
use arrow_array::UInt32Array;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// What rows are decided with under one policy.
pub(super) struct Deciding<'a> {
    /// The policy's position among those of the run.
    pub(super) position: usize,
    pub(super) reading: Reading<'a>,
    pub(super) state: Option<&'a StateTable<'a>>,
    pub(super) law: &'a Law,
    pub(super) columns: Columns<'a>,
    /// Facts that the state and scripts bring beside the table.
    pub(super) beside: Vec<FactId>,
    pub(super) wanted: Wanted,
    /// Where what is overdue stands among the facts that are kept, if the policy reads it.
    pub(super) overdue: Option<usize>,
    /// Those who have nothing to decide.
    idle: Mutex<Vec<Clerk<'a>>>,
}

/// How far rows are decided.
#[derive(Clone, Copy)]
pub(super) enum Depth<'s> {
    /// What is done today, of those rows that are of people with several accounts.
    Today(&'s People),
    /// All of it, with what was settled between the accounts of each person.
    Whole(Option<(&'s Settled, &'s Survey)>),
}

/// The rows of a batch that go to one policy.
#[derive(Clone, Copy)]
pub(super) enum Mine<'s> {
    /// All of them.
    Whole,
    /// Those whose route leads to the policy at a position.
    Routed(&'s [Route], usize),
}

impl Mine<'_> {
    pub(super) fn has(self, place: usize) -> bool {
        match self {
            Self::Whole => true,
            Self::Routed(routes, position) => matches!(routes.get(place), Some(Ok(to)) if *to == position),
        }
    }
}

/// What stands beside the decisions of a batch, by place.
#[derive(Default)]
pub(super) struct Marks {
    /// Rows that cannot be decided.
    pub(super) errors: BTreeMap<usize, RowError>,
    /// The account whose contact a row's own rides with.
    pub(super) leaders: BTreeMap<usize, String>,
    /// Facts of a row that stay unknown because their script failed.
    pub(super) scripts: BTreeMap<usize, Vec<FactId>>,
    /// What the row engine's decisions leave, in the order of the state's facts.
    pub(super) left: BTreeMap<usize, Vec<Cell>>,
    /// What the last decisions left; empty without a state.
    pub(super) before: Vec<Option<Entry>>,
    /// Operations of scripts.
    pub(super) operations: u64,
    /// Rows that were decided one by one.
    pub(super) alone: u64,
}

/// The facts that are wanted of rows after their decision: days past due and what is overdue
/// first, then those that make the state.
fn kept_after(policy: &arrears::Policy, wanted: &Wanted) -> Vec<FactId> {
    let facts = policy.engine_facts();
    let mut kept: Vec<FactId> = [facts.dpd, facts.overdue].into_iter().flatten().collect();
    if wanted.state {
        kept.extend(policy.state_facts().iter().copied());
    }
    kept
}

impl<'a> Deciding<'a> {
    pub(super) fn new(
        (position, reading): (usize, Reading<'a>),
        state: Option<&'a StateTable<'a>>,
        law: &'a Law,
        wanted: Wanted,
    ) -> Self {
        let (policy, binding) = (reading.policy, reading.binding);
        let in_table = |fact: &FactId| binding.facts.iter().any(|bound| bound.fact == *fact);
        let state_facts = state.iter().flat_map(|_| policy.state_facts()).copied().filter(|fact| !in_table(fact));
        let scripts = reading.scripts.iter().flat_map(|_| policy.scripts()).map(|script| script.fact);
        let beside: Vec<FactId> = state_facts.chain(scripts).collect();
        let kept = kept_after(policy, &wanted);
        let columns = Columns::new(policy, binding, (&beside, &kept), reading.as_of);
        let columns = if wanted.reviews { columns.with_reviews(reading.as_of) } else { columns };
        // Days past due are kept before it.
        let facts = policy.engine_facts();
        let overdue = facts.overdue.map(|_| usize::from(facts.dpd.is_some()));
        Self { position, reading, state, law, columns, beside, wanted, overdue, idle: Mutex::default() }
    }

    /// A place for what is wanted of rows after their decision.
    pub(super) fn kept(&self) -> Kept {
        let policy = self.reading.policy;
        let signs = if self.wanted.state { policy.signs().len() } else { 0 };
        Kept::new(kept_after(policy, &self.wanted), signs)
    }

    /// One who has nothing else to decide.
    pub(super) fn clerk(&self) -> Clerk<'a> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| Clerk::new(self))
    }

    /// Takes back one who is done.
    pub(super) fn is_done(&self, clerk: Clerk<'a>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(clerk);
    }

    /// Decides those rows of a batch that are `mine`. What stands for one in the clerk's
    /// decisions counts only if the row is no error. Columns go through the others as well,
    /// which costs less than to pick.
    pub(super) fn decide(&self, clerk: &mut Clerk<'a>, loaded: &Loaded, (depth, mine): (Depth<'_>, Mine<'_>)) -> Marks {
        clerk.clear();
        let mut marks = Marks { before: self.before(loaded, mine), ..Marks::default() };
        let rows = loaded.batch.rows();
        let in_columns = self.in_columns(depth);
        let mut alone: BTreeSet<usize> = if in_columns {
            let reviews = self.asks_for_reviews(depth);
            clerk.in_columns(self, loaded, (mine, reviews), &mut marks).into_iter().collect()
        } else {
            clerk.decided.grow(rows);
            clerk.kept.grow(rows);
            (0..rows).collect()
        };
        self.set_apart(loaded, &marks.before, depth, &mut alone);
        alone.retain(|place| mine.has(*place));
        marks.alone = u64::try_from(alone.len()).unwrap_or(0);
        let counted = marks.operations;
        self.by_row(clerk, loaded, &alone, depth, &mut marks);
        if in_columns {
            // What a row's scripts took is counted once.
            marks.operations = counted;
        }
        marks
    }

    /// Whether columns can decide rows so far.
    fn in_columns(&self, depth: Depth<'_>) -> bool {
        !self.wanted.one_by_one && (!self.asks_for_reviews(depth) || self.columns.finds_reviews())
    }

    /// When to look again is nothing to the person's other accounts.
    fn asks_for_reviews(&self, depth: Depth<'_>) -> bool {
        self.wanted.reviews && matches!(depth, Depth::Whole(_))
    }

    fn before(&self, loaded: &Loaded, mine: Mine<'_>) -> Vec<Option<Entry>> {
        let Some(state) = self.state else { return Vec::new() };
        let before = loaded.before.iter().enumerate();
        before
            .map(|(place, before)| before.as_ref().filter(|_| mine.has(place)).map(|before| before.entry(state)))
            .collect()
    }

    /// Adds the rows that columns do not know to be for the row engine; leaves out those that
    /// nobody asks for.
    fn set_apart(&self, loaded: &Loaded, before: &[Option<Entry>], depth: Depth<'_>, alone: &mut BTreeSet<usize>) {
        alone.extend(loaded.batch.faulty());
        let seats = loaded.seats.iter().enumerate();
        alone.extend(seats.filter(|(_, seat)| !matches!(seat, Seat::First(_))).map(|(place, _)| place));
        let unread =
            before.iter().enumerate().filter(|(_, entry)| entry.as_ref().is_some_and(|entry| !entry.is_good()));
        alone.extend(unread.map(|(place, _)| place));
        alone.extend(self.other_currency(loaded));
        match depth {
            Depth::Today(people) => alone.retain(|place| people.of(loaded.number(*place)).is_some()),
            Depth::Whole(Some((settled, survey))) => {
                let touched = |place: &usize| settled.touches(&survey.people, loaded.number(*place));
                alone.extend((0..loaded.batch.rows()).filter(touched));
            }
            Depth::Whole(None) => {}
        }
    }

    /// Rows whose amounts are in another currency than the policy's.
    fn other_currency(&self, loaded: &Loaded) -> Vec<usize> {
        let binding = self.reading.binding;
        let Some((position, _)) = &binding.currency else { return Vec::new() };
        let column = binding.positions.place(*position).and_then(|place| loaded.batch.column(place));
        let column = column.unwrap_or(RawColumn::Empty);
        let wanted = self.reading.policy.head().currency;
        let is_wanted =
            |place: &usize| matches!(column.cell(*place), Raw::Text(code) if code.eq_ignore_ascii_case(wanted.code()));
        (0..loaded.batch.rows()).filter(|place| !is_wanted(place)).collect()
    }

    /// Decides rows one by one.
    fn by_row(
        &self,
        clerk: &mut Clerk<'a>,
        loaded: &Loaded,
        alone: &BTreeSet<usize>,
        depth: Depth<'_>,
        marks: &mut Marks,
    ) {
        if alone.is_empty() {
            return;
        }
        let (policy, binding) = (self.reading.policy, self.reading.binding);
        let few = alone.len() < loaded.batch.rows() / 2;
        let places: UInt32Array = alone.iter().filter_map(|place| u32::try_from(*place).ok()).collect();
        let picked = if few { loaded.batch.picked(&places) } else { None };
        let columns = match &picked {
            Some(arrays) => BatchColumns::of_arrays(policy, binding, arrays),
            None => BatchColumns::of(policy, binding, &loaded.batch),
        };
        for (index, place) in alone.iter().copied().enumerate() {
            let (number, at) = (loaded.number(place), if picked.is_some() { index } else { place });
            let before = marks.before.get(place).and_then(Option::as_ref);
            let read = self.reading.row(&loaded.batch, &columns, (at, place), number, before);
            let decided = self.only_first(read, loaded.seats.get(place)).and_then(|read| {
                let (decision, leader) = self.one(&read, depth)?;
                Ok((read, decision, leader))
            });
            match decided {
                Err(refused) => {
                    marks.errors.insert(place, refused.error);
                }
                Ok((read, decision, leader)) => {
                    clerk.decided.put(place, &decision, self.reading.as_of);
                    clerk.kept.put(place, |fact| read.row.cell(fact));
                    marks.leaders.extend(leader.map(|leader| (place, leader)));
                    marks.operations = marks.operations.saturating_add(read.scripts.operations);
                    if !read.scripts.failed.is_empty() {
                        marks.scripts.insert(place, read.scripts.failed);
                    }
                    if self.wanted.state {
                        let left = policy.carried(&read.row, &decision).into_iter().map(|(_, cell)| cell);
                        marks.left.insert(place, left.collect());
                    }
                }
            }
        }
    }

    /// The decision of a row, and the account that it rides with.
    fn one(&self, read: &ReadRow, depth: Depth<'_>) -> Result<(Decision, Option<String>), Refused> {
        let Reading { policy, as_of, .. } = self.reading;
        let settled = match depth {
            Depth::Today(_) => return Ok((decide_today(policy, &read.row, self.law, as_of, None), None)),
            Depth::Whole(settled) => settled,
        };
        let mut decision = match self.wanted.reviews {
            true => decide(policy, &read.row, self.law, as_of),
            false => decide_today(policy, &read.row, self.law, as_of, None),
        };
        let leader = match settled {
            Some((settled, survey)) => {
                settled.put(policy, survey, read.number, &mut decision).map_err(|fault| read.refused(vec![fault]))?
            }
            None => None,
        };
        let broken = policy.broken_invariants(&read.row, &decision);
        if !broken.is_empty() {
            let faults = broken
                .iter()
                .map(|rule| Fault::of_row(format!("the decision breaks what the policy promises: {}", rule.name)));
            return Err(read.refused(faults.collect()));
        }
        Ok((decision, leader))
    }

    /// Makes a second row of one account an error that names both rows.
    fn only_first(&self, read: Result<ReadRow, Refused>, seat: Option<&Seat>) -> Result<ReadRow, Refused> {
        let Some(Seat::Again { before }) = seat else { return read };
        let fault =
            Fault::of_column(&self.reading.binding.account.1, format!("the account is in row {before} already"));
        match read {
            Ok(read) => Err(read.refused(vec![fault])),
            Err(mut refused) => {
                refused.error.faults.push(fault);
                Err(refused)
            }
        }
    }

    /// What is claimed for those rows of a batch that are `mine` and of people with several
    /// accounts, at these places; none for a row that cannot be decided.
    pub(super) fn claims(
        &self,
        loaded: &Loaded,
        (people, mine): (&People, Mine<'_>),
        places: &[usize],
    ) -> Vec<(usize, Option<Claim>)> {
        let Reading { policy, as_of, .. } = self.reading;
        let known = *policy.engine_facts();
        let mut clerk = self.clerk();
        let marks = self.decide(&mut clerk, loaded, (Depth::Today(people), mine));
        let kept = |fact: Option<FactId>| clerk.kept.facts().iter().position(|kept| Some(*kept) == fact);
        let (dpd, overdue) = (kept(known.dpd), kept(known.overdue));
        let claim = |place: usize| {
            if marks.errors.contains_key(&place) {
                return None;
            }
            let decision = clerk.decided.decision(policy, self.law, as_of, place)?;
            let (dpd, overdue) = (clerk.kept.cell(place, dpd), clerk.kept.cell(place, overdue));
            Some(Claim::made(policy, &decision, dpd, overdue))
        };
        let claims = places.iter().filter(|place| mine.has(**place)).map(|place| (*place, claim(*place))).collect();
        self.is_done(clerk);
        claims
    }
}

impl ReadRow {
    /// The row as an error after all.
    fn refused(&self, faults: Vec<Fault>) -> Refused {
        let account_id = Some(self.account.clone());
        Refused { error: RowError { row: self.number, line: self.line, account_id, faults } }
    }
}
