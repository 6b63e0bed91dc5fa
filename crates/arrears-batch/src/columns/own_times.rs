//! Times and zones of people's own: what they asked for, when people of their work are at
//! home, where they live.

use super::bits::each_set;
use super::kernel::{any, map1, map2, mask, pick, upd1};
use super::lane::{Bytes, Lanes, N, ROWS};
use super::times::Times;
use super::turns::{NO_SLOT, NO_TREATMENT, Turn};
use arrears::Cell;
use arrears::decide::Slot;
use arrears::policy::{ClockPeriod, Policy};
use std::collections::BTreeMap;

/// So many different times and zones are told apart on one day; rows of more are for the row
/// engine.
const MOST: usize = 250;
/// Nothing of a period is left of the day.
const NO_TIME_LEFT: u16 = NO_SLOT - 1;

/// Where times of people's own are found.
#[derive(Debug)]
pub(super) struct OwnTimes {
    pub(super) from: N,
    pub(super) to: N,
    pub(super) zone: N,
    pub(super) works: N,
    /// Kinds of work with their hours.
    pub(super) hours: Vec<(i64, ClockPeriod)>,
}

/// A zone, and a period that takes the place of a treatment's own.
type Own = (Cell, Option<(u16, u16)>);

/// The times of people's own that were met so far on one day.
#[derive(Debug)]
pub(super) struct Keys {
    /// By row: one more than the place of its times; 0: none of its own.
    pub(super) of_row: Box<Bytes>,
    /// Whether a row of the chunk has times of its own.
    some: bool,
    places: BTreeMap<(i64, Option<(u16, u16)>), u8>,
    /// By place, and then by treatment by lanes: its slot, none, or that no time is left.
    by_turn: Vec<Vec<u16>>,
    /// Whether the zone is another than the policy's.
    abroad: Vec<bool>,
    periods: Vec<Option<(u16, u16)>>,
    /// By treatment by lanes, whether somebody's own times leave no time for it.
    refuses: Vec<bool>,
    /// Slots that are not those of everybody, and what a table of decisions calls each.
    slots: Vec<Slot>,
    pub(super) called: Vec<u16>,
    /// By the position of a treatment, its place by lanes.
    of_treatment: Vec<u16>,
}

impl OwnTimes {
    /// Whether every row has the times of everybody.
    pub(super) fn is_nobodys(&self) -> bool {
        let fixed = |number: N| matches!(number, N::Const(_));
        fixed(self.from) && fixed(self.zone) && (self.hours.is_empty() || fixed(self.works))
    }

    fn of(&self, lanes: &Lanes, row: usize) -> Own {
        let cell = |number| lanes.cell(number, row);
        let minute = |number| cell(number).get().and_then(|minute| u16::try_from(minute).ok());
        let stated = minute(self.from).and_then(|from| {
            let to = minute(self.to).unwrap_or(24 * 60).min(24 * 60);
            (from < to).then_some((from, to))
        });
        let works = || {
            let hours = self.hours.iter().find(|(word, _)| Some(*word) == cell(self.works).get());
            hours.map(|(_, period)| (period.from, period.to))
        };
        (cell(self.zone), stated.or_else(works))
    }

