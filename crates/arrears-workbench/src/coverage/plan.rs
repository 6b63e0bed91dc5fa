//! What there is to be exercised in a policy: its statements, what they ask, and the edges of their numbers.

use crate::clauses::{Position, Statement, leaves, statements};
use arrears::condition::{Cmp, Cond, CondKind, Num, NumKind};
use arrears::{Kind, Need, Policy, Span};
use std::collections::BTreeMap;

/// Everything that can be exercised, in the order of the decision.
pub(super) struct Plan {
    pub(super) statements: Vec<Planned>,
    pub(super) leaves: Vec<PlannedLeaf>,
    places: BTreeMap<Key, usize>,
}

/// A statement.
pub(super) struct Planned {
    pub(super) title: String,
    pub(super) position: Position,
    pub(super) place: Option<String>,
    span: Span,
}

/// A part of a condition that asks something of a fact. What stands in a word of the policy is one part, however often
/// the word is used.
pub(super) struct PlannedLeaf {
    /// The first statement in which it stands, by position in the plan.
    pub(super) statement: usize,
    pub(super) clause: &'static str,
    pub(super) condition: String,
    pub(super) place: Option<String>,
    pub(super) can_be_unknown: bool,
    pub(super) edge: Option<Edge>,
}

/// A number that a part is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) number: i64,
    pub(super) kind: Kind,
    pub(super) threshold: Option<String>,
}

/// What makes a part the same: where it stands and how it compares; of a policy without text, its place in the tree.
type Key = (Span, u8, Option<(usize, bool, usize)>);

impl Plan {
    pub(super) fn of(policy: &Policy) -> Self {
        let mut plan = Self { statements: Vec::new(), leaves: Vec::new(), places: BTreeMap::new() };
        for (index, statement) in statements(policy).iter().enumerate() {
            for (clause, cond) in clauses(statement) {
                for (ordinal, leaf) in asked(cond).enumerate() {
                    let key = key(leaf, (index, clause, ordinal));
                    if plan.places.contains_key(&key) {
                        continue;
                    }
                    plan.places.insert(key, plan.leaves.len());
                    plan.leaves.push(PlannedLeaf {
                        statement: index,
                        clause,
                        condition: words(policy, cond, leaf),
                        place: policy.place_of(leaf.span),
                        can_be_unknown: can_be_unknown(policy, leaf),
                        edge: edge(policy, leaf).map(|(edge, _)| edge),
                    });
                }
            }
            plan.statements.push(Planned {
                title: statement.title(),
                position: statement.position,
                place: policy.place_of(statement.span),
                span: statement.span,
            });
        }
        plan
    }

    /// The statement of the plan that a statement of the same policy under a law is; none for a duty of the law.
    pub(super) fn find(&self, statement: &Statement<'_>) -> Option<usize> {
        let title = statement.title();
        self.statements.iter().position(|it| {
            it.span == statement.span && it.position.keyword() == statement.position.keyword() && it.title == title
        })
    }

    /// The part of the plan that a leaf of a clause is.
    pub(super) fn leaf(&self, leaf: &Cond, at: (usize, &'static str, usize)) -> Option<usize> {
        self.places.get(&key(leaf, at)).copied()
    }
}

/// The clauses of a statement.
pub(super) fn clauses<'a>(statement: &Statement<'a>) -> impl Iterator<Item = (&'static str, &'a Cond)> + use<'a> {
    [("when", statement.when), ("unless", statement.unless)].into_iter().filter_map(|(name, cond)| Some((name, cond?)))
}

/// The leaves of a condition that ask something of an account.
pub(super) fn asked(cond: &Cond) -> impl Iterator<Item = &Cond> {
    leaves(cond).into_iter().filter(|leaf| !matches!(leaf.kind, CondKind::Constant(_)))
}

fn key(leaf: &Cond, (statement, clause, ordinal): (usize, &'static str, usize)) -> Key {
    let compares = match &leaf.kind {
        CondKind::Compare(cmp, ..) => match cmp {
            Cmp::Lt => 1,
            Cmp::Le => 2,
            Cmp::Eq => 3,
            Cmp::Ne => 4,
            Cmp::Ge => 5,
            Cmp::Gt => 6,
        },
        _ => 0,
    };
    let unwritten = (!leaf.span.is_some()).then_some((statement, clause == "unless", ordinal));
    (leaf.span, compares, unwritten)
}

/// A leaf in the policy's own words; of the two ends of a range, which it is.
fn words(policy: &Policy, cond: &Cond, leaf: &Cond) -> String {
    let text = policy.words_of(leaf);
    let twins = asked(cond).filter(|other| other.span == leaf.span && other.span.is_some());
    match &leaf.kind {
        CondKind::Compare(cmp, ..) if twins.count() > 1 => {
            let end = if matches!(cmp, Cmp::Ge | Cmp::Gt) { "lower end" } else { "upper end" };
            format!("{text} ({end})")
        }
        _ => text,
    }
}

fn can_be_unknown(policy: &Policy, leaf: &Cond) -> bool {
    if matches!(leaf.kind, CondKind::Known(_)) {
        return false;
    }
    let mut results = 0;
    let mut facts = 0;
    leaf.each_fact(&mut |fact| {
        facts += 1;
        results += usize::from(policy.input(fact).is_some_and(|input| input.need == Need::Result));
    });
    facts == 0 || results < facts
}

/// The number that a comparison holds something against, and what it holds against it.
pub(super) fn edge<'c>(policy: &Policy, leaf: &'c Cond) -> Option<(Edge, &'c Num)> {
    let CondKind::Compare(_, left, right) = &leaf.kind else { return None };
    let fixed = |num: &Num| {
        let mut fixed = true;
        num.each(&mut |part| fixed &= !matches!(part.kind, NumKind::Fact(_)));
        fixed
    };
    let (asked, number) = match (fixed(left), fixed(right)) {
        (false, true) => (left, right),
        (true, false) => (right, left),
        _ => return None,
    };
    let (value, threshold) = match &number.kind {
        NumKind::Literal(value) => (*value, None),
        NumKind::Threshold(id) => {
            (policy.threshold_value(*id)?, policy.thresholds().get(id.index()).map(|it| it.name.clone()))
        }
        _ => return None,
    };
    Some((Edge { number: value, kind: asked.unit, threshold }, asked))
}
