//! Contacts, promises and coverage.

use crate::book::{PLAIN, count, course, declared, euros, left_out, money, month, panel, report_of, texts, value};
use arrears_batch::measures::{Covered, MeasureTable, Report};
use arrow_array::RecordBatch;

fn contacts(rows: &[[&str; 5]]) -> (MeasureTable, RecordBatch) {
    (MeasureTable::Contacts, texts(["account_id", "on", "channel", "outcome", "inbound"], rows))
}

fn decisions(rows: &[[&str; 8]]) -> (MeasureTable, RecordBatch) {
    let columns =
        ["account_id", "action", "type_possible", "vetoed_by", "missing", "next_review_on", "rides_with", "flags"];
    (MeasureTable::Decisions, texts(columns, rows))
}

#[test]
fn someone_else_who_answers_is_no_contact() {
    let report = report_of(
        declared(),
        &[contacts(&[
            ["A", "2026-02-02", "phone", "rpc_promise", ""],
            ["A", "2026-02-03", "phone", "no_answer", "false"],
            ["A", "2026-02-04", "phone", "third_party", ""],
            ["B", "2026-02-05", "phone", "answered_dropped", ""],
            ["B", "2026-03-05", "sms", "", ""],
            ["C", "2026-03-05", "phone", "rpc_callback", "true"],
        ])],
    );
    assert_eq!(count(value(&report, "contact_rate", None, None, None)), (2, 4));
    assert_eq!(count(value(&report, "rpc_rate", None, None, None)), (1, 4));
    assert_eq!(count(value(&report, "rpc_rate", Some("phone"), None, month("2026-02"))), (1, 4));
    assert_eq!(left_out(value(&report, "rpc_rate", Some("sms"), None, None)), [("the result is not known", 1)]);
    let accounts = value(&report, "rpc_rate_of_accounts", None, None, None);
    assert_eq!((count(accounts), accounts.money), ((1, 1), None), "what became of B is not known altogether");
    assert_eq!(count(value(&report, "intensity", None, None, None)), (5, 2));
    assert_eq!(count(value(&report, "intensity", None, None, month("2026-02"))), (4, 2));
    let inbound = report.head.excluded.iter().find(|left_out| left_out.reason.contains("no attempt")).unwrap();
    assert_eq!(inbound.rows, 1);
}

#[test]
fn contacts_per_cure_count_the_attempts_on_those_that_were_not_cured() {
    let rows = [course("cured", 100, &[0, 20, 0, 0]), course("not cured", 100, &[0, 20, 48, 76])].concat();
    let tables = [
        (MeasureTable::Panel, panel(&rows, &PLAIN)),
        contacts(&[
            // Twenty days late on 28 February: late since the 9th.
            ["cured", "2026-02-08", "phone", "no_answer", ""],
            ["cured", "2026-02-09", "phone", "no_answer", ""],
            ["cured", "2026-03-10", "phone", "rpc_promise", ""],
            ["cured", "2026-04-10", "sms", "", ""],
            ["not cured", "2026-03-01", "phone", "busy", ""],
            ["not cured", "2026-03-31", "phone", "busy", ""],
            ["not cured", "2026-04-01", "phone", "busy", ""],
        ]),
    ];
    let report = report_of(declared(), &tables);
    let value = value(&report, "contacts_per_cure", None, None, month("2026-02"));
    assert_eq!((count(value), value.count.millionths), ((4, 1), Some(4_000_000)));
}

