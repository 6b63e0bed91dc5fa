//! Card clients in Taiwan: 30,000 accounts in each of six months, with amounts.

use crate::book::{Book, Line};
use crate::carried::decide_months;
use crate::compare::{compare, count};
use crate::ladder::{Ladder, Mode, Stage};
use crate::laws::Totals;
use crate::panel::tell;
use crate::support::policy_of;
use arrears::Policy;
use std::collections::BTreeMap;

const TEXT: &str = include_str!("taiwan.rhai");
pub(crate) const SHIPPED: &str = "mode: \"sequential\", steps: 1";

pub(crate) fn policy(escalate: &str) -> Policy {
    assert!(TEXT.contains(SHIPPED));
    policy_of(&TEXT.replace(SHIPPED, escalate))
}

const fn late(line: &Line) -> bool {
    line.dpd >= 30 && line.overdue > 100
}

const fn heavy(line: &Line) -> bool {
    late(line) && line.dpd >= 60 && line.overdue >= 5_000
}

const fn worth_a_suit(line: &Line) -> bool {
    late(line) && line.dpd >= 90 && line.balance >= 50_000
}

/// What `taiwan.rhai` declares.
fn ladder(mode: Mode) -> Ladder {
    Ladder {
        stages: vec![
            Stage::new("reminder", late),
            Stage::new("firm", |line| late(line) && line.dpd >= 60),
            Stage { after: 2, ..Stage::new("heavy", heavy) },
            Stage { after: 2, dwell: 31, ..Stage::new("legal", worth_a_suit) },
            Stage { beside: true, ..Stage::new("ledger", |line| line.dpd >= 1 && line.balance <= 0) },
        ],
        cures: vec![(|line| line.overdue <= 100, 0)],
        eases: vec![(|line| late(line) && line.dpd < 60, 1), (|line| late(line) && line.dpd >= 60 && !heavy(line), 2)],
        latched: Vec::new(),
        mode,
        first_skip: false,
    }
}

fn compared(what: &str, escalate: &str, ladder: &Ladder, book: &Book) -> Totals {
    let totals = compare(&policy(escalate), ladder, book);
    tell(what, totals);
    totals
}

#[test]
fn every_account_stands_in_every_month_where_the_declared_ladder_puts_it() {
    let Some(book) = Book::taiwan() else { return };
    assert_eq!((book.months.len(), book.lines()), (6, 180_000));
    let one_step = ladder(Mode::Sequential { steps: 1, catch_up: false });
    let totals = compared("Taiwan, one step", SHIPPED, &one_step, &book);
    assert_eq!((totals.entered, totals.vanished), (30_000, 0));
    let two_steps = ladder(Mode::Sequential { steps: 2, catch_up: false });
    compared("Taiwan, two steps", "mode: \"sequential\", steps: 2", &two_steps, &book);
    let at_once = Ladder { first_skip: true, ..ladder(Mode::Skip) };
    compared("Taiwan, skipping rungs", "mode: \"skip\", first: \"skip\"", &at_once, &book);
}

#[test]
fn months_missed_in_taiwan_give_what_is_declared() {
    let Some(book) = Book::taiwan() else { return };
    let book = book.months_only(|number| number != 2 && number != 3);
    for catch_up in [false, true] {
        let ladder = ladder(Mode::Sequential { steps: 1, catch_up });
        let escalate = format!("{SHIPPED}, catch_up: {catch_up}");
        compared(&format!("Taiwan, June and July missed, catch_up {catch_up}"), &escalate, &ladder, &book);
    }
}

/// Without memory the stage of a month follows from the month's row alone.
#[test]
fn each_month_has_as_many_accounts_in_each_stage_as_the_source_by_the_declared_rules() {
    let Some(book) = Book::taiwan() else { return };
    let text = TEXT.replace(SHIPPED, "mode: \"free\"").replace(" #{ after: \"firm\" }", "");
    let text = text.replace(" #{ after: \"firm\", dwell: 31 }", "");
    let free: Vec<&str> = text.lines().filter(|line| !line.starts_with("ease to")).collect();
    let stage = |line: &Line| match line {
        line if line.dpd >= 1 && line.balance <= 0 => "ledger",
        line if worth_a_suit(line) => "legal",
        line if heavy(line) => "heavy",
        line if late(line) && line.dpd >= 60 => "firm",
        line if late(line) => "reminder",
        _ => "current",
    };
    let mut stages: BTreeMap<String, u64> = BTreeMap::new();
    decide_months(&policy_of(&free.join("\n")), &book, |night| {
        let declared = count(night.month.lines.iter().map(stage));
        assert_eq!(count(night.decisions.iter().map(|decided| decided.stage.as_str())), declared);
        for (line, decided) in night.month.lines.iter().zip(&night.decisions) {
            assert_eq!((decided.account, decided.stage.as_str()), (line.account, stage(line)), "{line:?}");
        }
        declared.into_iter().for_each(|(stage, accounts)| *stages.entry(stage.to_owned()).or_default() += accounts);
    });
    assert_eq!(stages.len(), 6, "every stage occurs: {stages:?}");
    assert_eq!(stages.values().sum::<u64>(), 180_000);
}
