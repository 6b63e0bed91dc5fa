//! The policies of the examples decide alike in columns and row by row, next reviews included.

use super::{alike, table};
use arrears::{Facts, Kind, Money, Need, Policy, Value};
use arrears_testkit::generate::{Choices, RowStyle, known};
use std::path::Path;

pub(super) fn load(name: &str) -> Policy {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policies").join(name);
    arrears_rules::load(&file, &[]).unwrap().policy.unwrap()
}

/// Numbers from a seed: a linear congruence, of which the upper bits are taken.
struct Source(u64);

impl Source {
    fn next(&mut self) -> u16 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(self.0 >> 48).unwrap()
    }
}

/// Accounts of which nearly everything is known and most flags are not set: those of a book.
pub(super) fn accounts(policy: &Policy, count: usize, with_state: bool) -> Vec<Facts> {
    let mut source = Source(7);
    let plain = RowStyle { assessed: false, huge: false };
    let mut accounts = Vec::new();
    for index in 0..count {
        let mut choices = Choices::new((0..600).map(|_| source.next()).collect());
        let mut facts = Facts::new(format!("A-{index}"), policy.head().currency);
        for input in policy.inputs() {
            let state = matches!(input.need, Need::State(_));
            let learned = ["learned_", "stated_", "zones"].iter().any(|begins| input.name.starts_with(begins));
            let computed = matches!(input.need, Need::Derived | Need::Result | Need::Script);
            if computed || learned || state && !with_state || input.kind == Kind::Category && input.words.is_empty() {
                continue;
            }
            let value = match known(&mut choices, policy, input, plain) {
                Value::Flag(_) => Value::Flag(choices.chance(4)),
                _ if input.name == "product" => Value::Word("card".into()),
                _ if input.name == "occupation" => Value::Word("unknown".into()),
                _ if input.name == "days_since_decision" => Value::Days(1),
                _ if !input.never && choices.chance(1) => Value::Unknown,
                value => value,
            };
            let _ = facts.set(&input.name, value);
        }
        accounts.push(facts);
    }
    accounts
}

#[test]
#[expect(clippy::print_stdout, reason = "how many rows are for the row engine is what the test is read for")]
fn the_policies_of_the_examples_are_reviewed_in_columns_as_by_rows() {
    for name in ["cn-card.rhai", "starter.rhai", "reference.rhai"] {
        let policy = load(name);
        for with_state in [false, true] {
            let book = table::of(&policy, &accounts(&policy, 700, with_state), &[0, 3, 5]);
            let today = alike(&policy, &book, false).unwrap();
            let reviews = alike(&policy, &book, true).unwrap();
            println!("{name}, state {with_state}: by row {today} today, {reviews} with reviews");
        }
    }
}

/// Decides in columns and row by row one account, of which the policy is told these facts;
/// whether its review is for the row engine.
fn alike_of_one(policy: &str, facts: &[(&str, Value)]) -> bool {
    let policy = arrears_rules::load_source("one.rhai", policy, &[]).policy.unwrap();
    let mut one = Facts::new("A-1", policy.head().currency);
    for (name, value) in facts {
        one.set(name, value.clone()).unwrap();
    }
    let book = table::of(&policy, &[one], &[0]);
    alike(&policy, &book, false).unwrap();
    alike(&policy, &book, true).unwrap() > 0
}

#[test]
fn a_sign_that_no_row_can_answer_leaves_its_axis_unknown_in_columns_too() {
    // What is paid over no contact at all: the same for every account of such a table.
    alike_of_one(
        r#"
policy "signs" #{ version: "1", currency: "EUR" };
assume contacts = "none" #{ why: "the table has none" };
assume payments = "none" #{ why: "the table has none" };
sign "nothing unpaid" when unpaid_items in 0..=1 #{ willingness: 2 };
sign "paid for each contact" when paid_30d / contacts_7d >= paid_30d #{ willingness: 2 };
sign "owes as agreed" when overdue + 0.00 >= min_payment #{ willingness: -1 };
debtor "anyone" otherwise;
stage "late" when dpd >= 1;
stage "unwilling" when willingness != "medium";
treatment "text" in ["late", "unwilling"] do sms();
"#,
        &[
            ("dpd", Value::Days(0)),
            ("unpaid_items", Value::Count(0)),
            ("overdue", Value::Money(Money::from_minor(0, "EUR".parse().unwrap()))),
            ("min_payment", Value::Money(Money::from_minor(0, "EUR".parse().unwrap()))),
            ("opted_out_sms", Value::Flag(false)),
        ],
    );
}

#[test]
fn a_count_that_falls_does_not_matter_where_something_beside_it_decides_for_good() {
    // The dispute is there to stay: that the refusal is forgotten in 29 days changes nothing.
    // The hold that may end on that day is looked at first.
    let by_row = alike_of_one(
        r#"
policy "refusals" #{ version: "1", currency: "EUR" };
hold "rests" when days_since_payment < 60 #{ stops: ["contact"] };
debtor "against" when (times("refused", 60) >= 1 && hazard) || dispute;
debtor "for" otherwise;
stage "late" when dpd >= 1;
treatment "text" in ["late"] do sms();
"#,
        &[
            ("dpd", Value::Days(40)),
            ("days_since_payment", Value::Days(31)),
            ("times_refused_60", Value::Count(1)),
            ("times_refused_60_drops_in", Value::Days(29)),
            ("hazard", Value::Flag(true)),
            ("dispute", Value::Flag(true)),
            ("opted_out_sms", Value::Flag(false)),
        ],
    );
    assert!(!by_row, "the row tells all that matters");
}

