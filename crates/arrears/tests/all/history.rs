//! Histories become facts: who is late by how much on which day, as known on which day.

use arrears::Facts;
use arrears::account::{Account, Amount, Anchor, Buckets, Conventions, DayEnd, FirstDayLate, Grace};
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An account with two instalments of 100 on 15 January and 15 February, and more events.
fn account(events: &str) -> Account {
    let text = format!(
        r#"{{"format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "2025-11-03",
        "complete": ["contacts", "promises", "flags", "consents", "tags", "cash", "placements"],
        "events": [{{"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "instalments": [
            {{"item": "1", "due_on": "2026-01-15", "amount": "100.00", "invoiced_on": "2026-01-01"}},
            {{"item": "2", "due_on": "2026-02-15", "amount": "100.00", "invoiced_on": "2026-02-01"}}]}}{events}]}}"#
    );
    Account::from_json(&text).unwrap()
}

fn told(account: &Account, on: &str, conventions: &Conventions) -> Facts {
    Facts::of(account, date(on), date(on), conventions)
}

/// Some facts of a day, as text.
fn seen(account: &Account, on: &str, conventions: &Conventions, names: &[&str]) -> String {
    let facts = told(account, on, conventions);
    let show = |name: &&str| facts.get(name).map_or_else(|| "absent".to_owned(), ToString::to_string);
    names.iter().map(show).collect::<Vec<_>>().join(" ")
}

const LATE: [&str; 5] = ["dpd", "overdue", "days_to_due", "min_payment", "unpaid_items"];

#[test]
fn due_today_is_not_late_and_tomorrow_is() {
    let account = account("");
    let plain = Conventions::default();
    assert_eq!(seen(&account, "2026-01-15", &plain, &LATE), "0 0.00 EUR 0 100.00 EUR 0");
    assert_eq!(seen(&account, "2026-01-16", &plain, &LATE), "1 100.00 EUR 30 100.00 EUR 1");
    assert_eq!(seen(&account, "2026-02-16", &plain, &LATE), "32 200.00 EUR never 0.00 EUR 2");
}

#[test]
fn where_the_due_date_is_the_first_day_late_the_day_before_is_the_last_in_time() {
    let account = account("");
    let rbi = Conventions { first_day_late: FirstDayLate::DueDate, ..Conventions::default() };
    assert_eq!(seen(&account, "2026-01-14", &rbi, &LATE), "0 0.00 EUR 0 100.00 EUR 0");
    assert_eq!(seen(&account, "2026-01-15", &rbi, &LATE), "1 100.00 EUR 30 100.00 EUR 1");
}

