//! What the way through Python adds: the reference accounts in a table of polars decided by the
//! Python package, beside the same accounts in memory decided by the library.

use crate::Failure;
use crate::child::Folder;
use crate::clock::Lap;
use crate::reference::accounts::Accounts;
use crate::reference::arrears_columns;
use crate::reference::table::{self, Amounts};
use crate::reference::written::{self, ACCOUNTS};
use arrears::Law;
use arrears_batch::{HeldTable, Hooks, Options, run as decide};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/bench_python.py");
const DAY: &str = "2026-03-31";
const COUNT: usize = 1_000_000;
const ROUNDS: usize = 11;

pub(crate) const USAGE: &str = "PYTHON [ACCOUNTS]";

/// Decides so many accounts by the library and by the package of a Python that has it.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let (python, count) = match arguments {
        [python] => (*python, COUNT),
        [python, count] => (*python, count.parse()?),
        _ => return Err(format!("it takes {USAGE}").into()),
    };
    let folder = Folder::new(None, "python")?;
    let path = folder.file(ACCOUNTS);
    let table = table::of(&Accounts::new(count), Amounts::default())?;
    written::table(&path, &table)?;
    let held = HeldTable::new("accounts", table.schema(), vec![table]);
    // Before and after, so that a machine that grows slower or quicker is seen.
    let (mut library, decided) = by_library(examples, &held)?;
    let package = by_package(python, &path, &examples.join("policies/reference.rhai"))?;
    library.extend(by_library(examples, &held)?.0);
    library.sort_by(f64::total_cmp);
    let (mut rounds, counted) = package;
    rounds.sort_by(f64::total_cmp);
    if counted != decided {
        return Err(format!("the package decides {counted:?}, the library {decided:?}").into());
    }
    println!("{count} reference accounts in memory, all cores, without reviews; milliseconds");
    println!("  {:<34}{:>10}{:>10}{:>10}", "", "quickest", "median", "slowest");
    for (name, rounds) in [("the library", &library), ("the package, from polars", &rounds)] {
        let at = |place: usize| 1000.0 * rounds.get(place).copied().unwrap_or(f64::NAN);
        let last = rounds.len().saturating_sub(1);
        println!("  {name:<34}{:>10.1}{:>10.1}{:>10.1}", at(0), at(rounds.len() / 2), at(last));
    }
    let middle = |rounds: &[f64]| rounds.get(rounds.len() / 2).copied().unwrap_or(f64::NAN);
    println!("the package over the library: {:.3}", middle(&rounds) / middle(&library));
    Ok(())
}

/// The seconds of each round, and how many accounts get which action.
type Decided = (Vec<f64>, Vec<(String, u64)>);

fn by_library(examples: &Path, held: &HeldTable) -> Result<Decided, Failure> {
    let policy = arrears_columns::load(examples)?;
    let law = Law::none("a bench decides nobody's account")?;
    let options = Options { reviews: false, ..Options::new(DAY.parse()?, law) };
    let (mut rounds, mut counted) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut decisions = Vec::new();
        let mut take = |rows| {
            decisions.push(rows);
            true
        };
        let lap = Lap::begin();
        let hooks = Hooks { decisions: Some(&mut take), ..Hooks::default() };
        let summary = decide(&policy, held.clone(), &options, hooks)?;
        rounds.push(lap.seconds());
        counted = summary.by_action.iter().map(|tally| (tally.name.clone(), tally.accounts)).collect();
    }
    Ok((rounds, counted))
}

fn by_package(python: &str, table: &Path, policy: &Path) -> Result<Decided, Failure> {
    let mut command = Command::new(python);
    command.arg(SCRIPT).args([table, policy]).args([DAY, &ROUNDS.to_string()]).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| format!("{python}: cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("{SCRIPT}: {}", output.status).into());
    }
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let list = |name: &str| told.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let action = |tally: &Value| Some((tally.get(0)?.as_str()?.to_owned(), tally.get(1)?.as_u64()?));
    let rounds = list("rounds").iter().filter_map(Value::as_f64).collect();
    Ok((rounds, list("by_action").iter().filter_map(action).collect()))
}
