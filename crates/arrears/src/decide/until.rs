//! For how many days a truth surely stays, if nothing happens.
//!
//! One more reading of the same conditions. A number is a line over the coming days; a
//! truth comes with the first day on which it may differ, and the first day of which the
//! row does not tell it.

use super::line::{Day, HORIZON, LATER, Line, Loose, after, both, crossing, withstands};
use super::outlook::Outlook;
use crate::condition::{
    Cmp, Cond, CondKind, FactId, NumKind, NumOp, Reading, RowReading, ThresholdId, Truth, WordSet, operate,
};
use crate::number::Cell;
use crate::policy::Policy;

/// A truth over the coming days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lasting {
    pub(crate) truth: Truth,
    /// The first day on which it may differ, as the row tells.
    pub(crate) until: Day,
    /// The first day of which the row does not tell it.
    pub(crate) untold: Day,
    /// Whether a decision may change it overnight.
    pub(crate) state: bool,
}

/// The reading, of the row as it is on a day.
#[derive(Clone, Copy)]
pub(crate) struct Until<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) row: RowReading<'a>,
    pub(crate) day: Day,
    pub(crate) outlook: &'a Outlook<'a>,
}

impl Lasting {
    pub(crate) const fn for_ever(truth: Truth) -> Self {
        Self { truth, until: LATER, untold: LATER, state: false }
    }

    /// By which of several truths that each decide alone one is taken: rather one that the row
    /// tells for good, then the one that stays longer.
    fn lasts(&self) -> (bool, Day) {
        (self.untold > HORIZON, self.sure())
    }

    /// The last day, plus one, on which the truth is sure to be this one.
    fn sure(&self) -> Day {
        self.until.min(self.untold)
    }

    /// A truth read off one number.
    const fn of(truth: Truth, line: &Line) -> Self {
        Self { truth, until: line.turn, untold: line.untold, state: line.state }
    }

    /// A question that only the end of knowledge can answer otherwise: whether a fact is
    /// known, whether it ever happened.
    const fn of_knowing(truth: Truth, line: &Line) -> Self {
        Self::of(truth, &line.if_any())
    }
}

impl Until<'_> {
    /// One number against another over the coming days, the truth of today given.
    pub(super) fn compared(&self, cmp: Cmp, truth: Truth, left: &Line, right: &Line, ends: Line) -> Lasting {
        let (Some(_), Some(_)) = (left.value.get(), right.value.get()) else {
            return Lasting::of(truth, &ends);
        };
        let (mut until, mut untold) = (ends.turn, ends.untold);
        let slope = i16::from(left.slope) - i16::from(right.slope);
        if slope == 0 {
            let stays = |moves| withstands(cmp, truth.is_true(), moves);
            if stays(both(ends.turns, ends.drifts)) {
                (until, untold) = (LATER, LATER);
            } else if stays(ends.turns) {
                until = LATER;
            } else if stays(ends.drifts) {
                untold = LATER;
            }
        } else {
            let difference = operate(NumOp::Sub, left.value, right.value);
            until = until.min(crossing(self.day, difference, slope, cmp));
        }
        Lasting { truth, until, untold, state: ends.state }
    }

    /// The lesser of two numbers, or the greater.
    fn chosen(&self, op: NumOp, left: &Line, right: &Line) -> Line {
        let value = operate(op, left.value, right.value);
        let ends = Line::computed(value, left, right);
        let (Some(a), Some(b)) = (left.value.get(), right.value.get()) else { return ends };
        if left.slope == right.slope {
            return Line { slope: left.slope, ..ends };
        }
        let lesser = op == NumOp::Min;
        let leads = if a == b { (left.slope < right.slope) == lesser } else { (a < b) == lesser };
        let (first, second) = if leads { (left, right) } else { (right, left) };
        // The other takes over on the day after the two meet.
        let closing = i64::from(first.slope) - i64::from(second.slope);
        let closing = if lesser { closing } else { -closing };
        let meets = if closing > 0 { a.abs_diff(b) / closing.unsigned_abs() } else { u64::MAX };
        let meets = i64::try_from(meets).unwrap_or(i64::MAX).saturating_add(1);
        Line { slope: first.slope, ..ends.unclear() }.turning(after(self.day, meets), Loose::Any)
    }
}

impl Until<'_> {
    /// Joins parts: with one part at `strong`, the join stays for as long as the longest of
    /// those that the row tells for good, or else of all of them; otherwise for as long as every
    /// part stays. Where a part at `strong` stays for
    /// longer than something else that was looked at, the rest need not be read, unless the
    /// row tells less of it than of another.
    fn join(&self, parts: impl Iterator<Item = Lasting>, neutral: Truth, strong: Truth) -> Lasting {
        let enough = self.outlook.enough();
        let mut longest: Option<Lasting> = None;
        let mut joined = Lasting::for_ever(neutral);
        for part in parts {
            if part.truth == strong {
                if part.sure() >= enough && part.untold > HORIZON {
                    return part;
                }
                if longest.is_none_or(|longest| part.lasts() > longest.lasts()) {
                    longest = Some(part);
                }
            } else {
                if part.truth.is_unknown() {
                    joined.truth = Truth::Unknown;
                }
                joined.until = joined.until.min(part.until);
                joined.untold = joined.untold.min(part.untold);
                joined.state |= part.state;
            }
        }
        longest.unwrap_or(joined)
    }
}

