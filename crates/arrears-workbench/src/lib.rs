//! The workbench: accounts and policies looked at from all sides. Nothing here reads a file, a
//! clock or the environment; every result is a value or a text.

pub mod picture;
pub mod timeline;

pub use timeline::{Timeline, TimelineError};