#[test]
fn a_promise_kept_in_part_is_not_kept_and_stands_apart() {
    let columns = ["account_id", "due_on", "amount", "result", "left"];
    let promises = texts(
        columns,
        &[
            ["A", "2026-02-10", "100.00", "kept", ""],
            ["B", "2026-02-10", "200.00", "broken", "50.00"],
            ["C", "2026-02-10", "400.00", "broken", "400.00"],
            ["D", "2026-02-10", "800.00", "broken", ""],
            ["E", "2026-02-20", "10.00", "moved", ""],
            ["F", "2026-03-20", "10.00", "open", ""],
            ["G", "", "10.00", "open", ""],
        ],
    );
    let report = report_of(declared(), &[(MeasureTable::Promises, promises)]);
    let kept = value(&report, "kept_promises", None, None, month("2026-02"));
    assert_eq!((count(kept), money(kept)), ((1, 4), euros(100, 1_500)));
    assert_eq!(left_out(kept), [("moved to another day", 1)]);
    let part = value(&report, "part_kept_promises", None, None, month("2026-02"));
    assert_eq!((count(part), money(part)), ((1, 3), euros(150, 700)));
    assert_eq!(left_out(part), [("moved to another day", 1), ("what is left of a broken promise is not known", 1)]);
    let open = value(&report, "kept_promises", None, None, month("2026-03"));
    assert_eq!((count(open), open.count.millionths), ((0, 0), None));
    assert_eq!(report.head.excluded.iter().map(|left_out| left_out.rows).sum::<u64>(), 3);
}

fn night() -> Report {
    let rows = [
        course("called", 100, &[0, 20]),
        course("rests", 200, &[0, 20]),
        course("held", 400, &[0, 20]),
        course("refused", 800, &[0, 20]),
        course("facts", 1_600, &[0, 20]),
        course("unclear", 3_200, &[0, 20]),
        course("current", 6_400, &[0, 0]),
    ]
    .concat();
    report_of(
        declared(),
        &[
            (MeasureTable::Panel, panel(&rows, &PLAIN)),
            contacts(&[
                ["called", "2026-02-20", "phone", "busy", ""],
                ["held", "2026-02-20", "phone", "busy", ""],
                ["current", "2026-02-20", "phone", "busy", ""],
            ]),
            decisions(&[
                ["called", "phone", "", "", "", "2026-03-02", "", ""],
                ["rests", "wait", "a; b", "", "", "2026-03-02", "", ""],
                ["held", "held", "", "call: hold dispute", "", "2026-03-02", "", ""],
                ["refused", "wait", "", "call: no time left today", "", "2026-03-01", "", ""],
                [
                    "facts",
                    "wait",
                    "",
                    "",
                    "promise_open; hardship",
                    "2026-03-01",
                    "",
                    "stage_uncertain; waits_for_facts",
                ],
                ["unclear", "none", "a; b", "", "", "", "", ""],
                ["current", "none", "", "", "", "2026-03-09", "", ""],
                ["stranger", "none", "", "", "", "", "", "closed"],
                ["rider", "wait", "", "", "", "", "called", ""],
                ["looked at", "review", "", "", "", "", "", ""],
                ["undated", "wait", "", "", "", "", "", ""],
            ]),
        ],
    )
}

#[test]
fn coverage_adds_up_to_the_book_and_every_account_is_in_one_class() {
    let report = night();
    let values = &report.measure("coverage").unwrap().values;
    assert_eq!(values.len(), Covered::ALL.len());
    let classes: Vec<u64> = values.iter().map(|value| count(value).0).collect();
    assert_eq!(classes, [1; 11], "one of each");
    assert!(values.iter().all(|value| count(value).1 == 11));
    let owed: i128 = values.iter().map(|value| value.money.unwrap().numerator.unwrap().minor()).sum();
    assert_eq!(owed, 1_270_000);
    let held = value(&report, "coverage", None, Some("held"), None);
    assert_eq!(money(held), euros(400, 12_700));
    assert_eq!(left_out(held), [("not in the panel: counted by number only", 4)]);
    for fact in ["promise_open", "hardship"] {
        assert_eq!(count(value(&report, "missing_facts", None, Some(fact), None)), (1, 11));
    }
}

#[test]
fn penetration_is_of_the_accounts_that_may_be_worked() {
    let report = night();
    let penetration = value(&report, "penetration", None, None, None);
    assert_eq!((count(penetration), money(penetration)), ((1, 7), euros(100, 5_100)));
    let left_out = left_out(penetration);
    for reason in ["held", "vetoed only", "closed", "up to date at the last month end"] {
        assert!(left_out.contains(&(reason, 1)), "{reason}: {left_out:?}");
    }
}
