//! `arrears attempts`: when the numbers of a person may be called.

use crate::asked_case::AskedCase;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::plan_file;
use crate::show::{Planned, attempts_json, attempts_text, screen};
use chrono::{DateTime, FixedOffset};
use std::path::PathBuf;

/// Plans attempts of a call that a dialler can run as long as nobody answers
///
/// The plan says which numbers are called, how often on a day, how far apart, on which days and at which
/// times; the case, as for `arrears permit`, who is called and from when on. Each attempt is permitted
/// although all before it were made and nobody answered; after any other result plan again, with it in the
/// history. Of a number at which nothing is attempted the reason is told. The exit code is 0 if there is an
/// attempt, 6 if there is none and a person must look, 7 if none may be made. None of this is legal advice.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The plan as a JSON object with `numbers`, `a_day`, `days`, and if wanted `apart`, `slots` and
    /// `drop_after` (docs/permissions.md); `-` reads stdin
    #[arg(value_name = "PLAN.json")]
    plan: PathBuf,
    #[command(flatten)]
    asked: AskedCase,
    /// The moment as of which everything is known, with its offset from UTC; that of the case if not given
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    now: Option<DateTime<FixedOffset>>,
    /// Writes the attempts as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Plans the attempts.
pub(crate) fn attempts(args: &Args) -> Result<Exit, Failure> {
    if args.plan.as_os_str() == "-" && args.asked.case.is_piped() {
        return Err(Failure::new(Exit::Usage, "the plan and the case cannot both come from stdin"));
    }
    let plan = plan_file::read(&args.plan)?;
    let (law, inquiry) = args.asked.asked()?;
    let case = args.asked.case(&law, &inquiry, args.now)?;
    let attempts = case.attempts(&inquiry.proposed, &plan).map_err(|troubles| args.asked.case.wrong(troubles))?;
    let exit = attempts.answer().into();
    let planned = Planned { inquiry: &inquiry, law: &law, attempts };
    if args.json {
        screen::out_json(&attempts_json(&planned))?;
    } else {
        screen::out(&attempts_text(&planned))?;
    }
    Ok(exit)
}

fn moment(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text)
        .map_err(|_| "expected a moment with its offset from UTC, as in 2026-03-31T18:15:00-04:00".to_owned())
}
