//! Tables decided: what is written, and what is counted.

use crate::support::{Folder, HEADER, POLICY, array, decide, options, policy_of};
use arrears_batch::{Hooks, Mapping, run};
use arrow_array::types::Int32Type;
use arrow_array::{
    BooleanArray, Decimal128Array, DictionaryArray, Float64Array, Int16Array, Int64Array, LargeStringArray,
    StringViewArray,
};

const THREE: &str = "A1,3,120.00,forgot,false,no,0.1,never\n\
                     A2,45,12.50,illness,false,no,0.1,never\n\
                     A3,5,10.00,forgot,true,no,,4\n";

fn lines(folder: &Folder, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder.path(name)).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The named columns of a CSV table of decisions.
fn columns(folder: &Folder, name: &str, wanted: &[&str]) -> Vec<String> {
    let lines = lines(folder, name);
    let header: Vec<&str> = lines[0].split(',').collect();
    let places: Vec<usize> =
        wanted.iter().map(|name| header.iter().position(|column| column == name).unwrap()).collect();
    let pick = |line: &String| {
        let cells: Vec<&str> = line.split(',').collect();
        places.iter().map(|place| cells[*place]).collect::<Vec<_>>().join(" ")
    };
    lines[1..].iter().map(pick).collect()
}

#[test]
fn every_account_is_decided_in_the_order_of_the_table() {
    let folder = Folder::new();
    let mut options = options("2026-11-30");
    options.outputs = ["out.csv", "out.parquet", "out.jsonl"].map(|name| folder.path(name)).to_vec();
    let summary = decide(&folder.csv(THREE), &options).unwrap();
    assert_eq!(
        columns(&folder, "out.csv", &["account_id", "debtor_type", "stage", "action", "treatment"]),
        ["A1 other reminder sms gentle_text", "A2 hardship reminder sms gentle_text", "A3 other reminder none "]
    );
    assert_eq!(lines(&folder, "out.jsonl").len(), 3);
    assert!(lines(&folder, "out.jsonl")[2].contains("\"held_by\":[\"deceased\"]"));
    assert_eq!((summary.rows, summary.decisions, summary.errors), (3, 3, 0));
    assert_eq!(folder.files(), ["book.csv", "out.csv", "out.jsonl", "out.parquet"]);
}

#[test]
fn every_form_of_the_results_has_the_same_columns_in_the_same_order() {
    let folder = Folder::new();
    let mut options = options("2026-11-30");
    options.outputs = ["out.csv", "out.parquet", "out.jsonl"].map(|name| folder.path(name)).to_vec();
    decide(&folder.csv(THREE), &options).unwrap();
    let record: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&lines(&folder, "out.jsonl")[0]).unwrap();
    let json: Vec<&str> = record.keys().map(String::as_str).collect();
    let parquet = arrears_batch::open(folder.path("out.parquet")).unwrap();
    let parquet: Vec<&str> = parquet.schema().fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(lines(&folder, "out.csv")[0].split(',').collect::<Vec<_>>(), json);
    assert_eq!(parquet, json);
}

#[test]
fn the_summary_counts_accounts_and_money() {
    let folder = Folder::new();
    let summary = decide(&folder.csv(THREE), &options("2026-11-30")).unwrap();
    let json = serde_json::to_value(&summary).unwrap();
    assert_eq!(json["overdue"], "142.50");
    assert_eq!(json["by_stage"], serde_json::json!([{ "name": "reminder", "accounts": 3, "overdue": "142.50" }]));
    assert_eq!(json["by_debtor_type"][0], serde_json::json!({ "name": "hardship", "accounts": 1, "overdue": "12.50" }));
    assert_eq!(
        json["by_treatment"],
        serde_json::json!([{ "name": "gentle_text", "accounts": 2, "overdue": "132.50" }])
    );
    let assumed: Vec<&str> = summary.assumptions.iter().map(|assumed| assumed.written.as_str()).collect();
    assert_eq!(
        assumed,
        ["fraud = false", "times(\"refused\", 60) = 0", "opted_out(\"sms\") = false", "opted_out(\"letter\") = false"]
    );
}

#[test]
fn an_assumption_is_not_used_where_the_table_has_the_column() {
    let folder = Folder::new();
    let table = folder.write("book.csv", format!("fraud,{HEADER}no,{}", THREE.lines().next().unwrap()));
    let summary = decide(&table, &options("2026-11-30")).unwrap();
    assert!(summary.assumptions.iter().all(|assumed| assumed.written != "fraud = false"));
}

