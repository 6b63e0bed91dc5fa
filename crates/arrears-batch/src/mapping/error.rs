//! Why a mapping file cannot be used.

use std::path::PathBuf;

/// A mapping file that cannot be read, or says what no mapping can say.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{}: line {line}: {problem}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
    /// The file has a section that mappings do not have.
    #[error("{}: unknown section `{section}`: {help}", .path.display())]
    Section {
        /// The file.
        path: PathBuf,
        /// The section.
        section: String,
        /// What was meant, or what there is.
        help: String,
    },
    /// An entry does not have the form of a mapping.
    #[error("{}: `{entry}` must be {expected}", .path.display())]
    Entry {
        /// The file.
        path: PathBuf,
        /// The entry, with its section.
        entry: String,
        /// What it may be.
        expected: &'static str,
    },
}
