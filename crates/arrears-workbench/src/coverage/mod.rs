//! What of a policy is exercised by its own tests and by a table of accounts, and what is not.

mod branch;
mod exercise;
mod goals;
#[cfg(test)]
mod laws;
mod plan;
mod report;
mod share;
mod suggestion;

pub use report::{ConditionSeen, EdgeSeen, StatementSeen, Uncovered};
pub use share::{Measure, Measured, Share};
pub use suggestion::Suggestion;

use crate::portfolio::BookError;
use crate::{Book, Rules, script_facts};
use arrears::trial::each_test_day;
use arrears::{Law, Policy};
use arrears_batch::{Lookup, RowError, RunError, each_account};
use chrono::NaiveDate;
use exercise::{Exercise, Reader};
use goals::{Aspect, Target};
use plan::Plan;
use serde::Serialize;
use std::path::PathBuf;
use suggestion::Desk;

/// The format of [`Coverage`] as JSON.
pub const FORMAT: &str = "arrears-coverage/1";

/// How many rows that cannot be decided are told.
const FIRST: usize = 20;

/// How far accounts are looked for that exercise what nothing exercised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many accounts are suggested at most; 0: none is looked for.
    pub suggestions: usize,
    /// How many accounts are tried in all.
    pub tries: usize,
}

impl Default for Options {
    /// Twenty suggestions out of 20,000 accounts.
    fn default() -> Self {
        Self { suggestions: 20, tries: 20_000 }
    }
}

/// What of a policy is exercised, and what is not.
///
/// Its statements are those that take part in a decision: signs, holds, debtor types, stages, ways down, duties, acts
/// and treatments. A statement is exercised when it takes effect: a type when the account is surely of it, a stage when
/// the account stands in it, a treatment when it is chosen. Conditions count when a decision reads them: those of a
/// treatment only where it has its turn. `applies`, `never`, `always` and what a law adds are not counted.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// The format: [`FORMAT`].
    pub format: &'static str,
    /// The policy's name and version.
    pub policy: String,
    /// What decides, as a hash.
    pub policy_hash: String,
    /// How many decisions the policy's own tests make: one for each day of each test.
    pub test_decisions: u64,
    /// The table, if one was given.
    pub table: Option<TableRead>,
    /// What is exercised, as exact fractions.
    pub measures: Vec<Measured>,
    /// Every statement, and how often it took effect.
    pub statements: Vec<StatementSeen>,
    /// Every part of a condition, and how it was seen.
    pub conditions: Vec<ConditionSeen>,
    /// Every number that something is held against, and what came nearest to it on both sides.
    pub edges: Vec<EdgeSeen>,
    /// What was not exercised, in the order of the decision.
    pub uncovered: Vec<Uncovered>,
    /// Accounts that would exercise some of it, as tests.
    pub suggestions: Vec<Suggestion>,
    /// How many accounts were tried to find them.
    pub tried: usize,
}

/// What was read of a table.
#[derive(Clone, Debug, Serialize)]
pub struct TableRead {
    /// The table.
    pub table: PathBuf,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made.
    pub law: String,
    /// Rows of the table.
    pub rows: u64,
    /// Rows that could not be decided; they exercise nothing.
    pub errors: u64,
    /// The first of them.
    pub first_errors: Vec<RowError>,
}

/// Why there is no coverage.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CoverageError {
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

