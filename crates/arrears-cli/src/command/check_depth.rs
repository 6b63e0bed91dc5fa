//! `arrears check --deep`: a policy over every account that it may meet, and a table that its types tell apart.

use crate::args::{self, LawChoice, ReadArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::screen;
use crate::{book, policy_file, stop};
use arrears::Policy;
use arrears_rules::Loaded;
use arrears_workbench::analysis::{Analysis, Options, OtherwiseShare, ShareError, analyse, otherwise_share};
use arrears_workbench::{Book, Rules};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Under which law a policy is analysed, and with which table.
#[derive(clap::Args, Debug)]
pub(crate) struct DepthArgs {
    /// A table of accounts, .parquet or .csv, of which the share is told that is left to the last debtor type
    #[arg(long, value_name = "TABLE", requires_all = ["deep", "as_of"])]
    on: Option<PathBuf>,
    /// The day whose law binds, and of the table's decisions, in the policy's time zone
    #[arg(long, value_name = "DATE", value_parser = args::day, requires = "deep")]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    law: LawChoice,
    #[command(flatten)]
    read: ReadArgs,
}

impl DepthArgs {
    /// Makes sure that what is said about law has a day.
    pub(crate) fn fit(&self, deep: bool) -> Result<(), Failure> {
        if self.law.is_given() && !(deep && self.as_of.is_some()) {
            let message = "a law is chosen for --deep and a day: give --deep and --as-of too";
            return Err(Failure::new(Exit::Usage, message));
        }
        Ok(())
    }
}

/// The policy over every account that it may meet: under the law of a day if there is one, else without guardrails of law.
pub(crate) fn analysed(policy: &Policy, loaded: &Loaded, args: &DepthArgs) -> Result<Analysis, Failure> {
    let options = Options { scripts: Some(&loaded.scripts), as_of: args.as_of, ..Options::default() };
    let analysed = |policy: &Policy| analyse(policy, &options).map_err(|error| Failure::new(Exit::Policy, error));
    let Some(as_of) = args.as_of else { return analysed(policy) };
    let bound = policy.under(&args.law.law()?, as_of).map_err(|problems| {
        let shown = policy_file::show(&problems, policy.sources());
        Failure::new(Exit::Policy, "the law cannot be kept").with_report(shown)
    })?;
    let mut analysis = analysed(&bound)?;
    if let Some(table) = &args.on {
        let rules = Rules { policy, scripts: &loaded.scripts };
        analysis.add_share(policy, share(rules, (table, as_of), args)?);
    }
    Ok(analysis)
}

/// What of the table is left to the last type.
fn share(rules: Rules<'_>, (table, as_of): (&Path, NaiveDate), args: &DepthArgs) -> Result<OtherwiseShare, Failure> {
    let (table, options) = book::opened(table, (as_of, &args.law), &args.read)?;
    let stop = stop::listen()?;
    let bar = screen::progress(true);
    let mut go_on = |rows| {
        screen::advance_rows(&bar, rows, None);
        !stop.load(Ordering::Relaxed)
    };
    let share = otherwise_share(rules, Book { table: &table, options: &options }, &mut go_on);
    bar.finish_and_clear();
    Ok(share?)
}

impl From<ShareError> for Failure {
    fn from(error: ShareError) -> Self {
        match error {
            ShareError::Book(error) => error.into(),
            ShareError::Run(error) => error.into(),
            _ => Self::new(Exit::Policy, error),
        }
    }
}
