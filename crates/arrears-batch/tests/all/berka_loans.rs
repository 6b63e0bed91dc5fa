//! Real loans as histories: 37 loans of a Czech bank, 1993 to 1994, with 131 instalments.
//!
//! The data do not ship with the project: the tests are skipped where `ARREARS_DATA` names no
//! folder that holds them.
#![expect(clippy::print_stderr, reason = "a test says when it is skipped")]

use arrears::account::{Account, Amount, Conventions, Event, Instalment, Payment, Schedule};
use arrears::facts::Value;
use arrears::{Currency, Facts, Money};
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use chrono::{Days, NaiveDate};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// One instalment as the bank's books have it.
#[derive(Clone, Debug)]
struct Row {
    number: i64,
    due_on: NaiveDate,
    cents: i64,
    paid_on: Option<NaiveDate>,
}

#[derive(Clone, Debug)]
struct Loan {
    account: i64,
    opened_on: NaiveDate,
    /// As of 1994-03-30: instalments behind, cents past due, days past due.
    standing: (i64, i64, i64),
    rows: Vec<Row>,
}

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ARREARS_DATA").map(PathBuf::from);
    let found = folder.filter(|folder| folder.join("berka_loans_asof.parquet").is_file());
    if found.is_none() {
        eprintln!("skipped: ARREARS_DATA names no folder with berka_loans_asof.parquet");
    }
    found
}

fn table(path: PathBuf) -> RecordBatch {
    let file = std::fs::File::open(path).unwrap();
    let mut batches = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().with_batch_size(1000).build().unwrap();
    let table = batches.next().unwrap().unwrap();
    assert!(batches.next().is_none(), "a thousand rows are all of them");
    table
}

fn whole(table: &RecordBatch, column: &str, row: usize) -> i64 {
    table.column_by_name(column).unwrap().as_primitive::<Int64Type>().value(row)
}

fn cents(table: &RecordBatch, column: &str, row: usize) -> i64 {
    let amount = table.column_by_name(column).unwrap().as_primitive::<Float64Type>().value(row);
    format!("{amount:.2}").replace('.', "").parse().unwrap()
}

fn date(table: &RecordBatch, column: &str, row: usize) -> Option<NaiveDate> {
    let dates = table.column_by_name(column).unwrap().as_primitive::<TimestampMicrosecondType>();
    let days = |micros: i64| NaiveDate::default() + Days::new((micros / DAY).unsigned_abs());
    dates.is_valid(row).then(|| days(dates.value(row)))
}

fn loans(folder: &std::path::Path) -> Vec<Loan> {
    let instalments = table(folder.join("berka_instalments.parquet"));
    let mut rows: BTreeMap<i64, Vec<Row>> = BTreeMap::new();
    for row in 0..instalments.num_rows() {
        rows.entry(whole(&instalments, "account_id", row)).or_default().push(Row {
            number: whole(&instalments, "number", row),
            due_on: date(&instalments, "due_date", row).unwrap(),
            cents: cents(&instalments, "amount", row),
            paid_on: date(&instalments, "paid_on", row),
        });
    }
    let asof = table(folder.join("berka_loans_asof.parquet"));
    let loan = |row: usize| {
        let account = whole(&asof, "account_id", row);
        let behind = whole(&asof, "instalments_behind", row);
        Loan {
            account,
            opened_on: date(&asof, "loan_date", row).unwrap(),
            standing: (behind, cents(&asof, "amount_past_due", row), whole(&asof, "days_past_due", row)),
            rows: rows.remove(&account).unwrap_or_default(),
        }
    };
    let loans: Vec<Loan> = (0..asof.num_rows()).map(loan).collect();
    assert!(rows.is_empty(), "every instalment is one of a loan");
    loans
}

fn crowns() -> Currency {
    "CZK".parse().unwrap()
}

