//! The table of a night: a column for every fact that the card policy reads and a bank has,
//! and the state that last night's decisions left.
//!
//! Of a thousand accounts 800 are not late, 40 are late by up to 3 days, 80 by up to 30, 35 by
//! up to 60, 20 by up to 90, and 25 by up to 180. Their past fits that: bills and payments
//! follow the days past due, counts the year, calls and letters the nights on which they were
//! made, the stage of last night the days. Cells are empty where a bank has none: no due date
//! (2 in a thousand), no credit limit (3), nothing of the person's work (150), no companion
//! date of a count (10), no means that were ever evidenced (most). Of a thousand people 20
//! asked for times of their own, and 10 live in another time zone. Of late accounts 25 in a
//! thousand have a payment on its way, and 5 to 6 each dispute the debt or have complained.

use super::account::{Account, Person};
use super::source::Source;
use crate::Failure;
use arrears::{Input, Kind, Need, Policy};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, BooleanArray, Decimal64Array, DictionaryArray, Int32Array, RecordBatch, StringArray};
use std::sync::Arc;

/// How tables write that something never happened.
const NEVER: i64 = 999_999;

/// A cell of an account.
enum Value {
    Flag(bool),
    /// An amount in the smallest unit, days, or a count.
    Number(i64),
    Word(&'static str),
    Never,
    Empty,
}

fn or_never(days: Option<i64>) -> Value {
    days.map_or(Value::Never, Value::Number)
}

fn or_empty(number: Option<i64>) -> Value {
    number.map_or(Value::Empty, Value::Number)
}

/// The table, with what last night left.
pub(super) fn of(policy: &Policy, accounts: usize) -> Result<RecordBatch, Failure> {
    let mut source = Source::new(20_240_611);
    let accounts: Vec<Account> = (0..accounts).map(|_| Account::next(&mut source)).collect();
    let names: Vec<String> = (0..accounts.len()).map(|index| format!("C{index:08}")).collect();
    let mut columns: Vec<(String, ArrayRef, bool)> =
        vec![("account_id".to_owned(), Arc::new(StringArray::from(names)), false)];
    let mut strange = Vec::new();
    for input in policy.inputs().iter().filter(|input| input.is_column() && !matches!(input.need, Need::Derived)) {
        let name = input.name.as_str();
        let cells: Option<Vec<Value>> = accounts.iter().map(|account| cell(name, account)).collect();
        match cells {
            Some(cells) => columns.push((input.name.clone(), column(input, cells.as_slice())?, true)),
            None => strange.push(name),
        }
    }
    if !strange.is_empty() {
        return Err(format!("nothing is made up for {}", strange.join(", ")).into());
    }
    Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
}

fn column(input: &Input, cells: &[Value]) -> Result<ArrayRef, Failure> {
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Never => Some(NEVER),
        _ => None,
    };
    Ok(match input.kind {
        Kind::Flag => {
            let flag = |value: &Value| if let Value::Flag(set) = value { Some(*set) } else { None };
            Arc::new(cells.iter().map(flag).collect::<BooleanArray>())
        }
        Kind::Money | Kind::Ratio => {
            Arc::new(cells.iter().map(number).collect::<Decimal64Array>().with_precision_and_scale(18, 2)?)
        }
        Kind::Days | Kind::Count => {
            let days = |value: &Value| number(value).and_then(|days| i32::try_from(days).ok());
            Arc::new(cells.iter().map(days).collect::<Int32Array>())
        }
        Kind::Category => {
            let word = |value: &Value| match value {
                Value::Word(word) => Some(*word),
                Value::Never => Some("never"),
                _ => None,
            };
            Arc::new(cells.iter().map(word).collect::<DictionaryArray<Int32Type>>())
        }
    })
}

