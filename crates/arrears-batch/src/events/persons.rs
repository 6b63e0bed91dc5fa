//! What is counted of a person over all their accounts: a rule of law may limit contacts with a
//! person whatever they are about, and then a call about one account counts for the others.

use super::Events;
use super::chunk::shard_of;
use crate::names::hash;
use crate::run::People;
use crate::table::{PositionSet, Table, TableError};

/// Accounts of people with several.
#[derive(Debug, Default)]
struct Shared {
    /// The person, and where their account stands: its part, and its number in it.
    accounts: Vec<(u32, usize, u32)>,
}

impl Events {
    /// Counts for every account of a person what was counted of any of them, where a rule counts
    /// by the person. The rows of the table are those of which `people` tells; its `account` column
    /// names them.
    ///
    /// # Errors
    ///
    /// [`TableError`] if the table cannot be read again.
    pub(crate) fn join_people(&mut self, table: &Table, account: usize, people: &People) -> Result<(), TableError> {
        if self.plan.of_person.is_empty() || people.several() == 0 {
            return Ok(());
        }
        let mut table = table.source().again()?;
        let positions: PositionSet = [account].into_iter().collect();
        let mut shared = Shared::default();
        let mut row = 0;
        while let Some(batch) = table.next_batch(&positions)? {
            let accounts = batch.column(0);
            for place in 0..batch.rows() {
                row += 1;
                let Some(person) = people.of(row) else { continue };
                let name = accounts.as_ref().map(|column| column.cell(place));
                if let Some(name) = name.as_ref().map(crate::cell::Raw::name).filter(|name| !name.is_empty()) {
                    self.note(&mut shared, &name, person);
                }
            }
        }
        self.join(shared);
        Ok(())
    }

    fn note(&mut self, shared: &mut Shared, account: &str, person: u32) {
        let hash = hash(account);
        let part = shard_of(hash);
        if let Some(shard) = self.shards.get_mut(part) {
            shared.accounts.push((person, part, shard.number(&self.plan, hash, account)));
        }
    }

    fn join(&mut self, mut shared: Shared) {
        // An account that stands twice counts once.
        shared.accounts.sort_unstable();
        shared.accounts.dedup();
        let Self { plan, shards, .. } = self;
        for accounts in shared.accounts.chunk_by(|(one, ..), (another, ..)| one == another) {
            let mut sum = plan.blank.clone();
            for (_, part, number) in accounts {
                let Some(shard) = shards.get(*part) else { continue };
                let counted = shard.counted(plan, *number).places;
                plan.of_person.iter().for_each(|op| op.add(counted, &mut sum));
            }
            // Where contacts with a person cannot all be read, their number is not known for any account.
            let faulty = accounts.iter().find_map(|(_, part, number)| {
                let shard = shards.get(*part)?;
                let (first, rows) = shard.faults.get(number)?;
                Some((format!("it is one of `{}`, of the same person; {first}", shard.names.name(*number)), *rows))
            });
            for (_, part, number) in accounts {
                let Some(shard) = shards.get_mut(*part) else { continue };
                if let Some(fault) = &faulty {
                    shard.faults.entry(*number).or_insert_with(|| fault.clone());
                }
                let places = shard.places_of(plan, *number);
                plan.of_person.iter().for_each(|op| op.set(&sum, places));
            }
        }
    }
}