    /// Finds the times of every row.
    pub(super) fn find(
        &self,
        (lanes, policy): (&Lanes, &Policy),
        (turns, times): (&[Turn], &Times),
        keys: &mut Keys,
        hard: &mut Bytes,
    ) {
        keys.some = false;
        if self.is_nobodys() {
            return;
        }
        keys.of_row.fill(0);
        // Rows that have nothing but the hours of their work: one kind of work after the other.
        let mut known: Bytes = [0; ROWS];
        // What is the same for every row is what they have besides.
        let fixed = |number: N| if let N::Const(cell) = number { cell } else { Cell::UNKNOWN };
        match self.works {
            N::Byte(works) if fixed(self.from).get().is_none() => {
                let works = lanes.byte(works);
                // Of two hours for one kind of work the first is meant.
                for (word, period) in self.hours.iter().rev() {
                    let Some(word) = u8::try_from(*word).ok().filter(|word| *word < super::lane::NEVER_BYTE) else {
                        continue;
                    };
                    map1(&mut known, works, |works| mask(works == word));
                    if !any(&known) {
                        continue;
                    }
                    let own = (fixed(self.zone), Some((period.from, period.to)));
                    match keys.place(own, policy, (turns, times)) {
                        Some(place) => {
                            upd1(&mut keys.of_row, &known, |of, known| pick(known, place, of));
                            keys.some = true;
                        }
                        None => upd1(hard, &known, |hard, known| hard | known),
                    }
                }
                known.fill(0);
            }
            N::Byte(works) if !self.hours.is_empty() => {
                map1(&mut known, lanes.byte(works), |works| mask(works < super::lane::NEVER_BYTE));
            }
            works => known.fill(mask(!self.hours.is_empty() && !matches!(works, N::Const(_)))),
        }
        self.known(lanes, self.from, &mut known);
        self.known(lanes, self.zone, &mut known);
        let mut last: Option<(Own, u8)> = None;
        each_set(&known, ROWS, |row| {
            let own = self.of(lanes, row);
            let nobodys = own.0.get().is_none() && own.1.is_none();
            let place = match last {
                _ if nobodys => Some(0),
                Some((before, place)) if before == own => Some(place),
                _ => keys.place(own, policy, (turns, times)),
            };
            match (place, keys.of_row.get_mut(row), hard.get_mut(row)) {
                (Some(place), Some(slot), _) => {
                    *slot = place;
                    keys.some |= !nobodys;
                    last = Some((own, place)).filter(|_| !nobodys);
                }
                (_, _, Some(hard)) => *hard = 255,
                _ => {}
            }
        });
    }

    /// Rows in which a number is known.
    fn known(&self, lanes: &Lanes, number: N, out: &mut Bytes) {
        match number {
            N::Const(_) => {}
            N::Byte(lane) => upd1(out, lanes.byte(lane), |out, cell| out | mask(cell < super::lane::NEVER_BYTE)),
            N::Narrow(lane) => {
                upd1(out, lanes.narrow(lane), |out, cell| out | mask(cell > super::lane::NEVER_NARROW));
            }
            N::Wide(_) => out.fill(255),
        }
    }
}

impl Keys {
    pub(super) fn new(turns: &[Turn]) -> Self {
        let last = turns.last().map_or(0, |turn| usize::from(turn.id) + 1);
        let mut of_treatment = vec![0; last];
        for (place, turn) in (0..).zip(turns) {
            if let Some(slot) = of_treatment.get_mut(usize::from(turn.id)) {
                *slot = place;
            }
        }
        Self {
            of_row: Box::new([0; ROWS]),
            some: false,
            places: BTreeMap::new(),
            by_turn: Vec::new(),
            abroad: Vec::new(),
            periods: Vec::new(),
            refuses: vec![false; turns.len()],
            slots: Vec::new(),
            called: Vec::new(),
            of_treatment,
        }
    }

    /// One more than the place of somebody's own times.
    fn place(&mut self, own: Own, policy: &Policy, (turns, times): (&[Turn], &Times)) -> Option<u8> {
        let key = (super::lane::wide_of(own.0), own.1);
        if let Some(place) = self.places.get(&key) {
            return Some(*place);
        }
        let place = u8::try_from(self.by_turn.len() + 1).ok().filter(|place| usize::from(*place) <= MOST)?;
        let mut by_turn = Vec::with_capacity(turns.len());
        for (turn, refuses) in turns.iter().zip(&mut self.refuses) {
            let period = own.1.map(|(from, to)| ClockPeriod { from, to });
            let treatment = policy.treatments().get(usize::from(turn.id)).filter(|_| turn.contact);
            let found = treatment.map(|treatment| policy.slot_of(treatment, times.day, own.0, period));
            let slot = match found {
                None | Some(Ok(None)) => NO_SLOT,
                Some(Err(_)) => {
                    *refuses = true;
                    NO_TIME_LEFT
                }
                Some(Ok(Some(slot))) => number(&mut self.slots, &times.slots, slot)?,
            };
            by_turn.push(slot);
        }
        self.by_turn.push(by_turn);
        self.abroad.push(own.0.get().is_some());
        self.periods.push(own.1);
        self.places.insert(key, place);
        Some(place)
    }

