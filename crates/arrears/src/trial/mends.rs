//! What could be changed about an account so that a condition holds, or does not.

use crate::condition::{Cond, CondKind, FactId, Num, RowReading, Truth, WordSet};
use crate::number::{Cell, Kind};
use crate::policy::{Axis, Formula, Need, Policy, Row, Sign};

/// A hundred of most currencies, in minor units.
const HUNDRED: i64 = 10_000;

/// One thing that could be changed: a fact and its new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mend {
    /// The fact.
    pub fact: FactId,
    /// What it would be.
    pub cell: Cell,
}

/// Where conditions of a policy are mended: the policy with its thresholds as they are in force.
#[derive(Clone, Debug)]
pub struct Bench<'a> {
    policy: &'a Policy,
    thresholds: Vec<i64>,
    types: WordSet,
}

impl<'a> Bench<'a> {
    /// A bench for a policy.
    pub fn new(policy: &'a Policy) -> Self {
        let thresholds = policy.threshold_values().map(|(_, value)| value).collect();
        Self { policy, thresholds, types: WordSet::default() }
    }

    /// The bench for an account that may be of these debtor types; without it none is known.
    #[must_use]
    pub fn with_types(&self, types: WordSet) -> Self {
        Self { types, ..self.clone() }
    }

    /// The policy.
    pub const fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// The truth of a condition; what asks for the debtor type is unknown where none is known.
    pub fn truth(&self, cond: &Cond, cells: &[Cell]) -> Truth {
        cond.read(&self.reading(cells))
    }

    fn reading<'r>(&'r self, cells: &'r [Cell]) -> RowReading<'r> {
        RowReading { cells, thresholds: &self.thresholds, types: self.types }
    }

    /// What could be changed so that the condition is as wanted, nearest to how it is written first. Nothing
    /// where it is so already, or where nothing that an account carries could change it.
    pub fn mends(&self, cond: &Cond, want: bool, row: &Row) -> Vec<Mend> {
        if self.truth(cond, row.cells()) == Truth::of(want) {
            return Vec::new();
        }
        match &cond.kind {
            CondKind::Not(inner) => self.mends(inner, !want, row),
            CondKind::Define(_, inner) => self.mends(inner, want, row),
            CondKind::All(parts) if want => self.first_of(parts, want, row),
            CondKind::Any(parts) if !want => self.first_of(parts, want, row),
            CondKind::All(parts) | CondKind::Any(parts) => {
                parts.iter().flat_map(|part| self.mends(part, want, row)).collect()
            }
            CondKind::Coalesce(first, second) => {
                let mut all = self.mends(first, want, row);
                all.extend(self.mends(second, want, row));
                all
            }
            CondKind::DebtorType(set) => self.of_types(*set, want, row),
            _ => self.of_leaf(cond, want, row),
        }
    }

    /// What could be changed so that the account is of one of these debtor types, or of none of them.
    fn of_types(&self, set: WordSet, want: bool, row: &Row) -> Vec<Mend> {
        let kinds = self.policy.debtor_types();
        let set = if want { set } else { set.complement() };
        let mut mends = Vec::new();
        for (position, kind) in kinds.iter().enumerate() {
            if !set.has(i64::try_from(position).unwrap_or(WordSet::OTHER)) {
                continue;
            }
            let earlier = kinds.iter().take(position).filter_map(|kind| kind.when.as_ref()).map(|when| (when, false));
            let own = kind.when.as_ref().map(|when| (when, true));
            let open = earlier.chain(own).find(|(when, want)| self.truth(when, row.cells()) != Truth::of(*want));
            mends.extend(open.map(|(when, want)| self.mends(when, want, row)).unwrap_or_default());
        }
        mends
    }

    /// The mends of the first part that is not as wanted: one after the other.
    fn first_of(&self, parts: &[Cond], want: bool, row: &Row) -> Vec<Mend> {
        let open = |part: &&Cond| self.truth(part, row.cells()) != Truth::of(want);
        parts.iter().find(open).map_or_else(Vec::new, |part| self.mends(part, want, row))
    }