#[test]
fn a_payment_of_today_counts_today_at_the_close_and_tomorrow_at_the_opening() {
    let account = account(r#", {"id": "p", "occurred_on": "2026-01-20", "event": "payment", "amount": "100.00"}"#);
    let opening = Conventions { day_end: DayEnd::Open, ..Conventions::default() };
    assert_eq!(seen(&account, "2026-01-20", &Conventions::default(), &["dpd"]), "0");
    assert_eq!(seen(&account, "2026-01-20", &opening, &["dpd"]), "5");
    assert_eq!(seen(&account, "2026-01-21", &opening, &["dpd", "days_since_cure"]), "0 0");
}

#[test]
fn grace_delays_delinquency_and_never_lateness() {
    let account = account("");
    let after = Conventions { grace_days: 3, ..Conventions::default() };
    let from_due = Conventions { grace: Grace::CountsFromDueDate, ..after.clone() };
    let names = ["dpd", "days_delinquent"];
    assert_eq!(seen(&account, "2026-01-18", &after, &names), "3 0");
    assert_eq!(seen(&account, "2026-01-19", &after, &names), "4 1");
    assert_eq!(seen(&account, "2026-01-18", &from_due, &names), "3 0");
    assert_eq!(seen(&account, "2026-01-19", &from_due, &names), "4 4");
}

#[test]
fn ten_short_within_the_tolerance_is_not_late_but_stays_overdue() {
    let account = account(r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "90.00"}"#);
    let tolerant = Conventions { tolerance: Amount::new("10.00".parse().unwrap()), ..Conventions::default() };
    assert_eq!(seen(&account, "2026-01-20", &tolerant, &["dpd", "overdue"]), "0 10.00 EUR");
    assert_eq!(seen(&account, "2026-01-20", &Conventions::default(), &["dpd", "overdue"]), "5 10.00 EUR");
}

#[test]
fn the_age_of_a_debt_is_counted_from_the_anchor() {
    let account = account("");
    let invoiced = Conventions { anchor: Anchor::InvoiceDate, ..Conventions::default() };
    let names = ["oldest_unpaid_age", "months_since_oldest_unpaid"];
    assert_eq!(seen(&account, "2025-12-31", &invoiced, &names), "never never");
    assert_eq!(seen(&account, "2026-02-01", &invoiced, &names), "31 1");
    assert_eq!(seen(&account, "2026-02-01", &Conventions::default(), &names), "17 0");
}

#[test]
fn a_reversed_payment_never_counted_and_the_debt_has_its_old_age() {
    let account = account(
        r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00"},
           {"id": "r", "occurred_on": "2026-01-25", "event": "payment_reversed", "payment": "p"}"#,
    );
    let names = ["dpd", "overdue", "max_dpd_12m", "days_since_payment", "first_payment_default", "days_since_cure"];
    let plain = Conventions::default();
    assert_eq!(seen(&account, "2026-01-24", &plain, &names), "0 0.00 EUR 0 14 false never");
    assert_eq!(seen(&account, "2026-01-25", &plain, &names), "10 100.00 EUR 10 never true never");
}

#[test]
fn a_refund_restores_the_debt_with_its_old_date_but_what_was_in_time_was_in_time() {
    let account = account(
        r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00"},
           {"id": "r", "occurred_on": "2026-01-25", "event": "refund", "payment": "p"}"#,
    );
    let names = ["dpd", "overdue", "max_dpd_12m", "days_since_first_missed", "first_payment_default"];
    assert_eq!(seen(&account, "2026-01-25", &Conventions::default(), &names), "10 100.00 EUR 10 0 false");
}

#[test]
fn an_item_written_off_by_name_stays_written_off_when_its_payment_is_given_back() {
    let account = account(
        r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00", "item": "1"},
           {"id": "w", "occurred_on": "2026-01-20", "event": "write_off", "item": "1"},
           {"id": "r", "occurred_on": "2026-01-25", "event": "refund", "payment": "p"},
           {"id": "v", "occurred_on": "2026-01-30", "event": "write_off_reversed", "write_off": "w"}"#,
    );
    let plain = Conventions::default();
    assert_eq!(seen(&account, "2026-01-25", &plain, &["dpd", "overdue"]), "0 0.00 EUR");
    assert_eq!(seen(&account, "2026-01-30", &plain, &["dpd", "overdue"]), "15 100.00 EUR");
}

#[test]
fn a_payment_that_names_a_written_off_item_settles_it_and_no_other() {
    let account = account(
        r#", {"id": "w", "occurred_on": "2026-02-20", "event": "write_off", "item": "1"},
           {"id": "p", "occurred_on": "2026-02-21", "event": "payment", "amount": "100.00", "item": "1"},
           {"id": "v", "occurred_on": "2026-02-25", "event": "write_off_reversed", "write_off": "w"}"#,
    );
    let plain = Conventions::default();
    assert_eq!(seen(&account, "2026-02-21", &plain, &["dpd", "overdue"]), "6 100.00 EUR");
    assert_eq!(seen(&account, "2026-02-25", &plain, &["dpd", "overdue"]), "10 100.00 EUR");
}

#[test]
fn a_debt_that_is_asked_for_again_is_settled_from_what_was_paid_in_advance() {
    let account = account(
        r#", {"id": "w", "occurred_on": "2026-02-20", "event": "write_off"},
           {"id": "p", "occurred_on": "2026-02-21", "event": "payment", "amount": "150.00"},
           {"id": "v", "occurred_on": "2026-02-25", "event": "write_off_reversed", "write_off": "w"}"#,
    );
    let plain = Conventions::default();
    assert_eq!(seen(&account, "2026-02-21", &plain, &["dpd", "overdue", "balance"]), "0 0.00 EUR -150.00 EUR");
    assert_eq!(seen(&account, "2026-02-25", &plain, &["dpd", "overdue", "balance"]), "10 50.00 EUR 50.00 EUR");
}

#[test]
fn an_episode_begins_with_the_first_day_late_and_ends_with_the_cure() {
    let account = account(
        r#", {"id": "c1", "occurred_on": "2026-01-14", "event": "contact", "channel": "phone", "outcome": "no_answer"},
           {"id": "c2", "occurred_on": "2026-01-17", "event": "contact", "channel": "phone", "outcome": "rpc_promise", "point": "mobile"},
           {"id": "m", "occurred_on": "2026-01-17", "event": "promise", "parts": [{"due_on": "2026-01-19", "amount": "100.00"}]},
           {"id": "p", "occurred_on": "2026-01-20", "event": "payment", "amount": "100.00"}"#,
    );
    let names = [
        "calls_made",
        "rpc_count",
        "promise_open",
        "promise_due_in",
        "promise_amount",
        "promises_broken",
        "right_number",
    ];
    let plain = Conventions::default();
    assert_eq!(seen(&account, "2026-01-18", &plain, &names), "1 1 true 1 100.00 EUR 0 true");
    assert_eq!(seen(&account, "2026-01-20", &plain, &names), "0 0 false never 0.00 EUR 0 true");
    let patient = Conventions { promise_days: 1, ..Conventions::default() };
    assert_eq!(seen(&account, "2026-01-19", &patient, &names), "1 1 true 1 100.00 EUR 0 true");
    let late = account.with([]).unwrap();
    assert_eq!(late, account);
    assert_eq!(seen(&account, "2026-01-20", &plain, &["days_since_cure", "late_count_12m"]), "0 1");
}

#[test]
fn what_a_history_is_not_complete_in_is_absent_not_zero() {
    let text = r#"{"format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "2025-11-03", "complete": [],
        "events": [{"id": "f", "occurred_on": "2026-01-02", "event": "flag", "flag": "dispute", "until": "2026-01-31"}]}"#;
    let account = Account::from_json(text).unwrap();
    let names = ["dispute", "deceased", "calls_made", "promise_open", "inflow_3d", "worked_by", "opted_out_sms"];
    let plain = Conventions::default();
    assert_eq!(seen(&account, "2026-01-31", &plain, &names), "true absent absent absent absent absent absent");
    assert_eq!(seen(&account, "2026-02-01", &plain, &names), "false absent absent absent absent absent absent");
}

