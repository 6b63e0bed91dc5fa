//! Files by what they hold.

use arrears_batch::TableError;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

/// Bytes that are hashed at a time.
const PIECE: usize = 256 * 1024;

/// A file of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileRecord {
    /// What it was to the run: `accounts`, `contacts`, `payments`, `promises`, `holds`, `state`, `columns`, `pack` of files
    /// that were read; `decisions`, `errors`, `state` of files that were written.
    pub what: String,
    /// Its name, as the command was given it.
    pub path: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 over its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The length and the SHA-256 of a file, read in pieces: memory does not depend on how long it is.
///
/// ```
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("accounts.csv");
/// std::fs::write(&path, "abc")?;
/// let (bytes, sha256) = arrears_workbench::record::fingerprint(&path)?;
/// assert_eq!(bytes, 3);
/// assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`TableError::Open`] if it cannot be read.
pub fn fingerprint(path: &Path) -> Result<(u64, String), TableError> {
    let failed = |source| TableError::Open { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0_u64, vec![0; PIECE]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok((bytes, hexadecimal(&hash.finalize()))),
            Ok(read) => {
                hash.update(piece.get(..read).unwrap_or_default());
                bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(0));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error)),
        }
    }
}

/// SHA-256 over a text, in hexadecimal digits.
pub(crate) fn sha256(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl FileRecord {
    /// A file as it is now.
    ///
    /// # Errors
    ///
    /// As [`fingerprint`].
    pub(super) fn of(what: &str, path: &Path) -> Result<Self, TableError> {
        let (bytes, sha256) = fingerprint(path)?;
        Ok(Self { what: what.to_owned(), path: path.display().to_string(), bytes, sha256 })
    }

    /// What a file that stands in its place has of its own; none if it is this one.
    pub fn differs(&self, path: &Path) -> Option<String> {
        let called = format!("{} ({})", path.display(), self.what);
        match fingerprint(path) {
            Ok((_, sha256)) if sha256 == self.sha256 => None,
            Ok((bytes, sha256)) => Some(format!(
                "{called}: is not the file of the record: it has {bytes} bytes and SHA-256 {sha256}, the record says {} bytes \
                 and {}",
                self.bytes, self.sha256
            )),
            Err(error) => Some(format!("{error} (the record names it as {})", self.what)),
        }
    }
}
