//! Conditions read into operations on lanes: one more reading of the one walk.

use super::lane::{N, T, Width};
use super::program::{Op, Part};
use arrears::Cell;
use arrears::condition::{Cmp, Cond, FactId, NumOp, Reading, ThresholdId, Truth, WordSet, compare, not_since, operate};
use arrears::policy::Policy;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Operations in the making. Work that several conditions share is written once: a
/// condition that was read before is its lane.
pub(super) struct Build<'p> {
    pub(super) policy: &'p Policy,
    parts: RefCell<Parts>,
}

#[derive(Default)]
struct Parts {
    ops: Vec<Op>,
    facts: Vec<N>,
    bytes: usize,
    narrow: usize,
    wide: usize,
    splats: Vec<(N, Cell)>,
    truths: Vec<(usize, Truth)>,
    /// By the number of the condition.
    read: Vec<Option<T>>,
    numbers: Vec<((NumOp, N, N), N)>,
    /// By the lane of an opposite, the lane whose opposite it is.
    opposites: BTreeMap<usize, usize>,
}

/// What is left of it when every statement was read.
pub(super) struct Built {
    pub(super) ops: Vec<Op>,
    pub(super) facts: Vec<N>,
    pub(super) bytes: usize,
    pub(super) narrow: usize,
    pub(super) wide: usize,
    pub(super) splats: Vec<(N, Cell)>,
    pub(super) truths: Vec<(usize, Truth)>,
}

impl<'p> Build<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        let conditions = usize::try_from(policy.condition_count()).unwrap_or(0);
        let facts = vec![N::Const(Cell::UNKNOWN); policy.inputs().len()];
        Self { policy, parts: RefCell::new(Parts { facts, read: vec![None; conditions], ..Parts::default() }) }
    }

    pub(super) fn finish(self) -> Built {
        let Parts { ops, facts, bytes, narrow, wide, splats, truths, .. } = self.parts.into_inner();
        Built { ops, facts, bytes, narrow, wide, splats, truths }
    }

    pub(super) fn emit(&self, op: Op) {
        self.parts.borrow_mut().ops.push(op);
    }

    /// How many operations there are so far.
    pub(super) fn len(&self) -> usize {
        self.parts.borrow().ops.len()
    }

    /// A new lane of bytes.
    pub(super) fn byte(&self) -> usize {
        let mut parts = self.parts.borrow_mut();
        parts.bytes += 1;
        parts.bytes - 1
    }

    fn wide(&self) -> usize {
        let mut parts = self.parts.borrow_mut();
        parts.wide += 1;
        parts.wide - 1
    }

    pub(super) fn narrow(&self) -> usize {
        let mut parts = self.parts.borrow_mut();
        parts.narrow += 1;
        parts.narrow - 1
    }

    /// A new lane of a width.
    pub(super) fn lane(&self, width: Width) -> N {
        match width {
            Width::Byte => N::Byte(self.byte()),
            Width::Narrow => N::Narrow(self.narrow()),
            Width::Wide => N::Wide(self.wide()),
        }
    }

    /// A new lane as wide as the fact needs.
    pub(super) fn lane_for(&self, fact: FactId) -> N {
        let width = self.policy.input(fact).map_or(Width::Wide, |input| Width::of(input.kind, input.words.len()));
        self.lane(width)
    }

    /// Where a fact is found.
    pub(super) fn found(&self, fact: FactId) -> N {
        self.parts.borrow().facts.get(fact.index()).copied().unwrap_or(N::Const(Cell::UNKNOWN))
    }

    /// Says where a fact is found from here on.
    pub(super) fn put(&self, fact: FactId, number: N) {
        if let Some(slot) = self.parts.borrow_mut().facts.get_mut(fact.index()) {
            *slot = number;
        }
    }

    /// A lane that holds one cell in every row.
    pub(super) fn splat(&self, fact: FactId, cell: Cell) -> N {
        let lane = self.lane_for(fact);
        self.parts.borrow_mut().splats.push((lane, cell));
        lane
    }

    /// A truth as a lane.
    pub(super) fn as_lane(&self, truth: T) -> usize {
        match truth {
            T::Lane(lane) => lane,
            T::Const(truth) => {
                let lane = self.byte();
                self.parts.borrow_mut().truths.push((lane, truth));
                lane
            }
        }
    }

    /// A truth as a flag.
    pub(super) fn flag_of(&self, truth: T) -> N {
        match truth {
            T::Const(Truth::True) => N::Const(Cell::TRUE),
            T::Const(Truth::False) => N::Const(Cell::FALSE),
            T::Const(Truth::Unknown) => N::Const(Cell::UNKNOWN),
            T::Lane(truth) => {
                let out = self.byte();
                self.emit(Op::FlagOf { truth, out });
                N::Byte(out)
            }
        }
    }

    /// A new lane of truths, written by an operation.
    pub(super) fn truth_of(&self, op: impl FnOnce(usize) -> Op) -> T {
        let out = self.byte();
        self.emit(op(out));
        T::Lane(out)
    }

    fn number_of(&self, op: impl FnOnce(usize) -> Op) -> N {
        let out = self.wide();
        self.emit(op(out));
        N::Wide(out)
    }

    /// Where the truth is unknown, the row engine decides.
    pub(super) fn sure(&self, truth: T) {
        if let T::Lane(truth) = truth {
            self.emit(Op::Sure { truth });
        } else if truth == T::Const(Truth::Unknown) {
            self.emit(Op::Must { truth });
        }
    }

    fn joined(&self, parts: impl Iterator<Item = T>, neutral: Truth, strong: Truth) -> T {
        let (mut lanes, mut unknown) = (Vec::new(), false);
        let mut decided = false;
        // Every part is read, so that the walk is the same whatever is constant.
        for part in parts {
            match part {
                T::Const(truth) if truth == strong => decided = true,
                T::Const(Truth::Unknown) => unknown = true,
                T::Const(_) => {}
                T::Lane(lane) if lanes.contains(&lane) => {}
                T::Lane(lane) => lanes.push(lane),
            }
        }
        match (decided, lanes.as_slice()) {
            (true, _) => T::Const(strong),
            (false, []) => T::Const(if unknown { Truth::Unknown } else { neutral }),
            (false, [only]) if !unknown => T::Lane(*only),
            _ => {
                let parts = lanes.into_iter().map(|lane| self.part(lane)).collect();
                self.truth_of(|out| match strong {
                    Truth::False => Op::All { parts, unknown, out },
                    _ => Op::Any { parts, unknown, out },
                })
            }
        }
    }

    /// A lane, or the one whose opposite it is.
    fn part(&self, lane: usize) -> Part {
        let of = self.parts.borrow().opposites.get(&lane).copied();
        Part { lane: of.unwrap_or(lane), not: of.is_some() }
    }

    /// A number as a wide lane, unless it is the same in every row.
    fn widened(&self, number: N) -> N {
        match number {
            N::Byte(_) | N::Narrow(_) => self.number_of(|out| Op::Widen { of: number, out }),
            N::Const(_) | N::Wide(_) => number,
        }
    }

    fn with(&self, cmp: Cmp, of: N, with: Cell) -> T {
        let Some(value) = with.get() else {
            // *Never* decides every comparison; an unknown side leaves it open unless the
            // other is never.
            return match with.is_never() {
                true => T::Const(Truth::False),
                false => self.truth_of(|out| Op::CompareAny { cmp, left: of, right: N::Const(with), out }),
            };
        };
        let fits = match of {
            N::Byte(_) => (0..=253).contains(&value),
            N::Narrow(_) => i32::try_from(value).is_ok_and(|value| value > i32::MIN + 1),
            N::Wide(_) | N::Const(_) => true,
        };
        self.truth_of(|out| match fits {
            true => Op::CompareWith { cmp, of, with: value, out },
            false => Op::CompareAny { cmp, left: of, right: N::Const(with), out },
        })
    }
}

