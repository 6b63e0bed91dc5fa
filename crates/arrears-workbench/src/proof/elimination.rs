//! Whole numbers that keep to some linear limits, or the limits that contradict each other.
//!
//! One number after the other is eliminated (Fourier and Motzkin); each new limit carries the reasons of those that
//! it was made of, so that a contradiction names its reasons.

use super::domain::Var;
use super::linear::divisor;
use super::sat::Lit;
use std::collections::{BTreeMap, BTreeSet};

/// More limits than this are not followed.
const MOST_LIMITS: usize = 6_000;

/// A sum that is at most a number, and why.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) terms: BTreeMap<Var, i128>,
    pub(crate) most: i128,
    pub(crate) why: Vec<Lit>,
}

/// What was found.
pub(crate) enum Numbers {
    /// Numbers that keep to all limits.
    Some(BTreeMap<Var, i64>),
    /// There are none, because of these.
    None(Vec<Lit>),
    /// It was not followed to the end.
    Unknown,
}

/// Numbers that keep to all limits, each as near to its usual value as those chosen before it let it be.
pub(crate) fn numbers(limits: Vec<Limit>, usual: &dyn Fn(Var) -> i64) -> Numbers {
    let mut open: BTreeMap<Vec<(Var, i128)>, Limit> = BTreeMap::new();
    for limit in limits {
        match tightened(limit) {
            Some(limit) => {
                if let Err(why) = add(&mut open, limit) {
                    return Numbers::None(why);
                }
            }
            None => return Numbers::Unknown,
        }
    }
    let mut done: Vec<(Var, Vec<Limit>)> = Vec::new();
    while let Some(var) = next(&open) {
        let (with, without): (Vec<Limit>, Vec<Limit>) =
            open.into_values().partition(|limit| limit.terms.contains_key(&var));
        open = BTreeMap::new();
        for limit in without {
            if let Err(why) = add(&mut open, limit) {
                return Numbers::None(why);
            }
        }
        let (up, down): (Vec<&Limit>, Vec<&Limit>) =
            with.iter().partition(|limit| limit.terms.get(&var).is_some_and(|times| *times > 0));
        for above in &up {
            for below in &down {
                let Some(both) = without_var(above, below, var).and_then(tightened) else { return Numbers::Unknown };
                if let Err(why) = add(&mut open, both) {
                    return Numbers::None(why);
                }
                if open.len() > MOST_LIMITS {
                    return Numbers::Unknown;
                }
            }
        }
        done.push((var, with));
    }
    let mut found = BTreeMap::new();
    for (var, limits) in done.into_iter().rev() {
        match chosen(var, &limits, &found, usual(var)) {
            Some(value) => found.insert(var, value),
            None => return Numbers::Unknown,
        };
    }
    Numbers::Some(found)
}

/// The number whose elimination makes the fewest limits.
fn next(open: &BTreeMap<Vec<(Var, i128)>, Limit>) -> Option<Var> {
    let mut counts: BTreeMap<Var, (usize, usize)> = BTreeMap::new();
    for limit in open.values() {
        for (var, times) in &limit.terms {
            let (up, down) = counts.entry(*var).or_default();
            if *times > 0 { *up += 1 } else { *down += 1 }
        }
    }
    counts.into_iter().min_by_key(|(_, (up, down))| up * down).map(|(var, _)| var)
}

/// Keeps the tightest limit of each sum.
fn add(open: &mut BTreeMap<Vec<(Var, i128)>, Limit>, limit: Limit) -> Result<(), Vec<Lit>> {
    if limit.terms.is_empty() {
        return if limit.most < 0 { Err(limit.why) } else { Ok(()) };
    }
    let key: Vec<(Var, i128)> = limit.terms.iter().map(|(var, times)| (*var, *times)).collect();
    match open.get(&key) {
        Some(known) if known.most <= limit.most => {}
        _ => {
            open.insert(key, limit);
        }
    }
    Ok(())
}

