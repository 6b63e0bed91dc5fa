//! Money that is given back, charged back or written off, in the orders in which it really happens.

use arrears::Facts;
use arrears::account::{Account, Conventions, DayEnd, HistoryProblem};
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An account opened on 3 November 2025, with those events.
fn read(events: &str) -> Result<Account, Vec<HistoryProblem>> {
    Account::from_json(&format!(
        r#"{{"format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "2025-11-03",
        "complete": ["contacts", "promises", "flags"], "events": [{events}]}}"#
    ))
}

/// Two instalments of 100 on 15 January and 15 February, and more events.
fn instalments(events: &str) -> Account {
    read(&format!("{SCHEDULE}{events}")).unwrap()
}

const SCHEDULE: &str = r#"{"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "instalments": [
    {"item": "1", "due_on": "2026-01-15", "amount": "100.00"},
    {"item": "2", "due_on": "2026-02-15", "amount": "100.00"}]}"#;

/// Some facts of a day, as text.
fn seen_by(account: &Account, on: &str, conventions: &Conventions, names: &[&str]) -> String {
    let facts = Facts::of(account, date(on), date(on), conventions);
    let show = |name: &&str| facts.get(name).map_or_else(|| "absent".to_owned(), ToString::to_string);
    names.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn seen(account: &Account, on: &str, names: &[&str]) -> String {
    seen_by(account, on, &Conventions::default(), names)
}

fn places(events: &str) -> Vec<String> {
    read(&format!("{SCHEDULE}{events}"))
        .map_or_else(|problems| problems, |_| Vec::new())
        .into_iter()
        .map(|it| it.path)
        .collect()
}

#[test]
fn a_refund_of_money_that_is_in_a_statements_balance_is_owed_again() {
    let account = read(
        r#"{"id": "s1", "occurred_on": "2026-01-01", "event": "statement", "item": "1", "due_on": "2026-01-20", "balance": "1000.00", "minimum_payment": "100.00"},
           {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "500.00"},
           {"id": "s2", "occurred_on": "2026-02-01", "event": "statement", "item": "2", "due_on": "2026-02-20", "balance": "500.00", "minimum_payment": "50.00"},
           {"id": "c", "occurred_on": "2026-02-05", "event": "chargeback", "payment": "p"},
           {"id": "u", "occurred_on": "2026-02-08", "event": "chargeback_reversed", "chargeback": "c"},
           {"id": "r", "occurred_on": "2026-02-10", "event": "refund", "payment": "p"}"#,
    )
    .unwrap();
    let names = ["balance", "overdue", "min_payment", "dpd"];
    assert_eq!(seen(&account, "2026-02-01", &names), "500.00 EUR 0.00 EUR 50.00 EUR 0");
    assert_eq!(seen(&account, "2026-02-05", &names), "1000.00 EUR 100.00 EUR 50.00 EUR 16");
    assert_eq!(seen(&account, "2026-02-08", &names), "500.00 EUR 0.00 EUR 50.00 EUR 0");
    assert_eq!(seen(&account, "2026-02-10", &names), "1000.00 EUR 100.00 EUR 50.00 EUR 21");
}

#[test]
fn an_item_that_asks_for_more_takes_it_from_what_was_paid_in_advance() {
    let account = instalments(
        r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "250.00"},
           {"id": "a", "occurred_on": "2026-01-12", "event": "adjustment", "item": "1", "amount": "130.00"}"#,
    );
    assert_eq!(seen(&account, "2026-01-20", &["dpd", "overdue", "balance"]), "0 0.00 EUR -20.00 EUR");
}

