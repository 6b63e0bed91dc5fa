//! Writing a state table.

use super::left::{Left, Said};
use super::{DECIDED_ON, POLICY};
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
    policies: Vec<&'p Policy>,
    /// Whether it tells under which policy each account was decided.
    owners: bool,
    columns: Vec<Column<'p>>,
    form: Form,
    schema: SchemaRef,
}

/// A fact that some policies keep.
#[derive(Clone, Debug)]
struct Column<'p> {
    name: &'p str,
    data_type: DataType,
    /// The fact as each policy has it, with the decimals of its currency; none where it keeps no such fact.
    inputs: Vec<Option<(&'p Input, u32)>>,
    /// Where it stands among what each policy keeps.
    places: Vec<Option<usize>>,
}

/// The columns of the state that decisions under a policy leave, as whoever takes it gets it.
pub fn state_schema(policy: &Policy) -> SchemaRef {
    StateForm::columns_of(&[policy], false).schema
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
    fn of(policies: &[&'p Policy], owners: bool, path: &Path) -> Result<Self, OutputError> {
        Ok(Self::with(policies, owners, form_of(path)?))
    }

    /// As columns, for who takes them.
    pub(crate) fn columns_of(policies: &[&'p Policy], owners: bool) -> Self {
        Self::with(policies, owners, Form::Parquet)
    }

    fn with(policies: &[&'p Policy], owners: bool, form: Form) -> Self {
        let columns = columns(policies, form);
        let mut fields =
            vec![Field::new(ACCOUNT, DataType::Utf8, false), Field::new(DECIDED_ON, DataType::Date32, true)];
        if owners {
            fields.push(Field::new(POLICY, DataType::Utf8, true));
        }
        fields.extend(columns.iter().map(|column| Field::new(column.name, column.data_type.clone(), true)));
        Self { policies: policies.to_vec(), owners, columns, form, schema: Arc::new(Schema::new(fields)) }
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
        if self.owners {
            let name = |position: usize| self.policies.get(position).map(|policy| policy.head().name.as_str());
            let owners = left.owners().map(|owner| owner.map_or_else(|name| name, name));
            arrays.push(Arc::new(owners.collect::<StringArray>()));
        }
        arrays.extend(self.columns.iter().map(|column| column.array(left)));
        let columns = RecordBatch::try_new(self.schema.clone(), arrays).map_err(|error| error.to_string())?;
        Ready::of(self.form, &columns)
    }
}

impl<'p> StateFile<'p> {
    /// Of some policies; a shared one has a column that tells under which of them each account was decided.
    pub(crate) fn create((policies, shared): (&[&'p Policy], bool), path: &Path) -> Result<Self, OutputError> {
        let form = StateForm::of(policies, shared, path)?;
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

/// Every fact that some policy keeps, in the order in which it is met first.
fn columns<'p>(policies: &[&'p Policy], form: Form) -> Vec<Column<'p>> {
    let mut columns: Vec<Column<'p>> = Vec::new();
    for (position, policy) in policies.iter().enumerate() {
        let digits = policy.head().currency.digits();
        for (place, fact) in policy.state_facts().iter().enumerate() {
            let Some(input) = policy.input(*fact) else { continue };
            let data_type = data_type(input, form);
            let known = columns.iter().position(|column| column.name == input.name);
            let known = known.unwrap_or_else(|| {
                let none = vec![None; policies.len()];
                let (inputs, places) = (vec![None; policies.len()], none);
                columns.push(Column { name: &input.name, data_type: data_type.clone(), inputs, places });
                columns.len() - 1
            });
            let Some(column) = columns.get_mut(known) else { continue };
            if column.data_type != data_type {
                // The policies measure different things under one name: texts hold all of them.
                column.data_type = DataType::Utf8;
            }
            if let (Some(at), Some(in_policy)) = (column.inputs.get_mut(position), column.places.get_mut(position)) {
                (*at, *in_policy) = (Some((input, digits)), Some(place));
            }
        }
    }
    columns
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

impl Column<'_> {
    /// Its cells for some accounts. What no policy keeps that had to do with an account is as it is before the first
    /// decision.
    fn array(&self, left: &Left) -> ArrayRef {
        let first = self.inputs.iter().position(Option::is_some).unwrap_or(0);
        let of = |policy: usize| self.inputs.get(policy).copied().flatten();
        let absent =
            Said { policy: first, cell: of(first).map_or(Cell::UNKNOWN, |(input, _)| input.absent()), word: None };
        let cells = left.column(&self.places).map(|said| said.unwrap_or(absent));
        match self.data_type {
            DataType::Boolean => {
                let mut array = BooleanBuilder::new();
                cells.for_each(|said| array.append_option(said.cell.get().map(|set| set != 0)));
                Arc::new(array.finish())
            }
            DataType::Int64 => {
                let mut array = Int64Builder::new();
                cells.for_each(|Said { cell, word, .. }| {
                    array.append_option(match word {
                        Some(word) => word.parse().ok(),
                        None if cell.is_never() => Some(NEVER),
                        None => cell.get(),
                    });
                });
                Arc::new(array.finish())
            }
            _ => {
                let mut array = StringBuilder::new();
                cells.for_each(|said| append(&mut array, said, of(said.policy)));
                Arc::new(array.finish())
            }
        }
    }
}

/// Appends a cell as a text.
fn append(array: &mut StringBuilder, Said { cell, word, .. }: Said<'_>, of: Option<(&Input, u32)>) {
    let Some((input, digits)) = of else { return array.append_null() };
    match (word, cell.get()) {
        (Some(word), _) => array.append_value(word),
        (None, _) if cell.is_never() => array.append_value("never"),
        (None, _) if input.kind == Kind::Category => array.append_option(input.word_of(cell)),
        (None, Some(set)) if input.kind == Kind::Flag => array.append_value(if set == 0 { "false" } else { "true" }),
        (None, Some(number)) => array.append_value(show_fixed(number, input.kind.decimals(digits))),
        (None, None) => array.append_null(),
    }
}
