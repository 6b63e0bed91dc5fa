//! What became of the cases.

use super::Difference;
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// What became of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The file, as the caller named it.
    pub file: String,
    /// The case; its place in the file where it has no id.
    pub id: String,
    /// The rule that it mainly tests; empty where it names none.
    pub rule: String,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Every key of `expect` agrees.
    Passed,
    /// Some do not.
    Failed {
        /// Those that do not.
        differences: Vec<Difference>,
    },
    /// The case could not be decided: it fails.
    Undecided {
        /// What it expects.
        expected: Value,
        /// Why not, with the place in the file where one is at fault.
        why: String,
    },
}

/// What became of every case of some files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Every case, in the order of the files.
    pub verdicts: Vec<Verdict>,
    /// Rules that bind nobody by default, because their text was not verified, and that were
    /// enabled for these cases. None where no case is judged under a law.
    pub unverified: Vec<String>,
}

impl Verdict {
    /// Whether the case passed.
    pub const fn passed(&self) -> bool {
        matches!(self.outcome, Outcome::Passed)
    }
}

impl Report {
    /// How many cases passed.
    pub fn passed(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.passed()).count()
    }

    /// How many did not.
    pub fn failed(&self) -> usize {
        self.verdicts.len() - self.passed()
    }
}

/// One line: the id, the rule, what was expected, what was found.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}  ", one_line(&self.id), one_line(&self.rule))?;
        match &self.outcome {
            Outcome::Passed => f.write_str("passed"),
            Outcome::Undecided { expected, why } => write!(f, "expected: {expected}  got: {}", one_line(why)),
            Outcome::Failed { differences } => {
                f.write_str("expected:")?;
                let mut before = "";
                for difference in differences {
                    before = value(f, before, difference, &difference.expected)?;
                }
                f.write_str("  got:")?;
                let mut before = "";
                for difference in differences {
                    before = value(f, before, difference, &difference.got)?;
                }
                Ok(())
            }
        }
    }
}

/// Writes a value, with its day where the one before it was of another. Says of which day it was.
fn value<'a>(
    f: &mut fmt::Formatter<'_>,
    before: &str,
    difference: &'a Difference,
    value: &Value,
) -> Result<&'a str, fmt::Error> {
    match before {
        "" => write!(f, " {}", difference.at)?,
        day if day != difference.at => write!(f, "; {}", difference.at)?,
        _ => f.write_str(",")?,
    }
    write!(f, " {} {value}", difference.key)?;
    Ok(&difference.at)
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// How many unverified rules were enabled, if any were; the cases that failed, each on a line of
/// its own; and then how many passed and failed.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.unverified.is_empty() {
            writeln!(f, "unverified rules are enabled: {}", self.unverified.len())?;
        }
        for verdict in self.verdicts.iter().filter(|verdict| !verdict.passed()) {
            writeln!(f, "{verdict}")?;
        }
        writeln!(f, "{} passed, {} failed", self.passed(), self.failed())
    }
}