#[test]
fn of_two_chargebacks_of_one_payment_both_must_be_undone_before_it_counts_again() {
    let events = r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00"},
           {"id": "c1", "occurred_on": "2026-01-20", "event": "chargeback", "payment": "p"},
           {"id": "c2", "occurred_on": "2026-01-21", "event": "chargeback", "payment": "p"},
           {"id": "u1", "occurred_on": "2026-01-25", "event": "chargeback_reversed", "chargeback": "c1"},
           {"id": "u1b", "occurred_on": "2026-01-26", "event": "chargeback_reversed", "chargeback": "c1"},
           {"id": "u2", "occurred_on": "2026-01-28", "event": "chargeback_reversed", "chargeback": "c2"}"#;
    let account = instalments(events);
    let names = ["dpd", "overdue", "days_since_payment"];
    assert_eq!(seen(&account, "2026-01-24", &names), "9 100.00 EUR never");
    assert_eq!(seen(&account, "2026-01-26", &names), "11 100.00 EUR never");
    assert_eq!(seen(&account, "2026-01-28", &names), "0 0.00 EUR 18");
}

#[test]
fn what_was_refunded_while_charged_back_does_not_come_back_with_the_chargeback() {
    let account = instalments(
        r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00"},
           {"id": "c", "occurred_on": "2026-01-20", "event": "chargeback", "payment": "p"},
           {"id": "r", "occurred_on": "2026-01-21", "event": "refund", "payment": "p", "amount": "40.00"},
           {"id": "u", "occurred_on": "2026-01-25", "event": "chargeback_reversed", "chargeback": "c"}"#,
    );
    assert_eq!(seen(&account, "2026-01-26", &["dpd", "overdue", "last_payment"]), "11 40.00 EUR 60.00 EUR");
}

#[test]
fn a_refund_and_then_a_chargeback_of_one_payment_take_it_back_once() {
    let account = instalments(
        r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00"},
           {"id": "r", "occurred_on": "2026-01-19", "event": "refund", "payment": "p", "amount": "40.00"},
           {"id": "c", "occurred_on": "2026-01-20", "event": "chargeback", "payment": "p"},
           {"id": "u", "occurred_on": "2026-01-25", "event": "chargeback_reversed", "chargeback": "c"}"#,
    );
    let names = ["overdue", "balance", "last_payment"];
    assert_eq!(seen(&account, "2026-01-20", &names), "100.00 EUR 200.00 EUR 0.00 EUR");
    assert_eq!(seen(&account, "2026-01-25", &names), "40.00 EUR 140.00 EUR 60.00 EUR");
}

#[test]
fn an_item_written_off_twice_stays_written_off_when_one_of_them_is_undone() {
    let account = instalments(
        r#", {"id": "w1", "occurred_on": "2026-01-20", "event": "write_off", "item": "1"},
           {"id": "w2", "occurred_on": "2026-01-22", "event": "write_off", "item": "1"},
           {"id": "v1", "occurred_on": "2026-01-25", "event": "write_off_reversed", "write_off": "w1"},
           {"id": "v2", "occurred_on": "2026-01-27", "event": "write_off_reversed", "write_off": "w2"}"#,
    );
    assert_eq!(seen(&account, "2026-01-26", &["dpd"]), "0");
    assert_eq!(seen(&account, "2026-01-27", &["dpd"]), "12");
}

#[test]
fn partial_refunds_that_together_exceed_their_payment_are_refused() {
    let events = r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00"},
           {"id": "r1", "occurred_on": "2026-01-19", "event": "refund", "payment": "p", "amount": "60.00"},
           {"id": "r2", "occurred_on": "2026-01-20", "event": "refund", "payment": "p", "amount": "40.01"}"#;
    assert_eq!(places(events), ["events[3].amount"]);
    let withdrawn = r#", {"id": "w", "occurred_on": "2026-01-20", "event": "withdrawn", "of": "r1"}"#;
    assert_eq!(places(&format!("{events}{withdrawn}")), Vec::<String>::new());
    assert_eq!(places(&events.replace("40.01", "40.00")), Vec::<String>::new());
    assert_eq!(places(&events.replace("\"refund\"", "\"payment_reversed\"")), ["events[3].amount"]);
}

