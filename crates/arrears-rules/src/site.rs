//! Where a policy's files lie: every module and table comes from the policy's own folder.

use crate::files::{self, ReadError};
use crate::reading::Edited;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The folder of one policy, and the files that were read from it.
pub(crate) struct Site {
    root: Option<PathBuf>,
    policy: Option<PathBuf>,
    edited: Edited,
    places: Mutex<BTreeMap<u16, PathBuf>>,
}

/// A file that may be read, or why there is none.
pub(crate) enum Located {
    /// It is there.
    At(PathBuf),
    /// It is not in the policy's folder, or a link leads out of it.
    Outside,
    /// There is no such file.
    Missing,
    /// The policy was given as text: it has no folder.
    NoFolder,
}

impl Site {
    /// The folder of the policy file at `path`, or none for a policy given as text.
    pub(crate) fn new(path: Option<&Path>, edited: &Edited) -> Self {
        let policy = path.and_then(|path| path.canonicalize().ok());
        let root = policy.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let places = policy.iter().map(|policy| (0, policy.clone())).collect();
        Self { root, policy, edited: edited.clone(), places: Mutex::new(places) }
    }

    /// The policy's own file.
    pub(crate) const fn policy(&self) -> Option<&PathBuf> {
        self.policy.as_ref()
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<u16, PathBuf>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps where the file with this number lies.
    pub(crate) fn keep(&self, file: u16, path: &Path) {
        self.places().insert(file, path.to_path_buf());
    }

    /// The name under which a file is shown: its path from the policy's folder.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let below = self.root.as_deref().and_then(|root| path.strip_prefix(root).ok());
        below.unwrap_or(path).to_string_lossy().into_owned()
    }

    /// What stands in a file, or in its place while somebody edits it.
    pub(crate) fn bytes(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        match self.edited.get(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => files::bytes(path),
        }
    }

    /// The file that the file with the number `from` calls `written`; `ending` is that of its kind.
    pub(crate) fn find(&self, from: u16, written: &str, ending: &str) -> Located {
        let Some(root) = &self.root else {
            return Located::NoFolder;
        };
        let base = self.places().get(&from).cloned();
        let base = base.as_deref().and_then(Path::parent).map_or_else(|| root.clone(), Path::to_path_buf);
        let relative = Path::new(written);
        if relative.is_absolute() {
            return Located::Outside;
        }
        let mut wanted = base.join(relative);
        if wanted.extension().is_none() {
            wanted.set_extension(ending);
        }
        if !plain(&wanted).is_some_and(|plain| plain.starts_with(root)) {
            return Located::Outside;
        }
        let is_kind = wanted.extension().is_some_and(|extension| extension == ending);
        match wanted.canonicalize() {
            Ok(found) if !found.starts_with(root) => Located::Outside,
            Ok(found) if is_kind && found.is_file() => Located::At(found),
            _ => Located::Missing,
        }
    }
}

/// A path without `.` and `..`; nothing if it climbs above its root.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            other => plain.push(other),
        }
    }
    Some(plain)
}