/// The loan as a history: its schedule, and payments that name no instalment.
fn history(loan: &Loan) -> Account {
    let amount = |row: &Row| Amount::from_minor(row.cents, crowns());
    let instalments: Vec<Instalment> =
        loan.rows.iter().map(|row| Instalment::new(row.number.to_string(), row.due_on, amount(row))).collect();
    let schedule = (!instalments.is_empty())
        .then(|| Event::new("schedule", loan.opened_on, Schedule { total: None, instalments }));
    let paid = loan.rows.iter().filter_map(|row| {
        let payment = Payment { amount: amount(row), currency: None, item: None };
        Some(Event::new(format!("payment {}", row.number), row.paid_on?, payment))
    });
    Account::new(loan.account.to_string(), crowns(), loan.opened_on).with(schedule.into_iter().chain(paid)).unwrap()
}

fn facts(loan: &Loan, on: NaiveDate) -> Facts {
    Facts::of(&history(loan), on, on, &Conventions::default())
}

fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// Instalments of a loan that are due and not paid on a day, from the rows themselves.
fn behind(loan: &Loan, on: NaiveDate) -> Vec<&Row> {
    let unpaid = |row: &&Row| row.due_on < on && row.paid_on.is_none_or(|paid| paid > on);
    loan.rows.iter().filter(unpaid).collect()
}

fn dpd(loan: &Loan, on: NaiveDate) -> i64 {
    behind(loan, on).iter().map(|row| days(row.due_on, on)).max().unwrap_or(0)
}

/// What the rows themselves say of a day.
fn counted(loan: &Loan, on: NaiveDate) -> Vec<(&'static str, Value)> {
    let money = |cents: i64| Value::Money(Money::from_minor(cents, crowns()));
    let count = |number: usize| Value::Count(i64::try_from(number).unwrap());
    let or_never = |days: Option<i64>| days.map_or(Value::Never, Value::Days);
    let late = behind(loan, on);
    let due_dates: BTreeSet<NaiveDate> = late.iter().map(|row| row.due_on).collect();
    let paid = || loan.rows.iter().filter_map(|row| Some((row.paid_on.filter(|paid| *paid <= on)?, row.cents)));
    let last_paid = paid().map(|(paid_on, _)| paid_on).max();
    let open = || loan.rows.iter().filter(|row| row.paid_on.is_none_or(|paid| paid > on));
    let lived: Vec<NaiveDate> = loan.opened_on.iter_days().take_while(|day| *day <= on).collect();
    // No loan is a year old, so that a window of twelve months is all of its life.
    assert!(lived.len() < 365);
    let dpds: Vec<i64> = lived.iter().map(|day| dpd(loan, *day)).collect();
    let reached =
        |n: i64| dpds.windows(2).filter(|pair| matches!(pair, [before, now] if *before < n && *now >= n)).count();
    let mut cured = lived.iter().zip(dpds.windows(2)).filter(|(_, pair)| matches!(pair, [before, 0] if *before > 0));
    vec![
        ("dpd", Value::Days(dpd(loan, on))),
        ("days_delinquent", Value::Days(dpd(loan, on))),
        ("overdue", money(late.iter().map(|row| row.cents).sum())),
        ("unpaid_items", count(late.len())),
        ("cycles_past_due", count(due_dates.len())),
        ("balance", money(open().map(|row| row.cents).sum())),
        ("days_to_due", or_never(open().filter(|row| row.due_on >= on).map(|row| days(on, row.due_on)).min())),
        ("oldest_unpaid_age", or_never(open().filter(|row| row.due_on <= on).map(|row| days(row.due_on, on)).max())),
        ("days_since_payment", or_never(last_paid.map(|paid_on| days(paid_on, on)))),
        ("last_payment", money(paid().max_by_key(|(paid_on, _)| *paid_on).map_or(0, |(_, cents)| cents))),
        ("paid_30d", money(paid().filter(|(paid_on, _)| days(*paid_on, on) < 30).map(|(_, cents)| cents).sum())),
        ("max_dpd_12m", Value::Days(dpds.iter().copied().max().unwrap_or(0))),
        ("late_count_12m", count(reached(1))),
        ("times_30dpd_12m", count(reached(30))),
        ("times_60dpd_12m", count(reached(60))),
        ("times_90dpd_12m", count(reached(90))),
        ("days_since_cure", or_never(cured.next_back().map(|(before, _)| days(*before, on) - 1))),
        (
            "first_payment_default",
            Value::Flag(
                loan.rows
                    .iter()
                    .map(|row| row.due_on)
                    .min()
                    .is_some_and(|first| first < on && dpd(loan, first + Days::new(1)) > 0),
            ),
        ),
    ]
}

