//! Facts that a case states, as facts of the engine.

use super::case::Stated;
use super::history::NO_CODE;
use crate::names::Names;
use arrears::account::MonthEnd;
use arrears::facts::{Value, Wanted};
use arrears::{Currency, Facts, Money};
use chrono::NaiveDate;

/// The facts on a day, taken as they are stated. A debt whose date is still to come has no age.
pub(super) fn facts(stated: &Stated, codes: &Names, on: NaiveDate, currency: Currency) -> Result<Facts, String> {
    let Stated { unpaid_count, unpaid_balance, oldest_unpaid_on, last_failure, tags: _ } = stated;
    let mut facts = Facts::new("case", currency);
    let balance = Money::new(unpaid_balance.decimal(), currency).map_err(|error| error.to_string())?;
    let oldest = oldest_unpaid_on.filter(|oldest| *oldest <= on);
    let days = oldest.map(|oldest| on.signed_duration_since(oldest).num_days());
    let months = oldest.map(|oldest| i64::from(MonthEnd::Clamp.between(oldest, on)));
    let failure = last_failure.as_ref().map_or_else(|| NO_CODE.to_owned(), |code| codes.engine(code));
    for (name, value) in [
        ("unpaid_items", Value::Count(*unpaid_count)),
        ("overdue", Value::Money(balance)),
        ("oldest_unpaid_age", days.map_or(Value::Never, Value::Days)),
        ("months_since_oldest_unpaid", months.map_or(Value::Never, Value::Count)),
        ("last_failure", Value::Word(failure.into())),
    ] {
        facts.set(name, value).map_err(|error| format!("given.facts: {error}"))?;
    }
    Ok(facts)
}

/// Sets every tag that a policy asks for: those that are stated, and no others.
pub(super) fn tag(facts: &mut Facts, stated: &Stated, tags: &Names, wanted: &Wanted) -> Result<(), String> {
    let present: Vec<String> = stated.tags.iter().map(|tag| tags.engine(tag)).collect();
    for fact in wanted.counted.iter().filter(|fact| wanted.tags().any(|tag| tag == fact.what)) {
        let set = Value::Flag(present.contains(&fact.what));
        facts.set(&fact.column(), set).map_err(|error| format!("given.facts.tags: {error}"))?;
    }
    Ok(())
}
