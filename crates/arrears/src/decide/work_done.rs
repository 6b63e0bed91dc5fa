//! What work that is done leaves in the state: counts, days since, the treatment used last.

use super::DutyStatus;
use super::decision::Decision;
use super::state::episode_ended;
use crate::number::Cell;
use crate::policy::{Detail, Need, Policy, Row, TreatmentId};

impl Policy {
    /// The treatment, its text, and the duties done today. A new episode of arrears
    /// begins its counts anew.
    pub(super) fn carry_work(&self, after: &mut Row, decision: &Decision) {
        if episode_ended(self, after, decision) {
            let counts = self.body.treatments.iter().flat_map(|it| [it.cadence.count, it.cadence.retries]);
            for count in counts.flatten() {
                after.set(count, Cell::number(0));
            }
        }
        if let Some(treatment) = decision.treatment {
            self.used(after, treatment, 0);
        }
        for due in decision.duties.iter().filter(|due| due.status == DutyStatus::Due) {
            if let Some(duty) = self.body.duties.get(usize::from(due.duty)) {
                self.done(after, &duty.name, duty.details.get("text"), 0);
            }
        }
    }

    /// A treatment was used so many days ago: it counts, it is the last one, and what a
    /// call back or a retry asked for is settled by it.
    pub(super) fn used(&self, after: &mut Row, id: TreatmentId, ago: i64) {
        let Some(treatment) = self.body.treatments.get(id.index()) else {
            return;
        };
        if let Some(count) = treatment.count()
            && let Some(times) = after.cell(count).get()
        {
            after.set(count, Cell::number(times.saturating_add(1)));
        }
        self.done(after, &treatment.name, treatment.details.get("text"), ago);
        for (name, value) in [("last_treatment", i64::from(id.0)), ("days_since_treatment", ago)] {
            if let Some(fact) = self.find_input(name) {
                after.set(fact, Cell::number(value));
            }
        }
        let known = &self.body.known;
        if known.retry_treatment.is_some_and(|fact| after.cell(fact) == Cell::number(i64::from(id.0))) {
            for fact in [known.retry_treatment, known.retry_in, known.callback_in].into_iter().flatten() {
                after.set(fact, Cell::NEVER);
            }
        }
    }

    /// Sets the state facts `days_since_<name>` and `days_since_<text>`.
    fn done(&self, after: &mut Row, name: &str, text: Option<&Detail>, ago: i64) {
        let text = match text {
            Some(Detail::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        for name in [Some(name), text].into_iter().flatten() {
            let column = format!("days_since_{}", crate::facts::column_part(name));
            if let Some(fact) = self.find_input(&column)
                && self.input(fact).is_some_and(|input| matches!(input.need, Need::State(_)))
            {
                after.set(fact, Cell::number(ago));
            }
        }
    }
}
