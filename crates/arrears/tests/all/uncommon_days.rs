//! Histories at the edges: of months and of the calendar, of amounts, of what is known when.

use arrears::Facts;
use arrears::account::{Account, Amount, Conventions, DayEnd, FirstDayLate, Grace, MonthEnd, PartStanding};
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn opened(opened_on: &str, events: &str) -> Account {
    Account::from_json(&format!(
        r#"{{"format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "{opened_on}",
        "complete": ["contacts", "promises", "flags"], "events": [{events}]}}"#
    ))
    .unwrap()
}

/// One instalment of 100 on 15 January 2026, and more events.
fn account(events: &str) -> Account {
    opened(
        "2025-11-03",
        &format!(
            r#"{{"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "instalments": [
            {{"item": "1", "due_on": "2026-01-15", "amount": "100.00"}}]}}{events}"#
        ),
    )
}

fn known(account: &Account, on: &str, by: &str, conventions: &Conventions, names: &[&str]) -> String {
    let facts = Facts::of(account, date(on), date(by), conventions);
    let show = |name: &&str| facts.get(name).map_or_else(|| "absent".to_owned(), ToString::to_string);
    names.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn seen(account: &Account, on: &str, names: &[&str]) -> String {
    known(account, on, on, &Conventions::default(), names)
}

#[test]
fn a_payment_on_the_due_date_is_in_time_at_the_opening_too() {
    let account = account(r#", {"id": "p", "occurred_on": "2026-01-15", "event": "payment", "amount": "100.00"}"#);
    let open = Conventions { day_end: DayEnd::Open, ..Conventions::default() };
    let names = ["dpd", "max_dpd_12m", "late_count_12m", "days_since_cure", "first_payment_default"];
    assert_eq!(known(&account, "2026-01-15", "2026-01-15", &open, &["dpd", "days_to_due"]), "0 0");
    assert_eq!(known(&account, "2026-01-16", "2026-01-16", &open, &names), "0 0 0 never false");
}

#[test]
fn pauses_that_overlap_count_once_and_end_together_when_ageing_resumes() {
    let account = account(
        r#", {"id": "h0", "occurred_on": "2025-12-01", "event": "pause", "from": "2025-12-01", "to": "2025-12-20"},
           {"id": "h1", "occurred_on": "2026-01-01", "event": "pause", "from": "2026-01-18", "to": "2026-01-25"},
           {"id": "h2", "occurred_on": "2026-01-20", "event": "pause", "from": "2026-01-20", "to": "2026-01-30"},
           {"id": "h3", "occurred_on": "2026-01-20", "event": "pause", "from": "2026-02-10", "to": "2026-02-12"},
           {"id": "r", "occurred_on": "2026-01-23", "event": "resume"}"#,
    );
    let days = |on: &str, conventions: &Conventions| known(&account, on, on, conventions, &["dpd", "days_delinquent"]);
    let plain = Conventions::default();
    assert_eq!(days("2026-01-18", &plain), "3 3");
    assert_eq!(days("2026-01-22", &plain), "7 3");
    assert_eq!(days("2026-01-24", &plain), "9 4");
    assert_eq!(days("2026-02-13", &plain), "29 22");
    let grace = Conventions { grace_days: 3, grace: Grace::CountsFromDueDate, ..plain };
    assert_eq!(days("2026-01-23", &grace), "8 0");
    assert_eq!(days("2026-01-24", &grace), "9 4");
}

#[test]
fn months_from_the_end_of_a_month_end_where_the_convention_says() {
    let leap = opened("2024-02-29", "");
    let next = Conventions { month_end: MonthEnd::NextDay, ..Conventions::default() };
    let months = |on: &str, conventions: &Conventions| known(&leap, on, on, conventions, &["months_on_book"]);
    assert_eq!(months("2025-02-28", &Conventions::default()), "12");
    assert_eq!(months("2025-02-28", &next), "11");
    assert_eq!(months("2025-03-01", &next), "12");
    assert_eq!(months("2024-01-01", &next), "0");
}

#[test]
fn a_pay_day_on_the_31st_is_the_last_day_of_a_shorter_month() {
    let account = account(r#", {"id": "d", "occurred_on": "2026-01-02", "event": "pay_day", "day": 31}"#);
    assert_eq!(seen(&account, "2026-02-27", &["days_to_payday"]), "1");
    assert_eq!(seen(&account, "2026-02-28", &["days_to_payday"]), "0");
    assert_eq!(seen(&account, "2026-03-01", &["days_to_payday"]), "30");
    assert_eq!(seen(&account, "2028-02-28", &["days_to_payday"]), "1");
}

#[test]
fn a_promise_that_is_replaced_on_the_day_it_breaks_is_broken_and_the_day_before_moved() {
    let promises = |on: &str| {
        let account = account(&format!(
            r#", {{"id": "m1", "occurred_on": "2026-01-17", "event": "promise", "parts": [{{"due_on": "2026-01-20", "amount": "60.00"}}, {{"due_on": "2026-01-30", "amount": "40.00"}}]}},
               {{"id": "p", "occurred_on": "2026-01-18", "event": "payment", "amount": "20.00"}},
               {{"id": "m2", "occurred_on": "{on}", "event": "promise", "parts": [{{"due_on": "2026-02-05", "amount": "80.00"}}]}}"#
        ));
        let standing = account.standing(date("2026-02-01"), date("2026-02-01"), &Conventions::default());
        standing.promises[0].parts.iter().map(|(_, standing)| *standing).collect::<Vec<_>>()
    };
    let on = |text: &str| PartStanding::Moved(date(text));
    assert_eq!(promises("2026-01-20"), [on("2026-01-20"), on("2026-01-20")]);
    assert_eq!(promises("2026-01-21"), [PartStanding::PartlyKept(date("2026-01-21")), on("2026-01-21")]);
}

#[test]
fn a_flag_stands_from_its_day_until_its_last_however_late_it_is_known() {
    let account = account(
        r#", {"id": "f1", "occurred_on": "2026-01-05", "known_on": "2026-01-20", "event": "flag", "flag": "dispute", "until": "2026-01-10"},
           {"id": "f2", "occurred_on": "2026-01-22", "event": "flag", "flag": "dispute"},
           {"id": "l", "occurred_on": "2026-01-24", "event": "flag_lifted", "flag": "dispute"},
           {"id": "f3", "occurred_on": "2026-01-26", "event": "flag", "flag": "dispute", "until": "2026-01-27"}"#,
    );
    let flag = |on: &str, by: &str| known(&account, on, by, &Conventions::default(), &["dispute"]);
    assert_eq!(flag("2026-01-08", "2026-01-08"), "false");
    assert_eq!(flag("2026-01-08", "2026-01-20"), "true");
    let later = ["2026-01-21", "2026-01-23", "2026-01-24", "2026-01-25", "2026-01-27", "2026-01-28"];
    assert_eq!(later.map(|on| flag(on, on)), ["false", "true", "false", "false", "true", "false"]);
    assert_eq!(flag("2026-01-26", "2026-01-23"), "true");
}

#[test]
fn a_withdrawn_payment_is_gone_with_all_that_was_said_of_it() {
    let account = account(
        r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "100.00"},
           {"id": "b1", "occurred_on": "2026-01-20", "event": "payment_reversed", "payment": "p", "amount": "30.00"},
           {"id": "b2", "occurred_on": "2026-01-22", "event": "payment_reversed", "payment": "p"},
           {"id": "w", "occurred_on": "2026-01-25", "event": "withdrawn", "of": "b2"},
           {"id": "x", "occurred_on": "2026-01-28", "event": "withdrawn", "of": "p"}"#,
    );
    let names = ["dpd", "overdue", "last_payment"];
    assert_eq!(seen(&account, "2026-01-20", &names), "5 30.00 EUR 70.00 EUR");
    assert_eq!(seen(&account, "2026-01-22", &names), "7 100.00 EUR 0.00 EUR");
    assert_eq!(seen(&account, "2026-01-25", &names), "10 30.00 EUR 70.00 EUR");
    assert_eq!(seen(&account, "2026-01-28", &names), "13 100.00 EUR 0.00 EUR");
}

#[test]
fn a_sum_larger_than_can_be_held_is_not_known() {
    let account = opened(
        "2025-11-03",
        r#"{"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "instalments": [
            {"item": "1", "due_on": "9999-12-30", "amount": "92233720368547758.07"},
            {"item": "2", "due_on": "9999-12-31", "amount": "92233720368547758.07"}]}"#,
    );
    assert_eq!(seen(&account, "9999-12-31", &["balance", "overdue", "dpd"]), "not known 92233720368547758.07 EUR 1");
    let last = Facts::of(&account, NaiveDate::MAX, NaiveDate::MAX, &Conventions::default());
    assert_eq!(last.get("balance").unwrap().to_string(), "not known");
    Facts::of(&account, NaiveDate::MIN, NaiveDate::MIN, &Conventions::default());
}

