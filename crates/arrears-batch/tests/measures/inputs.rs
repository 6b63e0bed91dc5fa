//! What is absent, empty, doubled or wrong in the tables.

use crate::book::{
    ALL, PLAIN, Row, count, course, declared, left_out, month, of_panel, panel, report_of, row, texts, value,
};
use arrears_batch::Mapping;
use arrears_batch::measures::{Declared, MeasureError, MeasureSchemas, MeasureTable, Measures};

#[test]
fn an_empty_cell_is_left_out_and_counted_and_never_nothing() {
    let mut rows = course("A", 100, &[0, 20]);
    rows.extend(course("B", 100, &[0, 20]));
    rows[0].balance = None;
    rows[3].dpd = None;
    rows.push(Row { account: "", ..row("C", 1, 0, 5) });
    let report = of_panel(&rows, &PLAIN);
    let entry = value(&report, "entry_rate_of_m0", Some("M0"), None, month("2026-02"));
    assert_eq!((count(entry), entry.money.unwrap().millionths), ((1, 1), None), "A's balance is not known, B's place");
    assert_eq!(
        left_out(entry),
        [("the balance is not known: counted by number only", 1), ("where it stands is not known", 1),]
    );
    let reasons: Vec<(&str, u64)> =
        report.head.excluded.iter().map(|left_out| (left_out.reason, left_out.rows)).collect();
    assert_eq!(
        reasons,
        [("days past due are not known", 1), ("the account is not named", 1), ("the balance is not known", 1),]
    );
}

#[test]
fn an_account_that_stands_twice_in_a_month_counts_in_none_of_both_rows() {
    let mut rows = course("A", 100, &[0, 20]);
    rows.extend(course("B", 100, &[0, 20]));
    rows.push(Row { as_of: "2026-02-27", ..row("A", 2, 0, 100) });
    let report = of_panel(&rows, &PLAIN);
    let entry = value(&report, "entry_rate_of_m0", Some("M0"), None, month("2026-02"));
    assert_eq!(count(entry), (1, 1));
    assert_eq!(left_out(entry), [("where it stands is not known", 1)], "A was there, and is not absent");
    let twice = report.head.excluded.iter().find(|left_out| left_out.reason.contains("more than once")).unwrap();
    assert_eq!((twice.rows, report.head.within_month), (2, 1));
}

#[test]
fn a_row_of_no_month_is_an_error() {
    let rows = [row("A", 1, 0, 5), Row { as_of: "", ..row("C", 1, 0, 5) }];
    let table = panel(&rows, &PLAIN);
    let schemas = MeasureSchemas::default().with(MeasureTable::Panel, &table.schema(), "panel");
    let mut measures = Measures::new(declared(), &schemas, &Mapping::default()).unwrap();
    measures.add(MeasureTable::Panel, &table);
    let told = measures.finish().unwrap_err().to_string();
    assert!(
        told.contains("row 2, account C, column `as_of`: the cell is empty: every row of the panel is of a month end"),
        "{told}"
    );
}

#[test]
fn what_is_not_given_is_named_as_not_measured() {
    let report = of_panel(&course("A", 100, &[0, 20, 0]), &["account_id", "as_of", "dpd"]);
    let names: Vec<&str> = report.not_measured.iter().map(|absent| absent.name).collect();
    for name in ["entry_rate_of_due", "kept_promises", "rpc_rate", "intensity", "penetration", "coverage", "money"] {
        assert!(names.contains(&name), "{name}: {names:?}");
        assert!(report.measure(name).is_none());
    }
    let entry = value(&report, "entry_rate_of_m0", Some("M0"), None, None);
    assert_eq!((count(entry), entry.money, left_out(entry)), ((1, 1), None, Vec::new()));
    assert!(report.to_string().contains("needs a table of promises"));
}

#[test]
fn months_that_are_not_asked_for_are_not_read() {
    let asked = Declared { from: month("2026-02"), to: month("2026-03"), ..declared() };
    let rows = course("A", 100, &[0, 0, 20, 48]);
    let report = report_of(asked, &[(MeasureTable::Panel, panel(&rows, &PLAIN))]);
    assert_eq!((report.head.first_month, report.head.last_month), (month("2026-02"), month("2026-03")));
    assert_eq!((report.matrices.len(), report.head.tables[0].outside), (2, 2));
}

