//! Runs the command in a folder of its own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The law of every test: there is none, and this is why.
pub(crate) const NO_LAW: [&str; 4] = ["--as-of", "2026-03-31", "--no-law", "a test"];

/// A folder with a policy, `card.rhai`, and a table, `accounts.csv`.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a command said, and how it ended.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["card.rhai", "accounts.csv"] {
            fs::copy(here().join("data").join(name), desk.path(name)).unwrap();
        }
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Every file of the folder, with what it holds.
    #[cfg(unix)]
    pub(crate) fn contents(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(self.folder.path()).unwrap().map(Result::unwrap).filter(|file| file.path().is_file());
        files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
    }

    /// Writes the policy anew with one text in the place of another.
    pub(crate) fn rewrite(&self, old: &str, new: &str) {
        let policy = self.read("card.rhai");
        assert!(policy.contains(old));
        self.write("card.rhai", &policy.replacen(old, new, 1));
    }

    /// Writes the table anew with one text in the place of another.
    pub(crate) fn reenter(&self, old: &str, new: &str) {
        let table = self.read("accounts.csv");
        assert!(table.contains(old));
        self.write("accounts.csv", &table.replacen(old, new, 1));
    }

    pub(crate) fn arrears(&self, args: &[&str]) -> Answer {
        self.answer(&mut self.command(args))
    }

    /// `arrears run` on the table, without law.
    pub(crate) fn run(&self, more: &[&str]) -> Answer {
        let mut command = self.command(&["run", "card.rhai", "--on", "accounts.csv"]);
        self.answer(command.args(NO_LAW).args(more))
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("arrears"));
        command.current_dir(self.folder.path()).args(args);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn answer(&self, command: &mut Command) -> Answer {
        let output = command.output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// An example of the repository.
pub(crate) fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    path.to_str().unwrap().to_owned()
}

fn here() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands"))
}

/// Compares with a golden file; `ARREARS_BLESS=1` writes it anew. Hashes are left out, as
/// they change with what the engine adds to them.
pub(crate) fn golden(name: &str, found: &str) {
    let found = without_hashes(found);
    let path = here().join("golden").join(name);
    if std::env::var_os("ARREARS_BLESS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    assert!(wanted == found, "{name} differs\n--- wanted\n{wanted}\n--- found\n{found}");
}

fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| [12, 64].contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut shown = String::new();
    for part in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let word = part.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        shown.push_str(&if is_hash(word) { part.replacen(word, "HASH", 1) } else { part.to_owned() });
    }
    shown
}
