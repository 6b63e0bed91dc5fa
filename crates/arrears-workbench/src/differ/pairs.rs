//! Which statement of one policy is which of the other.

use super::renames::Renames;
use arrears::policy::OutlinedStatement;

/// A statement in A, in B, or in both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'o> {
    pub(super) a: Option<&'o OutlinedStatement>,
    pub(super) b: Option<&'o OutlinedStatement>,
    /// Its position among those of its kind in A.
    pub(super) at: Option<usize>,
}

/// Whether a statement of A and one of B belong together.
type Together<'r> = dyn Fn(&OutlinedStatement, &OutlinedStatement) -> bool + 'r;

/// Statements of one kind, paired: in the order of B, then those that only A has.
pub(super) fn pair<'o>(a: &[&'o OutlinedStatement], b: &[&'o OutlinedStatement], renames: &Renames) -> Vec<Pair<'o>> {
    let mut free: Vec<bool> = vec![true; a.len()];
    let mut of_b: Vec<Option<usize>> = vec![None; b.len()];
    // Of several of one name those go first that say the same.
    let rules: [&Together<'_>; 4] = [
        &|a, b| renames.name(a) == b.name && says_the_same(a, b, renames),
        &|a, b| renames.name(a) == b.name,
        &|a, b| b.formerly.contains(&a.name),
        &|a, b| is_telling(a) && says_the_same(a, b, renames),
    ];
    for rule in rules {
        for (b, found) in b.iter().zip(&mut of_b).filter(|(_, found)| found.is_none()) {
            let same = a.iter().zip(&mut free).enumerate().find(|(_, (a, free))| **free && rule(a, b));
            if let Some((at, (_, free))) = same {
                *free = false;
                *found = Some(at);
            }
        }
    }
    let both = b.iter().zip(of_b).map(|(b, at)| Pair { a: at.and_then(|at| a.get(at).copied()), b: Some(b), at });
    let gone = a.iter().zip(free).enumerate().filter(|(_, (_, free))| *free);
    both.chain(gone.map(|(at, (a, _))| Pair { a: Some(a), b: None, at: Some(at) })).collect()
}

/// Whether two statements decide alike, but for their names.
fn says_the_same(a: &OutlinedStatement, b: &OutlinedStatement, renames: &Renames) -> bool {
    let deciding = |statement: &OutlinedStatement| statement.clauses.iter().filter(|clause| clause.decides).count();
    deciding(a) == deciding(b)
        && a.clauses.iter().filter(|clause| clause.decides).all(|clause| {
            let other = b.clauses.iter().find(|other| other.name == clause.name);
            other.is_some_and(|other| renames.means_the_same(clause, other))
        })
}

/// Whether a statement says enough to be known again under another name: not a value, which many may have.
fn is_telling(statement: &OutlinedStatement) -> bool {
    !matches!(
        statement.keyword,
        "threshold" | "assume" | "outcome" | "turns" | "ease" | "cure" | "hours" | "law" | "fact"
    ) && statement.clauses.iter().any(|clause| matches!(clause.name.as_str(), "when" | "do" | "otherwise"))
}
