//! The signs of a person over the coming days.
//!
//! A sign that lasts counts for some days after it was last seen. Who is decided every
//! night is seen every night; who is decided only today was last seen today. Up to the day
//! on which the two part, a row tells what counts.

use super::line::{Day, LATER, after};
use super::outlook::Outlook;
use super::until::{Lasting, Until};
use crate::condition::Truth;
use crate::number::Cell;
use crate::policy::{Axis, Formula, Moves, Sign};

/// What is known of the signs.
#[derive(Debug, Default)]
pub(super) struct Signs {
    ahead: Option<SignsAhead>,
    /// Each sign, on the day on which it was last looked for.
    found: Vec<Found>,
}

/// What is known of one sign.
#[derive(Clone, Copy, Debug)]
struct Found {
    seen: bool,
    counts: Truth,
    /// Whether that is told for every day.
    told: bool,
    /// The day on which it ends to count if it is never looked for again.
    idle_end: Day,
    /// The first day on which a night may have seen it since it was last seen, though the row
    /// does not tell.
    unseen: Day,
}

/// For how long the signs stay as they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignsAhead {
    on: Day,
    /// The first day on which one may come or go, as the row tells.
    pub(super) until: Day,
    /// The first day of which the row does not tell an axis.
    pub(super) untold: Day,
    /// Whether a decision may change one overnight.
    pub(super) state: bool,
}

impl Signs {
    pub(super) fn forget(&mut self) {
        self.ahead = None;
    }
}

impl Outlook<'_> {
    /// The signs over the coming days.
    pub(super) fn signs(&self, until: &Until<'_>) -> SignsAhead {
        let known = self.signs.borrow().ahead;
        match known.filter(|known| known.until > until.day && !self.is_stale(known.on, known.state)) {
            Some(ahead) => ahead,
            None => self.look_for_signs(until),
        }
    }

    /// Whether the signs must be looked for anew on a day.
    pub(super) fn signs_are_stale(&self, day: Day) -> bool {
        let known = self.signs.borrow().ahead;
        known.is_none_or(|known| known.until <= day || self.is_stale(known.on, known.state))
    }

    /// Whether a sign was seen when the signs were last looked for.
    pub(super) fn is_seen(&self, index: usize) -> bool {
        self.signs.borrow().found.get(index).is_some_and(|sign| sign.seen)
    }

    fn axis(&self, axis: Axis, signs: &Signs) -> Cell {
        self.policy.axis(axis, |index, _| signs.found.get(index).map_or(Truth::Unknown, |sign| sign.counts))
    }

    fn look_for_signs(&self, until: &Until<'_>) -> SignsAhead {
        // A sign reads no assessment, so nothing asks for the signs meanwhile.
        let mut signs = self.signs.take();
        let mut ahead = SignsAhead { on: until.day, until: LATER, untold: LATER, state: false };
        signs.found.reserve(self.policy.body.signs.len());
        for (index, sign) in self.policy.body.signs.iter().enumerate() {
            let when = sign.when.read(until);
            let before = signs.found.get(index).copied();
            let idle_end = before.map_or_else(|| idle_end(sign, when.truth, until), |found| found.idle_end);
            let seen = when.truth.is_true();
            let unseen = if seen { LATER } else { before.map_or(LATER, |found| found.unseen).min(when.untold) };
            let counts = self.counted(sign, when, (idle_end, unseen), until);
            ahead.until = ahead.until.min(counts.until);
            ahead.untold = ahead.untold.min(counts.untold);
            ahead.state |= counts.state;
            let found = Found { seen, counts: counts.truth, told: counts.untold == LATER, idle_end, unseen };
            match signs.found.get_mut(index) {
                Some(slot) => *slot = found,
                None => signs.found.push(found),
            }
        }
        if ahead.untold < LATER && self.withstand(&signs) {
            ahead.untold = LATER;
        }
        if until.day == 0 && self.assessed_otherwise(&signs, until) {
            ahead.until = 1;
        }
        signs.ahead = Some(ahead);
        self.signs.replace(signs);
        ahead
    }

    /// Whether a sign counts, over the coming days.
    fn counted(&self, sign: &Sign, when: Lasting, (idle_end, unseen): (Day, Day), until: &Until<'_>) -> Lasting {
        let Some(since) = sign.since.map(|since| until.row.cell(since)) else { return when };
        let lasts = sign.lasting(since);
        let idle_end = if self.told_ahead { LATER } else { idle_end };
        if when.truth.is_true() {
            return Lasting { untold: when.untold.max(idle_end), ..when };
        }
        if !lasts.is_true() {
            return Lasting { truth: when.truth.max(lasts), untold: when.untold.min(unseen), ..when };
        }
        let left =
            since.get().map_or(LATER, |days| after(until.day, sign.lasts.saturating_sub(days).saturating_add(1)));
        Lasting { truth: Truth::True, until: when.until.min(left), untold: idle_end, ..when }
    }

    /// Whether no axis would differ if what is untold of the signs were unknown.
    fn withstand(&self, signs: &Signs) -> bool {
        let told = |index: usize| {
            let sign = signs.found.get(index).filter(|sign| sign.told);
            sign.map_or(Truth::Unknown, |sign| sign.counts)
        };
        [Axis::Willingness, Axis::Ability].into_iter().all(|axis| {
            let found = self.axis(axis, signs);
            // An axis that is unknown already may become known.
            !found.is_unknown() && found == self.policy.axis(axis, |index, _| told(index))
        })
    }

    /// Whether today's assessment was given and is not what the signs say, which tomorrow's
    /// will be.
    fn assessed_otherwise(&self, signs: &Signs, until: &Until<'_>) -> bool {
        self.policy.body.derived.iter().any(|id| {
            let found = match self.policy.body.course.motion(*id).moves {
                Moves::Derived(Formula::Axis(axis)) => self.axis(axis, signs),
                Moves::Derived(formula @ Formula::Quadrant { .. }) => self.policy.derived(formula, until.row.cells),
                _ => return false,
            };
            found != until.row.cell(*id)
        })
    }

    /// Sets what is computed from the signs as last looked for.
    pub(super) fn assess(&self, cells: &mut [Cell]) {
        let signs = self.signs.borrow();
        for id in &self.policy.body.derived {
            let found = match self.policy.body.course.motion(*id).moves {
                Moves::Derived(Formula::Axis(axis)) => self.axis(axis, &signs),
                Moves::Derived(formula @ Formula::Quadrant { .. }) => self.policy.derived(formula, cells),
                _ => continue,
            };
            if let Some(cell) = cells.get_mut(id.index()) {
                *cell = found;
            }
        }
    }
}

/// The day on which a sign ends to count if nobody looks for it after day 0.
fn idle_end(sign: &Sign, seen: Truth, until: &Until<'_>) -> Day {
    let Some(since) = sign.since else { return 0 };
    let since = if seen.is_true() { Some(0) } else { until.row.cell(since).get() };
    since.map_or(0, |days| match sign.lasts.saturating_sub(days).saturating_add(1) {
        left if left > 0 => after(0, left),
        _ => 0,
    })
}
