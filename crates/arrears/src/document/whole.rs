//! A document from its text.

use super::{Fault, Readable, Written};
use serde_json::Value;

/// Reads a document from its text: whole, or not at all.
///
/// ```
/// use arrears::document::{Fault, Fields, Readable, read_whole};
/// use serde_json::Value;
///
/// #[derive(Debug)]
/// struct Branch { city: String }
///
/// impl Readable for Branch {
///     const EXPECTED: &str = "a branch, as in {\"city\": \"Leeds\"}";
///     fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
///         let mut fields = Fields::of(value, path, problems)?;
///         let city = fields.required("city");
///         fields.finish();
///         Some(Self { city: city? })
///     }
/// }
///
/// let faults = read_whole::<Branch>(r#"{ "city": 1, "cty": "Leeds" }"#).unwrap_err();
/// assert_eq!(faults[0].to_string(), "city: found 1: expected a text");
/// assert_eq!(faults[1].to_string(), "cty: unknown field (did you mean `city`?): expected one of city");
/// ```
///
/// # Errors
///
/// Everything that is wrong with it, in the order of the document.
pub fn read_whole<T: Readable>(text: &str) -> Result<T, Vec<Fault>> {
    read_with(text, |document, problems| T::read(document, "", problems))
}

/// Reads a document whose meaning depends on something beside it, as [`read_whole`] does: `read` is given
/// the document's value, and reports what is wrong with it.
///
/// ```
/// use arrears::document::{Fields, read_with};
///
/// let most = 3;
/// let read = |text: &str| read_with(text, |document, problems| {
///     let mut fields = Fields::of(document, "", problems)?;
///     let calls: Option<u32> = fields.required("calls");
///     if let Some(calls) = calls.filter(|calls| *calls > most) {
///         fields.report("calls", format!("found {calls}: expected at most {most}"));
///     }
///     fields.finish();
///     calls
/// });
/// assert_eq!(read(r#"{ "calls": 2 }"#), Ok(2));
/// assert_eq!(read(r#"{ "calls": 4 }"#).unwrap_err()[0].to_string(), "calls: found 4: expected at most 3");
/// ```
///
/// # Errors
///
/// As [`read_whole`].
pub fn read_with<T>(text: &str, read: impl FnOnce(&Value, &mut Vec<Fault>) -> Option<T>) -> Result<T, Vec<Fault>> {
    let no_json = |error| vec![Fault::new("", format!("not a JSON document: {error}"))];
    let written = Written::read(text).map_err(no_json)?;
    let document = serde_json::from_str(text).map_err(no_json)?;
    let mut problems = written.repeated.clone();
    match read(&document, &mut problems) {
        Some(read) if problems.is_empty() => Ok(read),
        _ => Err(written.in_order(problems)),
    }
}
