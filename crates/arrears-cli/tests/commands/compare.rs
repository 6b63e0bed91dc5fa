//! `arrears compare`: two policies on one table.

use crate::support::{Answer, Desk, NO_LAW, golden};

fn compare(desk: &Desk, more: &[&str]) -> Answer {
    let mut command = desk.command(&["compare", "card.rhai", "new.rhai", "--on", "accounts.csv"]);
    desk.answer(command.args(NO_LAW).args(more))
}

/// The new policy sends no one under 50.00 a reminder, and is firm later.
fn desk() -> Desk {
    let desk = Desk::new();
    let new = desk.read("card.rhai").replace("version: \"3\"", "version: \"4\"");
    let new = new.replace("floor = 25.00", "floor = 50.00").replace("dpd > 30", "dpd > 60");
    desk.write("new.rhai", &new);
    desk
}

#[test]
fn a_comparison_shows_who_moves_from_what_to_what_with_their_money() {
    let desk = desk();
    let answer = compare(&desk, &["--out", "moved.csv"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("compare.txt", &answer.out);
    golden("compare.csv", &desk.read("moved.csv"));
}

#[test]
fn a_comparison_for_programs_adds_up_and_names_both_policies() {
    let desk = desk();
    let answer = compare(&desk, &["--json", "--out", "moved.parquet"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let found = answer.json();
    assert_eq!((&found["a"]["policy_version"], &found["b"]["policy_version"]), (&"3".into(), &"4".into()));
    let run = desk.run(&["--no-review", "--json"]).json();
    assert_eq!(found["a"]["policy_hash"], run["policy_hash"]);
    let accounts = |count: &serde_json::Value| count["accounts"].as_u64().unwrap();
    assert_eq!(accounts(&found["kept"]) + accounts(&found["moved"]["any"]), accounts(&found["both"]));
    let stages = found["by_stage"].as_array().unwrap();
    assert_eq!(stages.iter().map(accounts).sum::<u64>(), 9);
    assert!(desk.path("moved.parquet").exists());
}

#[test]
fn a_policy_is_compared_with_itself_under_another_threshold() {
    let desk = Desk::new();
    let with = |more: &[&str]| {
        let mut command = desk.command(&["compare", "card.rhai", "card.rhai", "--on", "accounts.csv", "--json"]);
        desk.answer(command.args(NO_LAW).args(more)).json()
    };
    let same = with(&["--set", "floor=50"]);
    assert_eq!((&same["moved"]["any"]["accounts"], &same["kept"]["accounts"]), (&0.into(), &9.into()));
    let other = with(&["--set-a", "floor=50", "--set-b", "floor=25"]);
    assert_eq!(other["contacts"]["only_b"]["accounts"], 1);
    assert_eq!(other["first_moved"][0]["account_id"], "forgetful");
}

#[test]
fn rows_that_cannot_be_decided_are_listed_for_each_policy() {
    let desk = desk();
    desk.reenter("habitual,12", "habitual,-12");
    assert_eq!(compare(&desk, &[]).code, 3);
    let answer = compare(&desk, &["--keep-going"]);
    assert_eq!(answer.code, 4);
    assert!(answer.out.contains("neither decides"), "{}", answer.out);
    let told = answer.err.matches("note: 1 row cannot be decided under ").count();
    assert!(told == 2 && answer.err.contains("account habitual"), "{}", answer.err);
}

#[test]
fn policies_that_do_not_belong_together_are_refused() {
    let desk = desk();
    let new = desk.read("new.rhai").replace("currency: \"GBP\"", "currency: \"EUR\"");
    desk.write("new.rhai", &new);
    let answer = compare(&desk, &["--json"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("`card` 3 counts in GBP and `card` 4 in EUR"), "{}", answer.err);
    assert_eq!(compare(&desk, &["--out", "accounts.csv"]).code, 2);
}
