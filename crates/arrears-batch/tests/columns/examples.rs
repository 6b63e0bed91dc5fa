//! The policies of the examples decide alike in columns and row by row, next reviews included.

use super::{alike, table};
use arrears::{Facts, Kind, Need, Policy, Value};
use arrears_testkit::generate::{Choices, RowStyle, known};
use std::path::Path;

fn load(name: &str) -> Policy {
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
fn accounts(policy: &Policy, count: usize, with_state: bool) -> Vec<Facts> {
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