#[test]
fn a_history_written_and_read_again_is_the_same() {
    let account = account(
        r#", {"id": "n", "occurred_on": "2026-01-02", "sequence": 4, "event": "noted", "fact": "cause", "value": "illness"},
           {"id": "h", "occurred_on": "2026-01-05", "known_on": "2026-01-03", "event": "pause", "from": "2026-01-05", "to": "2026-01-09"}"#,
    );
    assert_eq!(Account::from_json(&account.to_json().unwrap()).unwrap(), account);
}

#[test]
fn conventions_are_read_whole_or_everything_wrong_with_them_is_named_in_order() {
    let read =
        Conventions::from_json(r#"{"promise_days": 2, "buckets": {"first_days": [1, 31]}, "tolerance": "5.00"}"#);
    let wanted = Conventions {
        promise_days: 2,
        buckets: Buckets::FirstDays(vec![1, 31]),
        tolerance: Amount::new("5.00".parse().unwrap()),
        ..Conventions::default()
    };
    assert_eq!(read, Ok(wanted));
    assert_eq!(Conventions::from_json("{}"), Ok(Conventions::default()));
    let problems = Conventions::from_json(
        r#"{"grace_day": 3, "tolerance": "-1.00", "buckets": {"first_days": [31, 1]}, "month_end": "last", "promise_tolerance": 5}"#,
    );
    let places: Vec<String> = problems.unwrap_err().into_iter().map(|problem| problem.path).collect();
    assert_eq!(places, ["grace_day", "tolerance", "buckets", "month_end", "promise_tolerance"]);
}
