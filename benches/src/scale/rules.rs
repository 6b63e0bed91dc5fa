//! What an account costs under policies of ever more rules, in columns and row by row.

use super::chart::Bar;
use super::policies::{Mix, begins, text};
use crate::Failure;
use crate::clock::Lap;
use crate::reference::accounts::Accounts;
use crate::reference::arrears_columns::portfolio;
use crate::reference::table::{self, Amounts};
use arrears::Policy;
use arrears_batch::{Decided, Portfolio};
use arrow_array::RecordBatch;
use std::hint::black_box;

/// Accounts that are decided in columns, and how many of them row by row: it takes longer.
const IN_COLUMNS: usize = 100_000;
const BY_ROW: usize = 2_000;
const ROUNDS: usize = 9;

/// A policy, and what it took round by round.
struct Contest {
    rules: usize,
    policy: Policy,
    table: RecordBatch,
    columns: Vec<f64>,
    rows: Vec<f64>,
}

/// Decides the same accounts under each policy in both ways; they take turns.
pub(super) fn measure(sizes: &[usize]) -> Result<Vec<Bar>, Failure> {
    let accounts = Accounts::new(IN_COLUMNS);
    let contests = sizes.iter().map(|rules| Contest::new(*rules, &accounts));
    let mut contests = contests.collect::<Result<Vec<_>, _>>()?;
    contests.iter().try_for_each(Contest::compare)?;
    for _ in 0..ROUNDS {
        contests.iter_mut().try_for_each(Contest::round)?;
    }
    Ok(contests.into_iter().flat_map(Contest::bars).collect())
}

impl Contest {
    fn new(rules: usize, accounts: &Accounts) -> Result<Self, Failure> {
        let loaded = arrears_rules::load_source("made-up.rhai", &text(rules), &[]);
        let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        let policy = loaded.policy.ok_or_else(|| problems.join("\n"))?;
        let table = with_stages(&table::of(accounts, Amounts::default())?, &Mix::of(rules), accounts)?;
        Ok(Self { rules, policy, table, columns: Vec::new(), rows: Vec::new() })
    }

    fn portfolio(&self) -> Result<Portfolio<'_>, Failure> {
        portfolio(&self.policy, &self.table)
    }

    /// Every decision of the one way must be that of the other, and none be handed over.
    fn compare(&self) -> Result<(), Failure> {
        let portfolio = self.portfolio()?;
        let mut desk = portfolio.desk();
        let some = self.table.slice(0, BY_ROW);
        let handed = portfolio.handed_over(&mut desk, &self.table);
        if handed > 0 {
            return Err(format!("{} rules: columns hand {handed} rows over", self.rules).into());
        }
        let mut decided = Decided::default();
        if let Some(error) = portfolio.decide(&mut desk, &some, 1, &mut decided).first() {
            return Err(error.to_string().into());
        }
        for (row, decision) in portfolio.decide_by_row(&some, 1).into_iter().enumerate() {
            let (wanted, found) = (decision.map_err(|error| error.to_string())?, portfolio.decision(&decided, row));
            if found.as_ref() != Some(&wanted) {
                return Err(format!("{} rules: account {row}: {found:?}, by row {wanted:?}", self.rules).into());
            }
        }
        Ok(())
    }

    fn round(&mut self) -> Result<(), Failure> {
        let portfolio = portfolio(&self.policy, &self.table)?;
        let (mut desk, mut decided) = (portfolio.desk(), Decided::default());
        // What is kept once for all rows is found before time is taken.
        portfolio.decide(&mut desk, &self.table, 1, &mut decided);
        decided.clear();
        let lap = Lap::begin();
        black_box(portfolio.decide(&mut desk, &self.table, 1, &mut decided));
        self.columns.push(lap.seconds() * 1e9 / IN_COLUMNS as f64);
        let some = self.table.slice(0, BY_ROW);
        let lap = Lap::begin();
        black_box(portfolio.decide_by_row(&some, 1));
        self.rows.push(lap.seconds() * 1e9 / BY_ROW as f64);
        Ok(())
    }

    fn bars(self) -> [Bar; 2] {
        let Mix { types, holds, stages, acts, treatments } = Mix::of(self.rules);
        let of = format!(": types {types}, holds {holds}, stages {stages}, acts {acts}, treatments {treatments}");
        let rules = self.rules;
        let bar = |way: &str, mut laps: Vec<f64>, of: &str| {
            laps.sort_unstable_by(f64::total_cmp);
            let at = |place: usize| laps.get(place).copied().unwrap_or(f64::NAN);
            let (min, median) = (at(0), at(laps.len() / 2));
            let note = format!("{:.1} ns a rule{of}", median / rules as f64);
            Bar { name: format!("{rules:>5} rules, {way}"), min, median, note }
        };
        [bar("in columns", self.columns, &of), bar("row by row", self.rows, "")]
    }
}

/// The table with the stages of a policy: on which the accounts stood last night.
fn with_stages(table: &RecordBatch, mix: &Mix, accounts: &Accounts) -> Result<RecordBatch, Failure> {
    let names: Vec<String> =
        std::iter::once("current".to_owned()).chain((1..=mix.stages).map(|stage| format!("s{stage}"))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // A day earlier.
    let stood = |days: &i64| (0..mix.stages).filter(|stage| begins(mix, *stage) as i64 <= *days - 1).count() as i32;
    let stages = table::words(accounts.dpd.iter().map(stood), &names)?;
    let schema = table.schema();
    let place = schema.index_of("previous_stage")?;
    let mut columns = table.columns().to_vec();
    if let Some(column) = columns.get_mut(place) {
        *column = stages;
    }
    Ok(RecordBatch::try_new(schema, columns)?)
}
