//! Whether the command decides the reference accounts as the answers say, on one thread and on
//! two, into CSV and into Parquet; and whether the library does.

mod codes;
mod files;

use crate::Failure;
use crate::child::{self, Folder};
use crate::reference::accounts::Accounts;
use crate::reference::answers::Answers;
use crate::reference::arrears_columns;
use crate::reference::table::{self, Amounts};
use crate::reference::written::{self, ACCOUNTS, ANSWERS};
use arrears::Law;
use arrears_batch::{Hooks, Options};
use codes::Wanted;
use std::path::{Path, PathBuf};
use std::process::Command;

const DAY: &str = "2026-03-31";
const REASON: &str = "a bench decides nobody's account";
/// Accounts that are decided where nobody says how many.
const COUNT: usize = 1_000_000;

pub(crate) const USAGE: &str = "[--accounts N] [--folder FOLDER] [--bin ARREARS]
         same TABLE.parquet ANSWERS.csv DECISIONS...";

/// Compares the files that are named, or writes accounts and answers, has them decided in every
/// way, and compares what came out.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        [table, answers, decisions @ ..] if !decisions.is_empty() && !table.starts_with("--") => {
            let decisions: Vec<PathBuf> = decisions.iter().map(PathBuf::from).collect();
            compare(Path::new(table), Path::new(answers), &decisions)
        }
        _ => {
            let (accounts, folder, bin) = read(arguments)?;
            whole(examples, accounts, &Folder::new(folder.as_deref(), "same")?, &bin)
        }
    }
}

fn read(arguments: &[&str]) -> Result<(usize, Option<PathBuf>, PathBuf), String> {
    let (mut accounts, mut folder, mut bin) = (COUNT, None, crate::portfolio::released());
    let mut rest = arguments.iter().copied();
    while let Some(name) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("`{name}` wants a value after it; it takes {USAGE}"));
        match name {
            "--accounts" => {
                let text = value()?;
                accounts = text.parse().map_err(|_| format!("`{text}` is not a number of accounts"))?;
            }
            "--folder" => folder = Some(value()?.into()),
            "--bin" => bin = value()?.into(),
            _ => return Err(format!("`{name}` is not known; it takes {USAGE}")),
        }
    }
    Ok((accounts, folder, bin))
}

/// Decides the accounts by the command and by the library, on one thread and on two, with next
/// reviews and without.
fn whole(examples: &Path, accounts: usize, folder: &Folder, bin: &Path) -> Result<(), Failure> {
    let accounts = Accounts::new(accounts);
    let (table, answers) = (folder.file(ACCOUNTS), folder.file(ANSWERS));
    written::table(&table, &table::of(&accounts, Amounts::default())?)?;
    written::answers(&answers, &Answers::of(&accounts))?;
    for reviews in [true, false] {
        let name = |by: &str, threads: usize, ending: &str| {
            folder.file(&format!("{by}-{}{threads}.{ending}", if reviews { "" } else { "no-review-" }))
        };
        let mut decisions = Vec::new();
        for threads in [1, 2] {
            let outputs = ["csv", "parquet"].map(|ending| name("command", threads, ending));
            by_command((examples, bin, &table), (threads, reviews), &outputs)?;
            decisions.extend(outputs);
            let outputs = ["csv", "parquet"].map(|ending| name("library", threads, ending));
            by_library((examples, &table), (threads, reviews), &outputs)?;
            decisions.extend(outputs);
        }
        compare(&table, &answers, &decisions)?;
    }
    Ok(())
}

fn by_command(
    (examples, bin, table): (&Path, &Path, &Path),
    (threads, reviews): (usize, bool),
    outputs: &[PathBuf],
) -> Result<(), Failure> {
    let mut command = Command::new(bin);
    command.arg("run").arg(examples.join("policies/reference.rhai")).arg("--on").arg(table);
    command.args(["--as-of", DAY, "--no-law", REASON, "--quiet"]).env("RAYON_NUM_THREADS", threads.to_string());
    for output in outputs {
        command.arg("--out").arg(output);
    }
    if !reviews {
        command.arg("--no-review");
    }
    child::run(&mut command).map(drop)
}

