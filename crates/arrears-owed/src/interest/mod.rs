//! Interest, exact until somebody books it.
//!
//! [`accrue`] says what a balance earns at a rate over some days, as an exact fraction of a minor
//! unit ([`Accrued`]). Fractions add up without loss; only [`Rounding::book`] turns one into money.

mod accrued;
mod day_count;
mod error;
mod rate;
mod rounding;

pub use accrued::{Accrued, accrue};
pub use day_count::{DayCount, YEAR};
pub use error::InterestError;
pub use rate::{PER_UNIT, Parts, Rate};
pub use rounding::{Rounding, RoundingMode};
