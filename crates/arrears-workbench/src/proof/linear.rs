//! Numbers of conditions as sums of facts, and comparisons of sums as literals.

use super::domain::Var;
use super::sat::Lit;
use super::space::Space;
use arrears::condition::{Cmp, Num, NumKind, NumOp};
use std::collections::BTreeMap;

/// More cases than this are not told apart.
const MOST_CASES: usize = 16;

/// A sum of facts, each so many times, and a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sum {
    pub(crate) terms: BTreeMap<Var, i128>,
    pub(crate) constant: i128,
}

/// A number of a condition: when it is one, and what it is in each case.
#[derive(Clone)]
pub(crate) struct Number {
    /// It is a number.
    pub(crate) number: Lit,
    /// It is *never*.
    pub(crate) never: Lit,
    /// In each case, told apart by a literal, the sum that it is; none where it is no sum.
    pub(crate) cases: Option<Vec<(Lit, Sum)>>,
}

/// Sums that are held against numbers: for each, whether it is at most that.
#[derive(Default)]
pub(crate) struct Sums {
    pub(crate) known: BTreeMap<Vec<(Var, i128)>, BTreeMap<i128, Lit>>,
}

impl Sum {
    fn of(var: Var) -> Self {
        Self { terms: BTreeMap::from([(var, 1)]), constant: 0 }
    }

    fn constant(value: i64) -> Self {
        Self { terms: BTreeMap::new(), constant: i128::from(value) }
    }

    fn times(&self, factor: i128) -> Self {
        let terms = self.terms.iter().map(|(var, times)| (*var, times.saturating_mul(factor)));
        Self { terms: terms.filter(|(_, times)| *times != 0).collect(), constant: self.constant.saturating_mul(factor) }
    }

    fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (var, times) in &other.terms {
            let term = sum.terms.entry(*var).or_insert(0);
            *term = term.saturating_add(*times);
        }
        sum.terms.retain(|_, times| *times != 0);
        sum.constant = sum.constant.saturating_add(other.constant);
        sum
    }
}

