//! Cases of the kind `ageing`: how late a schedule is on given days, as known on given days.

mod case;
mod history;

use crate::amounts::{amount, currency, whole};
use crate::comparison::{Comparison, Difference};
use crate::typed::typed;
use arrears::Facts;
use arrears::account::{Account, Amount, Conventions, Grace};
use case::{Bucket, Expected, Given};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a case may ask of a day.
struct Aged {
    overdue_amount: Amount,
    past_due_days: i64,
    delinquent_days: i64,
    delinquent_since: Option<NaiveDate>,
    bucket: Option<String>,
    instalments_by_bucket: BTreeMap<String, Amount>,
}

/// Judges a case.
pub(crate) fn judge(given: &Value, expect: &Value) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", given)?;
    let expect: Vec<Expected> = typed("expect", expect)?;
    let scheduled = given.schedule.iter().map(|due| due.amount);
    let currency = currency(scheduled.chain(given.timeline.iter().filter_map(|entry| entry.amount)))?;
    let conventions =
        Conventions { grace_days: given.policy.grace_days, grace: Grace::CountsAfter, ..Conventions::default() };
    let account = history::account(&given, currency, first_day(&given, &expect))?;
    let mut comparison = Comparison::default();
    for expected in &expect {
        let Expected { on, known_on, .. } = expected;
        let known_by = known_on.unwrap_or(*on);
        let aged = age(&account, *on, known_by, &conventions, &given.policy.buckets)?;
        let at = match known_on {
            Some(known_on) => format!("on {on} as known on {known_on}"),
            None => format!("on {on}"),
        };
        compare(&mut comparison, &at, expected, &aged)?;
    }
    comparison.finish()
}

/// The first day of which the case speaks.
fn first_day(given: &Given, expect: &[Expected]) -> NaiveDate {
    let due = given.schedule.iter().map(|due| due.due_on);
    let happened = given.timeline.iter().flat_map(|entry| entry.day().into_iter().chain(entry.recorded_on));
    let asked = expect.iter().flat_map(|expected| expected.known_on.into_iter().chain([expected.on]));
    due.chain(happened).chain(asked).min().unwrap_or_default()
}

/// How late the account is on a day.
fn age(
    account: &Account,
    on: NaiveDate,
    known_by: NaiveDate,
    conventions: &Conventions,
    buckets: &[Bucket],
) -> Result<Aged, String> {
    let facts = Facts::of(account, on, known_by, conventions);
    let standing = account.standing(on, known_by, conventions);
    let delinquent_days = whole(&facts, "days_delinquent")?;
    let mut by_bucket: BTreeMap<String, i64> = BTreeMap::new();
    for item in standing.items.iter().filter(|item| item.dpd > 0) {
        if let Some(bucket) = bucket(buckets, item.unpaused_days) {
            let sum = by_bucket.entry(bucket).or_default();
            *sum = sum.saturating_add(item.open.minor());
        }
    }
    let amounts = by_bucket.into_iter().map(|(name, minor)| (name, Amount::from_minor(minor, account.currency())));
    Ok(Aged {
        overdue_amount: amount(&facts, "overdue")?,
        past_due_days: whole(&facts, "dpd")?,
        delinquent_days,
        delinquent_since: standing.delinquent_since,
        bucket: standing.delinquent_since.and_then(|_| bucket(buckets, delinquent_days)),
        instalments_by_bucket: amounts.collect(),
    })
}

/// The bucket that holds so many days.
fn bucket(buckets: &[Bucket], days: i64) -> Option<String> {
    let holds = |bucket: &&Bucket| bucket.min_days <= days && bucket.max_days.is_none_or(|last| days <= last);
    buckets.iter().find(holds).map(|bucket| bucket.name.clone())
}

fn compare(comparison: &mut Comparison, at: &str, expected: &Expected, aged: &Aged) -> Result<(), String> {
    let Expected {
        on: _,
        known_on: _,
        overdue_amount,
        past_due_days,
        delinquent_days,
        delinquent_since,
        bucket,
        instalments_by_bucket,
    } = expected;
    comparison.same(at, "overdue_amount", overdue_amount.as_ref(), &aged.overdue_amount)?;
    comparison.same(at, "past_due_days", past_due_days.as_ref(), &aged.past_due_days)?;
    comparison.same(at, "delinquent_days", delinquent_days.as_ref(), &aged.delinquent_days)?;
    comparison.same(at, "delinquent_since", delinquent_since.as_ref(), &aged.delinquent_since)?;
    comparison.same(at, "bucket", bucket.as_ref(), &aged.bucket)?;
    comparison.same(at, "instalments_by_bucket", instalments_by_bucket.as_ref(), &aged.instalments_by_bucket)
}
