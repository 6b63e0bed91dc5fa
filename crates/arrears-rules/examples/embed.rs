//! A loan system that decides one account today, and the same account again tomorrow.
//!
//!     cargo run -p arrears-rules --example embed
#![expect(clippy::print_stdout, reason = "a program shows what it does")]

use arrears::policy::{Row, RowProblem};
use arrears::{Done, Facts, Law, Money, Policy, decide, explain, table};
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
    let row = said(policy.bind(&facts))?;
    let decision = decide(&policy, &row, &law, monday);

    // For the log: one record with names, ready for JSON, in the order of the output's columns.
    println!("{}\n", serde_json::to_string_pretty(&decision.record(&policy, facts.account()))?);
    // For the servicing screen: why, why not, and what would change it. It serialises as well.
    println!("{}\n", explain(&policy, &row, facts.account(), &law, monday));

    // What the decision leaves for the next one, if it is carried out. Between two days it is kept
    // by name, with its day.
    let mut state = policy.carry(&row, &decision, monday);
    // What came of it. A collector called instead of sending the text: that counts for what was
    // done. A result's code goes along, and the policy's `outcome` statements say what it does.
    let called = Done { treatment: Some("call".to_owned()), outcome: Some("no_answer".to_owned()), ..Done::on(monday) };
    policy.learn(&mut state, &called)?;
    for (name, value) in state.named(&policy) {
        println!("{} {name} is {value}", state.day());
    }

    // The next day: new facts from the ledger, and the state moved on to it.
    let tuesday = "2026-12-01".parse()?;
    let row = said(policy.bind_after(&known_today(13)?, &state, tuesday))?;
    println!("\n{}", explain(&policy, &row, facts.account(), &law, tuesday));
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

/// A row, or what does not fit the policy, all of it.
fn said(row: Result<Row, Vec<RowProblem>>) -> Result<Row, String> {
    row.map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}
