//! Accounts that exercise what nothing exercised, as tests that can be put into the policy.

use super::exercise::{Exercise, Reader};
use super::goals::{Target, ways};
use super::plan::Plan;
use arrears::number::show_fixed;
use arrears::policy::Invariant;
use arrears::trial::{Bench, Mend, Reach, Search, quiet_account};
use arrears::{Cell, Decision, Input, Kind, Law, Policy, Record, Row};
use serde::Serialize;

/// How far one search goes.
const REACH: Reach = Reach { changes: 9, accounts: 300 };
/// Days for which an account that comes from a stage has stood in it.
const STOOD: i64 = 400;

/// An account that exercises what nothing exercised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What it exercises, as [`super::Uncovered::what`] says it.
    pub covers: String,
    /// A test for the policy file. What it expects is what the policy decides now: whether that is what the bank
    /// wants, a person must judge.
    pub test: String,
    /// How many accounts were tried to find it.
    pub tried: usize,
}

/// Looks for accounts, one target after the other.
pub(super) struct Desk<'p> {
    pub(super) policy: &'p Policy,
    pub(super) plan: &'p Plan,
    pub(super) reader: Reader<'p>,
    pub(super) law: Law,
    /// What was exercised, the accounts that were found included.
    pub(super) exercised: Exercise,
    /// How many accounts were tried so far.
    pub(super) tried: usize,
}

impl Desk<'_> {
    /// An account that meets the target; none if no search finds one that can be written as a test.
    pub(super) fn find(&mut self, target: Target, covers: &str) -> Option<Suggestion> {
        let on = self.policy.head().from.unwrap_or_default();
        let quiet = quiet_account(self.policy);
        for way in ways(self.policy, self.plan, target) {
            let starts = std::iter::once(quiet.clone()).chain(way.from.map(|from| self.come_from(&quiet, from)));
            for start in starts {
                let mut search = Search::new(self.policy, REACH);
                let (reader, plan, law, policy) = (&self.reader, self.plan, &self.law, self.policy);
                let found = search.find(&start, &mut |bench, row| {
                    let mut seen = Exercise::of(plan);
                    let decision = reader.see(row, law, on, &mut seen);
                    if !target.is_met(&seen) || policy.not_for(row).is_some() {
                        return Some(way.next(bench, row, decision.types));
                    }
                    // A test of an account that breaks a `never` or an `always` fails whatever it expects.
                    let broken = policy.broken_invariants(row, &decision);
                    (!broken.is_empty()).then(|| broken.into_iter().flat_map(|it| kept(bench, it, row)).collect())
                });
                self.tried += search.tried();
                let Some(row) = found.and_then(|cells| self.policy.row(cells).ok().map(|row| (row, search.tried())))
                else {
                    continue;
                };
                let (row, tried) = row;
                let mut exercised = self.exercised.clone();
                let decision = self.reader.see(&row, &self.law, on, &mut exercised);
                if let Some(test) = written(self.policy, &row, &decision, covers) {
                    self.exercised = exercised;
                    return Some(Suggestion { covers: covers.to_owned(), test, tried });
                }
            }
        }
        None
    }

    /// The account as it comes from a stage in which it has stood for long.
    fn come_from(&self, cells: &[Cell], stage: usize) -> Vec<Cell> {
        let mut cells = cells.to_vec();
        let known = self.policy.engine_facts();
        let stage = Cell::number(i64::try_from(stage).unwrap_or(0));
        let stood = Cell::number(STOOD);
        for (fact, cell) in [
            (known.previous_stage, stage),
            (known.previous_rung, stage),
            (known.days_in_stage, stood),
            (known.days_on_rung, stood),
            (known.days_since_decision, Cell::number(1)),
        ] {
            if let Some(slot) = cells.get_mut(fact.index()) {
                *slot = cell;
            }
        }
        cells
    }
}

/// What could be changed so that a `never` or an `always` is kept.
fn kept(bench: &Bench<'_>, invariant: &Invariant, row: &Row) -> Vec<Mend> {
    let then = invariant.then.iter().flat_map(|then| bench.mends(then, true, row));
    then.chain(bench.mends(&invariant.when, false, row)).collect()
}

/// The account as a test of the policy, with what it decides now; none if it cannot be written as one.
fn written(policy: &Policy, row: &Row, decision: &Decision, covers: &str) -> Option<String> {
    let mut facts = Vec::new();
    let cells = row.table_cells();
    for ((input, quiet), cell) in policy.inputs().iter().zip(quiet_account(policy)).zip(cells) {
        let computed = matches!(input.need, arrears::Need::Derived | arrears::Need::Script);
        if input.is_column() && !computed && cell != quiet {
            facts.push(format!("{}: {}", input.name, value(policy, input, cell)?));
        }
    }
    let record = decision.record(policy, "");
    let given = if facts.is_empty() { String::new() } else { format!(" + #{{ {} }}", facts.join(", ")) };
    let name = covers.replace(['"', '\\', '`'], "'").replace(|letter: char| letter.is_control(), " ");
    Some(format!(
        "test \"{name}\" // to be judged by a person: this is what the policy says now\n    given quiet{given}\n    expect #{{ {} }};",
        expected(&record)
    ))
}

fn value(policy: &Policy, input: &Input, cell: Cell) -> Option<String> {
    if cell.is_never() {
        return Some("\"never\"".to_owned());
    }
    let Some(number) = cell.get() else {
        return (input.kind != Kind::Category).then(|| "\"unknown\"".to_owned());
    };
    Some(match input.kind {
        Kind::Flag => (number != 0).to_string(),
        Kind::Category => quoted(input.word_of(cell)?),
        kind => show_fixed(number, kind.decimals(policy.head().currency.digits())),
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn expected(record: &Record) -> String {
    let kind = record.debtor_type.as_deref().unwrap_or("unknown");
    let mut expected = vec![
        format!("debtor_type: {}", quoted(kind)),
        format!("stage: {}", quoted(&record.stage)),
        format!("action: {}", quoted(&record.action)),
    ];
    expected.extend(record.treatment.as_ref().map(|treatment| format!("treatment: {}", quoted(treatment))));
    expected.join(", ")
}
