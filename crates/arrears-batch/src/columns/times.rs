//! The time of each treatment on one day, for everybody who has no times of their own.

use super::treatments::code_of_rule;
use super::turns::{NO_SLOT, NO_TIME, Turns};
use arrears::decide::{Slot, VetoBy};
use arrears::policy::Policy;
use chrono::NaiveDate;

/// The time of each treatment on one day.
#[derive(Debug)]
pub(super) struct Times {
    pub(super) day: NaiveDate,
    /// Every different slot.
    pub(super) slots: Vec<Slot>,
    /// By treatment by lanes: its slot, none, or that no time is left.
    pub(super) by_turn: Vec<Option<u16>>,
    /// By treatment by lanes: the code of what leaves no time, where nothing does.
    refusals: Vec<u8>,
}

impl Times {
    /// Whether a time is left for the same treatments as on another day.
    pub(super) fn are_had_as(&self, other: &Self) -> bool {
        self.by_turn.len() == other.by_turn.len()
            && self.by_turn.iter().zip(&other.by_turn).all(|(one, other)| one.is_some() == other.is_some())
    }

    /// What leaves no time for a treatment, by its code.
    pub(super) fn refusal(&self, turn: usize) -> u8 {
        self.refusals.get(turn).copied().unwrap_or(NO_TIME)
    }
}

impl Turns {
    /// The times of a day.
    pub(super) fn times(&self, policy: &Policy, day: NaiveDate) -> Times {
        let mut slots: Vec<Slot> = Vec::new();
        let mut refusals = Vec::with_capacity(self.turns.len());
        let by_turn = self.turns.iter().map(|turn| {
            refusals.push(NO_TIME);
            let treatment = policy.treatments().get(usize::from(turn.id)).filter(|_| turn.contact);
            let Some(treatment) = treatment else { return Some(NO_SLOT) };
            let slot = match policy.slot_of(treatment, day, self.zone, self.period) {
                Ok(Some(slot)) => slot,
                Ok(None) => return Some(NO_SLOT),
                Err(by) => {
                    if let (VetoBy::Rule(rule), Some(code)) = (by, refusals.last_mut()) {
                        *code = code_of_rule(rule);
                    }
                    return None;
                }
            };
            let place = slots.iter().position(|known| *known == slot).unwrap_or_else(|| {
                slots.push(slot);
                slots.len() - 1
            });
            u16::try_from(place).ok()
        });
        let by_turn = by_turn.collect();
        Times { day, slots, by_turn, refusals }
    }
}
