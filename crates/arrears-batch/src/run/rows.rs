//! Rows of a table as rows that a policy can read.

use super::options::{ScriptCost, ScriptHook};
use crate::bind::{ACCOUNT, Binding, CURRENCY};
use crate::cell::{Raw, RawColumn};
use crate::columns::FactCells;
use crate::row_error::{Fault, RowError};
use crate::state::Entry;
use crate::table::Batch;
use arrears::Cell;
use arrears::policy::{Policy, Row};
use arrow_array::{Array as _, ArrayRef};
use chrono::NaiveDate;

/// What every row of a run is read with.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) binding: &'a Binding<'a>,
    pub(crate) as_of: NaiveDate,
    pub(crate) scripts: Option<&'a ScriptHook<'a>>,
}

/// The columns of one batch, by what they are read as.
pub(crate) struct BatchColumns {
    account: Option<RawColumn>,
    customer: Option<RawColumn>,
    currency: Option<RawColumn>,
    /// In the order of the binding's facts.
    facts: FactCells,
    /// A row of which nothing is known yet.
    nothing: Vec<Cell>,
}

/// A row that cannot be decided.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) error: RowError,
}

/// A row that the policy can read.
#[derive(Clone, Debug)]
pub(crate) struct ReadRow {
    pub(crate) number: u64,
    pub(crate) line: Option<u64>,
    pub(crate) account: String,
    pub(crate) customer: Option<String>,
    pub(crate) row: Row,
    pub(crate) scripts: ScriptCost,
}

impl BatchColumns {
    /// The columns of a batch.
    pub(crate) fn of(policy: &Policy, binding: &Binding<'_>, batch: &Batch) -> Self {
        Self::found((policy, binding), batch.rows(), |place| batch.array(place))
    }

    /// The same, of which every cell is read by itself: the slow and obvious way.
    pub(crate) fn each_by_itself(policy: &Policy, binding: &Binding<'_>, batch: &Batch) -> Self {
        let array = |position| batch.array(binding.positions.place(position)?);
        let facts = FactCells::each_by_itself(binding, batch.rows(), array);
        Self { facts, ..Self::found((policy, binding), 0, |place| batch.array(place)) }
    }

    /// The columns of some rows of a batch, in the order in which it has them.
    pub(crate) fn of_arrays(policy: &Policy, binding: &Binding<'_>, arrays: &[ArrayRef]) -> Self {
        Self::found((policy, binding), arrays.first().map_or(0, |array| array.len()), |place| arrays.get(place))
    }

    fn found<'a>(
        (policy, binding): (&Policy, &Binding<'_>),
        rows: usize,
        at: impl Fn(usize) -> Option<&'a ArrayRef>,
    ) -> Self {
        let array = |position| at(binding.positions.place(position)?);
        let column = |position| RawColumn::of(array(position)?);
        Self {
            account: column(binding.account.0),
            customer: binding.customer.and_then(column),
            currency: binding.currency.as_ref().and_then(|(position, _)| column(*position)),
            facts: FactCells::of(binding, rows, array),
            nothing: policy.empty_row(),
        }
    }
}

fn cell(column: Option<&RawColumn>, row: usize) -> Raw<'_> {
    column.map_or(Raw::Empty, |column| column.cell(row))
}

