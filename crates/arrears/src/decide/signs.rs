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
    /// Whether each sign counts, on the day on which it was last looked at.
    counts: Vec<Truth>,
    /// Whether each was seen on that day.
    seen: Vec<bool>,
    /// Whether anything of it is known only up to some day.
    untold: Vec<bool>,
    /// The day on which it ends to count if it is never looked for again.
    idle_ends: Vec<Day>,
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
        self.signs.borrow().seen.get(index).copied().unwrap_or(false)
    }

    /// An axis of the assessment as the signs last looked for give it.
    pub(super) fn axis(&self, axis: Axis) -> Cell {
        let signs = self.signs.borrow();
        self.policy.axis(axis, |index, _| signs.counts.get(index).copied().unwrap_or(Truth::Unknown))
    }

    fn look_for_signs(&self, until: &Until<'_>) -> SignsAhead {
        // Without its last found ones: a sign reads no assessment, so nothing asks for them.
        let mut signs = self.signs.take();
        signs.counts.clear();
        signs.seen.clear();
        signs.untold.clear();
        let mut ahead = SignsAhead { on: until.day, until: LATER, untold: LATER, state: false };
        for (index, sign) in self.policy.body.signs.iter().enumerate() {
            let when = sign.when.read(until);
            if until.day == 0 {
                signs.idle_ends.push(idle_end(sign, when.truth, until));
            }
            let idle_end = signs.idle_ends.get(index).copied().unwrap_or(0);
            let counts = self.counted(sign, when, idle_end, until);
            ahead.until = ahead.until.min(counts.until);
            ahead.untold = ahead.untold.min(counts.untold);
            ahead.state |= counts.state;
            signs.seen.push(when.truth.is_true());
            signs.counts.push(counts.truth);
            signs.untold.push(counts.untold < LATER);
        }
        if ahead.untold < LATER && self.withstand(&signs) {
            ahead.untold = LATER;
        }
        signs.ahead = Some(ahead);
        self.signs.replace(signs);
        if until.day == 0 && self.assessed_otherwise(until) {
            ahead.until = 1;
            self.signs.borrow_mut().ahead = Some(ahead);
        }
        ahead
    }

    /// Whether a sign counts, over the coming days.
    fn counted(&self, sign: &Sign, when: Lasting, idle_end: Day, until: &Until<'_>) -> Lasting {
        let Some(since) = sign.since.map(|since| until.row.cell(since)) else { return when };
        let lasts = sign.lasting(since);
        let idle_end = if self.told_ahead { LATER } else { idle_end };
        if when.truth.is_true() {
            return Lasting { untold: when.untold.max(idle_end), ..when };
        }
        if !lasts.is_true() {
            return Lasting { truth: when.truth.max(lasts), ..when };
        }
        let left = since.get().map_or(LATER, |days| after(until.day, sign.lasts.saturating_sub(days).saturating_add(1)));
        Lasting { truth: Truth::True, until: when.until.min(left), untold: idle_end, ..when }
    }

    /// Whether no axis would differ if what is untold of the signs were unknown.
    fn withstand(&self, signs: &Signs) -> bool {
        let counts = |index: usize| signs.counts.get(index).copied().unwrap_or(Truth::Unknown);
        let drifts = |index: usize| signs.untold.get(index).copied().unwrap_or(true);
        [Axis::Willingness, Axis::Ability].into_iter().all(|axis| {
            let told = self.policy.axis(axis, |index, _| counts(index));
            let drifting = |index: usize| if drifts(index) { Truth::Unknown } else { counts(index) };
            // An axis that is unknown already may become known.
            !told.is_unknown() && told == self.policy.axis(axis, |index, _| drifting(index))
        })
    }

    /// Whether today's assessment was given and is not what the signs say, which tomorrow's
    /// will be.
    fn assessed_otherwise(&self, until: &Until<'_>) -> bool {
        let mut cells = until.row.cells.to_vec();
        self.assess(&mut cells);
        cells != until.row.cells
    }

    /// Sets what is computed from the signs as last looked for.
    pub(super) fn assess(&self, cells: &mut [Cell]) {
        for id in &self.policy.body.derived {
            let Moves::Derived(formula) = self.policy.body.course.motion(*id).moves else { continue };
            let found = match formula {
                Formula::Axis(axis) => self.axis(axis),
                Formula::Quadrant { .. } => self.policy.derived(formula, cells),
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
