//! A folder of policies.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use crate::support::{Desk, NO_LAW};

const LOAN: &str = r#"
import "common" as common;
policy "loan" #{ version: "1", currency: "GBP", zone: "Europe/London" };
applies when product == "loan";
threshold late = 1 #{ from: 1, to: 40, why: "from the first day" };
assume opted_out("letter") = false #{ why: "the table has no objections" };
hold "deceased" when deceased #{ stops: ["contact"], scope: "customer" };
stage "reminder" when dpd >= late;
treatment "gentle letter" in ["reminder"] do letter(#{ text: "gentle", every: 14 });
"#;

const COMMON: &str = "assume deceased = false #{ why: \"the registry is checked before any contact\" };\n";

/// A folder `policies` with a policy of cards, one of loans, and a module; every third account is a loan.
fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("policies")).unwrap();
    desk.rewrite("threshold floor", "applies when product == \"card\";\nthreshold floor");
    for _ in 0..2 {
        desk.rewrite("given quiet + #{ dpd", "given quiet + #{ product: \"card\", dpd");
    }
    std::fs::rename(desk.path("card.rhai"), desk.path("policies/card.rhai")).unwrap();
    desk.write("policies/loan.rhai", LOAN);
    desk.write("policies/common.rhai", COMMON);
    desk.write("policies/notes.txt", "not a policy");
    let mut table = String::new();
    for (index, line) in desk.read("accounts.csv").lines().enumerate() {
        let product = if index == 0 { "product" } else { ["loan", "card", "card"][index % 3] };
        table.push_str(&format!("{line},{product}\n"));
    }
    desk.write("accounts.csv", &table);
    desk
}

fn run(desk: &Desk, more: &[&str]) -> crate::support::Answer {
    desk.answer(desk.command(&["run", "policies", "--on", "accounts.csv"]).args(NO_LAW).args(more))
}

#[test]
fn each_account_is_decided_under_its_policy_and_the_summary_tells_them_apart() {
    let desk = desk();
    let answer = run(&desk, &["--out", "night.csv"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.out.starts_with("2 policies as of 2026-03-31"), "{}", answer.out);
    let (card, loan) = (answer.out.find("\ncard 3 (").unwrap(), answer.out.find("\nloan 1 (").unwrap());
    assert!(card < loan, "{}", answer.out);
    let json = run(&desk, &["--json"]).json();
    assert_eq!((&json["rows"], &json["decisions"], &json["errors"]), (&9.into(), &9.into(), &0.into()));
    let of = |at: usize| (json["policies"][at]["policy"].as_str().unwrap(), json["policies"][at]["decisions"].as_u64());
    assert_eq!((of(0), of(1)), (("card", Some(6)), ("loan", Some(3))));
    let night = desk.read("night.csv");
    let header: Vec<&str> = night.lines().next().unwrap().split(',').collect();
    let policy = header.iter().position(|name| *name == "policy").unwrap();
    let loans = night.lines().filter(|line| line.split(',').rev().nth(header.len() - 1 - policy) == Some("loan"));
    assert_eq!(loans.count(), 3);
}

#[test]
fn a_row_of_no_policy_is_refused_or_set_aside() {
    let desk = desk();
    desk.reenter(",card\n", ",car\n");
    let refused = run(&desk, &[]);
    assert_eq!(refused.code, 3);
    let said =
        "no policy applies: of `card` 3, `product == \"card\"` is false; of `loan` 1, `product == \"loan\"` is false";
    assert!(refused.err.contains(said), "{}", refused.err);
    let aside = run(&desk, &["--keep-going", "--json", "--out", "night.csv"]);
    assert_eq!((aside.code, &aside.json()["errors"]), (4, &1.into()));
    assert!(desk.read("night.errors.csv").contains("no policy applies"));
}

#[test]
fn what_is_wrong_with_all_policies_is_told_at_once() {
    let desk = desk();
    let card = desk.read("policies/card.rhai").replace("when dpd >= 1", "when dpdd >= 1");
    desk.write("policies/card.rhai", &card);
    desk.write("policies/loan.rhai", &LOAN.replace("do letter", "do leter"));
    for command in ["run", "check"] {
        let answer = match command {
            "run" => run(&desk, &[]),
            _ => desk.arrears(&["check", "policies"]),
        };
        assert_eq!(answer.code, 1, "{command}: {}", answer.err);
        let said = format!("{}{}", answer.out, answer.err);
        assert!(said.contains("dpdd") && said.contains("leter"), "{command}: {said}");
    }
    let json = desk.arrears(&["check", "policies", "--json"]).json();
    let counted = json["errors"].as_u64().unwrap() + json["warnings"].as_u64().unwrap();
    assert_eq!(json["problems"].as_array().map(Vec::len), usize::try_from(counted).ok());
}

#[test]
fn a_folder_is_checked_policy_by_policy_and_a_module_is_none() {
    let desk = desk();
    let answer = desk.arrears(&["check", "policies"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert!(answer.out.contains("card 3: 0 problems") && answer.out.contains("loan 1: 0 problems"), "{}", answer.out);
    assert!(!answer.out.contains("common.rhai"), "{}", answer.out);
    // A file without a policy that nobody imports is a mistake.
    desk.write("policies/other.rhai", COMMON);
    let answer = desk.arrears(&["check", "policies"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("other.rhai"), "{}", answer.out);
}

#[test]
fn a_threshold_is_set_in_the_policies_that_have_it() {
    let desk = desk();
    let plain = run(&desk, &["--json"]).json();
    let set = run(&desk, &["--json", "--set", "late=40"]).json();
    let hash = |json: &serde_json::Value, at: usize| json["policies"][at]["policy_hash"].clone();
    assert_eq!(hash(&plain, 0), hash(&set, 0));
    assert_ne!(hash(&plain, 1), hash(&set, 1));
    let strange = run(&desk, &["--set", "soon=4"]);
    assert_eq!(strange.code, 2);
    assert!(strange.err.contains("no policy of policies has a threshold of that name"), "{}", strange.err);
}

#[test]
fn a_folder_without_policies_and_a_folder_where_one_policy_is_asked_for_are_refused() {
    let desk = desk();
    std::fs::create_dir(desk.path("empty")).unwrap();
    let empty = desk.arrears(&["check", "empty"]);
    assert_eq!(empty.code, 2);
    assert!(empty.err.contains("empty holds no policy"), "{}", empty.err);
    let inputs = desk.arrears(&["inputs", "policies"]);
    assert_eq!(inputs.code, 2);
    assert!(inputs.err.contains("policies is a folder: this command takes one policy"), "{}", inputs.err);
}

#[test]
fn the_state_of_a_folder_goes_from_night_to_night_and_is_not_taken_over_by_one_policy() {
    let desk = desk();
    assert_eq!(run(&desk, &["--state-out", "state.csv"]).code, 0);
    let second = run(&desk, &["--state", "state.csv", "--state-out", "state.csv", "--json"]);
    assert_eq!(second.code, 0, "{}", second.err);
    let json = second.json();
    let with_state = |at: usize| json["policies"][at]["with_state"].as_u64().unwrap();
    assert_eq!(with_state(0) + with_state(1), 9);
    let mut alone = desk.command(&["run", "policies/card.rhai", "--on", "accounts.csv", "--keep-going"]);
    let alone = desk.answer(alone.args(NO_LAW).args(["--state", "state.csv", "--state-out", "other.csv"]));
    assert!(alone.err.contains("is the state of several policies"), "{}", alone.err);
    assert_eq!(alone.code, 3);
}