fn by_library(
    (examples, table): (&Path, &Path),
    (threads, reviews): (usize, bool),
    outputs: &[PathBuf],
) -> Result<(), Failure> {
    let policy = arrears_columns::load(examples)?;
    let options = Options { outputs: outputs.to_vec(), reviews, ..Options::new(DAY.parse()?, Law::none(REASON)?) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    pool.install(|| arrears_batch::run(&policy, table, &options, Hooks::default()))?;
    Ok(())
}

/// Compares every decision of every file with the answers, and the files with one another.
fn compare(table: &Path, answers: &Path, decisions: &[PathBuf]) -> Result<(), Failure> {
    let wanted = Wanted::read(table, answers)?;
    for path in decisions {
        codes::compare(path, &wanted)?;
        println!("{}: type, action, reason and stage of {} accounts are the answers", path.display(), wanted.len());
    }
    let ending = |wanted: &'static str| {
        decisions.iter().filter(move |path| path.extension().is_some_and(|ending| ending == wanted))
    };
    let (csv, parquet): (Vec<_>, Vec<_>) = (ending("csv").collect(), ending("parquet").collect());
    if let [first, others @ ..] = csv.as_slice() {
        others.iter().try_for_each(|other| files::same_bytes(first, other))?;
        println!("{} CSV files are the same, byte for byte", csv.len());
    }
    if let [first, others @ ..] = parquet.as_slice() {
        others.iter().try_for_each(|other| files::same_rows(first, other))?;
        println!("{} Parquet files are the same, row for row in every column", parquet.len());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{compare, run};
    use crate::child::Folder;
    use std::path::{Path, PathBuf};

    const TABLE: &str = "account_id\nA1\nA2\n";
    const ANSWERS: &str = "account_id,type,action,reason,stage\nA1,0,9,13,1\nA2,5,1,4,0\n";
    const DECISIONS: &str = "account_id,debtor_type,stage,treatment,action,acts,held_by\n\
                             A1,forgetful,s1,text,sms,,\nA2,standard,current,,none,,\n";

    fn compared(name: &str, decisions: &[&str]) -> Result<(), String> {
        let folder = Folder::new(None, name).unwrap();
        let file = |name: &str, text: &str| -> PathBuf {
            let path = folder.file(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let (table, answers) = (file("table.csv", TABLE), file("answers.csv", ANSWERS));
        let decisions: Vec<PathBuf> =
            decisions.iter().enumerate().map(|(place, text)| file(&format!("{place}.csv"), text)).collect();
        compare(&table, &answers, &decisions).map_err(|error| error.to_string())
    }

    #[test]
    fn decisions_that_are_the_answers_pass() {
        assert_eq!(compared("passes", &[DECISIONS, DECISIONS]), Ok(()));
    }

    #[test]
    fn every_output_that_is_another_is_found() {
        for (right, wrong, output) in [
            ("forgetful", "stalling", "type"),
            ("s1", "s2", "stage"),
            ("text", "call", "reason"),
            ("sms", "letter", "action"),
            ("none,,", "none,,dispute", "action"),
            ("sms,,", "sms,auto debit,", "action"),
        ] {
            let error = compared("differs", &[&DECISIONS.replace(right, wrong)]).unwrap_err();
            assert!(error.contains(output), "{right} for {wrong}: {error}");
        }
    }

    #[test]
    fn an_account_that_is_missing_or_in_another_place_is_found() {
        let missing = DECISIONS.replace("A2,standard,current,,none,,\n", "");
        assert!(compared("missing", &[&missing]).unwrap_err().contains("1 decision for 2 accounts"));
        assert!(compared("moved", &[&DECISIONS.replace("A2", "A3")]).unwrap_err().contains("A3"));
    }

    #[test]
    fn files_that_mean_the_same_and_differ_in_a_byte_are_found() {
        let quoted = DECISIONS.replace(",text,", ",\"text\",");
        assert!(compared("bytes", &[DECISIONS, &quoted]).unwrap_err().contains("byte"));
    }

    #[test]
    fn an_unknown_argument_is_named() {
        assert!(run(Path::new("."), &["--threads", "2"]).unwrap_err().to_string().contains("--threads"));
    }
}
