//! Where in a policy's files something stands.

use serde::{Deserialize, Serialize};

/// Bytes of one of a policy's files.
///
/// A policy built in Rust has no files; its trees carry [`Span::NONE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file's number in the policy's list of sources; 0 is the policy file itself.
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// No place: the tree was built by a program.
    pub const NONE: Self = Self { file: u16::MAX, start: 0, end: 0 };

    /// Bytes `start..end` of file `file`.
    pub const fn new(file: u16, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// Whether this is a place in a file.
    pub const fn is_some(self) -> bool {
        self.file != u16::MAX
    }

    /// Its first bytes, at most `length`.
    pub fn head(self, length: u32) -> Self {
        Self { end: self.end.min(self.start.saturating_add(length)), ..self }
    }

    /// The smallest span that holds both; of spans in two files, the first.
    pub fn to(self, other: Self) -> Self {
        if !self.is_some() {
            return other;
        }
        if self.file != other.file {
            return self;
        }
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
