//! What keeps a table from being decided under a policy, all of it at once.

use std::fmt;

/// Everything that is wrong with the columns of a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SchemaProblems {
    /// The table.
    pub table: String,
    /// The policy.
    pub policy: String,
    /// The problems: columns that are absent, columns of a wrong type, the mapping's own.
    pub problems: Vec<ColumnProblem>,
}

impl fmt::Display for SchemaProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be decided under `{}`:", self.table, self.policy)?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        let absent = |problem: &ColumnProblem| matches!(problem, ColumnProblem::Absent { .. });
        if self.problems.iter().any(absent) {
            f.write_str(
                "\n  add absent columns to the table, name the columns that hold them in a mapping file, \
                 or let the policy `assume` what may be taken as known",
            )?;
        }
        Ok(())
    }
}

/// One thing that is wrong with the columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnProblem {
    /// A fact that the policy reads has no column, and nothing says what to take for it.
    Absent {
        /// The fact, which is the name of its column.
        fact: String,
        /// What it means.
        doc: String,
        /// Columns of the table with close names.
        near: Vec<String>,
    },
    /// A column holds something else than the fact is.
    WrongType {
        /// The column.
        column: String,
        /// The fact.
        fact: String,
        /// What the column holds.
        found: String,
        /// What it should hold.
        wanted: String,
        /// How to mend it.
        fix: String,
    },
    /// The mapping names a column that the table does not have.
    NoSuchColumn {
        /// The fact.
        fact: String,
        /// The column that the mapping names.
        column: String,
        /// The column that was probably meant.
        near: Option<String>,
    },
    /// The mapping names a fact that does not exist.
    NoSuchFact {
        /// The section of the mapping.
        section: &'static str,
        /// The name.
        fact: String,
        /// The fact that was probably meant.
        near: Option<String>,
    },
    /// The mapping gives values for *never* to a fact that always has a value.
    NeverNever {
        /// The fact.
        fact: String,
    },
    /// Something is wrong with the columns of a table of events.
    OfEvents {
        /// The table of events.
        table: String,
        /// What is wrong.
        problem: String,
    },
    /// A fact has no column, and the tables of events that are there do not tell it.
    NotTold {
        /// The fact, which is the name of its column.
        fact: String,
        /// What it means.
        doc: String,
        /// Why they do not.
        why: String,
    },
    /// A fact of the last decision stands both in the table and in the state.
    InTableAndState {
        /// The fact.
        fact: String,
        /// The column of the table.
        column: String,
    },
}

fn meant(near: Option<&String>) -> String {
    near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default()
}

impl fmt::Display for ColumnProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent { fact, doc, near } => {
                write!(f, "column `{fact}` is absent: {doc}")?;
                if near.is_empty() {
                    return Ok(());
                }
                let quoted: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
                write!(f, " (the table has {})", quoted.join(", "))
            }
            Self::WrongType { column, fact, found, wanted, fix } => {
                write!(f, "column `{column}` holds {found}, ")?;
                if column == fact {
                    write!(f, "but must hold {wanted}: {fix}")
                } else {
                    write!(f, "but `{fact}` needs {wanted}: {fix}")
                }
            }
            Self::NoSuchColumn { fact, column, near } => write!(
                f,
                "the mapping reads `{fact}` from column `{column}`, which the table does not have{}",
                meant(near.as_ref())
            ),
            Self::NoSuchFact { section, fact, near } => {
                write!(f, "the mapping names `{fact}` under `{section}`, which is no fact{}", meant(near.as_ref()))
            }
            Self::NeverNever { fact } => {
                write!(f, "the mapping gives a value for never to `{fact}`, which always has a value")
            }
            Self::OfEvents { table, problem } => write!(f, "{table}: {problem}"),
            Self::NotTold { fact, doc, why } => write!(f, "column `{fact}` is absent, and {why}: {doc}"),
            Self::InTableAndState { fact, column } => write!(
                f,
                "column `{column}` is in the table and in the state: take it out of the table, or write \
                 `{fact} = false` under `columns` in the mapping"
            ),
        }
    }
}
