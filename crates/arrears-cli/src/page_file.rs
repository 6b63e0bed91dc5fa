//! A page that a command makes: to stdout, or into a file that is none of those just read.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::screen;
use std::path::{Path, PathBuf};

/// Writes a page to a file, else to stdout.
pub(crate) fn write(out: Option<&Path>, page: &str, read: &[&PathBuf]) -> Result<(), Failure> {
    let Some(out) = out else { return Ok(screen::out(page)?) };
    is_free(out, read)?;
    Ok(arrears_batch::write_text(out, page)?)
}

/// A page does not take the place of a file that was read.
fn is_free(out: &Path, read: &[&PathBuf]) -> Result<(), Failure> {
    let same =
        |other: &&PathBuf| out.canonicalize().is_ok_and(|out| other.canonicalize().is_ok_and(|other| other == out));
    if read.iter().any(same) {
        let message = format!("{}: was read just now: give the page a name of its own", out.display());
        return Err(Failure::new(Exit::Usage, message));
    }
    Ok(())
}
