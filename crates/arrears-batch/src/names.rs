//! Many names, each kept once and known by its number.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;

/// Names of accounts or customers, numbered from 0 in the order in which they were first
/// seen. A name costs its bytes and about 14 more.
#[derive(Default)]
pub(crate) struct Names {
    bytes: Vec<u8>,
    ends: Vec<u64>,
    /// Numbers by the hash of their names. Only membership is asked of it, so that its
    /// order changes no answer.
    table: HashTable<u32>,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").field("count", &self.ends.len()).finish_non_exhaustive()
    }
}

/// The hash of a name: the same in every run.
pub(crate) fn hash(name: &str) -> u64 {
    of_bytes(name.as_bytes())
}

fn of_bytes(name: &[u8]) -> u64 {
    FixedState::default().hash_one(name)
}

/// Names for which room is made ahead, however many are announced: a file may say anything.
const MOST_AHEAD: u64 = 1 << 25;

impl Names {
    /// No names yet, and room for about so many.
    pub(crate) fn with_room(names: u64) -> Self {
        let names = usize::try_from(names.min(MOST_AHEAD)).unwrap_or(0);
        Self { bytes: Vec::new(), ends: Vec::with_capacity(names), table: HashTable::with_capacity(names) }
    }

    /// How many different names there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How much memory it holds, in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.bytes.capacity() + self.ends.capacity().saturating_mul(size_of::<u64>()) + self.table.allocation_size()
    }

    /// The name with a number; empty if there is none.
    pub(crate) fn name(&self, number: u32) -> &str {
        std::str::from_utf8(at(&self.bytes, &self.ends, number)).unwrap_or_default()
    }

    /// Every name, by its number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let numbers = 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
        numbers.map(|number| self.name(number))
    }

    /// The number of a name, if it was seen.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.find_hashed(hash(name), name)
    }

    /// The number of a name whose [`hash`] is known already.
    pub(crate) fn find_hashed(&self, hash: u64, name: &str) -> Option<u32> {
        let same = |number: &u32| at(&self.bytes, &self.ends, *number) == name.as_bytes();
        self.table.find(hash, same).copied()
    }

    /// The number of a name, and whether it is new.
    pub(crate) fn add(&mut self, name: &str) -> (u32, bool) {
        self.add_hashed(hash(name), name)
    }

    /// As [`Names::add`], of a name whose [`hash`] is known already.
    pub(crate) fn add_hashed(&mut self, hash_of_name: u64, name: &str) -> (u32, bool) {
        if let Some(number) = self.find_hashed(hash_of_name, name) {
            return (number, false);
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(name.as_bytes());
        self.ends.push(u64::try_from(self.bytes.len()).unwrap_or(u64::MAX));
        let Self { bytes, ends, table } = self;
        let again = |number: &u32| of_bytes(at(bytes, ends, *number));
        table.insert_unique(hash_of_name, number, again);
        (number, true)
    }
}

fn at<'a>(bytes: &'a [u8], ends: &[u64], number: u32) -> &'a [u8] {
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    let end = ends.get(index).and_then(|end| usize::try_from(*end).ok()).unwrap_or(0);
    let before = index.checked_sub(1).and_then(|before| ends.get(before));
    let start = before.and_then(|start| usize::try_from(*start).ok()).unwrap_or(0);
    bytes.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_keeps_the_number_under_which_it_was_first_seen() {
        let mut names = Names::default();
        let numbers: Vec<_> = (0..10_000).map(|index| names.add(&format!("A-{index}"))).collect();
        assert!(numbers.iter().enumerate().all(|(index, (number, new))| *new && *number as usize == index));
        for index in 0..10_000_u32 {
            assert_eq!(names.add(&format!("A-{index}")), (index, false));
            assert_eq!(names.find(&format!("A-{index}")), Some(index));
            assert_eq!(names.name(index), format!("A-{index}"));
        }
        assert_eq!(names.find("A-10000"), None);
        assert_eq!(names.len(), 10_000);
    }

    #[test]
    fn an_empty_name_and_names_that_join_to_the_same_text_are_told_apart() {
        let mut names = Names::default();
        let added: Vec<u32> = ["", "ab", "c", "a", "bc", "é"].iter().map(|name| names.add(name).0).collect();
        assert_eq!(added, [0, 1, 2, 3, 4, 5]);
        assert_eq!((names.name(0), names.name(5), names.name(9)), ("", "é", ""));
    }
}
