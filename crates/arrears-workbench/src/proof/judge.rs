//! The real engine, asked of single accounts: only what it shows is said to have been found.

use crate::script_facts;
use arrears::condition::{Cond, FactId, RowReading, Truth, WordSet};
use arrears::policy::Need;
use arrears::trial::quiet_account;
use arrears::{Cell, Decision, Law, Policy, Row, decide_today};
use arrears_rules::Scripts;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A policy as it decides on a day under a law.
pub(crate) struct Judge<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) scripts: Option<&'a Scripts>,
    pub(crate) law: Law,
    pub(crate) day: NaiveDate,
    /// The quiet account, as it is given.
    pub(crate) quiet: Vec<Cell>,
    thresholds: Vec<i64>,
}

/// An account with what is decided of it.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// As it is given, before anything is computed.
    pub(crate) given: Vec<Cell>,
    pub(crate) row: Row,
    pub(crate) decision: Decision,
}

/// What an account must show.
pub(crate) type Shows<'s> = &'s dyn Fn(&Row, &Decision) -> bool;

impl<'a> Judge<'a> {
    pub(crate) fn new(policy: &'a Policy, scripts: Option<&'a Scripts>, law: Law, day: NaiveDate) -> Self {
        let thresholds = policy.threshold_values().map(|(_, value)| value).collect();
        Self { policy, scripts, law, day, quiet: quiet_account(policy), thresholds }
    }

    /// The truth of a condition of an account, once its types are known.
    pub(crate) fn truth(&self, row: &Row, cond: &Cond, types: WordSet) -> Truth {
        cond.read(&RowReading { cells: row.cells(), thresholds: &self.thresholds, types })
    }

    /// Decides an account; none if it cannot be, or if the policy is not for it.
    pub(crate) fn judge(&self, given: &[Cell]) -> Option<Judged> {
        let mut cells = given.to_vec();
        if let Some(scripts) = self.scripts.filter(|_| !self.policy.scripts().is_empty()) {
            script_facts::compute(scripts, self.policy, &mut cells);
        }
        let row = self.policy.row(cells).ok()?;
        if self.policy.applies_to(&row) != Truth::True {
            return None;
        }
        let decision = decide_today(self.policy, &row, &self.law, self.day, None);
        Some(Judged { given: given.to_vec(), row, decision })
    }

    /// Decides an account of which the finished cells are told: what is computed is given only where it must be.
    pub(crate) fn judge_finished(&self, finished: &[Cell]) -> Option<Judged> {
        let mut given = finished.to_vec();
        let computed: Vec<FactId> = self.policy.derived_facts().map(|(id, _)| id).collect();
        for id in &computed {
            set(&mut given, *id, Cell::UNKNOWN);
        }
        for (id, input) in self.policy.fact_ids().zip(self.policy.inputs()) {
            if matches!(input.need, Need::Result | Need::Contact) {
                set(&mut given, id, Cell::UNKNOWN);
            }
        }
        let row = self.policy.row(given.clone()).ok()?;
        for id in computed {
            let wanted = finished.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
            if !wanted.is_unknown() && row.cell(id) != wanted {
                let mut tried = given.clone();
                set(&mut tried, id, wanted);
                if self.policy.row(tried.clone()).is_ok() {
                    given = tried;
                }
            }
        }
        self.judge(&given)
    }

    /// The same finding on an account that differs from the quiet one as little as one change at a time can find.
    /// `edges` are numbers at which conditions turn.
    pub(crate) fn simplest(&self, found: Judged, shows: Shows<'_>, edges: &dyn Fn(FactId) -> Vec<i64>) -> Judged {
        self.simplest_of(found, &|judged| shows(&judged.row, &judged.decision), edges)
    }

    /// The same, where the whole account shows it.
    pub(crate) fn simplest_of(
        &self,
        found: Judged,
        shows: &dyn Fn(&Judged) -> bool,
        edges: &dyn Fn(FactId) -> Vec<i64>,
    ) -> Judged {
        let mut best = found;
        for _ in 0..3 {
            let before = best.given.clone();
            for id in self.policy.fact_ids() {
                let (now, quiet) = (cell(&best.given, id), cell(&self.quiet, id));
                if now == quiet {
                    continue;
                }
                let edges = self.policy.input(id).filter(|input| input.kind.is_number()).map(|_| edges(id));
                for tried in nearer(now, quiet, edges.as_deref()) {
                    let mut given = best.given.clone();
                    set(&mut given, id, tried);
                    if let Some(judged) = self.judge(&given).filter(|it| shows(it)) {
                        best = judged;
                        break;
                    }
                }
            }
            if best.given == before {
                break;
            }
        }
        best
    }
}

/// What could stand in the place of a cell, nearest to the quiet account first.
fn nearer(now: Cell, quiet: Cell, edges: Option<&[i64]>) -> Vec<Cell> {
    let mut tried = vec![quiet];
    if let (Some(value), Some(edges)) = (now.get(), edges) {
        let from = quiet.get().unwrap_or(0);
        let near: BTreeSet<i64> = edges
            .iter()
            .flat_map(|edge| [edge.saturating_sub(1), *edge, edge.saturating_add(1)])
            .chain([0, 1])
            .filter(|edge| (*edge > from && *edge < value) || (*edge < from && *edge > value) || *edge == from)
            .collect();
        let mut near: Vec<i64> = near.into_iter().collect();
        near.sort_by_key(|edge| edge.abs_diff(from));
        tried.extend(near.into_iter().map(Cell::number));
    }
    tried
}

pub(crate) fn cell(cells: &[Cell], id: FactId) -> Cell {
    cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN)
}

fn set(cells: &mut [Cell], id: FactId, cell: Cell) {
    if let Some(slot) = cells.get_mut(id.index()) {
        *slot = cell;
    }
}