/// The cell of an account; none if nothing is made up for the fact.
fn cell(name: &str, account: &Account) -> Option<Value> {
    let work = &account.work;
    Some(match name {
        "product" => Value::Word("card"),
        "dpd" => Value::Number(account.dpd),
        "days_to_due" => or_empty(account.to_due),
        "balance" => Value::Number(account.balance),
        "overdue" => Value::Number(account.overdue),
        "credit_limit" => or_empty(account.limit),
        "min_payment" => Value::Number(account.min_payment),
        "paid_last_cycle" => Value::Number(account.paid_last_cycle),
        "cycles_without_payment" => Value::Number(account.cycles_unpaid),
        "late_count_12m" => Value::Number(account.lates.0),
        "late_count_12m_drops_in" => or_empty(account.lates.1),
        "days_since_first_missed" => or_never((account.dpd > 0).then_some(account.dpd)),
        "income_evidence_age" => or_never(account.income.map(|(age, _)| age)),
        "affordable_monthly" => or_empty(account.income.map(|(_, amount)| amount)),
        "inflow_3d" => Value::Number(account.inflow),
        "inflow_3d_drops_in" => or_empty((account.inflow > 0).then_some(1 + account.inflow % 3)),
        "days_to_payday" => or_never(account.payday),
        "occupation" => account.occupation.map_or(Value::Empty, Value::Word),
        "cause" => Value::Word(account.cause),
        "number_mobile" => number(account, 0),
        "number_work" => number(account, 1),
        "number_home" => number(account, 2),
        "stated_from" => or_empty(account.stated.map(|(from, _)| from)),
        "stated_to" => or_empty(account.stated.map(|(_, to)| to)),
        "zones" => account.zone.map_or(Value::Empty, Value::Word),
        "arrangement_active" => Value::Flag(account.plan.is_some()),
        "arrangement_missed" => Value::Number(account.plan.unwrap_or(0)),
        "charged_off" | "sold" => Value::Flag(false),
        "calls_made" => Value::Number(work.calls),
        "calls_unanswered" => Value::Number(work.unanswered),
        "promises_broken" => Value::Number(work.broken),
        "promise_open" => Value::Flag(told_promise(account).is_some()),
        "promise_due_in" => or_never(told_promise(account)),
        "promise_amount" => Value::Number(told_promise(account).map_or(0, |_| account.overdue)),
        "promise_vague" => Value::Flag(work.since("vague_promise").is_some()),
        "hostile" => Value::Flag(work.since("rpc_hostile").is_some()),
        "right_number" => Value::Flag(work.since("rpc").is_some_and(|ago| ago > 180)),
        _ => return by_family(name, account).or_else(|| state(name, account)),
    })
}

fn number(account: &Account, place: usize) -> Value {
    Value::Word(account.numbers.get(place).copied().unwrap_or("none"))
}

/// Days until the promise falls due that the bank's table knows: not yet yesterday's.
fn told_promise(account: &Account) -> Option<i64> {
    account.work.promise.filter(|(due, new)| *due >= 0 && !new).map(|(due, _)| due)
}

/// Facts whose names tell what they are about.
fn by_family(name: &str, account: &Account) -> Option<Value> {
    let work = &account.work;
    for mark in [
        "deceased",
        "bankrupt",
        "minor",
        "dispute",
        "fraud",
        "complaint_open",
        "represented",
        "cease_contact",
        "payment_in_flight",
        "vulnerable",
        "hazard",
        "closed",
        "hardship",
        "lost_contact",
    ] {
        if name == mark {
            return Some(Value::Flag(account.is(mark)));
        }
    }
    if let Some(channel) = name.strip_prefix("opted_out_") {
        return Some(Value::Flag(account.refuses.contains(&channel)));
    }
    if let Some(rest) = name.strip_prefix("times_") {
        let (counted, drops) = rest.strip_suffix("_drops_in").map_or((rest, false), |counted| (counted, true));
        let (what, days) = counted.rsplit_once('_')?;
        let (count, drops_in) = work.times(what, days.parse().ok()?);
        return Some(if drops { or_empty(drops_in) } else { Value::Number(count) });
    }
    if let Some(sign) = name.strip_prefix("days_since_sign_") {
        return Some(or_never(sign_seen(sign, account)));
    }
    let what = name.strip_prefix("days_since_")?;
    match what {
        "decision" => Some(if work.before.is_some() { Value::Number(1) } else { Value::Never }),
        "treatment" => Some(or_never(work.last.map(|(_, ago)| ago))),
        "demand" => Some(or_never(work.since("formal_demand"))),
        _ => Some(or_never(work.used.get(what).map(|(ago, ..)| *ago).or_else(|| work.since(what)))),
    }
}

/// How many days ago a sign was last seen.
fn sign_seen(sign: &str, account: &Account) -> Option<i64> {
    let work = &account.work;
    // The nth last time something happened it came into view, and left it so many days later.
    let last = |what: &str, nth: usize, days: i64| {
        let mut agos: Vec<i64> = work.happened.get(what).into_iter().flatten().copied().collect();
        agos.sort_unstable();
        let ago = agos.get(nth.checked_sub(1)?).copied()?;
        Some((ago - days + 1).max(1))
    };
    let means = |enough: bool| {
        let known = account.income.filter(|(age, _)| *age <= 180);
        known.filter(|(_, amount)| (*amount >= account.min_payment) == enough).map(|_| 1)
    };
    match sign {
        "kept_a_promise" => last("promise_kept", 1, 180),
        "broke_two_promises" => last("promise_broken", 2, 90),
        "promises_without_a_date" => last("vague_promise", 2, 60),
        "answers_and_talks" if work.since("refused").is_none() => last("rpc", 1, 30),
        "refused_outright" => last("refused", 1, 60),
        "can_afford_the_minimum" => means(true),
        "cannot_afford_the_minimum" => means(false),
        "lost_the_income" => matches!(account.cause, "unemployment" | "illness").then_some(1),
        _ => None,
    }
}

