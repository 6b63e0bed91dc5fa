//! Every policy file of the repository.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The policy files of a folder, by name.
fn of_folder(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "rhai")).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder}");
    files
}

/// The example policies and the packs that come with arrears.
pub(crate) fn shown() -> Vec<PathBuf> {
    [of_folder("examples/policies"), of_folder("crates/arrears-rules/packs")].concat()
}

/// Those, and the policies of tests.
pub(crate) fn every() -> Vec<PathBuf> {
    let of_tests = [
        "crates/arrears-rules/tests/policies",
        "crates/arrears-cli/tests/commands/data",
        "crates/arrears-batch/tests/months",
    ];
    shown().into_iter().chain(of_tests.into_iter().flat_map(of_folder)).collect()
}

pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
