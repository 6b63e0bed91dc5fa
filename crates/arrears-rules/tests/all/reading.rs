//! Well-formed policies become drafts.

use arrears::draft::Keyword;
use arrears_rules::read_source;

const EXAMPLE: &str = include_str!("../policies/design.rhai");

#[test]
fn the_example_policy_reads_without_problems() {
    let reading = read_source("card.rhai", EXAMPLE);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    assert!(reading.draft.broken.is_empty());
    let statements = &reading.draft.statements;
    let written = EXAMPLE.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    assert_eq!(statements.len(), written.count());
    assert_eq!(statements[0].keyword, Keyword::Policy);
}

#[test]
fn every_statement_of_the_handbook_reads() {
    let text = r#"
        policy "card" #{ version: "1", currency: "GBP" };
        applies when product == "card";
        threshold floor = 25.00 #{ from: 5.00, to: 100.00, why: "cost" };
        fact vip = 0 #{ kind: "count" };
        values segment = ["mass", "affluent"];
        assume contacts = "none" #{ why: "no history" };
        assume times("refused", 60) = 0 #{ why: "no history" };
        define habitual = late_count_12m >= 3;
        sign "kept a promise" when times("promise_kept", 180) >= 1 #{ willingness: 2 };
        debtor "known" when dpd > 3 #{ review: true };
        debtor "other" otherwise #{ shows: #{ en: "other" } };
        hold "dispute" when dispute #{ stops: ["contact"] };
        stage "late" when dpd > 30 #{ dwell: 14 };
        stage "later" when dpd > 60;
        escalate #{ mode: "sequential" };
        ease to "late" when dpd in 1..=30 #{ why: "better" };
        cure when dpd == 0 #{ to: "current", then: [] };
        duty "notice" when dpd >= 1 do letter(#{ text: "notice", within: 14 });
        act "block" when dpd > 60 do block(#{ what: "card" }) #{ why: "risk" };
        treatment "text" in ["late"] do sms();
        treatment "call" in ["late"] when dpd > 3 unless promise_open do phone(#{ every: 3 }) #{ why: "practice" };
        table "grid.csv" in ["late"] when dpd > 3 unless promise_open #{ rows: "first", why: "practice" };
        outcome "wrong_number" do retire_point(#{ as: "wrong", lasts: 90 }) #{ why: "so" };
        hours "shift_worker" #{ from: "10:00", to: "12:00" };
        priority overdue * 0.05;
        test "rest" given quiet + #{ dpd: 3, stage: "late" } after 1 expect #{ action: "wait" };
        test "now" given #{ dpd: 3 } expect #{ action: "sms" };
        never "no calls" when dispute && action == "phone";
        always "a reason" when action == "phone" then known(dpd);
        pack "law" #{ version: "1", jurisdiction: "US", title: "an example" };
        contact "call" when channel == "phone" #{ same: ["person", "debt"] };
        consents "contact_time" #{ given_to: ["collector"], days: 7 };
        event "notice_sent" #{ why: "an example" };
        guardrail "night" when channel == "phone" unless convenient_time do keep_hours(#{ every_day: "08:00-21:00" }) #{ cites: "1" };
        exception "consent" when consented("contact_time") #{ lifts: ["night"], cites: "2" };
        flag "often" when times("call", 1) >= 5;
        deadline "notice" #{ after: "notice_sent", days: 30, cites: "3" };
        message "short" #{ needs: ["name"], cites: "4" };
        procedure "text" when days_since("notice_sent") <= 60 #{ cites: "5" };
        reading "who counts" #{ of: ["call"], cites: "6" };
    "#;
    let reading = read_source("card.rhai", text);
    // A policy given as text has no folder, and so no table.
    let codes: Vec<_> = reading.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["P031"], "{:?}", reading.problems);
    let found: std::collections::BTreeSet<_> = reading.draft.statements.iter().map(|it| it.keyword).collect();
    assert_eq!(found, Keyword::ALL.into_iter().collect());
    let subject = reading.draft.statements.iter().find_map(|it| it.subject.as_ref());
    assert!(subject.is_some());
}

#[test]
fn clauses_may_stand_in_another_order() {
    let text = "treatment \"call\" in [\"late\"] unless hostile when dpd > 3 #{ why: \"x\" } do phone();\nstage \"late\" #{ dwell: 3 } when dpd > 3;\n";
    let reading = read_source("card.rhai", text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let call = &reading.draft.statements[0];
    assert!(call.when.is_some() && call.unless.is_some() && call.act.is_some());
    assert!(call.option("why").is_some());
}
