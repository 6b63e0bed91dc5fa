//! Two policies on one table.

use super::{
    ACCOUNTS, CARD, Stands, cn_card, counted, csv, decided, load, number, options, plain, real_book, real_overdue,
    texts,
};
use arrears_batch::{Options, RunError};
use arrears_workbench::compare::{Apart, CompareError, Flow, moved_schema};
use arrears_workbench::portfolio::BookError;
use arrears_workbench::{Book, Comparison, PassHooks, Rules, compare};
use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch};
use std::collections::BTreeMap;

fn compared(a: &str, b: &str, accounts: &str, options: &Options) -> Result<Comparison, CompareError> {
    let ((policy_a, scripts_a), (policy_b, scripts_b)) = (load(a), load(b));
    let (_folder, table) = csv(accounts);
    let (a, b) = (Rules { policy: &policy_a, scripts: &scripts_a }, Rules { policy: &policy_b, scripts: &scripts_b });
    compare(a, b, Book { table: &table, options }, None, PassHooks::default())
}

fn going_on() -> Options {
    Options { keep_going: true, ..options("2026-03-31") }
}

fn all(comparison: &Comparison) -> [&Vec<Flow>; 5] {
    let Comparison { by_stage, by_action, by_treatment, by_debtor_type, by_channel, .. } = comparison;
    [by_stage, by_action, by_treatment, by_debtor_type, by_channel]
}

/// Every flow as a sum, in no order of its own.
fn matrix(flows: &[Flow], turned: bool) -> BTreeMap<(Option<String>, Option<String>), (u64, i128)> {
    let key = |flow: &Flow| match (flow.from.clone(), flow.to.clone(), turned) {
        (from, to, true) => (to, from),
        (from, to, false) => (from, to),
    };
    let matrix: BTreeMap<_, _> = flows.iter().map(|flow| (key(flow), plain(flow.count))).collect();
    assert_eq!(matrix.len(), flows.len(), "a flow stands there twice");
    matrix
}

pub(crate) fn adds_up(comparison: &Comparison) {
    let Comparison { both, only_a, only_b, neither, rows, kept, moved, contacts, a, b, .. } = comparison;
    assert_eq!(both.accounts + only_a.accounts + only_b.accounts + neither, *rows);
    assert_eq!(kept.accounts + moved.any.accounts, both.accounts);
    assert_eq!(both.accounts + only_a.accounts, a.decisions);
    assert_eq!(both.accounts + only_b.accounts, b.decisions);
    let swap = [contacts.both, contacts.only_a, contacts.only_b, contacts.neither];
    assert_eq!(swap.iter().map(|count| count.accounts).sum::<u64>(), both.accounts);
    for flows in all(comparison) {
        assert_eq!(flows.iter().map(|flow| flow.count.accounts).sum::<u64>(), both.accounts);
        let minor = |count: arrears_workbench::portfolio::Count| count.overdue.map_or(0, |overdue| overdue.minor());
        assert_eq!(flows.iter().map(|flow| minor(flow.count)).sum::<i128>(), minor(*both));
    }
}

