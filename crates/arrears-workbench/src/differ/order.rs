//! What stands elsewhere in an order that says something.

use super::Order;
use super::pairs::Pair;
use std::collections::BTreeSet;

/// The pairs that stand elsewhere among those that both policies have; as few as can be.
pub(super) fn moved(pairs: &[Pair<'_>]) -> BTreeSet<usize> {
    let ordered = pairs.iter().enumerate().filter(|(_, pair)| pair.b.is_some_and(|b| b.ordered));
    let both: Vec<(usize, usize)> = ordered.filter_map(|(place, pair)| Some((place, pair.at?))).collect();
    let positions: Vec<usize> = both.iter().map(|(_, at)| *at).collect();
    let kept = rising(&positions);
    both.into_iter().enumerate().filter(|(place, _)| !kept.contains(place)).map(|(_, (place, _))| place).collect()
}

/// The names of one list that stand elsewhere in another, of those that both have.
pub(super) fn moved_names(a: &[String], b: &[String]) -> Vec<String> {
    let both: Vec<(&String, usize)> =
        b.iter().filter_map(|name| Some((name, a.iter().position(|other| other == name)?))).collect();
    let positions: Vec<usize> = both.iter().map(|(_, at)| *at).collect();
    let kept = rising(&positions);
    both.iter().enumerate().filter(|(place, _)| !kept.contains(place)).map(|(_, (name, _))| (*name).clone()).collect()
}

/// Behind which other statement one stands in each policy.
pub(super) fn of(pair: &Pair<'_>, pairs: &[Pair<'_>]) -> Order {
    let before_a = pair.at.and_then(|at| at.checked_sub(1));
    let behind_a = before_a.and_then(|at| pairs.iter().find(|other| other.at == Some(at))?.a);
    let place = pairs.iter().position(|other| other.b.is_some() && other.at == pair.at && same(other, pair));
    let before_b = place.filter(|_| pair.b.is_some()).and_then(|place| place.checked_sub(1));
    let behind_b = before_b.and_then(|place| pairs.get(place)?.b);
    Order { behind_a: behind_a.map(|a| a.name.clone()), behind_b: behind_b.map(|b| b.name.clone()) }
}

fn same(one: &Pair<'_>, other: &Pair<'_>) -> bool {
    match (one.b, other.b) {
        (Some(one), Some(other)) => std::ptr::eq(one, other),
        _ => false,
    }
}

/// The places of a longest part of a list that rises.
fn rising(positions: &[usize]) -> BTreeSet<usize> {
    // By place: how long the longest is that ends there, and the place before it.
    let mut ends: Vec<(usize, Option<usize>)> = Vec::with_capacity(positions.len());
    for (place, position) in positions.iter().enumerate() {
        let before = positions.iter().zip(&ends).enumerate().take(place).filter(|(_, (other, _))| *other < position);
        let longest = before.max_by(|(left, (_, a)), (right, (_, b))| a.0.cmp(&b.0).then(right.cmp(left)));
        ends.push(longest.map_or((1, None), |(before, (_, end))| (end.0 + 1, Some(before))));
    }
    let last = ends.iter().enumerate().max_by(|(left, a), (right, b)| a.0.cmp(&b.0).then(right.cmp(left)));
    let mut kept = BTreeSet::new();
    let mut at = last.map(|(place, _)| place);
    while let Some(place) = at {
        kept.insert(place);
        at = ends.get(place).and_then(|(_, before)| *before);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn as_few_as_can_be_have_moved() {
        for (a, b, moved) in [("abcd", "abcd", ""), ("abcd", "bcda", "a"), ("abcd", "dabc", "d"), ("abxd", "ayb", "")] {
            assert_eq!(moved_names(&names(a), &names(b)).concat(), moved, "{a} {b}");
        }
        assert_eq!(moved_names(&names("ab"), &names("ba")).len(), 1);
    }
}
