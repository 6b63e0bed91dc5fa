//! A case as it would be if one more contact had been made.

use super::Contact;
use super::case::{Case, PackCase};
use super::known::Known;
use super::tally::Tally;

impl Case {
    /// Adds a contact to what was made, as if it were known. It must not lie before any that is: then
    /// the case says what one would that was prepared with it in the history.
    pub(super) fn having_made(&mut self, contact: &Contact) {
        let Some(added) = self.known.add(contact) else { return };
        for case in &mut self.packs {
            case.count(&self.known, added);
        }
    }
}

impl PackCase {
    /// Counts a contact that was added. What belonged to a class before still does: nothing that an
    /// earlier contact reads lies after it.
    fn count(&mut self, known: &Known, added: usize) {
        let Some(past) = known.past.as_ref().and_then(|all| all.get(added)) else { return };
        let mut cells = Vec::new();
        for index in self.in_order() {
            let Some(class) = self.pack.classes().get(index) else { continue };
            let read = self.read_by(class);
            let belongs = |debt| self.belongs((known, class), (past, debt), &read, &mut cells);
            let member = Tally::member(known, class, past, belongs);
            if let (Some(tally), Some(member)) = (self.tallies.get_mut(index), member) {
                tally.members.push(member);
            }
        }
    }
}
