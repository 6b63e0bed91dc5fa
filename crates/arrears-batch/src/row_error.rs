//! What is wrong with one row of a table.

use serde::Serialize;
use std::fmt;

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The column as the table calls it; none if the row as a whole is at fault.
    pub column: Option<String>,
    /// What stands there; none if nothing does.
    pub found: Option<String>,
    /// What is wrong, in words that follow on from what was found.
    pub problem: String,
}

impl Fault {
    /// Something wrong with a row as a whole.
    pub fn of_row(problem: impl Into<String>) -> Self {
        Self { column: None, found: None, problem: problem.into() }
    }

    /// Something wrong with a column of a row.
    pub fn of_column(column: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { column: Some(column.into()), found: None, problem: problem.into() }
    }

    /// Something wrong with what stands in a cell.
    pub fn of_cell(column: impl Into<String>, found: impl fmt::Display, problem: impl Into<String>) -> Self {
        Self { column: Some(column.into()), found: Some(shortened(&found.to_string())), problem: problem.into() }
    }
}

/// The longest cell that a message quotes in full, in characters.
const LONGEST: usize = 60;

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST).collect();
    short.push('…');
    short
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(column) = &self.column {
            write!(f, "column `{column}`: ")?;
        }
        match &self.found {
            Some(found) => write!(f, "`{found}` {}", self.problem),
            None => f.write_str(&self.problem),
        }
    }
}

/// A row that is not decided, and why.
///
/// Rows count from 1 for the first account; in a CSV file the line counts from 1 for the
/// header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// The row's number.
    pub row: u64,
    /// The line of the file on which the row begins, for CSV.
    pub line: Option<u64>,
    /// The account, if the row names one.
    pub account_id: Option<String>,
    /// Everything that is wrong with the row.
    pub faults: Vec<Fault>,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        }
        if let Some(account) = &self.account_id {
            write!(f, ", account {account}")?;
        }
        for (position, fault) in self.faults.iter().enumerate() {
            write!(f, "{} {fault}", if position == 0 { "," } else { ";" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_error_names_row_line_account_column_and_what_stands_there() {
        let error = RowError {
            row: 3,
            line: Some(4),
            account_id: Some("C-17".to_owned()),
            faults: vec![
                Fault::of_cell("dpd", -3, "is below zero: `dpd` counts from zero"),
                Fault::of_cell("deceased", "perhaps", "is neither true nor false"),
            ],
        };
        assert_eq!(
            error.to_string(),
            "row 3 (line 4), account C-17, column `dpd`: `-3` is below zero: `dpd` counts from \
             zero; column `deceased`: `perhaps` is neither true nor false"
        );
    }

    #[test]
    fn a_very_long_cell_is_not_quoted_in_full() {
        let fault = Fault::of_cell("dpd", "9".repeat(500), "is too large");
        assert!(fault.to_string().chars().count() < 100);
    }
}
