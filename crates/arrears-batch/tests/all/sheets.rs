//! The decisions of a run as it has them, for whoever counts or compares them.

use arrears::{Law, Policy};
use arrears_batch::{Hooks, Options, Origin, RunError, Sheet, check_result, run};
use std::path::PathBuf;
use tempfile::{TempDir, tempdir};

const POLICY: &str = r#"
policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
debtor "small" when overdue < 25.00;
debtor "other" otherwise;
stage "reminder" when dpd >= 1;
"#;

/// The second row cannot be decided; what the third owes is not known.
const TABLE: &str = "account_id,dpd,overdue\na,5,10.00\nb,-5,20.00\nc,6,\nd,5,10.50\n";

fn going_on() -> Options {
    Options { keep_going: true, ..Options::new("2026-03-31".parse().unwrap(), Law::none("a test").unwrap()) }
}

fn policy() -> Policy {
    arrears_rules::load_source("card.rhai", POLICY, &[]).policy.unwrap()
}

fn table() -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("accounts.csv");
    std::fs::write(&path, TABLE).unwrap();
    (folder, path)
}

#[test]
fn rows_keep_their_numbers_and_tell_what_is_overdue() {
    let (_folder, path) = table();
    let mut seen = Vec::new();
    let mut take = |sheet: &Sheet| {
        let types: Vec<_> = sheet.kinds().map(|record| record.debtor_type.clone()).collect();
        seen.extend(sheet.rows().map(|row| {
            (row.number, row.account_id.to_owned(), types[row.kind].clone().unwrap_or_default(), row.overdue)
        }));
        assert_eq!(sheet.len(), sheet.rows().count());
        true
    };
    let hooks = Hooks { sheets: Some(&mut take), ..Hooks::default() };
    let summary = run(&policy(), &path, &going_on(), hooks).unwrap();
    assert_eq!((summary.rows, summary.decisions, summary.errors), (4, 3, 1));
    let row = |number, account: &str, of: &str, overdue| (number, account.to_owned(), of.to_owned(), overdue);
    assert_eq!(
        seen,
        [row(1, "a", "small", Some(1_000)), row(3, "c", "", None), row(4, "d", "small", Some(1_050))],
        "`c` may be of either type"
    );
}

#[test]
fn who_wants_no_more_sheets_ends_the_run() {
    let (_folder, path) = table();
    let mut enough = |_: &Sheet| false;
    let hooks = Hooks { sheets: Some(&mut enough), ..Hooks::default() };
    let ended = run(&policy(), &path, &going_on(), hooks).unwrap_err();
    assert!(matches!(ended, RunError::Interrupted), "{ended}");
}

#[test]
fn a_result_beside_a_run_takes_the_place_of_nothing_that_is_read() {
    let (folder, table) = table();
    let state = folder.path().join("state.csv");
    let options = Options { state: Some(Origin::from(&state)), ..going_on() };
    let free = |path: &PathBuf| check_result(path, &Origin::from(&table), &options);
    assert!(free(&table).unwrap_err().to_string().contains("is the table of accounts already"));
    assert!(free(&state).unwrap_err().to_string().contains("is the state of the last decisions already"));
    free(&folder.path().join("moved.csv")).unwrap();
}
