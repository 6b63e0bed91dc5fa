//! With the days ahead told, the next review is the first day on which the decision differs.

use crate::seen::seen;
use crate::{bound, cases, day, law};
use arrears::build::{Build, Line, fact, texts};
use arrears::decide::decide_ahead;
use arrears::draft::Keyword;
use arrears::{Cell, Facts, Money, Policy, Row, decide, decide_today, table};
use arrears_testkit::generate::{Choices, Kinds, RowStyle, books};
use arrears_testkit::nights::tomorrow;
use arrears_testkit::script::{DAYS, Script};
use chrono::Days;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The first day on which the decision differs, every night decided one by one.
fn by_brute_force(policy: &Policy, row: &Row, script: &Script<'_>) -> Option<i64> {
    let first = decide_today(policy, row, &law(), day(), None);
    let (mut row, mut night) = (row.clone(), first.clone());
    for days in 1..=DAYS {
        let passed = u64::try_from(days).unwrap();
        let state = tomorrow(policy, &row, &night).unwrap();
        row = script.row(usize::try_from(days).unwrap(), &state).unwrap();
        night = decide_today(policy, &row, &law(), day() + Days::new(passed), None);
        if seen(policy, &first) != seen(policy, &night) {
            return Some(days);
        }
    }
    None
}

/// The review as days from today, if the decision surely differs on it.
fn review(policy: &Policy, row: &Row, script: &Script<'_>) -> (i64, bool) {
    let decision = decide_ahead(policy, row, script.surely(0), &law(), day(), script).unwrap();
    ((decision.next_review_on.unwrap() - day()).num_days(), decision.review_exact)
}

const KINDS: Kinds = Kinds { defaults: true, rows: RowStyle { assessed: false, huge: true }, accounts: 3 };

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn a_review_from_told_days_is_the_first_day_on_which_the_decision_differs(book in books(KINDS)) {
        let rows: Vec<Row> = book.accounts.iter().map(|facts| bound(&book.policy, facts)).collect();
        for (row, more) in rows.iter().zip(&book.more) {
            if book.policy.is_closed(row) {
                continue;
            }
            let row = Script::today(&book.policy, row).unwrap();
            let script = Script::random(&book.policy, &row, &rows, &mut Choices::new(more.clone())).unwrap();
            let expected = by_brute_force(&book.policy, &row, &script);
            let expected = (expected.unwrap_or(DAYS), expected.is_some());
            prop_assert_eq!(review(&book.policy, &row, &script), expected, "{:?}", script.turns());
        }
    }

    #[test]
    fn a_row_alone_gives_no_later_review_than_told_days_on_which_nothing_happens(book in books(KINDS)) {
        for facts in &book.accounts {
            let row = Script::today(&book.policy, &bound(&book.policy, facts)).unwrap();
            if book.policy.is_closed(&row) {
                continue;
            }
            let script = Script::new(&book.policy, &row, &BTreeMap::new(), 30).unwrap();
            let (told, surely) = review(&book.policy, &row, &script);
            let alone = decide(&book.policy, &row, &law(), day());
            let days = (alone.next_review_on.unwrap() - day()).num_days();
            if alone.review_exact {
                prop_assert_eq!((days, alone.review_exact), (told, surely));
            } else {
                prop_assert!(days <= told);
            }
        }
    }
}

fn letters() -> Build {
    Build::policy("letters", "EUR").stage("reminder", fact("dpd").ge(1)).assume(
        "opted_out(letter)",
        false,
        "letters need no consent",
    )
}

fn late(with: impl FnOnce(Facts) -> Facts) -> Facts {
    let overdue = Money::new("640.00".parse().unwrap(), "EUR".parse().unwrap()).unwrap();
    with(Facts::new("A-1", "EUR".parse().unwrap()).with(table::DPD, 12).with(table::OVERDUE, overdue))
}

#[test]
fn a_count_that_falls_on_the_ninth_day_gives_a_review_on_the_ninth_day() {
    let letter = Line::new(Keyword::Treatment).name("letter").stages(&["reminder"]);
    let policy = letters().add(letter.when(fact("contacts_7d").lt(3)).act("letter")).check().unwrap();
    let row = bound(&policy, &late(|facts| facts.with(table::CONTACTS_7D, 3)));
    let falls = (policy.find_input("contacts_7d").unwrap(), Cell::number(2));
    let script = Script::new(&policy, &row, &BTreeMap::from([(9, vec![falls])]), DAYS).unwrap();
    assert_eq!(review(&policy, &row, &script), (9, true));
}

#[test]
fn a_dispute_that_is_settled_on_the_thirtieth_day_gives_a_review_on_the_thirtieth_day() {
    let hold = Line::new(Keyword::Hold).name("disputed").when(fact("dispute")).option("stops", texts(&["contact"]));
    let policy = letters().add(hold).treatment("letter", &["reminder"], "letter").check().unwrap();
    let row = bound(&policy, &late(|facts| facts.with(table::DISPUTE, true)));
    let settled = (policy.find_input("dispute").unwrap(), Cell::FALSE);
    let script = Script::new(&policy, &row, &BTreeMap::from([(30, vec![settled])]), DAYS).unwrap();
    assert_eq!(review(&policy, &row, &script), (30, true));
}

#[test]
fn where_nothing_ever_differs_the_review_is_the_horizon_and_not_exact() {
    let policy = letters().treatment("letter", &["reminder"], "letter").check().unwrap();
    let row = bound(&policy, &late(|facts| facts));
    let first = decide_today(&policy, &row, &law(), day(), None);
    let row = tomorrow(&policy, &row, &first).unwrap();
    let script = Script::new(&policy, &row, &BTreeMap::new(), 30).unwrap();
    assert_eq!(review(&policy, &row, &script), (DAYS, false));
}
