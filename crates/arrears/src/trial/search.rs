//! Finding an account that is as wanted, by few changes of a given one.

use super::mends::{Bench, Mend};
use crate::number::Cell;
use crate::policy::{Policy, Row};
use std::collections::BTreeSet;

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How many facts of one account may be changed.
    pub changes: usize,
    /// How many accounts are tried.
    pub accounts: usize,
}

/// A search for an account. It goes deeper step by step: an account that was bent less is easier to believe.
///
/// It is the same for the same policy and account, and may miss an account that hangs on arithmetic over several
/// facts.
#[derive(Clone, Debug)]
pub struct Search<'a> {
    bench: Bench<'a>,
    reach: Reach,
    tried: usize,
    seen: BTreeSet<Vec<Option<i64>>>,
}

impl<'a> Search<'a> {
    /// A search that goes so far.
    pub fn new(policy: &'a Policy, reach: Reach) -> Self {
        Self { bench: Bench::new(policy), reach, tried: 0, seen: BTreeSet::new() }
    }

    /// How many accounts were tried so far.
    pub const fn tried(&self) -> usize {
        self.tried
    }

    /// Cells of an account that is as wanted, reached from given ones by few changes. `next` says of an account
    /// what to change next: nothing (none) if it is as wanted, an empty list if it leads nowhere.
    pub fn find(
        &mut self,
        cells: &[Cell],
        next: &mut dyn FnMut(&Bench<'a>, &Row) -> Option<Vec<Mend>>,
    ) -> Option<Vec<Cell>> {
        for depth in 1..=self.reach.changes {
            self.seen.clear();
            if let Some(found) = self.within(cells, depth, next) {
                return Some(found);
            }
            if self.tried >= self.reach.accounts {
                return None;
            }
        }
        None
    }

    fn within(
        &mut self,
        cells: &[Cell],
        depth: usize,
        next: &mut dyn FnMut(&Bench<'a>, &Row) -> Option<Vec<Mend>>,
    ) -> Option<Vec<Cell>> {
        // The same account is reached by the same changes in another order.
        let key = cells.iter().map(|cell| if cell.is_never() { Some(i64::MIN) } else { cell.get() }).collect();
        if self.tried >= self.reach.accounts || !self.seen.insert(key) {
            return None;
        }
        self.tried += 1;
        let row = self.bench.policy().row(cells.to_vec()).ok()?;
        let Some(mends) = next(&self.bench, &row) else { return Some(cells.to_vec()) };
        if depth == 0 {
            return None;
        }
        mends.into_iter().find_map(|mend| self.within(&mended(cells, mend), depth - 1, next))
    }
}

fn mended(cells: &[Cell], mend: Mend) -> Vec<Cell> {
    let mut cells = cells.to_vec();
    if let Some(slot) = cells.get_mut(mend.fact.index()) {
        *slot = mend.cell;
    }
    cells
}
