//! Writing a state table.

use super::DECIDED_ON;
use super::entry::Entry;
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
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

enum Writer {
    Parquet(Box<ArrowWriter<BufWriter<File>>>),
    Csv(Box<arrow_csv::Writer<BufWriter<File>>>),
}

/// A state table being written under a temporary name.
pub(crate) struct StateFile<'p> {
    policy: &'p Policy,
    target: Target,
    form: Form,
    schema: SchemaRef,
    writer: Writer,
}

impl<'p> StateFile<'p> {
    pub(crate) fn create(policy: &'p Policy, path: &Path) -> Result<Self, OutputError> {
        let form = form_of(path)?;
        let schema = schema(policy, form);
        let target = Target::create(path)?;
        let file = target.writer()?;
        let writer = if form == Form::Csv {
            Writer::Csv(Box::new(arrow_csv::Writer::new(file)))
        } else {
            let writer = ArrowWriter::try_new(file, schema.clone(), Some(parquet_properties()));
            Writer::Parquet(Box::new(writer.map_err(|error| OutputError::write(path, error))?))
        };
        let mut created = Self { policy, target, form, schema, writer };
        // The header stands even where no account follows.
        created.write(&[])?;
        Ok(created)
    }

    /// Adds the state of accounts, in this order.
    pub(crate) fn write(&mut self, rows: &[(&str, &Entry)]) -> Result<(), OutputError> {
        let batch = self.batch(rows).map_err(|error| OutputError::write(self.target.path(), error))?;
        match &mut self.writer {
            Writer::Parquet(writer) => {
                writer.write(&batch).map_err(|error| OutputError::write(self.target.path(), error))
            }
            Writer::Csv(writer) => writer.write(&batch).map_err(|error| OutputError::write(self.target.path(), error)),
        }
    }

    /// Ends the file, still under its temporary name.
    pub(crate) fn finish(self) -> Result<Target, OutputError> {
        let failed = |error: &dyn ToString| OutputError::write(self.target.path(), error.to_string());
        let mut file = match self.writer {
            Writer::Parquet(writer) => writer.into_inner().map_err(|error| failed(&error))?,
            Writer::Csv(writer) => writer.into_inner(),
        };
        file.flush().map_err(|error| failed(&error))?;
        drop(file);
        self.target.sync()?;
        Ok(self.target)
    }

    fn batch(&self, rows: &[(&str, &Entry)]) -> Result<RecordBatch, ArrowError> {
        let names = rows.iter().map(|(account, _)| Some(*account));
        let days = rows.iter().map(|(_, entry)| entry.dated.then(|| Date32Type::from_naive_date(entry.carried.day())));
        let mut arrays: Vec<ArrayRef> =
            vec![Arc::new(names.collect::<StringArray>()), Arc::new(days.collect::<Date32Array>())];
        for (place, input) in inputs(self.policy).into_iter().enumerate() {
            let cells = rows.iter().map(|(_, entry)| {
                let word = entry.words.iter().find(|(at, _)| *at == place);
                let cell = entry.carried.cells().get(place).copied().unwrap_or(Cell::UNKNOWN);
                (cell, word.map(|(_, word)| word.as_str()))
            });
            arrays.push(column(self.policy, input, self.form, cells));
        }
        RecordBatch::try_new(self.schema.clone(), arrays)
    }
}

/// Makes sure, before anything is decided, that a state can be written there.
pub(crate) fn check_place(path: &Path) -> Result<(), OutputError> {
    form_of(path)?;
    Target::create(path).map(drop)
}

fn schema(policy: &Policy, form: Form) -> SchemaRef {
    let mut fields = vec![Field::new(ACCOUNT, DataType::Utf8, false), Field::new(DECIDED_ON, DataType::Date32, true)];
    for input in inputs(policy) {
        fields.push(Field::new(&input.name, data_type(input, form), true));
    }
    Arc::new(Schema::new(fields))
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
