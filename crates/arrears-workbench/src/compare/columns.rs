//! A comparison as columns: the accounts that moved, and the flows.

use super::{Comparison, Flow};
use crate::portfolio::{Mover, decimals, words};
use arrow_array::builder::{StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Decimal128Array, RecordBatch, UInt64Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// The columns of words, in order, and whether one may be empty.
const WORDS: [(&str, bool); 8] = [
    ("stage_a", false),
    ("stage_b", false),
    ("action_a", false),
    ("action_b", false),
    ("treatment_a", true),
    ("treatment_b", true),
    ("debtor_type_a", true),
    ("debtor_type_b", true),
];

/// The columns of the accounts that moved: `account_id`, then `stage`, `action`, `treatment` and `debtor_type`, each under A and
/// under B (`stage_a`, `stage_b`), `overdue` and `moved`, what differs (`stage; action`). Amounts are exact decimals
/// with the digits of the currency.
pub fn moved_schema(currency_digits: u32) -> SchemaRef {
    let mut fields = vec![Field::new("account_id", DataType::Utf8, false)];
    fields.extend(WORDS.iter().map(|(name, may_be_empty)| Field::new(*name, words(), *may_be_empty)));
    fields.push(Field::new("overdue", decimals::data_type(currency_digits), true));
    fields.push(Field::new("moved", words(), false));
    Arc::new(Schema::new(fields))
}

/// Accounts that moved, column by column.
pub(super) struct MovedColumns {
    digits: u32,
    accounts: StringBuilder,
    words: [StringDictionaryBuilder<Int32Type>; WORDS.len()],
    overdue: Vec<Option<i128>>,
    moved: StringDictionaryBuilder<Int32Type>,
}

impl MovedColumns {
    pub(super) fn new(digits: u32) -> Self {
        Self {
            digits,
            accounts: StringBuilder::new(),
            words: std::array::from_fn(|_| StringDictionaryBuilder::new()),
            overdue: Vec::new(),
            moved: StringDictionaryBuilder::new(),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.overdue.is_empty()
    }

    pub(super) fn add(&mut self, mover: Mover<'_>) {
        let Mover { a, b, .. } = mover;
        self.accounts.append_value(mover.account_id);
        let words: [Option<&str>; WORDS.len()] = [
            Some(&a.stage),
            Some(&b.stage),
            Some(&a.action),
            Some(&b.action),
            a.treatment.as_deref(),
            b.treatment.as_deref(),
            a.debtor_type.as_deref(),
            b.debtor_type.as_deref(),
        ];
        for (column, word) in self.words.iter_mut().zip(words) {
            column.append_option(word);
        }
        self.overdue.push(mover.overdue.map(i128::from));
        self.moved.append_value(mover.differs.words());
    }

    /// The rows that were added since the last time.
    pub(super) fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.accounts.finish())];
        columns.extend(self.words.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        let overdue: Decimal128Array = std::mem::take(&mut self.overdue).into_iter().collect();
        columns.push(Arc::new(decimals::array(overdue, self.digits)?));
        columns.push(Arc::new(self.moved.finish()));
        RecordBatch::try_new(moved_schema(self.digits), columns)
    }
}

impl Comparison {
    /// The flows as columns, in long form: `measure` (`stage`, `action`, `treatment`, `debtor_type`, `channel`), `from`, `to`,
    /// `accounts`, `overdue` and `overdue_unknown`. Amounts are exact decimals with the digits of the currency.
    ///
    /// # Errors
    ///
    /// [`ArrowError`] if an amount does not fit 38 digits.
    pub fn columns(&self) -> Result<RecordBatch, ArrowError> {
        let all = [
            ("stage", &self.by_stage),
            ("action", &self.by_action),
            ("treatment", &self.by_treatment),
            ("debtor_type", &self.by_debtor_type),
            ("channel", &self.by_channel),
        ];
        let lines: Vec<(&str, &Flow)> =
            all.into_iter().flat_map(|(measure, flows)| flows.iter().map(move |flow| (measure, flow))).collect();
        let mut names: [StringDictionaryBuilder<Int32Type>; 3] =
            std::array::from_fn(|_| StringDictionaryBuilder::new());
        for (measure, flow) in &lines {
            let line = [Some(*measure), flow.from.as_deref(), flow.to.as_deref()];
            names.iter_mut().zip(line).for_each(|(column, name)| column.append_option(name));
        }
        let counts = || lines.iter().map(|(_, flow)| flow.count);
        let overdue = counts().map(|count| count.overdue.map(arrears_batch::Amount::minor)).collect();
        let mut columns: Vec<ArrayRef> = names.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef).collect();
        columns.push(Arc::new(counts().map(|count| Some(count.accounts)).collect::<UInt64Array>()));
        columns.push(Arc::new(decimals::array(overdue, self.digits)?));
        columns.push(Arc::new(counts().map(|count| count.overdue_unknown).collect::<UInt64Array>()));
        let schema = Schema::new(vec![
            Field::new("measure", words(), false),
            Field::new("from", words(), true),
            Field::new("to", words(), true),
            Field::new("accounts", DataType::UInt64, false),
            Field::new("overdue", decimals::data_type(self.digits), true),
            Field::new("overdue_unknown", DataType::UInt64, true),
        ]);
        RecordBatch::try_new(Arc::new(schema), columns)
    }
}
