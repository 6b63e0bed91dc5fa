//! Which column of a table holds which fact, where their names differ.

mod close;
mod error;
mod propose;

pub(crate) use close::close_names;
pub use error::MappingError;
pub use propose::propose_mapping;

use crate::events::EventTable;
use arrears::problem::nearest;
use std::collections::BTreeMap;
use std::path::Path;

/// Which column holds which fact, and which values mean *never*.
///
/// A fact that is not mentioned is read from the column of its own name.
///
/// ```
/// use arrears_batch::Mapping;
/// let text = "[columns]\ndpd = \"days_late\"\n[never]\ndays_since_payment = -1\n";
/// let mapping = Mapping::parse(text, "loans.toml")?;
/// assert_eq!(mapping.column("dpd"), Some("days_late"));
/// assert_eq!(mapping.column("overdue"), Some("overdue"));
/// assert_eq!(mapping.never("days_since_payment"), ["-1"]);
/// # Ok::<(), arrears_batch::MappingError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: BTreeMap<String, Option<String>>,
    never: BTreeMap<String, Vec<String>>,
    /// Columns of tables of events, by section and by their own names.
    events: BTreeMap<(&'static str, String), String>,
    covers: Option<Vec<String>>,
}

const SECTIONS: [&str; 6] = ["columns", "never", "contacts", "payments", "promises", "holds"];

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    ///
    /// [`MappingError`] if the file cannot be read or does not have the form of a mapping.
    /// Whether its facts and columns exist is found when it is used.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, MappingError> {
        let path = path.as_ref();
        let text =
            std::fs::read_to_string(path).map_err(|source| MappingError::Open { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a mapping file; `path` is what errors call it.
    ///
    /// # Errors
    ///
    /// As [`Mapping::read`].
    pub fn parse(text: &str, path: impl AsRef<Path>) -> Result<Self, MappingError> {
        let path = path.as_ref();
        let file: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            MappingError::Syntax {
                path: path.to_owned(),
                line: before.map_or(1, |before| before.matches('\n').count() + 1),
                problem: error.message().to_owned(),
            }
        })?;
        let mut mapping = Self::default();
        for (section, entries) in &file {
            if !SECTIONS.contains(&section.as_str()) {
                return Err(MappingError::Section {
                    path: path.to_owned(),
                    section: section.clone(),
                    help: section_help(section),
                });
            }
            let wrong = |entry: &str, expected| MappingError::Entry {
                path: path.to_owned(),
                entry: entry.to_owned(),
                expected,
            };
            let entries = entries
                .as_table()
                .ok_or_else(|| wrong(section, "a section: write it between brackets on a line of its own"))?;
            for (fact, value) in entries {
                let entry = format!("{section}.{fact}");
                if section == "columns" {
                    let column = column(value).ok_or_else(|| {
                        wrong(&entry, "the name of a column in quotes, or false for a fact without one")
                    })?;
                    mapping.columns.insert(fact.clone(), column);
                } else if let Some(table) = EventTable::from_word(section) {
                    mapping.event_entry(table, fact, value).map_err(|expected| wrong(&entry, expected))?;
                } else {
                    let values = never_values(value)
                        .ok_or_else(|| wrong(&entry, "a whole number, a text, or a list of them"))?;
                    mapping.never.insert(fact.clone(), values);
                }
            }
        }
        Ok(mapping)
    }

    /// Reads a fact from a column of another name.
    #[must_use]
    pub fn with(mut self, fact: impl Into<String>, column: impl Into<String>) -> Self {
        self.columns.insert(fact.into(), Some(column.into()));
        self
    }

    /// The column that holds the fact; none if the mapping says that the table has none.
    pub fn column<'a>(&'a self, fact: &'a str) -> Option<&'a str> {
        match self.columns.get(fact) {
            Some(column) => column.as_deref(),
            None => Some(fact),
        }
    }

    /// Whether the mapping names a column for the fact.
    pub fn names(&self, fact: &str) -> bool {
        matches!(self.columns.get(fact), Some(Some(_)))
    }

    /// Values that mean *never* for the fact, besides the word and 999999.
    pub fn never(&self, fact: &str) -> &[String] {
        self.never.get(fact).map_or(&[], Vec::as_slice)
    }

    fn event_entry(&mut self, table: EventTable, entry: &str, value: &toml::Value) -> Result<(), &'static str> {
        if table == EventTable::Holds && entry == "covers" {
            let names = value.as_array().and_then(|names| {
                names.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            });
            self.covers = Some(names.ok_or("a list of protections, as in [\"dispute\", \"bankrupt\"]")?);
            return Ok(());
        }
        let column = value.as_str().ok_or("the name of a column in quotes")?;
        self.events.insert((table.word(), entry.to_owned()), column.to_owned());
        Ok(())
    }

    /// The column that the mapping names for a column of a table of events.
    pub(crate) fn event_column(&self, table: &'static str, column: &str) -> Option<&str> {
        self.events.get(&(table, column.to_owned())).map(String::as_str)
    }

    /// Every column of tables of events that is mentioned, with its section.
    pub(crate) fn event_columns(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.events.keys().map(|(section, column)| (*section, column.as_str()))
    }

    /// The protections that the table of holds records; none if the mapping does not say which.
    pub(crate) fn covers(&self) -> Option<&[String]> {
        self.covers.as_deref()
    }

    /// The mapping without the facts that are somebody else's: one mapping serves several policies.
    pub(crate) fn without(&self, others: impl Fn(&str) -> bool) -> Self {
        let mut mapping = self.clone();
        mapping.columns.retain(|fact, _| !others(fact));
        mapping.never.retain(|fact, _| !others(fact));
        mapping
    }

    /// Every fact that is mentioned, with its section.
    pub(crate) fn mentioned(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let columns = self.columns.keys().map(|fact| ("columns", fact.as_str()));
        let never = self.never.keys().map(|fact| ("never", fact.as_str()));
        columns.chain(never)
    }
}

