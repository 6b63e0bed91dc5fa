//! Work and room that nobody needs: a condition that every rule reads as part of another, a
//! computed fact that no rule of the policy reads, a lane that was read for the last time, or is
//! filled long before it is read.

use super::lane::N;
use super::program::{Fill, Op, Program};
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

/// Reads every column just before the operation that asks for it first, so that it is near when it is
/// asked for; what is read besides the operations comes before them all, and what nobody asks for is
/// read all the same.
pub(super) fn fill_late(program: &mut Program) {
    let mut fills = std::mem::take(&mut program.fills);
    let ops = std::mem::take(&mut program.ops);
    let mut asked = BTreeSet::new();
    for op in &ops {
        op.each_read(&mut |number| asked.extend(key(number)));
    }
    let mut put = |ops: &mut Vec<Op>, at_once: &dyn Fn(&Fill) -> bool| {
        let (now, later) = std::mem::take(&mut fills).into_iter().partition(at_once);
        fills = later;
        ops.extend(Vec::into_iter(now).map(Op::Fill));
    };
    let mut all = Vec::with_capacity(ops.len());
    let mut besides = BTreeSet::new();
    program.each_read_besides(&mut |number| besides.extend(key(number)));
    put(&mut all, &|fill| key(fill.lane).is_none_or(|lane| besides.contains(&lane) || !asked.contains(&lane)));
    let mut finishing = 0;
    for (index, op) in ops.into_iter().enumerate() {
        let mut read = BTreeSet::new();
        op.each_read(&mut |number| read.extend(key(number)));
        if !read.is_empty() {
            put(&mut all, &|fill| key(fill.lane).is_some_and(|lane| read.contains(&lane)));
        }
        all.push(op);
        if index + 1 == program.finishing {
            finishing = all.len();
        }
    }
    program.finishing = finishing;
    program.ops = all;
    program.part();
}

/// Gives lanes the room of others that are no longer read, so that the lanes in use stay few
/// and near; those of kept facts, of columns that are filled before, and of what is read
/// besides stay their own.
pub(super) fn share(program: &mut Program, kept: &[FactId]) {
    let mut own: BTreeSet<(u8, usize)> = BTreeSet::from([(0, program.type_lane)]);
    let mut pin = |number: N| own.extend(key(number));
    of_facts(program, kept).into_iter().for_each(&mut pin);
    program.each_read_besides(&mut pin);
    program.splats.iter().for_each(|(lane, _)| pin(*lane));
    program.truths.iter().for_each(|(lane, _)| pin(N::Byte(*lane)));
    program.fills.iter().for_each(|fill| pin(fill.lane));
    let mut last: BTreeMap<(u8, usize), usize> = BTreeMap::new();
    for (index, op) in program.ops.iter().enumerate() {
        // What nobody reads has its room while it is written.
        last.extend(op.writes().and_then(key).map(|lane| (lane, index)));
        op.each_read(&mut |number| last.extend(key(number).map(|lane| (lane, index))));
    }
    // What is handed on in place to a lane of its own stands there from the first.
    let mut there: BTreeMap<(u8, usize), N> = BTreeMap::new();
    for (index, op) in program.ops.iter().enumerate() {
        let (Some(of), Some(out)) = (op.in_place(), op.writes()) else { continue };
        if let (Some(of), Some(to)) = (key(of), key(out))
            && of.0 == to.0
            && own.contains(&to)
            && !own.contains(&of)
            && last.get(&of) == Some(&index)
        {
            there.insert(of, out);
        }
    }
    let mut free: BTreeMap<u8, Vec<N>> = BTreeMap::new();
    let mut at: BTreeMap<(u8, usize), N> = BTreeMap::new();
    for (index, op) in program.ops.iter_mut().enumerate() {
        let mut done = Vec::new();
        op.each_read(&mut |number| done.extend(key(number)));
        let out = op.writes().and_then(key).filter(|out| !own.contains(out));
        done.extend(out);
        done.sort_unstable();
        done.dedup();
        done.retain(|lane| last.get(lane) == Some(&index));
        if let Some(out) = out {
            let stays = op.in_place().and_then(key).filter(|of| of.0 == out.0 && done.contains(of));
            let stays = stays.and_then(|of| Some((of, *at.get(&of)?)));
            if let Some((of, _)) = stays {
                done.retain(|lane| *lane != of);
            }
            let room = there.get(&out).copied().or(stays.map(|(_, room)| room));
            let room = room.or_else(|| free.get_mut(&out.0)?.pop());
            // Its own lane where none is free: what is written once is read from there.
            if let Some(room) = room.or_else(|| op.writes()) {
                at.insert(out, room);
            }
        }
        op.each_lane(&mut |lane| {
            if let Some(room) = key(*lane).and_then(|lane| at.get(&lane)) {
                *lane = *room;
            }
        });
        // What it reads last is free for the next: no operation writes what it reads, unless
        // it says so.
        for lane in done {
            if let Some(room) = at.get(&lane).filter(|_| !there.contains_key(&lane)) {
                free.entry(lane.0).or_default().push(*room);
            }
        }
    }
}
