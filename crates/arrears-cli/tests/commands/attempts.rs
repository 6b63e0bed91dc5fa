//! `arrears attempts`: when the numbers of a person may be called.

use crate::support::{Answer, Desk, golden};

/// A pack of a jurisdiction in which no shipped pack binds: two calls in seven days, by day.
const LAW: &str = include_str!("data/law.rhai");
const CASE: &str = include_str!("data/case.json");
const PLAN: &str = r#"{
    "numbers": [
        { "number": "+1 212 555 0101", "kind": "mobile" },
        { "number": "+1 212 555 0102", "kind": "work" },
        { "number": "+1 212 555 0103", "kind": "home" }
    ],
    "a_day": 2, "days": 5, "apart": 120,
    "slots": [{ "from": "09:30", "to": "11:00" }, { "from": "17:00", "to": "24:00" }],
    "drop_after": { "busy": 2 }
}"#;

/// A call from Monday noon on, of which everything is told.
const MONDAY: [&str; 11] = [
    "--jurisdiction",
    "XX",
    "--zone",
    "America/New_York",
    "--channel",
    "phone",
    "--recipient",
    "debtor",
    "--nothing-on-file",
    "--at",
    "2026-08-31T12:00",
];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("law.rhai", LAW);
    desk.write("case.json", CASE);
    desk.write("plan.json", PLAN);
    desk
}

fn attempts(desk: &Desk, more: &[&str]) -> Answer {
    desk.answer(desk.command(&["attempts", "plan.json", "--pack", "law.rhai"]).args(more))
}

/// The case with two calls that were busy and nothing that stands against a third.
fn busy() -> String {
    let call = |at: &str| {
        format!(
            r#"{{ "at": "{at}", "channel": "phone", "recipient": "debtor", "outcome": "busy", "number": "+1 212 555 0102" }}"#
        )
    };
    CASE.replace(
        "\"contacts\": [",
        &format!("\"contacts\": [{}, {},", call("2026-06-01T10:00:00-04:00"), call("2026-06-02T10:00:00-04:00")),
    )
    .replace("2026-07-02T20:30", "2026-08-31T12:00")
    .replace("\"dispute\": true", "\"dispute\": false")
}

#[test]
fn attempts_are_planned_until_the_law_permits_no_more() {
    let answer = attempts(&desk(), &MONDAY);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("attempts_allow.txt", &answer.out);
}

