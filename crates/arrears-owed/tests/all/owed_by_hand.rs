//! Statements agree to the last minor unit with what `python/tests/owed_by_hand.py` reckons day by day, in
//! fractions and with no code of the library.

use arrears::account::{Account, Component};
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    name: String,
    history: Value,
    terms: Value,
    owed: Vec<Owed>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Owed {
    as_of: NaiveDate,
    known_by: NaiveDate,
    total: i64,
    by_component: BTreeMap<Component, i64>,
    held: i64,
    overdue: i64,
    to_be_current: i64,
    days_past_due: u32,
}

#[test]
fn what_is_owed_agrees_to_the_last_cent_with_a_second_calculation() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../cases/owed_by_hand.json")).unwrap();
    assert!(cases.len() >= 30, "{} accounts", cases.len());
    let mut differ = Vec::new();
    for case in cases {
        let account = Account::from_json(&case.history.to_string()).unwrap();
        let terms = Terms::from_json(&case.terms.to_string()).unwrap();
        for wanted in case.owed {
            let owed = Statement::of(&account, &terms, wanted.as_of, wanted.known_by).unwrap();
            assert_eq!(owed.total, owed.lines.iter().map(|line| line.amount).sum::<i64>(), "{}", case.name);
            let found = Owed {
                as_of: owed.as_of,
                known_by: owed.known_by,
                total: owed.total,
                by_component: owed.by_component,
                held: owed.held,
                overdue: owed.overdue,
                to_be_current: owed.to_be_current,
                days_past_due: owed.days_past_due,
            };
            if found != wanted {
                let lines = serde_json::to_string_pretty(&owed.lines).unwrap();
                differ.push(format!("{}\n wanted {wanted:?}\n found  {found:?}\n{lines}", case.name));
            }
        }
    }
    let (number, first) = (differ.len(), differ.first());
    assert!(differ.is_empty(), "{number} differ, the first: {}", first.unwrap());
}
