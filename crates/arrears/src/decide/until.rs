//! For how many days a truth surely stays, if nothing happens.
//!
//! One more reading of the same conditions. A number is a line over the coming days, for
//! as long as that is known; a truth comes with the first day on which it may differ.

use super::line::{HORIZON, Line, Loose, both, turned, withstands};
use crate::condition::{Cmp, FactId, NumOp, Reading, RowReading, ThresholdId, Truth, WordSet, operate};
use crate::facts::{Movement, StepEffect};
use crate::number::Cell;
use crate::policy::{Need, Policy};
use std::cell::OnceCell;

/// A truth and the first day, from 1 on, on which it may differ.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lasting {
    pub(crate) truth: Truth,
    pub(crate) until: i64,
    /// Whether it surely differs on that day.
    pub(crate) exact: bool,
}

/// The reading.
pub(crate) struct Until<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) row: RowReading<'a>,
    /// The first day on which a sign may come or go, once it has been asked for.
    signs: OnceCell<i64>,
}

impl<'a> Until<'a> {
    pub(crate) const fn new(policy: &'a Policy, row: RowReading<'a>) -> Self {
        Self { policy, row, signs: OnceCell::new() }
    }
}

impl Lasting {
    const fn for_ever(truth: Truth) -> Self {
        Self { truth, until: HORIZON, exact: false }
    }
}

impl Until<'_> {
    fn cell(&self, id: Option<FactId>) -> Cell {
        id.map_or(Cell::UNKNOWN, |id| self.row.cell(id))
    }

    fn dpd(&self) -> Option<i64> {
        self.cell(self.policy.body.known.dpd).get()
    }

    /// A fact over the coming days; one of the bank's own is unknown from the day on which
    /// it is too old.
    fn line(&self, id: FactId) -> Line {
        let mut line = self.movement(id);
        if let Some((age, days)) = self.policy.input(id).and_then(|input| input.valid)
            && !line.value.is_unknown()
        {
            let left = self.row.cell(age).get().map_or(1, |age| days.saturating_sub(age).saturating_add(1)).max(1);
            line.until = line.until.min(left);
            line.then = Loose::Any;
        }
        line
    }

    /// The movement of a fact from its value today.
    fn movement(&self, id: FactId) -> Line {
        let value = self.row.cell(id);
        let Some(input) = self.policy.input(id) else {
            return Line::still(value);
        };
        if matches!(input.need, Need::Assumed(_))
            && !matches!(input.movement, Movement::Derived)
            && value == input.absent()
            && value.get().is_none()
        {
            return Line::still(value);
        }
        if id == self.policy.body.known.days_since_decision {
            // They grow only on days on which nobody decides.
            return Line::until(value, 1, Loose::Rises);
        }
        if input.need == Need::Derived && value.is_unknown() {
            return Line::until(value, 1, Loose::Any);
        }
        let Some(number) = value.get() else {
            return match input.movement {
                Movement::Derived => Line::until(value, self.derived(&input.name), Loose::Any),
                _ => Line::still(value),
            };
        };
        match input.movement {
            Movement::Still => Line::still(value),
            Movement::Up => Line { slope: 1, ..Line::still(value) },
            Movement::Down => Line { slope: -1, ..Line::still(value) },
            Movement::Late if number > 0 => Line { slope: 1, ..Line::still(value) },
            Movement::Late => Line::until(value, self.runs_out(input.runs_out), Loose::Rises),
            Movement::Steps(step) => {
                let then = match step.effect {
                    StepEffect::AddOne | StepEffect::AddOneIf(_) => Loose::Rises,
                    StepEffect::Add(_) | StepEffect::Clear | StepEffect::Unknown => Loose::Any,
                };
                Line::until(value, self.runs_out(input.runs_out), then)
            }
            Movement::Expires => self.falling(value, input.drops_in),
            Movement::Reaches(days) => {
                let mut line = self.falling(value, input.drops_in);
                let dpd = self.dpd();
                let rises = match dpd {
                    Some(dpd) if dpd > 0 => days - dpd,
                    Some(_) => self.runs_out(input.runs_out).saturating_add(days - 1),
                    None => 1,
                };
                if rises > 0 && rises < HORIZON {
                    let both = line.until < HORIZON;
                    line.then = if both { Loose::Any } else { Loose::Rises };
                    line.until = line.until.min(rises);
                }
                line
            }
            Movement::Peak => {
                let falling = self.falling(value, input.drops_in);
                let rises = match self.dpd() {
                    Some(dpd) if dpd > 0 => (number - dpd + 1).max(1),
                    Some(_) => self.runs_out(input.runs_out),
                    None => 1,
                };
                let then = if falling.until < HORIZON { Loose::Any } else { Loose::Rises };
                Line::until(value, falling.until.min(rises), then)
            }
            Movement::Rises => Line::until(value, 1, Loose::Rises),
            Movement::Derived => Line::until(value, self.derived(&input.name), Loose::Any),
        }
    }

    /// The first day after a fact that runs down has passed zero.
    fn runs_out(&self, fact: Option<FactId>) -> i64 {
        match self.cell(fact).get() {
            Some(days) if days >= 0 => days.saturating_add(1).min(HORIZON),
            _ => HORIZON,
        }
    }

    fn falling(&self, value: Cell, drops_in: Option<FactId>) -> Line {
        if value == Cell::number(0) {
            return Line::still(value);
        }
        let drops = drops_in.map_or(Cell::UNKNOWN, |id| self.row.cell(id));
        let until = match drops.get() {
            Some(days) => days.max(1),
            None if drops.is_never() => HORIZON,
            None => 1,
        };
        Line::until(value, until.min(HORIZON), Loose::Falls)
    }

    /// The first day on which a derived fact may differ.
    fn derived(&self, name: &str) -> i64 {
        match name {
            "bucket" => {
                let edges = &self.policy.head().buckets;
                match self.dpd() {
                    Some(dpd) if dpd > 0 => {
                        edges.iter().map(|edge| edge - dpd).find(|days| *days > 0).unwrap_or(HORIZON)
                    }
                    Some(_) => self.runs_out(self.policy.body.known.days_to_due),
                    None => HORIZON,
                }
            }
            "willingness" | "ability" | "quadrant" => *self.signs.get_or_init(|| self.signs()),
            _ => HORIZON,
        }
    }

    /// The first day on which a sign may come or go.
    fn signs(&self) -> i64 {
        let mut until = HORIZON;
        for sign in self.policy.signs() {
            until = until.min(sign.when.read(self).until);
            if let Some(since) = sign.since
                && let Some(days) = self.row.cell(since).get()
                && days <= sign.lasts
            {
                until = until.min(sign.lasts - days + 1);
            }
        }
        until
    }

    /// The first day on which `cmp` over a line may differ from today.
    fn crossing(difference: Cell, slope: i64, cmp: Cmp, within: i64) -> i64 {
        let Some(today) = difference.get() else {
            return HORIZON;
        };
        let truth = cmp.holds(today, 0);
        if slope == 0 {
            return HORIZON;
        }
        // The days on which the line stands at zero or just past it are the only ones
        // on which a comparison with zero can change.
        let near = i64::try_from(-i128::from(today) / i128::from(slope)).unwrap_or(HORIZON);
        for day in [near - 1, near, near + 1, 1] {
            let differs = |day: i64| {
                let value = i128::from(today) + i128::from(slope) * i128::from(day);
                let sign = i64::try_from(value.signum()).unwrap_or(0);
                cmp.holds(sign, 0) != truth
            };
            if (1..=within).contains(&day) && differs(day) && (day == 1 || !differs(day - 1)) {
                return day;
            }
        }
        HORIZON
    }
}

