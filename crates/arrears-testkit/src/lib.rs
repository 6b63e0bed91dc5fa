//! What the tests of arrears share: a slow, obvious reference engine, and generators of
//! random policies and accounts.

pub mod agreement;
pub mod generate;
pub mod nights;
pub mod reference;
pub mod script;
pub mod written;