impl Space<'_> {
    /// A number of a condition.
    pub(crate) fn number(&mut self, num: &Num) -> Number {
        let yes = self.sat.yes();
        let plain = |sat: &super::sat::Sat, sum| Number { number: yes, never: sat.no(), cases: Some(vec![(yes, sum)]) };
        match &num.kind {
            NumKind::Fact(id) => {
                let var = self.var(*id);
                let (_, never, number) = self.state(var);
                Number { number, never, cases: Some(vec![(yes, Sum::of(var))]) }
            }
            NumKind::Literal(value) => plain(&self.sat, Sum::constant(*value)),
            NumKind::Threshold(id) => {
                let open = self.threshold(*id);
                let value = self.policy.threshold_value(*id).unwrap_or(0);
                if let Some(var) = open {
                    self.state(var);
                }
                plain(&self.sat, open.map_or_else(|| Sum::constant(value), Sum::of))
            }
            NumKind::Negate(inner) => {
                let inner = self.number(inner);
                let cases = inner.cases.map(|cases| cases.iter().map(|(when, sum)| (*when, sum.times(-1))).collect());
                Number { cases, ..inner }
            }
            NumKind::Abs(inner) => self.without_sign(inner),
            NumKind::Coalesce(first, second) => self.first_known(first, second),
            NumKind::Op(op, left, right) => self.operation(*op, left, right),
        }
    }

    fn without_sign(&mut self, inner: &Num) -> Number {
        let inner = self.number(inner);
        let cases = inner.cases.clone().filter(|cases| cases.len() * 2 <= MOST_CASES);
        let split = cases.map(|cases| {
            let mut split = Vec::new();
            for (when, sum) in cases {
                let below = self.at_most_zero(&Sum { constant: sum.constant.saturating_add(1), ..sum.clone() });
                split.push((self.sat.and(&[when, !below]), sum.clone()));
                split.push((self.sat.and(&[when, below]), sum.times(-1)));
            }
            split
        });
        Number { cases: split, ..inner }
    }

    fn first_known(&mut self, first: &Num, second: &Num) -> Number {
        let (first, second) = (self.number(first), self.number(second));
        let known = self.sat.or(&[first.number, first.never]);
        let late = [self.sat.and(&[!known, second.number]), self.sat.and(&[!known, second.never])];
        let cases = first.cases.zip(second.cases).filter(|(a, b)| a.len() + b.len() <= MOST_CASES);
        let cases = cases.map(|(before, after)| {
            let mut all = Vec::new();
            for (cases, guard) in [(before, known), (after, !known)] {
                for (when, sum) in cases {
                    all.push((self.sat.and(&[when, guard]), sum));
                }
            }
            all
        });
        Number { number: self.sat.or(&[first.number, late[0]]), never: self.sat.or(&[first.never, late[1]]), cases }
    }

    fn operation(&mut self, op: NumOp, left: &Num, right: &Num) -> Number {
        let (a, b) = (self.number(left), self.number(right));
        let mut number = self.sat.and(&[a.number, b.number]);
        let known = [self.sat.or(&[a.number, a.never]), self.sat.or(&[b.number, b.never])];
        let either = self.sat.or(&[a.never, b.never]);
        let never = self.sat.and(&[known[0], known[1], either]);
        let pairs = a.cases.clone().zip(b.cases.clone()).filter(|(a, b)| a.len() * b.len() * 2 <= MOST_CASES);
        if matches!(op, NumOp::RatioOf | NumOp::Over) {
            let zero = match &b.cases {
                Some(cases) => self.is_zero(cases),
                None => self.sat.variable(false),
            };
            number = self.sat.and(&[number, !zero]);
        }
        let Some((lefts, rights)) = pairs else { return Number { number, never, cases: None } };
        let mut cases: Option<Vec<(Lit, Sum)>> = Some(Vec::new());
        for (one, x) in &lefts {
            for (other, y) in &rights {
                let when = self.sat.and(&[*one, *other]);
                let found = self.case(op, when, x, y);
                match (&mut cases, found) {
                    (Some(all), Some(more)) => all.extend(more),
                    _ => cases = None,
                }
            }
        }
        Number { number, never, cases }
    }

    fn case(&mut self, op: NumOp, when: Lit, x: &Sum, y: &Sum) -> Option<Vec<(Lit, Sum)>> {
        let one = |sum| Some(vec![(when, sum)]);
        match op {
            NumOp::Add => one(x.plus(y)),
            NumOp::Sub => one(x.plus(&y.times(-1))),
            NumOp::Times if y.terms.is_empty() => one(x.times(y.constant)),
            NumOp::Times if x.terms.is_empty() => one(y.times(x.constant)),
            NumOp::Min | NumOp::Max => {
                let less = self.at_most_zero(&x.plus(&y.times(-1)));
                let (low, high) = if op == NumOp::Min { (x, y) } else { (y, x) };
                Some(vec![(self.sat.and(&[when, less]), low.clone()), (self.sat.and(&[when, !less]), high.clone())])
            }
            NumOp::Times | NumOp::TimesRatio | NumOp::RatioOf | NumOp::Over => None,
        }
    }

    fn is_zero(&mut self, cases: &[(Lit, Sum)]) -> Lit {
        let mut any = Vec::new();
        for (when, sum) in cases {
            let zero = self.sums_compare(Cmp::Eq, sum, &Sum::default());
            any.push(self.sat.and(&[*when, zero]));
        }
        self.sat.or(&any)
    }

    /// Whether two sums stand in a relation.
    pub(crate) fn sums_compare(&mut self, cmp: Cmp, left: &Sum, right: &Sum) -> Lit {
        let gap = left.plus(&right.times(-1));
        let below = Sum { constant: gap.constant.saturating_add(1), ..gap.clone() };
        match cmp {
            Cmp::Le => self.at_most_zero(&gap),
            Cmp::Lt => self.at_most_zero(&below),
            Cmp::Gt => !self.at_most_zero(&gap),
            Cmp::Ge => !self.at_most_zero(&below),
            Cmp::Eq | Cmp::Ne => {
                let (up_to, less) = (self.at_most_zero(&gap), self.at_most_zero(&below));
                let same = self.sat.and(&[up_to, !less]);
                if cmp == Cmp::Eq { same } else { !same }
            }
        }
    }

    /// Whether a sum is at most zero.
    pub(crate) fn at_most_zero(&mut self, sum: &Sum) -> Lit {
        let common = sum.terms.values().fold(0_i128, |common, times| divisor(common, *times));
        if common == 0 {
            return self.sat.constant(sum.constant <= 0);
        }
        let mut edge = sum.constant.saturating_neg().div_euclid(common);
        let mut terms: Vec<(Var, i128)> = sum.terms.iter().map(|(var, times)| (*var, times / common)).collect();
        // The first fact is always added: a sum and its opposite are one.
        let flipped = terms.first().is_some_and(|(_, times)| *times < 0);
        if flipped {
            terms.iter_mut().for_each(|(_, times)| *times = times.saturating_neg());
            edge = edge.saturating_neg().saturating_sub(1);
        }
        let lit = match terms.as_slice() {
            [(var, 1)] => {
                let edge = i64::try_from(edge).unwrap_or(if edge < 0 { i64::MIN } else { i64::MAX });
                self.at_most(*var, edge)
            }
            _ => self.sum_at_most(terms, edge),
        };
        if flipped { !lit } else { lit }
    }

    fn sum_at_most(&mut self, terms: Vec<(Var, i128)>, edge: i128) -> Lit {
        let edges = self.sums.known.entry(terms).or_default();
        if let Some(known) = edges.get(&edge) {
            return *known;
        }
        let lit = self.sat.variable(true);
        if let Some((_, below)) = edges.range(..edge).next_back() {
            self.sat.implies(&[*below], lit);
        }
        if let Some((_, above)) = edges.range(edge..).next() {
            self.sat.implies(&[lit], *above);
        }
        edges.insert(edge, lit);
        lit
    }
}

/// The greatest number that divides both.
pub(crate) fn divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.saturating_abs(), b.saturating_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
