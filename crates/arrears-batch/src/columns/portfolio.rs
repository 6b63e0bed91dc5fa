//! Tables in memory decided: columns first, and what they hand over row by row.

use super::{Columns, Decided, Desk};
use crate::bind::{Binding, SchemaProblems, bind_schema};
use crate::mapping::Mapping;
use crate::row_error::RowError;
use crate::run::{BatchColumns, Reading};
use crate::state::State;
use crate::table::Batch;
use arrears::decide::{Decision, Law, decide, decide_today};
use arrears::policy::Policy;
use arrow_array::{ArrayRef, RecordBatch, UInt64Array};
use arrow_schema::Schema;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A policy made ready for tables of one schema and decisions of one day.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use arrears::build::{Build, fact};
/// use arrears::Law;
/// use arrears_batch::{Decided, Mapping, Portfolio};
/// use arrow_array::{Int64Array, RecordBatch, StringArray};
/// use std::sync::Arc;
///
/// let policy = Build::policy("small", "EUR")
///     .stage("reminder", fact("dpd").ge(1))
///     .assume("opted_out(letter)", false, "letters need no consent")
///     .treatment("letter", &["reminder"], "letter")
///     .check()?;
/// let table = RecordBatch::try_from_iter([
///     ("account_id", Arc::new(StringArray::from(vec!["A-1", "A-2"])) as _),
///     ("dpd", Arc::new(Int64Array::from(vec![12, 0])) as _),
/// ])?;
/// let portfolio =
///     Portfolio::new(&policy, (&table.schema(), "accounts"), &Mapping::default(), "2026-03-31".parse()?, Law::none("example")?)?;
/// let mut decided = Decided::default();
/// let errors = portfolio.decide(&mut portfolio.desk(), &table, 1, &mut decided);
/// assert!(errors.is_empty());
/// assert_eq!(decided.stages(), [1, 0]);
/// # Ok(())
/// # }
/// ```
pub struct Portfolio<'p> {
    policy: &'p Policy,
    binding: Binding<'p>,
    columns: Columns<'p>,
    state: State,
    as_of: NaiveDate,
    law: Law,
    reviews: bool,
}

impl std::fmt::Debug for Portfolio<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portfolio").field("as_of", &self.as_of).field("reviews", &self.reviews).finish_non_exhaustive()
    }
}

impl<'p> Portfolio<'p> {
    /// Makes a policy ready for tables of a schema; the text says what to call them in
    /// messages. Decisions come without their next review.
    ///
    /// # Errors
    ///
    /// [`SchemaProblems`] with everything in which the columns do not fit the policy.
    pub fn new(
        policy: &'p Policy,
        (schema, called): (&Schema, &str),
        mapping: &Mapping,
        as_of: NaiveDate,
        law: Law,
    ) -> Result<Self, SchemaProblems> {
        let binding = bind_schema(policy, (schema, called), mapping, &BTreeSet::new())?;
        let columns = Columns::new(policy, &binding, as_of);
        Ok(Self { policy, binding, columns, state: State::none(), as_of, law, reviews: false })
    }

    /// The same, with next reviews.
    #[must_use]
    pub fn with_reviews(self) -> Self {
        Self { reviews: true, ..self }
    }

    /// A place for one thread to decide in.
    pub fn desk(&self) -> Desk {
        self.columns.desk()
    }

    /// Decides the rows of a table and adds them to `out`, in their order. `first` is the
    /// number of its first row. A row that cannot be decided is given back as an error, and
    /// its place in `out` says nothing.
    pub fn decide(&self, desk: &mut Desk, table: &RecordBatch, first: u64, out: &mut Decided) -> Vec<RowError> {
        let bound: Vec<ArrayRef> =
            self.binding.facts.iter().filter_map(|bound| table.columns().get(bound.position).cloned()).collect();
        let start = out.len();
        let mut hard = Vec::new();
        self.columns.decide(desk, &self.binding, (&bound, table.num_rows()), out, &mut hard);
        if self.reviews {
            hard = (start..out.len()).collect();
        }
        self.hand_over(table, (first, start), &hard, out)
    }

    /// Decides every row with the row engine: what [`Portfolio::decide`] must equal.
    pub fn decide_by_row(&self, table: &RecordBatch, first: u64) -> Vec<Result<Decision, RowError>> {
        self.by_row(table, &mut |place| first.saturating_add(u64::try_from(place).unwrap_or(0)))
    }

    /// The decision of a row that was decided, with names in the policy's words left to
    /// [`Decision::record`].
    pub fn decision(&self, decided: &Decided, row: usize) -> Option<Decision> {
        decided.decision(self.policy, &self.law, self.as_of, row)
    }

    /// How many rows of a table are for the row engine.
    pub fn handed_over(&self, desk: &mut Desk, table: &RecordBatch) -> usize {
        let bound: Vec<ArrayRef> =
            self.binding.facts.iter().filter_map(|bound| table.columns().get(bound.position).cloned()).collect();
        let mut hard = Vec::new();
        let mut out = Decided::default();
        self.columns.decide(desk, &self.binding, (&bound, table.num_rows()), &mut out, &mut hard);
        hard.len()
    }

    fn hand_over(
        &self,
        table: &RecordBatch,
        (first, start): (u64, usize),
        hard: &[usize],
        out: &mut Decided,
    ) -> Vec<RowError> {
        if hard.is_empty() {
            return Vec::new();
        }
        let places: Vec<u64> = hard.iter().filter_map(|row| u64::try_from(row - start).ok()).collect();
        let taken;
        let rows = if places.len() == table.num_rows() {
            table
        } else {
            match arrow_select::take::take_record_batch(table, &UInt64Array::from(places.clone())) {
                Ok(some) => {
                    taken = some;
                    &taken
                }
                // A column that cannot be picked from is read as a whole.
                Err(_) => table,
            }
        };
        let whole = rows.num_rows() == table.num_rows();
        let number = |place: usize| {
            let of = if whole { u64::try_from(place).ok() } else { places.get(place).copied() };
            first.saturating_add(of.unwrap_or(0))
        };
        let decisions = self.by_row(rows, &mut { number });
        let mut errors = Vec::new();
        for row in hard {
            let place = if whole { row - start } else { hard.partition_point(|other| other < row) };
            match decisions.get(place) {
                Some(Ok(decision)) => out.put(*row, decision, self.as_of),
                Some(Err(error)) => errors.push(error.clone()),
                None => {}
            }
        }
        errors
    }

    fn by_row(&self, rows: &RecordBatch, number: &mut dyn FnMut(usize) -> u64) -> Vec<Result<Decision, RowError>> {
        let batch = Batch::of(rows, &self.binding.positions);
        let columns = BatchColumns::of(&self.binding, &batch);
        let reading = Reading {
            policy: self.policy,
            binding: &self.binding,
            state: &self.state,
            as_of: self.as_of,
            scripts: None,
        };
        let mut decided = Vec::with_capacity(batch.rows());
        for place in 0..batch.rows() {
            decided.push(match reading.row(&batch, &columns, place, number(place)) {
                Ok(read) if self.reviews => Ok(decide(self.policy, &read.row, &self.law, self.as_of)),
                Ok(read) => Ok(decide_today(self.policy, &read.row, &self.law, self.as_of, None)),
                Err(refused) => Err(refused.error),
            });
        }
        decided
    }
}
