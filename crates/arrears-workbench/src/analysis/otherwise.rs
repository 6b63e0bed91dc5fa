//! How much of a table is left to the last type, of whom nothing is said.

use super::Analysis;
use super::finding::{Finding, Kind, StatementAt};
use crate::portfolio::{BookError, Count, Money, Sum};
use crate::{Book, Rules, script_facts};
use arrears::condition::WordSet;
use arrears::{Policy, decide_today};
use arrears_batch::{Lookup, RowError, RunError, each_account};
use chrono::NaiveDate;
use serde::Serialize;
use std::path::PathBuf;

/// How many rows that cannot be decided are told.
const FIRST: usize = 20;

/// Of so many accounts one may be of another type, for it to be worth a warning that the rest is left to the last.
const ONE_IN: u64 = 10;

/// How many accounts of a table are of the type that has no condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherwiseShare {
    /// The type.
    pub debtor_type: String,
    /// The table.
    pub table: PathBuf,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made.
    pub law: String,
    /// Rows of the table.
    pub rows: u64,
    /// Rows that could not be decided, which are in no count.
    pub errors: u64,
    /// The first of them.
    pub first_errors: Vec<RowError>,
    /// All accounts.
    pub all: Left,
    /// Those that are late: `dpd` is known and above zero; none if the policy does not read it.
    pub late: Option<Left>,
}

/// What of some accounts is left to the last type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    /// The accounts.
    pub of: Count,
    /// Those that are surely of the last type.
    pub otherwise: Count,
    /// Those that may be of it: facts are missing that would tell.
    pub perhaps: Count,
}

/// Why the share is not known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShareError {
    /// The table cannot be read again and again, or options ask for files.
    #[error(transparent)]
    Book(#[from] BookError),
    /// The table or what stands beside it cannot be read, or its columns do not fit.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The policy cannot be read under the law.
    #[error("the law cannot be kept: {0}")]
    Law(String),
}

impl Left {
    /// The share that is surely of the last type, in tenths of a percent, rounded down; none where there is no account.
    pub fn per_mille(&self) -> Option<u64> {
        let share = u128::from(self.otherwise.accounts).saturating_mul(1_000);
        share.checked_div(u128::from(self.of.accounts)).and_then(|share| u64::try_from(share).ok())
    }

    /// Whether no more than one in ten is, or may be, of another type.
    fn is_nearly_all(&self) -> bool {
        let others = self.of.accounts.saturating_sub(self.otherwise.accounts);
        self.of.accounts > 0 && others.saturating_mul(ONE_IN) <= self.of.accounts
    }
}

#[derive(Default)]
struct Tally {
    of: Sum,
    otherwise: Sum,
    perhaps: Sum,
}

impl Tally {
    fn add(&mut self, types: WordSet, last: usize, overdue: Option<i64>) {
        self.of.add(overdue);
        if types == WordSet::of(last) {
            self.otherwise.add(overdue);
        } else if types.has(i64::try_from(last).unwrap_or(WordSet::OTHER)) {
            self.perhaps.add(overdue);
        }
    }

    fn left(&self, money: Money) -> Left {
        Left { of: money.count(self.of), otherwise: money.count(self.otherwise), perhaps: money.count(self.perhaps) }
    }
}