#[test]
fn two_policies_move_whom_two_runs_tell_apart() {
    let (table, options) = (real_book(), options("2005-09-30"));
    let book = Book { table: &table, options: &options };
    let overdue = real_overdue();
    let (policy_a, scripts_a) = cn_card(&[]);
    let (policy_b, scripts_b) =
        cn_card(&[("small_debt".to_owned(), number("5000")), ("remind_days".to_owned(), number("7"))]);
    let (a, b) = (Rules { policy: &policy_a, scripts: &scripts_a }, Rules { policy: &policy_b, scripts: &scripts_b });
    let mut batches: Vec<RecordBatch> = Vec::new();
    let mut take = |rows| {
        batches.push(rows);
        true
    };
    let comparison = compare(a, b, book, Some(&mut take), PassHooks::default()).unwrap();
    adds_up(&comparison);
    let ((rows_a, _), (rows_b, _)) = (decided(a, book), decided(b, book));

    let pairs: Vec<(&String, &Stands, &Stands)> = rows_a
        .iter()
        .zip(&rows_b)
        .map(|((id, a), (again, b))| {
            assert_eq!(id, again);
            (id, a, b)
        })
        .collect();
    assert_eq!(pairs.len(), 30_000);
    let those = |is: &dyn Fn(&Stands, &Stands) -> bool| {
        counted(pairs.iter().filter(|(_, a, b)| is(a, b)).map(|(id, ..)| *id), &overdue)
    };
    assert!(comparison.moved.any.accounts > 100);
    assert_eq!(plain(comparison.moved.any), those(&|a, b| !a.moved(b).is_empty()));
    assert_eq!(plain(comparison.kept), those(&|a, b| a.moved(b).is_empty()));
    assert_eq!(plain(comparison.contacts.only_a), those(&|a, b| a.is_contact() && !b.is_contact()));
    assert_eq!(plain(comparison.contacts.only_b), those(&|a, b| !a.is_contact() && b.is_contact()));
    assert_eq!(plain(comparison.a.contacts), those(&|a, _| a.is_contact()));
    for flow in &comparison.by_treatment {
        assert_eq!(plain(flow.count), those(&|a, b| a.treatment == flow.from && b.treatment == flow.to), "{flow:?}");
    }
    for flow in &comparison.by_channel {
        assert_eq!(plain(flow.count), those(&|a, b| a.channel == flow.from && b.channel == flow.to), "{flow:?}");
    }
    for flow in &comparison.by_stage {
        assert_eq!(plain(flow.count), those(&|a, b| a.stage == flow.from && b.stage == flow.to), "{flow:?}");
    }

    // Every account that moved is handed over once, in the order of the table.
    let wanted: Vec<_> = pairs.iter().filter(|(_, a, b)| !a.moved(b).is_empty()).collect();
    let mut found = wanted.iter();
    for batch in &batches {
        assert_eq!(batch.schema(), moved_schema(2));
        let columns = [
            "account_id",
            "stage_a",
            "stage_b",
            "action_a",
            "action_b",
            "treatment_a",
            "treatment_b",
            "debtor_type_a",
            "debtor_type_b",
            "moved",
        ];
        let columns = columns.map(|name| texts(batch, name));
        let amounts = batch.column_by_name("overdue").unwrap().as_primitive::<arrow_array::types::Decimal128Type>();
        for row in 0..batch.num_rows() {
            let (id, a, b) = found.next().unwrap();
            let cells: Vec<Option<String>> = columns.iter().map(|column| column[row].clone()).collect();
            let moved = [
                Some((*id).clone()),
                a.stage.clone(),
                b.stage.clone(),
                a.action.clone(),
                b.action.clone(),
                a.treatment.clone(),
                b.treatment.clone(),
                a.debtor_type.clone(),
                b.debtor_type.clone(),
                Some(a.moved(b)),
            ];
            assert_eq!(cells, moved);
            assert_eq!(amounts.value(row), overdue[*id]);
        }
    }
    assert!(found.next().is_none());
    assert_eq!(comparison.first_moved.len(), 10);
    assert_eq!(&comparison.first_moved[0].account_id, wanted[0].0);
}

#[test]
fn a_policy_compared_with_itself_moves_nobody() {
    let (table, options) = (real_book(), options("2005-09-30"));
    let (policy, scripts) = cn_card(&[]);
    let rules = Rules { policy: &policy, scripts: &scripts };
    let mut handed = 0;
    let mut take = |rows: RecordBatch| {
        handed += rows.num_rows();
        true
    };
    let book = Book { table: &table, options: &options };
    let comparison = compare(rules, rules, book, Some(&mut take), PassHooks::default()).unwrap();
    adds_up(&comparison);
    assert_eq!((comparison.kept.accounts, comparison.moved.any.accounts, handed), (30_000, 0, 0));
    assert!(all(&comparison).into_iter().flatten().all(|flow| flow.from == flow.to));
}

#[test]
fn whoever_swaps_the_policies_turns_the_tables_round() {
    let other = CARD.replace("patience = 30", "patience = 45").replace("floor = 25.00", "floor = 50.00");
    let there = compared(CARD, &other, ACCOUNTS, &going_on()).unwrap();
    let back = compared(&other, CARD, ACCOUNTS, &going_on()).unwrap();
    adds_up(&there);
    adds_up(&back);
    for (there, back) in all(&there).into_iter().zip(all(&back)) {
        assert_eq!(matrix(there, false), matrix(back, true));
    }
    assert_eq!((there.only_a, there.only_b, there.neither), (back.only_b, back.only_a, back.neither));
    assert_eq!((there.contacts.only_a, there.contacts.only_b), (back.contacts.only_b, back.contacts.only_a));
    assert_eq!((there.moved.any, there.kept), (back.moved.any, back.kept));
}

