//! Writing a state table.

use super::{DECIDED_ON, State};
use crate::bind::ACCOUNT;
use crate::cell::NEVER;
use crate::output::{Form, OutputError, Target, parquet_properties};
use arrears::number::show_fixed;
use arrears::policy::{Input, Policy};
use arrears::{Cell, Kind};
use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder};
use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

/// Accounts that are written at a time.
const AT_A_TIME: usize = 64 * 1024;

impl State {
    /// Writes the state under a temporary name, in the order of the accounts' names.
    pub(crate) fn write(&self, policy: &Policy, path: &Path) -> Result<Target, OutputError> {
        let form = form_of(path)?;
        let failed = |error: &dyn ToString| OutputError::write(path, error.to_string());
        let target = Target::create(path)?;
        let file = target.writer()?;
        let schema = Self::schema(policy, form);
        let batches = self.batches(policy, &schema, form);
        let mut file = match form {
            Form::Parquet => {
                let mut writer = ArrowWriter::try_new(file, schema.clone(), Some(parquet_properties()))
                    .map_err(|error| failed(&error))?;
                for batch in batches {
                    let batch = batch.map_err(|error| failed(&error))?;
                    writer.write(&batch).map_err(|error| failed(&error))?;
                }
                writer.into_inner().map_err(|error| failed(&error))?
            }
            Form::Csv => {
                let mut writer = arrow_csv::Writer::new(file);
                for batch in batches {
                    let batch = batch.map_err(|error| failed(&error))?;
                    writer.write(&batch).map_err(|error| failed(&error))?;
                }
                writer.into_inner()
            }
            Form::JsonLines => return Err(OutputError::StateFormat { path: path.to_owned() }),
        };
        file.flush().map_err(|error| failed(&error))?;
        drop(file);
        target.sync()?;
        Ok(target)
    }

    /// Makes sure, before anything is decided, that a state can be written there.
    pub(crate) fn check_place(path: &Path) -> Result<(), OutputError> {
        form_of(path)?;
        Target::create(path).map(drop)
    }

    fn schema(policy: &Policy, form: Form) -> SchemaRef {
        let mut fields =
            vec![Field::new(ACCOUNT, DataType::Utf8, false), Field::new(DECIDED_ON, DataType::Date32, true)];
        for input in inputs(policy) {
            fields.push(Field::new(&input.name, data_type(input, form), true));
        }
        Arc::new(Schema::new(fields))
    }

    /// The accounts as columns; one batch without rows if there are none, for the header.
    fn batches<'a>(
        &'a self,
        policy: &'a Policy,
        schema: &'a SchemaRef,
        form: Form,
    ) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> + 'a {
        let entries: Vec<_> = self.entries.iter().collect();
        let count = entries.len().div_ceil(AT_A_TIME).max(1);
        (0..count).map(move |number| {
            let start = number * AT_A_TIME;
            let end = entries.len().min(start + AT_A_TIME);
            let part = entries.get(start..end).unwrap_or_default();
            let names = part.iter().map(|(account, _)| Some(account.as_str()));
            let days =
                part.iter().map(|(_, entry)| entry.dated.then(|| Date32Type::from_naive_date(entry.carried.day())));
            let mut arrays: Vec<ArrayRef> =
                vec![Arc::new(names.collect::<StringArray>()), Arc::new(days.collect::<Date32Array>())];
            for (place, input) in inputs(policy).into_iter().enumerate() {
                let cells = part.iter().map(|(_, entry)| {
                    let word = entry.words.iter().find(|(at, _)| *at == place);
                    let cell = entry.carried.cells().get(place).copied().unwrap_or(Cell::UNKNOWN);
                    (cell, word.map(|(_, word)| word.as_str()))
                });
                arrays.push(column(policy, input, form, cells));
            }
            RecordBatch::try_new(schema.clone(), arrays)
        })
    }
}

fn inputs(policy: &Policy) -> Vec<&Input> {
    policy.state_facts().iter().filter_map(|fact| policy.input(*fact)).collect()
}

/// Parquet or CSV; a state in JSON lines could not be read again.
fn form_of(path: &Path) -> Result<Form, OutputError> {
    match Form::of(path) {
        Ok(form @ (Form::Parquet | Form::Csv)) => Ok(form),
        _ => Err(OutputError::StateFormat { path: path.to_owned() }),
    }
}

fn data_type(input: &Input, form: Form) -> DataType {
    match input.kind {
        Kind::Flag => DataType::Boolean,
        Kind::Days | Kind::Count if form == Form::Parquet => DataType::Int64,
        _ => DataType::Utf8,
    }
}

fn column<'a>(
    policy: &Policy,
    input: &Input,
    form: Form,
    cells: impl Iterator<Item = (Cell, Option<&'a str>)>,
) -> ArrayRef {
    match data_type(input, form) {
        DataType::Boolean => {
            let mut array = BooleanBuilder::new();
            cells.for_each(|(cell, _)| array.append_option(cell.get().map(|set| set != 0)));
            Arc::new(array.finish())
        }
        DataType::Int64 => {
            let mut array = Int64Builder::new();
            cells.for_each(|(cell, _)| {
                array.append_option(if cell.is_never() { Some(NEVER) } else { cell.get() });
            });
            Arc::new(array.finish())
        }
        _ => {
            let digits = input.kind.decimals(policy.head().currency.digits());
            let mut array = StringBuilder::new();
            cells.for_each(|(cell, word)| match (word, cell.get()) {
                (Some(word), _) => array.append_value(word),
                (None, _) if cell.is_never() => array.append_value("never"),
                (None, _) if input.kind == Kind::Category => array.append_option(input.word_of(cell)),
                (None, Some(number)) => array.append_value(show_fixed(number, digits)),
                (None, None) => array.append_null(),
            });
            Arc::new(array.finish())
        }
    }
}
