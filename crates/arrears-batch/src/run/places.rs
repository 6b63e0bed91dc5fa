//! Which files a run may write.

use super::options::Options;
use crate::output::OutputError;
use crate::state::check_place;
use std::path::{Path, PathBuf};

/// Refuses results that would take the place of what is read, or of each other. Only the
/// state may take its own place, and only where it can be written.
pub(super) fn names_of_their_own(table: &Path, options: &Options) -> Result<(), OutputError> {
    let same = |a: &Path, b: &Path| match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    };
    let mut taken = vec![(table.to_owned(), "the table of accounts")];
    let mut results = options.outputs.clone();
    results.extend(options.errors_path().filter(|_| options.keep_going));
    for path in results {
        if let Some(state) = options.state.iter().find(|state| same(state, &path)) {
            taken.push((state.clone(), "the state of the last decisions"));
        }
        check_free(&taken, &path, same)?;
        taken.push((path, "another result"));
    }
    match &options.state_out {
        Some(path) => check_free(&taken, path, same).and_then(|()| check_place(path)),
        None => Ok(()),
    }
}

fn check_free(
    taken: &[(PathBuf, &'static str)],
    path: &Path,
    same: impl Fn(&Path, &Path) -> bool,
) -> Result<(), OutputError> {
    match taken.iter().find(|(other, _)| same(other, path)) {
        Some((_, role)) => Err(OutputError::Taken { path: path.to_owned(), role }),
        None => Ok(()),
    }
}