fn section_help(section: &str) -> String {
    if section == "assume" {
        return "write what may be assumed into the policy, with its reason".to_owned();
    }
    match nearest(section, SECTIONS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("a mapping has the sections {}", SECTIONS.join(", ")),
    }
}

fn column(value: &toml::Value) -> Option<Option<String>> {
    match value {
        toml::Value::String(name) => Some(Some(name.clone())),
        toml::Value::Boolean(false) => Some(None),
        _ => None,
    }
}

fn never_values(value: &toml::Value) -> Option<Vec<String>> {
    match value {
        toml::Value::Array(values) => values.iter().map(never_value).collect(),
        one => never_value(one).map(|value| vec![value]),
    }
}

fn never_value(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::String(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Mapping::parse(text, "map.toml").unwrap_err().to_string()
    }

    #[test]
    fn a_fact_may_be_told_to_have_no_column() {
        let mapping = Mapping::parse("[columns]\nprevious_stage = false\n", "map.toml").unwrap();
        assert_eq!(mapping.column("previous_stage"), None);
        assert!(!mapping.names("previous_stage"));
    }

    #[test]
    fn several_values_may_mean_never() {
        let mapping = Mapping::parse("[never]\ndays_since_rpc = [-1, \"none\"]\n", "map.toml").unwrap();
        assert_eq!(mapping.never("days_since_rpc"), ["-1", "none"]);
    }

    #[test]
    fn a_misspelt_section_is_named_with_the_one_that_was_meant() {
        assert_eq!(error("[column]\ndpd = \"d\"\n"), "map.toml: unknown section `column`: did you mean `columns`?");
    }

    #[test]
    fn what_may_be_assumed_belongs_into_the_policy() {
        assert_eq!(
            error("[assume]\ndeceased = false\n"),
            "map.toml: unknown section `assume`: write what may be assumed into the policy, with its reason"
        );
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        assert!(error("[columns]\ndpd = \"a\"\noverdue = \n").starts_with("map.toml: line 3: "));
    }

    #[test]
    fn an_entry_that_is_no_column_name_is_refused() {
        assert_eq!(
            error("[columns]\ndpd = 3\n"),
            "map.toml: `columns.dpd` must be the name of a column in quotes, or false for a fact without one"
        );
    }
}
