//! A night settles each person's accounts as if all decisions were held at once.

use crate::people::{Account, POLICY, Wrong, table, tables};
use crate::slowly::{self, Held};
use crate::support::{Folder, options, policy_of};
use arrears::decide::{Proposal, Record, decide, decide_today, settle};
use arrears::{Policy, Row};
use arrears_batch::{Hooks, Options, run};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a night makes of a table: rows decided, as they are written, and the numbers of those
/// in error with what is wrong.
struct Night {
    decided: Vec<Value>,
    errors: BTreeMap<usize, String>,
}

fn night(policy: &Policy, accounts: &[Account], options: &Options, folder: &Folder) -> Night {
    let table = folder.write("book.csv", table(accounts));
    let options = Options {
        keep_going: true,
        outputs: vec![folder.path("out.jsonl")],
        errors_shown: accounts.len(),
        ..options.clone()
    };
    let summary = run(policy, table, &options, Hooks::default()).unwrap();
    assert_eq!(summary.decisions + summary.errors, summary.rows);
    let text = std::fs::read_to_string(folder.path("out.jsonl")).unwrap();
    let errors = summary.first_errors.iter().map(|error| (usize::try_from(error.row).unwrap(), error.to_string()));
    Night { decided: text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), errors: errors.collect() }
}

/// What is decided for one account before its person is settled.
fn proposal(policy: &Policy, account: &Account, options: &Options) -> Proposal {
    let row: Row = policy.bind(&account.facts(policy)).unwrap();
    let decision = match options.reviews {
        true => decide(policy, &row, &options.law, options.as_of),
        false => decide_today(policy, &row, &options.law, options.as_of, None),
    };
    let customer = account.person.map(|person| format!("P{person}"));
    Proposal { account: account.name.clone(), customer, row, decision, rides_with: None }
}

/// The rows of people with a row in error.
fn kept_back(accounts: &[Account]) -> Vec<bool> {
    let bad: Vec<u8> =
        accounts.iter().filter(|account| account.wrong.is_some()).filter_map(|account| account.person).collect();
    accounts
        .iter()
        .map(|account| account.wrong.is_none() && account.person.is_some_and(|person| bad.contains(&person)))
        .collect()
}

/// What the settling changes, of a row that is written.
fn settled(row: &Value) -> Value {
    let changed =
        ["account_id", "treatment", "action", "channel", "acts", "duties", "contact_point", "slot", "held_by"];
    let pick = changed.into_iter().chain(["vetoed_by", "rides_with"]).map(|name| (name.to_owned(), row[name].clone()));
    let mut picked: serde_json::Map<String, Value> = pick.collect();
    let mut flags: Vec<String> = serde_json::from_value(row["flags"].clone()).unwrap();
    flags.sort();
    picked.insert("flags".to_owned(), flags.into());
    Value::Object(picked)
}

/// Decides a table in a night, at once with core's `settle`, and by hand. Without reviews the
/// night decides in columns what it can.
fn agree(policy: &Policy, accounts: &[Account], holds_on_persons: bool, reviews: bool) -> Result<(), TestCaseError> {
    let (folder, options) = (Folder::new(), Options { reviews, ..options("2026-11-30") });
    let night = night(policy, accounts, &options, &folder);
    let back = if holds_on_persons { kept_back(accounts) } else { vec![false; accounts.len()] };
    let good = || accounts.iter().zip(&back).filter(|(account, back)| account.wrong.is_none() && !**back);

    let mut proposals: Vec<Proposal> = good().map(|(account, _)| proposal(policy, account, &options)).collect();
    let by_hand = holds_on_persons.then(|| by_hand(policy, &proposals, good().map(|(account, _)| account)));
    settle(policy, &mut proposals);
    let record = |proposal: &Proposal| {
        let record = proposal.decision.record(policy, &proposal.account);
        serde_json::to_value(Record { rides_with: proposal.rides_with.clone(), ..record }).unwrap()
    };
    let at_once: Vec<Value> = proposals.iter().map(record).collect();
    prop_assert_eq!(&night.decided, &at_once);
    if let Some(by_hand) = by_hand {
        prop_assert_eq!(night.decided.iter().map(settled).collect::<Vec<_>>(), by_hand);
    }

    for (number, (account, back)) in (1..).zip(accounts.iter().zip(back)) {
        let error = night.errors.get(&number);
        prop_assert_eq!(error.is_some(), account.wrong.is_some() || back, "row {}: {:?}", number, error);
        if back {
            let hides = |(_, other): &(usize, &Account)| other.person == account.person && other.wrong.is_some();
            let hidden = (1..).zip(accounts).find(hides).unwrap().0;
            let said = format!(
                "row {number} (line {}), account {}, row {hidden} is of the same customer and cannot be ",
                number + 1,
                account.name
            );
            let error = error.unwrap();
            prop_assert!(error.starts_with(&said) && error.ends_with(": it may hold this account too"), "{}", error);
        }
        if account.wrong == Some(Wrong::Twice) {
            prop_assert!(
                error.unwrap().ends_with("column `account_id`: the account is in row 1 already"),
                "{:?}",
                error
            );
        }
    }
    Ok(())
}

