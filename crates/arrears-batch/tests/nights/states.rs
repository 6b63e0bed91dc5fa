//! A state beside a table of several batches, in whatever order it stands.

use crate::books::{MANY, lines, parquet_rows, row, shuffled};
use crate::support::{Folder, HEADER, decide, options};
use arrears_batch::Options;
use std::path::Path;

/// Accounts of the first night, by number; every twentieth is gone on the second.
const ALL: u32 = MANY + MANY / 20;

fn name(number: u32) -> String {
    format!("A{number:06}")
}

const fn is_gone(number: u32) -> bool {
    number.is_multiple_of(20)
}

/// The table of the second night: accounts gone, and as many new ones among the others.
fn second_night(folder: &Folder) -> std::path::PathBuf {
    let mut rows = String::new();
    for number in 0..ALL {
        if is_gone(number) {
            rows.push_str(&row(&format!("N{number:06}"), number + 40));
        } else {
            rows.push_str(&row(&name(number), number + 1));
        }
    }
    folder.write("second.csv", format!("{HEADER}{rows}"))
}

/// Decides the first night with accounts in an order, so that its state has that order.
fn state_in_order(folder: &Folder, order: &[usize], state: &str) {
    let rows: String =
        order.iter().map(|place| u32::try_from(*place).unwrap()).map(|number| row(&name(number), number)).collect();
    let table = folder.write("first.csv", format!("{HEADER}{rows}"));
    let mut first = options("2026-11-28");
    first.state_out = Some(folder.path(state));
    let summary = decide(&table, &first).unwrap();
    assert_eq!(summary.rows, u64::from(ALL));
}

fn nightly(folder: &Folder, state: &str, state_out: &str) -> Options {
    let mut options = options("2026-11-29");
    options.state = Some(folder.path(state).into());
    options.state_out = Some(folder.path(state_out));
    options.outputs = vec![folder.path("out.csv"), folder.path("out.jsonl")];
    options
}

