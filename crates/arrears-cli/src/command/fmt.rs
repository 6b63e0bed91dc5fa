//! `arrears fmt`: lays policy files out.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::layout::{self, LaidFile};
use crate::show::{fmt_text, plural, screen};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Lays policy files out: one layout, so that differences are differences of the policy
///
/// Statements on one line where they fit, clauses on lines of their own where they do not, `=` of
/// neighbours in one column; texts, numbers, scripts and comments stay as they are, and the policy's hash
/// does too. A file that cannot be read is not touched: its problems are shown. Files are written whole or
/// not at all.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// Policies, modules and packs; `-` reads stdin and writes stdout
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Writes nothing; the exit code is 1 if a file would change
    #[arg(long)]
    check: bool,
    /// Writes nothing; shows what would change
    #[arg(long)]
    diff: bool,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Lays the files out.
pub(crate) fn lay_out(args: &Args) -> Result<Exit, Failure> {
    let files = args.files.iter().map(|path| layout::read(path)).collect::<Result<Vec<LaidFile>, Failure>>()?;
    let looks = args.check || args.diff;
    for file in files.iter().filter(|file| !looks && file.changed()) {
        file.write()?;
    }
    if args.json {
        screen::out_json(&json!({ "files": files.iter().map(LaidFile::record).collect::<Vec<Value>>() }))?;
    } else {
        screen::out(&fmt_text(&files, args.check, args.diff))?;
        for text in files.iter().filter_map(LaidFile::passed_on).filter(|_| !looks) {
            screen::out_plain(text)?;
        }
    }
    let refused: Vec<String> = files.iter().filter_map(LaidFile::problems).collect();
    if !refused.is_empty() && !args.json {
        let message = format!("{} not laid out", plural(refused.len(), "file is", "files are"));
        return Err(Failure::new(Exit::Policy, message).with_report(refused.join("\n")));
    }
    let fails = !refused.is_empty() || args.check && files.iter().any(LaidFile::changed);
    Ok(if fails { Exit::Policy } else { Exit::Good })
}