impl Reading for Until<'_> {
    type Truth = Lasting;
    type Number = Line;

    #[inline]
    fn short(&self, cond: &Cond) -> Option<Lasting> {
        if let Some(known) = self.outlook.remembered(self, cond) {
            return Some(known);
        }
        // The commonest condition by far, without lines for both sides.
        let CondKind::Compare(cmp, left, right) = &cond.kind else { return None };
        match (&left.kind, &right.kind) {
            (NumKind::Fact(id), NumKind::Literal(value)) => Some(self.against_fixed(*cmp, *id, Cell::number(*value))),
            (NumKind::Fact(id), NumKind::Threshold(number)) => {
                Some(self.against_fixed(*cmp, *id, self.row.threshold(*number)))
            }
            _ => None,
        }
    }
    #[inline]
    fn seen(&self, cond: &Cond, truth: Lasting) -> Lasting {
        if matches!(cond.kind, CondKind::Define(..)) {
            self.outlook.remember(self.day, cond, truth);
        }
        truth
    }
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
        match op {
            NumOp::Add => {
                let line = Line::computed(value, &left, &right);
                line.with_slope(self.day, left.slope.checked_add(right.slope)).fitting(self.day)
            }
            NumOp::Sub => {
                let right = right.turned();
                let line = Line::computed(value, &left, &right);
                line.with_slope(self.day, left.slope.checked_sub(right.slope)).fitting(self.day)
            }
            NumOp::Min | NumOp::Max => self.chosen(op, &left, &right),
            NumOp::Times | NumOp::TimesRatio | NumOp::RatioOf | NumOp::Over => {
                let ends = Line::computed(value, &left, &right).unclear();
                if left.slope == 0 && right.slope == 0 { ends } else { ends.turning(self.day + 1, Loose::Any) }
            }
        }
    }
    fn negate(&self, inner: Line) -> Line {
        let line = Line { value: self.row.negate(inner.value), slope: 0, ..inner.turned() };
        line.with_slope(self.day, inner.slope.checked_neg())
    }
    fn abs(&self, inner: Line) -> Line {
        let line = Line { value: self.row.abs(inner.value), ..inner.unclear() };
        let Some(number) = inner.value.get().filter(|_| inner.slope != 0) else { return line };
        let Some(up) = inner.slope.checked_abs() else { return line.with_slope(self.day, None) };
        if number == 0 || (number > 0) == (inner.slope > 0) {
            return Line { slope: up, ..line };
        }
        // It comes down to zero and goes up from there.
        let zero = number.unsigned_abs() / u64::from(inner.slope.unsigned_abs().max(1));
        let zero = i64::try_from(zero).unwrap_or(i64::MAX).saturating_add(1);
        Line { slope: -up, ..line }.turning(after(self.day, zero), Loose::Any)
    }
    fn number_or(&self, first: Line, second: Line) -> Line {
        if !first.value.is_unknown() {
            return first;
        }
        // What the first turns to, once it is known, has nothing to do with the second.
        let first = first.unclear();
        let ends = Line { state: first.state || second.state, ..second };
        ends.turning(first.turn, first.turns).drifting(first.untold, first.drifts)
    }
    fn constant(&self, holds: bool) -> Lasting {
        Lasting::for_ever(Truth::of(holds))
    }
    fn flag(&self, id: FactId) -> Lasting {
        Lasting::of(self.row.flag(id), &self.line(id))
    }
    #[inline]
    fn compare(&self, cmp: Cmp, left: Line, right: Line) -> Lasting {
        let truth = self.row.compare(cmp, left.value, right.value);
        self.compared(cmp, truth, &left, &right, left.against(&right.turned()))
    }
    fn within(&self, word: Line, set: WordSet) -> Lasting {
        Lasting::of(self.row.within(word.value, set), &word)
    }
    fn debtor_type(&self, set: WordSet) -> Lasting {
        // The types have a day of their own, which bounds the whole decision.
        Lasting::for_ever(self.row.debtor_type(set))
    }
    fn known(&self, id: FactId) -> Lasting {
        Lasting::of_knowing(self.row.known(id), &self.line(id))
    }
    fn not_yet(&self, id: FactId) -> Lasting {
        // Time makes nothing happen, but a fact may grow too old to be known.
        Lasting::of_knowing(self.row.not_yet(id), &self.line(id))
    }
    fn not_since(&self, first: FactId, second: FactId) -> Lasting {
        // Days since something grow by a day each day, so that their order stays; days
        // to something shrink.
        let truth = self.row.not_since(first, second);
        let (first, second) = (self.line(first), self.line(second));
        let ends = if first.value.is_never() { first } else { first.ends_with(&second.turned()) };
        self.compared(Cmp::Gt, truth, &first, &second, ends)
    }
    fn not(&self, inner: Lasting) -> Lasting {
        Lasting { truth: inner.truth.not(), ..inner }
    }
    fn all(&self, parts: impl Iterator<Item = Lasting>) -> Lasting {
        self.join(parts, Truth::True, Truth::False)
    }
    fn any(&self, parts: impl Iterator<Item = Lasting>) -> Lasting {
        self.join(parts, Truth::False, Truth::True)
    }
    fn truth_or(&self, first: Lasting, second: Lasting) -> Lasting {
        if !first.truth.is_unknown() {
            return first;
        }
        Lasting {
            until: first.until.min(second.until),
            untold: first.untold.min(second.untold),
            state: first.state || second.state,
            ..second
        }
    }
}
