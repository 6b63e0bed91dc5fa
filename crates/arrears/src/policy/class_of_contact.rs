//! Which contacts of a history may belong to a class of a pack.

use super::{Pack, Policy};
use crate::condition::{RowReading, WordSet};
use crate::facts::{Channel, ContactKinds, Parametric, outcome_table};
use crate::number::Cell;

impl Policy {
    /// The contacts that may belong to the class that a fact with a parameter counts; none if it
    /// counts something else. What a history does not tell of a contact counts: a limit is then
    /// reached too early, never too late.
    pub(super) fn class_of_contact(&self, fact: &Parametric) -> Option<ContactKinds> {
        let (pack, class) = fact.what.strip_prefix(Parametric::CLASS)?.rsplit_once('/')?;
        let law = self.law().map_or(&[][..], |law| law.packs());
        let pack = self.house_rules().into_iter().chain(law).find(|known| known.head().name == pack)?;
        let class = pack.classes().iter().find(|known| known.name == class)?;
        let mut kinds = ContactKinds::none(!class.same.debt);
        for channel in Channel::ALL {
            for inbound in [false, true] {
                for outcome in outcome_table().iter().map(|outcome| Some(outcome.code)).chain([None]) {
                    let cells = cells(pack, channel, inbound, outcome);
                    let thresholds = pack.threshold_values();
                    let row = RowReading { cells: &cells, thresholds, types: WordSet::default() };
                    if !class.when.read(&row).is_false() {
                        kinds.add(channel, inbound, outcome);
                    }
                }
            }
        }
        Some(kinds)
    }
}

/// What a history tells of a contact with the debtor.
fn cells(pack: &Pack, channel: Channel, inbound: bool, outcome: Option<&str>) -> Vec<Cell> {
    let spoke = |code: &str| {
        code == "third_party" || outcome_table().iter().any(|known| known.code == code && known.right_party)
    };
    let inputs = pack.inputs().iter();
    inputs
        .map(|input| {
            let word = |word: &str| input.word(word).unwrap_or(Cell::UNKNOWN);
            match input.name.as_str() {
                "direction" => word(if inbound { "in" } else { "out" }),
                "channel" => word(channel.word()),
                "recipient" => word("debtor"),
                "result" => outcome.map_or(Cell::UNKNOWN, word),
                "conversation" => outcome.map_or(Cell::UNKNOWN, |code| Cell::flag(spoke(code))),
                "same_call" => Cell::FALSE,
                "returned_after" => Cell::NEVER,
                _ => Cell::UNKNOWN,
            }
        })
        .collect()
}
