//! From JSON to what is expected there, with the path of what is not.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

/// Reads a value that stands at `place`.
///
/// # Errors
///
/// The path, what was found and what was expected.
pub(crate) fn typed<T: DeserializeOwned>(place: &str, value: &Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = error.path().to_string();
        let path = match (place, inner.as_str()) {
            (_, ".") => place.to_owned(),
            ("", _) => inner,
            (_, inner) if inner.starts_with('[') => format!("{place}{inner}"),
            _ => format!("{place}.{inner}"),
        };
        let message = error.into_inner();
        if path.is_empty() { message.to_string() } else { format!("{path}: {message}") }
    })
}

/// A field that is there, though perhaps `null`: what is expected to be nothing is not the same
/// as nothing expected.
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
