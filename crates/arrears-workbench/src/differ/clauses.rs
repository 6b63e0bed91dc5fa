//! Which clauses of a statement changed.

use super::pairs::Pair;
use super::renames::Renames;
use super::{ClauseChange, How, conditions, order};
use arrears::Policy;
use arrears::policy::{OutlinedClause, Says};

/// The clauses that changed; of a statement that only one policy has, all that decide.
pub(super) fn changes(pair: &Pair<'_>, renames: &Renames, policy: &Policy) -> Vec<ClauseChange> {
    let of_a = pair.a.map(|a| a.clauses.as_slice()).unwrap_or_default();
    let of_b = pair.b.map(|b| b.clauses.as_slice()).unwrap_or_default();
    let both = pair.a.is_some() && pair.b.is_some();
    let mut changes = Vec::new();
    for a in of_a {
        let b = of_b.iter().find(|b| b.name == a.name);
        // Of A and B the labels differ always; they stand at the head of everything.
        let is_label = pair.a.is_some_and(|a| a.keyword == "policy") && a.name == "version";
        if is_label || b.is_some_and(|b| renames.means_the_same(a, b)) {
            continue;
        }
        changes.push(change(Some(a), b, renames, policy));
    }
    let new = of_b.iter().filter(|b| !of_a.iter().any(|a| a.name == b.name));
    changes.extend(new.map(|b| change(None, Some(b), renames, policy)));
    changes.retain(|clause| both || (clause.decides && clause.a.as_deref().or(clause.b.as_deref()) != Some("")));
    changes
}

fn change(a: Option<&OutlinedClause>, b: Option<&OutlinedClause>, renames: &Renames, policy: &Policy) -> ClauseChange {
    let (how, by, parts, moved) = match (a, b) {
        (Some(a), Some(b)) => {
            let (by, parts, moved) = inside(a, b, renames, policy);
            (How::Changed, by, parts, moved)
        }
        (Some(_), None) => (How::Removed, None, Vec::new(), Vec::new()),
        _ => (How::Added, None, Vec::new(), Vec::new()),
    };
    let either = b.or(a);
    ClauseChange {
        clause: either.map(|clause| clause.name.clone()).unwrap_or_default(),
        how,
        decides: either.is_some_and(|clause| clause.decides),
        a: a.map(|a| a.text.clone()),
        b: b.map(|b| b.text.clone()),
        by,
        parts,
        moved,
    }
}

type Inside = (Option<String>, Vec<super::PartChange>, Vec<String>);

/// By how much a number changed, which parts of a condition, what moved in an order.
fn inside(a: &OutlinedClause, b: &OutlinedClause, renames: &Renames, policy: &Policy) -> Inside {
    match (&a.says, &b.says) {
        (Says::Condition(a), Says::Condition(b)) => (None, conditions::parts(a, b), Vec::new()),
        (Says::Number(a, kind), Says::Number(b, other)) if kind == other => {
            let by = b.checked_sub(*a).map(|by| {
                let shown = policy.show(by, *kind);
                if by > 0 { format!("+{shown}") } else { shown }
            });
            (by, Vec::new(), Vec::new())
        }
        (Says::Names(of, a), Says::Names(_, b)) => (None, Vec::new(), order::moved_names(&renames.names(of, a), b)),
        _ => (None, Vec::new(), Vec::new()),
    }
}
