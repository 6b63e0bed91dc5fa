//! `arrears report`: the measures of a book over months.

use crate::args::pair;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{report_text, screen};
use crate::stop;
use arrears::Currency;
use arrears_batch::Mapping;
use arrears_batch::measures::{
    Amounts, Buckets, Declared, MeasureHooks, MeasureTables, Month, Plans, Reversals, measure, write_report,
};
use chrono::NaiveTime;
use std::path::PathBuf;

/// Tells how the accounts of a book enter arrears, roll, are cured, recovered and worked
///
/// Every measure is told by number and by money, with its formula, its cohort, its horizon and
/// who is left out. What a table that is not given would tell is listed as not measured.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// A row for each account and month end, .parquet or .csv: account_id, as_of, dpd, and as far
    /// as known balance, overdue, paid, due, on_plan, re_aged, charged_off
    #[arg(long, value_name = "TABLE")]
    panel: PathBuf,
    /// Calls, messages, letters and visits, one to a row
    #[arg(long, value_name = "TABLE")]
    contacts: Option<PathBuf>,
    /// Promises to pay, one to a row, with what became of them
    #[arg(long, value_name = "TABLE")]
    promises: Option<PathBuf>,
    /// The decisions of a night, as `arrears run --out` wrote them
    #[arg(long, value_name = "TABLE")]
    decisions: Option<PathBuf>,
    /// The currency of every amount
    #[arg(long, value_name = "CODE")]
    currency: Currency,
    #[command(flatten)]
    conventions: Conventions,
    /// Which column holds what, where their names differ
    #[arg(long, value_name = "MAP.toml")]
    columns: Option<PathBuf>,
    /// Reads what the panel calls otherwise from this column; may be repeated
    #[arg(long, value_name = "NAME=COLUMN", value_parser = pair)]
    column: Vec<(String, String)>,
    /// The first month
    #[arg(long, value_name = "MONTH")]
    from: Option<Month>,
    /// The last month
    #[arg(long, value_name = "MONTH")]
    to: Option<Month>,
    /// Writes every value as a row of a long table: .parquet, .csv or .jsonl; may be repeated
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// Writes the report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Prints no report and shows no progress
    #[arg(long, conflicts_with = "json")]
    quiet: bool,
}

/// What the head of the report declares.
#[derive(clap::Args, Debug)]
struct Conventions {
    /// The first days past due of M1, M2 and so on; 1,31,61,91,121,151,181 if not given
    #[arg(long, value_name = "DAYS", value_delimiter = ',')]
    buckets: Vec<u32>,
    /// How much may be overdue without the account's being late; nothing if not given
    #[arg(long, value_name = "AMOUNT")]
    tolerance: Option<String>,
    /// Within how many days an account that fell late must be cured
    #[arg(long, value_name = "DAYS", default_value_t = 31)]
    cured_within: u32,
    /// Within how many days after a cure it counts to be late again
    #[arg(long, value_name = "DAYS", default_value_t = 92)]
    redefault_within: u32,
    /// Whether accounts on a plan or re-aged stand in the buckets: out or in
    #[arg(long, value_name = "WORD", default_value = "out")]
    plans: Plans,
    /// What the amounts of the panel are: total or principal
    #[arg(long, value_name = "WORD", default_value = "total")]
    amounts: Amounts,
    /// The hour at which a day of the tables ends
    #[arg(long, value_name = "HH:MM", default_value = "24:00", value_parser = hour)]
    cut_off: String,
    /// Whether payments that were reversed on their day are among what was paid: out or in
    #[arg(long, value_name = "WORD", default_value = "out")]
    reversals: Reversals,
    /// The time zone in which points in time become days
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    zone: String,
}

impl Args {
    fn declared(&self) -> Result<Declared, Failure> {
        let usage = |problem: String| Failure::new(Exit::Usage, problem);
        let Conventions { buckets, tolerance, cut_off, zone, .. } = &self.conventions;
        let mut declared = Declared {
            cured_within: self.conventions.cured_within,
            redefault_within: self.conventions.redefault_within,
            plans: self.conventions.plans,
            amounts: self.conventions.amounts,
            cut_off: cut_off.clone(),
            reversals: self.conventions.reversals,
            zone: zone.parse().map_err(|_| usage(format!("`{zone}` is no time zone, as Europe/Berlin is one")))?,
            from: self.from,
            to: self.to,
            ..Declared::new(self.currency)
        };
        if !buckets.is_empty() {
            declared.buckets = Buckets::new(buckets.as_slice()).map_err(|error| usage(error.to_string()))?;
        }
        if let Some(text) = tolerance {
            declared.tolerance =
                declared.minor_units(text).map_err(|problem| usage(format!("the tolerance `{text}` {problem}")))?;
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(usage(format!("the first month, {from}, is later than the last, {to}")));
        }
        Ok(declared)
    }

    fn tables(&self) -> MeasureTables {
        MeasureTables {
            panel: Some(self.panel.clone().into()),
            contacts: self.contacts.clone().map(Into::into),
            promises: self.promises.clone().map(Into::into),
            decisions: self.decisions.clone().map(Into::into),
        }
    }
}

/// Reads the hour at which a day ends.
fn hour(text: &str) -> Result<String, String> {
    let is_time = text.len() == "24:00".len() && NaiveTime::parse_from_str(text, "%H:%M").is_ok();
    if is_time || text == "24:00" { Ok(text.to_owned()) } else { Err("expected an hour, as in 18:30".to_owned()) }
}

/// Makes the report.
pub(crate) fn report(args: &Args) -> Result<Exit, Failure> {
    let (declared, tables) = (args.declared()?, args.tables());
    let mapping = args.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default();
    let mapping = args.column.iter().fold(mapping, |mapping, (name, column)| mapping.with(name, column));
    args.out.iter().try_for_each(|path| tables.check_output(path))?;
    let bar = screen::progress(!args.quiet);
    let mut advance = |rows, total| screen::advance_rows(&bar, rows, total);
    let hooks = MeasureHooks { progress: Some(&mut advance), stop: Some(stop::listen()?) };
    let measured = measure(&tables, declared, &mapping, hooks);
    bar.finish_and_clear();
    let report = measured?;
    write_report(&report, &args.out)?;
    if args.json {
        screen::out_json(&report)?;
    } else if !args.quiet {
        screen::out(&report_text(&report, &args.out))?;
    }
    Ok(Exit::Good)
}
