//! `arrears report`: the measures of a book over months.

use crate::support::{Answer, Desk, golden};

const PANEL: &str = "account_id,as_of,days_late,balance,overdue,paid,due,on_plan,charged_off\n\
    A,2026-01-31,0,1000.00,0.00,50.00,50.00,false,false\n\
    A,2026-02-28,20,1000.00,50.00,0.00,50.00,false,false\n\
    A,2026-03-31,0,900.00,5.00,150.00,50.00,false,false\n\
    B,2026-01-31,0,3000.00,0.00,80.00,80.00,false,false\n\
    B,2026-02-28,20,3000.00,80.00,0.00,80.00,false,false\n\
    B,2026-03-31,51,3010.00,160.00,0.00,80.00,false,false\n\
    C,2026-01-31,40,500.00,90.00,0.00,45.00,false,false\n\
    C,2026-02-28,68,500.00,135.00,0.00,45.00,true,false\n\
    C,2026-03-31,0,480.00,0.00,20.00,20.00,true,false\n\
    D,2026-01-31,0,,0.00,0.00,0.00,false,false\n\
    D,2026-02-28,0,,0.00,0.00,0.00,false,false\n\
    D,2026-03-31,,,,,,false,false\n";

const CONTACTS: &str = "account_id,on,channel,outcome,inbound\n\
    A,2026-02-20,phone,no_answer,false\nA,2026-03-05,phone,rpc_promise,false\n\
    B,2026-03-05,phone,third_party,false\nB,2026-03-06,sms,,false\nC,2026-03-06,phone,rpc_callback,true\n";

const PROMISES: &str = "account_id,made_on,due_on,amount,result,left\n\
    A,2026-03-05,2026-03-12,100.00,kept,\nB,2026-03-05,2026-03-12,160.00,broken,100.00\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("panel.csv", PANEL);
    desk.write("contacts.csv", CONTACTS);
    desk.write("promises.csv", PROMISES);
    desk
}

const PANEL_ONLY: [&str; 7] = ["report", "--panel", "panel.csv", "--column", "dpd=days_late", "--currency", "EUR"];

fn report(desk: &Desk, more: &[&str]) -> Answer {
    desk.answer(desk.command(&PANEL_ONLY).args(more))
}

#[test]
fn the_report_tells_every_measure_with_formula_cohort_horizon_count_and_money() {
    let events = ["--contacts", "contacts.csv", "--promises", "promises.csv", "--tolerance", "10.00"];
    let answer = report(&desk(), &events);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("report.txt", &answer.out);
}

#[test]
fn decisions_of_a_run_are_covered_as_they_were_written() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["--out", "night.csv", "--out", "night.parquet", "--quiet"]).code, 0);
    desk.write("panel.csv", "account_id,as_of,days_late,balance\nlate,2026-03-31,75,2500.00\n");
    let covered = |night: &str| {
        let answer = report(&desk, &["--decisions", night, "--json"]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{night}");
        let json = answer.json();
        let measures = json["measures"].as_array().unwrap().clone();
        let coverage = measures.into_iter().find(|measure| measure["name"] == "coverage").unwrap();
        let classes = coverage["values"].as_array().unwrap().clone();
        let counts = classes.iter().map(|value| value["count"]["numerator"].as_u64().unwrap());
        assert_eq!(counts.sum::<u64>(), 9, "the classes add up to the book");
        classes
    };
    assert_eq!(covered("night.csv"), covered("night.parquet"));
}

#[test]
fn the_long_table_has_a_row_for_every_value_in_every_form() {
    let desk = desk();
    let answer = report(&desk, &["--out", "long.csv", "--out", "long.jsonl", "--out", "long.parquet", "--quiet"]);
    assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (0, "", ""));
    let csv = desk.read("long.csv");
    assert!(csv.starts_with("measure,from,to,month,count_numerator,count_denominator,count_ratio,currency,"), "{csv}");
    assert_eq!(csv.lines().count(), desk.read("long.jsonl").lines().count() + 1);
    let entry = "entry_rate_of_m0,M0,,2026-02,2,3,0.666667,EUR,4000.00,4000.00,1.000000,1 the balance is not known";
    assert!(csv.lines().any(|line| line.starts_with(entry)), "{csv}");
    assert!(desk.path("long.parquet").exists());
}

#[test]
fn what_does_not_go_together_is_refused_before_anything_is_read() {
    let desk = desk();
    for (more, said) in [
        (vec!["--buckets", "1,61,31"], "buckets must rise from day 1: 31 follows 61"),
        (vec!["--tolerance", "10.005"], "the tolerance `10.005` has more than 2 decimals"),
        (vec!["--from", "2026-03", "--to", "2026-01"], "the first month, 2026-03, is later than the last, 2026-01"),
        (vec!["--from", "March"], "`March` is not a month"),
        (vec!["--zone", "Mars"], "`Mars` is no time zone"),
        (vec!["--plans", "maybe"], "expected out or in"),
        (vec!["--cut-off", "25:00"], "expected an hour, as in 18:30"),
        (vec!["--out", "long.xlsx"], "expected a name that ends in .parquet, .csv or .jsonl"),
        (vec!["--out", "panel.csv"], "is a table that is read already"),
    ] {
        let answer = report(&desk, &more);
        assert_eq!(answer.code, 2, "{more:?}: {}", answer.err);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
    assert_eq!(desk.read("panel.csv"), PANEL);
    assert_eq!(desk.arrears(&["report", "--panel", "panel.csv"]).code, 2, "the currency must be given");
}

#[test]
fn columns_and_rows_that_cannot_be_measured_end_the_report() {
    let desk = desk();
    let answer = desk.arrears(&["report", "--panel", "panel.csv", "--currency", "EUR", "--json"]);
    assert_eq!(answer.code, 3);
    assert_eq!(answer.json()["error"]["columns"][0], "panel.csv: column `dpd` is absent: days past due on that day");
    desk.write("contacts.csv", &CONTACTS.replace("phone,third_party", "fone,third_parti"));
    let answer = report(&desk, &["--contacts", "contacts.csv", "--out", "long.csv", "--json"]);
    assert_eq!(answer.code, 3);
    assert!(answer.err.contains("row 3 (line 4), account B, column `channel`: `fone` is not known"), "{}", answer.err);
    assert_eq!(answer.json()["error"]["tables"][0]["errors"], 1);
    assert!(!desk.path("long.csv").exists());
    assert_eq!(report(&desk, &["--contacts", "none.csv"]).code, 5);
}

#[test]
fn a_mapping_file_names_the_columns_of_every_table() {
    let desk = desk();
    desk.write("contacts.csv", &CONTACTS.replace("account_id,on,", "account_id,called_on,"));
    desk.write("map.toml", "[columns]\ndpd = \"days_late\"\n[contacts]\non = \"called_on\"\n");
    let args =
        ["report", "--panel", "panel.csv", "--contacts", "contacts.csv", "--currency", "EUR", "--columns", "map.toml"];
    let answer = desk.arrears(&args);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
}
