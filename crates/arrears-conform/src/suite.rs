//! Files of the suite.

use crate::strict::Strict;
use crate::typed::typed;
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// The `format` of the files that are read.
pub const FORMAT: &str = "arrears-conformance/1";

/// A suite file: cases of one kind. Each case is read when it is judged, so that one that cannot
/// be read fails alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Suite {
    /// The file, as the caller named it.
    pub name: String,
    /// The kind of its cases.
    pub kind: String,
    /// Whose law its cases are about; none for conventions that are nobody's law.
    pub jurisdiction: Option<String>,
    pub(crate) cases: Vec<Value>,
}

/// Why a file is no suite file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct Unreadable {
    /// The file, as the caller named it.
    pub file: String,
    /// What is wrong, and where.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    kind: String,
    jurisdiction: Option<String>,
    #[serde(rename = "about")]
    _about: String,
    cases: Vec<Value>,
}

/// Reads the text of a suite file.
///
/// # Errors
///
/// [`Unreadable`] if it is no JSON, a field stands twice in one object, it is of another format,
/// or something stands beside the cases that does not belong there.
pub fn read(name: &str, text: &str) -> Result<Suite, Unreadable> {
    let unreadable = |message: String| Unreadable { file: name.to_owned(), message };
    let Strict(value) = serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
    if let Some(other) = value.get("format").and_then(Value::as_str).filter(|format| *format != FORMAT) {
        return Err(unreadable(format!("format: found `{other}`, expected `{FORMAT}`")));
    }
    let file: File = typed("", &value).map_err(unreadable)?;
    if file.format != FORMAT || file.cases.is_empty() {
        return Err(unreadable("cases: the list is empty, expected at least one case".to_owned()));
    }
    Ok(Suite { name: name.to_owned(), kind: file.kind, jurisdiction: file.jurisdiction, cases: file.cases })
}

/// Opens and reads a suite file.
///
/// # Errors
///
/// [`Unreadable`] if it cannot be opened, or as [`read`].
pub fn open(path: &Path) -> Result<Suite, Unreadable> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => read(&name, &text),
        Err(error) => Err(Unreadable { file: name, message: error.to_string() }),
    }
}
