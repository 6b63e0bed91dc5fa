//! A threshold swept.

use super::{ACCOUNTS, CARD, cn_card, counted, csv, decided, load, number, options, plain, real_book, real_overdue};
use arrears_batch::{EventTables, HeldTable, Options, Origin, StreamTable};
use arrears_workbench::portfolio::{BookError, PassProgress};
use arrears_workbench::sweep::{StepsError, SweepError, steps, sweep_schema};
use arrears_workbench::{Book, PassHooks, Rules, Sweep, compare, sweep};
use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchIterator, StringArray};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

fn tried(text: &str, name: &str, values: &[&str], accounts: &str, options: &Options) -> Result<Sweep, SweepError> {
    let (policy, scripts) = load(text);
    let (_folder, table) = csv(accounts);
    let values: Vec<Decimal> = values.iter().map(|value| number(value)).collect();
    let book = Book { table: &table, options };
    sweep(Rules { policy: &policy, scripts: &scripts }, name, &values, book, PassHooks::default())
}

fn going_on() -> Options {
    Options { keep_going: true, ..options("2026-03-31") }
}

#[test]
fn every_value_gives_what_a_run_with_it_gives() {
    let (table, options) = (real_book(), options("2005-09-30"));
    let book = Book { table: &table, options: &options };
    let overdue = real_overdue();
    for (name, values) in [("small_debt", ["0", "2000.00", "5000"]), ("remind_days", ["1", "3", "7"])] {
        let (policy, scripts) = cn_card(&[]);
        let rules = Rules { policy: &policy, scripts: &scripts };
        let swept = sweep(rules, name, &values.map(number), book, PassHooks::default()).unwrap();
        assert_eq!((swept.rows, swept.points.len()), (30_000, 3));
        let (own, _) = decided(rules, book);
        let own: BTreeMap<_, _> = own.into_iter().collect();
        for (point, value) in swept.points.iter().zip(values) {
            // The policy is read anew, as a user would with --set.
            let (policy, scripts) = cn_card(&[(name.to_owned(), number(value))]);
            let (rows, summary) = decided(Rules { policy: &policy, scripts: &scripts }, book);
            assert_eq!(point.value, number(value));
            assert_eq!(point.policy_hash, summary.policy_hash);
            assert_eq!((&point.by_stage, &point.by_action), (&summary.by_stage, &summary.by_action));
            assert_eq!((&point.by_treatment, &point.by_channel), (&summary.by_treatment, &summary.by_channel));
            assert_eq!(point.by_debtor_type, summary.by_debtor_type);
            assert_eq!((point.decided.accounts, point.errors), (summary.decisions, summary.errors));
            let those = |is: &dyn Fn(&String, &super::Stands) -> bool| {
                counted(rows.iter().filter(|(id, stands)| is(id, stands)).map(|(id, _)| id), &overdue)
            };
            let moved = |what: &'static str| those(&|id, now| own[id].moved(now).split("; ").any(|word| word == what));
            assert_eq!(plain(point.contacts), those(&|_, now| now.is_contact()));
            assert_eq!(plain(point.moved.any), those(&|id, now| !own[id].moved(now).is_empty()));
            assert_eq!(plain(point.moved.stage), moved("stage"));
            assert_eq!(plain(point.moved.action), moved("action"));
            assert_eq!(plain(point.moved.treatment), moved("treatment"));
            assert_eq!(plain(point.moved.debtor_type), moved("debtor_type"));
            let (into, out) = (point.moved.into_contact, point.moved.out_of_contact);
            assert_eq!(plain(into), those(&|id, now| now.is_contact() && !own[id].is_contact()));
            assert_eq!(plain(out), those(&|id, now| !now.is_contact() && own[id].is_contact()));
        }
    }
}

#[test]
fn at_the_policys_own_value_nobody_moves() {
    let swept = tried(CARD, "floor", &["25"], ACCOUNTS, &going_on()).unwrap();
    let [own] = swept.points.as_slice() else { panic!("{swept:?}") };
    assert!(own.own);
    assert_eq!((own.moved.any.accounts, own.only_here.accounts, own.only_own.accounts), (0, 0, 0));
    assert_eq!(own.shown, "25.00 GBP");
}

#[test]
fn values_rise_each_once_and_the_policys_own_is_always_among_them() {
    let swept = tried(CARD, "floor", &["50", "5.0", "50.00"], ACCOUNTS, &going_on()).unwrap();
    let values: Vec<(String, bool)> = swept.points.iter().map(|point| (point.value.to_string(), point.own)).collect();
    let wanted = [("5.00", false), ("25.00", true), ("50.00", false)];
    assert_eq!(values, wanted.map(|(value, own)| (value.to_owned(), own)));
}

