//! What guardrails cost: one check of one proposed contact, and a million accounts decided under
//! the law of their jurisdiction beside the same accounts decided under none.

use crate::Failure;
use crate::clock::{Measure, Rounds, paired};
use arrears::guardrail::{Answer, Case, Contact, Standing};
use arrears::{Law, Policy};
use arrears_batch::{Decided, Mapping, Portfolio};
use arrears_rules::shipped_law;
use arrow_array::RecordBatch;
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use std::path::Path;

/// Contacts of a history.
const CONTACTS: u64 = 400;
/// Checks of a round.
const CHECKS: usize = 2_000;
/// Rounds of two portfolios that take turns.
const ROUNDS: usize = 7;

/// Measures single checks and whole tables, of a million accounts if nobody says; of no table where it is told 0 accounts.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let accounts = match arguments {
        [] => 1_000_000,
        [accounts] => accounts.parse()?,
        _ => return Err("it takes one number of accounts".into()),
    };
    println!("one proposed call under the shipped law of the United States, history of {CONTACTS} contacts; ns");
    println!("  {:<58} {:>10} {:>10} {:>10}", "", "quickest", "median", "slowest");
    for (name, apart) in [("one contact a day", 1), ("all in the last seven days", 0)] {
        checks(name, apart)?;
    }
    if accounts == 0 {
        return Ok(());
    }
    println!("decided in columns on one thread, {accounts} accounts; ns an account");
    println!("  {:<26} {:>12} {:>12} {:>8}  rules that bear", "", "without law", "with law", "ratio");
    for file in ["cn-card.rhai", "us-card-agency.rhai"] {
        table_of(&examples.join("policies").join(file), accounts)?;
    }
    Ok(())
}

fn checks(name: &str, apart: u64) -> Result<(), Failure> {
    let law = shipped_law();
    let now: DateTime<FixedOffset> = "2026-11-10T15:00:00-05:00".parse()?;
    let standing = standing(now, apart)?;
    let case = Case::new(&law, &standing, now).map_err(|troubles| format!("{troubles:?}"))?;
    let proposed: Contact = serde_json::from_value(serde_json::json!({
        "at": now.to_rfc3339(), "channel": "phone", "recipient": "debtor", "number": "N1", "number_kind": "mobile",
        "address_kind": "none", "purpose": "demand", "content": "collection", "opt_out_notice": true,
        "debtor_at": "elsewhere", "active_session": false,
    }))?;
    let permission = case.permission(&proposed).map_err(|troubles| format!("{troubles:?}"))?;
    if permission.answer == Answer::Review {
        return Err(format!("the case leaves something unknown: {:?}", permission.missing).into());
    }
    let rows = [
        Measure::of("check", CHECKS, Rounds::MANY, || {
            (0..CHECKS).filter(|_| case.answer(&proposed).is_ok_and(|answer| answer == Answer::Allow)).count()
        }),
        Measure::of("check with reasons and the earliest time", 20, Rounds::FEW, || {
            (0..20).filter(|_| case.permission(&proposed).is_ok()).count()
        }),
        Measure::of("preparing the case", 20, Rounds::FEW, || {
            (0..20).filter(|_| Case::new(&law, &standing, now).is_ok()).count()
        }),
    ];
    for row in rows {
        let what = format!("{name}: {} ({})", row.name, word(permission.answer));
        println!("  {what:<58} {:>10.0} {:>10.0} {:>10.0}", row.min(), row.median(), row.max());
    }
    Ok(())
}

const fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Allow => "allowed",
        Answer::Review => "for review",
        Answer::Block => "blocked",
    }
}

