//! State from night to night.

use crate::support::{Folder, decide, options};
use arrears_batch::Options;
use std::path::PathBuf;

const LATE: &str = "A1,45,120.00,forgot,false,no,0.1,never\n";

fn lines(path: &PathBuf) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

fn nightly(folder: &Folder, as_of: &str, before: Option<&str>, after: &str) -> Options {
    let mut options = options(as_of);
    options.state = before.map(|name| folder.path(name).into());
    options.state_out = Some(folder.path(after));
    options.outputs = vec![folder.path("out.csv")];
    options
}

fn stage(folder: &Folder) -> String {
    let line = lines(&folder.path("out.csv")).remove(1);
    let cells: Vec<&str> = line.split(',').collect();
    format!("{} from {} ({})", cells[3], cells[4], cells[5])
}

#[test]
fn the_ladder_is_climbed_one_rung_a_night_and_not_twice_on_one_day() {
    for ending in ["csv", "parquet"] {
        let folder = Folder::new();
        let table = folder.csv(LATE);
        let name = |night: u8| format!("{night}.{ending}");
        decide(&table, &nightly(&folder, "2026-11-28", None, &name(1))).unwrap();
        assert_eq!(stage(&folder), "reminder from  (limited)");
        decide(&table, &nightly(&folder, "2026-11-28", Some(&name(1)), &name(2))).unwrap();
        assert_eq!(stage(&folder), "reminder from reminder (repeat)");
        decide(&table, &nightly(&folder, "2026-11-29", Some(&name(2)), &name(2))).unwrap();
        assert_eq!(stage(&folder), "firm from reminder (condition)");
        assert_eq!(folder.files().len(), 4);
    }
}

