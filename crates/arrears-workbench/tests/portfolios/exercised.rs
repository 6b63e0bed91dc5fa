//! What of a policy is exercised by its tests and by a table, held against runs of the same table and against the
//! policy's own tests with what was suggested put in.

use super::{ACCOUNTS, CARD, csv, decided, load, options, root, table};
use arrears::trial::run_tests;
use arrears_batch::{HeldTable, Options, Origin, Tally};
use arrears_testkit::generate::{Kinds, RowStyle, books};
use arrears_workbench::coverage::{self, Coverage, Measure, Share, coverage};
use arrears_workbench::{Book, Rules};
use proptest::prelude::*;

const QUICK: coverage::Options = coverage::Options { suggestions: 12, tries: 4_000 };
const NONE: coverage::Options = coverage::Options { suggestions: 0, tries: 0 };

fn of_tests(text: &str, options: &coverage::Options) -> Coverage {
    let (policy, scripts) = load(text);
    coverage(Rules { policy: &policy, scripts: &scripts }, None, options, &mut |_| true).unwrap()
}

fn share(coverage: &Coverage, measure: Measure) -> (u64, u64) {
    let found = coverage.measures.iter().find(|it| it.measure == measure).unwrap();
    assert!(found.together.covered >= found.by_tests.covered);
    (found.together.covered, found.together.of)
}

/// The policy of the tests with two tests of its own: nobody is called, no amount is unknown.
fn tested() -> String {
    format!(
        "{CARD}
test \"a sum above the floor\" given quiet + #{{ product: \"card\", dpd: 5, overdue: 40.00 }} expect #{{ action: \"sms\" }};
test \"and below it\" given quiet + #{{ product: \"card\", dpd: 5, overdue: 24.99 }} expect #{{ stage: \"reminder\" }};
"
    )
}

#[test]
fn what_took_effect_held_failed_and_decided_is_counted_apart() {
    let found = of_tests(&tested(), &NONE);
    assert_eq!(found.test_decisions, 2);
    // Both types, one stage of two, one treatment of two.
    assert_eq!(share(&found, Measure::Statements), (4, 6));
    // overdue < floor, dpd >= 1, dpd > patience, overdue >= floor of the text.
    assert_eq!(share(&found, Measure::Held), (3, 4));
    assert_eq!(share(&found, Measure::Failed), (3, 4));
    assert_eq!(share(&found, Measure::Unknown), (0, 4));
    assert_eq!(share(&found, Measure::Decided), (4, 4));
    assert_eq!(share(&found, Measure::EdgeSides), (6, 8));
    // The floor from both sides, the patience from one.
    assert_eq!(share(&found, Measure::Thresholds), (1, 2));
    let floor = found.edges.iter().find(|edge| edge.condition == "overdue < floor").unwrap();
    assert_eq!((floor.threshold.as_deref(), floor.number.as_str()), (Some("floor"), "25.00 GBP"));
    assert_eq!(floor.nearest_held.as_deref(), Some("24.99 GBP"));
    assert_eq!(floor.nearest_failed.as_deref(), Some("40.00 GBP"));
}

#[test]
fn what_nothing_exercises_is_named_with_its_line() {
    let found = of_tests(&tested(), &NONE);
    let told: Vec<(&str, Option<&str>)> = found
        .uncovered
        .iter()
        .map(|it| (it.what.as_str(), it.place.as_deref()))
        .filter(|(what, _)| !what.ends_with("unknown"))
        .collect();
    assert_eq!(
        told,
        [
            ("dpd >= 1 in stage reminder fails", Some("card.rhai:11")),
            ("stage firm takes effect", Some("card.rhai:12")),
            ("dpd > patience in stage firm holds", Some("card.rhai:12")),
            ("treatment call takes effect", Some("card.rhai:15")),
        ]
    );
}

