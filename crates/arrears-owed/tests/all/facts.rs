//! What is owed by terms decides as any other fact: an account is reviewed on the day on which interest or fees grow
//! past what a policy asks.

use arrears::account::{Account, Conventions, DayEnd};
use arrears::build::{Build, fact, number};
use arrears::nights::{Beside, Case, Decided, KnownBy, Nights};
use arrears::{Law, Policy, Value};
use arrears_owed::facts::OwedFacts;
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms;
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One instalment of 1,000 due on 1 February 2026, and a payment of 400 on 10 March.
fn account() -> Account {
    Account::from_json(
        r#"{"format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "2025-11-03", "complete": [],
        "events": [
            {"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "instalments": [
                {"item": "1", "due_on": "2026-02-01", "amount": "1000.00"}]},
            {"id": "p", "occurred_on": "2026-03-10", "event": "payment", "amount": "400.00"}]}"#,
    )
    .unwrap()
}

/// Eighteen per cent a year on what is late, and 25 after 40 days.
fn terms() -> Terms {
    Terms::from_json(
        r#"{"format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360",
        "penalty": {"rate": {"annual": "0.18"}, "on": ["principal"]},
        "late_fees": [{"why": "reminder", "after_days": 40, "flat": "25.00"}],
        "orders": [{"from_days": 0, "walk": "components", "components": ["principal", "cost", "fee", "penalty", "interest"]}]}"#,
    )
    .unwrap()
}

fn policy() -> Policy {
    Build::policy("small", "EUR")
        .stage("late", fact("dpd").ge(1))
        .stage("dear", fact("interest").ge(number("20.00").unwrap()))
        .stage("dearer", fact("fees").gt(0).and(fact("balance").ge(number("645.00").unwrap())))
        .check()
        .unwrap()
}

#[test]
fn the_next_review_is_the_day_on_which_what_is_owed_changes_the_decision() {
    let (account, terms, policy) = (account(), terms(), policy());
    for day_end in [DayEnd::Close, DayEnd::Open] {
        let conventions = Conventions { day_end, ..Conventions::default() };
        let law = Law::none("a test").unwrap();
        let owed = OwedFacts::new(&account, &terms, &conventions);
        let case = Case::new(&policy, &account, &conventions, &law).with_beside(&owed);
        let (first, last) = (date("2026-01-20"), date("2026-05-20"));
        let nights: Vec<Decided> =
            Nights::new(case, KnownBy::EachNight, first, last).collect::<Result<_, _>>().unwrap();
        let mut changes = 0;
        for (position, night) in nights.iter().enumerate() {
            let review = night.decision.next_review_on.unwrap();
            let until = nights.iter().skip(position).find(|later| later.decision.stage != night.decision.stage);
            // Of the payment of 10 March the nights before it cannot know.
            let known = night.as_of >= date("2026-03-10") || review < date("2026-03-10");
            if let Some(until) = until.filter(|_| known) {
                assert!(night.decision.review_exact);
                assert_eq!(review, until.as_of, "reviewed on {}", night.as_of);
                changes += 1;
            }
        }
        assert!(changes >= 18, "{changes}");
        let mut named: Vec<&str> = nights
            .iter()
            .map(|night| policy.stages().get(night.decision.stage.index()).map_or("none", |stage| stage.name.as_str()))
            .collect();
        named.dedup();
        assert_eq!(named, ["current", "late", "dear", "dearer"], "{day_end:?}");
    }
}

#[test]
fn a_payment_of_the_day_is_in_the_figures_where_the_days_facts_hold_it() {
    let (account, terms) = (account(), terms());
    let day = date("2026-03-10");
    let balance = |day_end: DayEnd| {
        let conventions = Conventions { day_end, ..Conventions::default() };
        let facts = OwedFacts::new(&account, &terms, &conventions);
        let told = facts.facts(day, day).unwrap();
        told.iter().find(|(name, _)| *name == "balance").unwrap().1.clone()
    };
    let statement = Statement::of(&account, &terms, day, day).unwrap();
    let minor = |value: Value| match value {
        Value::Money(money) => money.minor(),
        other => panic!("{other:?}"),
    };
    assert_eq!(minor(balance(DayEnd::Close)), statement.total);
    assert_eq!(minor(balance(DayEnd::Open)), statement.total + 40_000);
}

#[test]
fn terms_of_another_currency_decide_nothing() {
    let (account, policy, conventions) = (account(), policy(), Conventions::default());
    let dollars = Terms::new("USD".parse().unwrap());
    let law = Law::none("a test").unwrap();
    let owed = OwedFacts::new(&account, &dollars, &conventions);
    let case = Case::new(&policy, &account, &conventions, &law).with_beside(&owed);
    let day = date("2026-03-01");
    let problems = case.decide(day, day, None).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("the account is in EUR, the terms are for USD"), "{}", problems[0].message);
    // A policy that reads nothing of it is not told any, and decides.
    let blind = Build::policy("small", "EUR").stage("late", fact("dpd").ge(1)).check().unwrap();
    assert!(Case::new(&blind, &account, &conventions, &law).with_beside(&owed).decide(day, day, None).is_ok());
}
