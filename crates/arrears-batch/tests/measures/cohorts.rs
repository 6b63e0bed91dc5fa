//! Cure, re-default, recovery: cohorts followed from month end to month end.

use crate::book::{
    ALL, PLAIN, Row, count, course, declared, euros, left_out, money, month, of_panel, panel, report_of, row, value,
};
use arrears_batch::measures::{Declared, MeasureTable, Report};

fn report(declared: Declared, rows: &[Row], columns: &[&str]) -> Report {
    report_of(declared, &[(MeasureTable::Panel, panel(rows, columns))])
}

#[test]
fn a_cure_counts_within_the_horizon_and_a_plan_is_none() {
    let mut rows = [
        course("at once", 100, &[0, 20, 0, 0]),
        course("too late", 200, &[0, 20, 48, 0]),
        course("by plan", 400, &[0, 20, 0, 0]),
        course("never late", 800, &[0, 0, 0, 0]),
        course("always late", 1_600, &[20, 48, 70, 100]),
        course("gone", 3_200, &[0, 20]),
    ]
    .concat();
    for row in rows.iter_mut().filter(|row| row.account == "by plan" && row.dpd == Some(0) && row.as_of > "2026-02-28")
    {
        row.on_plan = Some(true);
    }
    let report = of_panel(&rows, &PLAIN);
    let cured = value(&report, "cure_rate", None, None, month("2026-02"));
    assert_eq!((count(cured), money(cured)), ((1, 3), euros(100, 700)));
    assert_eq!(left_out(cured), [("no row at a month end of the horizon", 1)]);
    let january = value(&report, "cure_rate", None, None, month("2026-01"));
    assert_eq!(
        (count(january), left_out(january)),
        ((0, 0), vec![("late when first seen: since when is not known", 1)])
    );
}

#[test]
fn a_cohort_whose_horizon_is_not_over_is_left_out_even_where_it_is_cured() {
    // Late at the end of February; sixty days later is the 29th of April, before its month end.
    let declared = Declared { cured_within: 62, ..declared() };
    let rows = [course("early", 100, &[0, 20, 0]), course("open", 100, &[0, 20, 48])].concat();
    let report = report(declared, &rows, &PLAIN);
    let cured = value(&report, "cure_rate", None, None, month("2026-02"));
    assert_eq!((count(cured), cured.count.millionths), ((0, 0), None));
    assert_eq!(left_out(cured), [("the horizon is not over when the panel ends", 2)]);
}

#[test]
fn thirty_days_behind_a_month_end_may_hold_no_month_end() {
    // From the end of February to the end of March are 31 days.
    let rows = [course("A", 100, &[0, 20, 0, 0]), course("B", 100, &[0, 0, 20, 0])].concat();
    let thirty = report(Declared { cured_within: 30, ..declared() }, &rows, &PLAIN);
    let february = value(&thirty, "cure_rate", None, None, month("2026-02"));
    assert_eq!(left_out(february), [("no month end lies within the horizon", 1)]);
    let march = value(&thirty, "cure_rate", None, None, month("2026-03"));
    assert_eq!(count(march), (1, 1), "April has thirty days");
    let usual = of_panel(&rows, &PLAIN);
    assert_eq!(count(value(&usual, "cure_rate", None, None, None)), (2, 2));
}

#[test]
fn lateness_goes_by_what_is_overdue_beyond_the_tolerance_where_the_panel_tells_it() {
    let owing = |account, month, overdue| Row { overdue, paid: Some(0), due: Some(0), ..row(account, month, 5, 1_000) };
    let rows = [
        owing("small", 1, Some(0)),
        owing("small", 2, Some(10)),
        owing("small", 3, Some(10)),
        owing("cured to ten", 1, Some(0)),
        owing("cured to ten", 2, Some(90)),
        owing("cured to ten", 3, Some(10)),
        owing("untold", 1, Some(0)),
        owing("untold", 2, Some(90)),
        owing("untold", 3, None),
    ];
    let ten = Declared { tolerance: 1_000, ..declared() };
    let report = report(ten, &rows, &ALL);
    let cured = value(&report, "cure_rate", None, None, month("2026-02"));
    assert_eq!((count(cured), money(cured)), ((1, 1), euros(90, 90)));
    assert_eq!(left_out(cured), [("whether it is late is not known at a month end of the horizon", 1)]);
    assert!(report.head.late.starts_with("overdue above the tolerance"));
}

#[test]
fn late_again_within_the_days_after_a_cure_is_a_re_default() {
    let rows = [
        course("again", 100, &[20, 0, 0, 20, 0, 0]),
        course("lasting", 300, &[20, 0, 0, 0, 0, 0]),
        course("after the days", 500, &[20, 0, 0, 0, 0, 20]),
        course("cured last", 700, &[20, 20, 20, 20, 20, 0]),
    ]
    .concat();
    let report = of_panel(&rows, &PLAIN);
    let february = value(&report, "redefault_rate", None, None, month("2026-02"));
    assert_eq!((count(february), money(february)), ((1, 3), euros(100, 900)));
    let june = value(&report, "redefault_rate", None, None, month("2026-06"));
    assert_eq!(left_out(june), [("the horizon is not over when the panel ends", 1)]);
}

#[test]
fn recovery_is_what_was_paid_until_the_bucket_was_left_and_at_most_what_entered() {
    let paying = |account, month, dpd, overdue, paid| Row {
        overdue: Some(overdue),
        paid: Some(paid),
        due: Some(0),
        ..row(account, month, dpd, 5_000)
    };
    let rows = [
        // Pays more than entered: the rest is no recovery of it.
        paying("all", 1, 0, 0, 7),
        paying("all", 2, 20, 100, 7),
        paying("all", 3, 0, 0, 150),
        // Pays in part, twice, and rolls on.
        paying("part", 1, 0, 0, 7),
        paying("part", 2, 1, 200, 7),
        paying("part", 3, 30, 180, 20),
        paying("part", 4, 58, 170, 30),
        // Is still there when the panel ends.
        paying("open", 1, 0, 0, 7),
        paying("open", 2, 0, 0, 7),
        paying("open", 3, 0, 0, 7),
        paying("open", 4, 25, 80, 0),
        // Was there when it was first seen.
        paying("old", 1, 25, 80, 0),
        paying("old", 2, 0, 0, 80),
        // What was paid is not known.
        paying("untold", 1, 0, 0, 7),
        paying("untold", 2, 20, 60, 7),
        Row { paid: None, ..paying("untold", 3, 0, 0, 0) },
    ];
    let report = of_panel(&rows, &ALL);
    let recovered = value(&report, "bucket_recovery", Some("M1"), None, None);
    assert_eq!((count(recovered), money(recovered)), ((2, 3), euros(150, 300)));
    assert_eq!(
        left_out(recovered),
        [
            ("in the bucket when first seen: when it entered is not known", 1),
            ("in the bucket when the panel ends", 1),
            ("what was paid is not known: counted by number only", 1),
        ]
    );
}