fn orders() -> [(&'static str, Vec<usize>); 3] {
    let as_they_are: Vec<usize> = (0..usize::try_from(ALL).unwrap()).collect();
    let backwards = as_they_are.iter().rev().copied().collect();
    let mixed = shuffled(as_they_are.len());
    [("as the table", as_they_are), ("backwards", backwards), ("mixed", mixed)]
}

#[test]
fn decisions_do_not_depend_on_the_order_of_the_state() {
    let folder = Folder::new();
    let table = second_night(&folder);
    let mut decided = Vec::new();
    for (order, accounts) in orders() {
        state_in_order(&folder, &accounts, "state.csv");
        let summary = decide(&table, &nightly(&folder, "state.csv", "after.csv")).unwrap();
        assert_eq!((summary.rows, summary.errors), (u64::from(ALL), 0), "{order}");
        let gone = u64::try_from((0..ALL).filter(|number| is_gone(*number)).count()).unwrap();
        assert_eq!((summary.with_state, summary.state_kept), (u64::from(ALL) - gone, gone), "{order}");

        let (before, after) = (lines(&folder, "state.csv"), lines(&folder, "after.csv"));
        let is_gone = |line: &&String| number_of(line).is_some_and(is_gone);
        let gone: Vec<&String> = before[1..].iter().filter(is_gone).collect();
        let (left, kept) = after[1..].split_at(usize::try_from(ALL).unwrap());
        assert!(kept.iter().eq(gone), "{order}: accounts that are gone are not as they were");
        let named = |line: &String| line.split(',').next().unwrap().to_owned();
        let in_table = lines(&folder, "second.csv");
        assert!(left.iter().map(named).eq(in_table[1..].iter().map(named)), "{order}: not the order of the table");
        let left = left.to_vec();
        decided.push((order, [lines(&folder, "out.csv"), lines(&folder, "out.jsonl"), left]));
    }
    // What is decided rests on the state: an account that climbed one rung climbs the next.
    assert!(decided[0].1[0].iter().any(|line| line.contains(",firm,reminder,condition,")));
    let (_, first) = &decided[0];
    for (order, found) in &decided[1..] {
        assert!(first == found, "a state that stands {order} decides otherwise");
    }
}

#[test]
fn a_state_in_parquet_is_read_and_kept_as_one_in_csv() {
    let folder = Folder::new();
    let table = second_night(&folder);
    let (_, mixed) = &orders()[2];
    let decided = ["csv", "parquet"].map(|ending| {
        let (before, after) = (format!("state.{ending}"), format!("after.{ending}"));
        state_in_order(&folder, mixed, &before);
        decide(&table, &nightly(&folder, &before, &after)).unwrap();
        lines(&folder, "out.csv")
    });
    assert!(decided[0] == decided[1]);
    let gone = |name: &str| {
        let rows = parquet_rows(&folder, name);
        rows.into_iter().filter(|line| line.starts_with('A') && number_of(line).is_some_and(is_gone)).collect()
    };
    let (before, after): (Vec<String>, Vec<String>) = (gone("state.parquet"), gone("after.parquet"));
    assert!(before.len() > 1_000 && before == after);
}

#[test]
fn a_state_may_be_written_over_itself() {
    let folder = Folder::new();
    let table = second_night(&folder);
    let (_, mixed) = &orders()[2];
    state_in_order(&folder, mixed, "state.csv");
    decide(&table, &nightly(&folder, "state.csv", "after.csv")).unwrap();
    let apart = [lines(&folder, "out.csv"), lines(&folder, "after.csv")];
    decide(&table, &nightly(&folder, "state.csv", "state.csv")).unwrap();
    assert!(apart == [lines(&folder, "out.csv"), lines(&folder, "state.csv")]);
    assert_eq!(folder.files(), ["after.csv", "first.csv", "out.csv", "out.jsonl", "second.csv", "state.csv"]);
}

#[test]
fn two_rows_of_a_state_about_one_account_are_both_named_however_far_apart() {
    let folder = Folder::new();
    let state = |twice: &str| {
        let rows = (1..=MANY).map(|number| match number {
            20_017 => format!("{twice},2026-11-28,firm\n"),
            number => format!("{},2026-11-28,reminder\n", name(number)),
        });
        let text = format!("account_id,decided_on,previous_stage\n{}", rows.collect::<String>());
        folder.write("state.csv", text);
    };
    let table = folder.csv(&row(&name(5), 5));
    // Once for an account that the table has, and once for one that it has not.
    for number in [5, 6] {
        state(&name(number));
        let error = decide(&table, &nightly(&folder, "state.csv", "state.csv")).unwrap_err();
        let said = format!("state.csv: row 20017: account A00000{number} is in row {number} already");
        assert_eq!(folder.without(error), said);
    }
    assert_eq!(folder.files(), ["book.csv", "state.csv"]);
}

/// A night of an earlier day than some account's last one, or with a state that cannot be read.
fn kept(folder: &Folder, state: &str, table: &Path) -> Vec<String> {
    folder.write("state.csv", state);
    let mut options = nightly(folder, "state.csv", "after.csv");
    options.keep_going = true;
    let summary = decide(table, &options).unwrap();
    assert_eq!(summary.errors, 1);
    let header = lines(folder, "after.csv").remove(0);
    let wanted: Vec<usize> = ["account_id", "decided_on", "previous_stage", "days_in_stage"]
        .iter()
        .map(|name| header.split(',').position(|column| column == *name).unwrap())
        .collect();
    let mut rows = lines(folder, "after.csv").split_off(1);
    rows.sort();
    rows.iter()
        .map(|row| wanted.iter().map(|at| row.split(',').nth(*at).unwrap()).collect::<Vec<_>>().join(","))
        .collect()
}

#[test]
fn what_cannot_be_used_of_a_state_is_kept_as_it_was() {
    let folder = Folder::new();
    let table = folder.csv(&row("A1", 40));
    let header = "account_id,decided_on,previous_stage,days_in_stage";
    // A1 is an error of its row, B2 is no longer in the table; both come from a later day.
    let later = ["A1,2026-11-30,reminder,4", "B2,2026-12-01,firm,9"];
    assert_eq!(kept(&folder, &format!("{header}\n{}\n", later.join("\n")), &table), later);
    let unreadable = ["A1,2026-11-28,reminder,some", "B2,2026-11-28,frim,-1"];
    assert_eq!(kept(&folder, &format!("{header}\n{}\n", unreadable.join("\n")), &table), unreadable);
}

/// The number in the name of a line's account, which is a letter and six digits.
fn number_of(line: &str) -> Option<u32> {
    line.get(1..7)?.parse().ok()
}
