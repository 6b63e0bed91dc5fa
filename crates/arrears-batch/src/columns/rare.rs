//! A column in which most rows have the same value, or all of them.

/// A column whose rows have one value unless another was set. Rows that come after the last
/// one set take no room.
#[derive(Clone, Debug)]
pub(super) struct Rare<V> {
    usual: V,
    /// The rows up to the last that was set.
    values: Vec<V>,
}

impl<V: Copy + PartialEq> Rare<V> {
    pub(super) const fn new(usual: V) -> Self {
        Self { usual, values: Vec::new() }
    }

    /// Forgets what was set.
    pub(super) fn clear(&mut self) {
        self.values.clear();
    }

    /// The value of a row.
    #[inline]
    pub(super) fn get(&self, row: usize) -> V {
        self.values.get(row).copied().unwrap_or(self.usual)
    }

    /// Sets the value of a row.
    pub(super) fn set(&mut self, row: usize, value: V) {
        if row >= self.values.len() {
            if value == self.usual {
                return;
            }
            self.values.resize(row + 1, self.usual);
        }
        if let Some(slot) = self.values.get_mut(row) {
            *slot = value;
        }
    }

    /// Makes room for so many rows, so that each can be set without more.
    pub(super) fn reach(&mut self, rows: usize) {
        if self.values.len() < rows {
            self.values.resize(rows, self.usual);
        }
    }

    /// Sets the values of the rows from `start` on.
    pub(super) fn put(&mut self, start: usize, values: &[V]) {
        if self.values.len() <= start && values.iter().fold(true, |all, value| all & (*value == self.usual)) {
            return;
        }
        self.values.resize(start, self.usual);
        self.values.extend_from_slice(values);
    }

    /// Sets the values of the rows from `start` on, which none after them has yet.
    #[inline]
    pub(super) fn extend(&mut self, start: usize, values: impl Iterator<Item = V>) {
        self.values.resize(start, self.usual);
        self.values.extend(values);
    }

    /// The rows up to the last that was set.
    pub(super) fn values(&self) -> &[V] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::Rare;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_rare_column_has_what_was_set_and_the_usual_value_elsewhere(
            steps in prop::collection::vec((0..40_usize, 0..3_u8), 0..30), chunk in prop::collection::vec(0..2_u8, 0..9),
        ) {
            let mut rare = Rare::new(0_u8);
            let mut plain = [0_u8; 64];
            for (row, value) in steps {
                rare.set(row, value);
                plain[row] = value;
            }
            // A chunk comes behind all that was set before.
            let start = 40;
            rare.put(start, &chunk);
            plain[start..start + chunk.len()].copy_from_slice(&chunk);
            for (row, value) in plain.iter().enumerate() {
                prop_assert_eq!(rare.get(row), *value);
            }
            rare.clear();
            prop_assert_eq!(rare.get(0), 0);
        }
    }
}
