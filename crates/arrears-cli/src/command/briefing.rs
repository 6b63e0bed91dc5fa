//! `arrears briefing`: the page of the morning, from a table that is decided for it.

use crate::args::{PolicyArgs, day};
use crate::book::{BookArgs, note_of_nobody, watched};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{screen, tried_aside_text};
use crate::targets_file;
use arrears_batch::{check_result, write_text};
use arrears_words::Language;
use arrears_workbench::briefing::Asked;
use arrears_workbench::{Book, Rules, briefing};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Writes one page for the morning: what is due, promised, broken, paid, visited and waiting
///
/// The table is decided as `arrears run` decides it, and nothing is written of that. What a table
/// that is not given would tell is unknown, and a line at the foot of the page says so.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    book: BookArgs,
    /// The day of the last briefing; what happened from then on is told. Yesterday if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<NaiveDate>,
    /// Whose morning it is; the name of the policy if not given
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// The column of the table of accounts that says in which area an account is visited
    #[arg(long, value_name = "COLUMN")]
    area: Option<String>,
    /// What the team is to reach and has reached, in the format arrears-targets/1
    #[arg(long, value_name = "FILE")]
    targets: Option<PathBuf>,
    /// The language of the page: en or zh
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = language)]
    language: Language,
    /// Writes the page as Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Writes the page as HTML to a file, for one sheet of A4, in the place of text
    #[arg(long, value_name = "FILE", conflicts_with_all = ["markdown", "json"])]
    html: Option<PathBuf>,
    /// Writes all that the page is made of as one JSON object, in the format arrears-morning/1
    #[arg(long)]
    pub(crate) json: bool,
}

/// Makes the page.
pub(crate) fn brief(args: &Args) -> Result<Exit, Failure> {
    let (policy, scripts) = policy_file::load(&args.policy)?;
    let (table, options) = args.book.open()?;
    if let Some(since) = args.since.filter(|since| *since >= options.as_of) {
        let problem = format!("--since {since} must be a day before --as-of {}", options.as_of);
        return Err(Failure::new(Exit::Usage, problem));
    }
    let targets =
        args.targets.as_deref().map(|path| targets_file::targets(path, policy.head().currency)).transpose()?;
    if let Some(path) = &args.html {
        check_result(path, &table, &options)?;
    }
    let asked = Asked {
        team: args.team.as_deref().unwrap_or(&policy.head().name),
        language: args.language,
        since: args.since,
        area: args.area.as_deref(),
        targets: targets.unwrap_or_default(),
    };
    let (rules, book) = (Rules { policy: &policy, scripts: &scripts }, Book { table: &table, options: &options });
    let made = watched(|hooks| briefing(rules, book, &asked, hooks))??;
    match &args.html {
        Some(path) => write_text(path, &made.morning.html())?,
        None if args.json => screen::out_json(&made.morning)?,
        None if args.markdown => screen::out(&made.morning.markdown())?,
        None => screen::out(&made.morning.text())?,
    }
    let summary = &made.summary;
    let mut exit = Exit::Good;
    if summary.errors > 0 {
        let under = format!("under `{}` {}", summary.policy, summary.policy_version);
        screen::note(&tried_aside_text(summary.errors, &under, &summary.first_errors))?;
        exit = Exit::SetAside;
    }
    note_of_nobody(&summary.events, exit)
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_tag(text).ok_or_else(|| "expected en or zh".to_owned())
}
