//! Entry, rolls, flow-through and the matrix.

use crate::book::{
    ALL, PLAIN, Row, count, course, declared, euros, left_out, money, month, of_panel, panel, report_of, row, value,
};
use arrears_batch::measures::{Buckets, Declared, MeasureTable, Place, Plans, Report};

fn joined(courses: &[Vec<Row>]) -> Vec<Row> {
    courses.concat()
}

#[test]
fn a_pool_roll_can_pass_one_hundred_per_cent() {
    // One account was in M1. In February it is in M2, and so is one that came straight from M0.
    let rows = joined(&[course("A", 100, &[20, 48]), course("B", 300, &[0, 31])]);
    let report = of_panel(&rows, &PLAIN);
    let roll = value(&report, "pool_roll", Some("M1"), Some("M2"), month("2026-02"));
    assert_eq!((count(roll), roll.count.millionths), ((2, 1), Some(2_000_000)));
    assert_eq!((money(roll), roll.money.unwrap().millionths), (euros(400, 100), Some(4_000_000)));
    let tracked = cell(&report, Place::Bucket(1), Place::Bucket(2));
    assert_eq!(tracked, (1, Some(1_000_000)), "of those that were in M1 no more than all can roll");
}

/// Accounts and share of a cell of the matrix of all months.
fn cell(report: &Report, from: Place, to: Place) -> (u64, Option<i64>) {
    let matrix = report.matrices.last().unwrap();
    let row = matrix.rows.iter().find(|row| row.from == from).unwrap();
    row.cells.iter().find(|cell| cell.to == to).map_or((0, None), |cell| (cell.accounts, cell.millionths))
}

#[test]
fn the_last_bucket_is_a_stock_and_only_who_enters_it_counts() {
    let few = Declared { buckets: Buckets::new([1, 31]).unwrap(), ..declared() };
    let mut rows = joined(&[
        course("old", 900, &[200, 230]),
        course("new", 100, &[20, 48]),
        course("stays", 50, &[20, 20]),
        course("off", 70, &[25, 53]),
    ]);
    // A charge-off writes the balance down: it counts with what was owed before.
    for row in rows.iter_mut().filter(|row| row.account == "off" && row.as_of == "2026-02-28") {
        (row.charged_off, row.balance) = (Some(true), Some(0));
    }
    let report = report_of(few, &[(MeasureTable::Panel, panel(&rows, &PLAIN))]);
    let roll = value(&report, "pool_roll", Some("M1"), Some("M2 or charged_off"), month("2026-02"));
    assert_eq!((count(roll), money(roll)), ((2, 3), euros(170, 220)));
}

#[test]
fn the_entry_rate_names_its_denominator() {
    let due = |row: Row, due: i64, overdue: i64| Row { due: Some(due), overdue: Some(overdue), paid: Some(0), ..row };
    let rows = [
        due(row("late", 1, 0, 1_000), 0, 0),
        due(row("late", 2, 10, 1_000), 80, 60),
        due(row("paid", 1, 0, 3_000), 0, 0),
        due(row("paid", 2, 0, 2_900), 120, 0),
        due(row("nothing due", 1, 0, 500), 0, 0),
        due(row("nothing due", 2, 0, 500), 0, 0),
        due(row("was late", 1, 40, 700), 0, 90),
        due(row("was late", 2, 68, 700), 50, 140),
    ];
    let report = of_panel(&rows, &ALL);
    let of_m0 = value(&report, "entry_rate_of_m0", Some("M0"), None, month("2026-02"));
    assert_eq!((count(of_m0), money(of_m0)), ((1, 3), euros(1_000, 4_500)));
    let of_due = value(&report, "entry_rate_of_due", Some("M0"), None, month("2026-02"));
    assert_eq!((count(of_due), money(of_due)), ((1, 2), euros(60, 200)));
    assert_eq!(of_due.money.unwrap().millionths, Some(300_000));
}

