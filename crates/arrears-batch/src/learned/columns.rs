//! The columns of a table of what was done.

use super::error::{LearnColumn, LearnError};
use crate::bind::ACCOUNT;
use crate::cell::{is_readable, type_name};
use crate::table::{PositionSet, Table};
use arrears::problem::nearest;

/// The day on which it was done.
pub(super) const ON: &str = "on";
/// Every column that is read; the first two must be there.
pub(super) const COLUMNS: [&str; 10] =
    [ACCOUNT, ON, "treatment", "done", "channel", "point", "outcome", "call_back_on", "amount", "due_on"];

/// Where the columns are.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    found: Vec<(&'static str, usize)>,
    positions: PositionSet,
}

impl Columns {
    /// The columns of a table.
    ///
    /// # Errors
    ///
    /// Columns that must be there and are not, that cannot be read, or whose names are
    /// close to one that is not there: a slip would leave results out in silence.
    pub(super) fn of(table: &Table) -> Result<Self, LearnError> {
        let schema = table.schema();
        let find = |name: &'static str| schema.column_with_name(name).map(|(position, field)| (name, position, field));
        let mut problems = Vec::new();
        for name in [ACCOUNT, ON] {
            if find(name).is_none() {
                let names = schema.fields().iter().map(|field| field.name().as_str());
                let near = nearest(name, names).map(str::to_owned);
                problems.push(LearnColumn::Absent { column: name, near });
            }
        }
        for field in schema.fields() {
            let mut absent = COLUMNS.into_iter().filter(|name| ![ACCOUNT, ON].contains(name) && find(name).is_none());
            let known = COLUMNS.contains(&field.name().as_str());
            if let Some(meant) = absent.find(|meant| !known && is_slip(field.name(), meant)) {
                problems.push(LearnColumn::Slip { column: field.name().clone(), meant });
            }
        }
        let found: Vec<_> = COLUMNS.into_iter().filter_map(find).collect();
        for (name, _, field) in &found {
            if !is_readable(field.data_type()) {
                problems.push(LearnColumn::Type { column: name, found: type_name(field.data_type()) });
            }
        }
        if !problems.is_empty() {
            return Err(LearnError::Columns { path: table.path().to_owned(), problems });
        }
        let positions = found.iter().map(|(_, position, _)| *position).collect();
        Ok(Self { found: found.into_iter().map(|(name, position, _)| (name, position)).collect(), positions })
    }

    pub(super) const fn positions(&self) -> &PositionSet {
        &self.positions
    }

    /// The place of a column among those that are read.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let (_, position) = self.found.iter().find(|(known, _)| *known == name)?;
        self.positions.place(*position)
    }
}

/// Whether a name is meant to be another: close to it, and begun like it. `account` is no
/// slip for `amount`.
pub(crate) fn is_slip(name: &str, meant: &str) -> bool {
    let name = name.to_lowercase();
    nearest(&name, [meant]).is_some() && name.chars().take(2).eq(meant.chars().take(2))
}
