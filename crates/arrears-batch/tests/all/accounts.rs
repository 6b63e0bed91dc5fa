//! One account looked up in a table, and facts that scripts compute.

use crate::support::{Folder, HEADER, POLICY, options, policy, policy_of};
use arrears::Cell;
use arrears_batch::{EventTables, Found, Hooks, Lookup, Mapping, ScriptCost, find_account, run};

fn find(folder: &Folder, account: &str) -> Found {
    let table = folder.csv(
        "A1,3,120.00,forgot,no,no,0.1,never\nA2,x,1.00,forgot,no,no,0.1,never\nA3,4,1.00,forgot,no,no,0.1,never\n",
    );
    find_in(table, account)
}

fn find_in(table: std::path::PathBuf, account: &str) -> Found {
    let lookup = Lookup {
        as_of: "2026-11-30".parse().unwrap(),
        mapping: &Mapping::default(),
        events: &EventTables::default(),
        state: None,
        scripts: None,
    };
    find_account(&policy(), table, account, lookup).unwrap()
}

#[test]
fn an_account_is_found_with_its_row() {
    let folder = Folder::new();
    let Found::Row { number, row, customer, others } = find(&folder, "A3") else { panic!("not found") };
    assert_eq!((number, customer, others), (3, None, 0));
    assert_eq!(row.cell(policy().find_input("dpd").unwrap()), Cell::number(4));
}

#[test]
fn an_account_whose_row_cannot_be_read_is_found_with_what_is_wrong() {
    let folder = Folder::new();
    let Found::Bad(error) = find(&folder, "A2") else { panic!("not found") };
    assert_eq!(error.to_string(), "row 2 (line 3), account A2, column `dpd`: `x` is not a whole number");
}

#[test]
fn an_account_that_the_table_does_not_have_is_not_found() {
    let folder = Folder::new();
    assert!(matches!(find(&folder, "A9"), Found::Nothing { rows: 3 }));
}

#[test]
fn an_account_that_stands_twice_is_found_with_both_rows_named() {
    let folder = Folder::new();
    let table = folder
        .csv("A1,3,1.00,forgot,no,no,0.1,never\nA2,3,1.00,forgot,no,no,0.1,never\nA1,4,1.00,forgot,no,no,0.1,never\n");
    let Found::Bad(error) = find_in(table, "A1") else { panic!("not told") };
    let said = "row 3 (line 4), account A1, column `account_id`: the account stands in row 1 already: every row needs one of its own";
    assert_eq!(error.to_string(), said);
}

#[test]
fn an_account_is_found_with_how_many_others_are_of_the_same_person() {
    let folder = Folder::new();
    let rows = ["A1,3,P", "A2,3,Q", "A3,3, P ", "A4,3,", "A5,3,P"];
    let rows: String = rows.iter().map(|row| format!("{row},1.00,forgot,no,no,0.1,never\n")).collect();
    let table = folder.write("book.csv", format!("{}\n{rows}", HEADER.trim().replace("dpd,", "dpd,customer_id,")));
    let others = |account| match find_in(table.clone(), account) {
        Found::Row { others, .. } => others,
        other => panic!("{other:?}"),
    };
    assert_eq!(["A1", "A2", "A3", "A4", "A5"].map(others), [2, 0, 2, 0, 2]);
}

#[test]
fn a_fact_computed_by_script_is_read_and_its_failures_are_counted() {
    let folder = Folder::new();
    let text = POLICY.replace(
        "fact risk = 0.05 #{ kind: \"ratio\", why: \"the bank's own score\" };",
        "fact risk = script(|a| a.dpd / 100) #{ kind: \"ratio\", reads: [\"dpd\"], why: \"the bank's own score\" };",
    );
    let policy = policy_of(&text);
    let risk = policy.find_input("risk").unwrap();
    let scripts = |_: &arrears::Policy, cells: &mut Vec<Cell>| {
        cells[risk.index()] = Cell::UNKNOWN;
        ScriptCost { operations: 1, failed: vec![risk] }
    };
    let hooks = Hooks { scripts: Some(&scripts), ..Hooks::default() };
    let table = folder.csv("A1,3,120.00,forgot,no,no,,never\n");
    let summary = run(&policy, table, &options("2026-11-30"), hooks).unwrap();
    assert_eq!(summary.script_failures[0].name, "risk");
}
