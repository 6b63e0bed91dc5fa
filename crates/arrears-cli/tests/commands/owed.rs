//! `arrears statement` and `arrears delay`: what is owed, and what waiting costs.

use crate::support::{Answer, Desk, golden};

const HISTORY: &str = include_str!("../../../../examples/data/owed/loan-late.json");
const TERMS: &str = include_str!("../../../../examples/terms/instalment-loan.json");

fn asked(command: &str, terms: &str, more: &[&str]) -> Answer {
    let desk = Desk::new();
    desk.write("account.json", HISTORY);
    desk.write("terms.json", terms);
    let given = ["account.json", "--terms", "terms.json", "--as-of", "2027-06-30"];
    desk.answer(desk.command(&[command]).args(given).args(more))
}

#[test]
fn the_total_comes_first_and_every_line_has_its_reason() {
    let answer = asked("statement", TERMS, &[]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("statement.txt", &answer.out);
    let json = asked("statement", TERMS, &["--json"]).json();
    let lines = json["lines"].as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap());
    assert_eq!(json["total"], lines.sum::<i64>());
}

#[test]
fn what_waiting_costs_is_shown_by_how_somebody_pays_and_after_a_lawsuit() {
    let answer = asked("delay", TERMS, &["--markdown"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("delay.md", &answer.out);
    let json = asked("delay", TERMS, &["--json", "--days", "0,14"]).json();
    assert_eq!(json["rows"][0]["cells"][1]["days"], 14);
    assert_eq!(json["rows"][0]["cells"][2]["lawsuit"], true);
}

#[test]
fn terms_that_cannot_be_used_are_said_with_their_places() {
    let answer = asked("statement", &TERMS.replace("\"0.069\"", "\"-0.069\""), &[]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("rate.annual: the rate -0.069 is below zero"), "{}", answer.err);
}

const OFFERS: &str = include_str!("../../../../examples/offers/instalment-loan.json");
const MEANS: &str = include_str!("../../../../examples/offers/means.json");

fn arranged(means: &str, more: &[&str]) -> Answer {
    let desk = Desk::new();
    desk.write("account.json", HISTORY);
    desk.write("terms.json", TERMS);
    desk.write("offers.json", OFFERS);
    desk.write("means.json", means);
    let given = ["account.json", "--terms", "terms.json", "--offers", "offers.json", "--as-of", "2027-06-30"];
    desk.answer(desk.command(&["arrange"]).args(given).args(more))
}

#[test]
fn what_can_be_arranged_is_shown_with_what_each_way_costs_and_who_may_offer_it() {
    let answer = arranged(MEANS, &["--means", "means.json", "--role", "collector"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("arrange.txt", &answer.out);
    let schedule = arranged(MEANS, &["--means", "means.json", "--schedule", "6"]);
    golden("schedule.txt", &schedule.out);
    let json = arranged(MEANS, &["--means", "means.json", "--json"]).json();
    let (plan, row) = (&json["menu"]["offers"][1], &json["delay"]["rows"][4]);
    assert_eq!(row["behaviour"], "plan_of_6_months");
    assert_eq!(row["cells"].as_array().unwrap().last().unwrap()["cost"], plan["plan"]["cost"]);
}

#[test]
fn a_plan_that_is_not_offered_says_why_and_a_role_that_is_none_which_there_are() {
    let answer = arranged(MEANS, &["--means", "means.json", "--schedule", "24"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("no plan of 24 months is offered: 3 better ones are offered; expected one of 3, 6, 9"));
    let answer = arranged(MEANS, &["--role", "visitor"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("no role is called `visitor`: expected one of collector, manager"), "{}", answer.err);
    let answer = arranged(MEANS, &["--settle", "1.2"]);
    assert_eq!(answer.code, 2);
    let answer = arranged(&MEANS.replace("\"420.00\"", "\"-420.00\""), &["--means", "means.json"]);
    assert!(
        answer.err.contains("living_costs[1].amount: `food` is -420.00 EUR: expected zero or more"),
        "{}",
        answer.err
    );
}

#[test]
fn an_instalment_that_the_person_proposes_is_shown_as_a_plan_or_refused_with_the_least_that_repays() {
    let answer = arranged(MEANS, &["--means", "means.json", "--pay", "200"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(
        answer.out.contains("\nProposed: 200.00 EUR a month repays it in 4 instalments; the last, "),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("\nplan proposed "), "{}", answer.out);
    let json = arranged(MEANS, &["--means", "means.json", "--pay", "200", "--json"]).json();
    assert_eq!(json["proposed"]["months"], 4);
    let answer = arranged(MEANS, &["--means", "means.json", "--pay", "25"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("--pay: 25.00 EUR a month never repays 771.79 EUR in "), "{}", answer.err);
    assert!(answer.err.contains("the least that does is "), "{}", answer.err);
    let answer = arranged(MEANS, &["--means", "means.json", "--pay", "2.505"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("--pay 2.505: more than 2 decimals, expected an amount in EUR"), "{}", answer.err);
}

#[test]
fn an_arrangement_of_the_history_is_shown_with_what_became_of_each_instalment() {
    let desk = Desk::new();
    desk.write("account.json", include_str!("../../../../examples/data/histories/plan-that-breaks.json"));
    desk.write("conventions.json", include_str!("../../../../examples/data/histories/conventions.json"));
    desk.write("terms.json", include_str!("../../../../examples/terms/cn-card.json"));
    desk.write("offers.json", include_str!("../../../../examples/offers/cn-card.json"));
    let given =
        ["account.json", "--terms", "terms.json", "--offers", "offers.json", "--conventions", "conventions.json"];
    let answer = desk.answer(desk.command(&["arrange"]).args(given).args(["--as-of", "2026-08-31"]));
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("arrangement.txt", &answer.out);
    // Before it ended: two instalments are missed, as many as the offers say break it.
    let answer = desk.answer(desk.command(&["arrange"]).args(given).args(["--as-of", "2026-01-04"]));
    assert!(answer.out.contains("It is broken: what is owed is the old debt, less what was paid."), "{}", answer.out);
    assert!(answer.out.contains("Nothing is missed any more once 2500.00 CNY come in."), "{}", answer.out);
    let json = desk.answer(desk.command(&["arrange"]).args(given).args(["--as-of", "2026-01-04", "--json"])).json();
    assert_eq!(json["performance"][0]["performing"], "broken");
}
