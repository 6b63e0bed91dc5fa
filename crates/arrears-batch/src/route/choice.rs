//! The one policy for an account, or why there is none.

use arrears::policy::{NotFor, Policy};
use chrono::NaiveDate;
use std::fmt;

/// What a policy that is in force says of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It applies.
    Applies,
    /// It does not apply, or it cannot be told.
    NotFor(NotFor),
    /// The account is in another currency than the policy.
    OtherCurrency,
}

impl From<Option<NotFor>> for Answer {
    fn from(not_for: Option<NotFor>) -> Self {
        not_for.map_or(Self::Applies, Self::NotFor)
    }
}

/// Why an account belongs to no policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unplaced {
    /// No policy applies.
    Nobody {
        /// Each policy, with why it does not.
        why: Vec<String>,
    },
    /// Several policies apply.
    Several {
        /// Their names and versions.
        policies: Vec<String>,
    },
    /// A missing fact leaves open whether a policy applies; at most one other does.
    Open {
        /// The policies of which it cannot be told, each with what is missing.
        open: Vec<String>,
        /// The one that applies, if one does.
        applies: Option<String>,
    },
}

impl fmt::Display for Unplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody { why } => write!(f, "no policy applies: {}", why.join("; ")),
            Self::Several { policies } => {
                write!(f, "{} policies apply, and one must: {}", policies.len(), policies.join(", "))
            }
            Self::Open { open, applies } => {
                write!(f, "it cannot be told which policy applies: {}", open.join("; "))?;
                applies.as_ref().map_or(Ok(()), |policy| write!(f, "; {policy} applies"))
            }
        }
    }
}

/// A policy as messages name it: two versions of one policy may stand side by side.
fn named(policy: &Policy) -> String {
    format!("`{}` {}", policy.head().name, policy.head().version)
}

pub(super) fn choose(
    policies: &[Policy],
    as_of: NaiveDate,
    mut answer: impl FnMut(&Policy) -> Answer,
) -> Result<usize, Unplaced> {
    let (mut apply, mut open, mut why) = (Vec::new(), Vec::new(), Vec::new());
    for (position, policy) in policies.iter().enumerate() {
        if !policy.in_force(as_of) {
            why.push(format!("{} decides {}", named(policy), policy.head().term()));
            continue;
        }
        match answer(policy) {
            Answer::Applies => apply.push((position, policy)),
            Answer::OtherCurrency => {
                why.push(format!("{} decides amounts in {}", named(policy), policy.head().currency))
            }
            Answer::NotFor(NotFor::Others { condition, .. }) => {
                why.push(format!("of {}, `{condition}` is false", named(policy)));
            }
            Answer::NotFor(NotFor::Unknown { condition, missing, .. }) => open.push(match missing.as_slice() {
                [] => format!("of {}, `{condition}` cannot be computed", named(policy)),
                [one] => format!("{} asks for `{one}`, which is not known", named(policy)),
                several => format!("{} asks for `{}`, which are not known", named(policy), several.join("` and `")),
            }),
        }
    }
    match (apply.as_slice(), open.is_empty()) {
        ([(position, _)], true) => Ok(*position),
        ([], true) => Err(Unplaced::Nobody { why }),
        ([], false) => Err(Unplaced::Open { open, applies: None }),
        ([(_, one)], false) => Err(Unplaced::Open { open, applies: Some(named(one)) }),
        (several, _) => Err(Unplaced::Several { policies: several.iter().map(|(_, policy)| named(policy)).collect() }),
    }
}
