//! The policy to which each row of a batch goes.

use super::{Answer, Bound, Policies};
use crate::bind::CURRENCY;
use crate::cell::{Raw, RawColumn};
use crate::row_error::Fault;
use crate::table::Batch;
use arrears::Cell;
use arrears::policy::Policy;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The policy of a row, by its position among those in force, or why it has none.
pub(crate) type Route = Result<usize, Vec<Fault>>;

/// What is asked of rows to find their policies.
pub(crate) struct Routes<'a> {
    policies: &'a Policies,
    as_of: NaiveDate,
    asking: Vec<Asking<'a>>, // INVARIANT: the policies in force, in their order.
}

/// What one policy asks for.
struct Asking<'a> {
    bound: &'a Bound<'a>,
    /// The places among the binding's facts of what its `applies when` asks for.
    asks: Vec<usize>,
    fresh: Vec<Cell>,
}

/// The columns of a batch that a policy asks for.
struct Asked {
    currency: Option<RawColumn>,
    /// In the order of what it asks for.
    facts: Vec<Option<RawColumn>>,
}

/// What the policies were told of a row, in their order: rows of which they were told the same go the same way.
type Told = Vec<Option<i64>>;

/// The number for *never* among what policies are told; no cell has it.
const NEVER: i64 = i64::MIN;

impl<'a> Routes<'a> {
    pub(crate) fn new(policies: &'a Policies, as_of: NaiveDate, each: &'a [Bound<'a>]) -> Self {
        let asking = each.iter().map(|bound| {
            let reads = bound.policy.applies_reads();
            let facts = bound.binding.facts.iter().enumerate();
            let asks = facts.filter(|(_, fact)| reads.contains(&fact.fact)).map(|(place, _)| place).collect();
            Asking { bound, asks, fresh: bound.policy.empty_row() }
        });
        Self { policies, as_of, asking: asking.collect() }
    }

    /// The policy of each row of a batch, from those cells alone for which some policy asks.
    pub(crate) fn of(&self, batch: &Batch) -> Vec<Route> {
        let asked: Vec<Asked> = self.asking.iter().map(|asking| asking.columns(batch)).collect();
        let mut known: BTreeMap<Told, Route> = BTreeMap::new();
        let mut told = Told::new();
        let mut routes = Vec::with_capacity(batch.rows());
        for place in 0..batch.rows() {
            let broken = batch.faults(place);
            routes.push(if broken.is_empty() {
                self.route(&asked, place, (&mut told, &mut known))
            } else {
                Err(broken.to_vec())
            });
        }
        routes
    }

    fn route(&self, asked: &[Asked], place: usize, (told, known): (&mut Told, &mut BTreeMap<Told, Route>)) -> Route {
        let (mut rows, mut faults) = (Vec::with_capacity(self.asking.len()), Vec::new());
        told.clear();
        for (asking, asked) in self.asking.iter().zip(asked) {
            match asking.read(asked, place, told) {
                Ok(cells) => rows.push(cells),
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            let mut once: Vec<Fault> = Vec::new();
            for fault in faults {
                if !once.contains(&fault) {
                    once.push(fault);
                }
            }
            return Err(once);
        }
        if let Some(route) = known.get(told) {
            return route.clone();
        }
        let route = self.choose(rows);
        known.insert(told.clone(), route.clone());
        route
    }

    /// The only policy for cells that each was told, in their order; none where the currency is another.
    fn choose(&self, rows: Vec<Option<Vec<Cell>>>) -> Route {
        // Those in force are asked in their order.
        let mut rows = rows.into_iter();
        let answer = |policy: &Policy| match rows.next().flatten() {
            Some(cells) => policy.not_for_cells(cells).into(),
            None => Answer::OtherCurrency,
        };
        let position = self.policies.choose(self.as_of, answer).map_err(|why| vec![Fault::of_row(why.to_string())])?;
        let before = self.policies.iter().take(position);
        Ok(before.filter(|policy| policy.in_force(self.as_of)).count())
    }
}

impl Asking<'_> {
    fn columns(&self, batch: &Batch) -> Asked {
        let binding = &self.bound.binding;
        let column = |position| batch.column(binding.positions.place(position)?);
        let fact = |place: &usize| column(binding.facts.get(*place)?.position);
        Asked {
            currency: binding.currency.as_ref().and_then(|(position, _)| column(*position)),
            facts: self.asks.iter().map(fact).collect(),
        }
    }

    /// The cells of a row that the policy asks for; none where its currency is another.
    ///
    /// # Errors
    ///
    /// What is wrong with those cells.
    fn read(&self, asked: &Asked, place: usize, told: &mut Told) -> Result<Option<Vec<Cell>>, Vec<Fault>> {
        let Bound { policy, binding } = self.bound;
        if let Some((_, name)) = &binding.currency {
            let raw = asked.currency.as_ref().map_or(Raw::Empty, |column| column.cell(place));
            let own = match &raw {
                Raw::Text(code) => code.eq_ignore_ascii_case(policy.head().currency.code()),
                Raw::Empty => {
                    let problem = format!("the cell is empty, and column `{CURRENCY}` is there");
                    return Err(vec![Fault::of_column(name, problem)]);
                }
                _ => false,
            };
            told.push(Some(own.into()));
            if !own {
                return Ok(None);
            }
        }
        let (mut cells, mut faults) = (self.fresh.clone(), Vec::new());
        for (ask, column) in self.asks.iter().zip(&asked.facts) {
            let Some(bound) = binding.facts.get(*ask) else { continue };
            let raw = column.as_ref().map_or(Raw::Empty, |column| column.cell(place));
            match bound.meaning.cell(&raw) {
                Ok(cell) => {
                    told.push(if cell.is_never() { Some(NEVER) } else { cell.get() });
                    if let Some(slot) = cells.get_mut(bound.fact.index()) {
                        *slot = cell;
                    }
                }
                Err(problem) => faults.push(Fault::of_cell(&bound.column, &raw, problem)),
            }
        }
        if faults.is_empty() { Ok(Some(cells)) } else { Err(faults) }
    }
}
