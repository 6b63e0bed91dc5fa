//! Policies built by a program instead of a file.
