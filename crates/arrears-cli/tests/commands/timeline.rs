//! `arrears timeline`: one account over time, and histories that cannot be taken.

use crate::support::{Answer, Desk, golden};

const HISTORY: &str = r#"{"format": "arrears-history/1", "account_id": "A-1", "currency": "GBP", "opened_on": "2026-01-01",
    "complete": ["contacts", "promises", "flags"], "events": [
    {"id": "s", "occurred_on": "2026-01-02", "event": "schedule", "instalments": [{"item": "1", "due_on": "2026-01-10", "amount": "1200.00"}]},
    {"id": "c", "occurred_on": "2026-01-14", "event": "contact", "channel": "phone", "outcome": "rpc_promise", "point": "mobile"},
    {"id": "m", "occurred_on": "2026-01-14", "event": "promise", "parts": [{"due_on": "2026-01-16", "amount": "1200.00"}]},
    {"id": "d", "occurred_on": "2026-01-15", "known_on": "2026-01-19", "event": "flag", "flag": "dispute", "until": "2026-01-25"},
    {"id": "p", "occurred_on": "2026-01-28", "event": "payment", "amount": "1200.00"}]}"#;

fn timeline(history: &str, more: &[&str]) -> (Desk, Answer) {
    let desk = Desk::new();
    desk.write("account.json", history);
    let answer = desk.answer(desk.command(&["timeline", "account.json"]).args(more));
    (desk, answer)
}

#[test]
fn an_account_is_told_day_by_day() {
    let (_, answer) = timeline(HISTORY, &[]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("timeline.txt", &answer.out);
}

#[test]
fn what_was_learned_late_is_shown_on_its_day_by_who_knows_it_already() {
    let (_, answer) = timeline(HISTORY, &["--known-by", "2026-02-01", "--json"]);
    let json = answer.json();
    let days = json["days"].as_array().unwrap();
    let dispute = days.iter().find(|day| day["on"] == "2026-01-15").unwrap();
    assert_eq!(dispute["happened"][0]["id"], "d");
    assert_eq!(dispute["facts"]["protections"][0], "dispute");
    assert!(days.iter().all(|day| day["learned"].as_array().is_some_and(Vec::is_empty)));
    assert_eq!(json["known_by"], "2026-02-01");
    assert_eq!(json["not_recorded_completely"][0], "consents");
}

#[test]
fn a_policy_adds_what_it_decides_each_night() {
    let (_, answer) = timeline(HISTORY, &["--policy", "card.rhai", "--no-law", "a test", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let json = answer.json();
    let days = json["days"].as_array().unwrap();
    assert!(days.iter().all(|day| day["night"]["stage"].is_string()), "{json}");
}

#[test]
fn the_days_may_be_chosen() {
    let (_, answer) = timeline(HISTORY, &["--from", "2026-01-16", "--to", "2026-01-20", "--json"]);
    let json = answer.json();
    assert_eq!((&json["from"], &json["to"]), (&"2026-01-16".into(), &"2026-01-20".into()));
    let (_, answer) = timeline(HISTORY, &["--from", "2026-01-16", "--to", "2026-01-10"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("the last day, 2026-01-10, lies before the first, 2026-01-16"), "{}", answer.err);
}

#[test]
fn a_picture_is_written_whole_and_nothing_is_left_beside_it() {
    let (desk, answer) = timeline(HISTORY, &["--svg", "account.svg"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(desk.read("account.svg").ends_with("</svg>\n"));
    let left: Vec<_> = std::fs::read_dir(desk.path("")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".part")), "{left:?}");
    let (desk, answer) = timeline(HISTORY, &["--svg", "account.json"]);
    assert_eq!(answer.code, 2);
    assert_eq!(desk.read("account.json"), HISTORY);
    let (_, answer) = timeline(HISTORY, &["--svg", "no/such/folder/account.svg"]);
    assert_eq!(answer.code, 5);
}

#[test]
fn everything_wrong_with_a_history_is_said_with_its_file_and_its_path() {
    let bad = HISTORY
        .replace("\"amount\": \"1200.00\"}]}", "\"amount\": \"1200.005\"}]}")
        .replace("\"channel\": \"phone\"", "\"channel\": \"fone\"")
        .replace("rpc_promise", "rpc_promised")
        .replace("2026-01-28", "2026-02-30");
    let (_, answer) = timeline(&bad, &[]);
    assert_eq!((answer.code, answer.out.as_str()), (3, ""));
    golden("timeline_problems.txt", &answer.err);
    let (_, answer) = timeline(&bad, &["--json"]);
    let error = &answer.json()["error"];
    assert_eq!((&error["kind"], &error["exit"]), (&"table".into(), &3.into()));
    assert_eq!(error["problems"].as_array().unwrap().len(), 5);
    assert_eq!(error["problems"][0]["path"], "events[0].instalments[0].amount");
}

#[test]
fn what_cannot_be_read_is_told_apart() {
    let desk = Desk::new();
    assert_eq!(desk.arrears(&["timeline", "nobody.json"]).code, 5);
    std::fs::write(desk.path("latin.json"), b"{\"account_id\": \"M\xfcller\"}").unwrap();
    let answer = desk.arrears(&["timeline", "latin.json"]);
    assert_eq!(answer.code, 3);
    assert!(answer.err.contains("latin.json: is not text in UTF-8"), "{}", answer.err);
    let (_, answer) = timeline(&format!("\u{feff}{HISTORY}"), &[]);
    assert_eq!(answer.code, 0, "{}", answer.err);
}

#[test]
fn conventions_are_checked_against_the_currency_of_the_account() {
    let desk = Desk::new();
    desk.write("account.json", HISTORY);
    for (text, said) in [
        (r#"{"grace_day": 3}"#, "grace_day: unknown field (did you mean `grace_days`?)"),
        (r#"{"tolerance": "0.005"}"#, "tolerance: `0.005` has more than 2 decimals: expected an amount in GBP"),
    ] {
        desk.write("conventions.json", text);
        let answer = desk.arrears(&["timeline", "account.json", "--conventions", "conventions.json"]);
        assert_eq!(answer.code, 2);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
}

#[test]
fn a_policy_that_no_law_binds_lets_no_contact_go_out_on_any_night() {
    let (_, answer) = timeline(HISTORY, &["--policy", "card.rhai"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.out.contains("review"), "{}", answer.out);
}

#[test]
fn a_history_cannot_steer_the_terminal() {
    let desk = Desk::new();
    let steering = r"\u001b[2J";
    desk.write(
        "account.json",
        &HISTORY.replace("\"A-1\"", &format!("\"{steering}\"")).replace("\"1\"", &format!("\"{steering}\"")),
    );
    let answer = desk.answer(desk.command(&["timeline", "account.json"]).env("CLICOLOR_FORCE", "1"));
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.out.contains("due today: 1,200.00 of \u{fffd}[2J"), "{}", answer.out);
    assert!(!answer.out.contains("\u{1b}[2J"), "{:?}", answer.out);
}