impl Reading for Until<'_> {
    type Truth = Lasting;
    type Number = Line;

    fn fact(&self, id: FactId) -> Line {
        self.line(id)
    }
    fn literal(&self, value: i64) -> Line {
        Line::still(Cell::number(value))
    }
    fn threshold(&self, id: ThresholdId) -> Line {
        Line::still(self.row.threshold(id))
    }
    fn op(&self, op: NumOp, left: Line, right: Line) -> Line {
        let value = operate(op, left.value, right.value);
        let until = left.until.min(right.until);
        let moves = left.slope != 0 || right.slope != 0;
        match op {
            NumOp::Add => {
                Line { value, slope: left.slope.saturating_add(right.slope), until, then: both(left.then, right.then) }
            }
            NumOp::Sub => Line {
                value,
                slope: left.slope.saturating_sub(right.slope),
                until,
                then: both(left.then, turned(right.then)),
            },
            _ if moves => Line::until(value, 1, Loose::Any),
            NumOp::Min | NumOp::Max => Line::until(value, until, both(left.then, right.then)),
            _ if until < HORIZON => Line::until(value, until, Loose::Any),
            _ => Line::still(value),
        }
    }
    fn negate(&self, inner: Line) -> Line {
        Line { value: self.row.negate(inner.value), slope: -inner.slope, until: inner.until, then: turned(inner.then) }
    }
    fn abs(&self, inner: Line) -> Line {
        let value = self.row.abs(inner.value);
        if inner.slope != 0 {
            return Line::until(value, 1, Loose::Any);
        }
        Line::until(value, inner.until, if inner.then == Loose::Nothing { Loose::Nothing } else { Loose::Any })
    }
    fn number_or(&self, first: Line, second: Line) -> Line {
        if first.value.is_unknown() {
            let then = if first.then == Loose::Nothing { second.then } else { Loose::Any };
            return Line { until: first.until.min(second.until), then, ..second };
        }
        first
    }
    fn constant(&self, holds: bool) -> Lasting {
        Lasting::for_ever(Truth::of(holds))
    }
    fn flag(&self, id: FactId) -> Lasting {
        let line = self.line(id);
        Lasting { truth: self.row.flag(id), until: line.until, exact: false }
    }
    fn compare(&self, cmp: Cmp, left: Line, right: Line) -> Lasting {
        let truth = self.row.compare(cmp, left.value, right.value);
        let loose = both(left.then, turned(right.then));
        let slope = left.slope.saturating_sub(right.slope);
        let line_ends = left.until.min(right.until);
        let stays = slope == 0 && withstands(cmp, truth.is_true(), loose) && !truth.is_unknown();
        let ends = if stays { HORIZON } else { line_ends };
        if slope == 0 {
            return Lasting { truth, until: ends, exact: false };
        }
        let difference = operate(NumOp::Sub, left.value, right.value);
        let cross = Self::crossing(difference, slope, cmp, ends.min(HORIZON));
        Lasting { truth, until: ends.min(cross), exact: cross < ends }
    }
    fn within(&self, word: Line, set: WordSet) -> Lasting {
        Lasting { truth: self.row.within(word.value, set), until: word.until, exact: false }
    }
    fn debtor_type(&self, set: WordSet) -> Lasting {
        // The types have a day of their own, which bounds the whole decision.
        Lasting::for_ever(self.row.debtor_type(set))
    }
    fn known(&self, id: FactId) -> Lasting {
        let line = self.line(id);
        let until = if line.then == Loose::Any { line.until } else { HORIZON };
        Lasting { truth: self.row.known(id), until, exact: false }
    }
    fn not_yet(&self, id: FactId) -> Lasting {
        // Time makes nothing happen, but a fact may grow too old to be known.
        let line = self.line(id);
        let until = if line.then == Loose::Any { line.until } else { HORIZON };
        Lasting { truth: self.row.not_yet(id), until, exact: false }
    }
    fn not_since(&self, first: FactId, second: FactId) -> Lasting {
        // Days since something grow by a day each day, so that their order stays; days
        // to something shrink.
        let order = self.compare(Cmp::Gt, self.line(first), self.line(second));
        Lasting { truth: self.row.not_since(first, second), ..order }
    }
    fn not(&self, inner: Lasting) -> Lasting {
        Lasting { truth: inner.truth.not(), ..inner }
    }
    fn all(&self, parts: impl Iterator<Item = Lasting>) -> Lasting {
        join(parts, Truth::True, Truth::False)
    }
    fn any(&self, parts: impl Iterator<Item = Lasting>) -> Lasting {
        join(parts, Truth::False, Truth::True)
    }
    fn truth_or(&self, first: Lasting, second: Lasting) -> Lasting {
        if first.truth.is_unknown() {
            return Lasting { until: first.until.min(second.until), exact: false, ..second };
        }
        first
    }
}

