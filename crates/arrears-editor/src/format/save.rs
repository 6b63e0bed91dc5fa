//! A file that is laid out takes its place at once, or not at all.

use std::io::{self, Write as _};
use std::path::Path;
use tempfile::NamedTempFile;

/// Puts a text into the place of a file: written beside it first, with the same permissions, then renamed.
/// A link is followed.
///
/// # Errors
///
/// What the system says; the file is as it was then.
pub fn replace_file(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = NamedTempFile::with_prefix_in(".arrears-", folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().set_permissions(path.metadata()?.permissions())?;
    beside.as_file().sync_all()?;
    beside.persist(&path).map(drop).map_err(|error| error.error)
}
