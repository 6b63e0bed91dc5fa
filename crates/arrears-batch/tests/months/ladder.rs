//! Where an account must stand: the declared rules of section 6 of the design, over plain
//! numbers and dates, without a line of the engine.

use crate::book::Line;
use chrono::NaiveDate;

pub(crate) type When = fn(&Line) -> bool;

/// How accounts move up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Over one rung after another, at most so many steps in a decision.
    Sequential { steps: i64, catch_up: bool },
    /// To the most severe rung, never down.
    Skip,
    /// To the most severe rung, up or down.
    Free,
}

/// A declared stage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    pub(crate) when: When,
    /// The stage that must have been reached before; 0 is `current`.
    pub(crate) after: usize,
    /// Days on the rung that is left.
    pub(crate) dwell: i64,
    pub(crate) beside: bool,
}

impl Stage {
    pub(crate) const fn new(name: &'static str, when: When) -> Self {
        Self { name, when, after: 0, dwell: 0, beside: false }
    }
}

/// A way down: its condition and where it leads.
pub(crate) type Down = (When, usize);

/// The declared ladder. Stages count from 1 in order of severity; `current` is 0.
#[derive(Clone, Debug)]
pub(crate) struct Ladder {
    pub(crate) stages: Vec<Stage>,
    pub(crate) cures: Vec<Down>,
    pub(crate) eases: Vec<Down>,
    /// Stages that only a cure leaves.
    pub(crate) latched: Vec<usize>,
    pub(crate) mode: Mode,
    /// An account without state enters the most severe rung at once.
    pub(crate) first_skip: bool,
}

/// What the last decision left of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) decided_on: NaiveDate,
    pub(crate) stage: usize,
    pub(crate) entered_on: NaiveDate,
    pub(crate) rung: usize,
    /// As of that decision; it stands still while the account is beside the ladder.
    pub(crate) days_on_rung: i64,
}

/// A decision's stage and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) stage: usize,
    pub(crate) before: Option<usize>,
    pub(crate) reason: &'static str,
}

/// The rung from which the ladder is read, the days on it, and the way down that led there.
#[derive(Clone, Copy)]
struct From {
    rung: usize,
    days: i64,
    down: Option<&'static str>,
}

impl Ladder {
    pub(crate) fn name(&self, stage: usize) -> &'static str {
        stage.checked_sub(1).map_or("current", |place| self.stages[place].name)
    }

    pub(crate) fn is_beside(&self, stage: usize) -> bool {
        stage.checked_sub(1).is_some_and(|place| self.stages[place].beside)
    }

    fn rungs_above(&self, rung: usize) -> impl DoubleEndedIterator<Item = (usize, &Stage)> {
        self.stages
            .iter()
            .enumerate()
            .map(|(place, stage)| (place + 1, stage))
            .filter(move |(number, stage)| *number > rung && !stage.beside)
    }

    /// Decides an account, and says what that leaves for its next decision.
    pub(crate) fn decide(&self, last: Option<&Standing>, line: &Line, as_of: NaiveDate) -> (Placed, Standing) {
        let before = last.map(|last| last.stage);
        let rung = last.map_or(0, |last| last.rung);
        let elapsed = last.map(|last| (as_of - last.decided_on).num_days());
        let counts = before.is_some_and(|stage| !self.is_beside(stage));
        let days = last.map_or(0, |last| last.days_on_rung) + if counts { elapsed.unwrap_or(0) } else { 0 };
        let beside = self.stages.iter().position(|stage| stage.beside && (stage.when)(line));
        let (stage, rung_now, reason) = match beside.map(|place| place + 1) {
            Some(stage) => (stage, rung, if before == Some(stage) { "stays" } else { "condition" }),
            None => {
                let (rung_now, reason) = self.on_the_ladder(before, From { rung, days, down: None }, elapsed, line);
                (rung_now, rung_now, reason)
            }
        };
        let standing = Standing {
            decided_on: as_of,
            stage,
            entered_on: last.filter(|last| last.stage == stage).map_or(as_of, |last| last.entered_on),
            rung: rung_now,
            days_on_rung: if last.is_some() && rung_now == rung { days } else { 0 },
        };
        (Placed { stage, before, reason }, standing)
    }

    fn on_the_ladder(
        &self,
        before: Option<usize>,
        stood: From,
        elapsed: Option<i64>,
        line: &Line,
    ) -> (usize, &'static str) {
        let from = self.down(stood, line);
        let at_once = before.is_none() && self.first_skip;
        let steps = match self.mode {
            Mode::Sequential { steps, catch_up: true } => steps * elapsed.unwrap_or(1).max(1),
            Mode::Sequential { steps, .. } => steps,
            Mode::Skip | Mode::Free => 1,
        };
        let reached = self.up(from, at_once, steps, line);
        if elapsed == Some(0) && reached > stood.rung {
            return (stood.rung, "repeat");
        }
        // Would more steps have led further?
        let limited = self.up(from, at_once, i64::MAX, line) > reached;
        let reason = if at_once && reached > 0 {
            "first"
        } else if reached < stood.rung {
            from.down.unwrap_or("condition")
        } else if reached > stood.rung {
            if limited { "limited" } else { "condition" }
        } else if before.unwrap_or(0) != reached {
            "condition"
        } else {
            self.why_no_higher(from, limited, line)
        };
        (reached, reason)
    }

    fn why_no_higher(&self, from: From, limited: bool, line: &Line) -> &'static str {
        let wanted = || self.rungs_above(from.rung).map(|(_, stage)| stage).filter(|stage| (stage.when)(line));
        if wanted().any(|stage| from.rung >= stage.after && from.days < stage.dwell) {
            "dwell"
        } else if wanted().any(|stage| from.rung < stage.after) {
            "after"
        } else if limited {
            "limited"
        } else {
            "stays"
        }
    }

    /// Cure first, then ease; each leads down only, and no ease out of a latched stage.
    fn down(&self, mut from: From, line: &Line) -> From {
        for (ways, word) in [(&self.cures, "cure"), (&self.eases, "ease")] {
            if word == "ease" && self.latched.contains(&from.rung) {
                continue;
            }
            if let Some((_, to)) = ways.iter().find(|(when, to)| from.rung > *to && when(line)) {
                from = From { rung: *to, days: 0, down: from.down.or(Some(word)) };
            }
        }
        from
    }

    /// The rung to which the ladder leads. A rung is open if its condition holds, the rung it
    /// comes after was reached before today, and its dwell is served on the rung that is left:
    /// a rung that is only passed today was stood on for no day.
    fn up(&self, from: From, at_once: bool, steps: i64, line: &Line) -> usize {
        let open = |stage: &Stage, days: i64| (stage.when)(line) && from.rung >= stage.after && days >= stage.dwell;
        if self.mode == Mode::Free {
            return self.rungs_above(0).rfind(|(_, stage)| (stage.when)(line)).map_or(0, |(number, _)| number);
        }
        if at_once || self.mode == Mode::Skip {
            let top = self.rungs_above(from.rung).rfind(|(_, stage)| open(stage, from.days));
            return top.map_or(from.rung, |(number, _)| number);
        }
        let (mut at, mut left) = (from.rung, steps);
        for (number, stage) in self.rungs_above(from.rung) {
            if left > 0 && open(stage, if at == from.rung { from.days } else { 0 }) {
                at = number;
                left -= 1;
            }
        }
        at
    }
}
