//! `arrears packs`: the packs of law.

use crate::args;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::pack_file;
use crate::show::{pack_text, packs_json, packs_text, screen};
use arrears::{Law, Pack};
use chrono::NaiveDate;
use std::path::Path;

/// Shows the packs of law: which are shipped, what their rules say, and how each is known
///
/// By jurisdiction, each pack with its rules: status, strength, where the rule stands, how it is
/// known, what it says. A rule that was not verified, is a draft or leaves its number to the bank
/// binds nobody until it is enabled by name (`--enable RULE` where decisions are made). Given names
/// of packs, or pack files of the bank's own, everything that these say: thresholds and their ranges,
/// limits, exceptions, duties, dates, and what they do not cover.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// Packs by name (`us-regf`), or pack files by path (`house.rhai`); every shipped pack if none is given
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// Only packs that bind accounts of this jurisdiction, such as US-MA
    #[arg(long, value_name = "CODE", conflicts_with = "packs")]
    jurisdiction: Option<String>,
    /// Says what is in force on this day
    #[arg(long, value_name = "DATE", value_parser = args::day)]
    on: Option<NaiveDate>,
    /// Writes the text of the packs, as a start for one's own
    #[arg(long, requires = "packs", conflicts_with = "json")]
    text: bool,
    /// Writes the packs as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Shows the packs.
pub(crate) fn packs(args: &Args) -> Result<Exit, Failure> {
    let law = arrears_rules::shipped_law();
    let named = args.packs.iter().map(|name| pack(&law, name)).collect::<Result<Vec<Pack>, _>>()?;
    let mut packs: Vec<&Pack> = if named.is_empty() { law.packs().iter().collect() } else { named.iter().collect() };
    if let Some(jurisdiction) = &args.jurisdiction {
        packs.retain(|pack| pack.head().binds(jurisdiction));
    }
    if packs.is_empty() {
        let asked = args.jurisdiction.as_deref().unwrap_or_default();
        return Err(Failure::new(Exit::Usage, format!("no pack that is shipped binds in `{asked}`")));
    }
    packs.sort_by_key(|pack| (pack.head().jurisdiction.clone(), pack.head().name.clone()));
    if args.json {
        screen::out_json(&packs_json(&law, &packs, args.on))?;
    } else if args.text {
        let sources = packs.iter().filter_map(|pack| pack.sources().first());
        screen::out(&sources.map(|source| source.text.to_string()).collect::<Vec<_>>().join("\n"))?;
    } else if named.is_empty() {
        screen::out(&packs_text(&law, &packs, args.on))?;
    } else {
        let pages: Vec<String> = packs.iter().map(|pack| pack_text(&law, pack, args.on)).collect();
        screen::out(&pages.join("\n"))?;
    }
    Ok(Exit::Good)
}

/// A shipped pack by its name, or one of the bank's own by its path.
fn pack(law: &Law, name: &str) -> Result<Pack, Failure> {
    let shipped = law.packs().iter().find(|pack| pack.head().name == name);
    match shipped {
        Some(pack) => Ok(pack.clone()),
        None if name.ends_with(".rhai") => pack_file::read(Path::new(name)),
        None => Err(Failure::new(Exit::Usage, pack_file::unknown(name, law.packs()))),
    }
}
