//! The same months decided in columns and row by row: to the byte the same decisions and
//! states, with next reviews and without.

use crate::book::Book;
use crate::panel::tell;
use crate::support::{Folder, options};
use arrears::Policy;
use arrears_batch::{Hooks, run};
use std::fs::read;

/// Decides every month in both ways; how many rows there were, and how many of them columns
/// left to the row engine.
fn both_ways(policy: &Policy, book: &Book, reviews: bool) -> (u64, u64) {
    let folder = Folder::new();
    let table = folder.path("month.parquet");
    let (mut rows, mut alone) = (0, 0);
    for (number, month) in book.months.iter().enumerate() {
        book.write(month, &table);
        let written = [true, false].map(|one_by_one| {
            let name =
                |what: &str| folder.path(&format!("{what}_{}", if one_by_one { "rows.csv" } else { "columns.csv" }));
            let mut options = options(&month.as_of.to_string());
            options.mapping = book.mapping();
            options.state = (number > 0).then(|| name("state").into());
            options.state_out = Some(name("state"));
            options.outputs = vec![name("out")];
            options.reviews = reviews;
            options.one_by_one = one_by_one;
            let summary = run(policy, &table, &options, Hooks::default()).unwrap();
            assert_eq!(summary.decisions, summary.rows);
            if !one_by_one {
                rows += summary.rows;
                alone += summary.one_by_one;
            }
            (read(name("out")).unwrap(), read(name("state")).unwrap())
        });
        let [by_rows, in_columns] = written;
        assert!(by_rows == in_columns, "{}: columns decide otherwise than rows", month.as_of);
    }
    (rows, alone)
}

fn compared(what: &str, policy: &Policy, book: &Book) {
    for reviews in [false, true] {
        let (rows, alone) = both_ways(policy, book, reviews);
        let with = if reviews { "with" } else { "without" };
        tell(&format!("{what}, {with} next reviews"), format!("{rows} rows, {alone} of them left to the row engine"));
    }
}

#[test]
fn the_months_in_taiwan_are_decided_in_columns_as_row_by_row() {
    let Some(book) = Book::taiwan() else { return };
    assert_eq!(book.lines(), 180_000);
    compared("Taiwan", &crate::taiwan::policy(crate::taiwan::SHIPPED), &book);
}

#[test]
fn the_card_status_panel_is_decided_in_columns_as_row_by_row() {
    let Some(book) = Book::panel() else { return };
    assert_eq!(book.lines(), 1_048_575);
    let policy = crate::panel::policy("");
    let (rows, alone) = both_ways(&policy, &book, false);
    tell("the whole panel, without next reviews", format!("{rows} rows, {alone} of them left to the row engine"));
    assert!(alone * 4 < rows, "{alone} of {rows} rows were decided one by one");
    let (book, who) = book.customers();
    let (rows, alone) = both_ways(&policy, &book, true);
    tell(
        &format!("the panel, {who}, with next reviews"),
        format!("{rows} rows, {alone} of them left to the row engine"),
    );
}
