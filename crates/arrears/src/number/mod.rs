//! Numbers as decisions see them: whole numbers in fixed units, never floating point.

mod cell;
mod currency;
mod decimal;
mod kind;
mod money;

pub use cell::Cell;
pub use currency::{Currency, UnknownCurrency};
pub use decimal::{Inexact, fixed, show_fixed};
pub use kind::Kind;
pub use money::Money;
