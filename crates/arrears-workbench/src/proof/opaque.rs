//! Comparisons that are no sums of facts: products and shares.
//!
//! Where such a comparison reads one fact, and only rises or only falls with it, it is an edge of that fact. The
//! others are free: an account is found first, and then the comparison is read.

use super::domain::{MOST, Var};
use super::sat::Lit;
use super::space::Space;
use arrears::Cell;
use arrears::condition::{Cmp, Num, NumKind, NumOp, RowReading, Truth, WordSet, compare};

/// A comparison that is no comparison of sums.
pub(crate) struct Opaque {
    pub(crate) cmp: Cmp,
    pub(crate) left: Num,
    pub(crate) right: Num,
    /// Whether it holds.
    pub(crate) lit: Lit,
}

impl Opaque {
    pub(crate) fn new(cmp: Cmp, left: &Num, right: &Num, lit: Lit) -> Self {
        Self { cmp, left: left.clone(), right: right.clone(), lit }
    }

    /// Its truth in an account.
    pub(crate) fn truth(&self, cells: &[Cell], thresholds: &[i64]) -> Truth {
        let reading = RowReading { cells, thresholds, types: WordSet::default() };
        compare(self.cmp, self.left.read(&reading), self.right.read(&reading))
    }

    /// What it reads.
    pub(crate) fn reads(&self, open_thresholds: bool) -> Vec<Var> {
        let mut found = Vec::new();
        for side in [&self.left, &self.right] {
            side.each(&mut |part| match part.kind {
                NumKind::Fact(id) => found.push(Var::Fact(id)),
                NumKind::Threshold(id) if open_thresholds => found.push(Var::Threshold(id.index())),
                _ => {}
            });
        }
        found
    }

    /// Whether it only rises or only falls with what it reads.
    fn is_even(&self, open_thresholds: bool) -> bool {
        let fixed = |num: &Num| {
            let mut fixed = true;
            num.each(&mut |part| {
                fixed &= match part.kind {
                    NumKind::Fact(_) => false,
                    NumKind::Threshold(_) => !open_thresholds,
                    _ => true,
                }
            });
            fixed
        };
        let mut even = !matches!(self.cmp, Cmp::Eq | Cmp::Ne);
        for side in [&self.left, &self.right] {
            side.each(&mut |part| match &part.kind {
                NumKind::Abs(_) | NumKind::Coalesce(..) => even = false,
                NumKind::Op(NumOp::RatioOf | NumOp::Over, _, below) => even &= fixed(below),
                _ => {}
            });
        }
        even
    }
}

impl Space<'_> {
    /// The literal of a comparison that is no comparison of sums.
    pub(crate) fn opaque(&mut self, opaque: Opaque) -> Lit {
        let reads = opaque.reads(self.open_thresholds);
        if let [var] = reads.as_slice()
            && opaque.is_even(self.open_thresholds)
            && let Some(lit) = self.edge_of(&opaque, *var)
        {
            return lit;
        }
        let same = |known: &&Opaque| {
            known.cmp == opaque.cmp && alike(&known.left, &opaque.left) && alike(&known.right, &opaque.right)
        };
        if let Some(known) = self.opaques.iter().find(same) {
            return known.lit;
        }
        let lit = self.sat.variable(false);
        self.opaques.push(Opaque { lit, ..opaque });
        lit
    }

    /// A comparison that reads one fact, as an edge of that fact.
    fn edge_of(&mut self, opaque: &Opaque, var: Var) -> Option<Lit> {
        let Var::Fact(fact) = var else { return None };
        let fact = if self.of_table && self.learned.contains(&fact) { return None } else { fact };
        let from_zero = self.policy.input(fact)?.from_zero;
        let thresholds: Vec<i64> = self.policy.threshold_values().map(|(_, value)| value).collect();
        let mut cells = vec![Cell::UNKNOWN; self.policy.inputs().len()];
        let mut at = |value: i64| {
            *cells.get_mut(fact.index())? = Cell::number(value);
            match opaque.truth(&cells, &thresholds) {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            }
        };
        let (mut low, mut high) = (if from_zero { 0 } else { -MOST }, MOST);
        let (first, last) = (at(low)?, at(high)?);
        if first == last {
            return Some(self.sat.constant(first));
        }
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if at(middle)? == first { low = middle } else { high = middle }
        }
        let up_to = self.at_most(var, low);
        Some(if first { up_to } else { !up_to })
    }
}

/// Whether two numbers are found in the same way.
fn alike(a: &Num, b: &Num) -> bool {
    match (&a.kind, &b.kind) {
        (NumKind::Fact(x), NumKind::Fact(y)) => x == y,
        (NumKind::Literal(x), NumKind::Literal(y)) => x == y,
        (NumKind::Threshold(x), NumKind::Threshold(y)) => x == y,
        (NumKind::Op(one, a, b), NumKind::Op(other, x, y)) => one == other && alike(a, x) && alike(b, y),
        (NumKind::Negate(x), NumKind::Negate(y)) | (NumKind::Abs(x), NumKind::Abs(y)) => alike(x, y),
        (NumKind::Coalesce(a, b), NumKind::Coalesce(x, y)) => alike(a, x) && alike(b, y),
        _ => false,
    }
}
