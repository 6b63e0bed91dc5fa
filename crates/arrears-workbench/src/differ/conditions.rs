//! Which parts of a condition changed.

use super::{How, PartChange};
use arrears::policy::{OutlinedCond, Shape};

const AND: &str = "and";
const OR: &str = "or";

/// The parts that changed, where two conditions do not mean the same.
pub(super) fn parts(a: &OutlinedCond, b: &OutlinedCond) -> Vec<PartChange> {
    let mut changed = Vec::new();
    compare(a, b, None, &mut changed);
    changed
}

fn compare(a: &OutlinedCond, b: &OutlinedCond, joined: Option<&'static str>, changed: &mut Vec<PartChange>) {
    if a.meaning == b.meaning {
        return;
    }
    let has = |shape| a.shape == shape || b.shape == shape;
    match (a.parts.as_slice(), b.parts.as_slice()) {
        ([inner_a], [inner_b]) if a.shape == Shape::Not && b.shape == Shape::Not => {
            compare(inner_a, inner_b, joined, changed);
        }
        _ if has(Shape::All) => lists((of(a, Shape::All), of(b, Shape::All)), AND, changed),
        _ if has(Shape::Any) => lists((of(a, Shape::Any), of(b, Shape::Any)), OR, changed),
        _ => changed.push(change(Some(a), Some(b), joined)),
    }
}

/// A condition as the parts of a list; one that is no such list is the only part of it.
fn of(cond: &OutlinedCond, shape: Shape) -> &[OutlinedCond] {
    if cond.shape == shape { &cond.parts } else { std::slice::from_ref(cond) }
}

fn lists((a, b): (&[OutlinedCond], &[OutlinedCond]), joined: &'static str, changed: &mut Vec<PartChange>) {
    let mut rest_b: Vec<&OutlinedCond> = b.iter().collect();
    let mut rest_a = without(a.iter().collect(), &mut rest_b, |a, b| a.meaning == b.meaning, |_, _| {});
    let mut meet = |a: &OutlinedCond, b: &OutlinedCond| compare(a, b, Some(joined), changed);
    rest_a = without(rest_a, &mut rest_b, |a, b| a.subject.is_some() && a.subject == b.subject, &mut meet);
    rest_a = without(rest_a, &mut rest_b, share, &mut meet);
    if let ([only_a], [only_b]) = (rest_a.as_slice(), rest_b.as_slice()) {
        // What is about something else has not changed into it.
        if only_a.shape == only_b.shape && only_a.shape != Shape::One {
            compare(only_a, only_b, Some(joined), changed);
            return;
        }
    }
    changed.extend(rest_a.into_iter().map(|part| change(Some(part), None, Some(joined))));
    changed.extend(rest_b.into_iter().map(|part| change(None, Some(part), Some(joined))));
}

/// Takes pairs that belong together out of two lists, and hands back what is left of the first.
fn without<'c>(
    a: Vec<&'c OutlinedCond>,
    b: &mut Vec<&'c OutlinedCond>,
    together: impl Fn(&OutlinedCond, &OutlinedCond) -> bool,
    mut meet: impl FnMut(&OutlinedCond, &OutlinedCond),
) -> Vec<&'c OutlinedCond> {
    let mut left = Vec::with_capacity(a.len());
    for part in a {
        match b.iter().position(|other| together(part, other)) {
            Some(at) => meet(part, b.remove(at)),
            None => left.push(part),
        }
    }
    left
}

/// Whether two lists of one kind have a part in common, or ask about the same.
fn share(a: &OutlinedCond, b: &OutlinedCond) -> bool {
    let alike = |one: &OutlinedCond, other: &OutlinedCond| {
        one.meaning == other.meaning || (one.subject.is_some() && one.subject == other.subject)
    };
    a.shape == b.shape && a.parts.iter().any(|one| b.parts.iter().any(|other| alike(one, other)))
}

fn change(a: Option<&OutlinedCond>, b: Option<&OutlinedCond>, joined: Option<&'static str>) -> PartChange {
    let how = match (a, b) {
        (Some(_), Some(_)) => How::Changed,
        (Some(_), None) => How::Removed,
        _ => How::Added,
    };
    let text = |part: Option<&OutlinedCond>| part.map(|part| part.text.clone());
    PartChange { how, a: text(a), b: text(b), joined, within: b.or(a).and_then(|part| part.within.clone()) }
}
