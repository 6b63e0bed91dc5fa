//! The facts of a day that a timeline shows.

use super::amounts::grouped;
use arrears::account::{Account, Conventions, Standing};
use arrears::facts::Group;
use arrears::number::show_fixed;
use arrears::{Facts, Value, table};
use serde::Serialize;

/// The facts of a day that matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DayFacts {
    /// Days past due; zero if nothing is late.
    pub dpd: i64,
    /// Days past due less grace and paused days.
    pub days_delinquent: i64,
    /// The bucket, by the bank's conventions; zero if nothing is late.
    pub bucket: usize,
    /// What is overdue, in the account's currency.
    pub overdue: String,
    /// The promise that stands; none if none does, or if promises are not recorded completely.
    pub promise: Option<OpenPromise>,
    /// Instalments missed of the arrangement in force; none if none is in force.
    pub plan_missed: Option<i64>,
    /// Whether ageing stands still.
    pub paused: bool,
    /// What protects the person or the account, by the names of the facts; refused channels too.
    pub protections: Vec<String>,
    /// Who works the account, where it is not the bank.
    pub placed_with: Option<String>,
}

/// A promise that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenPromise {
    /// What is still to be paid under it.
    pub left: String,
    /// Days until it falls due, the bank's patience included. Zero: today.
    pub due_in: i64,
}

impl DayFacts {
    pub(super) fn of(account: &Account, facts: &Facts, standing: &Standing, conventions: &Conventions) -> Self {
        let days = |name: &str| match facts.get(name) {
            Some(Value::Days(days) | Value::Count(days)) => Some(*days),
            _ => None,
        };
        let is_set = |name: &str| facts.get(name) == Some(&Value::Flag(true));
        let money = |name: &str| match facts.get(name) {
            Some(Value::Money(money)) => grouped(show_fixed(money.minor(), account.currency().digits())),
            _ => "not known".to_owned(),
        };
        let dpd = days(table::DPD.name()).unwrap_or(0);
        let due_in = days(table::PROMISE_DUE_IN.name()).filter(|_| is_set(table::PROMISE_OPEN.name()));
        let active = is_set(table::ARRANGEMENT_ACTIVE.name());
        let flags = table::all().filter(|fact| fact.group == Group::Protection && is_set(fact.name));
        let refused = facts.iter().filter_map(|(name, value)| {
            let channel = name.strip_prefix("opted_out_")?;
            (*value == Value::Flag(true)).then(|| format!("no {channel}"))
        });
        let hand = match facts.get(table::WORKED_BY.name()) {
            Some(Value::Word(hand)) if hand.as_ref() != "bank" => Some(hand.to_string()),
            _ => None,
        };
        Self {
            dpd,
            days_delinquent: days(table::DAYS_DELINQUENT.name()).unwrap_or(0),
            bucket: conventions.buckets.of(dpd, days(table::CYCLES_PAST_DUE.name()).unwrap_or(0)),
            overdue: money(table::OVERDUE.name()),
            promise: due_in.map(|due_in| OpenPromise { left: money(table::PROMISE_AMOUNT.name()), due_in }),
            plan_missed: active.then(|| days(table::ARRANGEMENT_MISSED.name()).unwrap_or(0)),
            paused: standing.paused,
            protections: flags.map(|fact| fact.name.to_owned()).chain(refused).collect(),
            placed_with: hand,
        }
    }
}