#[test]
fn an_account_that_the_table_no_longer_has_is_kept_as_it_was() {
    let folder = Folder::new();
    let two = folder.csv(&format!("{LATE}B2,3,50.00,forgot,no,no,0.1,never\n"));
    decide(&two, &nightly(&folder, "2026-11-28", None, "1.csv")).unwrap();
    let one = folder.csv(LATE);
    let summary = decide(&one, &nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv")).unwrap();
    assert_eq!(summary.state_kept, 1);
    let (before, after) = (lines(&folder.path("1.csv")), lines(&folder.path("2.csv")));
    assert_eq!(before[0], after[0]);
    assert_eq!(before[2], after[2]);
    assert!(after[2].starts_with("B2,2026-11-28,"));
    assert!(after[1].starts_with("A1,2026-11-29,"));
}

#[test]
fn an_account_in_a_stage_that_nobody_knows_is_an_error_of_its_row_and_keeps_its_state() {
    let folder = Folder::new();
    let state = folder.write("1.csv", "account_id,decided_on,previous_stage,days_in_stage\nA1,2026-11-28,remindr,4\n");
    let mut options = nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv");
    let message = folder.without(decide(&folder.csv(LATE), &options).unwrap_err());
    assert_eq!(
        message,
        "book.csv: 1 row of 1 cannot be decided, and nothing was written:\n  \
         row 1 (line 2), account A1, column `previous_stage`: `remindr` is not a word of `previous_stage`: expected one of \
         current, reminder, firm (did you mean `reminder`?) (row 1 of the state 1.csv)"
    );
    options.keep_going = true;
    decide(&folder.csv(LATE), &options).unwrap();
    let kept = lines(&folder.path("2.csv"));
    let stage = kept[0].split(',').position(|column| column == "previous_stage").unwrap();
    assert!(kept[1].starts_with("A1,2026-11-28,"));
    assert_eq!(kept[1].split(',').nth(stage), Some("remindr"));
    assert_eq!(lines(&state).len(), 2);
}

#[test]
fn a_state_from_the_future_or_without_a_day_is_an_error_of_its_row() {
    let folder = Folder::new();
    for (day, problem) in [
        ("2026-12-01", "`2026-12-01` lies after the day of this decision, 2026-11-29"),
        ("soon", "`soon` is not a date: write year, month and day, as in 2026-11-30"),
        ("", "the cell is empty"),
    ] {
        folder.write("1.csv", format!("account_id,decided_on,previous_stage\nA1,{day},reminder\n"));
        let error = decide(&folder.csv(LATE), &nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv")).unwrap_err();
        let wanted = format!("account A1, column `decided_on`: {problem} (row 1 of the state 1.csv)");
        assert!(folder.without(&error).ends_with(&wanted), "{error}");
    }
}

#[test]
fn what_is_no_state_is_refused() {
    let folder = Folder::new();
    let refused = |text: &str| {
        folder.write("1.csv", text);
        folder.without(decide(&folder.csv(LATE), &nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv")).unwrap_err())
    };
    assert_eq!(
        refused("account_id,dpd\n"),
        "1.csv: is not a state of decisions: column `decided_on`, `previous_stage` is absent"
    );
    assert_eq!(
        refused("account_id,decided_on,previous_stage\nA1,2026-11-01,firm\nA1,2026-11-02,firm\n"),
        "1.csv: row 2: account A1 is in row 1 already"
    );
    assert_eq!(
        refused("account_id,decided_on,previous_stage\n,2026-11-01,firm\n"),
        "1.csv: row 1: column `account_id` is empty"
    );
}

#[test]
fn a_state_fact_may_stand_in_the_table_or_in_the_state_but_not_in_both() {
    let folder = Folder::new();
    folder.write("1.csv", "account_id,decided_on,previous_stage\nA1,2026-11-28,reminder\n");
    let table = folder.write("book.csv", format!("previous_stage,{}firm,{LATE}", crate::support::HEADER));
    let options = nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv");
    assert_eq!(
        folder.without(decide(&table, &options).unwrap_err()),
        "book.csv cannot be decided under `book`:\n  \
         column `previous_stage` is in the table and in the state: take it out of the table, or write `previous_stage = \
         false` under `columns` in the mapping"
    );
    let alone = nightly(&folder, "2026-11-29", None, "2.csv");
    decide(&table, &alone).unwrap();
    assert_eq!(stage(&folder), "firm from firm (stays)");
}

/// The columns `treatment` and `action` of the only decision.
fn action(folder: &Folder) -> String {
    let text = lines(&folder.path("out.csv"));
    let place = |name: &str| text[0].split(',').position(|column| column == name).unwrap();
    let cells: Vec<&str> = text[1].split(',').collect();
    format!("{} {}", cells[place("treatment")], cells[place("action")]).trim().to_owned()
}

#[test]
fn a_first_night_has_no_state_file_and_the_next_one_has_it() {
    let folder = Folder::new();
    let table = folder.csv("A1,5,120.00,forgot,false,no,0.1,never\n");
    let first = decide(&table, &nightly(&folder, "2026-11-28", None, "1.csv")).unwrap();
    assert_eq!((first.with_state, action(&folder).as_str()), (0, "gentle_text sms"));
    let second = decide(&table, &nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv")).unwrap();
    assert_eq!((second.with_state, action(&folder).as_str()), (1, "wait"));
    let missing = nightly(&folder, "2026-11-29", Some("none.csv"), "2.csv");
    assert!(folder.without(decide(&table, &missing).unwrap_err()).starts_with("none.csv: "));
}

#[test]
fn a_night_that_was_missed_counts_its_days_and_gives_no_second_step() {
    let folder = Folder::new();
    let table = folder.csv("A1,5,120.00,forgot,false,no,0.1,never\n");
    decide(&table, &nightly(&folder, "2026-11-28", None, "1.csv")).unwrap();
    // Two nights are missed: the text, which rests for three days, is due again.
    decide(&table, &nightly(&folder, "2026-12-01", Some("1.csv"), "2.csv")).unwrap();
    assert_eq!(action(&folder), "gentle_text sms");
    let late = folder.csv(LATE);
    decide(&late, &nightly(&folder, "2026-12-09", Some("2.csv"), "3.csv")).unwrap();
    assert_eq!(stage(&folder), "firm from reminder (condition)");
}

#[test]
fn a_night_that_is_repeated_decides_the_same_and_nothing_escalates() {
    let folder = Folder::new();
    let table = folder.csv(&format!("{LATE}B2,3,50.00,forgot,no,no,0.1,never\n"));
    decide(&table, &nightly(&folder, "2026-11-28", None, "1.csv")).unwrap();
    // From the state of the night before, as if it had never been decided that day.
    let again = || {
        decide(&table, &nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv")).unwrap();
        (lines(&folder.path("out.csv")), lines(&folder.path("2.csv")))
    };
    let (first, second) = (again(), again());
    assert_eq!(first, second);
    // From its own state: no stage moves, and what was done today rests.
    decide(&table, &nightly(&folder, "2026-11-29", Some("2.csv"), "3.csv")).unwrap();
    assert_eq!(stage(&folder), "firm from firm (stays)");
    assert_eq!(action(&folder), "wait");
}

#[test]
fn an_account_that_returns_finds_its_state_moved_on_by_the_days_it_was_gone() {
    let folder = Folder::new();
    let row = "B2,5,50.00,forgot,no,no,0.1,never\n";
    let both = folder.csv(&format!("{LATE}{row}"));
    decide(&both, &nightly(&folder, "2026-11-28", None, "1.csv")).unwrap();
    let alone = folder.csv(LATE);
    decide(&alone, &nightly(&folder, "2026-11-29", Some("1.csv"), "1.csv")).unwrap();
    decide(&alone, &nightly(&folder, "2026-11-30", Some("1.csv"), "1.csv")).unwrap();
    let back = folder.csv(row);
    decide(&back, &nightly(&folder, "2026-11-30", Some("1.csv"), "early.csv")).unwrap();
    assert_eq!(action(&folder), "wait");
    let summary = decide(&back, &nightly(&folder, "2026-12-01", Some("1.csv"), "1.csv")).unwrap();
    assert_eq!((summary.with_state, summary.state_kept), (1, 1));
    assert_eq!(stage(&folder), "reminder from reminder (stays)");
    assert_eq!(action(&folder), "gentle_text sms");
    let state = lines(&folder.path("1.csv"));
    let days = state[0].split(',').position(|column| column == "days_in_stage").unwrap();
    // The table's own account first, then the one that the table no longer has, as it was.
    assert!(state[1].starts_with("B2,2026-12-01,"));
    assert_eq!(state[1].split(',').nth(days), Some("3"));
    assert!(state[2].starts_with("A1,2026-11-30,"));
}

#[test]
fn a_stage_that_was_renamed_is_known_by_its_former_name() {
    let folder = Folder::new();
    let table = folder.csv(LATE);
    folder.write(
        "1.csv",
        "account_id,decided_on,previous_stage,days_in_stage,previous_rung\nA1,2026-11-20,early,4,early\n",
    );
    let options = nightly(&folder, "2026-11-29", Some("1.csv"), "2.csv");
    assert!(
        folder.without(decide(&table, &options).unwrap_err()).contains("`early` is not a word of `previous_stage`")
    );
    let renamed = crate::support::POLICY
        .replace("stage \"reminder\" when dpd >= 1;", "stage \"reminder\" when dpd >= 1 #{ formerly: [\"early\"] };");
    arrears_batch::run(&crate::support::policy_of(&renamed), &table, &options, arrears_batch::Hooks::default())
        .unwrap();
    assert_eq!(stage(&folder), "firm from reminder (condition)");
    assert!(lines(&folder.path("2.csv"))[1].contains(",firm,0,firm,"));
}

#[test]
fn decisions_and_state_are_written_together_or_not_at_all() {
    let folder = Folder::new();
    let table = folder.csv(LATE);
    // The state cannot take the name of a folder, and is the last to be named.
    std::fs::create_dir(folder.path("state.csv")).unwrap();
    let options = nightly(&folder, "2026-11-28", None, "state.csv");
    let error = folder.without(decide(&table, &options).unwrap_err());
    assert!(error.starts_with("state.csv: cannot be written: "), "{error}");
    assert_eq!(folder.files(), ["book.csv", "state.csv"]);
    assert!(std::fs::read_dir(folder.path("state.csv")).unwrap().next().is_none());
    // Decisions of an earlier night are there again, unchanged.
    let before = folder.write("out.csv", "of last night\n");
    decide(&table, &options).unwrap_err();
    assert_eq!(std::fs::read_to_string(before).unwrap(), "of last night\n");
    assert_eq!(folder.files(), ["book.csv", "out.csv", "state.csv"]);
    std::fs::remove_dir(folder.path("state.csv")).unwrap();
    decide(&table, &options).unwrap();
    assert_eq!(folder.files(), ["book.csv", "out.csv", "state.csv"]);
}