/// A person of whom everything is known, and nothing but earlier calls stands against a contact.
fn standing(now: DateTime<FixedOffset>, apart: u64) -> Result<Standing, Failure> {
    let outcomes = ["no_answer", "busy", "voicemail_left", "no_answer", "not_in_service"];
    let channels = ["phone", "sms", "email", "phone", "letter"];
    let mut contacts = Vec::new();
    for place in 0..CONTACTS {
        let days = if apart == 0 { place % 7 } else { place };
        let at = now.checked_sub_days(Days::new(days)).ok_or("too long ago")? - chrono::Duration::minutes(30 + i64::try_from(place)?);
        let kind = usize::try_from(place % 5)?;
        let outcome = if channels.get(kind) == Some(&"phone") { outcomes.get(kind) } else { Some(&"sent") };
        contacts.push(serde_json::json!({
            "at": at.to_rfc3339(), "channel": channels.get(kind), "outcome": outcome, "recipient": "debtor",
            "number": "N1", "number_kind": "mobile", "purpose": "demand", "content": "collection", "same_call": false,
        }));
    }
    let facts = [
        "represented", "attorney_known", "attorney_silent", "attorney_consents", "cease_contact", "dispute",
        "dispute_written", "dispute_in_period", "dispute_valid", "bankrupt", "discharged", "deceased", "minor",
        "time_barred", "moratorium", "refuses_as_barred", "recipient_opted_out", "lost_contact",
    ];
    let mut told = serde_json::Map::new();
    for fact in facts {
        told.insert(fact.to_owned(), false.into());
    }
    told.insert("identity_verified".to_owned(), true.into());
    told.insert("collector".to_owned(), "third_party".into());
    Ok(serde_json::from_value(serde_json::json!({
        "jurisdiction": "US", "zones": ["America/New_York"], "debts": [{ "id": "D1", "product": "card" }],
        "contacts": contacts, "preferences": [], "consents": [], "refusals": [], "wrong_numbers": [],
        "facts": told,
    }))?)
}

/// The example accounts, over and over, under the law and under none, by turns.
fn table_of(path: &Path, accounts: usize) -> Result<(), Failure> {
    let as_of: NaiveDate = "2026-11-10".parse()?;
    let policy = crate::engine::load(path)?;
    let law = shipped_law();
    let lawful = policy.under(&law, as_of).map_err(|problems| format!("{problems:?}"))?;
    let table = example(path)?;
    let times = accounts.div_ceil(table.num_rows().max(1));
    let none = Law::none("a measurement")?;
    let without = portfolio(&policy, &table, as_of, none)?;
    let with = portfolio(&lawful, &table, as_of, law)?;
    let (mut desk, mut other) = (without.desk(), with.desk());
    let (mut decided, mut under) = (Decided::default(), Decided::default());
    let mut plain = || {
        (0..times).map(|_| {
            decided.clear();
            without.decide(&mut desk, &table, 1, &mut decided).len()
        }).sum::<usize>()
    };
    let mut kept = || {
        (0..times).map(|_| {
            under.clear();
            with.decide(&mut other, &table, 1, &mut under).len()
        }).sum::<usize>()
    };
    let ratio = paired(ROUNDS, &mut kept, &mut plain);
    let rounds = || Rounds { warm_up: 1, measured: ROUNDS };
    let rows = (times * table.num_rows()).max(1) as f64;
    let (plain, kept) = (Measure::of("without", 1, rounds(), plain), Measure::of("with", 1, rounds(), kept));
    compared(&with, &under, &table)?;
    let name = policy.head().name.as_str();
    println!(
        "  {name:<26} {:>12.1} {:>12.1} {ratio:>8.2}  {}",
        plain.median() / rows,
        kept.median() / rows,
        lawful.bound_rules().len()
    );
    Ok(())
}

/// The example accounts as one batch.
fn example(policy: &Path) -> Result<RecordBatch, Failure> {
    let path = policy.with_file_name("").join("../data/card_accounts_2005_09.parquet");
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(path)?)?;
    let schema = reader.schema().clone();
    let batches = reader.build()?.collect::<Result<Vec<RecordBatch>, _>>()?;
    Ok(arrow_select::concat::concat_batches(&schema, &batches)?)
}

fn portfolio<'p>(policy: &'p Policy, table: &RecordBatch, as_of: NaiveDate, law: Law) -> Result<Portfolio<'p>, Failure> {
    Ok(Portfolio::new(policy, (&table.schema(), "accounts"), &Mapping::default(), as_of, law)?)
}

/// What is measured decides as the row engine does.
fn compared(portfolio: &Portfolio<'_>, decided: &Decided, table: &RecordBatch) -> Result<(), Failure> {
    let some = table.slice(0, table.num_rows().min(20_000));
    for (row, wanted) in portfolio.decide_by_row(&some, 1).iter().enumerate() {
        let wanted = wanted.as_ref().map_err(ToString::to_string)?;
        if portfolio.decision(decided, row).as_ref() != Some(wanted) {
            return Err(format!("row {}: columns and rows decide differently", row + 1).into());
        }
    }
    Ok(())
}