fn by_hand<'a>(policy: &Policy, proposals: &[Proposal], accounts: impl Iterator<Item = &'a Account>) -> Vec<Value> {
    let mut held: Vec<(Option<u8>, Held)> = Vec::new();
    for (account, proposal) in accounts.zip(proposals) {
        let record = proposal.decision.record(policy, &account.name);
        held.push((account.person, Held { record, rank: (account.dpd, account.overdue) }));
    }
    for person in 0..=u8::MAX {
        let of: Vec<usize> = (0..held.len()).filter(|place| held[*place].0 == Some(person)).collect();
        let mut accounts: Vec<Held> = of.iter().map(|place| held[*place].1.clone()).collect();
        slowly::settle(&mut accounts);
        for (place, account) in of.into_iter().zip(accounts) {
            held[place].1 = account;
        }
    }
    held.iter().map(|(_, held)| settled(&serde_json::to_value(&held.record).unwrap())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_night_settles_people_as_if_all_decisions_were_held_at_once(accounts in tables(), reviews: bool) {
        agree(&policy_of(POLICY), &accounts, true, reviews)?;
    }

    #[test]
    fn where_no_hold_is_on_persons_a_bad_row_keeps_no_other_back(accounts in tables(), reviews: bool) {
        agree(&policy_of(&POLICY.replace(", scope: \"customer\"", "")), &accounts, false, reviews)?;
    }

    #[test]
    fn the_order_of_the_table_changes_no_decision(accounts in tables(), turn in 0..30_usize) {
        let policy = policy_of(POLICY);
        let accounts: Vec<Account> = accounts.into_iter().filter(|account| account.wrong.is_none()).collect();
        let mut turned = accounts.clone();
        turned.rotate_left(turn % accounts.len().max(1));
        let (folder, options) = (Folder::new(), options("2026-11-30"));
        let sorted = |accounts: &[Account]| {
            let mut decided = night(&policy, accounts, &options, &folder).decided;
            decided.sort_by_key(|row| row["account_id"].to_string());
            decided
        };
        prop_assert_eq!(sorted(&accounts), sorted(&turned));
    }
}

/// The tables above are worth their time: every part of the settling happens in some of them.
#[test]
fn random_tables_have_leaders_holds_and_rows_that_hide_them() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let policy = policy_of(POLICY);
    let (folder, options) = (Folder::new(), options("2026-11-30"));
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..60 {
        let accounts = tables().new_tree(&mut runner).unwrap().current();
        let night = night(&policy, &accounts, &options, &folder);
        let mut count = |what, holds: bool| *seen.entry(what).or_default() += u32::from(holds);
        for row in &night.decided {
            let has = |column: &str, word: &str| row[column].to_string().contains(word);
            count("rides", !row["rides_with"].is_null());
            count("held", row["action"] == "held");
            count("surely held", has("held_by", "deceased\""));
            count("perhaps held", has("held_by", "deceased?"));
            count("notices to be looked at", has("duties", "(review)"));
        }
        count("kept back", kept_back(&accounts).contains(&true));
    }
    assert!(seen.len() == 6 && seen.values().all(|times| *times > 10), "{seen:?}");
}
