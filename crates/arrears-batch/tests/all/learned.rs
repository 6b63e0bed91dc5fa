//! What was done, and with which results, taken into the state between two nights.

use crate::support::{Folder, array, options, policy_of, write_parquet};
use arrears::Policy;
use arrears_batch::{Hooks, LearnOptions, LearnSummary, Options, learn, run};
use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, StringArray};
use std::path::PathBuf;

const POLICY: &str = r#"
policy "book" #{ version: "1", currency: "CNY" };
assume opted_out("phone") = false #{ why: "no objections are kept" };
assume opted_out("visit") = false #{ why: "no objections are kept" };
assume number_mobile = "valid" #{ why: "every account has one" };
assume number_work = "none" #{ why: "none is kept" };
assume promise_open = false #{ why: "promises are learned" };
assume hazard = false #{ why: "dangers are learned" };
debtor "anyone" otherwise;
stage "late" when dpd >= 1;
stage "visit" when dpd > 90;
escalate #{ mode: "skip", first: "skip" };
treatment "call" in ["late"] unless promise_open do phone(#{ numbers: ["mobile", "work"], every: 2, at_most: 3 });
treatment "at_the_door" in ["visit"] when !hazard do visit(#{ every: 2 });
outcome "no_answer" do retry(#{ after: 1 });
outcome "wrong_number" do retire_point(#{ as: "wrong" });
outcome "complaint" do pause(#{ days: 15 });
outcome "visit_refused_for_hazard" do mark(#{ fact: "hazard", lasts: 180 });
outcome "rpc_promise" do promise(#{});
"#;

const BOOK: &str = "account_id,dpd\nA1,10\nA2,10\nA3,10\nA4,95\nA5,10\nA6,10\n";

struct Night {
    folder: Folder,
    policy: Policy,
}

impl Night {
    /// Decided and carried out on 28 November, in a state of this form.
    fn new(ending: &str) -> Self {
        let night = Self { folder: Folder::new(), policy: policy_of(POLICY) };
        night.folder.write("book.csv", BOOK);
        night.decide("2026-11-28", None, &format!("state.{ending}"));
        night
    }

    fn decide(&self, as_of: &str, before: Option<&str>, after: &str) {
        let options = Options {
            state: before.map(|name| self.folder.path(name).into()),
            state_out: Some(self.folder.path(after)),
            outputs: vec![self.folder.path("out.csv")],
            ..options(as_of)
        };
        run(&self.policy, self.folder.path("book.csv"), &options, Hooks::default()).unwrap();
    }

    fn done(&self, rows: &str) -> PathBuf {
        self.folder.write("done.csv", rows)
    }

    fn learn(&self, rows: &str, state: &str, keep_going: bool) -> Result<LearnSummary, String> {
        let (state, done) = (self.folder.path(state), self.done(rows));
        let options = LearnOptions { keep_going, ..LearnOptions::new(&state, &state) };
        learn(&self.policy, done, &options).map_err(|error| self.folder.without(error))
    }

    /// The action of every account.
    fn actions(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.path("out.csv")).unwrap();
        let mut lines = text.lines();
        let action = lines.next().unwrap().split(',').position(|column| column == "action").unwrap();
        lines.map(|line| line.split(',').nth(action).unwrap().to_owned()).collect()
    }
}

#[test]
fn the_second_night_decides_otherwise_because_of_what_was_learned() {
    for ending in ["csv", "parquet"] {
        let night = Night::new(ending);
        let state = format!("state.{ending}");
        assert_eq!(night.actions(), ["phone", "phone", "phone", "visit", "phone", "phone"]);
        let rows = "account_id,on,outcome,point,amount,due_on\n\
                    A1,2026-11-28,wrong_number,mobile,,\nA2,2026-11-29,complaint,,,\nA3,2026-11-28,no_answer,,,\n\
                    A4,2026-11-28,visit_refused_for_hazard,,,\nA5,2026-11-28,rpc_promise,,120.50,2026-12-04\n";
        let summary = night.learn(rows, &state, false).unwrap();
        assert_eq!((summary.rows, summary.taken_in, summary.accounts, summary.errors), (5, 5, 5, 0));
        let effects: Vec<&str> = summary.applied.iter().map(|tally| tally.effect).collect();
        assert_eq!(effects, ["pause", "retry", "promise", "mark", "retire_point"]);
        // The next night: only whom nobody answered is called again; the rest rests or is learned.
        night.decide("2026-11-29", Some(&state), &state);
        assert_eq!(night.actions(), ["none", "wait", "phone", "none", "wait", "wait"]);
        // Once `every` is over, what was learned still stands, through the states of two nights.
        night.decide("2026-12-01", Some(&state), &state);
        assert_eq!(night.actions(), ["none", "wait", "phone", "none", "wait", "phone"]);
        // The promise ends after its day, the pause after its fifteen, the danger after 180.
        night.decide("2026-12-05", Some(&state), &state);
        assert_eq!(night.actions(), ["none", "wait", "phone", "none", "phone", "phone"]);
        night.decide("2026-12-14", Some(&state), &state);
        assert_eq!(night.actions()[1], "phone");
        night.decide("2027-05-28", Some(&state), &state);
        assert_eq!(night.actions()[3], "visit");
    }
}

#[test]
fn a_parquet_table_of_results_says_the_same_as_csv() {
    let (night, other) = (Night::new("csv"), Night::new("csv"));
    let rows = "account_id,on,done,outcome,amount,due_on\nA1,2026-11-28,true,rpc_promise,10.50,2026-12-10\nA2,2026-11-29,false,complaint,,\n";
    night.learn(rows, "state.csv", false).unwrap();
    let day = |text: &str| Date32Type::from_naive_date(text.parse().unwrap());
    let done = other.folder.path("done.parquet");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("account_id", array(StringArray::from(vec!["A1", "A2"]))),
        ("on", array(Date32Array::from(vec![day("2026-11-28"), day("2026-11-29")]))),
        ("done", array(BooleanArray::from(vec![true, false]))),
        ("outcome", array(StringArray::from(vec!["rpc_promise", "complaint"]))),
        ("amount", array(Decimal128Array::from(vec![Some(1050), None]).with_precision_and_scale(12, 2).unwrap())),
        ("due_on", array(Date32Array::from(vec![Some(day("2026-12-10")), None]))),
    ];
    write_parquet(&done, columns);
    let state = other.folder.path("state.csv");
    learn(&other.policy, &done, &LearnOptions::new(&state, &state)).unwrap();
    let read = |night: &Night| std::fs::read_to_string(night.folder.path("state.csv")).unwrap();
    assert_eq!(read(&night), read(&other));
}

#[test]
fn results_are_taken_in_by_their_days_and_then_in_the_order_of_the_table() {
    let night = Night::new("csv");
    let rows = "account_id,on,treatment,done,outcome,amount,due_on\n\
                A1,2026-11-30,,,rpc_promise,10.00,2026-12-10\nA1,2026-11-28,,,rpc_promise,20.00,2026-12-01\n\
                A2,2026-11-28,call,false,,,\nA6,2026-11-29,at_the_door,yes,,,\n";
    let summary = night.learn(rows, "state.csv", false).unwrap();
    let words: Vec<_> = summary.applied.iter().map(|tally| (tally.code, tally.effect, tally.times)).collect();
    assert_eq!(words, [(None, "counted", 1), (None, "given_back", 1), (Some("rpc_promise"), "promise", 2)]);
    let state = std::fs::read_to_string(night.folder.path("state.csv")).unwrap();
    let mut lines = state.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let cell = |account: &str, name: &str| {
        let line = state.lines().find(|line| line.starts_with(account)).unwrap();
        line.split(',').nth(header.iter().position(|column| *column == name).unwrap()).unwrap().to_owned()
    };
    assert_eq!(
        (cell("A1", "learned_promise_amount"), cell("A1", "learned_promise_due_in")),
        ("10.00".into(), "10".into())
    );
    assert_eq!((cell("A1", "decided_on"), cell("A1", "days_since_decision")), ("2026-11-30".into(), "2".into()));
    assert_eq!((cell("A2", "episode_count_call"), cell("A3", "episode_count_call")), ("0".into(), "1".into()));
    assert_eq!(
        (cell("A6", "last_treatment"), cell("A6", "days_since_at_the_door")),
        ("at_the_door".into(), "0".into())
    );
    assert_eq!(cell("A3", "learned_promise_amount"), "never");
}

#[test]
fn bad_rows_are_named_by_row_and_column_all_at_once_and_nothing_is_written() {
    let night = Night::new("csv");
    let rows = "account_id,on,treatment,done,channel,point,outcome,call_back_on,amount,due_on\n\
                Z9,2026-11-28,,,,,busy,,,\n\
                A1,2026-11-27,cal,,,,wrong_numbr,,,\n\
                A2,28.11.2026,,perhaps,fone,mobil,,soon,-1.234,\n\
                A3,2026-11-28,,,,,rpc_promise,,-5.00,\n\
                A4,2026-11-28,call,no,,,,,,\n\
                A6,2026-11-28,,,,,busy,,,\n\
                A6,2026-11-28,,,,,busy,,,\n\
                ,,,,,,,,,\n";
    let before = std::fs::read(night.folder.path("state.csv")).unwrap();
    assert_eq!(
        night.learn(rows, "state.csv", false).unwrap_err(),
        "done.csv: 7 rows of 8 cannot be taken in, and nothing was written:\n  \
         row 1 (line 2), account Z9, column `account_id`: `Z9` is not in the state state.csv: only what was decided has results\n  \
         row 2 (line 3), account A1, column `treatment`: the policy has no treatment `cal`: did you mean `call`?; \
         column `outcome`: no contact has the result `wrong_numbr`: did you mean `wrong_number`?; \
         column `on`: 2026-11-27 lies before the day of the decision, 2026-11-28: what is done follows a decision\n  \
         row 3 (line 4), account A2, column `on`: `28.11.2026` is not a date: write year, month and day, as in 2026-11-30; \
         column `done`: `perhaps` is neither true nor false; \
         column `channel`: `fone` is no channel: expected one of push, in_app, chat, sms, email, letter, postcard, social_message, social_post, ringless_voicemail, ivr, phone, visit, branch, meeting, litigation; \
         column `point`: `mobil` is no point: expected one of mobile, work, home (did you mean `mobile`?); \
         column `call_back_on`: `soon` is not a date: write year, month and day, as in 2026-11-30; \
         column `amount`: `-1.234` has more than 2 decimals\n  \
         row 4 (line 5), account A3, column `amount`: -5.00 CNY lies below zero: write what was promised; \
         column `due_on`: is empty, but the result `rpc_promise` does `promise`, which needs the day for which payment was promised\n  \
         row 5 (line 6), account A4, column `done`: `call` was not decided on 2026-11-28, so there is nothing that was not done\n  \
         row 7 (line 8), account A6, says the same as row 6: leave one of them out\n  \
         row 8 (line 9), column `account_id`: the cell is empty: every row needs an account; \
         column `on`: the cell is empty: write the day on which it was done"
    );
    assert_eq!(std::fs::read(night.folder.path("state.csv")).unwrap(), before);
}

#[test]
fn asked_to_keep_going_the_good_rows_are_taken_in_and_the_bad_ones_set_aside() {
    let night = Night::new("csv");
    let rows = "account_id,on,outcome\nA2,2026-11-28,complaint\nA3,2026-11-28,complant\n";
    let summary = night.learn(rows, "state.csv", true).unwrap();
    assert_eq!((summary.taken_in, summary.errors), (1, 1));
    let aside = std::fs::read_to_string(night.folder.path("state.errors.csv")).unwrap();
    assert!(
        aside.contains("2,3,A3,outcome,,no contact has the result `complant`: did you mean `complaint`?"),
        "{aside}"
    );
    night.decide("2026-12-01", Some("state.csv"), "state.csv");
    assert_eq!(night.actions()[1..3], ["wait", "phone"]);
}

#[test]
fn a_table_that_is_none_of_what_was_done_is_refused() {
    let night = Night::new("csv");
    assert_eq!(
        night.learn("account,day,outcom\nA1,2026-11-28,busy\n", "state.csv", false).unwrap_err(),
        "done.csv: is not a table of what was done:\n  \
         column `account_id` is absent: did you mean `account`? Rename it\n  \
         column `on` is absent: every row says which account, and on which day\n  \
         column `outcom` is not read: did you mean `outcome`? Rename it, or take it out"
    );
    let done = night.done("account_id,on\n");
    let options = LearnOptions::new(night.folder.path("state.csv"), &done);
    let error = night.folder.without(learn(&night.policy, &done, &options).unwrap_err());
    assert_eq!(error, "done.csv: is the table of what was done already: give the results a name of their own");
}
