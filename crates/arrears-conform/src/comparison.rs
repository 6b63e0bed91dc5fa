//! What was expected of a day, against what was decided.

use serde::Serialize;
use serde_json::Value;

/// A key of `expect` with which the result does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// For which day, and through which event of it.
    pub at: String,
    /// The key.
    pub key: &'static str,
    /// What the case expects.
    pub expected: Value,
    /// What was decided.
    pub got: Value,
}

/// The comparison of one case.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    compared: usize,
    differences: Vec<Difference>,
}

impl Comparison {
    /// Compares a key, if the case expects anything of it.
    pub(crate) fn same<T: PartialEq + Serialize>(
        &mut self,
        at: &str,
        key: &'static str,
        expected: Option<&T>,
        got: &T,
    ) -> Result<(), String> {
        let Some(expected) = expected else { return Ok(()) };
        self.compared += 1;
        if expected != got {
            let json = |value: &T| serde_json::to_value(value).map_err(|error| error.to_string());
            self.differences.push(Difference { at: at.to_owned(), key, expected: json(expected)?, got: json(got)? });
        }
        Ok(())
    }

    /// The differences.
    ///
    /// # Errors
    ///
    /// That nothing was compared: such a case says nothing, and does not pass.
    pub(crate) fn finish(self) -> Result<Vec<Difference>, String> {
        if self.compared == 0 {
            return Err("expect: nothing is expected, so nothing can be compared".to_owned());
        }
        Ok(self.differences)
    }
}
