//! Numbers from a seed, so that every run makes up the same book.

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(super) struct Source(u64);

impl Source {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to below `limit`.
    pub(super) fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = i64::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or(0);
        mixed.checked_rem(limit).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub(super) fn within(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(most - least + 1)
    }

    /// Whether something happens that happens so often in a thousand times.
    pub(super) fn in_thousand(&mut self, often: i64) -> bool {
        self.below(1000) < often
    }

    /// One of some things, each with its weight.
    pub(super) fn one_of<T: Copy>(&mut self, of: &[(i64, T)]) -> Option<T> {
        let mut left = self.below(of.iter().map(|(weight, _)| weight).sum());
        for (weight, thing) in of {
            if left < *weight {
                return Some(*thing);
            }
            left -= weight;
        }
        None
    }
}