/// What is exercised by the policy's own tests and, if one is given, by a table. Rows are decided one by one and each by
/// itself: accounts of one customer are not settled together, and nothing is written. Rows that cannot be decided are
/// counted and passed over. `go_on` is asked now and then with the number of rows read; where it says no, that ends with
/// [`RunError::Interrupted`].
///
/// What nothing exercised is looked for from the account of which nothing is known against anyone (`quiet`), changed as
/// little as can be. The accounts are the same each time; a search that finds none is no proof that there is none.
///
/// # Errors
///
/// [`CoverageError`], of the table and the law alone: the policy's own tests are always read, whether they pass or not.
///
/// ```
/// use arrears_workbench::{Rules, coverage};
///
/// let loaded = arrears_rules::load_source("card.rhai", r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 1;
///     stage "firm" when dpd > 30;
///     escalate #{ first: "skip" };
///     test "a week late" given quiet + #{ dpd: 7 } expect #{ stage: "reminder" };
/// "#, &[]);
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// let rules = Rules { policy: &policy, scripts: &loaded.scripts };
/// let found = coverage::coverage(rules, None, &Default::default(), &mut |_| true)?;
/// let statements = &found.measures[0].together;
/// assert_eq!((statements.covered, statements.of), (2, 3)); // nobody is firm
/// assert!(found.suggestions[0].test.contains("given quiet + #{ dpd: 31 }"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn coverage(
    rules: Rules<'_>,
    book: Option<Book<'_>>,
    options: &Options,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Coverage, CoverageError> {
    let policy = rules.policy;
    let plan = Plan::of(policy);
    let tests = tests(policy, &plan);
    let mut table = Exercise::of(&plan);
    let read = book.map(|book| of_table(rules, book, (&plan, &mut table), go_on)).transpose()?;
    let seen = report::Seen { plan: &plan, tests: &tests, table: read.is_some().then_some(&table) };
    let mut uncovered = seen.uncovered();
    let (suggestions, tried) = suggested(policy, &plan, seen.together(), &mut uncovered, options);
    let head = policy.head();
    Ok(Coverage {
        format: FORMAT,
        policy: format!("{} {}", head.name, head.version).trim().to_owned(),
        policy_hash: policy.hash().to_string(),
        test_decisions: tests.decisions,
        table: read,
        measures: share::measures(&seen),
        statements: seen.statements(),
        conditions: seen.conditions(),
        edges: seen.edges(policy),
        uncovered: uncovered.into_iter().map(|(_, uncovered)| uncovered).collect(),
        suggestions,
        tried,
    })
}

/// The law of the policy's own tests.
fn no_law() -> Law {
    Law::none("the policy's own test").unwrap_or_else(|_| Law::of([]))
}

fn tests(policy: &Policy, plan: &Plan) -> Exercise {
    let mut exercise = Exercise::of(plan);
    let (reader, law) = (Reader::new(policy, plan), no_law());
    each_test_day(policy, &mut |row, day| {
        reader.see(row, &law, day, &mut exercise);
    });
    exercise
}

fn of_table(
    rules: Rules<'_>,
    book: Book<'_>,
    (plan, exercise): (&Plan, &mut Exercise),
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<TableRead, CoverageError> {
    book.check()?;
    let options = book.options;
    let said =
        |problems: Vec<arrears::Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let policy = rules.policy.under(&options.law, options.as_of).map_err(|found| CoverageError::Law(said(found)))?;
    let reader = Reader::new(&policy, plan);
    let compute = script_facts::hook(rules.scripts);
    let lookup = Lookup {
        as_of: options.as_of,
        mapping: &options.mapping,
        events: &options.events,
        state: options.state.as_ref(),
        scripts: (!rules.scripts.is_empty()).then_some(&compute),
    };
    let (mut seen, mut errors, mut first_errors, mut stopped) = (0_u64, 0_u64, Vec::new(), false);
    let rows = each_account(&policy, book.table.clone(), lookup, &mut |read| {
        seen += 1;
        match read {
            Ok(row) => {
                reader.see(&row, &options.law, options.as_of, exercise);
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
    Ok(TableRead {
        table: book.table.path().to_owned(),
        as_of: options.as_of,
        law: options.law.stamp().to_owned(),
        rows,
        errors,
        first_errors,
    })
}

/// Accounts for what was not exercised, one target after the other; what an earlier account exercises too needs none.
fn suggested(
    policy: &Policy,
    plan: &Plan,
    exercised: Exercise,
    uncovered: &mut [(Option<Target>, Uncovered)],
    options: &Options,
) -> (Vec<Suggestion>, usize) {
    let reader = Reader::new(policy, plan);
    let mut desk = Desk { policy, plan, reader, law: no_law(), exercised, tried: 0 };
    let mut found: Vec<Suggestion> = Vec::new();
    // A statement that takes effect exercises most of what it asks, so statements come first.
    let rank = |target: Option<Target>| match target {
        Some(Target::Statement(_)) => 0,
        Some(Target::Leaf(_, Aspect::Decides)) => 2,
        Some(Target::Leaf(..)) => 1,
        None => 3,
    };
    let mut order: Vec<usize> = (0..uncovered.len()).collect();
    order.sort_by_key(|index| uncovered.get(*index).map_or(3, |(target, _)| rank(*target)));
    for index in order {
        if found.len() >= options.suggestions || desk.tried >= options.tries {
            break;
        }
        let Some((Some(target), what)) = uncovered.get(index) else { continue };
        if !target.is_met(&desk.exercised) {
            found.extend(desk.find(*target, &what.what));
        }
    }
    for (target, what) in uncovered {
        what.suggested = target.is_some_and(|target| target.is_met(&desk.exercised));
    }
    (found, desk.tried)
}
