//! Columns as lines of JSON.

use arrow_array::RecordBatch;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::DataType;
use serde_json::{Map, Value};

/// Rows as JSON, one object a line. Whole numbers and flags stand as themselves, amounts and all else
/// as texts, so that no digit is lost to readers who know floating point only.
pub(super) fn json_lines(columns: &RecordBatch) -> Result<Vec<u8>, String> {
    let options = FormatOptions::default();
    let schema = columns.schema();
    let mut cells = Vec::with_capacity(columns.num_columns());
    for (field, column) in schema.fields().iter().zip(columns.columns()) {
        let shown = ArrayFormatter::try_new(column.as_ref(), &options).map_err(|error| error.to_string())?;
        let plain = field.data_type().is_integer() || *field.data_type() == DataType::Boolean;
        cells.push((field.name(), column.logical_nulls(), shown, plain));
    }
    let mut lines = Vec::new();
    for row in 0..columns.num_rows() {
        let mut object = Map::new();
        for (name, nulls, shown, plain) in &cells {
            let text = || shown.value(row).to_string();
            let value = if nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
                Value::Null
            } else if *plain {
                serde_json::from_str(&text()).map_err(|error| error.to_string())?
            } else {
                Value::String(text())
            };
            object.insert((*name).clone(), value);
        }
        serde_json::to_writer(&mut lines, &object).map_err(|error| error.to_string())?;
        lines.push(b'\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::json_lines;
    use arrow_array::{BooleanArray, Decimal128Array, RecordBatch, StringArray, UInt64Array};
    use std::sync::Arc;

    #[test]
    fn amounts_are_texts_and_what_is_not_known_is_null() {
        let overdue = Decimal128Array::from(vec![Some(1250), None]).with_precision_and_scale(38, 2).unwrap();
        let rows = RecordBatch::try_from_iter([
            ("account_id", Arc::new(StringArray::from(vec!["a", "b"])) as _),
            ("accounts", Arc::new(UInt64Array::from(vec![Some(3), None])) as _),
            ("own", Arc::new(BooleanArray::from(vec![true, false])) as _),
            ("overdue", Arc::new(overdue) as _),
        ]);
        let lines = String::from_utf8(json_lines(&rows.unwrap()).unwrap()).unwrap();
        assert_eq!(
            lines,
            "{\"account_id\":\"a\",\"accounts\":3,\"own\":true,\"overdue\":\"12.50\"}\n\
             {\"account_id\":\"b\",\"accounts\":null,\"own\":false,\"overdue\":null}\n"
        );
    }
}
