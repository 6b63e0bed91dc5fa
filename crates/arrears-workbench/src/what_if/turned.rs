//! What turned between two decisions: the conditions, and what binds.

use crate::clauses::{Read, Statement, leaves};
use arrears::Policy;
use arrears::condition::Cond;
use serde::Serialize;

/// A condition that reads otherwise after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turned {
    /// The statement in which it stands: `stage firm`.
    pub statement: String,
    /// The clause: `when` or `unless`.
    pub clause: &'static str,
    /// The condition, in the policy's own words.
    pub condition: String,
    /// Where it stands: `cn-card.rhai:71`; none for a policy that a program built.
    pub place: Option<String>,
    /// How it reads now: true, false or unknown.
    pub was: &'static str,
    /// How it reads after the change.
    pub is: &'static str,
}

/// The conditions that turned in the statements that bind before or after, as far as the whole clause turned with them.
pub(super) fn turned(
    policy: &Policy,
    statements: &[Statement<'_>],
    bind: &[&String],
    (before, after): (&Read, &Read),
) -> Vec<Turned> {
    let mut found: Vec<Turned> = Vec::new();
    for statement in statements {
        let title = statement.title();
        let on_the_way = title.starts_with("cure ") || title.starts_with("ease ");
        if !on_the_way && !bind.iter().any(|rule| **rule == title) {
            continue;
        }
        for (clause, cond) in [("when", statement.when), ("unless", statement.unless)] {
            let Some(cond) = cond.filter(|cond| truth(cond, before) != truth(cond, after)) else { continue };
            for leaf in leaves(cond) {
                let (was, is) = (truth(leaf, before), truth(leaf, after));
                if was == is {
                    continue;
                }
                let turned = Turned {
                    statement: title.clone(),
                    clause,
                    condition: policy.words_of(leaf),
                    place: policy.place_of(leaf.span),
                    was,
                    is,
                };
                // The two ends of a range are one condition to their author.
                let same = |other: &Turned| {
                    (&other.statement, &other.condition, &other.place)
                        == (&turned.statement, &turned.condition, &turned.place)
                };
                if !found.iter().any(same) {
                    found.push(turned);
                }
            }
        }
    }
    found
}

fn truth(cond: &Cond, read: &Read) -> &'static str {
    cond.read(&read.reading()).word()
}