/// Divided by what divides all terms: a sum of whole numbers is a whole number.
fn tightened(mut limit: Limit) -> Option<Limit> {
    let common = limit.terms.values().fold(0, |common, times| divisor(common, *times));
    if common > 1 {
        limit.terms.values_mut().for_each(|times| *times /= common);
        limit.most = limit.most.checked_div_euclid(common)?;
    }
    Some(limit)
}

/// What two limits say together once a number is taken out.
fn without_var(above: &Limit, below: &Limit, var: Var) -> Option<Limit> {
    let (up, down) = (*above.terms.get(&var)?, below.terms.get(&var)?.checked_neg()?);
    let mut terms: BTreeMap<Var, i128> = BTreeMap::new();
    for (limit, factor) in [(above, down), (below, up)] {
        for (name, times) in &limit.terms {
            let term = terms.entry(*name).or_insert(0);
            *term = term.checked_add(times.checked_mul(factor)?)?;
        }
    }
    terms.retain(|_, times| *times != 0);
    let most = above.most.checked_mul(down)?.checked_add(below.most.checked_mul(up)?)?;
    let why: BTreeSet<Lit> = above.why.iter().chain(&below.why).copied().collect();
    Some(Limit { terms, most, why: why.into_iter().collect() })
}

/// A whole number inside what is left, nearest to the usual one.
fn chosen(var: Var, limits: &[Limit], found: &BTreeMap<Var, i64>, usual: i64) -> Option<i64> {
    let (mut low, mut high) = (i128::from(i64::MIN) + 2, i128::from(i64::MAX));
    for limit in limits {
        let times = *limit.terms.get(&var)?;
        let mut left = limit.most;
        for (name, other) in limit.terms.iter().filter(|(name, _)| **name != var) {
            let value = found.get(name).copied().unwrap_or(0);
            left = left.checked_sub(other.checked_mul(i128::from(value))?)?;
        }
        if times > 0 {
            high = high.min(left.div_euclid(times));
        } else {
            low = low.max(
                left.checked_neg()?.div_euclid(times.checked_neg()?)
                    + i128::from(left.checked_neg()?.rem_euclid(times.checked_neg()?) != 0),
            );
        }
    }
    (low <= high).then(|| i128::from(usual).clamp(low, high)).and_then(|value| i64::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn limit(terms: &[(usize, i128)], most: i128) -> Limit {
        Limit { terms: terms.iter().map(|(at, times)| (Var::Threshold(*at), *times)).collect(), most, why: Vec::new() }
    }

    #[test]
    fn three_numbers_cannot_each_be_less_than_the_next() {
        let round = [limit(&[(0, 1), (1, -1)], -1), limit(&[(1, 1), (2, -1)], -1), limit(&[(2, 1), (0, -1)], -1)];
        assert!(matches!(numbers(round.to_vec(), &|_| 0), Numbers::None(_)));
    }

    proptest! {
        #[test]
        fn numbers_that_are_found_keep_to_every_limit(
            drawn in prop::collection::vec((0..4_usize, 0..4_usize, -3..4_i128, -3..4_i128, -20..20_i128), 1..9),
        ) {
            let made: Vec<Limit> = drawn.iter().filter(|(a, b, ..)| a != b)
                .map(|(a, b, x, y, most)| limit(&[(*a, *x), (*b, *y)], *most))
                .map(|mut limit| { limit.terms.retain(|_, times| *times != 0); limit })
                .collect();
            let holds = |values: &dyn Fn(Var) -> i128, limit: &Limit| {
                limit.terms.iter().map(|(var, times)| values(*var) * times).sum::<i128>() <= limit.most
            };
            match numbers(made.clone(), &|_| 0) {
                Numbers::Some(found) => {
                    let value = |var: Var| found.get(&var).map_or(0, |value| i128::from(*value));
                    prop_assert!(made.iter().all(|limit| holds(&value, limit)));
                }
                Numbers::None(_) => {
                    let zero = |_: Var| 0;
                    prop_assert!(!made.iter().all(|limit| holds(&zero, limit)));
                }
                Numbers::Unknown => {}
            }
        }
    }
}
