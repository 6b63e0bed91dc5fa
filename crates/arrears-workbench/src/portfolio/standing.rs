//! How accounts stand after a decision.

use super::Sum;
use arrears::decide::Record;
use arrears::{Class, Verb};
use std::collections::BTreeMap;

/// How an account stands after a decision, as far as policies are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing {
    /// None if it may be of several types.
    pub(crate) debtor_type: Option<String>,
    pub(crate) stage: String,
    pub(crate) action: String,
    pub(crate) treatment: Option<String>,
    pub(crate) channel: Option<String>,
}

impl Standing {
    fn of(record: &Record) -> Self {
        Self {
            debtor_type: record.debtor_type.clone(),
            stage: record.stage.clone(),
            action: record.action.clone(),
            treatment: record.treatment.clone(),
            channel: record.channel.clone(),
        }
    }

    /// Whether the action reaches the person.
    pub(crate) fn is_contact(&self) -> bool {
        Verb::from_word(&self.action).is_some_and(|verb| verb.def().class == Class::Contact)
    }
}

/// The different standings of a pass, by number, and how many accounts have each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standings {
    numbers: BTreeMap<Standing, u32>,
    each: Vec<(Standing, Sum)>, // INVARIANT: in order of their numbers, from 0.
}

impl Standings {
    /// The number of a decision's standing.
    pub(crate) fn number(&mut self, record: &Record) -> u32 {
        let standing = Standing::of(record);
        let next = u32::try_from(self.each.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(standing.clone()).or_insert(next);
        if number == next {
            self.each.push((standing, Sum::default()));
        }
        number
    }

    /// The standing of a number.
    pub(crate) fn get(&self, number: u32) -> Option<&Standing> {
        self.each.get(place(number)).map(|(standing, _)| standing)
    }

    /// Counts an account.
    pub(crate) fn add(&mut self, number: u32, overdue: Option<i64>) {
        if let Some((_, sum)) = self.each.get_mut(place(number)) {
            sum.add(overdue);
        }
    }

    /// Accounts that get a contact.
    pub(crate) fn contacts(&self) -> Sum {
        self.each.iter().filter(|(standing, _)| standing.is_contact()).map(|(_, sum)| *sum).collect()
    }
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
