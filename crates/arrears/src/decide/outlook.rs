//! What a decision has seen, and for how long it stays as it was seen.
//!
//! One outlook serves a decision and the decisions of later days by which its next review
//! is found. A condition that cannot have changed since it was last read is not read again.

use super::line::{Day, LATER, Line};
use super::signs::Signs;
use super::until::{Lasting, Until};
use crate::condition::{Cond, FactId, Truth};
use crate::number::Cell;
use crate::policy::Policy;
use std::cell::{Cell as Slot, RefCell};

/// What has been seen.
pub(crate) struct Outlook<'a> {
    pub(super) policy: &'a Policy,
    /// The row of day 0.
    given: &'a [Cell],
    /// Whether somebody tells the days ahead, so that none of them is untold.
    pub(super) told_ahead: bool,
    day: Slot<Day>,
    /// The earliest ends of what the decision of this day has looked at.
    until: Slot<Day>,
    untold: Slot<Day>,
    /// What was read, by the number of the condition.
    read: Vec<Slot<Remembered>>,
    /// What was read before this day and may change overnight has changed.
    state_since: Slot<Day>,
    paused: Slot<bool>,
    pub(super) signs: RefCell<Signs>,
}

/// A truth that was read.
#[derive(Clone, Copy)]
struct Remembered {
    /// The day on which it was read.
    on: i16,
    /// Zero: it was not.
    until: i16,
    untold: i16,
    truth: Truth,
    state: bool,
}

const NOTHING: Remembered = Remembered { on: 0, until: 0, untold: 0, truth: Truth::Unknown, state: false };

fn short(day: Day) -> i16 {
    i16::try_from(day).unwrap_or(i16::MAX)
}

impl<'a> Outlook<'a> {
    pub(crate) fn new(policy: &'a Policy, given: &'a [Cell], told_ahead: bool) -> Self {
        let conditions = usize::try_from(policy.body.conditions).unwrap_or(0);
        Self {
            policy,
            given,
            told_ahead,
            day: Slot::new(0),
            until: Slot::new(LATER),
            untold: Slot::new(LATER),
            read: vec![Slot::new(NOTHING); conditions],
            state_since: Slot::new(0),
            paused: Slot::new(false),
            signs: RefCell::default(),
        }
    }

    #[inline]
    pub(crate) fn day(&self) -> Day {
        self.day.get()
    }

    /// Begins the decision of a later day.
    pub(crate) fn begin(&self, day: Day) {
        self.day.set(day);
        self.until.set(LATER);
        self.untold.set(LATER);
    }

    /// The state is not what the days before led to.
    pub(crate) fn state_changed(&self, day: Day) {
        self.state_since.set(day);
    }

    /// The facts are not what the days before led to.
    pub(crate) fn forget(&self) {
        for read in &self.read {
            read.set(NOTHING);
        }
        self.signs.borrow_mut().forget();
    }

    /// The first day on which something that was looked at may differ, as the row tells.
    pub(crate) fn until(&self) -> Day {
        self.until.get()
    }

    /// The first day of which the row does not tell something that was looked at.
    pub(crate) fn untold(&self) -> Day {
        self.untold.get()
    }

    #[inline]
    pub(crate) fn note(&self, seen: Lasting) {
        self.until.set(self.until.get().min(seen.until));
        self.untold.set(self.untold.get().min(seen.untold));
    }

    pub(super) fn note_line(&self, line: &Line) {
        self.until.set(self.until.get().min(line.turn));
        self.untold.set(self.untold.get().min(line.untold));
    }

    pub(crate) fn note_untold(&self, day: Day) {
        self.untold.set(self.untold.get().min(day));
    }

    /// While it is paused, nothing is remembered and nothing remembered is used.
    pub(super) fn pause(&self, paused: bool) {
        self.paused.set(paused);
    }

    /// Whether what was seen on a day is out of date, if a decision may change it overnight.
    pub(super) fn is_stale(&self, on: Day, state: bool) -> bool {
        state && on < self.state_since.get()
    }

    /// What is known of a condition without reading its parts.
    #[inline]
    pub(super) fn remembered(&self, until: &Until<'_>, cond: &Cond) -> Option<Lasting> {
        let number = usize::try_from(cond.number).ok()?;
        let read = self.read.get(number)?.get();
        if Day::from(read.until) > until.day && !self.paused.get() && !self.is_stale(Day::from(read.on), read.state) {
            return Some(Lasting {
                truth: read.truth,
                until: Day::from(read.until),
                untold: Day::from(read.untold),
                state: read.state,
            });
        }
        if self.policy.body.course.still.get(number).copied().unwrap_or(false) {
            let seen = Lasting::for_ever(cond.read(&until.row));
            self.remember(until.day, cond, seen);
            return Some(seen);
        }
        None
    }

    #[inline]
    pub(super) fn remember(&self, day: Day, cond: &Cond, seen: Lasting) {
        let slot = usize::try_from(cond.number).ok().and_then(|number| self.read.get(number));
        if let Some(slot) = slot.filter(|_| !self.paused.get()) {
            slot.set(Remembered {
                on: short(day),
                until: short(seen.until),
                untold: short(seen.untold),
                truth: seen.truth,
                state: seen.state,
            });
        }
    }

    /// The first day on which a count over a window may fall: as its companion column says,
    /// tomorrow if it says nothing, never if the count was zero to begin with.
    pub(super) fn falls(&self, id: FactId, drops: Option<FactId>) -> Day {
        let given = |id: FactId| self.given.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
        match given(id).get() {
            None | Some(0) => return LATER,
            Some(_) => {}
        }
        let drops = drops.map_or(Cell::UNKNOWN, given);
        match drops.get() {
            Some(days) => Day::try_from(days).map_or(LATER, |days| days.clamp(1, LATER)),
            None if drops.is_never() => LATER,
            None => 1,
        }
    }
}
