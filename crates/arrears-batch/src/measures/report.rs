//! The report: conventions, measures by count and by money, matrices, and what was not measured.

use super::{Amounts, Buckets, Declared, MeasureTable, Month, Place, Plans, Reversals};
use crate::summary::Amount;
use arrears::Currency;
use serde::Serialize;

/// The measures of a book, with everything that they depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The conventions and what was read.
    pub head: Head,
    /// The measures.
    pub measures: Vec<Measure>,
    /// Where the accounts of one month end stand at the next, for each two months in a row and
    /// then for all of them together.
    pub matrices: Vec<Matrix>,
    /// What was not measured, and for want of what.
    pub not_measured: Vec<NotMeasured>,
}

/// The head of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The currency of every amount.
    pub currency: Currency,
    /// The first days past due of M1, M2 and so on.
    pub buckets: Buckets,
    /// How much may be overdue without the account's being late.
    pub tolerance: Amount,
    /// When an account is late.
    pub late: String,
    /// When it counts as cured.
    pub cured: String,
    /// Within how many days.
    pub cured_within: u32,
    /// Within how many days after a cure it counts as a re-default to be late again.
    pub redefault_within: u32,
    /// Whether accounts on a plan or re-aged stand in the buckets.
    pub plans: Plans,
    /// What the amounts of the panel are.
    pub amounts: Amounts,
    /// The hour at which a day ends.
    pub cut_off: String,
    /// Whether payments that were reversed on their day are among what was paid.
    pub reversals: Reversals,
    /// The zone in which points in time become days.
    pub zone: String,
    /// The first month of the panel.
    pub first_month: Option<Month>,
    /// The last month of the panel.
    pub last_month: Option<Month>,
    /// Different accounts in the months read of the panel.
    pub accounts: u64,
    /// The tables, with how many rows were read.
    pub tables: Vec<Source>,
    /// Rows of the panel whose day is not the last of its month. They count as its month end.
    pub within_month: u64,
    /// Rows that are left out, or are counted by number only.
    pub excluded: Vec<RowsExcluded>,
}

/// A table that a report was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Which it is.
    pub table: MeasureTable,
    /// What messages call it.
    pub called: String,
    /// Rows read.
    pub rows: u64,
    /// Rows of months that were not asked for.
    pub outside: u64,
}

/// Rows that do not count, or not in every measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowsExcluded {
    /// The table.
    pub table: MeasureTable,
    /// Why.
    pub reason: &'static str,
    /// How many.
    pub rows: u64,
}

/// One measure, with its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// The word for it, for programs.
    pub name: &'static str,
    /// What people call it.
    pub title: String,
    /// How it is computed.
    pub formula: String,
    /// Who is counted.
    pub cohort: String,
    /// Over which time.
    pub horizon: String,
    /// What misleads, and what was done about it.
    pub trap: String,
    /// The values, by what they are of and by month; those of all months together last.
    pub values: Vec<Value>,
}

/// One value of a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// Of what: a bucket, a channel.
    pub from: Option<String>,
    /// To what: a bucket, a class.
    pub to: Option<String>,
    /// The month of the cohort; none for all months together.
    pub month: Option<Month>,
    /// By number.
    pub count: OfCount,
    /// By money; none where it is not known.
    pub money: Option<OfMoney>,
    /// What of the cohort does not count, or by number only.
    pub excluded: Vec<Exclusion>,
}

/// A share by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OfCount {
    /// What is divided; none where the value is a product of other shares.
    pub numerator: Option<u64>,
    /// By what.
    pub denominator: Option<u64>,
    /// The share in millionths, rounded half-even; none where there is nothing to divide by.
    pub millionths: Option<i64>,
}

/// A share by money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OfMoney {
    /// What is divided; none where the value is a product of other shares.
    pub numerator: Option<Amount>,
    /// By what.
    pub denominator: Option<Amount>,
    /// The share in millionths, rounded half-even; none where there is nothing to divide by, or
    /// less than nothing.
    pub millionths: Option<i64>,
}

/// Members of a cohort that do not count, or by number only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exclusion {
    /// Why.
    pub reason: &'static str,
    /// How many.
    pub count: u64,
}

/// Where the accounts of one month end stand at the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The later month; none for all months together.
    pub month: Option<Month>,
    /// A row for each place at the earlier month end that has an account.
    pub rows: Vec<MatrixRow>,
    /// Accounts at the later month end that had no row at the earlier one: in no row of the matrix.
    pub new: u64,
}

/// The accounts of one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    /// Where they stood.
    pub from: Place,
    /// How many there are: the sum of the cells.
    pub accounts: u64,
    /// What they owed at the earlier month end; none where the panel has no balance.
    pub money: Option<Amount>,
    /// Where they stand at the later month end.
    pub cells: Vec<MatrixCell>,
    /// Accounts of which it is not known where they stand, and those whose balance is not known.
    pub excluded: Vec<Exclusion>,
}

/// The accounts that went from one place to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatrixCell {
    /// Where they stand.
    pub to: Place,
    /// How many there are.
    pub accounts: u64,
    /// Their share of the row, in millionths.
    pub millionths: Option<i64>,
    /// What they owed at the earlier month end.
    pub money: Option<Amount>,
    /// Its share of the row's, in millionths.
    pub money_millionths: Option<i64>,
}

/// Something that was not measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotMeasured {
    /// The word for the measure.
    pub name: &'static str,
    /// What it needs that was not given.
    pub needs: String,
}

impl Report {
    /// A measure by its word.
    pub fn measure(&self, name: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.name == name)
    }
}

impl Measure {
    /// The value of this from, to and month.
    pub fn value(&self, from: Option<&str>, to: Option<&str>, month: Option<Month>) -> Option<&Value> {
        self.values.iter().find(|value| (value.from.as_deref(), value.to.as_deref(), value.month) == (from, to, month))
    }
}

impl Head {
    /// The head that declares these conventions, of nothing read yet.
    pub(super) fn new(declared: &Declared, overdue: bool) -> Self {
        let tolerance = Amount::new(i128::from(declared.tolerance), declared.currency.digits());
        let (late, cured) = if overdue {
            ("overdue above the tolerance", "overdue at most the tolerance, not on a plan, re-aged or charged off")
        } else {
            ("in M1 or later: the panel has no `overdue`", "in M0, not on a plan, re-aged or charged off")
        };
        Self {
            currency: declared.currency,
            buckets: declared.buckets.clone(),
            tolerance,
            late: late.to_owned(),
            cured: cured.to_owned(),
            cured_within: declared.cured_within,
            redefault_within: declared.redefault_within,
            plans: declared.plans,
            amounts: declared.amounts,
            cut_off: declared.cut_off.clone(),
            reversals: declared.reversals,
            zone: declared.zone.name().to_owned(),
            first_month: None,
            last_month: None,
            accounts: 0,
            tables: Vec::new(),
            within_month: 0,
            excluded: Vec::new(),
        }
    }
}
