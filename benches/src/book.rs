//! Tables of accounts as the rows that a policy decides, read as `arrears run` reads them.

use crate::Failure;
use arrears::facts::Value;
use arrears::number::Money;
use arrears::{Cell, Facts, Input, Kind, Law, Policy, Row};
use arrears_batch::{Hooks, Options, ScriptCost, Summary};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A table of accounts.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) path: PathBuf,
    /// What a run over the table decides.
    pub(crate) summary: Summary,
    /// The accounts, in the table's order.
    pub(crate) rows: Vec<Row>,
    /// The same accounts, as a program would give them.
    pub(crate) facts: Vec<Facts>,
}

impl Book {
    /// Reads and decides a table once, and keeps its rows.
    pub(crate) fn read(policy: &Policy, path: PathBuf, law: &Law, as_of: NaiveDate) -> Result<Self, Failure> {
        let seen = Mutex::new(Vec::new());
        let keep = |_: &Policy, cells: &mut Vec<Cell>| {
            seen.lock().unwrap_or_else(PoisonError::into_inner).push(cells.clone());
            ScriptCost::default()
        };
        // On one thread the rows come by in the table's order.
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
        let summary = alone.install(|| {
            let hooks = Hooks { scripts: Some(&keep), ..Hooks::default() };
            // Only row by row does a script see every row.
            let options = Options { one_by_one: true, ..Options::new(as_of, law.clone()) };
            arrears_batch::run(policy, &path, &options, hooks)
        })?;
        let seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let given = columns(policy, &path)?;
        let facts = seen.iter().enumerate().map(|(index, cells)| facts(policy, &given, index, cells));
        let facts = facts.collect::<Result<_, _>>()?;
        let row = |cells| policy.row(cells).map_err(|problems| format!("{}: {problems:?}", path.display()));
        let rows = seen.into_iter().map(row).collect::<Result<_, _>>()?;
        Ok(Self { path, summary, rows, facts })
    }
}

/// The facts for which the table has a column.
fn columns<'p>(policy: &'p Policy, path: &Path) -> Result<Vec<(usize, &'p Input)>, Failure> {
    let table = arrears_batch::open(path)?;
    let has_column = |input: &Input| input.is_column() && table.schema().column_with_name(&input.name).is_some();
    Ok(policy.inputs().iter().enumerate().filter(|(_, input)| has_column(input)).collect())
}

fn facts(policy: &Policy, given: &[(usize, &Input)], index: usize, cells: &[Cell]) -> Result<Facts, Failure> {
    let currency = policy.head().currency;
    let mut facts = Facts::new(format!("{index:05}"), currency);
    for (position, input) in given {
        let cell = cells.get(*position).copied().unwrap_or(Cell::UNKNOWN);
        let value = match (cell.get(), input.kind) {
            (None, _) if cell.is_never() => Value::Never,
            (None, _) => Value::Unknown,
            (Some(number), Kind::Days) => Value::Days(number),
            (Some(number), Kind::Count) => Value::Count(number),
            (Some(number), Kind::Money) => Value::Money(Money::from_minor(number, currency)),
            (Some(number), Kind::Ratio) => Value::Ratio(number),
            (Some(number), Kind::Flag) => Value::Flag(number != 0),
            (Some(_), Kind::Category) => Value::Word(input.word_of(cell).unwrap_or_default().into()),
        };
        facts.set(&input.name, value)?;
    }
    Ok(facts)
}
