//! `arrears regimes` and `arrears regime`: the regulatory regimes, and what one of them answers.

use crate::support::{Answer, Desk, example, golden};
use arrears::policy::pack::Status;
use arrears_owed::Regimes;

fn asked(name: &str, given: &str, more: &[&str]) -> Answer {
    let desk = Desk::new();
    desk.write("given.json", given);
    desk.answer(desk.command(&["regime", name, "--given", "given.json"]).args(more))
}

fn of_loan(name: &str, more: &[&str]) -> Answer {
    let account = example("data/owed/loan-late.json");
    let desk = Desk::new();
    desk.answer(desk.command(&["regime", name, &account, "--as-of", "2027-06-30"]).args(more))
}

#[test]
fn every_regime_and_every_rule_is_listed_and_what_was_not_verified_says_so() {
    let answer = Desk::new().arrears(&["regimes"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    for regime in Regimes::shipped().all() {
        assert!(answer.out.contains(&format!("  {}  {}\n", regime.name(), regime.title())), "{}", regime.name());
        for rule in regime.rules() {
            let status = if rule.status == Status::InForce { "in force" } else { rule.status.word() };
            let line = format!("    {}  {status}  ", rule.id);
            assert!(answer.out.lines().any(|found| found.starts_with(&line)), "{line}");
        }
    }
    assert!(answer.out.lines().all(|line| line.chars().count() <= 100), "{}", answer.out);
}

#[test]
fn the_regimes_of_a_jurisdiction_are_those_that_bind_in_it() {
    let answer = Desk::new().arrears(&["regimes", "--jurisdiction", "UK-EW", "--on", "2026-03-31"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("regimes.txt", &answer.out);
    let json = Desk::new().arrears(&["regimes", "--jurisdiction", "CN", "--on", "2010-01-01", "--json"]).json();
    let card = json["regimes"].as_array().unwrap().iter().find(|regime| regime["name"] == "CN-CARD-2011").unwrap();
    assert_eq!((&card["in_force"], &card["rules"][0]["status"]), (&false.into(), &"in_force".into()));
    let nowhere = Desk::new().arrears(&["regimes", "--jurisdiction", "XX", "--json"]).json();
    let bind: Vec<&str> =
        nowhere["regimes"].as_array().unwrap().iter().map(|one| one["jurisdiction"].as_str().unwrap()).collect();
    assert_eq!(bind, ["INT"], "a standard of many countries binds wherever it is asked for");
}

#[test]
fn a_regime_by_name_says_what_it_does_not_cover_and_a_name_that_is_none_which_was_meant() {
    let answer = Desk::new().arrears(&["regimes", "US-FFIEC"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("regimes_one.txt", &answer.out);
    let answer = Desk::new().arrears(&["regimes", "US-FFIEK"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("no regime is called `US-FFIEK`: did you mean `US-FFIEC`?"), "{}", answer.err);
}

#[test]
fn an_answer_says_what_was_found_by_which_rule_and_how_that_is_known() {
    for (name, given, file) in [
        ("US-FFIEC", r#"{ "due_on": "2026-01-15", "as_of": "2026-07-01", "product": "open_end" }"#, "regime_class.txt"),
        (
            "CN-CARD-ALLOCATION",
            r#"{ "currency": "CNY", "payment": "1000.00", "owed": { "interest": "400.00", "principal": "5000.00" }, "days_past_due": 90 }"#,
            "regime_shares.txt",
        ),
        (
            "US-FFIEC-REAGE",
            r#"{ "account_age_months": 30, "consecutive_minimum_payments": 2, "willing_and_able": true, "earlier_reages": ["2025-06-15"], "as_of": "2026-03-31" }"#,
            "regime_permission.txt",
        ),
        (
            "CN-2018-OVERDRAFT",
            r#"{ "currency": "CNY", "principal": "60000.00", "effective_demands": ["2026-01-05"], "unpaid": true, "as_of": "2026-05-10" }"#,
            "regime_elements.txt",
        ),
        (
            "CN-LIMITATION",
            r#"{ "runs_from": "2023-03-10", "events": [{ "on": "2025-06-01", "what": "demand" }], "as_of": "2028-06-02" }"#,
            "regime_limitation.txt",
        ),
    ] {
        let answer = asked(name, given, &["--unverified"]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{name}");
        golden(file, &answer.out);
    }
}

#[test]
fn a_regime_is_asked_with_the_history_of_an_account() {
    let answer = of_loan("US-FFIEC", &["--product", "closed_end", "--enable", "US-FFIEC-charge-off", "--json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let json = answer.json();
    let due = &json["found"]["charge_off"]["by"];
    assert!(due.is_string() && json["facts"]["days_to_charge_off"].is_string(), "{json}");
    assert_eq!(json["facts"]["regulatory_class"], json["found"]["class"]);
    let answer = of_loan("US-FFIEC", &[]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("product: missing: expected one of closed_end, open_end"), "{}", answer.err);
    let answer = of_loan("CN-CARD-PLAN", &[]);
    assert!(answer.err.contains("a history does not tell what `CN-CARD-PLAN` asks"), "{}", answer.err);
}

#[test]
fn a_rule_that_was_not_verified_is_refused_until_somebody_enables_it() {
    let given = r#"{ "days_past_due": 31 }"#;
    let answer = asked("IFRS9-BACKSTOP", given, &[]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("`IFRS9-stage` of `IFRS9-BACKSTOP` was not verified: read its source"),
        "{}",
        answer.err
    );
    let json = asked("IFRS9-BACKSTOP", given, &["--enable", "IFRS9-stage", "--json"]).json();
    assert_eq!((&json["found"]["class"], &json["rule"]["enabled_by_hand"]), (&"stage_2".into(), &true.into()));
    let answer = asked("IFRS9-BACKSTOP", given, &["--enable", "IFRS9-stages"]);
    assert!(answer.err.contains("did you mean `IFRS9-stage`?"), "{}", answer.err);
}

#[test]
fn what_cannot_be_read_is_said_with_its_places() {
    let answer = asked("CN-CARD-2011", r#"{ "days_past_due": "95", "prodct": 1 }"#, &["--json"]);
    assert_eq!(answer.code, 3);
    let problems = &answer.json()["error"]["problems"];
    assert_eq!((&problems[0]["path"], &problems[1]["path"]), (&"days_past_due".into(), &"prodct".into()));
    let desk = Desk::new();
    assert_eq!(desk.arrears(&["regime", "CN-CARD-2011"]).code, 2, "neither an object nor a history");
    assert_eq!(desk.arrears(&["regime", "CN-CARD-2011", "a.json"]).code, 2, "a history without a day");
}
