//! Golden files: the policy, a line of dashes, what its author sees.
//!
//! `//// NAME` begins a module, `//// --set NAME=VALUE` sets a threshold at load.

use rust_decimal::Decimal;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The line between the policy and what is seen.
const RULE: &str = "--------------------------------------------------------------------------------\n";

/// Whether golden files are written anew.
pub(crate) fn bless() -> bool {
    std::env::var_os("ARREARS_BLESS").is_some()
}

/// The folder of golden files.
pub(crate) fn diagnostics() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// A golden file.
pub(crate) struct Golden {
    name: String,
    /// The policy.
    pub(crate) policy: String,
    /// What its author sees.
    pub(crate) seen: String,
}

impl Golden {
    /// The golden file called `name`.
    pub(crate) fn of(name: &str) -> Self {
        let text = fs::read_to_string(diagnostics().join(format!("{name}.txt")))
            .unwrap_or_else(|_| panic!("no golden file for {name}"));
        let (policy, seen) = text.split_once(RULE).unwrap_or((&text, ""));
        Self { name: name.to_owned(), policy: policy.to_owned(), seen: seen.to_owned() }
    }

    /// What is seen instead, if it differs; writes it when asked to.
    pub(crate) fn compare(&self, shown: &str) -> Option<String> {
        if bless() {
            let path = diagnostics().join(format!("{}.txt", self.name));
            fs::write(path, format!("{}{RULE}{shown}", self.policy)).unwrap();
            return None;
        }
        (shown != self.seen).then(|| format!("{}:\n{shown}", self.name))
    }
}

/// A policy with its modules in a folder of its own, and thresholds set at load.
pub(crate) struct Case {
    folder: TempDir,
    /// What is set at load.
    pub(crate) overrides: Vec<(String, Decimal)>,
}

impl Case {
    /// Writes the files of a case.
    pub(crate) fn write(policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut overrides = Vec::new();
        let mut parts = policy.split("//// ");
        fs::write(folder.path().join("card.rhai"), parts.next().unwrap()).unwrap();
        for part in parts {
            let (name, text) = part.split_once('\n').unwrap();
            match name.strip_prefix("--set ").and_then(|set| set.split_once('=')) {
                Some((name, value)) => overrides.push((name.to_owned(), value.parse().unwrap())),
                None => fs::write(folder.path().join(name), text).unwrap(),
            }
        }
        Self { folder, overrides }
    }

    /// The policy file.
    pub(crate) fn first(&self) -> PathBuf {
        self.folder.path().join("card.rhai")
    }
}
