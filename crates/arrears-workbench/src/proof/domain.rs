//! What one fact may be: unknown, *never*, a number between two bounds, one of some words.
//!
//! Numbers are told apart only where something asks: a literal for "at most c" at each such c, and clauses that
//! keep neighbours in order.

use super::sat::{Lit, Sat};
use arrears::condition::{FactId, WordSet};
use arrears::policy::Need;
use arrears::{Cell, Input, Kind};
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

/// No number of an account is greater, in its smallest unit: ten million million of most currencies.
pub(crate) const MOST: i64 = 1_000_000_000_000_000;

/// Something that conditions read a value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Var {
    /// A fact of the row.
    Fact(FactId),
    /// A fact as the table says it, where results of contacts may have taught otherwise.
    Table(FactId),
    /// A threshold, where its value is open.
    Threshold(usize),
}

/// What a value may be.
pub(crate) struct Domain {
    /// Nothing is known.
    pub(crate) unknown: Lit,
    /// It never happened.
    pub(crate) never: Lit,
    /// It is a number or a word.
    pub(crate) number: Lit,
    pub(crate) shape: Shape,
}

/// What it may be where it is a number or a word.
pub(crate) enum Shape {
    /// A whole number; flags are 0 and 1.
    Number(Numbers),
    /// One of some words, by position.
    Words(BTreeMap<i64, Lit>),
}

/// A whole number.
pub(crate) struct Numbers {
    pub(crate) low: i64,
    pub(crate) high: i64,
    /// For each number that something asks for, whether the value is at most that.
    cuts: BTreeMap<i64, Lit>,
    /// What it is taken to be at first.
    usual: i64,
}

impl Domain {
    /// The domain of a fact, with its clauses.
    pub(crate) fn of_input(sat: &mut Sat, input: &Input, usual: Cell) -> Self {
        let unknown = match input.need {
            Need::Result => sat.no(),
            _ => sat.variable(usual.is_unknown()),
        };
        let may_never = input.never || matches!(input.need, Need::State(Cell::NEVER));
        let never = if may_never { sat.variable(usual.is_never()) } else { sat.no() };
        sat.clause(&[!unknown, !never]);
        let number = sat.and(&[!unknown, !never]);
        let shape = match input.kind {
            Kind::Category => {
                let words = 0..i64::try_from(input.words.len()).unwrap_or(0);
                let open = input.open || input.need == Need::Result;
                let positions = words.chain(open.then_some(WordSet::OTHER));
                let lits: BTreeMap<i64, Lit> =
                    positions.map(|word| (word, sat.variable(usual.get() == Some(word)))).collect();
                let each: Vec<Lit> = lits.values().copied().collect();
                sat.at_most_one(&each);
                let any = sat.or(&each);
                sat.same(any, number);
                Shape::Words(lits)
            }
            Kind::Flag => Shape::Number(Numbers::new(0, 1, usual)),
            _ => Shape::Number(Numbers::new(if input.from_zero { 0 } else { -MOST }, MOST, usual)),
        };
        Self { unknown, never, number, shape }
    }

    /// The domain of a number between two bounds that is always known.
    pub(crate) fn of_range(sat: &Sat, low: i64, high: i64, usual: i64) -> Self {
        let shape = Shape::Number(Numbers::new(low, high, Cell::number(usual)));
        Self { unknown: sat.no(), never: sat.no(), number: sat.yes(), shape }
    }

    /// Whether the number is at most `edge`. It says nothing where it is no number.
    pub(crate) fn at_most(&mut self, sat: &mut Sat, edge: i64) -> Lit {
        match &mut self.shape {
            Shape::Number(numbers) => numbers.at_most(sat, edge),
            Shape::Words(words) => {
                let below: Vec<Lit> = words.range(..=edge).map(|(_, lit)| *lit).collect();
                sat.or(&below)
            }
        }
    }

    /// Whether it is this number or this word.
    pub(crate) fn is(&mut self, sat: &mut Sat, value: i64) -> Lit {
        if let Shape::Words(words) = &self.shape {
            return words.get(&value).copied().unwrap_or_else(|| sat.no());
        }
        let (up_to, below) = (self.at_most(sat, value), self.at_most(sat, value.saturating_sub(1)));
        sat.and(&[self.number, up_to, !below])
    }

    /// Its value in the values found last, chosen between its bounds as near to `usual` as may be.
    pub(crate) fn cell(&self, sat: &Sat) -> Cell {
        if sat.holds(self.unknown) {
            return Cell::UNKNOWN;
        }
        if sat.holds(self.never) {
            return Cell::NEVER;
        }
        match &self.shape {
            Shape::Number(numbers) => {
                let ((low, _), (high, _)) = numbers.bounds(sat);
                Cell::number(numbers.usual.clamp(low, high.max(low)))
            }
            Shape::Words(words) => {
                words.iter().find(|(_, lit)| sat.holds(**lit)).map_or(Cell::UNKNOWN, |(word, _)| Cell::number(*word))
            }
        }
    }

    /// The bounds in the values found last, each with the literal that says so; none for words.
    pub(crate) fn bounds(&self, sat: &Sat) -> Option<(Bound, Bound)> {
        match &self.shape {
            Shape::Number(numbers) => Some(numbers.bounds(sat)),
            Shape::Words(_) => None,
        }
    }

    /// The numbers that something asks for.
    pub(crate) fn edges(&self) -> Vec<i64> {
        match &self.shape {
            Shape::Number(numbers) => numbers.cuts.keys().copied().collect(),
            Shape::Words(_) => Vec::new(),
        }
    }
}

/// A bound of a number, and what says so; nothing where the domain does.
pub(crate) type Bound = (i64, Option<Lit>);

impl Numbers {
    fn new(low: i64, high: i64, usual: Cell) -> Self {
        Self { low, high, cuts: BTreeMap::new(), usual: usual.get().unwrap_or(0).clamp(low, high.max(low)) }
    }

    fn at_most(&mut self, sat: &mut Sat, edge: i64) -> Lit {
        if edge < self.low {
            return sat.no();
        }
        if edge >= self.high {
            return sat.yes();
        }
        if let Some(known) = self.cuts.get(&edge) {
            return *known;
        }
        let lit = sat.variable(self.usual <= edge);
        if let Some((_, below)) = self.cuts.range(..edge).next_back() {
            sat.implies(&[*below], lit);
        }
        if let Some((_, above)) = self.cuts.range((Excluded(edge), Unbounded)).next() {
            sat.implies(&[lit], *above);
        }
        self.cuts.insert(edge, lit);
        lit
    }

    fn bounds(&self, sat: &Sat) -> (Bound, Bound) {
        let mut low = (self.low, None);
        for (edge, lit) in &self.cuts {
            if sat.holds(*lit) {
                return (low, (*edge, Some(*lit)));
            }
            low = (edge.saturating_add(1), Some(!*lit));
        }
        (low, (self.high, None))
    }
}
