//! Arguments that several commands take.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pack_file;
use arrears::Law;
use arrears_batch::EventTables;
use arrears_workbench::record::RunRecord;
use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;
use std::path::PathBuf;

/// The policy, and the thresholds that are set for this time.
#[derive(Args, Clone, Debug)]
pub(crate) struct PolicyArgs {
    /// The policy file; `check` and `run` take a folder of policies too
    #[arg(value_name = "POLICY")]
    pub(crate) policy: PathBuf,
    /// Sets a threshold inside the range that the policy gives it; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = threshold)]
    pub(crate) set: Vec<(String, Decimal)>,
}

/// The day and the law of decisions.
#[derive(Args, Clone, Debug)]
pub(crate) struct LawArgs {
    /// The day that the decisions are for, in the policy's time zone
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: NaiveDate,
    #[command(flatten)]
    pub(crate) choice: LawChoice,
}

/// Which law binds: the shipped packs, unless something else is said.
#[derive(Args, Clone, Debug)]
pub(crate) struct LawChoice {
    /// Decides without any guardrails of law, and why; the reason is stamped on every decision
    #[arg(long, value_name = "REASON", value_parser = Law::none, conflicts_with_all = ["pack", "enable", "unverified"])]
    no_law: Option<Law>,
    #[command(flatten)]
    packs: PackChoice,
}

/// Packs beside the shipped ones, and what is enabled in them.
#[derive(Args, Clone, Debug)]
pub(crate) struct PackChoice {
    /// A pack file of the bank's own beside the shipped ones; one that has the name of a shipped pack
    /// takes its place. May be repeated
    #[arg(long, value_name = "FILE")]
    pack: Vec<PathBuf>,
    /// Enables a rule that binds nobody by default, because it was not verified, is a draft, or leaves its
    /// number to the bank; may be repeated and is stamped on every decision
    #[arg(long, value_name = "RULE")]
    enable: Vec<String>,
    /// Enables every rule that ships as unverified; this is stamped on every decision
    #[arg(long)]
    unverified: bool,
}

impl LawChoice {
    /// The law that binds.
    pub(crate) fn law(&self) -> Result<Law, Failure> {
        match &self.no_law {
            Some(law) => Ok(law.clone()),
            None => self.packs.law(&[]),
        }
    }
}

impl LawChoice {
    /// The law of a record: why there was none, or its packs, from the files of `--pack` if there are any and from where the
    /// record says otherwise.
    pub(crate) fn of_record(&self, record: &RunRecord) -> Result<Law, Failure> {
        if self.no_law.is_some() || self.packs.unverified || !self.packs.enable.is_empty() {
            let message = "the record says under which law was decided: leave --no-law, --enable and --unverified out";
            return Err(Failure::new(Exit::Usage, message));
        }
        if let Some(reason) = &record.law.none {
            return Law::none(reason).map_err(|empty| Failure::new(Exit::Usage, format!("law.none: {empty}")));
        }
        let recorded = || record.read_as("pack").map(|file| PathBuf::from(&file.path)).collect();
        let pack = if self.packs.pack.is_empty() { recorded() } else { self.packs.pack.clone() };
        PackChoice { pack, enable: record.law.enabled.clone(), unverified: false }.law(&[])
    }

    /// Whether anything is said about it.
    pub(crate) const fn is_given(&self) -> bool {
        let PackChoice { pack, enable, unverified } = &self.packs;
        self.no_law.is_some() || !pack.is_empty() || !enable.is_empty() || *unverified
    }

    /// The files of packs of the bank's own.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.packs.pack
    }
}

impl PackChoice {
    /// The law of the packs, with thresholds set to other values.
    pub(crate) fn law(&self, set: &[PackThreshold]) -> Result<Law, Failure> {
        let law = pack_file::law(&self.pack, set)?;
        let law = if self.unverified { law.with_unverified() } else { law };
        law.enabling(self.enable.iter().map(String::as_str)).map_err(|unknown| {
            let unknown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
            Failure::new(Exit::Usage, unknown.join("\n"))
        })
    }
}

