//! `arrears brief`: what to say to one person, and cases to practise on.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::given;
use crate::show::screen;
use crate::telling::{Telling, TellingArgs};
use arrears::problem::nearest;
use arrears_words::brief::{Brief, BriefProblem};
use arrears_words::practice::{Practice, PracticeProblem, usual_account};
use serde_json::json;
use std::fmt::Display;

/// Says what to say to one person: a brief for a call or a visit
///
/// Who is it; amount and day; what to say, to offer and to record; what not to say. The account is decided as
/// `explain` does. A brief that takes too long, comes to the amount late, or says what nobody may say is refused.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    telling: TellingArgs,
    /// Cases to practise on in the place of an account: one for each debtor type. --facts say how accounts usually are
    #[arg(id = "without_account", long = "practice", conflicts_with_all = ["on", "history"])]
    practice: bool,
    /// Only the case for this debtor type
    #[arg(long = "type", value_name = "NAME", requires = "without_account")]
    debtor_type: Option<String>,
    /// Writes the brief as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Writes the brief, or the cases.
pub(crate) fn brief(args: &Args) -> Result<Exit, Failure> {
    let telling = args.telling.open()?;
    if args.practice {
        return practise(args, &telling);
    }
    let spoken = args.telling.account(&telling)?;
    let Telling { policy, words, .. } = &telling;
    let brief = Brief::of(words, policy, &spoken.decision, &spoken.told).map_err(|problems| {
        let problems: Vec<&BriefProblem> = problems.iter().collect();
        refused(&format!("{}: there is no brief", spoken.account), &problems)
    })?;
    if args.json {
        let decision = spoken.decision.record(policy, &spoken.account);
        screen::out_json(&json!({ "account": spoken.account, "decision": decision, "brief": brief }))?;
    } else {
        screen::out(&screen::printable(&brief.text()))?;
    }
    Ok(Exit::Good)
}

fn practise(args: &Args, telling: &Telling) -> Result<Exit, Failure> {
    let Telling { policy, law, words, told, .. } = telling;
    let types: Vec<&str> = policy.debtor_types().iter().map(|kind| kind.name.as_str()).collect();
    if let Some(asked) = args.debtor_type.as_deref().filter(|asked| !types.contains(asked)) {
        let meant = nearest(asked, types.iter().copied());
        let meant = meant.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("the policy has no debtor type `{asked}`{meant}: expected one of {}", types.join(", "));
        return Err(Failure::new(Exit::Usage, message));
    }
    let mut usual = usual_account(policy);
    given::put(policy, &args.telling.facts, &mut usual)?;
    let as_of = args.telling.law.as_of;
    let mut found = Practice::from_cells(policy, usual, law, as_of, words, told);
    if let Some(asked) = &args.debtor_type {
        found.scenarios.retain(|one| one.debtor_type == *asked);
        found.problems.retain(|one| one.debtor_type() == asked);
    }
    let briefs: Vec<&PracticeProblem> =
        found.problems.iter().filter(|problem| matches!(problem, PracticeProblem::Brief { .. })).collect();
    if !briefs.is_empty() {
        return Err(refused("cases without a brief", &briefs));
    }
    for problem in &found.problems {
        screen::note(&problem.to_string())?;
    }
    if found.scenarios.is_empty() {
        return Err(Failure::new(Exit::Usage, "there is no case to practise on: describe an account with --facts"));
    }
    if args.json {
        screen::out_json(&found)?;
    } else {
        let cases: Vec<String> = found.scenarios.iter().map(arrears_words::practice::Scenario::text).collect();
        screen::out(&screen::printable(&cases.join("\n----\n\n")))?;
    }
    Ok(Exit::Good)
}

/// Why there is no brief: every problem.
fn refused(what: &str, problems: &[&impl Display]) -> Failure {
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let message = format!("{what}:\n  {}", problems.join("\n  "));
    Failure::new(Exit::Usage, message).with("problems", json!(problems))
}