#[test]
fn what_decides_for_good_is_seen_through_a_word_of_the_policy_that_was_read_before() {
    // The word was read when something else could differ sooner, and is read again on that day.
    let by_row = alike_of_one(
        r#"
policy "words" #{ version: "1", currency: "EUR" };
define watched = dpd < 13 || vulnerable;
hold "never" when dpd == 11 && dpd == 12 #{ stops: ["contact"] };
stage "late" when dpd >= 1;
treatment "text" in ["late"] when (watched || paid_30d >= 1.00) && (dpd < 12 || dpd >= 12) do sms();
"#,
        &[
            ("dpd", Value::Days(1)),
            ("vulnerable", Value::Flag(true)),
            ("paid_30d", Value::Money(Money::from_minor(500, "EUR".parse().unwrap()))),
            ("paid_30d_drops_in", Value::Days(25)),
            ("previous_stage", Value::Word("late".into())),
            ("days_in_stage", Value::Days(0)),
            ("previous_rung", Value::Word("late".into())),
            ("days_on_rung", Value::Days(0)),
            ("days_since_decision", Value::Days(1)),
            ("opted_out_sms", Value::Flag(false)),
        ],
    );
    assert!(!by_row, "the row tells all that matters");
}

#[test]
fn a_count_that_rises_meets_a_bucket_on_its_day() {
    // Others sat where these rows sit: what was computed of them is not looked at.
    let policy = r#"
policy "cycles" #{ version: "1", currency: "EUR" };
fact cycles = 0 #{ kind: "count", moves: "up" };
debtor "anyone" otherwise;
stage "late" when cycles >= bucket;
treatment "text" in ["late"] do sms();
"#;
    for (cycles, dpd) in [(1, 65), (0, 5), (2, 40), (9, 170)] {
        let by_row = alike_of_one(
            policy,
            &[
                ("cycles", Value::Count(cycles)),
                ("dpd", Value::Days(dpd)),
                ("previous_stage", Value::Word("current".into())),
                ("days_in_stage", Value::Days(0)),
                ("previous_rung", Value::Word("current".into())),
                ("days_on_rung", Value::Days(0)),
                ("days_since_decision", Value::Days(1)),
                ("previous_type", Value::Word("anyone".into())),
                ("opted_out_sms", Value::Flag(false)),
            ],
        );
        assert!(!by_row, "{cycles} cycles, {dpd} days past due");
    }
}

/// Decides in columns and row by row accounts that are told these facts, the rest of a quiet night.
fn alike_of_all(policy: &str, accounts: &[Vec<(&str, Value)>]) {
    let policy = arrears_rules::load_source("all.rhai", policy, &[]).policy.unwrap();
    let told = accounts.iter().enumerate().map(|(index, facts)| {
        let mut one = Facts::new(format!("A-{index}"), policy.head().currency);
        for (name, value) in facts {
            one.set(name, value.clone()).unwrap();
        }
        one
    });
    let book = table::of(&policy, &told.collect::<Vec<_>>(), &[0]);
    assert_eq!(alike(&policy, &book, false).unwrap(), 0);
    alike(&policy, &book, true).unwrap();
}

/// Accounts that are written to, of which each is told one more thing.
fn late(count: usize, more: impl Fn(usize) -> Vec<(&'static str, Value)>) -> Vec<Vec<(&'static str, Value)>> {
    (0..count)
        .map(|index| {
            let mut facts = vec![("dpd", Value::Days(5)), ("opted_out_sms", Value::Flag(false))];
            facts.extend(more(index));
            facts
        })
        .collect()
}

#[test]
fn the_hours_of_ones_work_are_those_of_the_row_whatever_asks_for_the_work_afterwards() {
    let policy = r#"policy "hours" #{ version: "1", currency: "EUR" };
hours "office" #{ from: "18:30", to: "20:00" };
hours "shopkeeper" #{ from: "14:00", to: "16:30" };
stage "late" when dpd >= 1;
treatment "text" in ["late"] do sms(#{ every: 3 });
never "no visit at the office" when occupation == "office" && action == "visit";
priority dpd;"#;
    let works = |index: usize| ["office", "shopkeeper", "unknown"][(index / 7 + index / 2048) % 3];
    alike_of_all(policy, &late(5000, |index| vec![("occupation", Value::Word(works(index).into()))]));
}

#[test]
fn times_that_are_assumed_of_everybody_come_before_the_hours_of_their_work() {
    let from = r#"assume stated_from = 900 #{ why: "so" };"#;
    let to = r#"assume stated_to = 1000 #{ why: "so" };"#;
    for assumed in [from.to_owned(), format!("{from}\n{to}")] {
        let policy = r#"policy "assumed" #{ version: "1", currency: "EUR" };
hours "office" #{ from: "18:30", to: "20:00" };
stage "late" when dpd >= 1;
treatment "text" in ["late"] do sms(#{ every: 3 });
priority dpd;
ASSUMED"#;
        let works = |index: usize| ["office", "unknown"][index % 2];
        let policy = policy.replace("ASSUMED", &assumed);
        alike_of_all(&policy, &late(50, |index| vec![("occupation", Value::Word(works(index).into()))]));
    }
}
