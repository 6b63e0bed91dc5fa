//! The time of each treatment on one day, for everybody who has no times of their own.

use super::turns::{NO_SLOT, Turns};
use arrears::decide::Slot;
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
}

impl Times {
    /// Whether a time is left for the same treatments as on another day.
    pub(super) fn are_had_as(&self, other: &Self) -> bool {
        self.by_turn.len() == other.by_turn.len()
            && self.by_turn.iter().zip(&other.by_turn).all(|(one, other)| one.is_some() == other.is_some())
    }
}

impl Turns {
    /// The times of a day.
    pub(super) fn times(&self, policy: &Policy, day: NaiveDate) -> Times {
        let mut slots: Vec<Slot> = Vec::new();
        let by_turn = self.turns.iter().map(|turn| {
            let period = self.period.or(turn.at).filter(|_| turn.contact);
            let Some(period) = period else { return Some(NO_SLOT) };
            let slot = policy.slot_on(day, self.zone, period)?;
            let place = slots.iter().position(|known| *known == slot).unwrap_or_else(|| {
                slots.push(slot);
                slots.len() - 1
            });
            u16::try_from(place).ok()
        });
        let by_turn = by_turn.collect();
        Times { day, slots, by_turn }
    }
}
