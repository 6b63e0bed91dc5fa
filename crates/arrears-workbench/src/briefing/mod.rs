//! The morning briefing of a decided portfolio: the page filled from the decisions and the tables they were made from.

mod duties;
mod told;
mod work;

use crate::portfolio::{Book, BookError, PassHooks, Rules, pass};
use arrears::Money;
use arrears_batch::{Summary, account_cells, lately};
use arrears_words::Language;
use arrears_words::morning::{Inflow, Morning, Promised, Stopped, Target};
use chrono::NaiveDate;
use work::Work;

/// The places of the columns that are read for visits.
const AREA: usize = 0;
const HAZARD: usize = 1;

/// What a briefing is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Whose morning it is.
    pub team: &'a str,
    /// The language of the page.
    pub language: Language,
    /// The day of the last briefing: what happened from then until the day before today is told. None: yesterday.
    pub since: Option<NaiveDate>,
    /// The column of the table of accounts that says in which area an account is visited.
    pub area: Option<&'a str>,
    /// Targets, and what was reached of them.
    pub targets: Vec<Target>,
}

/// A briefing, and what the run decided of which it tells.
#[derive(Clone, Debug)]
pub struct Briefing {
    /// The page.
    pub morning: Morning,
    /// The run.
    pub summary: Summary,
}

/// Decides a table as a run does, and fills the page of the morning.
///
/// Due today are contacts, the highest priority first and then the largest sum overdue; of accounts of one person
/// that are spoken of in one contact, the one that leads. Visits and what needs an approval stand in their own
/// sections. What became of promises is told by their table ([`arrears_batch::lately`]), never by a rule of this
/// page. A table that is not given is named at the foot: what it would tell is unknown, not none.
///
/// # Errors
///
/// [`BookError`], as of a run: a table comes once only, or cannot be read or decided.
pub fn briefing(
    rules: Rules<'_>,
    book: Book<'_>,
    asked: &Asked<'_>,
    mut hooks: PassHooks<'_>,
) -> Result<Briefing, BookError> {
    book.check()?;
    let (policy, options) = (rules.policy, book.options);
    let named = format!("`{}`", policy.head().name);
    let failed = |error| BookError::Run { under: named.clone(), error };
    let since = asked.since.or_else(|| options.as_of.pred_opt()).unwrap_or(options.as_of);
    let told = lately(policy, (since, options.as_of), &options.events, &options.mapping).map_err(failed)?;
    let mut work = Work::new(policy, asked.language, &told);
    let summary = pass((rules, &named), book, &mut hooks, (1, 1), |sheet| {
        work.take(sheet);
        true
    })?;
    let visited = work.visited();
    let columns = [asked.area.unwrap_or_default(), "hazard"];
    let cells = account_cells(book.table, &options.mapping, &columns, &visited).map_err(failed)?;

    let currency = policy.head().currency;
    let money = |minor: i64| Money::from_minor(minor, currency);
    let mut morning = Morning::new(asked.language, options.as_of, asked.team, currency);
    let mut notes = told::Notes::new(asked.language);
    if let Some(promises) = &told.promises {
        let known = |one: &&arrears_batch::PromiseTold| work.has(&one.account);
        let promised = |one: &arrears_batch::PromiseTold| Promised {
            account: one.account.clone(),
            amount: one.amount.map(money),
            broken_before: one.broken_before,
        };
        morning.promises_today = promises.due.iter().filter(known).map(promised).collect();
        morning.broken_yesterday = promises.broken.iter().filter(known).map(promised).collect();
    }
    for paid in told.payments.iter().flatten() {
        match work.overdue(&paid.account) {
            work::Overdue::Nothing => notes.paid_up += 1,
            work::Overdue::NotHere => notes.paid_elsewhere += 1,
            work::Overdue::Unknown | work::Overdue::Some(_) => morning.inflows.push(Inflow {
                account: paid.account.clone(),
                amount: money(paid.amount),
                overdue: work.overdue(&paid.account).minor().map(money),
                on: paid.on,
            }),
        }
    }
    morning.inflows.sort_by(|one, other| {
        other.amount.minor().cmp(&one.amount.minor()).then_with(|| one.account.cmp(&other.account))
    });
    morning.targets.clone_from(&asked.targets);
    morning.yesterday = told::results(&told, &morning, asked.language);
    notes.area = asked.area.map(|name| (name.to_owned(), cells.has(AREA)));
    notes.hazard = cells.has(HAZARD);
    notes.rides = summary.left_alone.rides_along;
    work.fill(&mut morning, &cells, &mut notes);
    morning.stopped = summary.rules.iter().filter(|rule| rule.accounts > 0).map(stopped).collect();
    morning.notes = notes.lines(&told, &summary, since, &morning);
    Ok(Briefing { morning, summary })
}

fn stopped(rule: &arrears_batch::RuleTally) -> Stopped {
    Stopped { rule: rule.rule.clone(), cites: rule.cites.clone(), accounts: rule.accounts, left_alone: rule.left_alone }
}
