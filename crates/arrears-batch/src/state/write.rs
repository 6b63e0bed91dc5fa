//! Writing a state table.

use super::DECIDED_ON;
use super::left::Left;
use crate::bind::ACCOUNT;
use crate::cell::NEVER;
use crate::output::{Form, OutputError, Ready, TableFile, Target};
use arrears::number::show_fixed;
use arrears::policy::{Input, Policy};
use arrears::{Cell, Kind};
use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder};
use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use std::path::Path;
use std::sync::Arc;

/// How a state is written: its columns, and in which form.
#[derive(Clone, Debug)]
pub(crate) struct StateForm<'p> {
    policy: &'p Policy,
    form: Form,
    schema: SchemaRef,
}

/// A state table being written under a temporary name.
pub(crate) struct StateFile<'p> {
    form: StateForm<'p>,
    file: TableFile,
}

impl<'p> StateForm<'p> {
    /// The form that a file's name asks for.
    ///
    /// # Errors
    ///
    /// [`OutputError::StateFormat`] if it asks for none in which a state can be read again.
    pub(crate) fn of(policy: &'p Policy, path: &Path) -> Result<Self, OutputError> {
        let form = form_of(path)?;
        Ok(Self { policy, form, schema: schema(policy, form) })
    }

    /// Makes what is left of accounts ready to be written.
    ///
    /// # Errors
    ///
    /// What cannot be written.
    pub(crate) fn ready(&self, left: &Left) -> Result<Ready, String> {
        let days = left.days().map(|day| day.map(Date32Type::from_naive_date));
        let mut arrays: Vec<ArrayRef> =
            vec![Arc::new(left.accounts().map(Some).collect::<StringArray>()), Arc::new(days.collect::<Date32Array>())];
        for (place, input) in inputs(self.policy).into_iter().enumerate() {
            arrays.push(column(self.policy, input, self.form, left.column(place)));
        }
        let columns = RecordBatch::try_new(self.schema.clone(), arrays).map_err(|error| error.to_string())?;
        Ready::of(self.form, &columns)
    }
}

impl<'p> StateFile<'p> {
    pub(crate) fn create(policy: &'p Policy, path: &Path) -> Result<Self, OutputError> {
        let form = StateForm::of(policy, path)?;
        let file = TableFile::create(path, form.form, &form.schema)?;
        Ok(Self { form, file })
    }

    /// How it is written, for those who make it ready elsewhere.
    pub(crate) const fn form(&self) -> &StateForm<'p> {
        &self.form
    }

    /// The name that the file will have.
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Adds what is left of accounts.
    pub(crate) fn write(&mut self, left: &Left) -> Result<(), OutputError> {
        let ready = self.form.ready(left).map_err(|error| OutputError::write(self.file.path(), error))?;
        self.file.write(&ready)
    }

    /// Adds what was made ready in its form.
    pub(crate) fn write_ready(&mut self, ready: &Ready) -> Result<(), OutputError> {
        self.file.write(ready)
    }

    /// Ends the file, still under its temporary name.
    pub(crate) fn finish(self) -> Result<Target, OutputError> {
        self.file.finish()
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
        Kind::Flag if form == Form::Parquet => DataType::Boolean,
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
            cells.for_each(|(cell, word)| {
                array.append_option(match word {
                    Some(word) => word.parse().ok(),
                    None if cell.is_never() => Some(NEVER),
                    None => cell.get(),
                });
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
                (None, Some(set)) if input.kind == Kind::Flag => array.append_value((set != 0).to_string()),
                (None, Some(number)) => array.append_value(show_fixed(number, digits)),
                (None, None) => array.append_null(),
            });
            Arc::new(array.finish())
        }
    }
}
