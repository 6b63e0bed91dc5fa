//! What delay costs, by how somebody pays.

use arrears::account::{Account, Amount, Part};
use arrears_owed::delay::{Behaviour, Delay, DelayCell, DelayError, Given};
use arrears_owed::terms::Terms;
use chrono::NaiveDate;

const ACCOUNT: &str = r#"{
    "format": "arrears-history/1", "account_id": "A-1", "currency": "EUR", "opened_on": "2027-01-01", "complete": [],
    "events": [{"id": "s", "occurred_on": "2027-01-01", "event": "schedule", "instalments": [
        {"item": "1", "due_on": "2027-02-01", "amount": "1000.00"},
        {"item": "2", "due_on": "2027-04-12", "amount": "1000.00"}
    ]}]
}"#;
const TERMS: &str = r#"{
    "format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360",
    "penalty": {"rate": {"annual": "0.36"}, "on": ["principal"]},
    "late_fees": [{"why": "reminder", "after_days": 45, "flat": "20.00"}], "lawsuit": "300.00"
}"#;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn table(behaviours: &[Behaviour]) -> Result<Delay, DelayError> {
    let account = Account::from_json(ACCOUNT).unwrap();
    Delay::table(&account, &Terms::from_json(TERMS).unwrap(), day("2027-03-03"), &[0, 30, 60, 90], behaviours)
}

fn cells(behaviour: Behaviour) -> Vec<(u32, bool, i64, i64, i64)> {
    let rows = table(&[behaviour]).unwrap().rows;
    let cell = |cell: &DelayCell| (cell.days, cell.lawsuit, cell.paid, cell.owed, cell.cost);
    rows.first().unwrap().cells.iter().map(cell).collect()
}

#[test]
fn who_pays_nothing_pays_a_euro_a_day_for_each_thousand_a_reminder_and_a_lawsuit() {
    // Today is 30 days after the first due date; the second instalment is late from April 12.
    assert_eq!(
        cells(Behaviour::Nothing),
        [
            (0, false, 0, 203_000, 0),
            (30, false, 0, 203_000 + 3_000 + 2_000, 5_000),
            (60, false, 0, 203_000 + 6_000 + 2_000 + 2_000, 10_000),
            (90, false, 0, 203_000 + 9_000 + 5_000 + 2_000 + 2_000, 18_000),
            (90, true, 0, 203_000 + 9_000 + 5_000 + 2_000 + 2_000 + 30_000, 48_000),
        ]
    );
}

#[test]
fn who_pays_what_is_asked_when_it_falls_due_pays_for_no_more_lateness() {
    let settled = 103_000;
    assert_eq!(
        cells(Behaviour::Minimum),
        [
            (0, false, settled, 100_000, 0),
            (30, false, settled, 100_000, 0),
            (60, false, settled + 100_000, 0, 0),
            (90, false, settled + 100_000, 0, 0),
        ]
    );
}

#[test]
fn who_pays_in_full_owes_nothing_and_is_never_sued() {
    let cells = cells(Behaviour::InFull);
    assert_eq!(cells, [0, 30, 60, 90].map(|days| (days, false, 203_000, 0, 0)));
}

#[test]
fn an_arrangement_with_a_lower_rate_costs_less_from_tomorrow_on() {
    let mut terms = Terms::from_json(TERMS).unwrap();
    terms.penalty = None;
    terms.late_fees.clear();
    let part = |on, amount: i64| Part { due_on: day(on), amount: Amount::from_minor(amount, "EUR".parse().unwrap()) };
    let payments = vec![part("2027-03-03", 13_000), part("2027-04-02", 50_000), part("2027-05-02", 50_000)];
    let given = Given { name: "arrangement".to_owned(), payments, terms: Some(Box::new(terms)) };
    assert_eq!(
        cells(Behaviour::Given(given)),
        [
            (0, false, 13_000, 190_000, 0),
            (30, false, 63_000, 140_000, 0),
            (60, false, 113_000, 90_000, 0),
            (90, false, 113_000, 90_000, 0),
            (90, true, 113_000, 120_000, 30_000),
        ]
    );
}

#[test]
fn a_payment_before_today_is_refused() {
    let part = Part { due_on: day("2027-03-02"), amount: "1.00".parse().map(Amount::new).unwrap() };
    let given = Given { name: "offer".to_owned(), payments: vec![part], terms: None };
    let error = table(&[Behaviour::Given(given)]).unwrap_err().to_string();
    assert_eq!(
        error,
        "the payments of `offer` cannot be taken: payments[0].due_on: 2027-03-02 is before today, 2027-03-03: \
         expected that day or a later one"
    );
}

#[test]
fn what_becomes_known_after_today_is_in_no_cell() {
    let account = Account::from_json(&ACCOUNT.replace(
        "]}]\n}",
        "]}, {\"id\": \"p\", \"occurred_on\": \"2027-03-01\", \"known_on\": \"2027-03-04\", \"event\": \"payment\", \"amount\": \"1000.00\"}]\n}",
    ))
    .unwrap();
    assert_eq!(account.events().len(), 2);
    let terms = Terms::from_json(TERMS).unwrap();
    let table = Delay::table(&account, &terms, day("2027-03-03"), &[0, 30, 60, 90], &Behaviour::USUAL).unwrap();
    assert_eq!(table, self::table(&Behaviour::USUAL).unwrap());
}