#[test]
fn flow_through_multiplies_along_the_diagonal_and_not_down_a_column() {
    let few = Declared { buckets: Buckets::new([1, 31]).unwrap(), ..declared() };
    // January to February half of M0 rolls; February to March a quarter of what is then in M1.
    let mut courses: Vec<Vec<Row>> = Vec::new();
    for (name, dpds) in [
        ("A", [0, 15, 46]),
        ("B", [0, 15, 0]),
        ("C", [0, 15, 0]),
        ("D", [0, 15, 0]),
        ("E", [0, 0, 15]),
        ("F", [0, 0, 0]),
        ("G", [0, 0, 0]),
        ("H", [0, 0, 0]),
    ] {
        courses.push(course(name, 10, &dpds));
    }
    let report = report_of(few, &[(MeasureTable::Panel, panel(&joined(&courses), &PLAIN))]);
    let flow = value(&report, "flow_through", Some("M0"), Some("M2 or charged_off"), month("2026-03"));
    assert_eq!((flow.count.millionths, flow.money.unwrap().millionths), (Some(125_000), Some(125_000)));
    assert_eq!((flow.count.numerator, flow.count.denominator), (None, None), "a product has no numerator");
    let column = value(&report, "pool_roll", Some("M0"), Some("M1"), month("2026-03"));
    assert_eq!(count(column), (1, 4), "the column of March has another cohort");
    assert_eq!(report.measure("flow_through").unwrap().values.len(), 1, "February lacks the month before January");
}

#[test]
fn rows_of_the_matrix_sum_to_the_cohort_and_plans_and_re_ages_stand_apart() {
    let mut rows = joined(&[
        course("cured", 100, &[40, 0]),
        course("plan", 200, &[40, 0]),
        course("re-aged", 300, &[40, 0]),
        course("off", 400, &[40, 68]),
        course("rolled", 500, &[40, 68]),
        course("gone", 600, &[40]),
        course("untold", 700, &[40, 68]),
        course("late on a plan", 50, &[40, 68]),
    ]);
    rows.push(row("new", 2, 3, 80));
    for row in rows.iter_mut().filter(|row| row.as_of == "2026-02-28") {
        match row.account {
            "plan" | "late on a plan" => row.on_plan = Some(true),
            "re-aged" => row.re_aged = Some(true),
            "off" => row.charged_off = Some(true),
            "untold" => row.dpd = None,
            _ => {}
        }
    }
    let report = of_panel(&rows, &PLAIN);
    let matrix = &report.matrices[0];
    assert_eq!((matrix.month, matrix.new, matrix.rows.len()), (month("2026-02"), 1, 1));
    let m2 = &matrix.rows[0];
    assert_eq!((m2.from, m2.accounts, m2.money.unwrap().to_string()), (Place::Bucket(2), 7, "2150.00".to_owned()));
    let cells: Vec<(Place, u64, String)> =
        m2.cells.iter().map(|cell| (cell.to, cell.accounts, cell.money.unwrap().to_string())).collect();
    assert_eq!(
        cells,
        [
            (Place::Bucket(0), 1, "100.00".to_owned()),
            (Place::Bucket(3), 1, "500.00".to_owned()),
            (Place::Plan, 2, "250.00".to_owned()),
            (Place::ReAged, 1, "300.00".to_owned()),
            (Place::ChargedOff, 1, "400.00".to_owned()),
            (Place::Absent, 1, "600.00".to_owned()),
        ]
    );
    assert_eq!(m2.excluded.iter().map(|left_out| left_out.count).sum::<u64>(), 1);
    // Where plans are in, they stand in the bucket of their days, and are not cured all the same.
    let plans_in = Declared { plans: Plans::In, ..declared() };
    let report = report_of(plans_in, &[(MeasureTable::Panel, panel(&rows, &PLAIN))]);
    assert_eq!(cell(&report, Place::Bucket(2), Place::Bucket(0)).0, 3);
    let all = value(&report, "redefault_rate", None, None, None);
    assert_eq!(
        count(all).1 + left_out(all).iter().map(|(_, count)| count).sum::<u64>(),
        1,
        "one of the three is cured"
    );
}

#[test]
fn months_that_do_not_follow_each_other_are_no_roll() {
    let rows = [row("A", 1, 0, 10), row("A", 3, 20, 10)];
    let report = of_panel(&rows, &PLAIN);
    assert!(report.matrices.is_empty());
    assert!(report.not_measured.iter().any(|absent| absent.name == "pool_roll"));
}

#[test]
fn an_account_that_is_away_for_a_month_is_absent_once_and_new_once() {
    let rows = joined(&[vec![row("A", 1, 0, 10), row("A", 3, 0, 10)], course("B", 10, &[0, 0, 0])]);
    let report = of_panel(&rows, &PLAIN);
    assert_eq!(cell(&report, Place::Bucket(0), Place::Absent), (1, Some(333_333)));
    assert_eq!(report.matrices.last().unwrap().new, 1);
}
