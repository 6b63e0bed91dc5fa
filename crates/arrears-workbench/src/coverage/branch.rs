//! A clause as a tree whose parts are seen true, false, unknown, and deciding.

use super::plan::{Plan, asked, edge};
use arrears::condition::{Cond, CondKind, Num, RowReading, Truth};
use arrears::{Cell, Policy};
use std::collections::BTreeMap;

/// A part of a clause.
pub(super) struct Branch<'p> {
    form: Form<'p>,
    parts: Vec<Branch<'p>>,
    /// How many parts it is, itself included.
    size: usize,
}

enum Form<'p> {
    /// A part that asks something, by its place in the plan, and what it holds against a number.
    Leaf(usize, &'p Cond, Option<(i64, &'p Num)>),
    Constant(bool),
    Not,
    All,
    Any,
    /// The first, or the second where the first is unknown.
    Or,
}

/// How a part was seen in one decision.
pub(super) struct Seen {
    /// The part, by its place in the plan.
    pub(super) leaf: usize,
    pub(super) truth: Truth,
    /// Whether the clause would read otherwise, if this part alone were true in place of false or false in place of
    /// true.
    pub(super) decides: bool,
    /// What was held against the part's number, if it is known.
    pub(super) value: Cell,
}

impl<'p> Branch<'p> {
    /// A clause of a statement of the plan.
    pub(super) fn of(policy: &Policy, plan: &Plan, cond: &'p Cond, at: (usize, &'static str)) -> Self {
        let leaves: BTreeMap<*const Cond, usize> = asked(cond)
            .enumerate()
            .filter_map(|(ordinal, leaf)| Some((std::ptr::from_ref(leaf), plan.leaf(leaf, (at.0, at.1, ordinal))?)))
            .collect();
        Self::part(policy, &leaves, cond)
    }

    fn part(policy: &Policy, leaves: &BTreeMap<*const Cond, usize>, cond: &'p Cond) -> Self {
        let all = |parts: &'p [Cond]| parts.iter().map(|part| Self::part(policy, leaves, part)).collect();
        let (form, parts): (Form<'p>, Vec<Self>) = match &cond.kind {
            CondKind::Define(_, inner) => return Self::part(policy, leaves, inner),
            CondKind::Constant(holds) => (Form::Constant(*holds), Vec::new()),
            CondKind::Not(inner) => (Form::Not, vec![Self::part(policy, leaves, inner)]),
            CondKind::All(parts) => (Form::All, all(parts)),
            CondKind::Any(parts) => (Form::Any, all(parts)),
            CondKind::Coalesce(first, second) => {
                (Form::Or, vec![Self::part(policy, leaves, first), Self::part(policy, leaves, second)])
            }
            _ => {
                let held = edge(policy, cond).map(|(edge, asked)| (edge.number, asked));
                let leaf = leaves.get(&std::ptr::from_ref(cond)).copied().unwrap_or(usize::MAX);
                (Form::Leaf(leaf, cond, held), Vec::new())
            }
        };
        let size = parts.iter().map(|part| part.size).sum::<usize>() + 1;
        Self { form, parts, size }
    }

    /// Reads the clause, and tells of each part that asks something how it was seen.
    pub(super) fn see(&self, reading: &RowReading<'_>, see: &mut dyn FnMut(Seen)) -> Truth {
        let mut truths = Vec::with_capacity(self.size);
        let truth = self.read(reading, &mut truths);
        self.note(reading, (&truths, 0), [Truth::False, Truth::Unknown, Truth::True], see);
        truth
    }

    /// Reads the part and what is in it, in the order in which it stands.
    fn read(&self, reading: &RowReading<'_>, truths: &mut Vec<Truth>) -> Truth {
        let at = truths.len();
        truths.push(Truth::Unknown);
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            parts.push(part.read(reading, truths));
        }
        let first = parts.first().copied().unwrap_or(Truth::Unknown);
        let truth = match &self.form {
            Form::Leaf(_, cond, _) => cond.read(reading),
            Form::Constant(holds) => Truth::of(*holds),
            Form::Not => first.not(),
            Form::All => parts.iter().copied().min().unwrap_or(Truth::True),
            Form::Any => parts.iter().copied().max().unwrap_or(Truth::False),
            Form::Or if first.is_unknown() => parts.get(1).copied().unwrap_or(Truth::Unknown),
            Form::Or => first,
        };
        if let Some(slot) = truths.get_mut(at) {
            *slot = truth;
        }
        truth
    }

    /// `table` says how the whole clause reads where this part is false, unknown and true, and all else as it is.
    fn note(
        &self,
        reading: &RowReading<'_>,
        (truths, at): (&[Truth], usize),
        table: [Truth; 3],
        see: &mut dyn FnMut(Seen),
    ) {
        let truth = |place: usize| truths.get(place).copied().unwrap_or(Truth::Unknown);
        if let Form::Leaf(leaf, _, held) = &self.form {
            let value = held.map_or(Cell::UNKNOWN, |(_, num)| num.read(reading));
            let [when_false, _, when_true] = table;
            see(Seen { leaf: *leaf, truth: truth(at), decides: when_false != when_true, value });
            return;
        }
        let mut place = at + 1;
        let places: Vec<usize> = self
            .parts
            .iter()
            .map(|part| {
                let own = place;
                place += part.size;
                own
            })
            .collect();
        for (index, (part, own)) in self.parts.iter().zip(&places).enumerate() {
            let others = || places.iter().filter(|other| *other != own).map(|other| truth(*other));
            let through = |of: Truth| match self.form {
                Form::Not => of.not(),
                Form::All => others().fold(of, Truth::min),
                Form::Any => others().fold(of, Truth::max),
                Form::Or if index == 0 => {
                    if of.is_unknown() {
                        others().next().unwrap_or(of)
                    } else {
                        of
                    }
                }
                Form::Or => others().next().filter(|first| !first.is_unknown()).unwrap_or(of),
                Form::Leaf(..) | Form::Constant(_) => of,
            };
            let whole = |of: Truth| {
                let [when_false, when_unknown, when_true] = table;
                match through(of) {
                    Truth::False => when_false,
                    Truth::Unknown => when_unknown,
                    Truth::True => when_true,
                }
            };
            let inner = [Truth::False, Truth::Unknown, Truth::True].map(whole);
            part.note(reading, (truths, *own), inner, see);
        }
    }
}
