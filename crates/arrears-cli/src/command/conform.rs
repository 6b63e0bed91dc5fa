//! `arrears conform`: the cases of a conformance suite.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::screen;
use serde_json::json;
use std::path::PathBuf;

/// Decides the cases of conformance suite files, and says which fail
///
/// A suite file holds cases of one kind: what is given, and what is expected. Each case that
/// fails has a line: its id, its rule, what was expected, what was found. The last line is
/// `N passed, M failed`. Cases of a kind that is not read yet fail.
///
/// Cases about the law are judged under the packs that are shipped. What these hold as unverified
/// is enabled, and the first line says how many rules that are.
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

/// Judges the files that can be read; if one cannot, the command ends badly however they do.
pub(crate) fn conform(args: &Args) -> Result<Exit, Failure> {
    let mut suites = Vec::new();
    let mut unreadable = Vec::new();
    for file in &args.files {
        match arrears_conform::open(file) {
            Ok(suite) => suites.push(suite),
            Err(error) => unreadable.push(error.to_string()),
        }
    }
    let report = arrears_conform::judge(&suites);
    let unread = Failure::new(Exit::Usage, unreadable.join("\n"))
        .with("files", json!(unreadable))
        .with("passed", json!(report.passed()))
        .with("failed", json!(report.failed()))
        .with("unverified", json!(report.unverified))
        .with("cases", json!(report.verdicts));
    match (args.json, unreadable.is_empty()) {
        (true, true) => screen::out_json(&json!({
            "passed": report.passed(), "failed": report.failed(), "unverified": report.unverified,
            "cases": report.verdicts,
        }))?,
        (true, false) => return Err(unread),
        (false, read) => {
            screen::out(&report.to_string())?;
            if !read {
                return Err(unread);
            }
        }
    }
    Ok(if report.failed() == 0 { Exit::Good } else { Exit::Policy })
}
