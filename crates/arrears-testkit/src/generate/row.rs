//! Random accounts for a policy: values near the numbers that policies name, nulls,
//! *never*, and what earlier decisions may have left.

use super::choices::Choices;
use arrears::facts::Role;
use arrears::{Facts, Input, Kind, Money, Need, Policy, Value, table};

/// How the facts of an account are chosen.
#[derive(Clone, Copy, Debug)]
pub struct RowStyle {
    /// Whether an assessment may be given although the policy has signs for it.
    pub assessed: bool,
    /// Whether numbers may be so large that arithmetic does not fit.
    pub huge: bool,
}

const DAYS: [i64; 27] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 15, 29, 30, 31, 32, 59, 60, 61, 89, 90, 91, 92, 120, 0, 1, 31];
const COUNTS: [i64; 8] = [0, 1, 2, 3, 4, 5, 6, 0];
const MONEY: [i64; 16] =
    [0, 1000, 999, 1001, 10_000, 9_999, 10_001, 5_050, 5_049, 25_000, 24_999, -1000, 1, 2500, 7, 123_456];
const RATIOS: [i64; 10] = [0, 50_000, 49_999, 250_000, 500_000, 500_001, 1_000_000, 999_999, 1_500_000, 333_333];
const MINUTES: [i64; 5] = [900, 0, 600, 1439, 1500];

/// What an account has, as a host would give it.
pub fn row(choices: &mut Choices, policy: &Policy, style: RowStyle) -> Facts {
    let mut facts = Facts::new("A-1", policy.head().currency);
    let nulls = choices.pick(&[0, 8, 30, 60], 0);
    let has_state = choices.chance(70);
    for input in policy.inputs() {
        let value = match input.need {
            Need::Result | Need::Script | Need::Contact => None,
            Need::State(_) => has_state.then(|| state(choices, policy, input)).flatten(),
            Need::Derived => {
                let axis = matches!(input.name.as_str(), "willingness" | "ability");
                (style.assessed && axis && choices.chance(20)).then(|| known(choices, policy, input, style))
            }
            Need::Required | Need::For(_) => Some(input_value(choices, policy, input, style, nulls)),
            Need::Assumed(_) | Need::Optional(_) => {
                let given = choices.chance(50) && input.name != "zones";
                given.then(|| input_value(choices, policy, input, style, nulls))
            }
        };
        if let Some(value) = value {
            // What the table refuses stays absent.
            let _ = facts.set(&input.name, value);
        }
    }
    facts
}

fn input_value(choices: &mut Choices, policy: &Policy, input: &Input, style: RowStyle, nulls: usize) -> Value {
    let nulls = if input.name == "closed" { nulls / 4 } else { nulls };
    if choices.chance(nulls) {
        return Value::Unknown;
    }
    known(choices, policy, input, style)
}

/// A known value of a fact.
pub fn known(choices: &mut Choices, policy: &Policy, input: &Input, style: RowStyle) -> Value {
    if input.never && choices.chance(20) {
        return Value::Never;
    }
    let huge = style.huge && choices.chance(2);
    match input.kind {
        Kind::Days if input.name.ends_with("_drops_in") => Value::Days(choices.pick(&[1, 2, 3, 5, 20], 1)),
        Kind::Days => Value::Days(choices.pick(&DAYS, 0)),
        Kind::Count if input.name.starts_with("stated_") => Value::Count(choices.pick(&MINUTES, 900)),
        Kind::Count if huge => Value::Count(i64::MAX - 1),
        Kind::Count => Value::Count(choices.pick(&COUNTS, 0)),
        Kind::Money => {
            let minor = if huge { i64::MAX - 3 } else { choices.pick(&MONEY, 0) };
            Value::Money(Money::from_minor(minor, policy.head().currency))
        }
        Kind::Ratio => Value::Ratio(choices.pick(&RATIOS, 0)),
        Kind::Flag => Value::Flag(choices.chance(if input.name == "closed" { 5 } else { 40 })),
        Kind::Category => word(choices, input),
    }
}

fn word(choices: &mut Choices, input: &Input) -> Value {
    let mut words: Vec<&str> = input.words.iter().map(String::as_str).collect();
    words.extend(input.formerly.iter().map(|(old, _)| old.as_str()));
    if input.open {
        words.push("something else");
    }
    Value::Word(choices.text(&words).into())
}

/// What the last decision left, for an account that has had one.
fn state(choices: &mut Choices, policy: &Policy, input: &Input) -> Option<Value> {
    let beside = |name: &str| policy.stages().iter().any(|stage| stage.name == name && stage.beside);
    match input.name.as_str() {
        "previous_stage" => Some(word(choices, input)),
        "previous_rung" if choices.chance(50) => match word(choices, input) {
            Value::Word(rung) if beside(&rung) => None,
            rung => Some(rung),
        },
        "previous_rung" => None,
        // A policy that tells no types apart keeps none.
        _ if input.kind == Kind::Category && input.words.is_empty() => None,
        "days_since_decision" => Some(Value::Days(choices.pick(&[1, 1, 1, 0, 2, 5], 1))),
        _ if choices.chance(10) => Some(Value::Unknown),
        _ if choices.chance(15) => None,
        _ => {
            let plain = RowStyle { assessed: false, huge: false };
            Some(known(choices, policy, input, plain))
        }
    }
}

/// The same account with every unknown fact known, as it might turn out to be.
///
/// What the last decision left is not completed where it says where the account stands:
/// an account without a previous stage has none.
pub fn completed(choices: &mut Choices, policy: &Policy, facts: &Facts) -> Facts {
    let mut complete = facts.clone();
    let row = policy.bind(facts);
    let has_state =
        policy.find_input("previous_stage").zip(row.as_ref().ok()).is_some_and(|(id, row)| !row.cell(id).is_unknown());
    let plain = RowStyle { assessed: false, huge: false };
    for input in policy.inputs() {
        let ladder = matches!(input.name.as_str(), "previous_stage" | "previous_rung" | "days_since_decision");
        let open = match (facts.get(&input.name), input.need) {
            (_, Need::Result | Need::Script | Need::Derived) => false,
            (Some(Value::Unknown), Need::State(_)) => has_state && !ladder,
            (Some(Value::Unknown), _) => true,
            (None, Need::Required | Need::For(_)) => true,
            _ => false,
        };
        if open {
            let _ = complete.set(&input.name, known(choices, policy, input, plain));
        }
    }
    complete
}

/// Whether a fact is carried from the last decision.
pub fn is_state(input: &Input) -> bool {
    matches!(input.need, Need::State(_))
        || table::find(&input.name).is_some_and(|fact| matches!(fact.role, Role::State(_)))
}
