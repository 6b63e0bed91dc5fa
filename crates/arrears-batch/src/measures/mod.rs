//! The measures of a book: how accounts enter arrears, roll, are cured, recovered and worked.
//!
//! Every measure is told by count and by money, with its formula, its cohort, its horizon and who
//! is left out of it and why. [`Measures`] takes the rows of tables in memory; [`measure`]
//! reads them from files. Rows may come in any order, in batches of any size: the report is the
//! same. Of a panel 56 bytes are kept for each row, since a cohort can be followed only once its
//! months are in order; of contacts 8 bytes for each attempt; of promises nothing but sums; of
//! decisions a byte for each account.
//!
//! An empty cell is unknown: it is counted among those left out, and never as nothing.

mod buckets;
mod compose;
mod coverage;
mod declared;
mod error;
mod flows;
mod follow;
mod from_tables;
mod layout;
mod long;
mod month;
mod panel;
mod place;
mod promises;
mod ratio;
mod read;
mod report;
mod rolls;
mod series;
mod tables;
mod text;
mod words;
mod work;
mod worked;

pub use buckets::{Buckets, BucketsError};
pub use coverage::Covered;
pub use declared::{Amounts, Declared, Plans, Reversals};
pub use error::{MeasureError, MeasureProblems};
pub use from_tables::{MeasureHooks, MeasureTables, measure};
pub use long::{LongRow, write_report};
pub use month::{Month, UnknownMonth};
pub use place::Place;
pub use report::{
    Exclusion, Head, Matrix, MatrixCell, MatrixRow, Measure, NotMeasured, OfCount, OfMoney, Report, RowsExcluded,
    Source, Value,
};
pub use tables::{MeasureSchemas, MeasureTable};

use crate::mapping::Mapping;
use crate::names::Names;
use crate::table::{Batch, PositionSet};
use arrow_array::RecordBatch;
use coverage::Coverage;
use layout::Layout;
use panel::Panel;
use place::Has;
use promises::Promises;
use read::{Reader, Refused};
use std::collections::BTreeMap;
use work::Contacts;

/// Takes the tables of a book and makes a report of them.
///
/// ```
/// use arrears_batch::Mapping;
/// use arrears_batch::measures::{Declared, MeasureSchemas, MeasureTable, Measures};
/// use arrow_array::{RecordBatch, StringArray, UInt32Array, record_batch};
///
/// let panel = record_batch!(
///     ("account_id", Utf8, ["A", "B", "A", "B"]),
///     ("as_of", Utf8, ["2026-02-28", "2026-02-28", "2026-01-31", "2026-01-31"]),
///     ("dpd", UInt32, [28, 0, 0, 0]),
///     ("balance", Int64, [900, 300, 900, 300])
/// )?;
/// let declared = Declared::new("EUR".parse()?);
/// let schemas = MeasureSchemas::default().with(MeasureTable::Panel, &panel.schema(), "panel");
/// let mut measures = Measures::new(declared, &schemas, &Mapping::default())?;
/// measures.add(MeasureTable::Panel, &panel);
/// let report = measures.finish()?;
///
/// let entry = report.measure("entry_rate_of_m0").ok_or("not measured")?;
/// let february = entry.value(Some("M0"), None, Some("2026-02".parse()?)).ok_or("no such month")?;
/// assert_eq!((february.count.numerator, february.count.denominator), (Some(1), Some(2)));
/// assert_eq!(february.money.and_then(|money| money.millionths), Some(750_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Measures {
    declared: Declared,
    layouts: Vec<Layout>,
    refused: BTreeMap<MeasureTable, Refused>,
    /// Accounts of all tables, numbered.
    names: Names,
    panel: Panel,
    contacts: Contacts,
    promises: Promises,
    coverage: Coverage,
}

impl Measures {
    /// Begins a report under these conventions, from tables with these columns. Columns of other
    /// names are named by the mapping: those of the panel under `columns`, those of contacts and
    /// promises under sections of their own.
    ///
    /// # Errors
    ///
    /// [`MeasureProblems`] with everything that is wrong with the columns of any table.
    pub fn new(declared: Declared, schemas: &MeasureSchemas, mapping: &Mapping) -> Result<Self, MeasureProblems> {
        let mut problems = Vec::new();
        layout::unknown_names(mapping, &mut problems);
        let layouts: Vec<Layout> =
            schemas.tables.iter().map(|table| Layout::of(table, mapping, &mut problems)).collect();
        if !problems.is_empty() {
            return Err(MeasureProblems { problems });
        }
        let refused = layouts.iter().map(|layout| (layout.table, Refused::default())).collect();
        let panel = layouts.iter().find(|layout| layout.table == MeasureTable::Panel);
        let has = |column: &str| panel.is_some_and(|layout| layout.has(column));
        let has = Has {
            balance: has("balance"),
            overdue: has("overdue"),
            paid: has("paid"),
            due: has("due"),
            on_plan: has("on_plan"),
            re_aged: has("re_aged"),
            charged_off: has("charged_off"),
        };
        Ok(Self {
            declared,
            layouts,
            refused,
            names: Names::default(),
            panel: Panel::new(has),
            contacts: Contacts::default(),
            promises: Promises::default(),
            coverage: Coverage::default(),
        })
    }

    /// Takes rows of a table, with the columns of which it was told. Rows of a table of which
    /// nothing was told do not count. What is wrong with rows is told at the end, of all at once.
    pub fn add(&mut self, table: MeasureTable, rows: &RecordBatch) {
        if let Some(positions) = self.positions(table).cloned() {
            self.take(table, &Batch::of(rows, &positions));
        }
    }

    /// The columns that are read of a table.
    fn positions(&self, table: MeasureTable) -> Option<&PositionSet> {
        self.layout(table).map(Layout::positions)
    }

    fn layout(&self, table: MeasureTable) -> Option<&Layout> {
        self.layouts.iter().find(|layout| layout.table == table)
    }

    fn take(&mut self, table: MeasureTable, batch: &Batch) {
        let Some(layout) = self.layouts.iter().find(|layout| layout.table == table) else { return };
        let Self { declared, refused, names, panel, contacts, promises, coverage, .. } = self;
        let mut reader = Reader::new(layout, batch, declared.currency.digits(), declared.zone);
        match table {
            MeasureTable::Panel => panel.take(&mut reader, declared, names),
            MeasureTable::Contacts => contacts.take(&mut reader, declared, layout.has("outcome"), names),
            MeasureTable::Promises => promises.take(&mut reader, declared),
            MeasureTable::Decisions => coverage.take(&mut reader, names),
        }
        reader.finish(refused.entry(table).or_default());
    }

    /// Makes the report.
    ///
    /// # Errors
    ///
    /// [`MeasureError::Rows`] with the rows of every table that cannot be read.
    pub fn finish(mut self) -> Result<Report, MeasureError> {
        let mut rows = BTreeMap::new();
        let mut bad = Vec::new();
        for layout in &self.layouts {
            let refused = self.refused.remove(&layout.table).unwrap_or_default();
            rows.insert(layout.table, refused.rows);
            bad.extend(refused.of(&layout.called));
        }
        if !bad.is_empty() {
            return Err(MeasureError::Rows(bad));
        }
        self.panel.order();
        self.contacts.attempts.order();
        Ok(compose::report(&self, &rows))
    }
}
