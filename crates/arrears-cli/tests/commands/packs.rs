//! `arrears packs`: the packs of law that are shipped, and a bank's own.

use crate::support::{Desk, golden};
use arrears::policy::pack::Status;

const LAW: &str = include_str!("data/law.rhai");

#[test]
fn every_pack_and_every_rule_is_listed_and_what_was_not_verified_says_so() {
    let answer = Desk::new().arrears(&["packs"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let law = arrears_rules::shipped_law();
    for pack in law.packs() {
        let name = format!("  {} {}  {}\n", pack.head().name, pack.head().version, pack.head().title);
        assert!(answer.out.contains(&name), "{name}");
        for citation in pack.citations().filter(|citation| !citation.says.is_empty()) {
            let status = if citation.status == Status::InForce { "in force" } else { citation.status.word() };
            let line = format!("    {}  {status}  ", citation.rule);
            assert!(answer.out.lines().any(|found| found.starts_with(&line)), "{line}");
        }
    }
    assert!(answer.out.lines().all(|line| line.chars().count() <= 100), "{}", answer.out);
}

#[test]
fn the_packs_of_a_jurisdiction_are_those_that_bind_in_it() {
    let answer = Desk::new().arrears(&["packs", "--jurisdiction", "CA-QC", "--on", "2026-03-31"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("packs.txt", &answer.out);
    let desk = Desk::new();
    let named = |code: &str| {
        let packs = desk.arrears(&["packs", "--jurisdiction", code, "--json"]).json()["packs"].clone();
        packs
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|pack| pack["name"].as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let boston = named("US-MA");
    assert!(boston.contains(&"us-regf".to_owned()) && boston.contains(&"us-ma".to_owned()), "{boston:?}");
    assert!(!boston.contains(&"us-ny".to_owned()), "{boston:?}");
    let answer = desk.arrears(&["packs", "--jurisdiction", "XX"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("no pack that is shipped binds in `XX`"), "{}", answer.err);
}

#[test]
fn a_pack_says_everything_that_it_holds() {
    let desk = Desk::new();
    desk.write("law.rhai", LAW);
    let answer = desk.arrears(&["packs", "law.rhai", "--on", "2026-03-31"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("packs_one.txt", &answer.out);
    let text = desk.arrears(&["packs", "law.rhai", "--text"]);
    assert_eq!(text.out, LAW);
}

#[test]
fn programs_read_rules_with_how_each_is_known() {
    let desk = Desk::new();
    desk.write("law.rhai", LAW);
    let json = desk.arrears(&["packs", "law.rhai", "--on", "2026-03-31", "--json"]).json();
    let pack = &json["packs"][0];
    assert_eq!((&pack["name"], &pack["in_force"]), (&"desk-law".into(), &true.into()));
    assert_eq!((&pack["thresholds"][0]["value"], &pack["thresholds"][0]["to"]), (&"2".into(), &"3".into()));
    let rule = |name: &str| {
        pack["rules"].as_array().into_iter().flatten().find(|rule| rule["rule"] == name).cloned().unwrap_or_default()
    };
    assert_eq!(
        rule("XX-hours")["allows"],
        "contact only Mon-Fri 08:00-20:00, Sat 10:00-13:30, Sun none, holidays none"
    );
    assert_eq!((&rule("XX-visits")["status"], &rule("XX-visits")["binds"]), (&"unverified".into(), &false.into()));
    assert_eq!((&rule("XX-summer")["from"], &rule("XX-summer")["binds"]), (&"2026-07-01".into(), &false.into()));
    assert_eq!(rule("XX-consent")["lifts"][0], "XX-hours");
    assert_eq!(rule("XX-answer")["date"], "10 working days after written_notice");
}

#[test]
fn a_pack_that_is_not_there_or_cannot_be_used_is_told_apart() {
    let desk = Desk::new();
    let answer = desk.arrears(&["packs", "us-regg"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("no pack is called `us-regg`: did you mean `us-regf`?"), "{}", answer.err);
    assert_eq!(desk.arrears(&["packs", "nobody.rhai"]).code, 5);
    desk.write("law.rhai", &LAW.replace("status: \"in_force\", strength: \"guideline\"", "status: \"inforce\""));
    assert_eq!(desk.arrears(&["packs", "law.rhai"]).code, 1);
}

#[test]
fn check_takes_a_pack_for_what_it_is() {
    let desk = Desk::new();
    desk.write("law.rhai", LAW);
    let answer = desk.arrears(&["check", "law.rhai"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("check_pack.txt", &answer.out);
    desk.write(
        "law.rhai",
        &LAW.replace("of: \"call\"", "of: \"calls\"").replace("lifts: [\"XX-hours\"]", "lifts: [\"XX-hour\"]"),
    );
    let answer = desk.arrears(&["check", "law.rhai"]);
    assert_eq!(answer.code, 1);
    golden("check_pack_problems.txt", &answer.out);
    let json = desk.arrears(&["check", "law.rhai", "--json"]).json();
    assert_eq!((&json["pack"], &json["errors"]), (&serde_json::Value::Null, &2.into()));
    // A head that cannot be read leaves it a pack all the same.
    desk.write("law.rhai", &LAW.replace("version: \"3\",", "version: \"3\""));
    let answer = desk.arrears(&["check", "law.rhai"]);
    assert_eq!(answer.code, 1);
    assert!(!answer.out.contains("no `policy` statement"), "{}", answer.out);
}

#[test]
fn a_folder_may_hold_packs_beside_policies() {
    let desk = Desk::new();
    desk.write("law.rhai", LAW);
    let answer = desk.arrears(&["check", "."]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert!(
        answer.out.contains("card 3: 0 problems") && answer.out.contains("desk-law 3, law of XX: 0 problems"),
        "{}",
        answer.out
    );
    let json = desk.arrears(&["check", ".", "--json"]).json();
    assert_eq!((&json["policies"][0]["name"], &json["packs"][0]["name"]), (&"card".into(), &"desk-law".into()));
    let mut run = desk.command(&["run", ".", "--on", "accounts.csv", "--quiet"]);
    let run = desk.answer(run.args(crate::support::NO_LAW));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("law.rhai is a pack of law: it binds only if --pack names it"), "{}", run.err);
}

#[test]
fn a_command_that_takes_a_policy_says_that_a_pack_is_none() {
    let desk = Desk::new();
    desk.write("law.rhai", LAW);
    let answer = desk.arrears(&["test", "law.rhai"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("law.rhai is a pack of law: this command takes a policy"), "{}", answer.err);
}
