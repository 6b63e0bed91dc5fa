//! Whether a treatment rests: `every`, and what results of contacts ask for.

use super::Today;
use super::sight::Sight;
use super::turn::Verdict;
use crate::condition::{FactId, Truth};
use crate::facts::Class;
use crate::number::Cell;
use crate::policy::{Purpose, Treatment, TreatmentId};

impl<S: Sight> Today<'_, S> {
    /// The rest of a treatment, if it rests or may rest: a pause of demand first, then a
    /// retry that takes the place of `every`, then `every`.
    pub(super) fn rest(&self, id: TreatmentId, treatment: &Treatment) -> Option<Verdict> {
        self.pause(treatment).or_else(|| match self.may_be_used_again(id) {
            Ok(Some(days)) => (days > 0).then_some(Verdict::Resting(days)),
            Ok(None) => self.every(treatment),
            Err(fact) => Some(Verdict::FactUnknown(fact)),
        })
    }

    /// Whether a result of a contact makes demand rest today.
    pub(crate) fn is_paused(&self, treatment: &Treatment) -> bool {
        matches!(self.pause(treatment), Some(Verdict::Resting(_)))
    }

    /// Demand rests while a pause lasts, and until a person is called back who asked for it.
    fn pause(&self, treatment: &Treatment) -> Option<Verdict> {
        if treatment.class != Class::Contact || treatment.purpose != Purpose::Demand {
            return None;
        }
        let known = &self.policy.body.known;
        let mut longest = 0;
        for fact in [known.pause_left, known.callback_in].into_iter().flatten() {
            match self.cell(fact) {
                cell if cell.is_unknown() => return Some(Verdict::FactUnknown(fact)),
                cell => longest = longest.max(cell.get().unwrap_or(0)),
            }
        }
        (longest > 0).then_some(Verdict::Resting(longest))
    }

    /// In how many days a result of a contact lets the treatment be used again; nothing if
    /// none speaks of it.
    ///
    /// # Errors
    ///
    /// The fact for want of which it cannot be read.
    fn may_be_used_again(&self, id: TreatmentId) -> Result<Option<i64>, FactId> {
        let known = &self.policy.body.known;
        let (Some(days), Some(which)) = (known.retry_in, known.retry_treatment) else {
            return Ok(None);
        };
        if self.cell(days).is_never() {
            return Ok(None);
        }
        let this = match self.cell(which) {
            cell if cell.is_unknown() => Truth::Unknown,
            cell => Truth::of(cell == Cell::number(i64::from(id.0))),
        };
        match (this, self.cell(days).get()) {
            (Truth::False, _) => Ok(None),
            (Truth::True, Some(days)) => Ok(Some(days)),
            (Truth::True, None) => Err(days),
            (Truth::Unknown, _) => Err(which),
        }
    }

    fn every(&self, treatment: &Treatment) -> Option<Verdict> {
        let every = treatment.every.as_ref()?;
        let fact = treatment.since()?;
        let since = self.cell(fact);
        if since.is_never() {
            return None;
        }
        match self.sight.reaches(self.policy, self.reading(), fact, every) {
            Truth::True => None,
            Truth::Unknown => Some(Verdict::FactUnknown(fact)),
            Truth::False => {
                let left = every.read(&self.reading()).get().zip(since.get()).map_or(0, |(every, since)| every - since);
                Some(Verdict::Resting(left))
            }
        }
    }
}
