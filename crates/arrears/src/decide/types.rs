//! Who is this? The types that the account may have.

use super::Today;
use super::sight::Sight;
use crate::condition::{Truth, WordSet};

impl<S: Sight> Today<'_, S> {
    /// The first type whose clause is true, and every type above it whose clause is
    /// unknown.
    pub(crate) fn types(&mut self) {
        let policy = self.policy;
        let mut types = WordSet::default();
        for (index, kind) in policy.body.types.iter().enumerate() {
            let truth = kind.when.as_ref().map_or(Truth::True, |when| self.read(when));
            if !truth.is_false() {
                types = types.or(WordSet::of(index));
            }
            match (truth, &kind.when) {
                (Truth::True, _) => break,
                (Truth::Unknown, Some(when)) => self.miss(when),
                _ => {}
            }
        }
        self.decision.types = types;
    }
}
