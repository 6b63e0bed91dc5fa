//! The columns of a table of decisions.

use arrears::decide::Record;
use arrow_array::builder::{BooleanBuilder, Date32Builder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use chrono::NaiveDate;
use std::sync::Arc;

/// What stands between the parts of a list in one cell.
pub const BETWEEN: &str = "; ";

/// How a column is read from a record.
enum Get {
    /// A text of which many rows have the same.
    Word(fn(&Record) -> Option<&str>),
    /// A text that each row has of its own.
    Text(fn(&Record) -> Option<&str>),
    /// A list of words, joined in one cell.
    List(fn(&Record) -> &[String]),
    Flag(fn(&Record) -> bool),
    Day(fn(&Record) -> Option<NaiveDate>),
}

/// Every column, in the order of the table.
const COLUMNS: [(&str, Get); 26] = [
    ("account_id", Get::Text(|record| Some(&record.account_id))),
    ("debtor_type", Get::Word(|record| record.debtor_type.as_deref())),
    ("type_possible", Get::List(|record| &record.type_possible)),
    ("stage", Get::Word(|record| Some(&record.stage))),
    ("stage_before", Get::Word(|record| record.stage_before.as_deref())),
    ("stage_reason", Get::Word(|record| Some(&record.stage_reason))),
    ("treatment", Get::Word(|record| record.treatment.as_deref())),
    ("action", Get::Word(|record| Some(&record.action))),
    ("channel", Get::Word(|record| record.channel.as_deref())),
    ("acts", Get::List(|record| &record.acts)),
    ("duties", Get::List(|record| &record.duties)),
    ("contact_point", Get::Word(|record| record.contact_point.as_deref())),
    ("slot", Get::Word(|record| record.slot.as_deref())),
    ("held_by", Get::List(|record| &record.held_by)),
    ("vetoed_by", Get::List(|record| &record.vetoed_by)),
    ("missing", Get::List(|record| &record.missing)),
    ("next_review_on", Get::Day(|record| record.next_review_on)),
    ("review_exact", Get::Flag(|record| record.review_exact)),
    ("review_reason", Get::Word(|record| record.review_reason.as_deref())),
    ("priority", Get::Text(|record| record.priority.as_deref())),
    ("approval", Get::Word(|record| record.approval.as_deref())),
    ("rides_with", Get::Text(|record| record.rides_with.as_deref())),
    ("law", Get::Word(|record| Some(&record.law))),
    ("flags", Get::List(|record| &record.flags)),
    ("rules", Get::List(|record| &record.rules)),
    ("policy_hash", Get::Word(|record| Some(&record.policy_hash))),
];

impl Get {
    fn data_type(&self) -> DataType {
        match self {
            Self::Word(_) | Self::List(_) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::Text(_) => DataType::Utf8,
            Self::Flag(_) => DataType::Boolean,
            Self::Day(_) => DataType::Date32,
        }
    }

    fn array(&self, records: &[&Record]) -> ArrayRef {
        match self {
            Self::Word(get) => {
                let mut cells = StringDictionaryBuilder::<Int32Type>::new();
                for record in records {
                    cells.append_option(get(record));
                }
                Arc::new(cells.finish())
            }
            Self::List(get) => {
                let mut cells = StringDictionaryBuilder::<Int32Type>::new();
                for record in records {
                    match get(record) {
                        [] => cells.append_null(),
                        [one] => cells.append_value(one),
                        several => cells.append_value(several.join(BETWEEN)),
                    }
                }
                Arc::new(cells.finish())
            }
            Self::Text(get) => {
                let mut cells = StringBuilder::new();
                for record in records {
                    cells.append_option(get(record));
                }
                Arc::new(cells.finish())
            }
            Self::Flag(get) => {
                let mut cells = BooleanBuilder::new();
                for record in records {
                    cells.append_value(get(record));
                }
                Arc::new(cells.finish())
            }
            Self::Day(get) => {
                let mut cells = Date32Builder::new();
                for record in records {
                    cells.append_option(get(record).map(Date32Type::from_naive_date));
                }
                Arc::new(cells.finish())
            }
        }
    }
}

/// The schema of a table of decisions. Text of which many rows have the same is
/// dictionary-encoded; lists are joined by [`BETWEEN`], and an empty list is null.
pub fn decision_schema() -> SchemaRef {
    let always = ["account_id", "stage", "stage_reason", "action", "review_exact", "law", "policy_hash"];
    let fields = COLUMNS.iter().map(|(name, get)| Field::new(*name, get.data_type(), !always.contains(name)));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// Decisions as columns.
///
/// # Errors
///
/// [`ArrowError`] if there are more different texts than a dictionary can hold.
pub fn decision_columns(schema: &SchemaRef, records: &[&Record]) -> Result<RecordBatch, ArrowError> {
    let arrays = COLUMNS.iter().map(|(_, get)| get.array(records));
    RecordBatch::try_new(schema.clone(), arrays.collect())
}
