//! A fact over the coming days, if nothing happens.

use super::line::{Day, LATER, Line, Loose, after};
use super::until::{Lasting, Until};
use crate::condition::{Cmp, FactId, Reading};
use crate::number::Cell;
use crate::policy::{Formula, Hidden, Motion, Moves, OnStep};

impl Until<'_> {
    /// A fact over the coming days; one of the bank's own is unknown from the day on which
    /// it is too old.
    #[inline]
    pub(super) fn line(&self, id: FactId) -> Line {
        let value = self.row.cell(id);
        let motion = self.policy.body.course.motion(id);
        if motion.stands(value) {
            Line { state: motion.state, ..Line::still(value) }
        } else {
            self.moving(id, value, motion)
        }
    }

    /// A fact against a number that is always the same.
    #[inline]
    pub(super) fn against_fixed(&self, cmp: Cmp, id: FactId, number: Cell) -> Lasting {
        let value = self.row.cell(id);
        let truth = self.row.compare(cmp, value, number);
        let motion = self.policy.body.course.motion(id);
        if motion.stands(value) {
            return Lasting { state: motion.state, ..Lasting::for_ever(truth) };
        }
        let line = self.moving(id, value, motion);
        self.compared(cmp, truth, &line, &Line::still(number), line)
    }

    fn moving(&self, id: FactId, value: Cell, motion: &Motion) -> Line {
        let mut line = self.movement(id, value, motion.moves).fitting(self.day);
        line.state |= motion.state;
        if let Some((age, days)) = motion.valid
            && !value.is_unknown()
        {
            let left = self.row.cell(age).get().map_or(1, |age| days.saturating_sub(age).saturating_add(1).max(1));
            line = line.turning(after(self.day, left), Loose::Any);
        }
        line
    }

    fn movement(&self, id: FactId, value: Cell, moves: Moves) -> Line {
        let still = Line::still(value);
        let number = value.get();
        match (moves, number) {
            (Moves::Decided, _) => return self.decided(value),
            // Tonight's decision may find the sign; then the days begin anew.
            (Moves::Seen, _) => {
                return self.drift(still.turning(self.day + 1, Loose::Any), 2, Loose::Any);
            }
            (Moves::Derived(formula), _) => return self.derived(value, formula),
            _ => {}
        }
        let Some(number) = number else { return self.begins(still, moves) };
        match moves {
            Moves::Still | Moves::Decided | Moves::Seen | Moves::Derived(_) => still,
            Moves::OnRung if self.beside() => still,
            Moves::Up | Moves::OnRung => Line::sloping(value, 1),
            Moves::Down => Line::sloping(value, -1),
            Moves::Late { .. } if number > 0 => Line::sloping(value, 1),
            Moves::Late { due, hidden } => {
                let line = still.turning(self.passes(due), Loose::Rises);
                match hidden {
                    Hidden::Never => line,
                    Hidden::WhileLate if self.dpd() == Some(0) => line,
                    Hidden::WhileLate | Hidden::Always => self.drift(line, 1, Loose::Rises),
                }
            }
            Moves::Begins | Moves::Ages { months: false } => Line::sloping(value, 1),
            Moves::Ages { months: true } => self.drift(still, 1, Loose::Rises),
            Moves::Steps { when, effect } => {
                let turns = match effect {
                    OnStep::AddOne => Loose::Rises,
                    OnStep::AddOneIf(flag) if !self.cell(flag).is_unknown() => Loose::Rises,
                    OnStep::AddOneIf(_) | OnStep::Add(_) | OnStep::Clear | OnStep::Unknown => Loose::Any,
                };
                still.turning(self.passes(when), turns)
            }
            Moves::Expires { drops } => self.falling((id, drops), false, still),
            Moves::Reaches { days, drops } => self.reaching(days, self.falling((id, drops), true, still)),
            Moves::Peak { drops } => self.peak(id, drops, number),
            Moves::Rises => self.drift(still, 1, Loose::Rises),
        }
    }

    /// What has never begun begins when the account falls late.
    fn begins(&self, still: Line, moves: Moves) -> Line {
        let late = self.passes(self.policy.body.course.days_to_due);
        match moves {
            Moves::Begins if still.value.is_never() => still.turning(late, Loose::Any),
            Moves::Ages { .. } if still.value.is_never() => {
                self.drift(still.turning(late, Loose::Any), late, Loose::Any)
            }
            _ => still,
        }
    }

    /// Drift, unless somebody else tells of every day.
    fn drift(&self, line: Line, untold: Day, drifts: Loose) -> Line {
        if self.outlook.told_ahead { line } else { line.drifting(untold, drifts) }
    }

    /// Days since the last decision: one, from tomorrow on, where every night is decided.
    /// A row does not tell whether it is.
    fn decided(&self, value: Cell) -> Line {
        let mut line = Line::still(value);
        if value != Cell::number(1) {
            line = line.turning(self.day + 1, Loose::Any);
        }
        Line { state: true, ..self.drift(line, 2, Loose::Rises) }
    }

    /// The day after a fact that runs down was zero.
    fn passes(&self, fact: Option<FactId>) -> Day {
        match self.cell(fact).get() {
            Some(days) if days >= 0 => after(self.day, days.saturating_add(1)),
            _ => LATER,
        }
    }

    fn falling(&self, (id, drops): (FactId, Option<FactId>), rises: bool, line: Line) -> Line {
        self.drift(line, self.outlook.falls(id, drops, rises), Loose::Falls)
    }

    /// A count that rises on the day on which the account is `days` late.
    fn reaching(&self, days: i64, line: Line) -> Line {
        match self.dpd() {
            Some(dpd) if dpd > 0 => line.turning(after(self.day, days.saturating_sub(dpd)), Loose::Rises),
            Some(_) => {
                let late = self.passes(self.policy.body.course.days_to_due);
                let turn = if late < LATER { after(late, days.saturating_sub(1)).min(LATER) } else { LATER };
                line.turning(if days == 1 { late } else { turn }, Loose::Rises)
            }
            None => self.drift(line, 1, Loose::Rises),
        }
    }

    fn peak(&self, id: FactId, drops: Option<FactId>, number: i64) -> Line {
        let value = Cell::number(number);
        let line = self.falling((id, drops), true, Line::still(value));
        match self.dpd() {
            // The account stands at its peak and takes it along.
            Some(dpd) if dpd > 0 && dpd == number => Line::sloping(value, 1),
            Some(dpd) if dpd > 0 => {
                let turn = number.saturating_sub(dpd).saturating_add(1).max(1);
                line.turning(after(self.day, turn), Loose::Rises)
            }
            Some(_) => {
                let late = self.passes(self.policy.body.course.days_to_due);
                let turn = if late < LATER && number > 0 { after(late, number) } else { late };
                line.turning(turn, Loose::Rises)
            }
            None => self.drift(line, 1, Loose::Rises),
        }
    }

    fn derived(&self, value: Cell, formula: Formula) -> Line {
        let still = Line::still(value);
        match formula {
            Formula::Bucket(dpd) => match self.cell(dpd).get() {
                Some(dpd) => {
                    let edges = &self.policy.body.head.buckets;
                    let next = edges.iter().copied().find(|edge| *edge > dpd.max(0));
                    let Some(next) = next else { return still };
                    let turn = if dpd > 0 {
                        after(self.day, next.saturating_sub(dpd))
                    } else {
                        match self.passes(self.policy.body.course.days_to_due) {
                            late if late < LATER && next > 1 => after(late, next.saturating_sub(1)),
                            late => late,
                        }
                    };
                    still.turning(turn, Loose::Rises)
                }
                None => self.given(still, Cell::UNKNOWN),
            },
            Formula::Utilisation { .. } | Formula::Reachable { .. } => {
                self.given(still, self.policy.derived(formula, self.row.cells))
            }
            Formula::Axis(_) | Formula::Quadrant { .. } => {
                let signs = self.outlook.signs(self);
                let line = still.turning(signs.until, Loose::Any).drifting(signs.untold, Loose::Any);
                Line { state: signs.state, ..line }
            }
            Formula::Nothing => still,
        }
    }

    /// A derived fact of today; it was given if it cannot be computed so, and is computed
    /// anew tomorrow.
    fn given(&self, line: Line, computed: Cell) -> Line {
        if line.value == computed { line } else { line.turning(self.day + 1, Loose::Any) }
    }

    fn cell(&self, id: Option<FactId>) -> Cell {
        id.map_or(Cell::UNKNOWN, |id| self.row.cell(id))
    }

    fn dpd(&self) -> Option<i64> {
        self.cell(self.policy.body.course.dpd).get()
    }

    fn beside(&self) -> bool {
        self.policy.is_beside(self.row.cell(self.policy.body.known.previous_stage))
    }
}
