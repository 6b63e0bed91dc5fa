//! `never` and `always`, tried on many accounts.

use crate::condition::{Cond, CondKind, FactId, NumKind, RowReading, Truth, WordSet};
use crate::decide::{Decision, Law, decide_today};
use crate::number::{Cell, Kind};
use crate::policy::{Input, Invariant, Need, Policy, Row};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How often an account is drawn, until it is one to which the policy applies.
const DRAWS: usize = 8;

/// An account on which a `never` or an `always` is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenInvariant {
    /// The statement's text.
    pub invariant: String,
    /// Where it stands.
    pub span: Span,
    /// The facts of the account that differ from a quiet one, by name.
    pub facts: Vec<(String, String)>,
    /// The decision.
    pub decision: String,
}

impl Policy {
    /// The `never` and `always` statements that a decision breaks. A statement whose
    /// condition cannot be read counts as broken: it is not known to hold.
    pub fn broken_invariants(&self, row: &Row, decision: &Decision) -> Vec<&Invariant> {
        if self.body.invariants.is_empty() {
            return Vec::new();
        }
        let mut cells = row.cells.clone();
        let known = &self.body.known;
        let treatment = decision.treatment.and_then(|id| self.body.treatments.get(id.index()));
        let channel = decision.channel.map_or("none", crate::Channel::word);
        let results = [
            (known.current_stage, self.body.stages.get(decision.stage.index()).map(|stage| stage.name.as_str())),
            (known.action, Some(decision.action.word())),
            (known.channel, Some(channel)),
            (known.treatment, treatment.map(|treatment| treatment.name.as_str())),
        ];
        for (fact, word) in results {
            let Some(fact) = fact else { continue };
            // "No treatment" is a word outside the vocabulary: equal to none of its words.
            let other = Cell::number(WordSet::OTHER);
            let cell = word.and_then(|word| self.input(fact)?.word(word)).unwrap_or(other);
            if let Some(slot) = cells.get_mut(fact.index()) {
                *slot = cell;
            }
        }
        let reading = RowReading { cells: &cells, thresholds: &self.values, types: decision.types };
        let holds = |invariant: &Invariant| match &invariant.then {
            None => invariant.when.read(&reading).not(),
            Some(then) => invariant.when.read(&reading).not().max(then.read(&reading)),
        };
        self.body.invariants.iter().filter(|invariant| holds(invariant) != Truth::True).collect()
    }
}

/// Tries `never` and `always` on accounts made from the policy's own edges: every number
/// that a condition names and its neighbours, every word, flags, *never* and missing
/// values. The accounts are the same on every machine. Accounts to which the policy does not
/// apply are drawn again, at most eight times for each that is asked for. Returns one account
/// for each statement that is broken.
pub fn sample_invariants(policy: &Policy, samples: usize) -> Vec<BrokenInvariant> {
    if policy.invariants().is_empty() {
        return Vec::new();
    }
    let Ok(law) = Law::none("a sample of the policy's edges") else {
        return Vec::new();
    };
    let edges = edges(policy);
    let mut source = Source(0x9E37_79B9_7F4A_7C15);
    let mut found: BTreeMap<String, BrokenInvariant> = BTreeMap::new();
    let mut tried = 0;
    for _ in 0..samples.saturating_mul(if policy.applies().is_some() { DRAWS } else { 1 }) {
        if tried == samples {
            break;
        }
        let cells = policy
            .inputs()
            .iter()
            .enumerate()
            .map(|(index, input)| draw(input, edges.get(&index), &mut source))
            .collect();
        let Ok(row) = policy.row(cells) else { continue };
        if !policy.applies_to(&row).is_true() {
            continue;
        }
        tried += 1;
        let day = policy.head().from.unwrap_or_default();
        let decision = decide_today(policy, &row, &law, day, None);
        for invariant in policy.broken_invariants(&row, &decision) {
            found.entry(invariant.name.clone()).or_insert_with(|| BrokenInvariant {
                invariant: invariant.name.clone(),
                span: invariant.span,
                facts: facts_of(policy, &row, invariant),
                decision: described(policy, &decision),
            });
        }
    }
    found.into_values().collect()
}

fn described(policy: &Policy, decision: &Decision) -> String {
    let record = decision.record(policy, "");
    match record.treatment {
        Some(treatment) => format!("{} by \"{treatment}\" in stage \"{}\"", record.action, record.stage),
        None => format!("{} in stage \"{}\"", record.action, record.stage),
    }
}

fn facts_of(policy: &Policy, row: &Row, invariant: &Invariant) -> Vec<(String, String)> {
    let mut read = BTreeSet::new();
    for cond in std::iter::once(&invariant.when).chain(invariant.then.as_ref()) {
        cond.each_fact(&mut |fact| {
            read.insert(fact);
        });
    }
    read.into_iter()
        .filter_map(|fact| Some((fact, policy.input(fact)?)))
        .filter(|(_, input)| input.need != Need::Result)
        .map(|(fact, input)| (input.name.clone(), policy.show_cell(fact, row.cell(fact))))
        .collect()
}

/// The numbers that conditions compare each fact with.
fn edges(policy: &Policy) -> BTreeMap<usize, BTreeSet<i64>> {
    let mut edges: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
    policy.each_cond(&mut |cond: &Cond| {
        cond.each(&mut |part| {
            if let CondKind::Compare(_, left, right) = &part.kind {
                for (one, other) in [(left, right), (right, left)] {
                    let number = match other.kind {
                        NumKind::Literal(number) => Some(number),
                        NumKind::Threshold(id) => policy.threshold_value(id),
                        _ => None,
                    };
                    if let (NumKind::Fact(FactId(index)), Some(number)) = (&one.kind, number) {
                        let near = [number.saturating_sub(1), number, number.saturating_add(1)];
                        edges.entry(usize::from(*index)).or_default().extend(near);
                    }
                }
            }
        });
    });
    edges
}

fn draw(input: &Input, edges: Option<&BTreeSet<i64>>, source: &mut Source) -> Cell {
    if matches!(input.need, Need::Derived | Need::Result) {
        return Cell::UNKNOWN;
    }
    match source.below(12) {
        0 => return Cell::UNKNOWN,
        1 if input.never => return Cell::NEVER,
        2 if matches!(input.need, Need::State(_) | Need::Optional(_)) => return input.absent(),
        _ => {}
    }
    match input.kind {
        Kind::Flag => Cell::flag(source.below(2) == 1),
        Kind::Category => {
            let words = input.words.len() + usize::from(input.open);
            let drawn = source.below(words.max(1));
            let other = drawn >= input.words.len();
            Cell::number(if other { WordSet::OTHER } else { i64::try_from(drawn).unwrap_or(0) })
        }
        Kind::Days | Kind::Count | Kind::Money | Kind::Ratio => {
            let floor = if input.from_zero { 0 } else { i64::MIN + 2 };
            let known = edges.map_or(0, BTreeSet::len);
            let drawn = source.below(known + 3);
            let number = edges.and_then(|edges| edges.iter().nth(drawn).copied());
            Cell::number(number.unwrap_or_else(|| i64::try_from(source.below(400)).unwrap_or(0)).max(floor))
        }
    }
}

/// Numbers that look random and are the same on every machine (SplitMix64).
struct Source(u64);

impl Source {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % (bound.max(1) as u64)).unwrap_or(0)
    }
}
