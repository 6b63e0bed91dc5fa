//! `arrears permit`: whether one contact may be made.

use crate::args::{self, PackChoice, PackThreshold, PolicyArgs};
use crate::case_file::CaseArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{Permitted, permission_json, permission_text, screen};
use arrears::guardrail::{Answer, Case, Standing};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// Says whether one contact with a person may be made, now and in the next seven days
///
/// By which rules of law it may not, where these stand and what they say; what lifts others; how far
/// limits on counts are used; what is not known and how to tell it; and from when on the same contact
/// might be made. What is not told is not known, and never permits a contact. The exit code is 0 if it
/// may be made, 6 if a person must look first, 7 if it may not be made. None of this is legal advice.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    case: CaseArgs,
    #[command(flatten)]
    packs: PackChoice,
    /// Adds the guardrails of a bank's policy; they can only add to the law
    #[arg(long, value_name = "POLICY")]
    policy: Option<PathBuf>,
    /// Sets a threshold of a pack, PACK.NAME=VALUE, or of the policy, NAME=VALUE, inside its range; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = args::threshold)]
    set: Vec<(String, Decimal)>,
    /// Writes the case as it was understood, for a file of --case, and asks nothing
    #[arg(long)]
    print_case: bool,
    /// Writes the answer as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Days that are shown.
const DAYS: u16 = 7;

/// Asks for the permission.
pub(crate) fn permit(args: &Args) -> Result<Exit, Failure> {
    let (of_packs, of_policy): (Vec<_>, Vec<_>) = args.set.iter().cloned().partition(|(name, _)| name.contains('.'));
    let set = of_packs.into_iter().map(PackThreshold::of).collect::<Vec<_>>();
    let law = args.packs.law(&set)?;
    let inquiry = args.case.inquiry(&law)?;
    if args.print_case {
        screen::out_json(&inquiry)?;
        return Ok(Exit::Good);
    }
    let refused = |troubles| args.case.wrong(troubles);
    let mut case = inquiry.case(&law).map_err(refused)?;
    match &args.policy {
        Some(path) => case = with_house(case, path, of_policy, &inquiry.standing)?,
        None => no_policy(&of_policy)?,
    }
    let permission = case.permission(&inquiry.proposed).map_err(refused)?;
    let days = case.permitted_days(&inquiry.proposed, DAYS).map_err(refused)?;
    let to_tell = case.how_to_tell(&permission.missing);
    let answer = permission.answer;
    let permitted =
        Permitted { inquiry: &inquiry, law: &law, permission, days, to_tell, in_words: args.case.in_words() };
    if args.json {
        screen::out_json(&permission_json(&permitted))?;
    } else {
        screen::out(&permission_text(&permitted))?;
    }
    Ok(match answer {
        Answer::Allow => Exit::Good,
        Answer::Review => Exit::Review,
        Answer::Block => Exit::Blocked,
    })
}

/// The case with the guardrails of a bank's own policy beside the law.
fn with_house(case: Case, path: &Path, set: Vec<(String, Decimal)>, standing: &Standing) -> Result<Case, Failure> {
    let (policy, _) = policy_file::load(&PolicyArgs { policy: path.to_owned(), set })?;
    match policy.house_rules() {
        Some(house) => Ok(case.with_house(house, standing)),
        None => {
            screen::note(&format!("{} has no guardrails of its own", path.display()))?;
            Ok(case)
        }
    }
}

/// Thresholds of a policy are set only where there is one.
fn no_policy(set: &[(String, Decimal)]) -> Result<(), Failure> {
    match set.first() {
        None => Ok(()),
        Some((name, _)) => {
            let message = format!(
                "--set {name}: a threshold of a pack is set with its pack, as in us-regf.{name}; one of a policy needs --policy"
            );
            Err(Failure::new(Exit::Usage, message))
        }
    }
}