#[test]
fn what_is_set_beside_the_sweep_stays_set_and_is_the_policys_own() {
    let (policy, scripts) = load(CARD);
    let set = [("floor".to_owned(), number("40")), ("patience".to_owned(), number("45"))];
    let policy = policy.with_thresholds(&set).unwrap();
    let (_folder, table) = csv(ACCOUNTS);
    let options = going_on();
    let book = Book { table: &table, options: &options };
    let rules = Rules { policy: &policy, scripts: &scripts };
    let swept = sweep(rules, "floor", &[number("25")], book, PassHooks::default()).unwrap();
    assert_eq!(swept.threshold.own, number("40.00"));
    assert_eq!(swept.policy_hash, policy.hash().to_string());
    // With 30 days of patience, `e` would be firm.
    assert!(swept.points.iter().all(|point| point.by_stage.iter().all(|tally| tally.name != "firm")));
}

#[test]
fn a_sweep_counts_as_moved_whom_a_comparison_moves() {
    let (_folder, table) = csv(ACCOUNTS);
    let options = going_on();
    let book = Book { table: &table, options: &options };
    let swept = tried(CARD, "patience", &["1", "45", "90"], ACCOUNTS, &options).unwrap();
    let (policy, scripts) = load(CARD);
    let own = Rules { policy: &policy, scripts: &scripts };
    for point in &swept.points {
        let with = policy.with_thresholds(&[("patience".to_owned(), point.value)]).unwrap();
        let with = Rules { policy: &with, scripts: &scripts };
        let compared = compare(own, with, book, None, PassHooks::default()).unwrap();
        assert_eq!(point.moved, compared.moved);
        assert_eq!((point.only_here, point.only_own), (compared.only_b, compared.only_a));
    }
}

#[test]
fn a_row_that_one_value_cannot_decide_is_told_apart() {
    // With a patience of 30 days, `h` is called about a trifle, which the policy forbids; with 60 it gets nothing.
    let swept = tried(CARD, "patience", &["60"], ACCOUNTS, &going_on()).unwrap();
    let [own, later] = swept.points.as_slice() else { panic!("{swept:?}") };
    assert_eq!((own.errors, later.errors), (2, 1), "the loan is nobody's");
    assert_eq!((later.only_here.accounts, later.only_own.accounts), (1, 0));
    assert_eq!(later.moved.stage.accounts, 1, "only `e` goes back to the reminders");
    assert_eq!(own.decided.overdue_unknown, Some(1), "nobody knows what `f` owes");
    let error = tried(CARD, "patience", &["60"], ACCOUNTS, &options("2026-03-31")).unwrap_err().to_string();
    assert!(error.starts_with("under `card` 3 with `patience` = 30: "), "{error}");
}

#[test]
fn all_that_is_wrong_with_the_values_is_said_at_once() {
    let error = |name: &str, values: &[&str]| tried(CARD, name, values, ACCOUNTS, &going_on()).unwrap_err().to_string();
    assert_eq!(error("flor", &["5"]), "P113: the policy has no threshold `flor` (did you mean `floor`?)");
    let all = error("floor", &["1", "30", "7.505", "500"]);
    assert_eq!(all.lines().count(), 3, "{all}");
    assert!(all.contains("`floor` cannot be 1: it may lie from 5.00 to 100.00"), "{all}");
    assert!(all.contains("`floor` cannot be 7.505"), "{all}");
    assert!(all.contains("`floor` cannot be 500: it may lie from 5.00 to 100.00"), "{all}");
    assert!(error("patience", &["2.5"]).contains("`patience` cannot be 2.5"));
    assert_eq!(error("floor", &[]), "there is no value of `floor` to try");
}

#[test]
fn what_can_be_read_once_is_refused_and_so_is_every_file_of_results() {
    let (policy, scripts) = load(CARD);
    let rules = Rules { policy: &policy, scripts: &scripts };
    let stream = |called: &str| {
        let names: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
        let days: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        let rows = RecordBatch::try_from_iter([("account_id", names), ("dpd", days)]).unwrap();
        let schema = rows.schema();
        Origin::from(StreamTable::new(called, Box::new(RecordBatchIterator::new([Ok(rows)], schema))))
    };
    let refusal = |table: &Origin, options: Options| {
        let book = Book { table, options: &options };
        let refused = sweep(rules, "floor", &[number("30")], book, PassHooks::default()).unwrap_err();
        assert!(matches!(refused, SweepError::Book(BookError::Once(_) | BookError::Writes(_))), "{refused}");
        refused.to_string()
    };
    assert_eq!(
        refusal(&stream("accounts"), going_on()),
        "every table is read once for each policy, and `accounts` comes once only: hold the rows in memory, or write \
         them to a file"
    );
    let (_folder, table) = csv(ACCOUNTS);
    let events = EventTables { payments: Some(stream("payments")), ..EventTables::default() };
    let several = refusal(&table, Options { state: Some(stream("state")), events, ..going_on() });
    assert!(several.contains("`state`, `payments` come once only"), "{several}");
    let written = refusal(&table, Options { outputs: vec!["night.csv".into()], ..going_on() });
    assert_eq!(written, "nothing is written when policies are tried on a table: outputs must be empty");
}

