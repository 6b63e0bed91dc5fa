//! The one place that reads Rhai's expressions.
//!
//! [`Written`] keeps an expression as it was parsed; [`Lowering`] turns it into a
//! [`arrears::condition::Term`] after the script has ended.

mod lowering;
mod methods;
mod operators;
mod pieces;
mod values;
mod written;

pub(crate) use lowering::Lowering;
pub(crate) use written::{Values, Written, capture, capture_name, capture_script};
