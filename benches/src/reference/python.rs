//! The rivals that are Python packages, run by `scripts/bench_columns.py` over the same
//! accounts.

use super::answers::Answers;
use super::report::Line;
use super::written;
use crate::Failure;
use crate::child::Folder;
use arrow_array::RecordBatch;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/bench_columns.py");

/// Writes the accounts for the script, runs it and reads what it measured. The script compares
/// every answer itself and ends badly if one differs.
pub(crate) fn run(python: &Path, table: &RecordBatch, answers: &Answers) -> Result<Vec<Line>, Failure> {
    let folder = Folder::new(None, "reference")?;
    let (accounts, wanted) = (folder.file(written::ACCOUNTS), folder.file(written::ANSWERS));
    written::table(&accounts, table)?;
    written::answers(&wanted, answers)?;
    let mut command = Command::new(python);
    command.arg(SCRIPT).args([&accounts, &wanted]).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| format!("{}: cannot be run: {error}", python.display()))?;
    if !output.status.success() {
        return Err(format!("{SCRIPT}: {}", output.status).into());
    }
    String::from_utf8(output.stdout)?.lines().map(line).collect()
}

fn line(text: &str) -> Result<Line, Failure> {
    let told: Value = serde_json::from_str(text).map_err(|error| format!("{SCRIPT}: {text:?}: {error}"))?;
    let missing = |name: &str| format!("{SCRIPT}: no `{name}` in {text:?}");
    let whole = |name: &str| -> Result<usize, Failure> {
        Ok(usize::try_from(told.get(name).and_then(Value::as_u64).ok_or_else(|| missing(name))?)?)
    };
    let float = |name: &str| told.get(name).and_then(Value::as_f64).ok_or_else(|| missing(name));
    let name = told.get("contestant").and_then(Value::as_str).ok_or_else(|| missing("contestant"))?;
    Ok(Line {
        name: name.to_owned(),
        threads: whole("threads")?,
        accounts: whole("accounts")?,
        min: float("min_ns")?,
        median: float("median_ns")?,
        max: float("max_ns")?,
        role: super::report::Role::Rival,
    })
}