    fn of_leaf(&self, cond: &Cond, want: bool, row: &Row) -> Vec<Mend> {
        let mut facts = Vec::new();
        cond.each_fact(&mut |fact| {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        });
        let numbers = self.numbers_beside(cond, row);
        let mut mends = Vec::new();
        for fact in facts {
            match self.policy.input(fact).map(|input| input.need) {
                Some(Need::Derived) => mends.extend(self.behind(fact, row)),
                Some(Need::Result | Need::Script | Need::Contact) | None => {}
                Some(_) => {
                    for cell in self.candidates(fact, &numbers) {
                        let mut tried = row.cells().to_vec();
                        if let Some(slot) = tried.get_mut(fact.index())
                            && *slot != cell
                        {
                            *slot = cell;
                            if self.truth(cond, &tried) == Truth::of(want) {
                                mends.push(Mend { fact, cell });
                            }
                        }
                    }
                }
            }
        }
        mends
    }

    /// What a derived fact is computed from, with values that it could take.
    fn behind(&self, derived: FactId, row: &Row) -> Vec<Mend> {
        let formula = self.policy.derived_facts().find(|(fact, _)| *fact == derived).map(|(_, formula)| formula);
        let all = |fact: Option<FactId>, numbers: &[i64]| -> Vec<Mend> {
            let of = |fact| self.candidates(fact, numbers).into_iter().map(move |cell| Mend { fact, cell });
            fact.map(of).into_iter().flatten().collect()
        };
        match formula {
            Some(Formula::Bucket(dpd)) => all(dpd, &self.policy.head().buckets),
            Some(Formula::Utilisation { balance, limit }) => {
                let of_limit = limit.and_then(|limit| row.cell(limit).get()).unwrap_or(0);
                all(balance, &[0, of_limit, of_limit.saturating_mul(2)])
            }
            Some(Formula::Reachable { numbers, lost }) => {
                numbers.into_iter().chain([lost]).flat_map(|fact| all(fact, &[])).collect()
            }
            Some(Formula::Axis(axis)) => self.signs(axis, row),
            Some(Formula::Quadrant { .. }) => {
                let mut both = self.signs(Axis::Willingness, row);
                both.extend(self.signs(Axis::Ability, row));
                both
            }
            Some(Formula::Nothing) | None => Vec::new(),
        }
    }

    /// The mends that turn signs of an axis on or off.
    fn signs(&self, axis: Axis, row: &Row) -> Vec<Mend> {
        let counts = |sign: &&Sign| match axis {
            Axis::Willingness => sign.willingness.is_some(),
            Axis::Ability => sign.ability.is_some(),
        };
        let turn = |sign: &Sign| {
            let seen = self.truth(&sign.when, row.cells()).is_true();
            self.mends(&sign.when, !seen, row)
        };
        self.policy.signs().iter().filter(counts).flat_map(turn).collect()
    }

    /// Values that a fact could take: its words, yes and no, and numbers at and beside those it is held against.
    fn candidates(&self, fact: FactId, numbers: &[i64]) -> Vec<Cell> {
        let Some(input) = self.policy.input(fact) else { return Vec::new() };
        let mut cells: Vec<Cell> = match input.kind {
            Kind::Flag => vec![Cell::TRUE, Cell::FALSE],
            Kind::Category => {
                let positions = 0..i64::try_from(input.words.len()).unwrap_or(0);
                positions.map(Cell::number).collect()
            }
            Kind::Days | Kind::Count | Kind::Money | Kind::Ratio => {
                // A hundred more is easier to believe of money than a cent more.
                let step = if input.kind == Kind::Money { HUNDRED } else { 1 };
                let near = numbers.iter().flat_map(|number| {
                    let beside = [step, -step, 1, -1].map(|step| number.saturating_add(step));
                    std::iter::once(*number).chain(beside).chain([number.saturating_mul(2)])
                });
                near.chain([1, 0]).filter(|number| !input.from_zero || *number >= 0).map(Cell::number).collect()
            }
        };
        if input.never {
            cells.push(Cell::NEVER);
        }
        let mut once = Vec::new();
        for cell in cells {
            if !once.contains(&cell) {
                once.push(cell);
            }
        }
        once
    }

    /// The numbers that a condition holds facts against, as far as they are known.
    fn numbers_beside(&self, cond: &Cond, row: &Row) -> Vec<i64> {
        let mut found = Vec::new();
        let reading = self.reading(row.cells());
        if let CondKind::Compare(_, left, right) = &cond.kind {
            for side in [left, right] {
                side.each(&mut |num: &Num| found.extend(num.read(&reading).get()));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