#[test]
fn what_is_given_back_on_the_day_of_its_payment_comes_after_it() {
    let events = r#", {"id": "p", "occurred_on": "2026-01-10", "sequence": 2, "event": "payment", "amount": "100.00"},
           {"id": "r", "occurred_on": "2026-01-10", "event": "refund", "payment": "p"}"#;
    assert_eq!(places(events), ["events[2].payment"]);
}

#[test]
fn a_schedule_that_was_withdrawn_can_be_recorded_anew_with_its_items() {
    let events = r#", {"id": "w", "occurred_on": "2025-12-01", "event": "withdrawn", "of": "s"},
           {"id": "s2", "occurred_on": "2025-11-03", "known_on": "2025-12-01", "event": "schedule", "instalments": [
    {"item": "1", "due_on": "2026-01-20", "amount": "100.00"}]}"#;
    assert_eq!(places(events), Vec::<String>::new());
    assert_eq!(places(&events.replace(r#""known_on": "2025-12-01", "#, "")), ["events[2].instalments[0].item"]);
    let account = instalments(events);
    assert_eq!(seen(&account, "2026-01-21", &["dpd", "overdue"]), "1 100.00 EUR");
}

#[test]
fn a_first_statement_that_asks_for_nothing_is_no_first_payment() {
    let account = read(
        r#"{"id": "s1", "occurred_on": "2026-01-01", "event": "statement", "item": "1", "due_on": "2026-01-20", "balance": "0.00", "minimum_payment": "0.00"},
           {"id": "s2", "occurred_on": "2026-02-01", "event": "statement", "item": "2", "due_on": "2026-02-20", "balance": "500.00", "minimum_payment": "50.00"}"#,
    )
    .unwrap();
    assert_eq!(seen(&account, "2026-02-20", &["dpd", "first_payment_default"]), "0 false");
    assert_eq!(seen(&account, "2026-02-21", &["dpd", "first_payment_default"]), "1 true");
}

#[test]
fn at_the_opening_of_the_day_behind_it_an_unpaid_promise_is_broken() {
    let account = instalments(
        r#", {"id": "m", "occurred_on": "2026-01-17", "event": "promise", "parts": [{"due_on": "2026-01-20", "amount": "100.00"}]},
           {"id": "a", "occurred_on": "2026-01-17", "event": "arrangement", "instalments": [{"due_on": "2026-01-20", "amount": "100.00"}]}"#,
    );
    let open = Conventions { day_end: DayEnd::Open, ..Conventions::default() };
    let names = ["promise_open", "promise_due_in", "promises_broken", "arrangement_missed"];
    for conventions in [Conventions::default(), open.clone()] {
        assert_eq!(seen_by(&account, "2026-01-20", &conventions, &names), "true 0 0 0");
        assert_eq!(seen_by(&account, "2026-01-21", &conventions, &names), "false never 1 1");
    }
}

#[test]
fn a_promise_that_was_kept_stays_kept_when_the_bank_gives_the_money_back() {
    let events = r#", {"id": "m", "occurred_on": "2026-01-17", "event": "promise", "parts": [{"due_on": "2026-01-20", "amount": "100.00"}]},
           {"id": "p", "occurred_on": "2026-01-19", "event": "payment", "amount": "100.00"},
           {"id": "r", "occurred_on": "2026-02-01", "event": "refund", "payment": "p"}"#;
    let standing = |events: &str| {
        let account = instalments(events);
        let promise =
            account.standing(date("2026-02-02"), date("2026-02-02"), &Conventions::default()).promises.remove(0);
        (promise.kept_on(), promise.broken_on())
    };
    assert_eq!(standing(events), (Some(date("2026-01-19")), None));
    assert_eq!(standing(&events.replace("\"refund\"", "\"payment_reversed\"")), (None, Some(date("2026-01-21"))));
    assert_eq!(standing(&events.replace("2026-02-01", "2026-01-20")), (None, Some(date("2026-01-21"))));
}
