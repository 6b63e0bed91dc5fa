//! Holds: what protects an account today.

use super::chunk::{Chunk, Faults, Kinds};
use super::plan::{LAST, Plan, Told};
use super::word::{EMPTY, UNKNOWN, Vocabulary, none_of};
use arrears::facts::Group;
use arrears::table;

/// What is kept of holds: a bit for each protection that stands today.
#[derive(Clone, Debug, Default)]
pub(super) struct HoldPlan {
    slot: Option<usize>,
}

/// The facts that a hold may set, in the order of the handbook.
pub(super) fn protections() -> impl Iterator<Item = &'static str> {
    table::all().filter(|fact| fact.group == Group::Protection).map(|fact| fact.name)
}

/// Makes room for a protection.
pub(super) fn held(plan: &mut Plan, name: &str) -> Told {
    let slot = plan.holds.slot.unwrap_or_else(|| plan.slot(0));
    plan.holds.slot = Some(slot);
    let bit = protections().position(|known| known == name).and_then(|bit| u32::try_from(bit).ok());
    Told::Held { slot, bit: bit.unwrap_or(0) }
}

impl HoldPlan {
    /// Sets what protects today.
    pub(super) fn set(&self, bits: u32, places: &mut [i32]) {
        if let Some(held) = self.slot.and_then(|slot| places.get_mut(slot)) {
            *held |= i32::from_ne_bytes(bits.to_ne_bytes());
        }
    }
}

/// Reads the holds of a chunk.
pub(super) fn read(plan: &Plan, chunk: &Chunk<'_>, faults: &mut Faults) -> Kinds {
    let known = Vocabulary::of(protections());
    let words = chunk.words("what", &known);
    let from = chunk.day("from", plan, true, faults);
    let until = chunk.day("until", plan, false, faults);
    let mut bits = vec![0; chunk.rows()];
    for (row, bits) in bits.iter_mut().enumerate() {
        let (first, last) = (from.get(row).copied().unwrap_or(LAST), until.get(row).copied().unwrap_or(LAST));
        match words.at(row) {
            EMPTY => chunk.must("what", row, "write what protects, as in dispute", faults),
            UNKNOWN => faults.add(row, chunk.fault("what", row, none_of("what", &known, chunk, row))),
            bit if last >= plan.day => *bits = 1_u32.checked_shl(u32::from(bit)).unwrap_or(0),
            _ => {}
        }
        if first != LAST && last < first {
            faults.add(row, chunk.fault("until", row, "lies before the day from which it holds"));
        }
    }
    Kinds::Holds { from, bits }
}
