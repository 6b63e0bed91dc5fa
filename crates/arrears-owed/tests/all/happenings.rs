//! What single happenings do to what is owed.

use arrears::account::Account;
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms;
use chrono::NaiveDate;
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Two instalments of 90.00 and 10.00 interest, due on the first of March and April; 1 % a day of principal that
/// is late.
fn owed(happened: &[Value], on: &str) -> Statement {
    let instalment = |item: &str, due_on: &str| json!({"item": item, "due_on": due_on, "amount": "100.00", "principal": "90.00", "interest": "10.00"});
    let mut events = vec![json!({
        "id": "s", "occurred_on": "2027-01-01", "event": "schedule",
        "instalments": [instalment("1", "2027-03-01"), instalment("2", "2027-04-01")],
    })];
    for (number, event) in happened.iter().enumerate() {
        let mut event = event.clone();
        event.as_object_mut().unwrap().insert("id".to_owned(), format!("e{number}").into());
        events.push(event);
    }
    let history = json!({
        "format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "2027-01-01", "complete": [],
        "events": events,
    });
    let terms = r#"{"format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360",
        "penalty": {"rate": {"daily": "0.01"}, "on": ["principal"]}}"#;
    let account = Account::from_json(&history.to_string()).unwrap();
    Statement::of(&account, &Terms::from_json(terms).unwrap(), day(on), day(on)).unwrap()
}

fn figures(happened: &[Value], on: &str) -> (i64, i64) {
    let owed = owed(happened, on);
    (owed.total, owed.overdue)
}

fn paid(on: &str, amount: &str) -> Value {
    json!({"occurred_on": on, "event": "payment", "amount": amount})
}

#[test]
fn interest_of_the_running_period_is_owed_day_by_day() {
    // 15 of the 31 days from the first due date to the second, of 10.00; 15 days of 0.90.
    assert_eq!(figures(&[], "2027-03-16"), (9_000 + 1_000 + 9_000 + 484 + 1_350, 9_000 + 1_000 + 1_350));
}

#[test]
fn a_payment_that_never_counted_leaves_no_trace_not_even_in_the_rounding() {
    let reversed = json!({"occurred_on": "2027-03-20", "event": "payment_reversed", "payment": "e0"});
    for on in ["2027-03-20", "2027-03-31", "2027-06-30"] {
        assert_eq!(owed(&[paid("2027-03-10", "33.33"), reversed.clone()], on).lines, owed(&[], on).lines);
    }
}

#[test]
fn what_changes_nothing_that_earns_cuts_no_interest() {
    let promise = json!({"occurred_on": "2027-03-10", "event": "promise", "parts": []});
    assert_eq!(owed(&[promise], "2027-03-31").lines, owed(&[], "2027-03-31").lines);
}

#[test]
fn a_contact_before_a_payment_on_one_day_hides_no_interest() {
    let call = json!({"occurred_on": "2027-03-11", "event": "contact", "channel": "phone", "sequence": 1});
    let mut payment = paid("2027-03-11", "109.00");
    payment.as_object_mut().unwrap().insert("sequence".to_owned(), 2.into());
    // Ten days of 0.90, 10.00 of interest and 90.00 of principal.
    assert_eq!(figures(&[call, payment], "2027-03-12"), (9_000 + 355, 0));
}

#[test]
fn an_item_that_asks_for_less_frees_what_had_settled_it() {
    let less = json!({"occurred_on": "2027-03-05", "event": "adjustment", "item": "1", "amount": "40.00"});
    let owed = owed(&[paid("2027-03-01", "100.00"), less], "2027-04-01");
    assert_eq!((owed.held, owed.total, owed.to_be_current), (0, 4_000, 4_000));
}

#[test]
fn an_item_that_asks_for_more_asks_for_principal() {
    let more = json!({"occurred_on": "2027-03-01", "event": "adjustment", "item": "1", "amount": "150.00"});
    assert_eq!(figures(&[more], "2027-03-02"), (14_000 + 1_000 + 140 + 9_000 + 32, 14_000 + 1_000 + 140));
}

#[test]
fn a_write_off_takes_what_was_to_come_and_its_reversal_brings_it_back_on_its_day() {
    let off = json!({"occurred_on": "2027-02-01", "event": "write_off"});
    let undone = json!({"occurred_on": "2027-02-10", "event": "write_off_reversed", "write_off": "e0"});
    assert_eq!(figures(std::slice::from_ref(&off), "2027-05-01"), (0, 0));
    for on in ["2027-02-10", "2027-03-02", "2027-04-10"] {
        assert_eq!(figures(&[off.clone(), undone.clone()], on), figures(&[], on), "{on}");
    }
}

#[test]
fn a_payment_for_an_item_that_was_written_off_settles_it_and_nothing_else() {
    let off = json!({"occurred_on": "2027-03-05", "event": "write_off", "item": "1"});
    let mut recovered = paid("2027-03-10", "50.00");
    recovered.as_object_mut().unwrap().insert("item".to_owned(), "1".into());
    let without = figures(std::slice::from_ref(&off), "2027-03-20");
    assert_eq!(figures(&[off, recovered], "2027-03-20"), without);
}

#[test]
fn a_chargeback_that_is_undone_settles_again() {
    let back = json!({"occurred_on": "2027-03-10", "event": "chargeback", "payment": "e0"});
    let undone = json!({"occurred_on": "2027-03-12", "event": "chargeback_reversed", "chargeback": "e1"});
    let happened = [paid("2027-03-01", "100.00"), back, undone];
    assert_eq!(figures(&happened, "2027-03-11"), (9_000 + 1_000 + 90 + 9_000 + 323, 10_090));
    // Two days of 0.90 are left of what the money does not reach.
    let owed = owed(&happened, "2027-03-12");
    assert_eq!((owed.overdue, owed.days_past_due), (180, 11));
}
