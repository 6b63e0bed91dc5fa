//! Where the columns of a table are, and what is wrong with them.

use super::tables::{Column, Holds, MeasureTable};
use crate::cell::{accepts, is_readable, type_name};
use crate::events::EventTable;
use crate::learned::is_slip;
use crate::mapping::Mapping;
use crate::table::PositionSet;
use arrears::Kind;
use arrears::problem::nearest;
use arrow_schema::{DataType, Schema};

/// The columns of one table.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) table: MeasureTable,
    /// What messages call the table.
    pub(super) called: String,
    /// For each column, its position and its name in this table.
    found: Vec<(&'static str, Option<(usize, String)>)>,
    positions: PositionSet,
}

impl Layout {
    /// The columns of a table; everything that is wrong with them is added to the problems.
    pub(super) fn of(
        (table, schema, called): &(MeasureTable, Schema, String),
        mapping: &Mapping,
        problems: &mut Vec<String>,
    ) -> Self {
        let mut say = |problem: String| problems.push(format!("{called}: {problem}"));
        let mut found = Vec::new();
        for column in table.columns() {
            let (name, named) = name_of(*table, column.name, mapping);
            let place = name.and_then(|name| schema.column_with_name(name));
            match (place, name) {
                (Some((_, field)), _) => {
                    refused(column, field.name(), field.data_type()).into_iter().for_each(&mut say);
                }
                (None, Some(name)) if named => say(format!(
                    "`{}` is to be read from column `{name}`, which the table does not have{}",
                    column.name,
                    meant(schema, name)
                )),
                (None, _) if column.required => {
                    say(format!("column `{}` is absent: {}{}", column.name, column.doc, meant(schema, column.name)));
                }
                (None, _) => {}
            }
            found.push((column.name, place.map(|(position, field)| (position, field.name().clone()))));
        }
        for field in schema.fields() {
            let name = field.name().as_str();
            let is_read = found.iter().any(|(_, place)| place.as_ref().is_some_and(|(_, read)| read == name));
            let mut absent = table.columns().iter().filter(|column| {
                let asked = name_of(*table, column.name, mapping).0.is_some();
                asked && found.iter().any(|(known, place)| *known == column.name && place.is_none())
            });
            if let Some(column) = absent.find(|column| !is_read && !column.required && is_slip(name, column.name)) {
                say(format!(
                    "column `{name}` is not read; `{}` may be meant ({}): rename it, or name it in the mapping",
                    column.name, column.doc
                ));
            }
        }
        let positions = found.iter().filter_map(|(_, place)| place.as_ref().map(|(position, _)| *position)).collect();
        Self { table: *table, called: called.clone(), found, positions }
    }

    /// Whether the table has a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.found.iter().any(|(name, place)| *name == column && place.is_some())
    }

    /// Every position that is read.
    pub(super) const fn positions(&self) -> &PositionSet {
        &self.positions
    }

    /// The place of a column among those that are read.
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        let (_, place) = self.found.iter().find(|(name, _)| *name == column)?;
        self.positions.place(place.as_ref()?.0)
    }

    /// What the table calls a column.
    pub(super) fn called(&self, column: &'static str) -> &str {
        let found = self.found.iter().find(|(name, _)| *name == column);
        found.and_then(|(_, place)| place.as_ref()).map_or(column, |(_, name)| name.as_str())
    }
}

/// What the mapping calls a column, none if it says that there is none; and whether it names it.
fn name_of<'a>(table: MeasureTable, column: &'static str, mapping: &'a Mapping) -> (Option<&'a str>, bool) {
    match table {
        MeasureTable::Panel => (mapping.column(column), mapping.names(column)),
        MeasureTable::Contacts | MeasureTable::Promises => match mapping.event_column(table.word(), column) {
            Some(name) => (Some(name), true),
            None => (Some(column), false),
        },
        MeasureTable::Decisions => (Some(column), false),
    }
}

/// What a mapping names that neither a panel nor a table of accounts has.
pub(super) fn unknown_names(mapping: &Mapping, problems: &mut Vec<String>) {
    let columns = MeasureTable::Panel.columns();
    for (section, name) in mapping.mentioned() {
        let known = columns.iter().any(|column| column.name == name) || arrears::table::find(name).is_some();
        if section == "columns" && !known {
            let near = nearest(name, columns.iter().map(|column| column.name));
            let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            problems.push(format!("the mapping names `{name}`, which is no column of a panel{near}"));
        }
    }
    for (section, name) in mapping.event_columns() {
        let known = EventTable::from_word(section).map(EventTable::column_names).unwrap_or_default();
        if name != "covers" && !known.contains(&name) {
            let near = nearest(name, known.iter().copied());
            let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            problems.push(format!("the mapping names `{section}.{name}`, which is no column of such a table{near}"));
        }
    }
}

/// Why a column of that type cannot hold what it should; none if it can.
fn refused(column: &Column, name: &str, data_type: &DataType) -> Option<String> {
    let held = match data_type {
        DataType::Dictionary(_, values) => values.as_ref(),
        plain => plain,
    };
    let say = |wanted: &str, fix: &str| {
        Some(format!("column `{name}` holds {}, but must hold {wanted}: {fix}", type_name(data_type)))
    };
    let text = matches!(held, DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let kind = match column.holds {
        Holds::Day => {
            let dated = matches!(held, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..));
            return if text || dated { None } else { say("dates", "cast the column to a date or a timestamp") };
        }
        Holds::Name => {
            let fits = accepts(Kind::Category, data_type).is_ok() && is_readable(data_type);
            return if fits { None } else { say("text or whole numbers", "cast the column to text") };
        }
        Holds::Word => return if text { None } else { say("words", "cast the column to text") },
        Holds::Flag => Kind::Flag,
        Holds::Amount => Kind::Money,
        Holds::Days => Kind::Days,
    };
    accepts(kind, data_type).err().and_then(|refused| say(refused.wanted, refused.fix))
}

fn meant(schema: &Schema, name: &str) -> String {
    let names = schema.fields().iter().map(|field| field.name().as_str());
    nearest(name, names).map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default()
}
