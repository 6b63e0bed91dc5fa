//! `arrears arrange`: what can be arranged for an account, and how an arrangement is kept.

use crate::args::OwedArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{schedule_text, screen, ways_out_text};
use crate::{history_file, offers_file, terms_file};
use arrears_owed::arrangement::{WaysOut, WaysOutAsked, WaysOutError, instalment, share};
use rust_decimal::Decimal;
use std::path::PathBuf;

/// Says what can be arranged for who cannot pay what is asked for, and how an arrangement is kept
///
/// What can be afforded of what the person states; plans to choose from, each with its cost; what may be let go,
/// by whom, and until when the offer stands; the least payment that keeps the account out of the next worse bucket;
/// and what delay costs, with a row for each plan. Of terms that are not offered it says why.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    owed: OwedArgs,
    /// What the bank offers, in the format arrears-offers/1
    #[arg(long, value_name = "OFFERS.json")]
    offers: PathBuf,
    /// What the person states of a month, in the format arrears-means/1; without it no plan is offered
    #[arg(long, value_name = "MEANS.json")]
    means: Option<PathBuf>,
    /// How the bank counts; days from the due date, without grace or tolerance, if not given
    #[arg(long, value_name = "FILE.json")]
    conventions: Option<PathBuf>,
    /// Lets go of this share of what is owed, as in 0.20; if not given, the most that each role may is shown
    #[arg(long, value_name = "SHARE", value_parser = settled)]
    settle: Option<i64>,
    /// Who makes the offer: says whose approval it needs
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Makes the plan of an instalment that the person proposes, in the account's currency
    #[arg(long, value_name = "AMOUNT", requires = "means")]
    pay: Option<String>,
    /// Shows the instalments of the plan of so many months
    #[arg(long, value_name = "MONTHS", requires = "means")]
    schedule: Option<u32>,
    /// Writes tables in Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says what can be arranged.
pub(crate) fn arrange(args: &Args) -> Result<Exit, Failure> {
    let account = history_file::account(&args.owed.account)?;
    let conventions = history_file::conventions(args.conventions.as_deref(), &account)?;
    let terms = terms_file::terms(&args.owed.terms)?;
    let rules = offers_file::offers(&args.offers)?;
    let means = args.means.as_deref().map(offers_file::means).transpose()?;
    if let Some(role) = &args.role {
        let settlement = rules.settlement.as_ref();
        let roles: Vec<&str> =
            settlement.iter().flat_map(|rules| &rules.authority).map(|one| one.role.as_str()).collect();
        if !roles.contains(&role.as_str()) {
            let message = format!("no role is called `{role}`: expected one of {}", roles.join(", "));
            return Err(Failure::new(Exit::Usage, message));
        }
    }
    let pay = args.pay.as_deref().map(|text| {
        instalment(text, account.currency()).map_err(|why| Failure::new(Exit::Usage, format!("--pay {text}: {why}")))
    });
    let asked = WaysOutAsked {
        account: &account,
        terms: &terms,
        conventions: &conventions,
        rules: &rules,
        means: means.as_ref(),
        share: args.settle,
        each: pay.transpose()?,
    };
    // What is proposed is asked on the command line; all else is in files.
    let exit = |error: &WaysOutError| match error {
        WaysOutError::Plan(_) if args.pay.is_some() => (Exit::Usage, "--pay".to_owned()),
        _ => (Exit::Table, args.owed.account.display().to_string()),
    };
    let ways = WaysOut::of(&asked, args.owed.as_of)
        .map_err(|error| Failure::new(exit(&error).0, format!("{}: {error}", exit(&error).1)))?;
    let plan = match args.schedule {
        None => None,
        Some(months) => Some(offered(&ways, months)?),
    };
    if args.json {
        screen::out_json(&ways)?;
    } else if let Some(plan) = plan {
        screen::out(&schedule_text(&ways, plan, args.markdown))?;
    } else {
        screen::out(&ways_out_text(&ways, &rules, args.role.as_deref(), args.markdown))?;
    }
    Ok(Exit::Good)
}

/// The plan of so many months, of those that are offered.
fn offered(ways: &WaysOut, months: u32) -> Result<&arrears_owed::arrangement::Plan, Failure> {
    let offers = ways.menu.iter().flat_map(|menu| &menu.offers).chain(&ways.proposed);
    if let Some(offer) = offers.clone().find(|offer| offer.months == months) {
        return Ok(&offer.plan);
    }
    let refused = ways.menu.iter().flat_map(|menu| &menu.refused).find(|refused| refused.months == months);
    let why = refused.map_or_else(|| "it is not among the terms".to_owned(), |refused| refused.why.clone());
    let terms: Vec<String> = offers.map(|offer| offer.months.to_string()).collect();
    let others =
        if terms.is_empty() { "none is offered".to_owned() } else { format!("expected one of {}", terms.join(", ")) };
    Err(Failure::new(Exit::Usage, format!("no plan of {months} months is offered: {why}; {others}")))
}

/// Reads a share.
fn settled(text: &str) -> Result<i64, String> {
    let written: Option<Decimal> = Decimal::from_str_exact(text).ok();
    written
        .and_then(share)
        .filter(|share| (1..=1_000_000).contains(share))
        .ok_or_else(|| "expected a share above 0 and at most 1, of at most six decimals, as in 0.20".to_owned())
}