#[test]
fn rows_that_one_policy_cannot_decide_are_never_lost() {
    // `h` breaks the law of the first policy; the second is for loans too.
    let other = CARD
        .replace("patience = 30", "patience = 60")
        .replace("product == \"card\"", "product == \"card\" || product == \"loan\"");
    let comparison = compared(CARD, &other, ACCOUNTS, &going_on()).unwrap();
    adds_up(&comparison);
    assert_eq!((comparison.rows, comparison.both.accounts), (8, 6));
    assert_eq!((comparison.only_a.accounts, plain(comparison.only_b), comparison.neither), (0, (2, 6_500), 0));
    let back = compared(&other, CARD, ACCOUNTS, &going_on()).unwrap();
    assert_eq!((plain(back.only_a), back.only_b.accounts), ((2, 6_500), 0));
    let broken = ACCOUNTS.replace("c,card,5", "c,card,-5");
    let comparison = compared(CARD, &other, &broken, &going_on()).unwrap();
    adds_up(&comparison);
    assert_eq!((comparison.both.accounts, comparison.only_b.accounts, comparison.neither), (5, 2, 1));
    assert_eq!((comparison.a.errors, comparison.b.errors), (3, 1));
    assert_eq!(comparison.b.first_errors[0].account_id.as_deref(), Some("c"));
    assert_eq!(comparison.both.overdue_unknown, Some(1), "nobody knows what `f` owes");
    let refused = compared(CARD, &other, ACCOUNTS, &options("2026-03-31")).unwrap_err();
    assert!(matches!(refused, CompareError::Book(BookError::Run { error: RunError::Rows(_), .. })), "{refused}");
}

#[test]
fn a_policy_that_does_not_read_what_is_overdue_is_compared_by_the_money_of_the_other() {
    let blind = r#"policy "blind" #{ version: "1", currency: "GBP", zone: "Europe/London" };
        debtor "other" otherwise; stage "reminder" when dpd >= 1;"#;
    let there = compared(CARD, blind, ACCOUNTS, &going_on()).unwrap();
    let back = compared(blind, CARD, ACCOUNTS, &going_on()).unwrap();
    adds_up(&there);
    adds_up(&back);
    assert_eq!(plain(there.both), (6, 64_000));
    assert_eq!(there.both, back.both);
    let none = compared(blind, blind, ACCOUNTS, &going_on()).unwrap();
    assert_eq!((none.both.accounts, none.both.overdue), (8, None));
}

#[test]
fn policies_that_do_not_belong_together_are_refused_with_all_that_keeps_them_apart() {
    let other = CARD.replace("GBP", "EUR").replace("version: \"3\"", "version: \"4\", from: \"2027-01-01\"");
    let refused = compared(CARD, &other, ACCOUNTS, &going_on()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`card` 3 counts in GBP and `card` 4 in EUR: their amounts cannot be compared\n\
         `card` 4 decides from 2027-01-01 on: 2026-03-31 is outside"
    );
    let CompareError::Apart(apart) = refused else { panic!("{refused}") };
    assert!(matches!(apart[0], Apart::Currencies { .. }) && matches!(apart[1], Apart::NotInForce { .. }));
}

#[test]
fn who_has_seen_enough_ends_the_comparison() {
    let ((policy_a, scripts_a), (policy_b, scripts_b)) =
        (load(CARD), load(&CARD.replace("patience = 30", "patience = 45")));
    let (_folder, table) = csv(ACCOUNTS);
    let options = going_on();
    let (a, b) = (Rules { policy: &policy_a, scripts: &scripts_a }, Rules { policy: &policy_b, scripts: &scripts_b });
    let mut enough = |_| false;
    let book = Book { table: &table, options: &options };
    let ended = compare(a, b, book, Some(&mut enough), PassHooks::default()).unwrap_err();
    assert!(matches!(ended, CompareError::Book(BookError::Run { error: RunError::Interrupted, .. })), "{ended}");
}

#[test]
fn the_flows_as_columns_are_the_flows() {
    let other = CARD.replace("patience = 30", "patience = 45");
    let comparison = compared(CARD, &other, ACCOUNTS, &going_on()).unwrap();
    let columns = comparison.columns().unwrap();
    let flows: Vec<&Flow> = all(&comparison).into_iter().flatten().collect();
    assert_eq!(columns.num_rows(), flows.len());
    assert_eq!(texts(&columns, "from"), flows.iter().map(|flow| flow.from.clone()).collect::<Vec<_>>());
    assert_eq!(texts(&columns, "to"), flows.iter().map(|flow| flow.to.clone()).collect::<Vec<_>>());
    assert_eq!(columns.column_by_name("overdue").unwrap().null_count(), 0);
    let json = serde_json::to_value(&comparison).unwrap();
    assert_eq!(json["by_stage"][0]["from"], "current");
    assert_eq!(json["by_stage"][0]["overdue"], "0.00");
}
