//! Lists of which many rows have the same: each is kept once and known by its number.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::{BuildHasher as _, Hash};

/// Different lists, numbered from 0 in the order in which they were first seen; number 0 is
/// the empty list. A list is found by a key, which is a list of its own.
#[derive(Clone, Debug)]
pub(super) struct Lists<K, V> {
    /// Numbers by the hash of their keys.
    numbers: HashTable<u32>,
    /// By number, the key and the list.
    lists: Vec<(Vec<K>, Vec<V>)>,
}

impl<K, V> Default for Lists<K, V> {
    fn default() -> Self {
        Self { numbers: HashTable::new(), lists: vec![(Vec::new(), Vec::new())] }
    }
}

impl<K: Clone + Eq + Hash, V> Lists<K, V> {
    /// The number of the list that a key stands for, made at its first sight.
    pub(super) fn number(&mut self, key: &[K], list: impl FnOnce(&[K]) -> Vec<V>) -> u32 {
        let Self { numbers, lists } = self;
        let at = |number: u32| usize::try_from(number).ok().and_then(|number| lists.get(number));
        let hash = FixedState::default().hash_one(key);
        if let Some(number) = numbers.find(hash, |number| at(*number).is_some_and(|(known, _)| known == key)) {
            return *number;
        }
        let list = list(key);
        if list.is_empty() {
            return 0;
        }
        let number = u32::try_from(lists.len()).unwrap_or(u32::MAX);
        let rehash = |number: &u32| at(*number).map_or(0, |(key, _)| FixedState::default().hash_one(key.as_slice()));
        numbers.insert_unique(hash, number, rehash);
        lists.push((key.to_vec(), list));
        number
    }
}

impl<K, V> Lists<K, V> {
    /// The list with a number.
    pub(super) fn list(&self, number: u32) -> &[V] {
        usize::try_from(number).ok().and_then(|number| self.lists.get(number)).map_or(&[], |(_, list)| list)
    }
}
