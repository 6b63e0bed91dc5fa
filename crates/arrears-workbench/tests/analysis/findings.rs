//! Each kind of finding on a policy that has it, and on one that has not.

use crate::policy;
use arrears_workbench::analysis::{Analysis, Kind, Options, analyse};

fn analysed(body: &str) -> Analysis {
    analyse(&policy(body), &Options::default()).unwrap()
}

fn has(analysis: &Analysis, kind: Kind, statement: &str, name: &str) -> bool {
    analysis.findings.iter().any(|it| it.kind == kind && it.at.statement == statement && it.at.name == name)
}

#[test]
fn every_kind_is_found_where_it_is_and_not_where_it_is_mended() {
    let cases = [
        (
            Kind::NeverFires,
            "debtor",
            "never",
            r#"debtor "never" when dpd > 60 && bucket <= 2; stage "a" when dpd >= 1; cure when dpd == 0;"#,
            r#"debtor "never" when dpd > 60 && bucket <= 3; stage "a" when dpd >= 1; cure when dpd == 0;"#,
        ),
        (
            Kind::NeverFires,
            "hold",
            "h",
            r#"hold "h" when dispute && !(dispute || fraud) #{ stops: ["contact"] }; stage "a" when dpd >= 1; cure when dpd == 0;"#,
            r#"hold "h" when dispute && !fraud #{ stops: ["contact"] }; stage "a" when dpd >= 1; cure when dpd == 0;"#,
        ),
        (
            Kind::NeverFires,
            "act",
            "block it",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; act "block it" when overdue > 5.00 && overdue < 5.01 do block(#{});"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; act "block it" when overdue > 5.00 && overdue < 5.02 do block(#{});"#,
        ),
        (
            Kind::NeverFires,
            "treatment",
            "call",
            r#"stage "a" when dpd >= 30; escalate #{ mode: "free" }; treatment "call" in ["a"] when dpd < 30 do phone(#{}); "#,
            r#"stage "a" when dpd >= 30; escalate #{ mode: "free" }; treatment "call" in ["a"] when dpd < 31 do phone(#{}); "#,
        ),
        (
            Kind::Shadowed,
            "debtor",
            "hidden",
            r#"debtor "x" when hostile; debtor "y" when !hostile && dpd >= 9; debtor "hidden" when dpd >= 10 && known(hostile); stage "a" when dpd >= 1; cure when dpd == 0;"#,
            r#"debtor "x" when hostile; debtor "y" when !hostile && dpd >= 11; debtor "hidden" when dpd >= 10 && known(hostile); stage "a" when dpd >= 1; cure when dpd == 0;"#,
        ),
        (
            Kind::Overlap,
            "debtor",
            "x",
            r#"debtor "x" when hostile; debtor "y" when promises_broken >= 2; stage "a" when dpd >= 1; cure when dpd == 0;"#,
            r#"debtor "x" when hostile; debtor "y" when promises_broken >= 2 && !hostile; stage "a" when dpd >= 1; cure when dpd == 0;"#,
        ),
        (
            Kind::LatenessAlone,
            "debtor",
            "late",
            r#"debtor "late" when dpd > 60; stage "a" when dpd >= 1; cure when dpd == 0;"#,
            r#"debtor "late" when dpd > 60 && promises_broken >= 1; stage "a" when dpd >= 1; cure when dpd == 0;"#,
        ),
        (
            Kind::Gap,
            "stage",
            "a",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "call" in ["a"] when overdue > 10.00 do phone(#{});
               treatment "text" in ["a"] when overdue < 10.00 do sms(#{});"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "call" in ["a"] when overdue > 10.00 do phone(#{});
               treatment "text" in ["a"] when overdue <= 10.00 do sms(#{});"#,
        ),
        (
            Kind::UnreachableStage,
            "stage",
            "c",
            r#"stage "a" when dpd >= 1; stage "b" when dpd >= 9 && dpd <= 8; stage "c" when dpd >= 30 #{ after: "b" }; cure when dpd == 0;"#,
            r#"stage "a" when dpd >= 1; stage "b" when dpd >= 9; stage "c" when dpd >= 30 #{ after: "b" }; cure when dpd == 0;"#,
        ),
        (
            Kind::Shadowed,
            "treatment",
            "second",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "first" in ["a"] do letter(#{}); treatment "second" in ["a"] do letter(#{ text: "x" });"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "first" in ["a"] do letter(#{ every: 3 }); treatment "second" in ["a"] do letter(#{ text: "x" });"#,
        ),
        (
            Kind::UnreachableTreatment,
            "treatment",
            "call",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "note" in ["a"] do review(#{ what: "the file", every: 3 }); treatment "call" in ["a"] do phone(#{});"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "note" in ["a"] do review(#{ what: "the file", every: 3, at_most: 2 }); treatment "call" in ["a"] do phone(#{});"#,
        ),
        (
            Kind::NestedStage,
            "stage",
            "b",
            r#"stage "a" when dpd >= 1; stage "b" when dpd >= 30 && secured; stage "c" when dpd >= 30 #{ after: "a" }; cure when dpd == 0;"#,
            r#"stage "a" when dpd >= 1; stage "b" when dpd >= 30 && secured; stage "c" when dpd >= 30 #{ dwell: 5 }; cure when dpd == 0;"#,
        ),
        (
            Kind::NoExit,
            "stage",
            "a",
            r#"stage "a" when dpd >= 1; escalate #{ mode: "skip" }; cure when dpd == 0 && !guarantor; treatment "text" in ["a"] do sms(#{});"#,
            r#"stage "a" when dpd >= 1; escalate #{ mode: "skip" }; cure when dpd == 0 && !guarantor; treatment "text" in ["a"] when dpd >= 1 do sms(#{});"#,
        ),
        (
            Kind::Gap,
            "stage",
            "a",
            r#"stage "a" when dpd in 1..30; stage "b" when dpd > 30; escalate #{ mode: "free" };"#,
            r#"stage "a" when dpd in 1..=30; stage "b" when dpd > 30; escalate #{ mode: "free" };"#,
        ),
        (
            Kind::Gap,
            "stage",
            "a",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "desk" in ["a"] when hostile do phone(#{ numbers: ["work"] });
               treatment "call" in ["a"] when !hostile do phone(#{ numbers: ["mobile", "work"] });"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "desk" in ["a"] when hostile do phone(#{ numbers: ["work"] });
               treatment "call" in ["a"] when !hostile do phone(#{ numbers: ["work"] });"#,
        ),
        (
            Kind::Overlap,
            "treatment",
            "new",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "new" in ["a"] when tenure_months < 6 do phone(#{}); treatment "large" in ["a"] when overdue > 9.00 do phone(#{});"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "new" in ["a"] when tenure_months < 6 do phone(#{}); treatment "large" in ["a"] when overdue > 9.00 && tenure_months < 3 do phone(#{});"#,
        ),
        (
            Kind::LatenessAlone,
            "debtor",
            "often",
            r#"debtor "often" when late_count_12m >= 3 || customer_max_dpd > 60; stage "a" when dpd >= 1; cure when dpd == 0;"#,
            r#"debtor "often" when late_count_12m <= 3; stage "a" when dpd >= 1; cure when dpd == 0;"#,
        ),
        (
            Kind::NeverFires,
            "debtor",
            "unwilling",
            r#"sign "kept" when times("promise_kept", 90) >= 1 #{ willingness: 2 }; sign "talked" when times("rpc", 90) >= 1 #{ willingness: 1 };
               debtor "unwilling" when willingness == "low"; stage "a" when dpd >= 1; cure when dpd == 0;"#,
            r#"sign "kept" when times("promise_kept", 90) >= 1 #{ willingness: 2 }; sign "broke" when promises_broken >= 1 #{ willingness: -2 };
               sign "refused" when times("refused", 90) >= 1 #{ willingness: -2 }; debtor "unwilling" when willingness == "low"; stage "a" when dpd >= 1; cure when dpd == 0;"#,
        ),
        (
            Kind::NeverPermitted,
            "treatment",
            "call",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; guardrail "not at work" when number_kind == "work" do refuse(#{}); treatment "call" in ["a"] do phone(#{ numbers: ["work"] });"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; guardrail "not at work" when number_kind == "work" do refuse(#{}); treatment "call" in ["a"] do phone(#{ numbers: ["work", "home"] });"#,
        ),
        (
            Kind::NestedStage,
            "stage",
            "a",
            r#"stage "a" when dpd >= 30; stage "b" when dpd >= 10; escalate #{ mode: "free" };"#,
            r#"stage "a" when dpd >= 10; stage "b" when dpd >= 30; escalate #{ mode: "free" };"#,
        ),
        (Kind::NoExit, "stage", "a", r#"stage "a" when dpd >= 1;"#, r#"stage "a" when dpd >= 1; cure when dpd == 0;"#),
        (
            Kind::NeverFires,
            "cure",
            "current",
            r#"stage "a" when dpd >= 1; cure when dpd == 0 && overdue < 0.00 && overdue > 0.00;"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0 && overdue <= 0.00;"#,
        ),
        (
            Kind::CureImpossible,
            "ease",
            "a",
            r#"stage "a" when dpd >= 1; stage "b" when dpd >= 30; escalate #{ latches: ["b"] }; ease to "a" when dpd < 30; cure when dpd == 0;"#,
            r#"stage "a" when dpd >= 1; stage "b" when dpd >= 30; ease to "a" when dpd < 30; cure when dpd == 0;"#,
        ),
        (
            Kind::EmptyThreshold,
            "threshold",
            "patience",
            r#"threshold patience = 10 #{ from: 1, to: 40, why: "w" }; stage "a" when dpd >= patience && dpd < 31; cure when dpd == 0;"#,
            r#"threshold patience = 10 #{ from: 1, to: 30, why: "w" }; stage "a" when dpd >= patience && dpd < 31; cure when dpd == 0;"#,
        ),
        (
            Kind::NeverBroken,
            "never",
            "n",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "call" in ["a"] do phone(#{}); never "n" when dispute && action == "phone";"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "call" in ["a"] unless dispute do phone(#{}); never "n" when dispute && action == "phone";"#,
        ),
        (
            Kind::AlwaysBroken,
            "always",
            "n",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "call" in ["a"] do phone(#{}); always "n" when action == "phone" then dpd >= 3;"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; treatment "call" in ["a"] when dpd >= 3 do phone(#{}); always "n" when action == "phone" then dpd >= 3;"#,
        ),
        (
            Kind::NeverPermitted,
            "treatment",
            "call",
            r#"stage "a" when dpd >= 1; cure when dpd == 0; guardrail "no calls" when channel == "phone" do refuse(#{}); treatment "call" in ["a"] do phone(#{});"#,
            r#"stage "a" when dpd >= 1; cure when dpd == 0; guardrail "no calls" when channel == "visit" do refuse(#{}); treatment "call" in ["a"] do phone(#{});"#,
        ),
    ];
    let mut wrong = Vec::new();
    for (kind, statement, name, with, without) in cases {
        let (faulty, mended) = (analysed(with), analysed(without));
        if !has(&faulty, kind, statement, name) {
            wrong.push(format!("{kind:?} of {statement} {name} is not found: {:#?} {:?}", said(&faulty), faulty.open));
        }
        if has(&mended, kind, statement, name) {
            wrong.push(format!("{kind:?} of {statement} {name} is found where it is not: {:#?}", said(&mended)));
        }
        if !mended.open.is_empty() {
            wrong.push(format!("open: {:?}", mended.open));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn said(analysis: &Analysis) -> Vec<String> {
    analysis.findings.iter().map(|it| format!("{:?}: {}", it.kind, it.says)).collect()
}