#[test]
fn all_that_is_wrong_with_columns_is_told_at_once() {
    let panel = texts(["account_id", "as_off", "dpd", "ballance"], &[["A", "2026-01-31", "0", "1"]]);
    let contacts = texts(["account_id", "on"], &[["A", "2026-01-31"]]);
    let schemas = MeasureSchemas::default().with(MeasureTable::Panel, &panel.schema(), "panel.csv").with(
        MeasureTable::Contacts,
        &contacts.schema(),
        "contacts.csv",
    );
    let mapping = Mapping::default().with("paid", "received").with("on_plann", "plan");
    let problems = Measures::new(declared(), &schemas, &mapping).unwrap_err().problems;
    assert_eq!(
        problems,
        [
            "the mapping names `on_plann`, which is no column of a panel (did you mean `on_plan`?)",
            "panel.csv: column `as_of` is absent: the month end at which the row was true (did you mean `as_off`?)",
            "panel.csv: `paid` is to be read from column `received`, which the table does not have",
            "panel.csv: column `ballance` is not read; `balance` may be meant (what was owed on that day): rename it, or \
         name it in the mapping",
            "contacts.csv: column `channel` is absent: the channel",
        ]
    );
}

#[test]
fn all_rows_that_cannot_be_read_are_told_at_once() {
    let panel = texts(
        ["account_id", "as_of", "dpd", "balance"],
        &[["A", "2026-01-31", "-3", "1"], ["B", "31.1.2026", "0", "1,5"], ["C", "2026-01-31", "0", "1"]],
    );
    let promises = texts(["account_id", "due_on", "amount", "result"], &[["A", "2026-01-31", "-5", "keptt"]]);
    let schemas = MeasureSchemas::default().with(MeasureTable::Panel, &panel.schema(), "panel.csv").with(
        MeasureTable::Promises,
        &promises.schema(),
        "promises.csv",
    );
    let mut measures = Measures::new(declared(), &schemas, &Mapping::default()).unwrap();
    measures.add(MeasureTable::Panel, &panel);
    measures.add(MeasureTable::Promises, &promises);
    let Err(MeasureError::Rows(bad)) = measures.finish() else { panic!("bad rows were measured") };
    let told: Vec<String> = bad.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "panel.csv: 2 rows of 3 cannot be measured, and nothing was written:\n  row 1, account A, column `dpd`: `-3` is \
         below zero: days past due count from zero\n  row 2, account B, column `as_of`: `31.1.2026` is not a date: write \
         year, month and day, as in 2026-11-30; column `balance`: `1,5` is not an amount: write digits and a point, as \
         in 1234.50",
            "promises.csv: 1 row of 1 cannot be measured, and nothing was written:\n  row 1, account A, column `amount`: \
         `-5` is below zero; column `result`: `keptt` is not known: expected one of open, kept, broken, moved (did you \
         mean `kept`?)",
        ]
    );
}

#[test]
fn an_account_that_was_decided_twice_is_an_error() {
    let columns =
        ["account_id", "action", "type_possible", "vetoed_by", "missing", "next_review_on", "rides_with", "flags"];
    let decisions = texts(columns, &[["A", "wait", "", "", "", "", "", ""], ["A", "sms", "", "", "", "", "", ""]]);
    let schemas = MeasureSchemas::default().with(MeasureTable::Decisions, &decisions.schema(), "night");
    let mut measures = Measures::new(declared(), &schemas, &Mapping::default()).unwrap();
    measures.add(MeasureTable::Decisions, &decisions);
    assert!(measures.finish().unwrap_err().to_string().contains("was decided in an earlier row already"));
}

#[test]
fn the_head_declares_every_convention() {
    let report = of_panel(&course("A", 100, &[0]), &ALL);
    let text = report.to_string();
    for name in [
        "months",
        "accounts",
        "buckets",
        "tolerance",
        "late",
        "cured",
        "re-default",
        "plans and re-ages",
        "amounts",
        "cut-off",
        "same-day reversals",
    ] {
        assert!(text.lines().any(|line| line.trim_start().starts_with(name)), "{name}\n{text}");
    }
}
