//! An axis of the assessment from its signs: the sum of the points of the signs that count.

use super::domain::Var;
use super::sat::Lit;
use super::space::{Space, Truths};
use arrears::condition::FactId;
use arrears::policy::{Axis, Sign};
use std::collections::BTreeMap;

/// Sums of points and signs, beyond which an axis is left open.
const MOST_SUMS: i64 = 40_000;

/// Positions of the words of an axis.
const LEVELS: [i64; 3] = [0, 1, 2];
const NOT_YET_KNOWN: i64 = 3;

impl Space<'_> {
    /// Binds an axis to its signs. A column may give it all the same, and then the signs do not matter.
    pub(crate) fn assessed(&mut self, fact: FactId, axis: Axis) {
        let policy = self.policy;
        let points = |sign: &Sign| match axis {
            Axis::Willingness => sign.willingness,
            Axis::Ability => sign.ability,
        };
        let signs: Vec<(&Sign, i64)> = policy.signs().iter().filter_map(|sign| Some((sign, points(sign)?))).collect();
        let (unknown, _, _) = self.state(Var::Fact(fact));
        if signs.is_empty() {
            // Nothing speaks to it: it is not yet known, or a column gives it.
            self.sat.clause(&[!unknown]);
            return;
        }
        let range: i64 = signs.iter().map(|(_, points)| points.saturating_abs()).sum();
        if range.saturating_mul(i64::try_from(signs.len()).unwrap_or(i64::MAX)) > MOST_SUMS {
            let name = policy.input(fact).map(|input| input.name.clone()).unwrap_or_default();
            self.loose.insert(format!("`{name}` has too many signs to be summed up, and is taken to be anything"));
            return;
        }
        let counted: Vec<(Truths, i64)> = signs.iter().map(|(sign, points)| (self.counts(sign), *points)).collect();
        let low = self.sum_of(&counted, |points| points.min(0));
        let high = self.sum_of(&counted, |points| points.max(0));
        let seen: Vec<Lit> = counted.iter().map(|(truths, _)| truths.yes).collect();
        let perhaps: Vec<Lit> = counted.iter().map(|(truths, _)| !truths.no).collect();
        let (two_seen, two_perhaps) = (self.at_least_two(&seen), self.at_least_two(&perhaps));
        let mut told = vec![!two_perhaps];
        let computed = self.computed;
        let word = self.is(Var::Fact(fact), NOT_YET_KNOWN);
        self.sat.implies(&[computed, !two_perhaps], word);
        for level in LEVELS {
            let (from, to) = (self.of_level(&low, level), self.of_level(&high, level));
            let found = self.sat.and(&[two_seen, from, to]);
            let word = self.is(Var::Fact(fact), level);
            self.sat.implies(&[computed, found], word);
            told.push(found);
        }
        let told = self.sat.or(&told);
        self.sat.implies(&[computed, !told], unknown);
        self.sat.clause(&[!unknown, !told]);
    }

    /// Whether a sign counts: it is seen, or was seen within its life.
    pub(crate) fn counts(&mut self, sign: &Sign) -> Truths {
        let seen = self.cond(&sign.when);
        let Some(since) = sign.since else { return seen };
        let (_, never, number) = self.state(Var::Fact(since));
        let fresh = self.at_most(Var::Fact(since), sign.lasts);
        let (lasts, old) = (self.sat.and(&[number, fresh]), self.sat.and(&[number, !fresh]));
        let over = self.sat.or(&[never, old]);
        Truths { yes: self.sat.or(&[seen.yes, lasts]), no: self.sat.and(&[seen.no, over]) }
    }

    /// The sums that the points may come to, each with whether they do. What is not known of a sign counts as
    /// `perhaps` says.
    fn sum_of(&mut self, counted: &[(Truths, i64)], perhaps: fn(i64) -> i64) -> BTreeMap<i64, Lit> {
        let mut sums = BTreeMap::from([(0, self.sat.yes())]);
        for (truths, points) in counted {
            let unknown = self.sat.and(&[!truths.yes, !truths.no]);
            let mut next: BTreeMap<i64, Vec<Lit>> = BTreeMap::new();
            for (sum, lit) in &sums {
                for (when, more) in [(truths.yes, *points), (unknown, perhaps(*points)), (truths.no, 0)] {
                    let path = self.sat.and(&[*lit, when]);
                    next.entry(sum + more).or_default().push(path);
                }
            }
            sums = next.into_iter().map(|(sum, paths)| (sum, self.sat.or(&paths))).collect();
        }
        sums
    }

    fn of_level(&mut self, sums: &BTreeMap<i64, Lit>, level: i64) -> Lit {
        let of = |sum: &i64| match sum {
            2.. => 2,
            ..=-2 => 0,
            _ => 1,
        };
        let lits: Vec<Lit> = sums.iter().filter(|(sum, _)| of(sum) == level).map(|(_, lit)| *lit).collect();
        self.sat.or(&lits)
    }

    fn at_least_two(&mut self, lits: &[Lit]) -> Lit {
        let (mut one, mut two) = (self.sat.no(), self.sat.no());
        for lit in lits {
            let again = self.sat.and(&[one, *lit]);
            two = self.sat.or(&[two, again]);
            one = self.sat.or(&[one, *lit]);
        }
        two
    }
}
