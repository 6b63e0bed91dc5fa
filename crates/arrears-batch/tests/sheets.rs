//! The decisions of a run as it has them, for whoever counts or compares them.

mod support;

use arrears_batch::{Hooks, Options, Origin, RunError, Sheet, check_result, run};
use support::{Folder, options, policy_of};

const POLICY: &str = r#"
policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
debtor "small" when overdue < 25.00;
debtor "other" otherwise;
stage "reminder" when dpd >= 1;
"#;

/// The second row cannot be decided; what the third owes is not known.
const TABLE: &str = "account_id,dpd,overdue\na,5,10.00\nb,-5,20.00\nc,6,\nd,5,10.50\n";

fn going_on() -> Options {
    Options { keep_going: true, ..options("2026-03-31") }
}

#[test]
fn rows_keep_their_numbers_and_tell_what_is_overdue() {
    let folder = Folder::new();
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
    let path = folder.path("accounts.csv");
    std::fs::write(&path, TABLE).unwrap();
    let summary = run(&policy_of(POLICY), &path, &going_on(), hooks).unwrap();
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
    let folder = Folder::new();
    let path = folder.path("accounts.csv");
    std::fs::write(&path, TABLE).unwrap();
    let mut enough = |_: &Sheet| false;
    let hooks = Hooks { sheets: Some(&mut enough), ..Hooks::default() };
    let ended = run(&policy_of(POLICY), &path, &going_on(), hooks).unwrap_err();
    assert!(matches!(ended, RunError::Interrupted), "{ended}");
}

#[test]
fn a_result_beside_a_run_takes_the_place_of_nothing_that_is_read() {
    let folder = Folder::new();
    let (table, state) = (folder.path("accounts.csv"), folder.path("state.csv"));
    let options = Options { state: Some(Origin::from(&state)), ..going_on() };
    let free = |path| check_result(path, &Origin::from(&table), &options);
    assert!(free(&table).unwrap_err().to_string().contains("is the table of accounts already"));
    assert!(free(&state).unwrap_err().to_string().contains("is the state of the last decisions already"));
    free(&folder.path("moved.csv")).unwrap();
}
