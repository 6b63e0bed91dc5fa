//! The card status panel under `examples/policies/panel.rhai`: 45,985 customers, 61 months,
//! 1,048,575 account-months.

use crate::book::Book;
use crate::carried::decide_months;
use crate::compare::{compare, count};
use crate::ladder::{Ladder, Mode, Stage};
use crate::raw::{batches, data, days, words};
use crate::support::policy_of;
use arrears::Policy;
use arrears::trial::{TestOutcome, run_tests, sample_invariants};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// How the example policy moves accounts; a variant of it says something else here.
const SHIPPED: &str = "mode: \"sequential\", steps: 1, latches: [\"lost\"]";

fn text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/policies/panel.rhai");
    std::fs::read_to_string(path).unwrap()
}

/// The example policy with other options after `latches`.
pub(crate) fn policy(more: &str) -> Policy {
    assert!(text().contains(SHIPPED));
    policy_of(&text().replace(SHIPPED, &format!("{SHIPPED}{more}")))
}

/// What `panel.rhai` declares: rungs by days past due; 45 days in m4 before an account is
/// lost; up one step in a decision; down to the rung that the delay names, and out of lost
/// by paying up only.
pub(crate) fn ladder() -> Ladder {
    Ladder {
        stages: vec![
            Stage::new("early", |line| line.dpd >= 1),
            Stage::new("m1", |line| line.dpd >= 30),
            Stage::new("m2", |line| line.dpd >= 60),
            Stage::new("m3", |line| line.dpd >= 90),
            Stage::new("m4", |line| line.dpd >= 120),
            Stage { dwell: 45, ..Stage::new("lost", |line| line.dpd >= 150) },
        ],
        cures: vec![(|line| line.dpd == 0, 0)],
        eases: vec![
            (|line| (1..30).contains(&line.dpd), 1),
            (|line| (30..60).contains(&line.dpd), 2),
            (|line| (60..90).contains(&line.dpd), 3),
            (|line| (90..120).contains(&line.dpd), 4),
        ],
        latched: vec![6],
        mode: Mode::Sequential { steps: 1, catch_up: false },
        first_skip: false,
    }
}

/// Tells what was compared; shown where tests are asked to show their output.
#[expect(clippy::print_stdout, reason = "the totals are what the test is read for")]
pub(crate) fn tell(what: &str, totals: impl std::fmt::Display) {
    println!("{what}: {totals}");
}

#[test]
fn the_example_policy_passes_its_own_tests_and_keeps_what_it_promises() {
    let policy = policy("");
    let failed: Vec<TestOutcome> = run_tests(&policy).into_iter().filter(|test| !test.passed()).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(sample_invariants(&policy, 5_000), []);
}

#[test]
fn no_account_skips_repeats_or_loses_a_stage_but_by_rule() {
    let Some(book) = Book::panel() else { return };
    assert_eq!((book.months.len(), book.lines()), (61, 1_048_575));
    let totals = compare(&policy(""), &ladder(), &book);
    tell("the whole panel", totals);
    assert_eq!(totals.entered, 45_985);
    assert_eq!(totals.returned, 0, "the panel has no gaps inside a customer");
    let last = book.months[60].lines.len();
    assert_eq!(totals.vanished, 45_985 - last, "who is not there at the end has left once");
    assert_eq!(totals.cures, paid_up(&book), "whoever was late and is not any more is cured in that month");
}

#[test]
fn a_new_account_enters_its_stage_at_once_where_the_policy_says_so() {
    let Some((book, who)) = Book::panel().map(Book::customers) else { return };
    let ladder = Ladder { first_skip: true, ..ladder() };
    let totals = compare(&policy(", first: \"skip\""), &ladder, &book);
    tell(&format!("entering at once, {who}"), totals);
}

#[test]
fn a_month_decided_twice_on_one_day_moves_nobody_up() {
    let Some((book, who)) = Book::panel().map(Book::customers) else { return };
    let totals = compare(&policy(""), &ladder(), &book.months_only(|number| number >= 55).each_twice());
    tell(&format!("the last six months, each decided twice, {who}"), totals);
    assert_eq!(totals.months, 12);
}

/// How often an account that was late in one month is not late in the next.
fn paid_up(book: &Book) -> usize {
    let mut late: BTreeSet<i64> = BTreeSet::new();
    let lines = book.months.iter().flat_map(|month| &month.lines);
    let mut paid_up = 0;
    for line in lines {
        if line.dpd > 0 {
            late.insert(line.account);
        } else {
            paid_up += usize::from(late.remove(&line.account));
        }
    }
    paid_up
}

/// Where the ladder has no memory, the stage says the delay: then each month has as many
/// accounts in each stage and above as the source has months of that status and worse.
#[test]
fn as_many_accounts_are_late_in_the_decisions_as_in_the_source() {
    let Some(book) = Book::panel() else { return };
    let lines = text().replace(SHIPPED, "mode: \"free\"").replace("dwell: lost_wait, ", "");
    // What the policy promises of the way into lost is not meant for a ladder without memory.
    let lines = lines.split("never \"nobody is lost").next().unwrap();
    let free: Vec<&str> = lines.lines().filter(|line| !line.starts_with("ease to")).collect();
    let source = by_status();
    let mut compared = 0;
    decide_months(&policy_of(&free.join("\n")), &book, |night| {
        let decided = count(night.decisions.iter().map(|decided| decided.stage.as_str()));
        let raw = &source[&night.month.as_of];
        let worst_first = [("lost", "5"), ("m4", "4"), ("m3", "3"), ("m2", "2"), ("m1", "1"), ("early", "0")];
        let (mut late, mut late_in_source) = (0, 0);
        for (stage, status) in worst_first {
            late += decided.get(stage).copied().unwrap_or(0);
            late_in_source += raw.get(status).copied().unwrap_or(0);
            assert_eq!(late, late_in_source, "{stage} and worse on {}", night.month.as_of);
        }
        let paid: u64 = ["C", "X"].iter().filter_map(|status| raw.get(*status)).sum();
        assert_eq!(decided.get("current").copied().unwrap_or(0), paid, "{}", night.month.as_of);
        compared += late + paid;
    });
    assert_eq!(compared, 1_048_575);
}

/// Accounts by month and status, read from the source by its own column.
fn by_status() -> BTreeMap<NaiveDate, BTreeMap<String, u64>> {
    let mut counts: BTreeMap<NaiveDate, BTreeMap<String, u64>> = BTreeMap::new();
    for batch in batches(&data("card_months.parquet").unwrap(), &["as_of", "status"]) {
        for (as_of, status) in days(&batch, 0).into_iter().zip(words(&batch, 1)) {
            *counts.entry(as_of).or_default().entry(status.unwrap()).or_default() += 1;
        }
    }
    counts
}
