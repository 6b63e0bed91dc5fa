//! `arrears permit`: whether one contact may be made.

use crate::asked_case::AskedCase;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{Permitted, permission_json, permission_text, screen};

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
    asked: AskedCase,
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
    let (law, inquiry) = args.asked.asked()?;
    if args.print_case {
        screen::out_json(&inquiry)?;
        return Ok(Exit::Good);
    }
    let case = args.asked.case(&law, &inquiry, None)?;
    let refused = |troubles| args.asked.case.wrong(troubles);
    let permission = case.permission(&inquiry.proposed).map_err(refused)?;
    let days = case.permitted_days(&inquiry.proposed, DAYS).map_err(refused)?;
    let to_tell = case.how_to_tell(&permission.missing);
    let answer = permission.answer;
    let permitted =
        Permitted { inquiry: &inquiry, law: &law, permission, days, to_tell, in_words: args.asked.case.in_words() };
    if args.json {
        screen::out_json(&permission_json(&permitted))?;
    } else {
        screen::out(&permission_text(&permitted))?;
    }
    Ok(answer.into())
}
