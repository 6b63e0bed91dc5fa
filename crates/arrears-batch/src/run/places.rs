//! Which files a run may write.

use super::options::Options;
use crate::output::OutputError;
use crate::state::check_place;
use crate::table::Origin;
use std::path::{Path, PathBuf};

/// Refuses results that would take the place of what is read, or of each other. Only the
/// state may take its own place, and only where it can be written.
pub(super) fn names_of_their_own(table: Option<&Path>, options: &Options) -> Result<(), OutputError> {
    let mut taken: Vec<_> = table.map(|table| (table.to_owned(), "the table of accounts")).into_iter().collect();
    let files = options.events.origins().filter_map(|(_, origin)| origin.file());
    let events = files.map(|path| (path.to_owned(), "a table of events"));
    taken.extend(events);
    let mut results = options.outputs.clone();
    results.extend(options.errors_path().filter(|_| options.keep_going));
    for path in results {
        let state = options.state.as_ref().and_then(Origin::file);
        if let Some(state) = state.filter(|state| is_same(state, &path)) {
            taken.push((state.to_owned(), "the state of the last decisions"));
        }
        check_free(&taken, &path)?;
        taken.push((path, "another result"));
    }
    match &options.state_out {
        Some(path) => check_free(&taken, path).and_then(|()| check_place(path)),
        None => Ok(()),
    }
}

/// Makes sure that a result which is written beside a run would not take the place of what the run reads: the
/// table, tables of events, the state.
///
/// # Errors
///
/// [`OutputError::Taken`] if it would.
pub fn check_result(path: &Path, table: &Origin, options: &Options) -> Result<(), OutputError> {
    let alone = Options { outputs: vec![path.to_owned()], state_out: None, keep_going: false, ..options.clone() };
    names_of_their_own(table.file(), &alone)
}

/// Makes sure that a file which is written beside the results of a run would not take the place of what the run reads, or of
/// one of its results.
///
/// # Errors
///
/// [`OutputError::Taken`] if it would.
pub fn check_beside(path: &Path, table: &Origin, options: &Options) -> Result<(), OutputError> {
    check_result(path, table, options)?;
    let state_out = options.state_out.iter().map(|path| (path.clone(), "another result"));
    let errors = options.errors_path().filter(|_| options.keep_going);
    let results = options.outputs.iter().cloned().chain(errors).map(|path| (path, "another result"));
    check_free(&state_out.chain(results).collect::<Vec<_>>(), path)
}

fn check_free(taken: &[(PathBuf, &'static str)], path: &Path) -> Result<(), OutputError> {
    match taken.iter().find(|(other, _)| is_same(other, path)) {
        Some((_, role)) => Err(OutputError::Taken { path: path.to_owned(), role }),
        None => Ok(()),
    }
}

/// Whether two paths name one file, however they are written and whether it is there or not.
pub(crate) fn is_same(a: &Path, b: &Path) -> bool {
    whole(a) == whole(b)
}

/// The path from the root, as far as the system knows it.
fn whole(path: &Path) -> PathBuf {
    let in_folder = || {
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(in_folder).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::is_same;
    use std::path::Path;

    #[test]
    fn a_file_is_the_same_however_its_path_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let within = |name: &str| folder.path().join(name);
        std::fs::create_dir(within("deeper")).unwrap();
        // Whether the file is there or not yet.
        for there in [false, true] {
            assert!(is_same(&within("night.csv"), &within("./deeper/../night.csv")), "{there}");
            assert!(!is_same(&within("night.csv"), &within("deeper/night.csv")));
            assert!(!is_same(&within("night.csv"), &within("state.csv")));
            std::fs::write(within("night.csv"), "").unwrap();
        }
        assert!(is_same(Path::new("not-there.csv"), Path::new("./not-there.csv")));
        assert!(is_same(&within("nowhere/a.csv"), &within("nowhere/a.csv")));
        assert!(!is_same(&within("nowhere/a.csv"), &within("nowhere/b.csv")));
    }
}
