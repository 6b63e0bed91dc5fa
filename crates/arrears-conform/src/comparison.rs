//! What was expected, against what was decided.

use serde::Serialize;
use serde_json::Value;

/// A key of `expect` with which the result does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Of what it was expected: for which day, and through which event of it; of which contact.
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
        self.agree(at, key, expected, got, T::eq)
    }

    /// Compares a key by another measure, if the case expects anything of it: of a list, what is
    /// expected must be among what was found.
    pub(crate) fn agree<E: Serialize, G: Serialize>(
        &mut self,
        at: &str,
        key: &'static str,
        expected: Option<&E>,
        got: &G,
        agrees: impl FnOnce(&E, &G) -> bool,
    ) -> Result<(), String> {
        let Some(expected) = expected else { return Ok(()) };
        self.compared += 1;
        if !agrees(expected, got) {
            let json = |value: Result<Value, serde_json::Error>| value.map_err(|error| error.to_string());
            let (expected, got) = (json(serde_json::to_value(expected))?, json(serde_json::to_value(got))?);
            self.differences.push(Difference { at: at.to_owned(), key, expected, got });
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