/// Joins parts: with one part at `strong`, the join stays for as long as the longest of
/// those; otherwise for as long as every part stays.
fn join(parts: impl Iterator<Item = Lasting>, neutral: Truth, strong: Truth) -> Lasting {
    let mut longest: Option<Lasting> = None;
    let mut shortest = Lasting::for_ever(neutral);
    let mut unknown = false;
    for part in parts {
        if part.truth == strong {
            if longest.is_none_or(|longest| part.until > longest.until) {
                longest = Some(part);
            }
        } else {
            unknown |= part.truth.is_unknown();
            if part.until < shortest.until {
                shortest = part;
            }
        }
    }
    if let Some(longest) = longest {
        return Lasting { truth: strong, exact: false, ..longest };
    }
    let truth = if unknown { Truth::Unknown } else { neutral };
    Lasting { truth, exact: shortest.exact && !unknown, until: shortest.until }
}

impl Until<'_> {
    /// The day on which a date that lies ahead has passed: the next due date, an open
    /// promise.
    pub(crate) fn next_happening(&self) -> i64 {
        let known = &self.policy.body.known;
        self.runs_out(known.days_to_due).min(self.runs_out(known.promise_due_in))
    }

    /// Whether the account could fall late on a day that the row does not tell.
    pub(crate) fn due_date_unknown(&self) -> bool {
        self.dpd() == Some(0) && self.cell(self.policy.body.known.days_to_due).is_unknown()
    }

    /// Days until a number, growing by one a day, reaches another.
    pub(crate) fn reaches(&self, from: Cell, to: Cell) -> i64 {
        match (from.get(), to.get()) {
            (Some(from), Some(to)) if from < to => (to - from).min(HORIZON),
            _ => HORIZON,
        }
    }
}
