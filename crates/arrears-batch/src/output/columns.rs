//! The columns of a table of decisions.

use super::sheet::Sheet;
use arrears::decide::Record;
use arrow_array::builder::{BooleanBuilder, StringDictionaryBuilder};
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array as _, ArrayRef, Date32Array, DictionaryArray, Int32Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// What stands between the parts of a list in one cell.
pub const BETWEEN: &str = "; ";

/// How a column is read from a sheet of decisions.
enum Get {
    /// A text of which many rows have the same.
    Word(fn(&Record) -> Option<&str>),
    /// A list of words, joined in one cell.
    List(fn(&Record) -> &[String]),
    Flag(fn(&Record) -> bool),
    /// A text that each row has of its own.
    Own(fn(&Sheet) -> StringArray),
    /// A day that each row has of its own.
    Day(fn(&Sheet) -> Date32Array),
}

/// Every column, in the order of the table.
const COLUMNS: [(&str, Get); 27] = [
    ("account_id", Get::Own(|sheet| sheet.accounts().map(Some).collect())),
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
    ("next_review_on", Get::Day(|sheet| sheet.reviews().map(|day| day.map(Date32Type::from_naive_date)).collect())),
    ("review_exact", Get::Flag(|record| record.review_exact)),
    ("review_reason", Get::Word(|record| record.review_reason.as_deref())),
    ("priority", Get::Own(|sheet| sheet.priorities().collect())),
    ("approval", Get::Word(|record| record.approval.as_deref())),
    ("rides_with", Get::Own(|sheet| sheet.leaders().collect())),
    ("law", Get::Word(|record| Some(&record.law))),
    ("flags", Get::List(|record| &record.flags)),
    ("rules", Get::List(|record| &record.rules)),
    ("policy", Get::Word(|record| Some(&record.policy))),
    ("policy_hash", Get::Word(|record| Some(&record.policy_hash))),
];

impl Get {
    fn data_type(&self) -> DataType {
        match self {
            Self::Word(_) | Self::List(_) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::Own(_) => DataType::Utf8,
            Self::Flag(_) => DataType::Boolean,
            Self::Day(_) => DataType::Date32,
        }
    }

    fn array(&self, sheet: &Sheet) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Word(get) => {
                let mut words = StringDictionaryBuilder::<Int32Type>::new();
                for record in sheet.kinds() {
                    words.append_option(get(record));
                }
                by_row(sheet, &words.finish())?
            }
            Self::List(get) => {
                let mut lists = StringDictionaryBuilder::<Int32Type>::new();
                for record in sheet.kinds() {
                    match get(record) {
                        [] => lists.append_null(),
                        [one] => lists.append_value(one),
                        several => lists.append_value(several.join(BETWEEN)),
                    }
                }
                by_row(sheet, &lists.finish())?
            }
            Self::Flag(get) => {
                let of_kind: Vec<bool> = sheet.kinds().map(get).collect();
                let mut flags = BooleanBuilder::with_capacity(sheet.len());
                for kind in sheet.kind_of_row() {
                    flags.append_value(of_kind.get(kind).copied().unwrap_or(false));
                }
                Arc::new(flags.finish())
            }
            Self::Own(get) => Arc::new(get(sheet)),
            Self::Day(get) => Arc::new(get(sheet)),
        })
    }
}

/// Words of the different decisions as those of the rows.
fn by_row(sheet: &Sheet, of_kinds: &DictionaryArray<Int32Type>) -> Result<ArrayRef, ArrowError> {
    let keys = of_kinds.keys();
    let of_kind: Vec<Option<i32>> = keys.iter().collect();
    let rows: Int32Array = if keys.null_count() == 0 {
        let values = keys.values();
        sheet.kind_of_row().map(|kind| values.get(kind).copied().unwrap_or(0)).collect::<Vec<i32>>().into()
    } else {
        sheet.kind_of_row().map(|kind| of_kind.get(kind).copied().flatten()).collect()
    };
    Ok(Arc::new(DictionaryArray::try_new(rows, of_kinds.values().clone())?))
}

/// The schema of a table of decisions. Text of which many rows have the same is
/// dictionary-encoded; lists are joined by [`BETWEEN`], and an empty list is null.
pub fn decision_schema() -> SchemaRef {
    let always = ["account_id", "stage", "stage_reason", "action", "review_exact", "law", "policy", "policy_hash"];
    let fields = COLUMNS.iter().map(|(name, get)| Field::new(*name, get.data_type(), !always.contains(name)));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// Decisions as columns.
///
/// # Errors
///
/// [`ArrowError`] if there are more different texts than a dictionary can hold.
pub fn decision_columns(schema: &SchemaRef, records: &[&Record]) -> Result<RecordBatch, ArrowError> {
    let mut sheet = Sheet::default();
    for record in records {
        sheet.add_record(record);
    }
    sheet_columns(schema, &sheet)
}

/// The decisions of a sheet as columns.
pub(super) fn sheet_columns(schema: &SchemaRef, sheet: &Sheet) -> Result<RecordBatch, ArrowError> {
    let arrays = COLUMNS.iter().map(|(_, get)| get.array(sheet)).collect::<Result<Vec<_>, _>>()?;
    RecordBatch::try_new(schema.clone(), arrays)
}
