//! `arrears lifecycle`: what became of an account until a day.

use crate::args::day;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::history_file::{self, wrong};
use crate::show::{life_text, screen};
use arrears_owed::lifecycle::LifeStory;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Tells the turns of an account: missed, rolled, eased, cured, re-aged, charged off, sold, closed
///
/// Each with its day and why; what is still true of the debt after a charge-off or a sale; and the demands that are
/// recorded as effective. Buckets are those of the conventions.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The history of the account, in the format arrears-history/1
    #[arg(value_name = "ACCOUNT.json")]
    account: PathBuf,
    /// The last day that is looked at
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: NaiveDate,
    /// The first day that is looked at; the day the account was opened if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<NaiveDate>,
    /// What was not known on this day is left out; by default the last day itself
    #[arg(long, value_name = "DATE", value_parser = day)]
    known_by: Option<NaiveDate>,
    /// How the bank counts; days from the due date, without grace or tolerance, if not given
    #[arg(long, value_name = "FILE.json")]
    conventions: Option<PathBuf>,
    /// The tag by which the bank marks a re-age
    #[arg(long, value_name = "TAG")]
    re_aged: Option<String>,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Tells what became of the account.
pub(crate) fn lifecycle(args: &Args) -> Result<Exit, Failure> {
    let account = history_file::account(&args.account)?;
    let conventions = history_file::conventions(args.conventions.as_deref(), &account)?;
    let days = (args.from.unwrap_or_else(|| account.opened_on()), args.as_of);
    let known_by = args.known_by.unwrap_or(args.as_of);
    if days.1 < days.0 {
        let message = format!("--as-of {} lies before the first day, {}: expected a later one", days.1, days.0);
        return Err(Failure::new(Exit::Usage, message));
    }
    let story = LifeStory::of(&account, days, known_by, &conventions, args.re_aged.as_deref())
        .map_err(|problems| wrong(&args.account, Exit::Usage, &problems))?;
    if args.json {
        screen::out_json(&story)?;
    } else {
        screen::out(&life_text(&story))?;
    }
    Ok(Exit::Good)
}