/// The last day of each month from July 1993 on, and the last day on which the books are whole.
fn month_ends() -> Vec<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(1994, 3, 30).unwrap();
    let days = NaiveDate::from_ymd_opt(1993, 7, 31).unwrap().iter_days();
    let is_last = |day: &NaiveDate| (*day + Days::new(1)).format("%d").to_string() == "01";
    days.take_while(|day| *day < last).filter(is_last).chain([last]).collect()
}

#[test]
fn a_statement_asks_for_the_instalments_less_the_payments_to_the_heller() {
    let Some(folder) = folder() else { return };
    let loans = loans(&folder);
    assert_eq!(loans.len(), 37);
    let terms = Terms::new(crowns());
    let mut overdue = 0;
    for loan in &loans {
        let account = history(loan);
        for on in loan.opened_on.iter_days().take_while(|day| *day <= NaiveDate::from_ymd_opt(1994, 3, 30).unwrap()) {
            let owed = Statement::of(&account, &terms, on, on).unwrap();
            let open = loan.rows.iter().filter(|row| row.paid_on.is_none_or(|paid| paid > on));
            assert_eq!(owed.total, open.map(|row| row.cents).sum::<i64>(), "{} on {on}", loan.account);
            assert_eq!(owed.overdue, behind(loan, on).iter().map(|row| row.cents).sum::<i64>());
            assert_eq!(i64::from(owed.days_past_due), dpd(loan, on));
            assert_eq!(owed.total, owed.lines.iter().map(|line| line.amount).sum::<i64>());
        }
        let (_, cents, _) = loan.standing;
        let last = NaiveDate::from_ymd_opt(1994, 3, 30).unwrap();
        let owed = Statement::of(&account, &terms, last, last).unwrap();
        assert_eq!(owed.overdue, cents, "{} by the table of loans", loan.account);
        overdue += owed.overdue;
    }
    assert!(overdue > 0, "one loan is behind");
}

#[test]
fn one_loan_of_37_is_behind_and_the_others_are_not() {
    let Some(folder) = folder() else { return };
    let loans = loans(&folder);
    assert_eq!((loans.len(), loans.iter().map(|loan| loan.rows.len()).sum::<usize>()), (37, 131));
    let on = NaiveDate::from_ymd_opt(1994, 3, 30).unwrap();
    for loan in &loans {
        let facts = facts(loan, on);
        let (behind, cents, days) = loan.standing;
        let expected = [
            ("unpaid_items", Value::Count(behind)),
            ("overdue", Value::Money(Money::from_minor(cents, crowns()))),
            ("dpd", Value::Days(days)),
        ];
        for (name, expected) in expected {
            assert_eq!(facts.get(name), Some(&expected), "{name} of account {}", loan.account);
        }
        let known = if loan.account == 1787 { (8, 6_426_400, 230) } else { (0, 0, 0) };
        assert_eq!(loan.standing, known, "account {}", loan.account);
    }
    let late = loans.iter().find(|loan| loan.account == 1787).unwrap();
    assert_eq!(late.rows.len(), 9);
}

#[test]
fn the_facts_of_every_loan_on_every_month_end_are_what_its_rows_say() {
    let Some(folder) = folder() else { return };
    let (mut compared, mut late) = (0, 0);
    for loan in &loans(&folder) {
        for on in month_ends().into_iter().filter(|on| *on >= loan.opened_on) {
            let facts = facts(loan, on);
            for (name, expected) in counted(loan, on) {
                assert_eq!(facts.get(name), Some(&expected), "{name} of account {} on {on}", loan.account);
                compared += 1;
            }
            late += usize::from(dpd(loan, on) > 0);
        }
    }
    assert!(compared > 1_500 && late >= 8, "{compared} facts, {late} loans late on a month end");
}