impl Reading<'_> {
    /// Reads a row, which stands at one place of the columns and at another of the batch;
    /// `number` counts the rows of the table from 1, and `before` is what the last decision
    /// left of its account.
    ///
    /// # Errors
    ///
    /// [`Refused`] with everything that is wrong with the row, or because the policy does not apply to it, or it
    /// cannot be told whether it does.
    pub(crate) fn row(
        &self,
        batch: &Batch,
        columns: &BatchColumns,
        (at, place): (usize, usize),
        number: u64,
        before: Option<&Entry>,
    ) -> Result<ReadRow, Refused> {
        let mut faults = batch.faults(place).to_vec();
        let account = cell(columns.account.as_ref(), at).to_string();
        let customer = Some(cell(columns.customer.as_ref(), at).to_string()).filter(|name| !name.is_empty());
        let failed = |faults: Vec<Fault>| Refused {
            error: RowError {
                row: number,
                line: batch.line(place),
                account_id: (!account.is_empty()).then(|| account.clone()),
                faults,
            },
        };
        if !faults.is_empty() {
            return Err(failed(faults));
        }
        if account.is_empty() {
            faults.push(Fault::of_column(
                &self.binding.account.1,
                format!("the cell is empty: every row needs an `{ACCOUNT}`"),
            ));
        }
        faults.extend(self.currency(columns, at));
        let mut cells = columns.nothing.clone();
        if let Some(Err(more)) = before.map(|entry| entry.put(self.policy, self.as_of, &mut cells)) {
            faults.extend(more);
        }
        if let Some(read) = columns.facts.of_row(at) {
            for (bound, value) in self.binding.facts.iter().zip(read) {
                set(&mut cells, bound.fact.index(), value);
            }
        } else {
            for (bound, column) in self.binding.facts.iter().zip(columns.facts.columns()) {
                let raw = cell(column.as_ref(), at);
                match bound.meaning.cell(&raw) {
                    Ok(value) => set(&mut cells, bound.fact.index(), value),
                    Err(problem) => faults.push(Fault::of_cell(&bound.column, &raw, problem)),
                }
            }
        }
        faults.extend_from_slice(batch.doubts(place));
        if !faults.is_empty() {
            return Err(failed(faults));
        }
        let scripts = self.scripts.map(|compute| compute(self.policy, &mut cells)).unwrap_or_default();
        let row = self.policy.row(cells).map_err(|problems| {
            let as_fault =
                |problem: arrears::policy::RowProblem| Fault::of_column(self.column_of(&problem.fact), problem.message);
            failed(problems.into_iter().map(as_fault).collect())
        })?;
        if let Some(not_for) = self.policy.not_for(&row) {
            return Err(failed(vec![Fault::of_row(not_for.to_string())]));
        }
        Ok(ReadRow { number, line: batch.line(place), account, customer, row, scripts })
    }

    /// Reads the first row of an account in a batch whose first row is number `first`.
    pub(crate) fn find(
        &self,
        batch: &Batch,
        first: u64,
        (account, before): (&str, Option<&Entry>),
    ) -> Option<Result<ReadRow, Refused>> {
        let columns = BatchColumns::of(self.policy, self.binding, batch);
        let is_wanted = |place: &usize| cell(columns.account.as_ref(), *place).to_string() == account;
        let place = (0..batch.rows()).find(is_wanted)?;
        let number = first.saturating_add(u64::try_from(place).unwrap_or(0));
        Some(self.row(batch, &columns, (place, place), number, before))
    }

    /// What the table calls the column of a fact.
    fn column_of(&self, fact: &str) -> String {
        let bound = self.binding.facts.iter().find(|bound| bound.meaning.input().name == fact);
        bound.map_or(fact, |bound| bound.column.as_str()).to_owned()
    }

    fn currency(&self, columns: &BatchColumns, place: usize) -> Option<Fault> {
        let (_, name) = self.binding.currency.as_ref()?;
        let wanted = self.policy.head().currency;
        match cell(columns.currency.as_ref(), place) {
            Raw::Text(code) if code.eq_ignore_ascii_case(wanted.code()) => None,
            Raw::Empty => Some(Fault::of_column(
                name,
                format!("the cell is empty: the policy decides amounts in {wanted} (column `{CURRENCY}`)"),
            )),
            other => Some(Fault::of_cell(
                name,
                other,
                format!("is not the currency of the policy: it decides amounts in {wanted}"),
            )),
        }
    }
}

fn set(cells: &mut [Cell], position: usize, value: Cell) {
    if let Some(slot) = cells.get_mut(position) {
        *slot = value;
    }
}
