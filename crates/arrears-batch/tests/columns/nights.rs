//! Whole nights, one after the other: decided in columns and row by row they write the same
//! decisions, the same state and the same summary.

use super::{law, table, told};
use arrears::{Need, Policy};
use arrears_batch::{Hooks, Options, Summary, run};
use arrears_testkit::generate::{Book, Kinds, RowStyle, books};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use chrono::{Days, NaiveDate};
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

/// Days between one night and the next.
const STEPS: [u64; 3] = [0, 1, 6];

/// The accounts without what the state tells of them; one in three stands alone, the others
/// are of people with two.
fn accounts(book: &Book, forms: &[u16]) -> RecordBatch {
    let table = table::of(&book.policy, &book.accounts, forms);
    let in_state = |name: &str| {
        let input = book.policy.find_input(name).and_then(|fact| book.policy.input(fact));
        input.is_some_and(|input| matches!(input.need, Need::State(_)))
    };
    let people: Vec<Option<String>> =
        (0..table.num_rows()).map(|row| (row % 3 != 0).then(|| format!("P-{}", row / 3))).collect();
    let names: Vec<String> = table.schema().fields().iter().map(|field| field.name().clone()).collect();
    let columns = names.into_iter().zip(table.columns().iter().cloned()).filter(|(name, _)| !in_state(name));
    let people = ("customer_id".to_owned(), Arc::new(StringArray::from(people)) as ArrayRef);
    RecordBatch::try_from_iter_with_nullable(columns.chain([people]).map(|(name, column)| (name, column, true)))
        .unwrap()
}

fn write(path: &Path, table: &RecordBatch) {
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), table.schema(), None).unwrap();
    writer.write(table).unwrap();
    writer.close().unwrap();
}

/// Three nights over a table: what each of them wrote, and said; how many rows there were, and
/// how many of them were decided one by one.
fn nights(
    policy: &Policy,
    folder: &Path,
    (first, reviews): (NaiveDate, bool),
    by_row: bool,
) -> (Vec<String>, u64, u64) {
    let state = folder.join("state.csv");
    let _ = fs::remove_file(&state);
    let (mut seen, mut rows, mut alone) = (Vec::new(), 0, 0);
    let mut day = first;
    for (night, step) in STEPS.iter().enumerate() {
        day = day.checked_add_days(Days::new(*step)).unwrap();
        let outputs = ["out.csv", "out.jsonl"].map(|name| folder.join(name));
        let options = Options {
            outputs: outputs.to_vec(),
            state: (night > 0).then(|| state.clone().into()),
            state_out: Some(state.clone()),
            keep_going: true,
            reviews,
            one_by_one: by_row,
            ..Options::new(day, law())
        };
        // On the second night one half of the accounts is gone, on the third it is back.
        let table = folder.join(if night == 1 { "half.parquet" } else { "all.parquet" });
        let summary = match run(policy, table, &options, Hooks::default()) {
            Ok(summary) => {
                rows += summary.rows;
                alone += summary.one_by_one;
                format!("{:#?}", Summary { one_by_one: 0, ..summary })
            }
            Err(error) => return (vec![error.to_string()], 1, 1),
        };
        seen.push(summary);
        for path in outputs.iter().chain([&state, &folder.join("out.errors.csv")]) {
            seen.push(fs::read_to_string(path).unwrap());
        }
    }
    (seen, rows, alone)
}

fn agree(book: &Book, forms: &[u16], reviews: bool) -> Result<(u64, u64), TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let table = accounts(book, forms);
    write(&folder.path().join("all.parquet"), &table);
    write(&folder.path().join("half.parquet"), &table.slice(0, table.num_rows() / 2));
    let first = (super::day(), reviews);
    let (by_row, ..) = nights(&book.policy, folder.path(), first, true);
    let (in_columns, rows, alone) = nights(&book.policy, folder.path(), first, false);
    for (wanted, found) in by_row.iter().zip(&in_columns) {
        prop_assert_eq!(wanted, found);
    }
    prop_assert_eq!(by_row.len(), in_columns.len());
    prop_assert!(by_row.len() == 5 * STEPS.len(), "{:?}", by_row);
    Ok((rows, alone))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_night_in_columns_writes_what_a_night_by_rows_writes(
        book in books(Kinds::ALL), forms in prop::collection::vec(any::<u16>(), 8..60), reviews in any::<bool>(),
    ) {
        agree(&book, &forms, reviews)?;
    }

    #[test]
    fn a_night_in_columns_writes_what_a_night_by_rows_writes_where_nothing_is_missing(
        book in books(Kinds { defaults: true, rows: RowStyle { assessed: false, huge: false }, accounts: 40 }),
        forms in prop::collection::vec(any::<u16>(), 8..60), reviews in any::<bool>(),
    ) {
        agree(&told(book), &forms, reviews)?;
    }
}

/// Otherwise the laws above would compare the row engine with itself.
#[test]
fn most_rows_of_a_night_are_decided_in_columns() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let kinds = Kinds { defaults: false, rows: RowStyle { assessed: false, huge: false }, accounts: 40 };
    let (mut rows, mut alone) = (0, 0);
    for _ in 0..30 {
        let book = told(books(kinds).new_tree(&mut runner).unwrap().current());
        let (more, of_them) = agree(&book, &[0], false).unwrap();
        rows += more;
        alone += of_them;
    }
    assert!(alone * 2 < rows, "{alone} of {rows} rows were decided one by one");
}