#[test]
fn csv_and_parquet_of_one_table_give_the_same_decisions() {
    let folder = Folder::new();
    let causes: DictionaryArray<Int32Type> = vec!["forgot", "illness", "forgot"].into_iter().collect();
    let parquet = folder.parquet(vec![
        ("account_id", array(StringViewArray::from(vec!["A1", "A2", "A3"]))),
        ("dpd", array(Int16Array::from(vec![3, 45, 5]))),
        (
            "overdue",
            array(Decimal128Array::from(vec![1_200_000, 125_000, 100_000]).with_precision_and_scale(20, 4).unwrap()),
        ),
        ("cause", array(causes)),
        ("deceased", array(BooleanArray::from(vec![false, false, true]))),
        ("dispute", array(LargeStringArray::from(vec!["no", "no", "no"]))),
        ("risk", array(Float64Array::from(vec![Some(0.1), Some(0.1), None]))),
        ("days_since_payment", array(Int64Array::from(vec![999_999, 999_999, 4]))),
    ]);
    let mut options = options("2026-11-30");
    for (table, out) in [(folder.csv(THREE), "from_csv.csv"), (parquet, "from_parquet.csv")] {
        options.outputs = vec![folder.path(out)];
        decide(&table, &options).unwrap();
    }
    assert_eq!(lines(&folder, "from_csv.csv"), lines(&folder, "from_parquet.csv"));
}

#[test]
fn good_rows_are_decided_and_bad_ones_written_beside_them_where_asked() {
    let folder = Folder::new();
    let table = folder.csv("A1,3,120.00,forgot,false,no,0.1,never\nA2,-3,\"1,5\",forgot,no,no,0.1,never\nA3,,,,,,,\n");
    let mut options = options("2026-11-30");
    options.outputs = vec![folder.path("out.csv")];
    options.keep_going = true;
    let summary = decide(&table, &options).unwrap();
    assert_eq!((summary.rows, summary.decisions, summary.errors), (3, 2, 1));
    assert_eq!(summary.errors_file, Some(folder.path("out.errors.csv")));
    assert_eq!(
        lines(&folder, "out.errors.csv"),
        [
            "row,line,account_id,column,found,problem",
            "2,3,A2,dpd; overdue,\"-3; 1,5\",\"is below zero: `dpd` counts from zero; is not an amount: write digits and a \
             point, as in 1234.50\"",
        ]
    );
    assert_eq!(columns(&folder, "out.csv", &["account_id"]), ["A1", "A3"]);
}

#[test]
fn an_empty_table_gives_empty_results_with_their_columns() {
    let folder = Folder::new();
    let mut options = options("2026-11-30");
    options.outputs = vec![folder.path("out.csv"), folder.path("out.parquet")];
    let summary = decide(&folder.csv(""), &options).unwrap();
    assert_eq!(summary.rows, 0);
    assert!(lines(&folder, "out.csv")[0].starts_with("account_id,debtor_type,"));
    assert!(
        arrears_batch::open(folder.path("out.parquet")).unwrap().schema().column_with_name("policy_hash").is_some()
    );
}

#[test]
fn a_mapping_gives_columns_other_names() {
    let folder = Folder::new();
    let header = HEADER.replace("dpd", "days_late").replace("account_id", "loan");
    let table = folder.write("book.csv", format!("{header}{}", THREE.replace("never", "-1")));
    let text = "[columns]\naccount_id = \"loan\"\ndpd = \"days_late\"\n[never]\ndays_since_payment = -1\n";
    let mut options = options("2026-11-30");
    options.mapping = Mapping::parse(text, "map.toml").unwrap();
    options.outputs = vec![folder.path("out.csv")];
    decide(&table, &options).unwrap();
    assert_eq!(columns(&folder, "out.csv", &["account_id", "action"]), ["A1 sms", "A2 sms", "A3 none"]);
}

#[test]
fn one_person_gets_one_contact_and_a_hold_on_the_person_binds_every_account() {
    let folder = Folder::new();
    let rows = "P1,A1,3,120.00,forgot,no,no,0.1,never\n\
                P2,A2,3,120.00,forgot,no,no,0.1,never\n\
                P1,A3,3,500.00,forgot,no,no,0.1,never\n\
                P2,A4,3,50.00,forgot,yes,no,0.1,never\n\
                ,A5,3,50.00,forgot,no,no,0.1,never\n";
    let table = folder.write("book.csv", format!("customer_id,{HEADER}{rows}"));
    let mut options = options("2026-11-30");
    options.outputs = vec![folder.path("out.csv")];
    let summary = decide(&table, &options).unwrap();
    assert_eq!(
        columns(&folder, "out.csv", &["account_id", "action", "rides_with"]),
        ["A1 wait A3", "A2 held ", "A3 sms ", "A4 held ", "A5 sms "]
    );
    assert_eq!(summary.left_alone.rides_along, 1);
    assert_eq!(summary.left_alone.held[0].name, "deceased");
}

