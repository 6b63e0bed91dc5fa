//! Where the columns of a table of events are, and what is wrong with them.

use super::kind::{Column, EventTable, Holds};
use crate::bind::ColumnProblem;
use crate::cell::{accepts, is_readable, type_name};
use crate::learned::is_slip;
use crate::mapping::Mapping;
use crate::table::PositionSet;
use arrears::Kind;
use arrears::problem::nearest;
use arrow_schema::{DataType, Schema};

/// The columns of one table of events.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) table: EventTable,
    /// What messages call the table.
    pub(super) called: String,
    /// For each column of the kind of table, its position and its name in this one.
    found: Vec<(&'static str, Option<(usize, String)>)>,
    positions: PositionSet,
}

impl Layout {
    /// The columns of a table, and everything that is wrong with them.
    pub(super) fn of(
        table: EventTable,
        schema: &Schema,
        called: &str,
        mapping: &Mapping,
    ) -> (Self, Vec<ColumnProblem>) {
        let mut problems = Vec::new();
        let problem = |message: String| ColumnProblem::OfEvents { table: called.to_owned(), problem: message };
        let mut found = Vec::new();
        for column in table.columns() {
            let (name, named) = match mapping.event_column(table.word(), column.name) {
                Some(named) => (named, true),
                None => (column.name, false),
            };
            let place = schema.column_with_name(name);
            match place {
                Some((_, field)) => problems.extend(refused(column, name, field.data_type()).map(&problem)),
                None if named => {
                    let names = schema.fields().iter().map(|field| field.name().as_str());
                    let near = meant(nearest(name, names));
                    let section = table.word();
                    problems.push(problem(format!(
                        "the mapping reads `{section}.{}` from column `{name}`, which the table does not have{near}",
                        column.name
                    )));
                }
                None if column.required => {
                    let names = schema.fields().iter().map(|field| field.name().as_str());
                    let near = meant(nearest(name, names));
                    problems.push(problem(format!("column `{name}` is absent: {}{near}", column.doc)));
                }
                None => {}
            }
            found.push((column.name, place.map(|(position, field)| (position, field.name().clone()))));
        }
        for field in schema.fields() {
            let name = field.name().as_str();
            let is_read = found.iter().any(|(_, place)| place.as_ref().is_some_and(|(_, read)| read == name));
            let mut left_out = table.columns().iter().filter(|column| {
                !column.required && found.iter().any(|(known, place)| *known == column.name && place.is_none())
            });
            if let Some(column) = left_out.find(|column| !is_read && is_slip(name, column.name)) {
                let section = table.word();
                problems.push(problem(format!(
                    "column `{name}` is not read; `{}` may be meant ({}): rename it, or name it under `{section}` in \
                     the mapping",
                    column.name, column.doc
                )));
            }
        }
        let positions = found.iter().filter_map(|(_, place)| place.as_ref().map(|(position, _)| *position)).collect();
        (Self { table, called: called.to_owned(), found, positions }, problems)
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

/// Why a column of that type cannot hold what it should; none if it can.
fn refused(column: &Column, name: &str, data_type: &DataType) -> Option<String> {
    let held = match data_type {
        DataType::Dictionary(_, values) => values.as_ref(),
        plain => plain,
    };
    let say = |wanted: &str, fix: &str| {
        let found = type_name(data_type);
        Some(format!("column `{name}` holds {found}, but must hold {wanted}: {fix}"))
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
        Holds::Number => Kind::Count,
    };
    accepts(kind, data_type).err().and_then(|refused| say(refused.wanted, refused.fix))
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default()
}
