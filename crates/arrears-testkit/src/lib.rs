//! What the tests of arrears share: a slow, obvious reference engine and generators of
//! random policies and rows.

pub mod reference;