#[test]
fn a_number_at_which_nothing_is_attempted_has_its_reason() {
    let desk = desk();
    desk.write("case.json", &busy());
    let answer = attempts(&desk, &["--case", "case.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("attempts_left_out.txt", &answer.out);
    let json = attempts(&desk, &["--case", "case.json", "--json"]).json();
    assert_eq!(
        json["numbers"][1]["left_out"],
        serde_json::json!({ "why": "result", "result": "busy", "after": 2, "at_least": 2, "at_most": 2 })
    );
    assert_eq!(
        (&json["numbers"][2]["attempts"], &json["numbers"][2]["left_out"]),
        (&1.into(), &serde_json::Value::Null)
    );
}

#[test]
fn where_the_rules_permit_none_it_is_said_which_and_from_when_on_it_might_be() {
    // No calls in July: the plan is over before.
    let answer = attempts(&desk(), &["--case", "case.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (7, ""));
    golden("attempts_block.txt", &answer.out);
}

#[test]
fn what_is_not_known_plans_nothing() {
    let desk = desk();
    let words = ["--jurisdiction", "XX", "--channel", "phone", "--at", "2026-08-31T12:00:00-04:00"];
    let answer = attempts(&desk, &words);
    assert_eq!((answer.code, answer.err.as_str()), (6, ""));
    golden("attempts_review.txt", &answer.out);
    let json = attempts(&desk, &[&words[..], &["--json"]].concat()).json();
    assert_eq!((&json["answer"], &json["attempts"]), (&"review".into(), &serde_json::json!([])));
    assert_eq!(
        json["numbers"][0]["left_out"],
        serde_json::json!({ "why": "not_known", "missing": ["contacts", "zones"] })
    );
}

#[test]
fn programs_read_the_attempts_and_may_ask_for_each_again() {
    let desk = desk();
    let json = attempts(&desk, &[&MONDAY[..], &["--json"]].concat()).json();
    assert_eq!((&json["answer"], &json["goes_on_after"]), (&"allow".into(), &"no_answer".into()));
    assert_eq!(json["packs"], serde_json::json!(["desk-law"]));
    assert_eq!(json["not_enabled"], serde_json::json!([{ "rule": "XX-visits", "status": "unverified" }]));
    assert!(json["law"].as_str().unwrap().contains("desk-law 3"), "{}", json["law"]);
    assert_eq!(json["numbers"][2]["left_out"], serde_json::json!({ "why": "taken" }));
    let first = &json["attempts"][0];
    assert_eq!(
        first,
        &serde_json::json!({ "at": "2026-08-31T17:00:00-04:00", "number": "+1 212 555 0101", "kind": "mobile" })
    );
    for attempt in json["attempts"].as_array().unwrap() {
        let at = attempt["at"].as_str().unwrap();
        let words = [&MONDAY[..10], &[at, "--number-kind", attempt["kind"].as_str().unwrap()]].concat();
        let said = desk.answer(desk.command(&["permit", "--pack", "law.rhai"]).args(words));
        assert_eq!(said.code, 0, "{at} {}", said.out);
    }
}

#[test]
fn a_bank_s_own_guardrails_and_tighter_thresholds_bind_the_plan() {
    let desk = desk();
    let count = |more: &[&str]| {
        let answer = attempts(&desk, &[&MONDAY[..], more, &["--json"]].concat());
        answer.json()["attempts"].as_array().unwrap().len()
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--set", "desk-law.calls_a_week=1"]), 1);
    desk.rewrite("priority overdue;", "guardrail \"no Mondays\" when weekday == \"mon\" do refuse() #{ says: \"nobody is called on Mondays\" };\npriority overdue;");
    let house = attempts(&desk, &[&MONDAY[..], &["--policy", "card.rhai", "--json"]].concat()).json();
    assert_eq!(house["attempts"][0]["at"], "2026-09-01T09:30:00-04:00");
}

#[test]
fn a_plan_may_be_made_again_as_of_a_later_moment() {
    let desk = desk();
    let again = |now: &str| attempts(&desk, &[&MONDAY[..], &["--now", now, "--json"]].concat());
    assert_eq!(again("2026-09-03T18:00:00-04:00").json()["attempts"][0]["at"], "2026-09-03T18:00:00-04:00");
    let over = again("2026-09-05T18:00:00-04:00");
    assert_eq!((over.code, &over.json()["numbers"][0]["left_out"]["why"]), (7, &"over".into()));
    assert!(attempts(&desk, &[&MONDAY[..], &["--now", "Thursday"]].concat()).err.contains("expected a moment"));
}

#[test]
fn everything_wrong_with_a_plan_or_with_the_contact_is_said_with_its_place() {
    let desk = desk();
    let wrong = PLAN.replace("\"mobile\"", "\"mobil\"").replace("\"a_day\": 2", "\"a_day\": 0, \"per_day\": 2");
    desk.write("plan.json", &wrong.replace("\"09:30\"", "\"9:30\"").replace("\"busy\"", "\"bussy\""));
    let answer = attempts(&desk, &MONDAY);
    assert_eq!((answer.code, answer.out.as_str()), (3, ""));
    golden("attempts_problems.txt", &answer.err);
    let error = attempts(&desk, &[&MONDAY[..], &["--json"]].concat()).json()["error"].clone();
    assert_eq!((&error["exit"], &error["problems"][0]["path"]), (&3.into(), &"numbers[0].kind".into()));
    desk.write("plan.json", PLAN);
    let answer = attempts(&desk, &[&MONDAY[..], &["--number-kind", "mobile"]].concat());
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("--number-kind: leave it out: the numbers of the plan say it"), "{}", answer.err);
    desk.write(
        "case.json",
        &CASE.replace("\"phone\", \"recipient\": \"debtor\", \"content\"", "\"letter\", \"content\""),
    );
    let answer = attempts(&desk, &["--case", "case.json"]);
    assert_eq!(answer.code, 3);
    assert!(answer.err.contains("proposed.channel: found `letter`: attempts are calls"), "{}", answer.err);
}

#[test]
fn the_plan_or_the_case_comes_from_stdin_and_not_both() {
    let desk = desk();
    let file = attempts(&desk, &MONDAY);
    let mut command = desk.command(&["attempts", "-", "--pack", "law.rhai"]);
    let piped = desk.answer(command.args(MONDAY).write_stdin(PLAN));
    assert_eq!((piped.code, piped.out), (file.code, file.out));
    let both = desk.answer(desk.command(&["attempts", "-", "--case", "-"]).write_stdin(PLAN));
    assert_eq!(both.code, 2);
    assert!(both.err.contains("the plan and the case cannot both come from stdin"), "{}", both.err);
    assert_eq!(desk.arrears(&["attempts", "nobody.json", "--case", "case.json"]).code, 5);
}

#[test]
fn a_hostile_number_cannot_steer_the_terminal() {
    let desk = desk();
    desk.write("plan.json", &PLAN.replace("+1 212 555 0101", "\\u001b[2J").replace("+1 212 555 0103", "\\u001b[3J"));
    let answer = desk
        .answer(desk.command(&["attempts", "plan.json", "--pack", "law.rhai"]).args(MONDAY).env("CLICOLOR_FORCE", "1"));
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(!answer.out.contains("\u{1b}[2J") && !answer.out.contains("\u{1b}[3J"), "{:?}", answer.out);
}
