//! `arrears run`: decides a table of accounts.

use crate::args::{LawArgs, PolicyArgs, ReadArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::run_log::RunLog;
use crate::show::{of_nobody_text, overview_text, screen, set_aside_text, summary_text};
use crate::{policy_file, policy_folder, stop};
use arrears::{Cell, Policy, PolicyHash};
use arrears_batch::{Hooks, Mapping, Options, Overview, Policies, RowError, RunError, ScriptCost, Summary, run_each};
use arrears_rules::Scripts;
use arrears_workbench::record::Ran;
use arrears_workbench::script_facts;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Decides every account of a table, and prints a summary
///
/// Given a folder of policies, each account goes to the one that is in force and applies to it.
/// Nothing is written unless every row can be decided; with --keep-going the rows that
/// cannot are set aside, and the others are decided. Files appear only when all of them
/// are complete; Ctrl-C leaves none.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The table of accounts, .parquet or .csv; `arrears inputs` lists its columns
    #[arg(long, value_name = "TABLE")]
    on: PathBuf,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten)]
    read: ReadArgs,
    /// Writes the decisions: .parquet, .csv or .jsonl; may be repeated
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// Writes what these decisions leave for the next run; it may be the file of --state
    #[arg(long, value_name = "FILE")]
    state_out: Option<PathBuf>,
    /// Leaves out when to look at each account again, which takes most of the time
    #[arg(long)]
    no_review: bool,
    /// Decides the good rows of a table that has bad ones, and ends with exit code 4
    #[arg(long)]
    keep_going: bool,
    /// Where the rows go that are set aside; beside the first --out if not given
    #[arg(long, value_name = "FILE.csv", requires = "keep_going")]
    errors: Option<PathBuf>,
    /// Writes the record of the run: every file by its hash, the policies, the law and the day; `arrears
    /// replay` proves the decisions with it
    #[arg(long, value_name = "FILE.json")]
    log: Option<PathBuf>,
    /// Writes the summary as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Prints no summary and shows no progress
    #[arg(long, conflicts_with = "json")]
    quiet: bool,
}

/// Decides the table.
pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    let policies = Loaded::of(&args.policy)?;
    let mapping = args.read.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default();
    let options = Options {
        mapping,
        events: args.read.events.tables(),
        state: args.read.state.clone().map(Into::into),
        state_out: args.state_out.clone(),
        outputs: args.out.clone(),
        reviews: !args.no_review,
        keep_going: args.keep_going,
        errors: args.errors.clone(),
        ..Options::new(args.law.as_of, args.law.choice.law()?)
    };
    let packs = args.law.choice.files().iter().map(|path| ("pack", path.clone()));
    let others: Vec<_> = args.read.columns.iter().map(|path| ("columns", path.clone())).chain(packs).collect();
    let log = RunLog::begin(args.log.as_deref(), (&args.on, &options), &others)?;
    let bar = screen::progress(!args.quiet);
    let mut advance = |progress| screen::advance(&bar, progress);
    let compute = |policy: &Policy, cells: &mut Vec<_>| policies.compute(policy, cells);
    let hooks = Hooks {
        progress: Some(&mut advance),
        scripts: policies.has_scripts().then_some(&compute),
        stop: Some(stop::listen()?),
        ..Hooks::default()
    };
    let ended = policies.run(&args.on, &options, hooks);
    bar.finish_and_clear();
    let told = ended?;
    if let Some(log) = log {
        log.end(&options, told.ran(&policies.all(), &args.policy.set))?;
    }
    match told {
        Told::One(summary) => {
            tell(args, &summary, || summary_text(&summary))?;
            let mut exit = set_aside(summary.errors, summary.errors_file.as_deref(), &summary.first_errors)?;
            for tally in summary.events.iter().filter(|tally| tally.of_nobody > 0) {
                screen::note(&of_nobody_text(tally))?;
                exit = Exit::SetAside;
            }
            Ok(exit)
        }
        Told::Each(overview) => {
            tell(args, &overview, || overview_text(&overview))?;
            set_aside(overview.errors, overview.errors_file.as_deref(), &overview.first_errors)
        }
    }
}

/// The policies of a run, with what computes their scripts.
enum Loaded {
    One(Box<Policy>, Scripts),
    Folder(Policies, BTreeMap<PolicyHash, Scripts>),
}

/// What a run decided.
enum Told {
    One(Box<Summary>),
    Each(Box<Overview>),
}

impl Loaded {
    fn of(args: &PolicyArgs) -> Result<Self, Failure> {
        if policy_folder::is_folder(args) {
            let (policies, computed) = policy_folder::policies(args)?;
            return Ok(Self::Folder(policies, computed));
        }
        let (policy, computed) = policy_file::load(args)?;
        Ok(Self::One(Box::new(policy), computed))
    }

    /// Every policy, as it was loaded.
    fn all(&self) -> Vec<&Policy> {
        match self {
            Self::One(policy, _) => vec![policy],
            Self::Folder(policies, _) => policies.iter().collect(),
        }
    }

    fn has_scripts(&self) -> bool {
        match self {
            Self::One(_, computed) => !computed.is_empty(),
            Self::Folder(_, computed) => computed.values().any(|computed| !computed.is_empty()),
        }
    }

    fn compute(&self, policy: &Policy, cells: &mut [Cell]) -> ScriptCost {
        let computed = match self {
            Self::One(_, computed) => Some(computed),
            Self::Folder(_, computed) => computed.get(&policy.hash()),
        };
        computed.map(|computed| script_facts::compute(computed, policy, cells)).unwrap_or_default()
    }

    fn run(&self, table: &Path, options: &Options, hooks: Hooks<'_>) -> Result<Told, RunError> {
        match self {
            Self::One(policy, _) => {
                arrears_batch::run(policy, table, options, hooks).map(|summary| Told::One(Box::new(summary)))
            }
            Self::Folder(policies, _) => {
                run_each(policies, table, options, hooks).map(|overview| Told::Each(Box::new(overview)))
            }
        }
    }
}

impl Told {
    /// What the record of the run tells of it.
    fn ran<'a>(&'a self, policies: &'a [&'a Policy], set: &'a [(String, Decimal)]) -> Ran<'a> {
        let (summaries, folder, rows, errors, errors_file) = match self {
            Self::One(one) => (std::slice::from_ref(&**one), false, one.rows, one.errors, &one.errors_file),
            Self::Each(all) => (all.policies.as_slice(), true, all.rows, all.errors, &all.errors_file),
        };
        Ran { policies, summaries, folder, set, rows, errors, errors_file: errors_file.as_deref() }
    }
}

/// Prints what was decided, as it is wanted.
fn tell(args: &Args, result: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Failure> {
    if args.json {
        screen::out_json(result)?;
    } else if !args.quiet {
        screen::out(&text())?;
    }
    Ok(())
}

fn set_aside(errors: u64, file: Option<&Path>, first: &[RowError]) -> Result<Exit, Failure> {
    if errors == 0 {
        return Ok(Exit::Good);
    }
    screen::note(&set_aside_text(errors, file, first))?;
    Ok(Exit::SetAside)
}
