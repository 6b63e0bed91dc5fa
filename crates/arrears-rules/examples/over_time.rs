//! A loan system that decides an account from its history: today, on a day in the past as it was known then, and
//! what would have been decided had the bank known in time.
//!
//!     cargo run -p arrears-rules --example over_time
#![expect(clippy::print_stdout, reason = "a program shows what it does")]

use arrears::account::{Account, Conventions, Event, Payment, PaymentReversed};
use arrears::nights::{Case, KnownBy, Nights, hindsight};
use arrears::{Facts, Law, Policy};
use chrono::NaiveDate;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let policy = load(&examples().join("policies/cn-card.rhai"))?;
    let law = Law::none("an example with an invented account")?;
    // A history is read whole or not at all; what is wrong with it is named with its place in the document.
    let account = Account::from_json(&std::fs::read_to_string(examples().join("data/histories/staller.json"))?)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    // How this bank counts: three days of grace, ten yuan of tolerance, and so on. All of it is data.
    let conventions = Conventions { grace_days: 3, ..Conventions::default() };

    // The facts of a day, as they were known on that day.
    let friday: NaiveDate = "2026-02-13".parse()?;
    let facts = Facts::of(&account, friday, friday, &conventions);
    for name in ["dpd", "days_delinquent", "overdue", "promise_open", "promises_broken", "calls_made"] {
        println!("{friday} {name}: {}", facts.get(name).map_or_else(|| "absent".to_owned(), ToString::to_string));
    }

    // Night after night, with the state carried. `next_review_on` is exact: until then nothing changes by time alone.
    let case = Case::new(&policy, &account, &conventions, &law);
    for night in Nights::new(case, KnownBy::EachNight, friday, friday + chrono::Days::new(3)) {
        let night = night.map_err(|problems| format!("{problems:?}"))?;
        let record = night.decision.record(&policy, account.id());
        let until = record.next_review_on.map_or_else(|| "for good".to_owned(), |day| format!("until {day}"));
        let why = record.review_reason.unwrap_or_default();
        println!("{} {}: {} {until} ({why})", night.as_of, record.stage, record.treatment.unwrap_or(record.action));
    }

    // A payment that did not hold, which the bank learned nine days later. Events are added all or none.
    let (paid, bounced): (NaiveDate, NaiveDate) = ("2026-02-20".parse()?, "2026-02-21".parse()?);
    let amount = arrears::account::Amount::new("6865.00".parse()?);
    let corrected = account
        .with([
            Event::new("late-1", paid, Payment { amount, currency: None, item: None }),
            Event::new("late-2", bounced, PaymentReversed { payment: "late-1".into(), amount: None })
                .known_on("2026-03-02".parse()?),
        ])
        .map_err(|problems| format!("{problems:?}"))?;
    let case = Case::new(&policy, &corrected, &conventions, &law);
    let found = hindsight(case, "2025-11-01".parse()?, "2026-04-30".parse()?, NaiveDate::MAX)
        .map_err(|problems| format!("{problems:?}"))?;
    for stretch in found {
        let night = &stretch.from;
        println!(
            "{} to {}: {} was decided in {}, it would have been {} in {}, had {:?} been known",
            night.as_of,
            stretch.until,
            night.made.action,
            night.made.stage,
            night.would_be.action,
            night.would_be.stage,
            night.events
        );
    }
    Ok(())
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Loads a policy file, or says everything that is wrong with it.
fn load(path: &Path) -> Result<Policy, Box<dyn Error>> {
    let loaded = arrears_rules::load(path, &[])?;
    let style = arrears_rules::Style { colour: false, width: 100 };
    loaded.policy.ok_or_else(|| arrears_rules::render(&loaded.problems, &loaded.sources, style).into())
}
