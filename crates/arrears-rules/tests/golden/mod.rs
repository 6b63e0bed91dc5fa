//! Golden files: the policy, a line of dashes, what its author sees.

use rust_decimal::Decimal;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The line between the policy and what is seen.
pub const RULE: &str =
    "--------------------------------------------------------------------------------\n";

/// Whether golden files are written anew.
pub fn bless() -> bool {
    std::env::var_os("ARREARS_BLESS").is_some()
}

/// The folder of golden files.
pub fn diagnostics() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// A policy with its modules in a folder of its own, and thresholds set at load.
pub struct Case {
    folder: TempDir,
    /// What is set at load.
    pub overrides: Vec<(String, Decimal)>,
}

impl Case {
    /// Writes the files of a case.
    pub fn write(policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut overrides = Vec::new();
        let mut parts = policy.split("//// ");
        fs::write(folder.path().join("card.rhai"), parts.next().unwrap()).unwrap();
        for part in parts {
            let (name, text) = part.split_once('\n').unwrap();
            if let Some((name, value)) = name.strip_prefix("--set ").and_then(|set| set.split_once('=')) {
                overrides.push((name.to_owned(), value.parse().unwrap()));
            } else {
                fs::write(folder.path().join(name), text).unwrap();
            }
        }
        Self { folder, overrides }
    }

    /// The policy file.
    pub fn first(&self) -> PathBuf {
        self.folder.path().join("card.rhai")
    }
}
