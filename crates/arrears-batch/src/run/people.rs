//! Which rows of a table are accounts of one person.

use crate::names::Names;

/// Rows of a table by the person whose accounts they are.
///
/// It costs 4 bytes for each row. Until the last row is known the name of each person
/// costs about 22 bytes more.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// For each row the number of its person, from 1; 0 where the account stands alone.
    of_row: Vec<u32>,
    several: u32,
}

/// People whose accounts are being counted.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    names: Names,
    /// Whether a person has several rows.
    several: Vec<bool>,
    of_row: Vec<u32>,
}

impl Counting {
    /// Takes the person of the next row; empty if it names none.
    pub(crate) fn add(&mut self, customer: &str) {
        if customer.is_empty() {
            self.of_row.push(0);
            return;
        }
        let (number, new) = self.names.add(customer);
        if new {
            self.several.push(false);
        } else if let Some(several) = at(number).and_then(|number| self.several.get_mut(number)) {
            *several = true;
        }
        self.of_row.push(number.saturating_add(1));
    }

    /// Those with several accounts; the names are forgotten.
    pub(crate) fn finish(self) -> People {
        let Self { names, several, mut of_row } = self;
        drop(names);
        let mut count = 0_u32;
        let numbers: Vec<u32> = several
            .into_iter()
            .map(|several| {
                count = count.saturating_add(u32::from(several));
                if several { count } else { 0 }
            })
            .collect();
        for person in &mut of_row {
            let known = person.checked_sub(1).and_then(at).and_then(|number| numbers.get(number));
            *person = known.copied().unwrap_or(0);
        }
        People { of_row, several: count }
    }
}

impl People {
    /// How many people have several rows.
    pub(crate) const fn several(&self) -> u32 {
        self.several
    }

    /// The person of a row, counted from 1, if that person has other rows too.
    pub(crate) fn of(&self, row: u64) -> Option<u32> {
        let index = row.checked_sub(1).and_then(|index| usize::try_from(index).ok())?;
        self.of_row.get(index).copied().filter(|person| *person > 0)
    }

    /// How many rows are of people with several.
    pub(crate) fn shared_rows(&self) -> usize {
        self.of_row.iter().filter(|person| **person > 0).count()
    }
}

fn at(number: u32) -> Option<usize> {
    usize::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::Counting;

    #[test]
    fn only_people_with_several_rows_are_kept() {
        let mut counting = Counting::default();
        for customer in ["P1", "", "P2", "P3", "P1", "", "P3", "P3"] {
            counting.add(customer);
        }
        let people = counting.finish();
        let of: Vec<Option<u32>> = (0..=9).map(|row| people.of(row)).collect();
        assert_eq!(of, [None, Some(1), None, None, Some(2), Some(1), None, Some(2), Some(2), None]);
        assert_eq!((people.several(), people.shared_rows()), (2, 5));
    }
}
