//! Where a policy asks for a count over a window, and what there makes the count not matter.

use super::watch::fixed_number;
use crate::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind, Truth, WordSet};
use crate::policy::{Moves, Need, Policy};
use std::collections::BTreeMap;

/// One place where a count is asked.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The stages of accounts of which it is asked.
    pub stages: WordSet,
    /// If it is asked there whether it is more or less than a number: the edge between those,
    /// which lies between `n - 1` and `n`. A count below it does not cross it when it falls.
    pub edge: Option<i64>,
    /// What stands beside it: where one of these holds for good, the count does not matter.
    pub guards: Vec<Guard>,
}

/// A question beside a count that decides alone, for as long as it is answered so.
#[derive(Clone, Copy, Debug)]
pub struct Guard {
    /// The fact, which no decision changes and nothing is learned of.
    pub fact: FactId,
    /// What it is held against; nothing for a flag, which is asked whether it is set.
    pub than: Option<(Cmp, i64)>,
    /// The answer with which it decides.
    pub decides: bool,
    /// Whether the answer stands only while the fact is zero: a count over a window, which
    /// then has nothing to lose. Otherwise no day moves it.
    pub while_zero: bool,
}

/// The places where counts over windows that can only fall are asked, by count.
#[derive(Default)]
pub(super) struct Askings {
    places: BTreeMap<FactId, Vec<Asking>>,
}

impl Askings {
    /// Notes a fact that is asked for otherwise than by a condition.
    pub(super) fn fact(&mut self, policy: &Policy, fact: FactId, stages: WordSet) {
        self.put(policy, fact, Asking { stages, edge: None, guards: Vec::new() });
    }

    /// Notes what a condition asks for.
    pub(super) fn cond(&mut self, policy: &Policy, cond: &Cond, stages: WordSet) {
        self.inside(policy, cond, (stages, &mut Vec::new()));
    }

    /// Where a fact is asked.
    pub(super) fn of(&self, fact: FactId) -> Vec<Asking> {
        self.places.get(&fact).cloned().unwrap_or_default()
    }

    fn put(&mut self, policy: &Policy, fact: FactId, asking: Asking) {
        if matches!(policy.moves(fact), Moves::Expires { .. }) {
            self.places.entry(fact).or_default().push(asking);
        }
    }

    fn inside(&mut self, policy: &Policy, cond: &Cond, (stages, guards): (WordSet, &mut Vec<Guard>)) {
        let mut put = |fact: FactId, edge: Option<i64>| {
            self.put(policy, fact, Asking { stages, edge, guards: guards.clone() });
        };
        match &cond.kind {
            CondKind::Constant(_) | CondKind::DebtorType(_) => {}
            CondKind::Flag(fact) | CondKind::Known(fact) | CondKind::NotYet(fact) => put(*fact, None),
            CondKind::NotSince(first, second) => [*first, *second].into_iter().for_each(|fact| put(fact, None)),
            CondKind::Within(word, _) => each_fact(word, &mut |fact| put(fact, None)),
            CondKind::Compare(cmp, left, right) => match (&left.kind, edge(policy, *cmp, right)) {
                (NumKind::Fact(fact), edge @ Some(_)) => put(*fact, edge),
                _ => [left, right].into_iter().for_each(|side| each_fact(side, &mut |fact| put(fact, None))),
            },
            CondKind::Not(inner) => self.inside(policy, inner, (stages, guards)),
            CondKind::Define(_, inner) => self.inside(policy, inner, (stages, guards)),
            CondKind::Coalesce(first, second) => {
                self.inside(policy, first, (stages, guards));
                self.inside(policy, second, (stages, guards));
            }
            CondKind::All(parts) => self.joined(policy, (parts, Truth::False), (stages, guards)),
            CondKind::Any(parts) => self.joined(policy, (parts, Truth::True), (stages, guards)),
        }
    }

    /// Parts that are joined: one that is `strong` decides alone.
    fn joined(
        &mut self,
        policy: &Policy,
        (parts, strong): (&[Cond], Truth),
        (stages, guards): (WordSet, &mut Vec<Guard>),
    ) {
        for (place, part) in parts.iter().enumerate() {
            let outer = guards.len();
            for (_, other) in parts.iter().enumerate().filter(|(other, _)| *other != place) {
                guard(policy, other, strong, guards);
            }
            self.inside(policy, part, (stages, &mut *guards));
            guards.truncate(outer);
        }
    }
}

fn each_fact(number: &Num, see: &mut dyn FnMut(FactId)) {
    number.each(&mut |part| {
        if let NumKind::Fact(id) = part.kind {
            see(id);
        }
    });
}

/// The edge of an order with a fixed number.
fn edge(policy: &Policy, cmp: Cmp, with: &Num) -> Option<i64> {
    let with = fixed_number(policy, with)?;
    match cmp {
        Cmp::Lt | Cmp::Ge => Some(with),
        Cmp::Le | Cmp::Gt => with.checked_add(1),
        Cmp::Eq | Cmp::Ne => None,
    }
}

/// The questions of a condition each of which makes it `strong` by itself.
fn guard(policy: &Policy, cond: &Cond, strong: Truth, guards: &mut Vec<Guard>) {
    let mut put = |fact: FactId, than: Option<(Cmp, i64)>| {
        guards.extend(standing(policy, fact).map(|while_zero| Guard {
            fact,
            than,
            decides: strong.is_true(),
            while_zero,
        }));
    };
    match (&cond.kind, strong) {
        (CondKind::Flag(fact), _) => put(*fact, None),
        (CondKind::Compare(cmp, left, right), _) => {
            if let (NumKind::Fact(fact), Some(with)) = (&left.kind, fixed_number(policy, right)) {
                put(*fact, Some((*cmp, with)));
            }
        }
        (CondKind::Not(inner), strong) => guard(policy, inner, strong.not(), guards),
        (CondKind::Define(_, inner), strong) => guard(policy, inner, strong, guards),
        (CondKind::All(parts), Truth::False) | (CondKind::Any(parts), Truth::True) => {
            parts.iter().for_each(|part| guard(policy, part, strong, guards));
        }
        _ => {}
    }
}

/// Whether a fact stands only while it is zero; none if it may move otherwise.
fn standing(policy: &Policy, fact: FactId) -> Option<bool> {
    let input = policy.input(fact)?;
    let learned = policy.learned().iter().any(|learned| learned.fact == Some(fact));
    let changes = matches!(input.need, Need::State(_) | Need::Derived | Need::Result);
    if learned || changes || input.valid.is_some() {
        return None;
    }
    match policy.moves(fact) {
        Moves::Still => Some(false),
        Moves::Expires { .. } => Some(true),
        _ => None,
    }
}
