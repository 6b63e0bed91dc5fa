//! A loan system that decides one account today, and the same account again tomorrow.
//!
//!     cargo run -p arrears-rules --example embed
#![expect(clippy::print_stdout, reason = "a program shows what it does")]

use arrears::facts::Value;
use arrears::policy::{Input, Need, Row};
use arrears::{Cell, Decision, Facts, Kind, Law, Money, Policy, decide, explain, table};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    // Once, when the system starts. A policy never changes; a clone for another thread is cheap.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policies/starter.rhai");
    let policy = load(&path)?;
    // The law is the host's to choose. Without one, the host's reason is stamped on every decision.
    let law = Law::none("an example with an invented account")?;

    // For every account on its day: what is known of it, and nothing else. No clock is read below, so
    // the same call gives the same answer two years from now. Until `next_review_on` the decision
    // stands, unless something happens to the account.
    let monday = "2026-11-30".parse()?;
    let facts = known_today(12)?;
    let row = bind(&policy, &facts)?;
    let decision = decide(&policy, &row, &law, monday);

    // For the log: one record with names, ready for JSON, in the order of the output's columns.
    println!("{}\n", serde_json::to_string_pretty(&decision.record(&policy, facts.account()))?);
    // For the servicing screen: why, why not, and what would change it. It serialises as well.
    println!("{}\n", explain(&policy, &row, facts.account(), &law, monday));

    // What the decision leaves for the next one, if it is carried out: kept by name, with the day.
    let state = state_after(&policy, &row, &decision, 1);
    for (name, value) in &state {
        println!("tomorrow {name} is {value}");
    }

    // The next day: new facts from the ledger, and the state that was kept.
    let tuesday = "2026-12-01".parse()?;
    let mut facts = known_today(13)?;
    for (name, value) in state {
        facts.set(&name, value)?;
    }
    println!("\n{}", explain(&policy, &bind(&policy, &facts)?, facts.account(), &law, tuesday));
    Ok(())
}

/// Loads a policy file, or says everything that is wrong with it.
fn load(path: &Path) -> Result<Policy, Box<dyn Error>> {
    let loaded = arrears_rules::load(path, &[])?;
    let style = arrears_rules::Style { colour: false, width: 100 };
    loaded.policy.ok_or_else(|| arrears_rules::render(&loaded.problems, &loaded.sources, style).into())
}

/// What the bank's own systems know of the account. A fact that is not given is what the policy
/// assumes in the open, or unknown; a fact that is unknown never leads to a contact.
fn known_today(days_past_due: i64) -> Result<Facts, Box<dyn Error>> {
    let twd = "TWD".parse()?;
    let owed = Money::new("3000.00".parse()?, twd)?;
    Ok(Facts::new("TW-0042", twd)
        .with(table::PRODUCT, "card")
        .with(table::DPD, days_past_due)
        .with(table::DAYS_TO_DUE, 30 - days_past_due)
        .with(table::OVERDUE, owed)
        .with(table::BALANCE, owed)
        .with(table::MIN_PAYMENT, Money::new("1000.00".parse()?, twd)?)
        .with(table::LATE_COUNT_12M, 1)
        .with(table::DISPUTE, false))
}

/// Facts as the policy's row; what does not fit the policy is named, all of it.
fn bind(policy: &Policy, facts: &Facts) -> Result<Row, String> {
    policy.bind(facts).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// The state that a decision leaves, as it is some days later, by name.
fn state_after(policy: &Policy, row: &Row, decision: &Decision, days: i64) -> Vec<(String, Value)> {
    let carried = policy.carried(row, decision);
    let mut cells = row.cells().to_vec();
    for (fact, cell) in &carried {
        if let Some(place) = cells.get_mut(fact.index()) {
            *place = *cell;
        }
    }
    policy.moved_state(&mut cells, days);
    let moved = policy.inputs().iter().zip(cells).filter(|(input, _)| matches!(input.need, Need::State(_)));
    moved.map(|(input, cell)| (input.name.clone(), value(input, cell))).collect()
}

/// State facts are words, days and counts.
fn value(input: &Input, cell: Cell) -> Value {
    match (cell.get(), input.kind) {
        (None, _) if cell.is_never() => Value::Never,
        (None, _) => Value::Unknown,
        (Some(_), Kind::Category) => Value::Word(input.word_of(cell).unwrap_or_default().into()),
        (Some(number), Kind::Count) => Value::Count(number),
        (Some(number), _) => Value::Days(number),
    }
}
