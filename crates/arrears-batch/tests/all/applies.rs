//! Rows of accounts that are not the policy's own.

use crate::support::{Folder, options, policy_of};
use arrears::Law;
use arrears_batch::{Decided, EventTables, Found, Hooks, Lookup, Mapping, Portfolio, find_account, run};
use arrow_array::{BooleanArray, Int64Array, RecordBatch, StringArray};
use std::sync::Arc;

const CARDS: &str = r#"
policy "cards" #{ version: "1", currency: "CNY", zone: "Asia/Shanghai" };
applies when product == "card" && !sold;
assume opted_out("sms") = false #{ why: "no objections are kept" };
hold "deceased" when deceased #{ stops: ["contact"], scope: "customer" };
stage "reminder" when dpd >= 1;
treatment "text" in ["reminder"] do sms(#{ text: "gentle", every: 3 });
"#;

const HEADER: &str = "account_id,customer_id,product,sold,dpd,deceased\n";

const NOT_FOR: &str = "the policy `cards` does not apply: `product == \"card\" && !sold` is false";

/// Rows, and what is said of each; nothing of those that are decided.
const ROWS: [(&str, &str); 7] = [
    ("A1,P1,card,no,3,no", ""),
    ("A2,P2,loan,no,3,no", NOT_FOR),
    ("A3,P3,card,yes,3,no", NOT_FOR),
    ("A4,P4,loan,,3,no", NOT_FOR),
    ("A5,P5,card,,3,no", "it cannot be told whether the policy `cards` applies: `sold` is not known"),
    ("A6,P6,,,3,no", "it cannot be told whether the policy `cards` applies: `product` and `sold` are not known"),
    ("A7,P7,card,no,0,no", ""),
];

fn table(folder: &Folder) -> std::path::PathBuf {
    let rows: Vec<&str> = ROWS.iter().map(|(row, _)| *row).collect();
    folder.write("book.csv", format!("{HEADER}{}\n", rows.join("\n")))
}

#[test]
fn a_row_that_is_not_the_policys_own_is_an_error_that_says_why() {
    let folder = Folder::new();
    let mut options = options("2026-11-30");
    options.outputs = vec![folder.path("out.csv")];
    let refused = run(&policy_of(CARDS), table(&folder), &options, Hooks::default()).unwrap_err();
    let refused = folder.without(refused);
    assert!(refused.starts_with("book.csv: 5 rows of 7 cannot be decided, and nothing was written:"), "{refused}");
    assert!(refused.contains(&format!("row 2 (line 3), account A2, {NOT_FOR}")), "{refused}");
    assert_eq!(folder.files(), ["book.csv"]);
    options.keep_going = true;
    let summary = run(&policy_of(CARDS), table(&folder), &options, Hooks::default()).unwrap();
    assert_eq!((summary.rows, summary.decisions, summary.errors), (7, 2, 5));
    let said: Vec<_> = summary.first_errors.iter().map(|error| error.faults[0].problem.as_str()).collect();
    let wanted: Vec<_> = ROWS.iter().map(|(_, said)| *said).filter(|said| !said.is_empty()).collect();
    assert_eq!(said, wanted);
}

#[test]
fn an_account_that_is_looked_for_is_told_not_to_be_the_policys_own() {
    let folder = Folder::new();
    let (mapping, events) = (Mapping::default(), EventTables::default());
    let lookup =
        Lookup { as_of: "2026-11-30".parse().unwrap(), mapping: &mapping, events: &events, state: None, scripts: None };
    let policy = policy_of(CARDS);
    for (row, wanted) in ROWS {
        let account = row.split(',').next().unwrap();
        let said = match find_account(&policy, table(&folder), account, lookup).unwrap() {
            Found::Row { .. } => String::new(),
            Found::Bad(error) => error.faults[0].problem.clone(),
            Found::Nothing { .. } => "nothing".to_owned(),
        };
        assert_eq!(said, wanted, "{account}");
    }
}

#[test]
fn a_persons_account_of_another_policy_may_hide_a_hold_on_the_person() {
    let folder = Folder::new();
    let rows = "A1,P1,card,no,3,no\nA2,P1,loan,no,3,yes\nA3,P2,card,no,3,no\n";
    let table = folder.write("book.csv", format!("{HEADER}{rows}"));
    let mut options = options("2026-11-30");
    options.keep_going = true;
    let summary = run(&policy_of(CARDS), table, &options, Hooks::default()).unwrap();
    let said: Vec<_> = summary.first_errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "row 1 (line 2), account A1, row 2 is of the same customer and cannot be decided: it may hold this account too",
            &format!("row 2 (line 3), account A2, {NOT_FOR}"),
        ]
    );
    assert_eq!(summary.decisions, 1);
}

#[test]
fn columns_hand_the_rows_of_other_accounts_over() {
    let table = RecordBatch::try_from_iter([
        ("account_id", Arc::new(StringArray::from(vec!["A1", "A2", "A3", "A4"])) as _),
        ("product", Arc::new(StringArray::from(vec![Some("card"), Some("loan"), Some("card"), None])) as _),
        ("sold", Arc::new(BooleanArray::from(vec![false, false, true, false])) as _),
        ("dpd", Arc::new(Int64Array::from(vec![3, 3, 3, 3])) as _),
        ("deceased", Arc::new(BooleanArray::from(vec![false; 4])) as _),
    ])
    .unwrap();
    let policy = policy_of(CARDS);
    let law = Law::none("a test").unwrap();
    let schema = table.schema();
    let portfolio =
        Portfolio::new(&policy, (&schema, "book"), &Mapping::default(), "2026-11-30".parse().unwrap(), law).unwrap();
    let mut decided = Decided::default();
    let errors = portfolio.decide(&mut portfolio.desk(), &table, 1, &mut decided);
    let said: Vec<_> = errors.iter().map(|error| (error.row, error.faults[0].problem.as_str())).collect();
    let unknown = "it cannot be told whether the policy `cards` applies: `product` is not known";
    assert_eq!(said, [(2, NOT_FOR), (3, NOT_FOR), (4, unknown)]);
    assert_eq!(portfolio.handed_over(&mut portfolio.desk(), &table), 3);
}
