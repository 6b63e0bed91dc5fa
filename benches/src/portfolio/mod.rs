//! A whole portfolio through the command: two nights, from Parquet to Parquet, with customers
//! and with state, beside merely reading and writing the same file.

mod copied;
mod table;

use crate::Failure;
use crate::child::{self, Folder, Taken};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Accounts of the portfolio where nobody says how many.
const ACCOUNTS: usize = 10_000_000;
/// Last night, and tonight.
const NIGHTS: [&str; 2] = ["2026-03-30", "2026-03-31"];

pub(crate) const USAGE: &str = "[--accounts N] [--folder FOLDER] [--bin ARREARS]";

/// What is asked.
#[derive(Debug)]
struct Asked {
    accounts: usize,
    /// Where the files go and stay; one of its own, taken away, if nobody says.
    folder: Option<PathBuf>,
    /// The command; the release build of the workspace if nobody says.
    bin: PathBuf,
}

impl Asked {
    fn read(arguments: &[&str]) -> Result<Self, String> {
        let mut asked = Self { accounts: ACCOUNTS, folder: None, bin: released() };
        let mut rest = arguments.iter().copied();
        while let Some(name) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| format!("`{name}` wants a value after it; it takes {USAGE}"));
            match name {
                "--accounts" => {
                    let text = value()?;
                    asked.accounts = text.parse().map_err(|_| format!("`{text}` is not a number of accounts"))?;
                }
                "--folder" => asked.folder = Some(value()?.into()),
                "--bin" => asked.bin = value()?.into(),
                _ => return Err(format!("`{name}` is not known; it takes {USAGE}")),
            }
        }
        Ok(asked)
    }
}

/// Where `cargo build --release -p arrears-cli` puts the command.
pub(crate) fn released() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/arrears")
}

/// Writes the portfolio, decides it on two nights, and prints what that took.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let asked = Asked::read(arguments)?;
    let folder = Folder::new(asked.folder.as_deref(), "portfolio")?;
    let accounts = folder.file("portfolio.parquet");
    let customers = table::write(&accounts, asked.accounts)?;
    println!(
        "{} accounts of {} customers, 25 columns, {}",
        asked.accounts,
        customers,
        told(std::fs::metadata(&accounts)?.len())
    );
    let (before, after) = (folder.file("state-before.parquet"), folder.file("state-after.parquet"));
    let decisions = folder.file("decisions.parquet");
    let [last, tonight] = NIGHTS;
    let mut command = night(&asked.bin, examples, &accounts, last);
    let first = child::run(command.arg("--no-review").arg("--state-out").arg(&before))?;
    print("last night, without state", asked.accounts, first);
    let mere = copied::copy(&accounts, &folder.file("copy.parquet"))?;
    print("merely read and written", asked.accounts, Taken { seconds: mere, memory: None });
    for (what, reviews) in [("tonight, with state", false), ("tonight, with state and next reviews", true)] {
        let mut command = night(&asked.bin, examples, &accounts, tonight);
        command.arg("--state").arg(&before).arg("--state-out").arg(&after).arg("--out").arg(&decisions);
        if !reviews {
            command.arg("--no-review");
        }
        let taken = child::run(&mut command)?;
        print(what, asked.accounts, taken);
        copied::all_there(&decisions, asked.accounts)?;
        copied::all_there(&after, asked.accounts)?;
        println!("    decisions {}, state {}", size(&decisions)?, size(&after)?);
        println!("    {:.2} times merely reading and writing the table", taken.seconds / mere);
    }
    let record = folder.file("record.json");
    let mut command = night(&asked.bin, examples, &accounts, tonight);
    command.arg("--state").arg(&before).arg("--out").arg(&decisions).arg("--log").arg(&record);
    print("the same with a record of the run", asked.accounts, child::run(&mut command)?);
    // It ends well only if every decision is equal.
    let mut command = Command::new(&asked.bin);
    command.arg("replay").arg(&record).arg("--policies").arg(examples.join("policies"));
    print("decided again and compared", asked.accounts, child::run(&mut command)?);
    Ok(())
}

fn night(bin: &Path, examples: &Path, accounts: &Path, day: &str) -> Command {
    let mut command = Command::new(bin);
    command.arg("run").arg(examples.join("policies/reference.rhai")).arg("--on").arg(accounts);
    command.args(["--as-of", day, "--no-law", "a bench decides nobody's account", "--quiet"]);
    command
}

fn print(what: &str, accounts: usize, taken: Taken) {
    let memory = taken.memory.map_or_else(String::new, |bytes| format!(", at most {} of memory", told(bytes)));
    let each = accounts as f64 / taken.seconds;
    println!("{what:<42}{:>8.2} s, {each:.0} accounts/s{memory}", taken.seconds);
}

fn size(path: &Path) -> Result<String, Failure> {
    Ok(told(std::fs::metadata(path)?.len()))
}

/// A number of bytes in megabytes of a million.
fn told(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
