//! The columnar reading decides as the row engine does: on random policies, tables and empty
//! cells, whatever types the columns have.

#![cfg(test)]

mod examples;
mod nights;
mod table;
mod under_law;

use arrears::build::{Build, fact};
use arrears::decide::Decision;
use arrears::{Facts, Kind, Need, Value};
use arrears::{Law, Policy};
use arrears_batch::{Decided, Mapping, Portfolio, RowError};
use arrears_testkit::generate::{Book, Choices, Kinds, RowStyle, books, completed, known};
use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::sync::Arc;

fn day() -> NaiveDate {
    "2026-03-10".parse().unwrap()
}

fn law() -> Law {
    Law::none("a law of the tests").unwrap()
}

/// What a table is decided as, in columns: a decision or an error for each row.
fn in_columns(portfolio: &Portfolio<'_>, table: &RecordBatch) -> Vec<Result<Decision, RowError>> {
    let (mut desk, mut decided) = (portfolio.desk(), Decided::default());
    // Where they sit, others sat before.
    portfolio.decide(
        &mut desk,
        &table.slice(1.min(table.num_rows()), table.num_rows().saturating_sub(1)),
        1,
        &mut decided,
    );
    decided.clear();
    let mut errors = portfolio.decide(&mut desk, table, 1, &mut decided).into_iter().peekable();
    assert_eq!(decided.len(), table.num_rows());
    let mut found = Vec::new();
    for row in 0..table.num_rows() {
        let number = u64::try_from(row + 1).unwrap();
        match errors.next_if(|error| error.row == number) {
            Some(error) => found.push(Err(error)),
            None => found.push(Ok(portfolio.decision(&decided, row).unwrap())),
        }
    }
    assert_eq!(errors.next(), None, "an error of no row");
    found
}

/// Decides a book in columns and row by row, without next reviews and with them; how many
/// rows were for the row engine, of each.
fn agree(book: &Book, forms: &[u16]) -> Result<(usize, usize), TestCaseError> {
    let table = table::of(&book.policy, &book.accounts, forms);
    Ok((alike(&book.policy, &table, false)?, alike(&book.policy, &table, true)?))
}

fn alike(policy: &Policy, table: &RecordBatch, reviews: bool) -> Result<usize, TestCaseError> {
    alike_under(law(), policy, table, reviews)
}

fn alike_under(law: Law, policy: &Policy, table: &RecordBatch, reviews: bool) -> Result<usize, TestCaseError> {
    let schema = table.schema();
    let portfolio = Portfolio::new(policy, (&schema, "accounts"), &Mapping::default(), day(), law);
    let portfolio = match portfolio {
        Ok(portfolio) if reviews => portfolio.with_reviews(),
        Ok(portfolio) => portfolio,
        Err(problems) => return Err(TestCaseError::fail(problems.to_string())),
    };
    let by_row = portfolio.decide_by_row(table, 1);
    let in_columns = in_columns(&portfolio, table);
    for (row, (wanted, found)) in by_row.iter().zip(&in_columns).enumerate() {
        prop_assert_eq!(wanted, found, "row {}, with reviews: {}", row + 1, reviews);
    }
    Ok(portfolio.handed_over(&mut portfolio.desk(), table))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn columns_decide_as_rows_do(book in books(Kinds::ALL), forms in prop::collection::vec(any::<u16>(), 8..60)) {
        agree(&book, &forms)?;
    }

    #[test]
    fn columns_decide_as_rows_do_where_nothing_is_missing(
        book in books(Kinds { defaults: true, rows: RowStyle { assessed: false, huge: false }, accounts: 40 }),
        forms in prop::collection::vec(any::<u16>(), 8..60),
    ) {
        agree(&told(book), &forms)?;
    }
}

/// The same accounts with everything known, and of three in four nothing learned and no times
/// of its own: those that are decided in columns.
fn told(mut book: Book) -> Book {
    for (index, (facts, more)) in book.accounts.iter_mut().zip(&book.more).enumerate() {
        let mut choices = Choices::new(more.clone());
        let complete = completed(&mut choices, &book.policy, facts);
        let mut told = Facts::new(format!("A-{index}"), facts.currency());
        let plain = RowStyle { assessed: false, huge: false };
        for input in book.policy.inputs() {
            let learned = ["learned_", "stated_", "pause_", "callback_", "zones"];
            if index % 4 != 0 && learned.iter().any(|begins| input.name.starts_with(begins)) {
                continue;
            }
            let given = complete.get(&input.name).filter(|value| **value != Value::Unknown).cloned();
            let ladder = matches!(input.name.as_str(), "previous_stage" | "previous_rung" | "days_since_decision");
            let told_of = matches!(input.need, Need::State(_) | Need::Assumed(_) | Need::Optional(_));
            let worded = input.kind != Kind::Category || !input.words.is_empty();
            let open = told_of && worded && !ladder;
            let value = given.or_else(|| open.then(|| known(&mut choices, &book.policy, input, plain)));
            if let Some(value) = value {
                let _ = told.set(&input.name, value);
            }
        }
        *facts = told;
    }
    book
}

