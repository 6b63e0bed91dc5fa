//! Why accounts that moved stand as they do under each policy.

use super::Comparison;
use crate::portfolio::{Book, BookError, Rules};
use crate::script_facts;
use arrears::explain::{Explanation, Part};
use arrears_batch::{Found, Lookup, RunError, find_account};
use serde::Serialize;

/// An account that moved, explained under both policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BothReasons {
    /// The account.
    pub account_id: String,
    /// Under A.
    pub a: OneSide,
    /// Under B.
    pub b: OneSide,
}

/// Why an account is decided as it is under one policy, as far as the other says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OneSide {
    /// The decision in one line.
    pub headline: String,
    /// What was read on the way and is not the same under the other policy: who the person is, what holds, the
    /// stage, the turn of each treatment.
    pub reasons: Vec<String>,
}

/// Explains the first accounts that moved, at most so many. The table is read once for each account and policy; accounts
/// of one person are explained each by itself.
///
/// # Errors
///
/// [`BookError`] if the table cannot be read, or a policy not be read under the law.
pub fn both_reasons(
    [a, b]: [Rules<'_>; 2],
    book: Book<'_>,
    comparison: &Comparison,
    most: usize,
) -> Result<Vec<BothReasons>, BookError> {
    let mut all = Vec::new();
    for moved in comparison.first_moved.iter().take(most) {
        let account = moved.account_id.as_str();
        let (Some(a), Some(b)) = (explained(a, book, account)?, explained(b, book, account)?) else { continue };
        all.push(BothReasons { account_id: account.to_owned(), a: one_side(&a, &b), b: one_side(&b, &a) });
    }
    Ok(all)
}

/// The explanation of an account; none if its row cannot be decided by itself.
fn explained(rules: Rules<'_>, book: Book<'_>, account: &str) -> Result<Option<Explanation>, BookError> {
    let options = book.options;
    let failed = |error| BookError::Run { under: format!("`{}`", rules.policy.head().name), error };
    let problems = |found: Vec<arrears::Problem>| RunError::Law(found.iter().map(ToString::to_string).collect());
    let under = rules.policy.under(&options.law, options.as_of).map_err(|found| failed(problems(found)))?;
    let policy = if options.law.is_none() { rules.policy } else { &under };
    let compute = script_facts::hook(rules.scripts);
    let lookup = Lookup {
        as_of: options.as_of,
        mapping: &options.mapping,
        events: &options.events,
        state: options.state.as_ref(),
        scripts: (!rules.scripts.is_empty()).then_some(&compute),
    };
    Ok(match find_account(policy, book.table.clone(), account, lookup).map_err(failed)? {
        Found::Row { row, .. } => Some(arrears::explain(policy, &row, account, &options.law, options.as_of)),
        Found::Bad(_) | Found::Nothing { .. } => None,
    })
}

fn one_side(own: &Explanation, other: &Explanation) -> OneSide {
    let tells = |part: &&Part| ["who", "hold", "stage", "turn"].contains(&part.step);
    let is_new = |part: &&Part| !other.parts.iter().any(|one| said(one) == said(part));
    let reasons = own.parts.iter().filter(tells).filter(is_new).map(said).collect();
    OneSide { headline: own.headline.clone(), reasons }
}

/// A step in one line, with the clauses that were read and the values seen.
fn said(part: &Part) -> String {
    let clauses = part.clauses.iter().map(|(clause, reason)| {
        let seen = if reason.seen.is_empty() { String::new() } else { format!(", as {}", reason.seen.join(", ")) };
        format!("{clause} `{}` is {}{seen}", reason.text, reason.truth)
    });
    let clauses: Vec<String> = clauses.collect();
    let step = if part.step == "turn" { "" } else { part.step };
    let text = format!("{step} {}", part.text);
    if clauses.is_empty() {
        text.trim_start().to_owned()
    } else {
        format!("{}: {}", text.trim_start(), clauses.join("; "))
    }
}
