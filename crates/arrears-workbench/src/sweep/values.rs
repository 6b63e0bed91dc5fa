//! Which values of a threshold are tried.

use super::SweepError;
use arrears::policy::Threshold;
use arrears::{Kind, Policy, Problem};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The most values that steps may give: each is a pass over the whole table.
pub const MOST: usize = 1_000;

/// The threshold that is swept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Its name.
    pub name: String,
    /// What it measures.
    pub kind: Kind,
    /// What it counts, in the policy's words; the currency for amounts, none for a ratio.
    pub unit: Option<String>,
    /// The least value that the policy allows.
    pub from: Decimal,
    /// The greatest.
    pub to: Decimal,
    /// The value in force in the policy as it was given.
    pub own: Decimal,
    /// Why it is what it is.
    pub why: String,
    /// How many decimals its values may have.
    #[serde(skip)]
    pub(super) decimals: u32,
}

/// A value that is tried, and the policy with it.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    pub(super) value: Decimal,
    /// As people write it.
    pub(super) shown: String,
    /// Whether it is the one in force in the policy as it was given.
    pub(super) own: bool,
    pub(super) policy: Policy,
}

impl Tried {
    /// What messages call the policy with this value.
    pub(super) fn under(&self, threshold: &str) -> String {
        let head = self.policy.head();
        format!("`{}` {} with `{threshold}` = {}", head.name, head.version, self.shown)
    }
}

/// Why steps from one value to another give no values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepsError {
    /// The steps do not lead upwards.
    #[error("a step must be more than 0, not {0}")]
    NoStep(Decimal),
    /// The first value lies above the last.
    #[error("the values must rise: {from} is more than {to}")]
    Downwards {
        /// The first value.
        from: Decimal,
        /// The last.
        to: Decimal,
    },
    /// There are too many.
    #[error(
        "from {from} to {to} in steps of {step} there are more than {MOST} values, and each is a pass over the whole table"
    )]
    TooMany {
        /// The first value.
        from: Decimal,
        /// The last.
        to: Decimal,
        /// From one to the next.
        step: Decimal,
    },
}

/// The values from one to another in equal steps; the last step may fall short of the last value, which
/// then is not among them.
///
/// # Errors
///
/// [`StepsError`] if the steps do not lead upwards from the first value, or are more than [`MOST`].
///
/// ```
/// use arrears_workbench::sweep::steps;
///
/// let values = steps("5.00".parse()?, "16.00".parse()?, "5".parse()?)?;
/// assert_eq!(values.iter().map(ToString::to_string).collect::<Vec<_>>(), ["5.00", "10.00", "15.00"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn steps(from: Decimal, to: Decimal, step: Decimal) -> Result<Vec<Decimal>, StepsError> {
    if step <= Decimal::ZERO {
        return Err(StepsError::NoStep(step));
    }
    if from > to {
        return Err(StepsError::Downwards { from, to });
    }
    let mut values = vec![from];
    let mut last = from;
    while let Some(next) = last.checked_add(step).filter(|next| *next <= to && *next > last) {
        if values.len() == MOST {
            return Err(StepsError::TooMany { from, to, step });
        }
        values.push(next);
        last = next;
    }
    Ok(values)
}

impl Swept {
    /// The threshold of a policy.
    pub(super) fn of(policy: &Policy, name: &str) -> Option<Self> {
        let (threshold, own) = policy.threshold_values().find(|(threshold, _)| threshold.name == name)?;
        let written = |value| decimal(policy, threshold.kind, value);
        Some(Self {
            name: threshold.name.clone(),
            kind: threshold.kind,
            unit: unit(policy, threshold),
            from: written(threshold.from),
            to: written(threshold.to),
            own: written(own),
            why: threshold.why.clone(),
            decimals: decimals(policy, threshold.kind),
        })
    }
}

/// A number of the policy as it is written.
fn decimal(policy: &Policy, kind: Kind, value: i64) -> Decimal {
    let written = Decimal::from_i128_with_scale(i128::from(value), decimals(policy, kind));
    if kind == Kind::Ratio { written.normalize() } else { written }
}

/// How many decimals a number of the policy may have.
fn decimals(policy: &Policy, kind: Kind) -> u32 {
    kind.decimals(policy.head().currency.digits())
}

fn unit(policy: &Policy, threshold: &Threshold) -> Option<String> {
    match (&threshold.unit, threshold.kind) {
        (Some(unit), _) => Some(unit.clone()),
        (None, Kind::Money) => Some(policy.head().currency.to_string()),
        (None, Kind::Days) => Some("days".to_owned()),
        (None, _) => None,
    }
}

/// The policy with each value, and with its own: in rising order, each once.
pub(super) fn tried(policy: &Policy, swept: &Swept, values: &[Decimal]) -> Result<Vec<Tried>, SweepError> {
    if values.is_empty() {
        return Err(SweepError::NoValues { name: swept.name.clone() });
    }
    let mut problems: Vec<Problem> = Vec::new();
    let mut tried = BTreeMap::new();
    for value in values.iter().chain([&swept.own]) {
        match policy.with_thresholds(&[(swept.name.clone(), *value)]) {
            Ok(with) => {
                tried.insert(value.normalize(), with);
            }
            Err(found) => found.into_iter().for_each(|found| {
                if !problems.contains(&found) {
                    problems.push(found);
                }
            }),
        }
    }
    if !problems.is_empty() {
        return Err(SweepError::Threshold(problems));
    }
    let tried = tried.into_values().filter_map(|with| {
        let (_, number) = with.threshold_values().find(|(threshold, _)| threshold.name == swept.name)?;
        let value = decimal(policy, swept.kind, number);
        Some(Tried { value, shown: policy.show(number, swept.kind), own: value == swept.own, policy: with })
    });
    Ok(tried.collect())
}
