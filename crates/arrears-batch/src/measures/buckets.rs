//! Where the buckets of a report begin.

use serde::{Serialize, Serializer};

/// The first days past due of M1, M2 and so on. M0 is current; the last bucket has no end.
///
/// ```
/// use arrears_batch::measures::Buckets;
/// let buckets = Buckets::new([1, 31, 61])?;
/// assert_eq!([0, 1, 30, 31, 400].map(|dpd| buckets.of(dpd)), [0, 1, 1, 2, 3]);
/// assert_eq!(buckets.last(), 3);
/// # Ok::<(), arrears_batch::measures::BucketsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buckets(Vec<u32>); // INVARIANT: 1 to 60 days, strictly ascending, none is 0.

/// Days that cannot be the beginnings of buckets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BucketsError {
    /// A day is zero, or not later than the one before it.
    #[error("buckets must rise from day 1: {day} follows {before}")]
    NotAscending {
        /// The day that does not rise.
        day: u32,
        /// The day before it, or 0 at the start.
        before: u32,
    },
    /// There are none, or too many.
    #[error("a report has 1 to 60 buckets behind M0, not {0}")]
    Count(usize),
}

/// The most buckets behind M0.
const MOST: usize = 60;

impl Default for Buckets {
    /// M1 from day 1, then a bucket every thirty days, M7 from day 181.
    fn default() -> Self {
        Self(vec![1, 31, 61, 91, 121, 151, 181])
    }
}

impl Buckets {
    /// Buckets by their first days past due.
    ///
    /// # Errors
    ///
    /// [`BucketsError`] if a day does not exceed the one before it, or there are none or too many.
    pub fn new(first_days: impl Into<Vec<u32>>) -> Result<Self, BucketsError> {
        let days = first_days.into();
        if !(1..=MOST).contains(&days.len()) {
            return Err(BucketsError::Count(days.len()));
        }
        let mut before = 0;
        for &day in &days {
            if day <= before {
                return Err(BucketsError::NotAscending { day, before });
            }
            before = day;
        }
        Ok(Self(days))
    }

    /// The number of the bucket that holds so many days past due.
    pub fn of(&self, dpd: u32) -> u8 {
        u8::try_from(self.0.partition_point(|first| *first <= dpd)).unwrap_or(u8::MAX)
    }

    /// The number of the last bucket.
    pub fn last(&self) -> u8 {
        u8::try_from(self.0.len()).unwrap_or(u8::MAX)
    }

    /// Its days in words: `1-30`, `181 and more`; for M0 the days below the first.
    pub fn days(&self, bucket: u8) -> String {
        let place = usize::from(bucket);
        let first = place.checked_sub(1).and_then(|place| self.0.get(place)).copied().unwrap_or(0);
        match self.0.get(place).map(|next| next.saturating_sub(1)) {
            Some(last) if last == first => first.to_string(),
            Some(last) => format!("{first}-{last}"),
            None => format!("{first} and more"),
        }
    }
}

impl Serialize for Buckets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::Buckets;

    #[test]
    fn days_out_of_order_are_both_named() {
        let error = Buckets::new([1, 61, 31]).unwrap_err();
        assert_eq!(error.to_string(), "buckets must rise from day 1: 31 follows 61");
        assert_eq!(Buckets::new([]).unwrap_err().to_string(), "a report has 1 to 60 buckets behind M0, not 0");
        assert!(Buckets::new([0, 31]).is_err());
    }

    #[test]
    fn buckets_are_named_by_their_days() {
        let buckets = Buckets::new([1, 31, 32]).unwrap();
        assert_eq!([0, 1, 2, 3].map(|bucket| buckets.days(bucket)), ["0", "1-30", "31", "32 and more"]);
    }
}