    /// Whether no time is left for a treatment in some row, or in all of those with times of
    /// their own: sets the bytes of those.
    pub(super) fn refused(&self, (turn, everybody): (usize, bool), fit: &Bytes, out: &mut Bytes) -> bool {
        let some = self.some && self.refuses.get(turn).copied().unwrap_or(false);
        if !everybody && !some {
            return false;
        }
        if !self.some {
            *out = *fit;
            return any(out);
        }
        for ((out, fit), own) in out.iter_mut().zip(fit).zip(self.of_row.iter()) {
            let own = usize::from(*own).checked_sub(1).and_then(|place| self.by_turn.get(place)?.get(turn));
            let gone = own.map_or(everybody, |slot| *slot == NO_TIME_LEFT);
            *out = fit & mask(gone);
        }
        any(out)
    }

    /// Gives the rows with times of their own the slots of their treatments; whether there are
    /// any.
    pub(super) fn slots(&self, treatment: &[u16; ROWS], slot: &mut [u16; ROWS]) -> bool {
        if !self.some {
            return false;
        }
        let mut some: Bytes = [0; ROWS];
        map2(&mut some, treatment, &self.of_row, |treatment, own| mask(treatment != NO_TREATMENT) & own);
        each_set(&some, ROWS, |row| {
            let (Some(treatment), Some(slot), Some(own)) = (treatment.get(row), slot.get_mut(row), some.get(row))
            else {
                return;
            };
            let of_place = usize::from(*own).checked_sub(1).and_then(|place| self.by_turn.get(place));
            let turn = self.of_treatment.get(usize::from(*treatment));
            if let Some(found) = of_place.zip(turn).and_then(|(of, turn)| of.get(usize::from(*turn))) {
                *slot = *found;
            }
        });
        true
    }

    /// The period of a row's own, and whether it lives in a zone of its own; none without
    /// times of its own.
    pub(super) fn own(&self, row: usize) -> Option<(Option<(u16, u16)>, bool)> {
        let place = usize::from(*self.of_row.get(row).filter(|_| self.some)?).checked_sub(1)?;
        Some((*self.periods.get(place)?, *self.abroad.get(place)?))
    }

    /// Makes sure that a table of decisions has every slot, of which the first are those of
    /// everybody, and says what it calls them.
    pub(super) fn call(&mut self, all: &mut Vec<Slot>) -> bool {
        if !self.some {
            return false;
        }
        for (place, slot) in self.slots.iter().enumerate() {
            let known = self.called.get(place).and_then(|number| all.get(usize::from(*number)));
            if known == Some(slot) {
                continue;
            }
            let number = all.iter().position(|known| known == slot).unwrap_or_else(|| {
                all.push(*slot);
                all.len() - 1
            });
            self.called.resize(self.called.len().max(place + 1), 0);
            if let Some(called) = self.called.get_mut(place) {
                *called = u16::try_from(number).unwrap_or(NO_SLOT);
            }
        }
        true
    }
}

/// The number of a slot: those of everybody come first.
fn number(own: &mut Vec<Slot>, everybody: &[Slot], slot: Slot) -> Option<u16> {
    let place = everybody.iter().position(|known| *known == slot).or_else(|| {
        let place = own.iter().position(|known| *known == slot).unwrap_or_else(|| {
            own.push(slot);
            own.len() - 1
        });
        Some(everybody.len() + place)
    })?;
    u16::try_from(place).ok().filter(|place| *place < NO_TIME_LEFT)
}
