//! A document from its text.

use super::{Fault, Readable, Written};

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
    let no_json = |error| vec![Fault::new("", format!("not a JSON document: {error}"))];
    let written = Written::read(text).map_err(no_json)?;
    let document = serde_json::from_str(text).map_err(no_json)?;
    let mut problems = written.repeated.clone();
    match T::read(&document, "", &mut problems) {
        Some(read) if problems.is_empty() => Ok(read),
        _ => Err(written.in_order(problems)),
    }
}
