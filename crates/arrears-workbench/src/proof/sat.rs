//! Yes-or-no variables, clauses over them, and the search for values that satisfy all clauses.
//!
//! The search counts its conflicts: it ends after as many as it was given, on every machine alike.

pub(crate) use batsat::Lit;
use batsat::{Callbacks, ClauseKind, Solver, SolverInterface, SolverOpts, lbool};
use std::collections::BTreeMap;

/// What a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Values that satisfy all clauses.
    Yes,
    /// There are none.
    No,
    /// It ended before it was known.
    Tired,
}

/// Clauses, and the values that were found last.
pub(crate) struct Sat {
    solver: Solver<Effort>,
    yes: Lit,
    ands: BTreeMap<Vec<Lit>, Lit>,
    /// How many literals may still be set, over all searches.
    left: u64,
}

/// Literals that all searches in one set of clauses may set together.
const MOST_WORK: u64 = 300_000_000;

/// The conflicts that a search may still have.
#[derive(Default)]
struct Effort {
    left: u64,
}

impl Callbacks for Effort {
    fn on_new_clause(&mut self, _clause: &[Lit], kind: ClauseKind) {
        if kind == ClauseKind::Learnt {
            self.left = self.left.saturating_sub(1);
        }
    }
    fn stop(&self) -> bool {
        self.left == 0
    }
}

impl Sat {
    pub(crate) fn new() -> Self {
        let mut solver = Solver::new(SolverOpts::default(), Effort { left: u64::MAX });
        let yes = Lit::new(solver.new_var(lbool::TRUE, true), true);
        solver.add_clause_reuse(&mut vec![yes]);
        Self { solver, yes, ands: BTreeMap::new(), left: MOST_WORK }
    }

    /// What always holds.
    pub(crate) const fn yes(&self) -> Lit {
        self.yes
    }

    /// What never holds.
    pub(crate) fn no(&self) -> Lit {
        !self.yes
    }

    /// One or the other.
    pub(crate) fn constant(&self, holds: bool) -> Lit {
        if holds { self.yes } else { !self.yes }
    }

    /// A variable that the search first takes to be as said.
    pub(crate) fn variable(&mut self, first: bool) -> Lit {
        Lit::new(self.solver.new_var(if first { lbool::TRUE } else { lbool::FALSE }, true), true)
    }

    /// At least one of them holds.
    pub(crate) fn clause(&mut self, any: &[Lit]) {
        if any.contains(&self.yes) {
            return;
        }
        let mut clause: Vec<Lit> = any.iter().copied().filter(|lit| *lit != !self.yes).collect();
        self.solver.add_clause_reuse(&mut clause);
    }

    /// Where all of the first hold, the second does.
    pub(crate) fn implies(&mut self, all: &[Lit], then: Lit) {
        let clause: Vec<Lit> = all.iter().map(|lit| !*lit).chain([then]).collect();
        self.clause(&clause);
    }

    /// Both hold, or neither.
    pub(crate) fn same(&mut self, one: Lit, other: Lit) {
        self.implies(&[one], other);
        self.implies(&[other], one);
    }

    /// Whether all of them hold.
    pub(crate) fn and(&mut self, all: &[Lit]) -> Lit {
        let mut parts: Vec<Lit> = all.iter().copied().filter(|lit| *lit != self.yes).collect();
        parts.sort_unstable();
        parts.dedup();
        let no = self.no();
        if parts.contains(&no) || parts.iter().any(|lit| parts.binary_search(&!*lit).is_ok()) {
            return no;
        }
        match parts.as_slice() {
            [] => self.yes,
            [one] => *one,
            _ => {
                if let Some(known) = self.ands.get(&parts) {
                    return *known;
                }
                let whole = self.variable(false);
                for part in &parts {
                    self.implies(&[whole], *part);
                }
                self.implies(&parts, whole);
                self.ands.insert(parts, whole);
                whole
            }
        }
    }

    /// Whether at least one of them holds.
    pub(crate) fn or(&mut self, any: &[Lit]) -> Lit {
        let parts: Vec<Lit> = any.iter().map(|lit| !*lit).collect();
        !self.and(&parts)
    }

    /// At most one of them holds.
    pub(crate) fn at_most_one(&mut self, lits: &[Lit]) {
        let mut before = self.no();
        for lit in lits {
            self.clause(&[!before, !*lit]);
            before = self.or(&[before, *lit]);
        }
    }

    /// How many literals all searches may still set.
    pub(crate) const fn left(&self) -> u64 {
        self.left
    }

    /// Allows so many literals to be set by all searches that come.
    pub(crate) const fn allow(&mut self, literals: u64) {
        self.left = literals;
    }

    /// Counts work on what was found, beside that of the search, in literals.
    pub(crate) fn charge(&mut self, literals: u64) {
        self.left = self.left.saturating_sub(literals);
    }

    /// Whether no search may go on.
    pub(crate) const fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Searches for values that satisfy all clauses and in which all of `wanted` hold.
    pub(crate) fn solve(&mut self, wanted: &[Lit], conflicts: u64) -> Found {
        if !self.solver.is_ok() {
            return Found::No;
        }
        if self.left == 0 {
            return Found::Tired;
        }
        let before = self.solver.num_propagations();
        self.solver.cb_mut().left = conflicts.max(1);
        let result = self.solver.solve_limited(wanted);
        self.solver.cb_mut().left = u64::MAX;
        let work = self.solver.num_propagations().saturating_sub(before);
        self.left = self.left.saturating_sub(work.saturating_add(u64::from(self.solver.num_vars())));
        if result == lbool::TRUE {
            Found::Yes
        } else if result == lbool::FALSE {
            Found::No
        } else {
            Found::Tired
        }
    }

    /// Whether a literal holds in the values that were found last.
    pub(crate) fn holds(&self, lit: Lit) -> bool {
        self.solver.value_lit(lit) == lbool::TRUE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_knows_when_there_is_nothing_to_find() {
        let mut sat = Sat::new();
        let (a, b) = (sat.variable(false), sat.variable(false));
        let both = sat.and(&[a, b]);
        assert_eq!(sat.solve(&[both], 100), Found::Yes);
        assert!(sat.holds(a) && sat.holds(b));
        sat.clause(&[!a, !b]);
        assert_eq!(sat.solve(&[both], 100), Found::No);
        assert_eq!(sat.solve(&[a], 100), Found::Yes);
    }

    #[test]
    fn of_many_at_most_one_holds() {
        let mut sat = Sat::new();
        let lits: Vec<Lit> = (0..5).map(|_| sat.variable(true)).collect();
        sat.at_most_one(&lits);
        let any = sat.or(&lits);
        assert_eq!(sat.solve(&[any], 100), Found::Yes);
        assert_eq!(lits.iter().filter(|lit| sat.holds(**lit)).count(), 1);
    }
}
