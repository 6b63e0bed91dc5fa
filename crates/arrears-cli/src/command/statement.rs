//! `arrears statement`: how much is owed on an account, and every line of it.

use crate::args::{OwedArgs, day};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{screen, statement_text};
use crate::{history_file, terms_file};
use arrears_owed::statement::Statement;
use chrono::NaiveDate;

/// Says how much is owed on an account, and what it is made of
///
/// One total first, then principal, interest, penalty interest, fees and costs; what is overdue, what
/// falls due next, and every line with its day, its item and its reason.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    owed: OwedArgs,
    /// What was not known on this day is left out; by default the day itself
    #[arg(long, value_name = "DATE", value_parser = day)]
    known_by: Option<NaiveDate>,
    /// Writes tables in Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Writes the statement.
pub(crate) fn statement(args: &Args) -> Result<Exit, Failure> {
    let account = history_file::account(&args.owed.account)?;
    let terms = terms_file::terms(&args.owed.terms)?;
    let known_by = args.known_by.unwrap_or(args.owed.as_of);
    let owed = Statement::of(&account, &terms, args.owed.as_of, known_by)
        .map_err(|error| Failure::new(Exit::Table, format!("{}: {error}", args.owed.account.display())))?;
    if args.json {
        screen::out_json(&owed)?;
    } else {
        screen::out(&statement_text(&owed, args.markdown))?;
    }
    Ok(Exit::Good)
}
