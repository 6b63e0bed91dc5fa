//! Tables of events beside the table of accounts: `--contacts` and its like.

use crate::support::{Desk, NO_LAW, golden};

const POLICY: &str = r#"
policy "calls" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
assume opted_out("phone") = false #{ why: "no objections are kept" };
hold "dispute" when dispute #{ stops: ["contact"] };
stage "reminder" when dpd >= 1;
treatment "call" in ["reminder"] when times("phone", 7) < 2 && paid_30d < 50.00 do phone(#{ at: "15:00" });
"#;

const CONTACTS: &str = "account_id,called_on,channel,outcome\n\
    A,2026-03-30,phone,busy\nB,2026-03-31,phone,no_answer\nB,2026-03-25,phone,busy\nB,2026-04-02,phone,busy\n\
    Z,2026-03-31,phone,busy\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("calls.rhai", POLICY);
    desk.write("book.csv", "account_id,dpd\nA,5\nB,5\nC,5\n");
    desk.write("contacts.csv", CONTACTS);
    desk.write("payments.csv", "account_id,on,amount\nA,2026-03-01,20.00\nB,2026-03-01,20.00\nC,2026-03-01,20.00\n");
    desk.write("holds.csv", "account_id,what,from,until\nC,dispute,2026-03-01,\n");
    desk.write("map.toml", "[contacts]\non = \"called_on\"\n[holds]\ncovers = [\"dispute\", \"closed\"]\n");
    desk.write("holds.toml", "[holds]\ncovers = [\"dispute\", \"closed\"]\n");
    desk
}

const BESIDE: [&str; 8] =
    ["--contacts", "contacts.csv", "--payments", "payments.csv", "--holds", "holds.csv", "--columns", "map.toml"];

#[test]
fn facts_are_counted_from_tables_of_events_and_the_summary_says_which() {
    let desk = desk();
    let mut command = desk.command(&["run", "calls.rhai", "--on", "book.csv", "--out", "out.csv"]);
    let answer = desk.answer(command.args(NO_LAW).args(BESIDE));
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("run_events.txt", &answer.out.replace(desk.path("out.csv").to_str().unwrap(), "out.csv"));
    let out = desk.read("out.csv");
    let treated: Vec<bool> = out.lines().skip(1).map(|line| line.contains(",call,")).collect();
    // B was called twice in seven days, C is in dispute.
    assert_eq!(treated, [true, false, false], "{out}");
}

#[test]
fn an_explanation_shows_the_counts() {
    let desk = desk();
    let mut command = desk.command(&["explain", "calls.rhai", "--on", "book.csv", "--account", "B"]);
    let answer = desk.answer(command.args(NO_LAW).args(BESIDE));
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.out.contains("times(\"phone\", 7) is 2"), "{}", answer.out);
    assert!(answer.out.contains("next review 2026-04-01"), "{}", answer.out);
    let mut command = desk.command(&["explain", "calls.rhai", "--facts", "dpd=1", "--contacts", "contacts.csv"]);
    let given = desk.answer(command.args(NO_LAW));
    assert_eq!(given.code, 2, "{}", given.err);
    assert!(given.err.contains("--on <TABLE>"), "{}", given.err);
}

#[test]
fn rows_of_events_that_cannot_be_read_are_told_with_their_lines() {
    let desk = desk();
    desk.write("contacts.csv", &format!("{CONTACTS}A,2026-03-32,phone,busy\n,2026-03-31,phone,bussy\n"));
    let run = |more: &[&str]| {
        let mut command = desk.command(&["run", "calls.rhai", "--on", "book.csv"]);
        desk.answer(command.args(NO_LAW).args(BESIDE).args(more))
    };
    let answer = run(&["--json"]);
    assert_eq!(answer.code, 3);
    assert_eq!(
        answer.err,
        "error: contacts.csv: 1 row of 7 cannot be counted for any account, and nothing was written:\n  row 7 (line 8), column \
         `outcome`: `bussy` is not known: expected one of rpc_promise, rpc_vague_promise, rpc_refused, rpc_dispute, \
         rpc_hardship, rpc_claims_no_money, rpc_callback, rpc_hung_up, rpc_hostile, third_party, wrong_number, dead and 19 more \
         (did you mean `busy`?); column `account_id`: the cell is empty: every event needs an account\n"
    );
    assert_eq!(answer.json()["error"]["events"][0]["errors"], 1);
    let answer = run(&["--keep-going", "--json"]);
    assert_eq!(answer.code, 4);
    let summary = answer.json();
    assert_eq!((&summary["decisions"], &summary["errors"]), (&2.into(), &1.into()));
    assert_eq!((&summary["events"][0]["refused"], &summary["events"][0]["of_nobody"]), (&2.into(), &1.into()));
    assert!(answer.err.contains("row 1 (line 2), account A, an event of the account cannot be read"), "{}", answer.err);
    assert!(answer.err.contains("1 row of contacts.csv cannot be counted for any account"), "{}", answer.err);
}

#[test]
fn what_no_table_tells_must_be_a_column() {
    let desk = desk();
    let mut command = desk.command(&["run", "calls.rhai", "--on", "book.csv", "--json"]);
    let answer = desk.answer(command.args(NO_LAW).args(["--holds", "holds.csv", "--columns", "holds.toml"]));
    assert_eq!(answer.code, 3);
    assert_eq!(answer.json()["error"]["columns"].as_array().unwrap().len(), 2, "{}", answer.err);
}
