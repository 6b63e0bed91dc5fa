//! What a case about a regime says that cannot be is refused by name and place, and never passes.

use crate::support::{one_of, printed};
use serde_json::{Value, json};

/// What is printed of a case that gives and expects something.
fn refused(kind: &str, jurisdiction: &str, given: Value, expect: Value) -> String {
    let printed = printed(&one_of(kind, jurisdiction, given, expect));
    assert!(printed.ends_with("\n0 passed, 1 failed\n"), "{printed}");
    let line = printed.lines().find(|line| line.starts_with("t-1")).unwrap();
    line.split_once("  got: ").unwrap().1.to_owned()
}

#[test]
fn what_cannot_be_is_refused_by_its_place() {
    let status = json!({ "status": "pass" });
    let of = |given| refused("status_classification", "US", given, status.clone());
    let cases = [
        (
            json!({ "scheme": "US-FFIEC", "product": "open_end", "days_past_due": -1 }),
            "cases[0].given: days_past_due: found -1: expected zero or more days",
        ),
        (
            json!({ "scheme": "US-FFIEC", "days_past_due": 1 }),
            "cases[0].given: product: missing: expected one of closed_end, open_end",
        ),
        (
            json!({ "scheme": "US-FFIEC", "product": "open_ended", "days_past_due": 1 }),
            "cases[0].given: product: `open_ended` is no product (did you mean `open_end`?): expected one of closed_end, open_end",
        ),
        (
            json!({ "scheme": "US-FFIEX", "days_past_due": 1 }),
            "cases[0].given.scheme: no regime is called `US-FFIEX`: did you mean `US-FFIEC`?",
        ),
        (
            json!({ "scheme": "CN-CARD-2011", "days_past_due": 1 }),
            "jurisdiction: the scheme `CN-CARD-2011` is one of `CN`, not of `US`",
        ),
        (
            json!({ "scheme": "US-REGZ-53", "days_past_due": 1 }),
            "cases[0].given.scheme: `US-REGZ-53` is a rate_order, which classes nothing",
        ),
        (
            json!({ "scheme": "US-FFIEC", "product": "open_end" }),
            "cases[0].given: expected either `days_past_due`, or `due_on` with `as_of`",
        ),
        (
            json!({ "scheme": "US-FFIEC", "product": "open_end", "days_past_due": 1, "due_on": "2026-01-01" }),
            "cases[0].given: expected either `days_past_due`, or `due_on` with `as_of`",
        ),
        (
            json!({ "scheme": "US-FFIEC", "product": "open_end", "days_past_due": 1.5 }),
            "cases[0].given.days_past_due: invalid type: floating point `1.5`, expected i64",
        ),
        (json!({ "scheme": "US-FFIEC", "extra": 1 }), "cases[0].given.extra: unknown field `extra`, expected one of "),
    ];
    for (given, why) in cases {
        let got = of(given);
        assert!(got.starts_with(why), "{got}\n{why}");
    }
}

#[test]
fn an_unknown_key_is_refused_in_every_kind() {
    let cases = [
        (
            "payment_allocation",
            "CN",
            json!({ "scheme": "CN-CIV-561", "costs": "0", "interest": "0", "principal": "1", "payment": "1", "extra": 1 }),
        ),
        ("payment_allocation", "US", json!({ "scheme": "US-REGF-30c", "debts": [], "payment": "1", "extra": 1 })),
        ("payment_allocation", "US", json!({ "scheme": "US-REGZ-53", "balances": [], "excess": "1", "extra": 1 })),
        (
            "status_classification",
            "EU",
            json!({ "scheme": "EU-CRR178", "retail": true, "past_due_amount": "1", "exposure": "1", "consecutive_days_above": 1, "extra": 1 }),
        ),
        (
            "status_classification",
            "EU",
            json!({ "scheme": "EU-EBA-PROBATION", "trigger_ceased_on": "2026-01-01", "extra": 1 }),
        ),
        ("reage_permission", "US", json!({ "account_age_months": 1, "extra": 1 })),
        ("plan_permission", "CN", json!({ "term_months": 1, "extra": 1 })),
        ("legal_elements", "CN", json!({ "principal": "1", "extra": 1 })),
    ];
    for (kind, jurisdiction, given) in cases {
        let got = refused(kind, jurisdiction, given, json!({}));
        assert!(got.starts_with("cases[0].given.extra: unknown field `extra`"), "{got}");
    }
    for kind in ["payment_allocation", "status_classification", "reage_permission", "plan_permission", "legal_elements"]
    {
        let got = refused(kind, "XX", json!({}), json!({ "extra": 1 }));
        assert!(got.starts_with("cases[0].given"), "{got}");
    }
}

#[test]
fn a_case_that_expects_nothing_does_not_pass() {
    let given = json!({ "term_months": 60, "exceeds_capacity": true, "willing": true });
    let nothing = "cases[0].expect: nothing is expected, so nothing can be compared";
    assert_eq!(refused("plan_permission", "CN", given.clone(), json!({})), nothing);
    let got = refused("plan_permission", "US", given, json!({ "allowed": true }));
    assert_eq!(got, "jurisdiction: no regime with a mechanism `plan_limit` binds in `US`");
}

#[test]
fn amounts_that_cannot_be_divided_are_refused_all_at_once() {
    let given = json!({
        "scheme": "US-REGZ-53", "excess": "-1", "due_day": 0, "request": { "z": "1" }, "honour_request": true,
        "balances": [
            { "id": "a", "amount": "10", "apr": "12", "disputed": "11" },
            { "id": "a", "amount": "-5", "apr": "-1", "deferred_until": "2026-10-31" }
        ]
    });
    let got = refused("payment_allocation", "US", given, json!({ "unallocated": "0" }));
    for part in [
        "excess: found -1.00 XXX: expected zero or more",
        "balances[0].disputed: found 11.00 XXX: expected at most the balance, 10.00 XXX",
        "balances[1].id: `a` stands twice: expected a name of its own for each",
        "balances[1].amount: found -5.00 XXX: expected zero or more",
        "balances[1].apr: found -1: expected zero or more percent",
        "credited_on: missing: a balance has a deferred-interest program",
        "due_day: found 0: expected a day of the month, 1 to 31",
        "request.z: no balance is called `z`",
    ] {
        assert!(got.contains(part), "{part}\n{got}");
    }
}