#[test]
fn a_table_exercises_more_and_rows_that_cannot_be_decided_are_counted() {
    let (policy, scripts) = load(&tested());
    let (_folder, accounts) = csv(ACCOUNTS);
    let options = options("2026-03-31");
    let book = Book { table: &accounts, options: &options };
    let found = coverage(Rules { policy: &policy, scripts: &scripts }, Some(book), &NONE, &mut |_| true).unwrap();
    let table = found.table.as_ref().unwrap();
    // The loan is not the policy's own.
    assert_eq!((table.rows, table.errors), (8, 1));
    assert_eq!(table.first_errors[0].account_id.as_deref(), Some("g"));
    assert_eq!(share(&found, Measure::Statements), (6, 6));
    let statements = found.measures[0];
    assert_eq!(
        (statements.by_tests, statements.by_table),
        (Share { covered: 4, of: 6 }, Some(Share { covered: 6, of: 6 }))
    );
    // What is overdue on f is not known.
    assert_eq!(share(&found, Measure::Unknown).0, 2);
}

/// Puts what was suggested into the policy and runs its tests.
fn holds_with_its_suggestions(text: &str, load: impl Fn(&str) -> (arrears::Policy, arrears_rules::Scripts)) -> usize {
    let (policy, scripts) = load(text);
    let rules = Rules { policy: &policy, scripts: &scripts };
    let before = coverage(rules, None, &QUICK, &mut |_| true).unwrap();
    let added: Vec<&str> = before.suggestions.iter().map(|suggestion| suggestion.test.as_str()).collect();
    let (policy, scripts) = load(&format!("{text}\n{}\n", added.join("\n")));
    for test in run_tests(&policy) {
        assert!(test.passed(), "{}: {:?}", test.name, test.failures);
    }
    let after = coverage(Rules { policy: &policy, scripts: &scripts }, None, &NONE, &mut |_| true).unwrap();
    for suggestion in &before.suggestions {
        assert!(after.uncovered.iter().all(|it| it.what != suggestion.covers), "{}", suggestion.test);
    }
    let promised = before.uncovered.iter().filter(|it| !it.suggested).count();
    assert!(after.uncovered.len() <= promised, "{} > {promised}", after.uncovered.len());
    before.suggestions.len()
}

#[test]
fn suggested_tests_pass_and_exercise_what_they_say() {
    assert_eq!(holds_with_its_suggestions(&tested(), load), 2);
}

#[test]
fn the_example_policies_hold_with_what_is_suggested_for_them() {
    for (name, least) in [("reference.rhai", 1), ("cn-card.rhai", 3)] {
        let text = std::fs::read_to_string(root().join("examples/policies").join(name)).unwrap();
        let load = |text: &str| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            let loaded = arrears_rules::load(&path, &[]).unwrap();
            (loaded.policy.unwrap_or_else(|| panic!("{name}: {:?}", loaded.problems)), loaded.scripts)
        };
        let found = holds_with_its_suggestions(&text, load);
        assert!(found >= least, "{name}: {found} suggestions");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn statements_take_effect_in_as_many_rows_as_a_run_counts(
        book in books(Kinds { defaults: true, rows: RowStyle { assessed: false, huge: false }, accounts: 20 }),
        forms in prop::collection::vec(any::<u16>(), 8..60),
    ) {
        let rows = table::of(&book.policy, &book.accounts, &forms);
        let accounts = Origin::from(HeldTable::new("accounts", rows.schema(), vec![rows]));
        let options = Options { keep_going: true, ..options("2026-03-10") };
        let on = Book { table: &accounts, options: &options };
        let (_, scripts) = load(CARD);
        let rules = Rules { policy: &book.policy, scripts: &scripts };
        let (_, summary) = decided(rules, on);
        let found = coverage(rules, Some(on), &NONE, &mut |_| true).unwrap();
        let table = found.table.as_ref().unwrap();
        prop_assert_eq!((table.rows, table.errors), (summary.rows, summary.errors));
        let counted = |tallies: &[Tally], name: &str| {
            tallies.iter().filter(|tally| tally.name == name).map(|tally| tally.accounts).sum::<u64>()
        };
        for seen in &found.statements {
            let (keyword, name) = seen.statement.split_once(' ').unwrap();
            let wanted = match keyword {
                "stage" => counted(&summary.by_stage, name),
                "treatment" => counted(&summary.by_treatment, name),
                "debtor" => counted(&summary.by_debtor_type, name),
                "act" => counted(&summary.acts, name),
                _ => continue,
            };
            prop_assert_eq!(seen.by_table, Some(wanted), "{}", seen.statement);
        }
        for seen in &found.conditions {
            prop_assert!(seen.decided <= seen.held + seen.failed, "{:?}", seen);
        }
    }
}