#[test]
fn an_account_without_events_or_before_it_was_opened_owes_nothing() {
    let names = ["dpd", "balance", "days_to_due", "roll_in", "months_on_book", "calls_made", "dispute"];
    let nothing = "0 0.00 EUR never never 0 0 false";
    assert_eq!(seen(&opened("2025-11-03", ""), "2025-11-20", &names), nothing);
    assert_eq!(seen(&account(""), "2025-10-01", &names), nothing);
}

#[test]
fn a_tolerance_of_part_of_a_cent_is_one_of_the_whole_cents_in_it() {
    let account = account(r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "90.00"}"#);
    let dpd = |tolerance: &str| {
        let tolerance = Amount::new(tolerance.parse().unwrap());
        known(&account, "2026-01-20", "2026-01-20", &Conventions { tolerance, ..Conventions::default() }, &["dpd"])
    };
    let tolerances =
        ["9.999", "10.005", "10.000", "10", "92233720368547758080", "7922816251426433759354395033.5", "-1.00"];
    assert_eq!(tolerances.map(dpd), ["5", "0", "0", "0", "0", "0", "5"]);
}

#[test]
fn an_item_within_the_tolerance_is_not_late_in_the_books_either() {
    let account = account(r#", {"id": "p", "occurred_on": "2026-01-10", "event": "payment", "amount": "95.00"}"#);
    let late = |tolerance: &str| {
        let tolerance = Amount::new(tolerance.parse().unwrap());
        let conventions = Conventions { tolerance, ..Conventions::default() };
        let standing = account.standing(date("2026-01-20"), date("2026-01-20"), &conventions);
        (standing.items[0].dpd, standing.items[0].open.minor(), standing.delinquent_since)
    };
    assert_eq!(late("5.00"), (0, 500, None));
    assert_eq!(late("4.99"), (5, 500, Some(date("2026-01-15"))));
}

#[test]
fn where_the_due_date_is_the_first_day_late_delinquency_begins_on_it() {
    let rbi = Conventions { first_day_late: FirstDayLate::DueDate, ..Conventions::default() };
    let standing = account("").standing(date("2026-01-15"), date("2026-01-15"), &rbi);
    assert_eq!((standing.items[0].dpd, standing.delinquent_since), (1, Some(date("2026-01-14"))));
}