/// What last night's decision left.
fn state(name: &str, account: &Account) -> Option<Value> {
    let work = &account.work;
    let before = work.before;
    if let Some(treatment) = name.strip_prefix("episode_count_") {
        return Some(Value::Number(counted(account, treatment).0));
    }
    if let Some(treatment) = name.strip_prefix("retries_") {
        return Some(Value::Number(counted(account, treatment).1));
    }
    if let Some(learned) = name.strip_prefix("learned_") {
        return learned_of(learned, account);
    }
    Some(match name {
        "previous_stage" => before.map_or(Value::Never, |(stage, ..)| Value::Word(stage)),
        "days_in_stage" => Value::Number(before.map_or(0, |(_, days, ..)| days)),
        "previous_rung" => before.map_or(Value::Never, |(_, _, rung, _)| Value::Word(rung)),
        "days_on_rung" => Value::Number(before.map_or(0, |(.., days)| days)),
        "previous_type" => before.map_or(Value::Never, |_| Value::Word(kind(account))),
        "last_treatment" => work.last.map_or(Value::Never, |(treatment, _)| Value::Word(treatment)),
        "pause_left" => or_never(work.pause_left),
        "callback_in" => or_never(work.callback_in),
        "retry_in" => or_never(work.retry.map(|(days, _)| days)),
        "retry_treatment" => work.retry.map_or(Value::Never, |(_, treatment)| Value::Word(treatment)),
        _ => return None,
    })
}

/// The debtor type of last night.
fn kind(account: &Account) -> &'static str {
    match account.person {
        _ if account.is("deceased") || account.is("bankrupt") || account.is("represented") => "protected",
        _ if account.is("dispute") || account.is("fraud") => "disputing",
        _ if account.is("lost_contact") => "lost_contact",
        _ if account.is("hardship") || account.is("vulnerable") || account.cause != "unknown" => "hardship",
        _ if account.dpd == 0 => {
            if account.lates.0 == 0 {
                "good_customer"
            } else {
                "not_yet_known"
            }
        }
        Person::Stalls if account.dpd > 30 && account.work.broken >= 2 => "stalling",
        Person::Forgets if account.dpd <= 30 && account.lates.0 <= 1 => "forgetful",
        Person::Habitual if account.dpd <= 60 => "habitual_late",
        _ => "not_yet_known",
    }
}

/// How often a treatment counted in this episode, and how often an attempt did not.
fn counted(account: &Account, treatment: &str) -> (i64, i64) {
    // Who stands at `current` and is not late begins anew.
    let stands = account.dpd == 0 && account.work.before.is_none_or(|(stage, ..)| stage == "current");
    let used = account.work.used.get(treatment).filter(|_| !stands);
    used.map_or((0, 0), |(_, counted, not)| (*counted, *not))
}

/// What results of calls taught and the bank's table does not say yet.
fn learned_of(name: &str, account: &Account) -> Option<Value> {
    let work = &account.work;
    let proven = work.since("rpc").filter(|ago| *ago <= 180);
    let hostile = work.since("rpc_hostile");
    let wrong = work.since("wrong_number");
    let promise = work.promise.filter(|(due, new)| *due >= 0 && *new);
    Some(match name {
        "right_number" => Value::Flag(proven.is_some()),
        "days_right_number" => or_never(proven),
        "number_mobile" if hostile.is_some() => Value::Word("objected"),
        "number_mobile" if wrong.is_some() => Value::Word("wrong"),
        "days_number_mobile" => or_never(hostile.or(wrong)),
        "promise_open" => Value::Flag(promise.is_some()),
        "promise_due_in" | "promise_amount" if promise.is_none() => Value::Never,
        "promise_due_in" => or_never(promise.map(|(due, _)| due)),
        "promise_amount" => Value::Number(account.overdue),
        "days_promise_open" => or_never(promise.map(|_| 1)),
        "promise_vague" => Value::Flag(work.since("vague_promise").is_some_and(|ago| ago <= 30)),
        "days_promise_vague" => or_never(work.since("vague_promise")),
        "number_mobile" | "number_work" | "number_home" => Value::Never,
        _ if name.starts_with("days_") => Value::Never,
        _ => Value::Flag(false),
    })
}
