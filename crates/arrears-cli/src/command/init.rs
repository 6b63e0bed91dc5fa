//! `arrears init`: proposes which column of a table holds which fact.

use crate::args::PolicyArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::screen;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Proposes a column mapping for a table
///
/// Columns whose names are those of facts are taken. Close names are suggested in comments,
/// and what has no column is listed: nothing is assumed. Read the proposal before use.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The table of accounts, .parquet or .csv
    #[arg(value_name = "TABLE")]
    table: PathBuf,
    /// Asks only for the facts that this policy reads
    #[arg(long, value_name = "POLICY")]
    policy: Option<PathBuf>,
    /// Writes the mapping to a file, which must not exist yet
    #[arg(long, value_name = "MAP.toml")]
    out: Option<PathBuf>,
}

/// Proposes the mapping.
pub(crate) fn init(args: &Args) -> Result<Exit, Failure> {
    let policy = match &args.policy {
        Some(policy) => {
            let policy = PolicyArgs { policy: policy.clone(), set: Vec::new() };
            Some(policy_file::load(&policy)?.0)
        }
        None => None,
    };
    let table = arrears_batch::open(&args.table)?;
    let name = args.table.display().to_string();
    let mapping = arrears_batch::propose_mapping(table.schema(), &name, policy.as_ref());
    match &args.out {
        Some(path) => {
            write_new(path, &mapping)
                .map_err(|error| Failure::new(Exit::File, format!("{}: cannot be written: {error}", path.display())))?;
            screen::out(&format!("written: {}; read it before use\n", path.display()))?;
        }
        None => screen::out(&mapping)?,
    }
    Ok(Exit::Good)
}

/// Writes a file that does not exist yet: a mapping that someone has mended is not lost.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
