//! `arrears regime`: asks one regulatory regime.

use crate::args::day;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::history_file::{self, text, wrong};
use crate::show::{answer_text, screen};
use arrears_owed::Regimes;
use arrears_owed::answer::{Answer, AskedOf};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// Asks a regulatory regime: the class of an account, the shares of a payment, whether something is permitted
///
/// With an object that holds what the regime's mechanism asks (docs/regimes.md lists the fields), or with the history
/// of an account. The answer comes with the rule that decided, where that stands and how it is known. A rule that was
/// not verified answers only where it is enabled by name. `arrears regimes` lists the regimes.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP, group = clap::ArgGroup::new("asked").required(true).args(["given", "account"]))]
pub(crate) struct Args {
    /// The regime, by its name: `US-FFIEC`
    #[arg(value_name = "NAME")]
    name: String,
    /// The history of an account, in the format arrears-history/1
    #[arg(value_name = "ACCOUNT.json", requires = "as_of")]
    account: Option<PathBuf>,
    /// What the regime is asked, as a JSON object
    #[arg(long, value_name = "FILE.json", conflicts_with_all = ["as_of", "known_by", "product", "conventions"])]
    given: Option<PathBuf>,
    /// The day for which the account is asked about, at its end
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// What was not known on this day is left out; by default the day itself
    #[arg(long, value_name = "DATE", value_parser = day)]
    known_by: Option<NaiveDate>,
    /// The account's product, where the regime tells products apart
    #[arg(long)]
    product: Option<String>,
    /// How the bank counts; days from the due date, without grace or tolerance, if not given
    #[arg(long, value_name = "FILE.json")]
    conventions: Option<PathBuf>,
    /// Enables a rule that was not verified, because its source was read; may be repeated, and the answer says so
    #[arg(long, value_name = "RULE")]
    enable: Vec<String>,
    /// Enables every rule that ships as unverified; the answer says so
    #[arg(long)]
    unverified: bool,
    /// Writes the answer as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Asks the regime.
pub(crate) fn regime(args: &Args) -> Result<Exit, Failure> {
    let usage = |error: arrears_owed::RegimeError| Failure::new(Exit::Usage, error);
    let regimes = Regimes::shipped().enabling(args.enable.iter().map(String::as_str)).map_err(usage)?;
    let regimes = if args.unverified { regimes.with_unverified() } else { regimes };
    regimes.askable(&args.name).map_err(usage)?;
    let answer = match (&args.given, &args.account, args.as_of) {
        (Some(given), _, _) => {
            regimes.answer(&args.name, &text(given)?).map_err(|problems| wrong(given, Exit::Table, &problems))?
        }
        (None, Some(account), Some(as_of)) => of_history(args, &regimes, account, as_of)?,
        _ => return Err(Failure::new(Exit::Usage, "expected --given FILE.json, or ACCOUNT.json with --as-of DATE")),
    };
    if args.json {
        screen::out_json(&answer)?;
    } else {
        screen::out(&answer_text(&answer))?;
    }
    Ok(Exit::Good)
}

fn of_history(args: &Args, regimes: &Regimes, path: &Path, as_of: NaiveDate) -> Result<Answer, Failure> {
    let account = history_file::account(path)?;
    let conventions = history_file::conventions(args.conventions.as_deref(), &account)?;
    let of = AskedOf {
        account: &account,
        as_of,
        known_by: args.known_by.unwrap_or(as_of),
        conventions: &conventions,
        product: args.product.as_deref(),
    };
    regimes.answer_of(&args.name, &of).map_err(|problems| wrong(path, Exit::Usage, &problems))
}