/// A threshold of a pack, and what it is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PackThreshold {
    /// The pack.
    pub(crate) pack: String,
    /// The threshold, and its value.
    pub(crate) set: (String, Decimal),
}

impl PackThreshold {
    /// A threshold that is named with its pack: `us-regf.calls_in_window`.
    pub(crate) fn of((name, value): (String, Decimal)) -> Self {
        let (pack, name) = name.split_once('.').unwrap_or(("", &name));
        Self { pack: pack.to_owned(), set: (name.to_owned(), value) }
    }
}

/// What is read besides the table.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReadArgs {
    /// Which column holds which fact, where their names differ; `arrears init` proposes one
    #[arg(long, value_name = "MAP.toml")]
    pub(crate) columns: Option<PathBuf>,
    /// What the last decisions left: the file that `--state-out` wrote then
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) events: EventArgs,
}

/// Tables of events beside the table of accounts, each .parquet or .csv.
#[derive(Args, Clone, Debug)]
pub(crate) struct EventArgs {
    /// Calls, messages, letters and visits, one to a row; facts are counted from them
    #[arg(long, value_name = "TABLE", requires = "on")]
    contacts: Option<PathBuf>,
    /// Payments received, one to a row
    #[arg(long, value_name = "TABLE", requires = "on")]
    payments: Option<PathBuf>,
    /// Promises to pay, one to a row, with what became of them
    #[arg(long, value_name = "TABLE", requires = "on")]
    promises: Option<PathBuf>,
    /// Disputes, insolvencies and whatever else protects, one to a row, from a day until a day
    #[arg(long, value_name = "TABLE", requires = "on")]
    holds: Option<PathBuf>,
}

impl EventArgs {
    /// The tables that are named.
    pub(crate) fn tables(&self) -> EventTables {
        EventTables {
            contacts: self.contacts.clone().map(Into::into),
            payments: self.payments.clone().map(Into::into),
            promises: self.promises.clone().map(Into::into),
            holds: self.holds.clone().map(Into::into),
        }
    }
}

/// Which days of an account's history are looked at, and how.
#[derive(Args, Clone, Debug)]
pub(crate) struct OverTimeArgs {
    /// How the bank counts; days from the due date, without grace or tolerance, if not given
    #[arg(long, value_name = "FILE.json")]
    pub(crate) conventions: Option<PathBuf>,
    /// The first day; the day before the first event if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<NaiveDate>,
    /// The last day; two weeks after the last event if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<NaiveDate>,
    /// The day whose knowledge counts. If not given, a timeline shows each day as it was known
    /// on itself, and recompute takes all that is known
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known_by: Option<NaiveDate>,
}

/// Reads `NAME=VALUE` of a threshold.
pub(crate) fn threshold(text: &str) -> Result<(String, Decimal), String> {
    let (name, value) = pair(text)?;
    let value = Decimal::from_str_exact(&value)
        .map_err(|_| format!("`{value}` is not a number: write digits and a point, as in `{name}=250.00`"))?;
    Ok((name, value))
}

/// Reads `NAME=VALUE`.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

/// Reads a day.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "expected a day of the calendar, as in 2026-03-31".to_owned())
}

/// An account and the terms of its product.
#[derive(clap::Args, Debug)]
pub(crate) struct OwedArgs {
    /// The history of the account, in the format arrears-history/1
    #[arg(value_name = "ACCOUNT.json")]
    pub(crate) account: PathBuf,
    /// The terms of its product, in the format arrears-terms/1
    #[arg(long, value_name = "TERMS.json")]
    pub(crate) terms: PathBuf,
    /// The day for which it is reckoned, at its end
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_set_by_name_and_number() {
        assert_eq!(threshold("floor = 25.00"), Ok(("floor".to_owned(), Decimal::new(2500, 2))));
        assert!(threshold("floor").is_err());
        assert!(threshold("floor=much").unwrap_err().contains("`much` is not a number"));
    }

    #[test]
    fn a_day_that_the_calendar_does_not_have_is_refused() {
        assert!(day("2026-02-28").is_ok());
        assert!(day("2026-02-30").is_err());
        assert!(day("31.3.2026").is_err());
    }
}