/// Rows go through in chunks; where one ends changes nothing.
#[test]
fn a_row_is_decided_alike_wherever_it_stands_in_the_table() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let kinds = Kinds { defaults: true, rows: RowStyle { assessed: false, huge: false }, accounts: 40 };
    for round in 0..40 {
        let mut book = books(kinds).new_tree(&mut runner).unwrap().current();
        if round % 2 == 0 {
            book = told(book);
        }
        let some = book.accounts.clone();
        book.accounts = some.iter().cycle().take(1024 + 3 * round).cloned().collect();
        agree(&book, &[u16::try_from(round).unwrap(), 7, 11]).unwrap();
    }
}

/// Otherwise the laws above would compare the row engine with itself.
#[test]
fn most_rows_are_decided_in_columns() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let kinds = Kinds { defaults: false, rows: RowStyle { assessed: false, huge: false }, accounts: 40 };
    let (mut rows, mut handed_over, mut reviewed_by_row) = (0, 0, 0);
    for _ in 0..60 {
        let book = told(books(kinds).new_tree(&mut runner).unwrap().current());
        rows += book.accounts.len();
        let (today, reviews) = agree(&book, &[0]).unwrap();
        handed_over += today;
        reviewed_by_row += reviews;
    }
    assert!(handed_over * 2 < rows, "{handed_over} of {rows} rows were for the row engine");
    assert!(reviewed_by_row * 10 < rows * 9, "{reviewed_by_row} of {rows} reviews were for the row engine");
}

fn small() -> Policy {
    Build::policy("small", "EUR")
        .stage("reminder", fact("dpd").ge(1))
        .assume("opted_out(letter)", false, "letters need no consent")
        .treatment("letter", &["reminder"], "letter")
        .check()
        .unwrap()
}

fn late(names: Vec<Option<&str>>, currencies: Vec<Option<&str>>) -> RecordBatch {
    let days = Int64Array::from(vec![5; names.len()]);
    RecordBatch::try_from_iter_with_nullable([
        ("account_id", Arc::new(StringArray::from(names)) as ArrayRef, true),
        ("currency", Arc::new(StringArray::from(currencies)), true),
        ("dpd", Arc::new(days), true),
    ])
    .unwrap()
}

#[test]
fn a_row_of_nobody_or_in_another_currency_is_an_error_and_nothing_is_done() {
    let policy = small();
    let table = late(
        vec![Some("A"), None, Some(" "), Some("D"), Some("E")],
        vec![Some("EUR"), Some("EUR"), Some("EUR"), Some("USD"), None],
    );
    let portfolio = Portfolio::new(&policy, (&table.schema(), "late"), &Mapping::default(), day(), law()).unwrap();
    let mut decided = Decided::default();
    let errors = portfolio.decide(&mut portfolio.desk(), &table, 1, &mut decided);
    assert_eq!(errors.iter().map(|error| error.row).collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert_eq!(portfolio.decide_by_row(&table, 1).iter().filter(|row| row.is_err()).count(), 4);
    let done = |row: usize| portfolio.decision(&decided, row).unwrap().treatment.is_some();
    assert_eq!((0..5).map(done).collect::<Vec<_>>(), [true, false, false, false, false]);
}

#[test]
fn a_table_with_other_columns_is_refused_row_by_row() {
    let policy = small();
    let table = late(vec![Some("A")], vec![Some("EUR")]);
    let portfolio = Portfolio::new(&policy, (&table.schema(), "late"), &Mapping::default(), day(), law()).unwrap();
    let other = table.project(&[0, 2]).unwrap();
    let mut decided = Decided::default();
    let errors = portfolio.decide(&mut portfolio.desk(), &other, 1, &mut decided);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].to_string().contains("other columns"), "{}", errors[0]);
    assert_eq!(portfolio.decision(&decided, 0).unwrap().treatment, None);
}

#[test]
fn what_another_portfolio_left_is_forgotten() {
    let policy = small();
    let table = late(vec![Some("A")], vec![Some("EUR")]);
    let of =
        |day: NaiveDate| Portfolio::new(&policy, (&table.schema(), "late"), &Mapping::default(), day, law()).unwrap();
    let (today, tomorrow) = (of(day()), of(day().succ_opt().unwrap()));
    let mut decided = Decided::default();
    for _ in 0..2 {
        assert!(today.decide(&mut today.desk(), &table, 1, &mut decided).is_empty());
    }
    assert_eq!(decided.len(), 2);
    assert!(tomorrow.decide(&mut tomorrow.desk(), &table, 1, &mut decided).is_empty());
    assert_eq!(decided.len(), 1);
}

#[test]
fn next_reviews_are_those_of_the_row_engine() {
    let policy = small();
    let table = late(vec![Some("A"), Some("B")], vec![Some("EUR"), Some("USD")]);
    let portfolio = Portfolio::new(&policy, (&table.schema(), "late"), &Mapping::default(), day(), law()).unwrap();
    let portfolio = portfolio.with_reviews();
    let found = in_columns(&portfolio, &table);
    assert_eq!(found, portfolio.decide_by_row(&table, 1));
    assert!(found[0].as_ref().unwrap().next_review_on.is_some());
}
