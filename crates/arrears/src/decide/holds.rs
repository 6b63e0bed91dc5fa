//! Holds: what stops which classes of work.

use super::Today;
use super::sight::Sight;
use crate::condition::Truth;
use crate::facts::Class;
use crate::policy::{Hold, Purpose};

impl<'a, S: Sight> Today<'a, S> {
    /// Reads every hold; one that is not false binds.
    pub(crate) fn holds(&mut self) {
        let policy = self.policy;
        for (index, hold) in policy.body.holds.iter().enumerate() {
            let truth = self.read(&hold.when);
            if truth.is_false() {
                continue;
            }
            if truth.is_unknown() {
                self.miss(&hold.when);
            }
            self.decision.held_by.push((u16::try_from(index).unwrap_or(u16::MAX), truth));
        }
    }

    fn binding(&self) -> impl Iterator<Item = (u16, Truth, &'a Hold)> + '_ {
        let holds = &self.policy.body.holds;
        self.decision
            .held_by
            .iter()
            .filter_map(move |(index, truth)| Some((*index, *truth, holds.get(usize::from(*index))?)))
    }

    /// The first hold that stops a contact or enforcement for this purpose.
    pub(crate) fn stopping(&self, class: Class, purpose: Purpose) -> Option<(u16, Truth)> {
        self.binding().find(|(_, _, hold)| hold.stops(class, purpose)).map(|(index, truth, _)| (index, truth))
    }

    /// The first hold that stops acts of this class.
    pub(crate) fn stopping_class(&self, class: Class) -> Option<(u16, Truth)> {
        self.binding().find(|(_, _, hold)| hold.stops.classes.contains(&class)).map(|(index, truth, _)| (index, truth))
    }

    /// The hold that stops a duty; one that is true before one that is unknown.
    pub(crate) fn stopping_duty(&self, name: &str) -> Option<(u16, Truth)> {
        self.binding()
            .filter(|(_, _, hold)| hold.stops_duty(name))
            .map(|(index, truth, _)| (index, truth))
            .max_by_key(|(_, truth)| *truth)
    }
}
