//! The arrears command.
fn main() {}