/// Counts the accounts of a table that are left to the last type. Each row is decided by itself, and nothing is written;
/// rows that cannot be decided are counted and passed over. `go_on` is asked now and then with the number of rows read;
/// where it says no, that ends with [`RunError::Interrupted`].
///
/// # Errors
///
/// [`ShareError`], of the table and the law.
///
/// ```
/// use arrears_batch::{Options, Origin};
/// use arrears_workbench::{Book, Rules, analysis::otherwise_share};
///
/// let loaded = arrears_rules::load_source("card.rhai", r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     debtor "ill" when cause == "illness";
///     debtor "unknown" otherwise;
///     stage "reminder" when dpd >= 1;
///     cure when dpd == 0;
/// "#, &[]);
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("book.csv");
/// std::fs::write(&path, "account_id,dpd,cause\na,5,illness\nb,9,forgot\nc,0,forgot\n")?;
/// let options = Options::new("2026-03-31".parse()?, arrears::Law::none("an example")?);
/// let (table, rules) = (Origin::from(path), Rules { policy: &policy, scripts: &loaded.scripts });
/// let share = otherwise_share(rules, Book { table: &table, options: &options }, &mut |_| true)?;
/// assert_eq!((share.all.otherwise.accounts, share.all.of.accounts), (2, 3));
/// assert_eq!(share.late.and_then(|late| late.per_mille()), Some(500));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn otherwise_share(
    rules: Rules<'_>,
    book: Book<'_>,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<OtherwiseShare, ShareError> {
    book.check()?;
    let options = book.options;
    let said = |problems: Vec<arrears::Problem>| {
        ShareError::Law(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    };
    let policy = rules.policy.under(&options.law, options.as_of).map_err(said)?;
    let last = policy.debtor_types().len().saturating_sub(1);
    let (dpd, overdue) = (policy.find_input("dpd"), policy.find_input("overdue"));
    let compute = script_facts::hook(rules.scripts);
    let lookup = Lookup {
        as_of: options.as_of,
        mapping: &options.mapping,
        events: &options.events,
        state: options.state.as_ref(),
        scripts: (!rules.scripts.is_empty()).then_some(&compute),
    };
    let (mut all, mut late) = (Tally::default(), Tally::default());
    let (mut seen, mut errors, mut first_errors, mut stopped) = (0_u64, 0_u64, Vec::new(), false);
    let rows = each_account(&policy, book.table.clone(), lookup, &mut |read| {
        seen += 1;
        match read {
            Ok(row) => {
                let number = |fact: Option<_>| fact.and_then(|fact| row.cell(fact).get());
                let types = decide_today(&policy, &row, &options.law, options.as_of, None).types;
                all.add(types, last, number(overdue));
                if number(dpd).is_some_and(|days| days > 0) {
                    late.add(types, last, number(overdue));
                }
            }
            Err(error) => {
                errors += 1;
                if first_errors.len() < FIRST {
                    first_errors.push(error);
                }
            }
        }
        stopped = seen.is_multiple_of(1_024) && !go_on(seen);
        !stopped
    })?;
    if stopped {
        return Err(RunError::Interrupted.into());
    }
    let money = Money::of(&policy);
    Ok(OtherwiseShare {
        debtor_type: policy.debtor_types().get(last).map(|kind| kind.name.clone()).unwrap_or_default(),
        table: book.table.path().to_owned(),
        as_of: options.as_of,
        law: options.law.stamp().to_owned(),
        rows,
        errors,
        first_errors,
        all: all.left(money),
        late: dpd.map(|_| late.left(money)),
    })
}

impl Analysis {
    /// Adds what a table shows: its share, and a finding where nine of ten late accounts or more are left to the last
    /// type, though the policy has others.
    pub fn add_share(&mut self, policy: &Policy, share: OtherwiseShare) {
        let (counted, late) = share.late.map_or((share.all, ""), |left| (left, "late "));
        if let [_, .., last] = policy.debtor_types()
            && counted.is_nearly_all()
        {
            let (some, of) = (counted.otherwise.accounts, counted.of.accounts);
            let says = format!("nearly every {late}account of the table is left to the type \"{}\"", last.name);
            let proved = Some(format!("it is the type of {some} of {of} {late}accounts"));
            let at = StatementAt::new(policy, "debtor", &last.name, last.span);
            let (kind, others) = (Kind::OtherwiseShare, Vec::new());
            self.findings.push(Finding { kind, severity: kind.severity(), at, others, says, account: None, proved });
            self.findings.sort_by_key(|finding| (finding.severity, finding.kind, finding.at.span));
        }
        self.otherwise = Some(share);
    }
}