#[test]
fn rows_that_a_program_holds_are_swept_and_passes_tell_how_far_they_are() {
    let (policy, scripts) = load(&CARD.replace("applies when product == \"card\";", ""));
    let columns: [(&str, ArrayRef); 3] = [
        ("account_id", Arc::new(StringArray::from(vec!["a", "b"]))),
        ("dpd", Arc::new(Int64Array::from(vec![20, 40]))),
        ("overdue", Arc::new(StringArray::from(vec!["40.00", "400.00"]))),
    ];
    let rows = RecordBatch::try_from_iter(columns).unwrap();
    let table = Origin::from(HeldTable::new("accounts", rows.schema(), vec![rows]));
    let options = options("2026-03-31");
    let mut passes = Vec::new();
    let mut progress = |told: PassProgress| passes.push((told.pass, told.passes));
    let hooks = PassHooks { progress: Some(&mut progress), stop: None };
    let (rules, book) = (Rules { policy: &policy, scripts: &scripts }, Book { table: &table, options: &options });
    let swept = sweep(rules, "floor", &[number("50"), number("60")], book, hooks).unwrap();
    assert_eq!(swept.points.iter().map(|point| point.moved.any.accounts).collect::<Vec<_>>(), [0, 1, 1]);
    passes.dedup();
    assert_eq!(passes, [(1, 3), (2, 3), (3, 3)]);

    let stop = AtomicBool::new(true);
    let hooks = PassHooks { progress: None, stop: Some(&stop) };
    let stopped = sweep(rules, "floor", &[number("50")], book, hooks).unwrap_err();
    assert_eq!(stopped.to_string(), "the run was stopped, and nothing was written");
}

#[test]
fn the_columns_of_a_sweep_add_up_to_the_book() {
    let swept = tried(CARD, "floor", &["5", "100"], ACCOUNTS, &going_on()).unwrap();
    let columns = swept.columns().unwrap();
    let (policy, _) = load(CARD);
    assert_eq!(columns.schema(), sweep_schema(&policy, "floor").unwrap());
    let measures = super::texts(&columns, "measure");
    let accounts = columns.column_by_name("accounts").unwrap();
    let accounts = accounts.as_any().downcast_ref::<arrow_array::UInt64Array>().unwrap();
    for measure in ["stage", "action", "debtor_type"] {
        let of = measures.iter().zip(accounts.values()).filter(|(name, _)| name.as_deref() == Some(measure));
        assert_eq!(of.map(|(_, accounts)| accounts).sum::<u64>(), 3 * 6, "{measure}");
    }
}

#[test]
fn a_sweep_is_a_table_in_which_a_star_marks_the_policys_own_value() {
    let swept = tried(CARD, "patience", &["60"], ACCOUNTS, &going_on()).unwrap();
    let wanted = "\
patience, days    set aside  contacts  overdue GBP  moved  overdue GBP  to contact  from contact  stage  action  treatment  type
            30 *          2         3       630.00      0         0.00           0             0      0       0          0     0
            60            1         3       630.00      1       400.00           0             0      1       1          1     0
";
    assert_eq!(swept.to_string(), wanted);
}

#[test]
fn steps_lead_upwards_and_are_not_endless() {
    let of = |from: &str, to: &str, step: &str| steps(number(from), number(to), number(step));
    assert_eq!(of("1", "3", "1").unwrap(), ["1", "2", "3"].map(number));
    assert_eq!(of("0.80", "0.85", "0.03").unwrap(), ["0.80", "0.83"].map(number));
    assert_eq!(of("2", "2", "1").unwrap(), [number("2")]);
    assert_eq!(of("1", "3", "0").unwrap_err(), StepsError::NoStep(number("0")));
    assert!(matches!(of("3", "1", "1").unwrap_err(), StepsError::Downwards { .. }));
    assert!(matches!(of("0", "1000", "1").unwrap_err(), StepsError::TooMany { .. }));
    assert_eq!(of("1", "1000", "1").unwrap().len(), 1_000);
}
