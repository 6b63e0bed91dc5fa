//! What a decision has seen, and for how long it stays as it was seen.
//!
//! One outlook serves a decision and the decisions of later days by which its next review
//! is found. A condition that cannot have changed since it was last read is not read again.

use super::line::{Day, HORIZON, LATER, Line};
use super::signs::Signs;
use super::until::{Lasting, Until};
use crate::condition::{Cond, FactId, Truth};
use crate::number::Cell;
use crate::policy::{Policy, Stirs};
use std::cell::{Cell as Slot, RefCell};

/// What has been seen.
pub(crate) struct Outlook<'a> {
    pub(super) policy: &'a Policy,
    /// The row of day 0.
    given: &'a [Cell],
    /// Whether somebody tells the days ahead, so that none of them is untold.
    pub(super) told_ahead: bool,
    day: Slot<Day>,
    /// The earliest ends of what the steps of the decision have looked at.
    ends: [Slot<Ends>; 3],
    step: Slot<usize>,
    /// What was read, by the number of the condition.
    read: Vec<Slot<Remembered>>,
    /// What was read before this day and may change overnight has changed.
    state_since: Slot<Day>,
    paused: Slot<bool>,
    pub(super) signs: RefCell<Signs>,
}

/// A step of a decision, as far as a review is for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Holds,
    Types,
    /// The stage and the turn of its treatments.
    Turn,
}

/// The ends of what a step looked at.
#[derive(Clone, Copy)]
struct Ends {
    on: Day,
    until: Day,
    untold: Day,
    state: bool,
}

const OPEN: Ends = Ends { on: 0, until: LATER, untold: LATER, state: false };

/// A truth that was read.
#[derive(Clone, Copy)]
struct Remembered {
    /// The day on which it was read.
    on: Day,
    /// Zero: it was not.
    until: Day,
    untold: Day,
    truth: Truth,
    state: bool,
}

const NOTHING: Remembered = Remembered { on: 0, until: 0, untold: 0, truth: Truth::Unknown, state: false };

impl<'a> Outlook<'a> {
    pub(crate) fn new(policy: &'a Policy, given: &'a [Cell], told_ahead: bool) -> Self {
        let conditions = usize::try_from(policy.body.conditions).unwrap_or(0);
        Self {
            policy,
            given,
            told_ahead,
            day: Slot::new(0),
            ends: [Slot::new(OPEN), Slot::new(OPEN), Slot::new(OPEN)],
            step: Slot::new(0),
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
    }

    /// Begins a step of the decision: what it looked at before is let go.
    pub(crate) fn look(&self, step: Step) {
        let step = step as usize;
        self.step.set(step);
        if let Some(ends) = self.ends.get(step) {
            ends.set(Ends { on: self.day(), ..OPEN });
        }
    }

    /// Whether a step would look at what it looked at before, and see the same.
    pub(crate) fn sees_the_same(&self, step: Step) -> bool {
        let ends = self.ends.get(step as usize).map(Slot::get);
        ends.is_some_and(|ends| ends.until > self.day() && !self.is_stale(ends.on, ends.state))
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
        // Every step looks again.
        for ends in &self.ends {
            ends.set(Ends { until: 0, ..OPEN });
        }
        self.signs.borrow_mut().forget();
    }

    /// The first day on which something that was looked at may differ, as the row tells.
    pub(crate) fn until(&self) -> Day {
        self.ends.iter().map(|ends| ends.get().until).min().unwrap_or(LATER)
    }

    /// The first day of which the row does not tell something that was looked at.
    pub(crate) fn untold(&self) -> Day {
        self.ends.iter().map(|ends| ends.get().untold).min().unwrap_or(LATER)
    }

    /// What surely stays up to this day need not be looked into further: something else may
    /// differ by then, or it lies beyond the horizon.
    #[inline]
    pub(super) fn enough(&self) -> Day {
        self.until().min(self.untold()).min(HORIZON + 1)
    }

    #[inline]
    pub(crate) fn note(&self, seen: Lasting) {
        if let Some(slot) = self.ends.get(self.step.get()) {
            let ends = slot.get();
            slot.set(Ends {
                on: ends.on,
                until: ends.until.min(seen.until),
                untold: ends.untold.min(seen.untold),
                state: ends.state || seen.state,
            });
        }
    }

    pub(super) fn note_line(&self, line: &Line) {
        self.note(Lasting { truth: Truth::Unknown, until: line.turn, untold: line.untold, state: line.state });
    }

    /// From a day on it may differ.
    pub(crate) fn note_until(&self, day: Day) {
        self.note(Lasting { truth: Truth::Unknown, until: day, untold: LATER, state: false });
    }

    pub(crate) fn note_untold(&self, day: Day) {
        self.note(Lasting { truth: Truth::Unknown, until: LATER, untold: day, state: false });
    }

    /// While it is paused, nothing is remembered and nothing remembered is used.
    pub(super) fn pause(&self, paused: bool) {
        self.paused.set(paused);
    }

    /// Whether what was seen on a day is out of date, if a decision may change it overnight.
    pub(super) fn is_stale(&self, on: Day, state: bool) -> bool {
        state && on < self.state_since.get()
    }

    /// What was read of a condition, if it cannot have changed since.
    #[inline]
    pub(super) fn kept(&self, day: Day, cond: &Cond) -> Option<Lasting> {
        let read = self.read.get(usize::try_from(cond.number).ok()?)?.get();
        let fresh = read.until > day && !self.paused.get() && !self.is_stale(read.on, read.state);
        fresh.then_some(Lasting { truth: read.truth, until: read.until, untold: read.untold, state: read.state })
    }

    /// What is known of a condition without reading its parts.
    #[inline]
    pub(super) fn remembered(&self, until: &Until<'_>, cond: &Cond) -> Option<Lasting> {
        let number = usize::try_from(cond.number).ok()?;
        let stirs = self.policy.body.course.stirs.get(number).copied().unwrap_or_default();
        match stirs {
            Stirs::Sometimes => None,
            Stirs::Never => Some(Lasting::for_ever(cond.read(&until.row))),
            Stirs::AndIsKept => self.kept(until.day, cond),
        }
    }

    /// Keeps what was read of a condition as a whole.
    #[inline]
    pub(super) fn remember(&self, day: Day, cond: &Cond, seen: Lasting) {
        let slot = usize::try_from(cond.number).ok().and_then(|number| self.read.get(number));
        if let Some(slot) = slot.filter(|_| !self.paused.get()) {
            slot.set(Remembered {
                on: day,
                until: seen.until,
                untold: seen.untold,
                truth: seen.truth,
                state: seen.state,
            });
        }
    }

    /// The first day on which a count over a window may fall: as its companion column says,
    /// tomorrow if it says nothing, never if the count was zero to begin with. One that may
    /// `rise` meanwhile may fall even so on the day that the column says.
    pub(super) fn falls(&self, id: FactId, drops: Option<FactId>, rises: bool) -> Day {
        let given = |id: FactId| self.given.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
        let drops = drops.map_or(Cell::UNKNOWN, given);
        falls(given(id), drops, rises).map_or(LATER, |days| Day::try_from(days).map_or(LATER, |days| days.min(LATER)))
    }
}

/// In how many days a count over a window may fall; none if it never does.
pub(super) fn falls(count: Cell, drops: Cell, rises: bool) -> Option<i64> {
    match (count.get()?, drops.get()) {
        (0, Some(days)) if rises => Some(days.max(1)),
        (0, _) => None,
        (_, Some(days)) => Some(days.max(1)),
        (_, None) => (!drops.is_never()).then_some(1),
    }
}
