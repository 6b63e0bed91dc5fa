//! `arrears check`: everything that is wrong with a policy, at once.

use crate::support::{Desk, golden};

#[test]
fn a_sound_policy_is_named_counted_and_hashed() {
    let answer = Desk::new().arrears(&["check", "card.rhai"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("check.txt", &answer.out);
}

#[test]
fn all_problems_are_shown_at_once_and_in_file_order() {
    let desk = Desk::new();
    desk.rewrite("late_count_12m >= 3", "late_count_12 >= 3");
    desk.rewrite(
        "in [\"reminder\", \"firm\"] when overdue >= floor",
        "in [\"reminder\", \"frim\"] when overdue >= dpd",
    );
    let answer = desk.arrears(&["check", "card.rhai"]);
    assert_eq!(answer.code, 1);
    golden("check_problems.txt", &answer.out);
}

#[test]
fn a_warning_does_not_keep_a_policy_from_use() {
    let desk = Desk::new();
    desk.rewrite(
        "debtor \"habitual\"",
        "threshold unused = 3 #{ from: 1, to: 5, why: \"nothing reads it\" };\ndebtor \"habitual\"",
    );
    let answer = desk.arrears(&["check", "card.rhai"]);
    assert_eq!(answer.code, 0);
    assert!(answer.out.contains("P401"), "{}", answer.out);
    assert!(answer.out.contains("0 problems, 1 warning;"), "{}", answer.out);
    let run = desk.run(&["--quiet"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.err, "note: the policy has 1 warning; `arrears check` shows them\n");
}

#[test]
fn a_threshold_is_set_inside_its_range_only() {
    let desk = Desk::new();
    assert_eq!(desk.arrears(&["check", "card.rhai", "--set", "floor=30.00"]).code, 0);
    let answer = desk.arrears(&["check", "card.rhai", "--set", "floor=1000", "--set", "flor=30"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("`floor` cannot be 1000: it may lie from 5.00 to 100.00"), "{}", answer.out);
    assert!(answer.out.contains("the policy has no threshold `flor`"), "{}", answer.out);
    let answer = desk.arrears(&["check", "card.rhai", "--set", "floor=much"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("`much` is not a number"), "{}", answer.err);
}

#[test]
fn a_script_is_listed_with_what_it_reads_and_costs() {
    let desk = Desk::new();
    desk.rewrite(
        "debtor \"habitual\" when late_count_12m >= 3",
        "fact risk = script(|a| if a.late_count_12m > 2 { 0.5 } else { 0.1 }) #{ kind: \"ratio\", reads: [\"late_count_12m\"] };\n\
         debtor \"habitual\" when risk > 0.3",
    );
    let answer = desk.arrears(&["check", "card.rhai"]);
    assert_eq!(answer.code, 0, "{}", answer.out);
    assert!(answer.out.contains("fact risk is computed by a script from late_count_12m:"), "{}", answer.out);
    let json = desk.arrears(&["check", "card.rhai", "--json"]).json();
    assert_eq!(json["scripts"][0]["fact"], "risk");
    let run = desk.run(&["--json"]).json();
    let habitual = run["by_debtor_type"].as_array().unwrap().iter().find(|tally| tally["name"] == "habitual").cloned();
    assert_eq!(habitual.unwrap()["accounts"], 1, "the script decides who is habitual");
}

#[test]
fn programs_read_problems_with_lines_and_columns() {
    let desk = Desk::new();
    desk.rewrite("when dispute #{", "when disput #{");
    let answer = desk.arrears(&["check", "card.rhai", "--json"]);
    let json = answer.json();
    assert_eq!(answer.code, 1);
    assert_eq!((&json["policy"], &json["errors"]), (&serde_json::Value::Null, &1.into()));
    let problem = &json["problems"][0];
    assert_eq!((problem["code"].as_str(), problem["severity"].as_str()), (Some("P101"), Some("error")));
    let place = &problem["labels"][0]["place"];
    assert_eq!(
        (place["file"].as_str(), place["line"].as_u64(), place["column"].as_u64()),
        (Some("card.rhai"), Some(15), Some(21))
    );
    assert_eq!(problem["suggestion"]["replacement"], "dispute");
}

#[test]
fn a_policy_that_is_not_there_is_a_matter_of_files() {
    let answer = Desk::new().arrears(&["check", "cart.rhai", "--json"]);
    assert_eq!(answer.code, 5);
    assert!(answer.err.starts_with("error: cannot read `cart.rhai`"), "{}", answer.err);
    assert_eq!(answer.json()["error"]["kind"], "file");
}

#[test]
fn in_depth_a_broken_never_is_shown_with_an_account_and_is_a_fault() {
    let desk = Desk::new();
    let policy = r#"policy "deep" #{ version: "1", currency: "GBP", zone: "Europe/London" };
assume opted_out("sms") = false #{ why: "nobody objected" };
debtor "any" otherwise;
stage "reminder" when dpd >= 5;
cure when dpd == 0;
treatment "text" in ["reminder"] do sms(#{ text: "gentle", every: 3 });
never "no text in a dispute" when dispute && action == "sms";
"#;
    desk.write("deep.rhai", policy);
    let answer = desk.arrears(&["check", "deep.rhai", "--deep"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, ""));
    assert!(answer.out.contains("broken  never \"no text in a dispute\""), "{}", answer.out);
    assert!(answer.out.contains("account quiet + dpd: 1, dispute: true, previous_stage: reminder"), "{}", answer.out);
    desk.write("deep.rhai", &policy.replace("do sms", "unless dispute do sms"));
    let answer = desk.arrears(&["check", "deep.rhai", "--deep"]);
    assert_eq!(answer.code, 0);
    assert!(answer.out.contains("proved  never \"no text in a dispute\""), "{}", answer.out);
    assert_eq!(desk.arrears(&["check", ".", "--deep"]).code, 2);
}

const BOOK: &str = r#"policy "book" #{ version: "1", currency: "GBP", zone: "Europe/London", jurisdiction: "XX" };
assume opted_out("sms") = false #{ why: "nobody objected" };
debtor "ill" when cause == "illness" && overdue > 0.00;
debtor "unknown" otherwise;
stage "reminder" when dpd >= 5;
cure when dpd == 0;
treatment "text" in ["reminder"] do sms(#{ text: "gentle", every: 3 });
"#;

#[test]
fn in_depth_a_table_shows_how_much_is_left_to_the_last_type() {
    let desk = Desk::new();
    desk.write("book.rhai", BOOK);
    desk.write(
        "book.csv",
        "account_id,dpd,overdue,cause\na,0,0.00,forgot\nb,9,10.00,forgot\nc,30,20.50,forgot\nd,8,5.00,\n",
    );
    let on = ["check", "book.rhai", "--deep", "--on", "book.csv", "--as-of", "2026-03-31", "--no-law", "a test"];
    let answer = desk.arrears(&on);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert!(
        answer.out.contains("all accounts: 3 of 4, 75.0%; overdue 30.50 of 35.50; 1 more may be of it"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("late accounts: 2 of 3, 66.7%; overdue 30.50 of 35.50"), "{}", answer.out);
    assert!(!answer.out.contains("nearly every"), "{}", answer.out);
    desk.write("book.csv", "account_id,dpd,overdue,cause\na,0,0.00,illness\nb,9,10.00,forgot\n");
    let json = desk.arrears(&[&on[..], &["--json"]].concat()).json();
    let late = &json["analysis"]["otherwise"]["late"];
    assert_eq!((&late["otherwise"]["accounts"], &late["of"]["accounts"]), (&1.into(), &1.into()));
    let kinds: Vec<_> = json["analysis"]["findings"].as_array().unwrap().iter().map(|it| it["kind"].clone()).collect();
    assert!(kinds.contains(&"otherwise_share".into()), "{kinds:?}");
    assert_eq!(desk.arrears(&["check", "book.rhai", "--deep", "--on", "book.csv"]).code, 2);
}

#[test]
fn in_depth_what_the_law_in_force_refuses_in_every_case_is_never_permitted() {
    let desk = Desk::new();
    desk.write("book.rhai", BOOK);
    let pack = r#"pack "xx" #{ title: "the law of XX", version: "1", jurisdiction: "XX", from: "2026-01-01", source: "made up", why: "a test" };
guardrail "no texts" when channel == "sms" do refuse() #{ cites: "s. 1", basis: "primary", certainty: "high", status: "in_force",
   says: "nobody is sent a text", not_covered: "nothing" };
"#;
    desk.write("xx.rhai", pack);
    let deep = ["check", "book.rhai", "--deep"];
    let answer = desk.arrears(&deep);
    assert!(!answer.out.contains("never permitted"), "{}", answer.out);
    let answer = desk.arrears(&[&deep[..], &["--as-of", "2026-03-31", "--pack", "xx.rhai"]].concat());
    assert!(answer.out.contains("\"text\" is never permitted"), "{} {}", answer.out, answer.err);
    assert!(answer.out.contains("guardrail \"no texts\""), "{}", answer.out);
    let answer = desk.arrears(&[&deep[..], &["--as-of", "2025-03-31", "--pack", "xx.rhai"]].concat());
    assert!(answer.out.contains("nothing that reaches a person goes out"), "{}", answer.out);
    assert_eq!(desk.arrears(&[&deep[..], &["--pack", "xx.rhai"]].concat()).code, 2);
}
