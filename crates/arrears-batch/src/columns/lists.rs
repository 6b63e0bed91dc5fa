//! Lists of which many rows have the same: each is kept once and known by its number.

use std::collections::BTreeMap;

/// Different lists, numbered from 0 in the order in which they were first seen; number 0 is
/// the empty list.
#[derive(Clone, Debug)]
pub(super) struct Lists<K, V> {
    numbers: BTreeMap<K, u32>,
    lists: Vec<Vec<V>>,
}

impl<K, V> Default for Lists<K, V> {
    fn default() -> Self {
        Self { numbers: BTreeMap::new(), lists: vec![Vec::new()] }
    }
}

impl<K: Ord, V> Lists<K, V> {
    /// The number of the list that a key stands for, made at its first sight.
    pub(super) fn number(&mut self, key: K, list: impl FnOnce(&K) -> Vec<V>) -> u32 {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let list = list(&key);
        if list.is_empty() {
            return 0;
        }
        let number = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.lists.push(list);
        self.numbers.insert(key, number);
        number
    }

    /// The list with a number.
    pub(super) fn list(&self, number: u32) -> &[V] {
        usize::try_from(number).ok().and_then(|number| self.lists.get(number)).map_or(&[], Vec::as_slice)
    }
}