#[test]
fn a_row_that_may_hide_a_hold_on_the_person_keeps_the_persons_other_accounts_back() {
    let folder = Folder::new();
    let rows = "P1,A1,3,120.00,forgot,no,no,0.1,never\nP1,A2,3,1.00,forgot,maybe,no,0.1,never\nP2,A3,3,50.00,forgot,no,no,0.1,never\n";
    let table = folder.write("book.csv", format!("customer_id,{HEADER}{rows}"));
    let mut options = options("2026-11-30");
    options.outputs = vec![folder.path("out.csv")];
    options.keep_going = true;
    let summary = decide(&table, &options).unwrap();
    assert_eq!(columns(&folder, "out.csv", &["account_id"]), ["A3"]);
    assert_eq!(
        summary.first_errors[0].to_string(),
        "row 1 (line 2), account A1, row 2 is of the same customer and cannot be decided: it may hold this account too"
    );
}

#[test]
fn a_decision_that_breaks_the_policys_promise_is_an_error_of_its_row() {
    let folder = Folder::new();
    let text = POLICY.replace("action == \"letter\"", "action == \"sms\"");
    let message = run(&policy_of(&text), folder.csv(THREE), &options("2026-11-30"), Hooks::default()).unwrap_err();
    assert_eq!(
        folder.without(message),
        "book.csv: 1 row of 3 cannot be decided, and nothing was written:\n  \
         row 2 (line 3), account A2, the decision breaks what the policy promises: nobody in hardship gets a firm letter"
    );
}

#[test]
fn results_never_take_the_place_of_what_is_read() {
    let folder = Folder::new();
    let table = folder.csv(THREE);
    let mut options = options("2026-11-30");
    options.outputs = vec![table.clone()];
    assert_eq!(
        folder.without(decide(&table, &options).unwrap_err()),
        "book.csv: is the table of accounts already: give the results a name of their own"
    );
    options.outputs = vec![folder.path("out.xlsx")];
    assert_eq!(
        folder.without(decide(&table, &options).unwrap_err()),
        "out.xlsx: expected a name that ends in .parquet, .csv or .jsonl"
    );
    options.outputs = vec![folder.path("nowhere/out.csv")];
    assert!(folder.without(decide(&table, &options).unwrap_err()).starts_with("nowhere/out.csv: cannot be written: "));
}

#[test]
fn the_results_of_last_night_stand_until_all_of_tonights_are_complete() {
    let folder = Folder::new();
    let old = folder.write("out.csv", "last night");
    let mut options = options("2026-11-30");
    options.outputs = vec![old.clone()];
    options.state_out = Some(folder.path("nowhere/state.csv"));
    assert!(decide(&folder.csv(THREE), &options).is_err());
    options.state_out = Some(folder.path("state.jsonl"));
    assert_eq!(
        folder.without(decide(&folder.csv(THREE), &options).unwrap_err()),
        "state.jsonl: expected a state whose name ends in .parquet or .csv"
    );
    options.state_out = None;
    assert!(decide(&folder.csv("A1,x,,,,,,\n"), &options).is_err());
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "last night");
    assert_eq!(folder.files(), ["book.csv", "out.csv"]);
}

#[test]
fn the_results_do_not_depend_on_how_many_threads_there_are() {
    let folder = Folder::new();
    let row = |row: u32| match row % 7 {
        0 => format!("A{row},-1,,,,,,\n"),
        part => format!("A{row},{},{part}0.00,forgot,no,no,0.{part},never\n", row % 90),
    };
    let table = folder.csv(&(0..9_000).map(row).collect::<String>());
    let results = [1, 3].map(|threads| {
        let mut options = options("2026-11-30");
        options.keep_going = true;
        options.outputs = vec![folder.path("out.csv")];
        options.state_out = Some(folder.path("state.csv"));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let summary = pool.install(|| decide(&table, &options)).unwrap();
        let files = ["out.csv", "out.errors.csv", "state.csv"].map(|name| std::fs::read(folder.path(name)).unwrap());
        (serde_json::to_string(&summary).unwrap(), files)
    });
    assert!(results[0] == results[1]);
}

#[test]
fn progress_is_told_with_the_rows_done() {
    let folder = Folder::new();
    let mut told = Vec::new();
    let mut progress = |progress: arrears_batch::Progress| told.push((progress.rows, progress.total));
    let hooks = Hooks { progress: Some(&mut progress), ..Hooks::default() };
    run(&crate::support::policy(), folder.csv(THREE), &options("2026-11-30"), hooks).unwrap();
    assert_eq!(told, [(3, None)]);
}