const fn turned(cmp: Cmp) -> Cmp {
    match cmp {
        Cmp::Lt => Cmp::Gt,
        Cmp::Le => Cmp::Ge,
        Cmp::Ge => Cmp::Le,
        Cmp::Gt => Cmp::Lt,
        same => same,
    }
}

impl Reading for Build<'_> {
    type Truth = T;
    type Number = N;

    fn short(&self, cond: &Cond) -> Option<T> {
        let number = usize::try_from(cond.number).ok()?;
        self.parts.borrow().read.get(number).copied().flatten()
    }
    fn seen(&self, cond: &Cond, truth: T) -> T {
        if let Ok(number) = usize::try_from(cond.number)
            && let Some(slot) = self.parts.borrow_mut().read.get_mut(number)
        {
            *slot = Some(truth);
        }
        truth
    }
    fn fact(&self, id: FactId) -> N {
        self.found(id)
    }
    fn literal(&self, value: i64) -> N {
        N::Const(Cell::number(value))
    }
    fn threshold(&self, id: ThresholdId) -> N {
        N::Const(self.policy.threshold_value(id).map_or(Cell::UNKNOWN, Cell::number))
    }
    fn op(&self, op: NumOp, left: N, right: N) -> N {
        if let (N::Const(left), N::Const(right)) = (left, right) {
            return N::Const(operate(op, left, right));
        }
        let key = (op, left, right);
        let known = self.parts.borrow().numbers.iter().find(|(known, _)| *known == key).map(|(_, number)| *number);
        known.unwrap_or_else(|| {
            let (wide_left, wide_right) = (self.widened(left), self.widened(right));
            let number = self.number_of(|out| Op::Number { op, left: wide_left, right: wide_right, out });
            self.parts.borrow_mut().numbers.push((key, number));
            number
        })
    }
    fn negate(&self, inner: N) -> N {
        match inner {
            N::Const(cell) => N::Const(cell.get().map_or(cell, |value| Cell::wide(-i128::from(value)))),
            of => self.number_of(|out| Op::Negate { of, out }),
        }
    }
    fn abs(&self, inner: N) -> N {
        match inner {
            N::Const(cell) => N::Const(cell.get().map_or(cell, |value| Cell::wide(i128::from(value).abs()))),
            of => self.number_of(|out| Op::Abs { of, out }),
        }
    }
    fn number_or(&self, first: N, second: N) -> N {
        match first {
            N::Const(cell) if cell.is_unknown() => second,
            N::Const(_) => first,
            first => self.number_of(|out| Op::NumberOr { first, second, out }),
        }
    }
    fn constant(&self, holds: bool) -> T {
        T::Const(Truth::of(holds))
    }
    fn flag(&self, id: FactId) -> T {
        match self.found(id) {
            N::Const(cell) => T::Const(cell.get().map_or(Truth::Unknown, |set| Truth::of(set != 0))),
            N::Byte(of) => self.truth_of(|out| Op::Flag { of, out }),
            of => self.with(Cmp::Ne, of, Cell::FALSE),
        }
    }
    fn compare(&self, cmp: Cmp, left: N, right: N) -> T {
        match (left, right) {
            (N::Const(left), N::Const(right)) => T::Const(compare(cmp, left, right)),
            (left, N::Const(right)) => self.with(cmp, left, right),
            (N::Const(left), right) => self.with(turned(cmp), right, left),
            (N::Narrow(_), N::Narrow(_)) | (N::Wide(_), N::Wide(_)) | (N::Byte(_), N::Byte(_)) => {
                self.truth_of(|out| Op::Compare { cmp, left, right, out })
            }
            _ => {
                let (left, right) = (self.widened(left), self.widened(right));
                self.truth_of(|out| Op::Compare { cmp, left, right, out })
            }
        }
    }
    fn within(&self, word: N, set: WordSet) -> T {
        match word {
            N::Const(cell) => T::Const(match cell.get() {
                Some(position) => Truth::of(set.has(position)),
                None if cell.is_never() => Truth::False,
                None => Truth::Unknown,
            }),
            N::Byte(of) => self.truth_of(|out| Op::Within { of, set, out }),
            of => self.truth_of(|out| Op::WithinAny { of, set, out }),
        }
    }
    fn debtor_type(&self, set: WordSet) -> T {
        self.truth_of(|out| Op::Type { set, out })
    }
    fn known(&self, id: FactId) -> T {
        match self.found(id) {
            N::Const(cell) => T::Const(Truth::of(!cell.is_unknown())),
            of => self.truth_of(|out| Op::Known { of, out }),
        }
    }
    fn not_yet(&self, id: FactId) -> T {
        match self.found(id) {
            N::Const(cell) if cell.is_unknown() => T::Const(Truth::Unknown),
            N::Const(cell) => T::Const(Truth::of(cell.is_never())),
            of => self.truth_of(|out| Op::NotYet { of, out }),
        }
    }
    fn not_since(&self, first: FactId, second: FactId) -> T {
        match (self.found(first), self.found(second)) {
            (N::Const(first), N::Const(second)) => T::Const(not_since(first, second)),
            (N::Const(first), _) if first.is_never() => T::Const(Truth::True),
            (first, second) => self.truth_of(|out| Op::NotSince { first, second, out }),
        }
    }
    fn not(&self, inner: T) -> T {
        match inner {
            T::Const(truth) => T::Const(truth.not()),
            T::Lane(of) => {
                let truth = self.truth_of(|out| Op::Not { of, out });
                if let T::Lane(opposite) = truth {
                    self.parts.borrow_mut().opposites.insert(opposite, of);
                }
                truth
            }
        }
    }
    fn all(&self, parts: impl Iterator<Item = T>) -> T {
        self.joined(parts, Truth::True, Truth::False)
    }
    fn any(&self, parts: impl Iterator<Item = T>) -> T {
        self.joined(parts, Truth::False, Truth::True)
    }
    fn truth_or(&self, first: T, second: T) -> T {
        match first {
            T::Const(Truth::Unknown) => second,
            T::Const(_) => first,
            T::Lane(first) => self.truth_of(|out| Op::TruthOr { first, second, out }),
        }
    }
}
