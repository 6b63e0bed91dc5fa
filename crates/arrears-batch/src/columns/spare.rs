//! Work that nobody needs is left out: a condition that every rule reads as part of another,
//! a computed fact that no rule of the policy reads.

use super::lane::N;
use super::program::Program;
use arrears::condition::FactId;
use std::collections::BTreeSet;

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
