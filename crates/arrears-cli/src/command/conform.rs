//! `arrears conform`: the cases of a conformance suite.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::screen;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Decides the cases of conformance suite files, and says which fail
///
/// A suite file holds cases of one kind: what is given, and what is expected. Each case that
/// fails has a line: its id, its rule, what was expected, what was found. The last line is
/// `N passed, M failed`. Cases of a kind that is not read yet fail.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The suite files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Judges the files; if one cannot be read, none is judged.
pub(crate) fn conform(args: &Args) -> Result<Exit, Failure> {
    let mut suites = Vec::new();
    let mut unreadable = Vec::new();
    for file in &args.files {
        match arrears_conform::open(file) {
            Ok(suite) => suites.push(suite),
            Err(error) => unreadable.push(error.to_string()),
        }
    }
    if !unreadable.is_empty() {
        return Err(Failure::new(Exit::Usage, unreadable.join("\n")).with("files", Value::from(unreadable)));
    }
    let report = arrears_conform::judge(&suites);
    if args.json {
        screen::out_json(&json!({ "passed": report.passed(), "failed": report.failed(), "cases": report.verdicts }))?;
    } else {
        screen::out(&report.to_string())?;
    }
    Ok(if report.failed() == 0 { Exit::Good } else { Exit::Policy })
}
