//! Tables in memory decided: columns first, and what they hand over row by row.

use super::lane::ROWS;
use super::{Beside, Columns, Decided, Desk, Kept, Part, Rows};
use crate::bind::{Binding, SchemaProblems, bind_schema};
use crate::cell::{Raw, RawColumn};
use crate::mapping::Mapping;
use crate::row_error::{Fault, RowError};
use crate::run::{BatchColumns, Reading};
use crate::table::Batch;
use arrears::decide::{Decision, Law, decide, decide_today};
use arrears::policy::Policy;
use arrow_array::{Array as _, ArrayRef, RecordBatch, UInt64Array};
use arrow_schema::{FieldRef, Schema};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A policy made ready for tables of one schema and decisions of one day.
///
/// Each row is decided for itself: no state of earlier decisions is read beside the table,
/// accounts of one person are not settled together, a second row of an account is not
/// noticed, and facts that a script computes stay unknown. [`crate::run`] does all that.
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
    schema: Schema,
    binding: Binding<'p>,
    columns: Columns<'p>,
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
        let binding = bind_schema(policy, (schema, called), mapping, &BTreeSet::new(), None)?;
        let columns = Columns::new(policy, &binding, (&[], &[]), as_of);
        Ok(Self { policy, schema: schema.clone(), binding, columns, as_of, law, reviews: false })
    }

    /// The same, with next reviews.
    #[must_use]
    pub fn with_reviews(self) -> Self {
        let columns = self.columns.with_reviews(self.as_of);
        Self { reviews: true, columns, ..self }
    }

    /// A place for one thread to decide in.
    pub fn desk(&self) -> Desk {
        self.columns.desk()
    }

    /// Decides the rows of a table and adds them to `out`, in their order; what another
    /// portfolio left there is forgotten. `first` is the number of the table's first row. A
    /// row that cannot be decided is given back as an error, and in its place in `out`
    /// nothing is done. No row can whose table has other columns than this was made for.
    pub fn decide(&self, desk: &mut Desk, table: &RecordBatch, first: u64, out: &mut Decided) -> Vec<RowError> {
        self.decide_watched(desk, (table, first), out, &mut |_| {})
    }

    /// Decides as [`Portfolio::decide`] does, and tells `watch` of every part of the work that
    /// has been done, over and over: for whoever measures where the time goes.
    pub fn decide_watched(
        &self,
        desk: &mut Desk,
        (table, first): (&RecordBatch, u64),
        out: &mut Decided,
        watch: &mut dyn FnMut(Part),
    ) -> Vec<RowError> {
        out.belong_to(self.policy.hash(), self.as_of);
        let start = out.len();
        let lawful = self.law.is_none() || self.policy.law() == Some(&self.law);
        if !lawful || !self.in_reach(table) {
            out.grow(table.num_rows());
            let all: Vec<usize> = (start..out.len()).collect();
            return self.hand_over(table, (first, start), &all, out);
        }
        let hard = self.in_columns(desk, table, out, watch);
        let errors = self.hand_over(table, (first, start), &hard, out);
        watch(Part::Rows);
        errors
    }

    /// Decides rows in columns; those that are for the row engine are given back.
    fn in_columns(
        &self,
        desk: &mut Desk,
        table: &RecordBatch,
        out: &mut Decided,
        watch: &mut dyn FnMut(Part),
    ) -> Vec<usize> {
        let start = out.len();
        let bound: Vec<ArrayRef> =
            self.binding.facts.iter().filter_map(|bound| table.columns().get(bound.position).cloned()).collect();
        let mut hard = Vec::new();
        let rows = Rows { columns: &bound, beside: &Beside::default(), count: table.num_rows(), reviews: self.reviews };
        self.columns.decide_watched(desk, &self.binding, &rows, (out, &mut Kept::default()), (&mut hard, watch));
        let strange = self.strange(table);
        if !strange.is_empty() {
            hard.extend(strange.into_iter().map(|place| start + place));
            hard.sort_unstable();
            hard.dedup();
        }
        hard
    }

    /// Whether rows of the table are decided in columns at all.
    fn in_reach(&self, table: &RecordBatch) -> bool {
        self.fits(table) && (!self.reviews || self.columns.finds_reviews())
    }

    /// Whether the table has the columns for which this was made.
    fn fits(&self, table: &RecordBatch) -> bool {
        let (known, found) = (self.schema.fields(), table.schema_ref().fields());
        let alike =
            |(one, other): (&FieldRef, &FieldRef)| one.name() == other.name() && one.data_type() == other.data_type();
        known.len() == found.len() && known.iter().zip(found).all(alike)
    }

    /// Rows that name no account, or another currency than the policy's.
    fn strange(&self, table: &RecordBatch) -> Vec<usize> {
        let column = |position: usize| table.columns().get(position).and_then(RawColumn::of);
        let account = column(self.binding.account.0).unwrap_or(RawColumn::Empty);
        let wanted = self.policy.head().currency;
        let currency = self.binding.currency.as_ref().map(|(position, _)| column(*position));
        let another = |row: usize| match &currency {
            None => false,
            Some(None) => true,
            Some(Some(column)) => {
                !matches!(column.cell(row), Raw::Text(code) if code.eq_ignore_ascii_case(wanted.code()))
            }
        };
        if currency.is_none() && is_named(&account) {
            return Vec::new();
        }
        let nobody = |row: usize| account.cell(row) == Raw::Empty;
        (0..table.num_rows()).filter(|row| nobody(*row) || another(*row)).collect()
    }

    /// Decides every row with the row engine, each cell read by itself: what
    /// [`Portfolio::decide`] must equal.
    pub fn decide_by_row(&self, table: &RecordBatch, first: u64) -> Vec<Result<Decision, RowError>> {
        let number = &mut |place| first.saturating_add(u64::try_from(place).unwrap_or(0));
        self.by_row(table, number, BatchColumns::each_by_itself)
    }

    /// The decision of a row that was decided, with names in the policy's words left to
    /// [`Decision::record`].
    pub fn decision(&self, decided: &Decided, row: usize) -> Option<Decision> {
        decided.decision(self.policy, &self.law, self.as_of, row)
    }

    /// How many rows of a table are for the row engine.
    pub fn handed_over(&self, desk: &mut Desk, table: &RecordBatch) -> usize {
        if self.in_reach(table) {
            self.in_columns(desk, table, &mut Decided::default(), &mut |_| {}).len()
        } else {
            table.num_rows()
        }
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
        let decisions = self.by_row(rows, &mut { number }, BatchColumns::of);
        let mut errors = Vec::new();
        for row in hard {
            let place = if whole { row - start } else { hard.partition_point(|other| other < row) };
            match decisions.get(place) {
                Some(Ok(decision)) => out.put(*row, decision, self.as_of),
                Some(Err(error)) => {
                    errors.push(error.clone());
                    out.put(*row, &Decision::empty(), self.as_of);
                }
                None => out.put(*row, &Decision::empty(), self.as_of),
            }
        }
        errors
    }

    fn by_row(
        &self,
        rows: &RecordBatch,
        number: &mut dyn FnMut(usize) -> u64,
        read: fn(&Policy, &Binding<'_>, &Batch) -> BatchColumns,
    ) -> Vec<Result<Decision, RowError>> {
        if !self.fits(rows) {
            let problem = "the table has other columns than those for which the policy was made ready";
            let refused = |place| RowError {
                row: number(place),
                line: None,
                account_id: None,
                faults: vec![Fault::of_row(problem)],
            };
            return (0..rows.num_rows()).map(refused).map(Err).collect();
        }
        let reading = Reading { policy: self.policy, binding: &self.binding, as_of: self.as_of, scripts: None };
        let mut decided = Vec::with_capacity(rows.num_rows());
        for start in (0..rows.num_rows()).step_by(ROWS) {
            let some = rows.slice(start, ROWS.min(rows.num_rows() - start));
            let batch = Batch::of(&some, &self.binding.positions);
            let columns = read(self.policy, &self.binding, &batch);
            for place in 0..batch.rows() {
                decided.push(match reading.row(&batch, &columns, (place, place), number(start + place), None) {
                    Ok(read) if self.reviews => Ok(decide(self.policy, &read.row, &self.law, self.as_of)),
                    Ok(read) => Ok(decide_today(self.policy, &read.row, &self.law, self.as_of, None)),
                    Err(refused) => Err(refused.error),
                });
            }
        }
        decided
    }
}

/// Whether every row surely names its account, without looking at each: no name is empty, and
/// none has a letter that could be a space.
fn is_named(account: &RawColumn) -> bool {
    match account {
        RawColumn::Text(names) if names.null_count() == 0 => {
            let offsets = names.value_offsets();
            let (Some(first), Some(last)) = (offsets.first(), offsets.last()) else { return true };
            let place = |offset: &i32| usize::try_from(*offset).unwrap_or(usize::MAX);
            let text = names.value_data().get(place(first)..place(last));
            let empty = offsets.iter().zip(offsets.get(1..).unwrap_or_default());
            let empty = empty.fold(0_u32, |any, (start, end)| any | u32::from(start >= end));
            // Of letters from `!` to `~` none is a space.
            let strange = |text: &[u8]| {
                text.iter().fold(0_u8, |any, letter| any | u8::from(letter.wrapping_sub(b'!') > b'~' - b'!'))
            };
            empty == 0 && text.is_some_and(|text| strange(text) == 0)
        }
        RawColumn::Whole(numbers) => numbers.null_count() == 0,
        _ => false,
    }
}
