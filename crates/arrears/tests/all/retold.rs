//! A row of which facts are told anew.

use arrears::build::{Build, fact};
use arrears::{Cell, Facts, Policy, Row, Value};

fn policy() -> Policy {
    Build::policy("small", "EUR")
        .stage("reminder", fact("bucket").ge(1).and(fact("willingness").is("low")))
        .stage("firm", fact("bucket").ge(2).and(fact("utilisation").ge(0)))
        .check()
        .unwrap()
}

fn row(policy: &Policy) -> Row {
    let money = |minor| Value::Money(arrears::Money::from_minor(minor, policy.head().currency));
    let mut facts = Facts::new("A-1", policy.head().currency);
    for (name, value) in [
        ("dpd", Value::Days(12)),
        ("willingness", Value::Word("low".into())),
        ("balance", money(50_000)),
        ("credit_limit", money(100_000)),
    ] {
        facts.set(name, value).unwrap();
    }
    policy.bind(&facts).unwrap()
}

fn shown(policy: &Policy, row: &Row, name: &str) -> String {
    let id = policy.find_input(name).unwrap();
    policy.show_cell(id, row.cell(id))
}

#[test]
fn what_is_computed_from_a_fact_is_computed_anew() {
    let policy = policy();
    let told = |name: &str, value: i64| {
        policy.retold(&row(&policy), &[(policy.find_input(name).unwrap(), Cell::number(value))]).unwrap()
    };
    assert_eq!(shown(&policy, &row(&policy), "bucket"), "1");
    assert_eq!(shown(&policy, &told("dpd", 31), "bucket"), "2");
    assert_eq!(shown(&policy, &told("balance", 90_000), "utilisation"), "0.90");
}

#[test]
fn a_willingness_that_is_given_stays_as_it_is_given() {
    let policy = policy();
    let dpd = policy.find_input("dpd").unwrap();
    let later = policy.retold(&row(&policy), &[(dpd, Cell::number(31))]).unwrap();
    assert_eq!(shown(&policy, &later, "willingness"), "low");
}

#[test]
fn nothing_told_anew_changes_nothing() {
    let policy = policy();
    assert_eq!(policy.retold(&row(&policy), &[]).unwrap(), row(&policy));
}
