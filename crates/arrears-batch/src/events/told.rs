//! Facts as they are told by what was counted of an account.

use super::day;
use super::plan::{Derived, LAST, NO_AMOUNT, NO_DAY, Plan, Told};
use super::promises::{OPEN, UNTOLD};
use super::shard::Counted;
use arrears::Cell;
use arrears::account::MonthEnd;

impl Plan {
    /// A fact of an account, and in how many days it may fall by time alone.
    pub(super) fn tell(&self, derived: &Derived, counted: Counted<'_>) -> (Cell, Cell) {
        let place = |slot: usize| counted.places.get(slot).copied().unwrap_or(NO_DAY);
        // Of an account to which nothing happened no amounts are kept.
        let amount = |slot: usize| match counted.amounts.get(slot).copied().unwrap_or(0) {
            NO_AMOUNT => Cell::UNKNOWN,
            minor => Cell::number(minor),
        };
        let never = Cell::NEVER;
        if derived.unsettled.is_some_and(|slot| place(slot) != 0) {
            return (Cell::UNKNOWN, Cell::UNKNOWN);
        }
        let cell = match derived.told {
            Told::Since(slot) => self.since(place(slot)),
            Told::Months(slot) => self.months(place(slot)),
            Told::Times { slot, days } => {
                return (Cell::number(i64::from(place(slot))), self.drops_in(place(slot + 1), days));
            }
            Told::Here(_) | Told::HereSet(_) if counted.late_from == NO_DAY => Cell::UNKNOWN,
            Told::Here(slot) => Cell::number(i64::from(place(slot))),
            Told::HereSet(slot) => Cell::flag(place(slot) > 0),
            Told::LastPayment { amount: slot } => amount(slot),
            Told::Paid { amount: slot, first, days } => return (amount(slot), self.drops_in(place(first), days)),
            Told::Open { state } => match place(state) {
                UNTOLD => Cell::UNKNOWN,
                state => Cell::flag(state == OPEN),
            },
            Told::DueIn { state, due } => match place(state) {
                OPEN => Cell::number(i64::from(place(due)) - i64::from(self.day)),
                UNTOLD => Cell::UNKNOWN,
                _ => never,
            },
            Told::Left { state, amount: slot } => match place(state) {
                OPEN => amount(slot),
                UNTOLD => Cell::UNKNOWN,
                _ => Cell::number(0),
            },
            Told::Vague { vague, named } => Cell::flag(place(vague) != NO_DAY && place(vague) > place(named)),
            Told::Held { slot, bit } => Cell::flag(place(slot) & 1_i32.checked_shl(bit).unwrap_or(0) != 0),
        };
        (cell, Cell::UNKNOWN)
    }

    fn since(&self, last: i32) -> Cell {
        match last {
            NO_DAY => Cell::NEVER,
            last => Cell::number(i64::from(self.day) - i64::from(last)),
        }
    }

    fn months(&self, last: i32) -> Cell {
        match (last, day::date(last)) {
            (NO_DAY, _) => Cell::NEVER,
            (_, Some(last)) => Cell::number(i64::from(MonthEnd::Clamp.between(last, self.as_of))),
            // A day beyond the calendar.
            (_, None) => Cell::UNKNOWN,
        }
    }

    /// A window loses its first day when so many days have passed since.
    fn drops_in(&self, first: i32, days: u32) -> Cell {
        match first {
            LAST => Cell::NEVER,
            first => Cell::number(i64::from(first) + i64::from(days) - i64::from(self.day)),
        }
    }
}
