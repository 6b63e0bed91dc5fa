//! Sums of money over many accounts.

use serde::{Serialize, Serializer};
use std::fmt;

/// A sum in minor units of one currency; wider than any single amount, so that the sum
/// of a book cannot overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    minor: i128,
    digits: u32,
}

impl Amount {
    /// A sum in a currency with `digits` decimals.
    pub const fn new(minor: i128, digits: u32) -> Self {
        Self { minor, digits }
    }

    /// The sum in minor units.
    pub const fn minor(self) -> i128 {
        self.minor
    }

    pub(super) fn add(&mut self, minor: i128) {
        self.minor = self.minor.saturating_add(minor);
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u128.checked_pow(self.digits).unwrap_or(u128::MAX);
        let size = self.minor.unsigned_abs();
        let sign = if self.minor < 0 { "-" } else { "" };
        if self.digits == 0 {
            return write!(f, "{sign}{size}");
        }
        let width = usize::try_from(self.digits).unwrap_or(0);
        write!(f, "{sign}{}.{:0>width$}", size / unit, size % unit)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Amount;

    #[test]
    fn a_sum_is_shown_to_the_cent() {
        assert_eq!(Amount::new(-5, 2).to_string(), "-0.05");
        assert_eq!(Amount::new(1_234_567, 2).to_string(), "12345.67");
        assert_eq!(Amount::new(1_500, 0).to_string(), "1500");
    }

    #[test]
    fn the_sum_of_a_book_does_not_overflow() {
        let mut sum = Amount::new(0, 2);
        for _ in 0..4 {
            sum.add(i128::from(i64::MAX));
        }
        assert_eq!(sum.minor(), i128::from(i64::MAX) * 4);
    }
}
