//! What must hold of any two decisions of one account that follow each other, and a count
//! of what happened. Nothing here knows the conditions of the ladder.

use crate::carried::{Left, Night};
use crate::ladder::{Ladder, Mode};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The last decision of an account, as it was written.
#[derive(Clone, Copy)]
struct Seen {
    on: NaiveDate,
    stage: usize,
    entered_on: NaiveDate,
}

/// What happened over all months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) months: usize,
    pub(crate) decisions: usize,
    pub(crate) up: usize,
    pub(crate) down: usize,
    pub(crate) cures: usize,
    pub(crate) eases: usize,
    /// Accounts with their first decision.
    pub(crate) entered: usize,
    /// Accounts of the month before that are not in this one, each time it happens.
    pub(crate) vanished: usize,
    /// Accounts that are back after one or more decided months without them.
    pub(crate) returned: usize,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { months, decisions, up, down, cures, eases, entered, vanished, returned } = self;
        write!(f, "{decisions} decisions in {months} months: {up} up, {down} down ({cures} cures, {eases} eases); ")?;
        write!(f, "accounts: {entered} entered, {vanished} vanished, {returned} returned")
    }
}

/// The laws, with what they have seen so far.
pub(crate) struct Laws<'a> {
    ladder: &'a Ladder,
    number: BTreeMap<&'static str, usize>,
    seen: BTreeMap<i64, Seen>,
    last_month: BTreeSet<i64>,
    pub(crate) totals: Totals,
}

impl<'a> Laws<'a> {
    pub(crate) fn of(ladder: &'a Ladder) -> Self {
        let number = (0..=ladder.stages.len()).map(|stage| (ladder.name(stage), stage)).collect();
        Self { ladder, number, seen: BTreeMap::new(), last_month: BTreeSet::new(), totals: Totals::default() }
    }

    /// The number of a stage in order of severity.
    pub(crate) fn number(&self, name: &str) -> usize {
        self.number[name]
    }

    /// Checks a month against the months before it.
    pub(crate) fn month(&mut self, night: &Night<'_>) {
        let on = night.month.as_of;
        let mut this_month = BTreeSet::new();
        for decided in &night.decisions {
            let last = self.seen.get(&decided.account).copied();
            let stage = self.number(&decided.stage);
            let from = last.map_or(0, |last| last.stage);
            let told = || format!("{on} {decided:?}");
            assert_eq!(decided.before.as_deref(), last.map(|last| self.ladder.name(last.stage)), "{}", told());
            assert!(decided.goes_on, "neither an action nor a review: {}", told());
            self.moved(from, stage, last.map(|last| (on - last.on).num_days()), &decided.reason, &told);
            let stays = last.is_some() && from == stage;
            let entered_on = last.filter(|_| stays).map_or(on, |last| last.entered_on);
            self.seen.insert(decided.account, Seen { on, stage, entered_on });
            this_month.insert(decided.account);
            self.totals.entered += usize::from(last.is_none());
            self.totals.returned += usize::from(last.is_some() && !self.last_month.contains(&decided.account));
        }
        self.totals.vanished += self.last_month.difference(&this_month).count();
        self.totals.months += 1;
        self.totals.decisions += this_month.len();
        self.last_month = this_month;
        self.state(&night.state);
    }

    /// Up by no more than the steps of one decision, down only by a cure or an ease; a stage
    /// is left for a reason that moves, and kept for one that does not.
    fn moved(&mut self, from: usize, to: usize, since: Option<i64>, reason: &str, told: &dyn Fn() -> String) {
        let beside = self.ladder.is_beside(from) || self.ladder.is_beside(to);
        let fits = match reason {
            "cure" | "ease" | "condition" | "first" => to != from,
            "limited" => to > from || beside,
            "stays" | "dwell" | "after" | "repeat" => to == from,
            _ => false,
        };
        assert!(fits, "the reason does not fit from {from}: {}", told());
        if beside {
            return;
        }
        assert!(since != Some(0) || to <= from, "up twice on one day: {}", told());
        if to < from {
            assert!(
                matches!(reason, "cure" | "ease") || self.ladder.mode == Mode::Free,
                "down by {reason}: {}",
                told()
            );
        }
        if let Mode::Sequential { steps, catch_up } = self.ladder.mode
            && to > from
            && !(since.is_none() && self.ladder.first_skip)
        {
            let most = if catch_up { steps * since.unwrap_or(1) } else { steps };
            let taken = (from + 1..=to).filter(|stage| !self.ladder.is_beside(*stage)).count();
            assert!(i64::try_from(taken).unwrap() <= most, "{taken} steps up, {most} allowed: {}", told());
        }
        self.totals.up += usize::from(to > from);
        self.totals.down += usize::from(to < from);
        self.totals.cures += usize::from(to < from && reason == "cure");
        self.totals.eases += usize::from(to < from && reason == "ease");
    }

    /// The state holds every account ever decided, as its last decision left it.
    fn state(&self, state: &[Left]) {
        assert_eq!(state.len(), self.seen.len(), "accounts in the state");
        for left in state {
            let seen = &self.seen[&left.account];
            assert_eq!(left.decided_on, seen.on, "{left:?}");
            assert_eq!(self.number(&left.stage), seen.stage, "{left:?}");
            assert_eq!(left.days_in_stage, (seen.on - seen.entered_on).num_days(), "{left:?}");
        }
    }
}
