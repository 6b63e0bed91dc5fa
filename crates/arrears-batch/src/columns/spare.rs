//! Work and room that nobody needs: a condition that every rule reads as part of another, a
//! computed fact that no rule of the policy reads, a truth that was read for the last time.

use super::lane::N;
use super::program::Program;
use arrears::condition::FactId;
use std::collections::{BTreeMap, BTreeSet};

/// A lane, by its width and its place.
fn key(number: N) -> Option<(u8, usize)> {
    match number {
        N::Byte(lane) => Some((0, lane)),
        N::Narrow(lane) => Some((1, lane)),
        N::Wide(lane) => Some((2, lane)),
        N::Const(_) => None,
    }
}

/// The lanes of facts that are read when a decision is written or kept.
pub(super) fn of_facts(program: &Program, kept: &[FactId]) -> Vec<N> {
    let facts = kept.iter().copied().chain([program.closed]);
    facts.filter_map(|fact| program.facts.get(fact.index()).copied()).collect()
}

/// Leaves out what writes lanes that are never read; the lanes of kept facts are.
pub(super) fn leave_out(program: &mut Program, kept: &[FactId]) {
    let mut read: BTreeSet<(u8, usize)> = of_facts(program, kept).into_iter().filter_map(key).collect();
    program.each_read_besides(&mut |number| read.extend(key(number)));
    // From the last operation to the first: what reads a lane stands behind what writes it.
    let mut ops = std::mem::take(&mut program.ops);
    let mut wanted = vec![true; ops.len()];
    for (op, wanted) in ops.iter().zip(&mut wanted).rev() {
        *wanted = op.writes().and_then(key).is_none_or(|lane| read.contains(&lane));
        if *wanted {
            op.each_read(&mut |number| read.extend(key(number)));
        }
    }
    program.finishing = wanted.iter().take(program.finishing).filter(|wanted| **wanted).count();
    let mut wanted = wanted.into_iter();
    ops.retain(|_| wanted.next().unwrap_or(true));
    program.ops = ops;
    program.part();
    // A column is read even so: a cell that cannot be read is found there.
}

/// Gives truths the lanes of others that are no longer read, so that the lanes in use stay few
/// and near; the lanes of kept facts, of columns, and of what is read besides stay their own.
pub(super) fn share(program: &mut Program, kept: &[FactId]) {
    let mut own: BTreeSet<usize> = BTreeSet::from([program.type_lane]);
    let mut pin = |number: N| {
        if let N::Byte(lane) = number {
            own.insert(lane);
        }
    };
    of_facts(program, kept).into_iter().for_each(&mut pin);
    program.each_read_besides(&mut pin);
    program.splats.iter().for_each(|(lane, _)| pin(*lane));
    program.truths.iter().for_each(|(lane, _)| pin(N::Byte(*lane)));
    program.fills.iter().for_each(|fill| pin(fill.lane));
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, op) in program.ops.iter().enumerate() {
        op.each_read(&mut |number| {
            if let N::Byte(lane) = number {
                last.insert(lane, index);
            }
        });
    }
    let (mut free, mut at) = (Vec::new(), BTreeMap::new());
    for (index, op) in program.ops.iter_mut().enumerate() {
        let mut read = Vec::new();
        op.each_read(&mut |number| {
            if let N::Byte(lane) = number {
                read.push(lane);
            }
        });
        if let Some(N::Byte(out)) = op.writes()
            && !own.contains(&out)
        {
            // Its own lane where none is free: what is written once is read from there.
            at.insert(out, free.pop().unwrap_or(out));
        }
        op.each_byte_lane(&mut |lane| *lane = at.get(lane).copied().unwrap_or(*lane));
        // What it reads last is free for the next: no operation writes what it reads.
        read.sort_unstable();
        read.dedup();
        for lane in read {
            if let (Some(place), Some(true)) = (at.get(&lane), last.get(&lane).map(|last| *last == index)) {
                free.push(*place);
            }
        }
    }
}
