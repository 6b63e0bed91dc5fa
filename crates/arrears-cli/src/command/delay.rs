//! `arrears delay`: what is owed today, in some weeks, and after a lawsuit.

use crate::args::OwedArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{delay_text, screen};
use crate::{history_file, terms_file};
use arrears_owed::delay::{Behaviour, Delay};

/// Says what delay costs: what is owed today, in some weeks, and after a lawsuit
///
/// For who pays nothing, who pays what is asked for when it falls due, and who pays in full today.
/// A lawsuit is shown where the terms say what it costs.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    owed: OwedArgs,
    /// Days from today
    #[arg(long, value_name = "DAYS", value_delimiter = ',', default_value = "0,30,60,90")]
    days: Vec<u32>,
    /// Writes tables in Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Writes the table.
pub(crate) fn delay(args: &Args) -> Result<Exit, Failure> {
    let account = history_file::account(&args.owed.account)?;
    let terms = terms_file::terms(&args.owed.terms)?;
    let table = Delay::table(&account, &terms, args.owed.as_of, &args.days, &Behaviour::USUAL)
        .map_err(|error| Failure::new(Exit::Table, format!("{}: {error}", args.owed.account.display())))?;
    if args.json {
        screen::out_json(&table)?;
    } else {
        screen::out(&delay_text(&table, args.markdown))?;
    }
    Ok(Exit::Good)
}
