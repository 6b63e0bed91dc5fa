//! Finding an account that a policy really takes for a debtor type.

use super::mends::{Bench, Mend};
use arrears::condition::{Cond, Truth};
use arrears::policy::Row;
use arrears::{Cell, Facts, Kind, Policy, Value};
use std::collections::BTreeSet;

/// How many changes one account may take.
const DEEPEST: usize = 14;
/// How many accounts are tried for one type.
const MOST: usize = 6_000;

/// A search for one type.
pub(super) struct Search<'a> {
    bench: Bench<'a>,
    position: usize,
    pub(super) tried: usize,
    seen: BTreeSet<Vec<Option<i64>>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(policy: &'a Policy, position: usize) -> Self {
        Self { bench: Bench::new(policy), position, tried: 0, seen: BTreeSet::new() }
    }

    /// Cells of an account of the type, reached from given ones by few changes.
    pub(super) fn find(&mut self, cells: &[Cell]) -> Option<Vec<Cell>> {
        // Few changes first: an account that was bent less is easier to believe.
        for depth in 1..=DEEPEST {
            self.seen.clear();
            if let Some(found) = self.within(cells, depth) {
                return Some(found);
            }
            if self.tried >= MOST {
                return None;
            }
        }
        None
    }

    fn within(&mut self, cells: &[Cell], depth: usize) -> Option<Vec<Cell>> {
        // The same account is reached by the same changes in another order.
        let key = cells.iter().map(|cell| if cell.is_never() { Some(i64::MIN) } else { cell.get() }).collect();
        if self.tried >= MOST || !self.seen.insert(key) {
            return None;
        }
        self.tried += 1;
        let row = self.bench.policy.row(cells.to_vec()).ok()?;
        let Some(mends) = self.next_mends(&row) else { return Some(cells.to_vec()) };
        if depth == 0 {
            return None;
        }
        mends.into_iter().find_map(|mend| self.within(&mended(cells, mend), depth - 1))
    }

    /// What to change next; none if the account is of the type.
    fn next_mends(&self, row: &Row) -> Option<Vec<Mend>> {
        let policy = self.bench.policy;
        let kinds = policy.debtor_types();
        let own = kinds.get(self.position).and_then(|kind| kind.when.as_ref());
        let earlier = kinds.iter().take(self.position).filter_map(|kind| kind.when.as_ref());
        let goals = policy.applies().into_iter().chain(own).map(|cond| (cond, true));
        let goals: Vec<(&Cond, bool)> = goals.chain(earlier.map(|cond| (cond, false))).collect();
        let open = goals.iter().find(|(cond, want)| self.bench.truth(cond, row.cells()) != Truth::of(*want));
        let mut mends = open.map(|(cond, want)| self.bench.mends(cond, *want, row))?;
        // One practises to speak with the person, so death comes last.
        let deceased = policy.find_input("deceased");
        mends.sort_by_key(|mend| Some(mend.fact) == deceased);
        Some(mends)
    }
}

fn mended(cells: &[Cell], mend: Mend) -> Vec<Cell> {
    let mut cells = cells.to_vec();
    if let Some(slot) = cells.get_mut(mend.fact.index()) {
        *slot = mend.cell;
    }
    cells
}

/// Puts given facts over cells. A fact that the policy does not read changes nothing.
pub(super) fn over(policy: &Policy, mut cells: Vec<Cell>, facts: &Facts) -> Vec<Cell> {
    for (name, value) in facts.iter() {
        let Some(id) = policy.find_input(name) else { continue };
        let Some(input) = policy.input(id) else { continue };
        let cell = match value {
            Value::Unknown => Cell::UNKNOWN,
            Value::Never => Cell::NEVER,
            Value::Days(number) | Value::Count(number) | Value::Ratio(number) => Cell::number(*number),
            Value::Money(money) => Cell::number(money.minor()),
            Value::Flag(set) => Cell::flag(*set),
            Value::Word(word) => input.word(word).unwrap_or(Cell::UNKNOWN),
        };
        if let Some(slot) = cells.get_mut(id.index()) {
            *slot = cell;
        }
    }
    cells
}

/// The cells as facts that a host could give: what differs from what the policy assumes, or must be given.
pub(super) fn facts_of(policy: &Policy, account: &str, cells: &[Cell]) -> Option<Facts> {
    let currency = policy.head().currency;
    let mut facts = Facts::new(account, currency);
    for (input, cell) in policy.inputs().iter().zip(cells) {
        if !input.is_column() || *cell == input.absent() {
            continue;
        }
        let value = if cell.is_never() {
            Value::Never
        } else {
            match (cell.get(), input.kind) {
                (None, _) => Value::Unknown,
                (Some(number), Kind::Days) => Value::Days(number),
                (Some(number), Kind::Count) => Value::Count(number),
                (Some(number), Kind::Money) => Value::Money(arrears::Money::from_minor(number, currency)),
                (Some(number), Kind::Ratio) => Value::Ratio(number),
                (Some(number), Kind::Flag) => Value::Flag(number != 0),
                (Some(_), Kind::Category) => Value::Word(input.word_of(*cell)?.into()),
            }
        };
        facts.set(&input.name, value).ok()?;
    }
    Some(facts)
}
