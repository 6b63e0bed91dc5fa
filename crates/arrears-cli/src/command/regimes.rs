//! `arrears regimes`: the regulatory regimes that are shipped.

use crate::args;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{regimes_json, regimes_text, screen};
use arrears_owed::{Regime, Regimes};
use chrono::NaiveDate;

/// Shows the regulatory regimes: how accounts are classed, payments divided, re-ages and plans limited
///
/// By jurisdiction, each regime with its mechanism and its rules: status, how each is known, what it says,
/// where it stands. A rule that was not verified answers nobody until it is enabled by name
/// (`arrears regime NAME --enable RULE`). Given names, also what the rules do not cover.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// Regimes by name (`US-FFIEC`); every shipped one if none is given
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only regimes that bind in this jurisdiction, such as CN; standards of many countries are among them
    #[arg(long, value_name = "CODE", conflicts_with = "names")]
    jurisdiction: Option<String>,
    /// Says what is in force on this day
    #[arg(long, value_name = "DATE", value_parser = args::day)]
    on: Option<NaiveDate>,
    /// Writes the regimes as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Shows the regimes.
pub(crate) fn regimes(args: &Args) -> Result<Exit, Failure> {
    let shipped = Regimes::shipped();
    let named = args.names.iter().map(|name| shipped.find(name)).collect::<Result<Vec<&Regime>, _>>();
    let mut shown = named.map_err(|error| Failure::new(Exit::Usage, error))?;
    let whole = !shown.is_empty();
    if !whole {
        shown = shipped.all().iter().collect();
    }
    if let Some(jurisdiction) = &args.jurisdiction {
        shown.retain(|regime| regime.binds(jurisdiction));
    }
    shown.sort_by_key(|regime| (regime.jurisdiction(), regime.name()));
    if args.json {
        screen::out_json(&regimes_json(&shown, args.on))?;
    } else {
        screen::out(&regimes_text(&shown, args.on, whole))?;
    }
    Ok(Exit::Good)
}
