//! What work that is done leaves in the state: counts, days since, the treatment used last.

use super::{DutyDue, DutyStatus};
use crate::condition::FactId;
use crate::number::Cell;
use crate::policy::{Detail, Need, Policy, TreatmentId};

impl Policy {
    /// The treatment, its text, and the duties done today.
    pub(super) fn carry_work(&self, after: &mut [Cell], treatment: Option<TreatmentId>, duties: &[DutyDue]) {
        if let Some(treatment) = treatment {
            self.used(after, treatment, 0);
        }
        for due in duties.iter().filter(|due| due.status == DutyStatus::Due) {
            if let Some(duty) = self.body.duties.get(usize::from(due.duty)) {
                self.done(after, &duty.name, duty.details.get("text"), 0);
            }
        }
    }

    /// Whether a treatment was used less than so many days ago.
    pub(super) fn was_used_within(&self, row: &[Cell], id: TreatmentId, days: i64) -> bool {
        let since = self.body.treatments.get(id.index()).and_then(crate::policy::Treatment::since);
        let since = since.or_else(|| self.find_input("days_since_treatment"));
        since.and_then(|fact| cell(row, fact).get()).is_some_and(|since| since < days)
    }

    /// A treatment was used so many days ago: it counts, and unless one was used since, it is the
    /// last one, and what a call back or a retry asked for is settled by it.
    pub(super) fn used(&self, after: &mut [Cell], id: TreatmentId, ago: i64) {
        let Some(treatment) = self.body.treatments.get(id.index()) else {
            return;
        };
        if let Some(count) = treatment.count()
            && let Some(times) = cell(after, count).get()
        {
            set(after, count, Cell::number(times.saturating_add(1)));
        }
        let used_since = self.was_used_within(after, id, ago);
        self.done(after, &treatment.name, treatment.details.get("text"), ago);
        let last = |after: &[Cell]| self.find_input("days_since_treatment").and_then(|fact| cell(after, fact).get());
        if last(after).is_none_or(|last| ago <= last) {
            for (name, value) in [("last_treatment", i64::from(id.0)), ("days_since_treatment", ago)] {
                if let Some(fact) = self.find_input(name) {
                    set(after, fact, Cell::number(value));
                }
            }
        }
        let known = &self.body.known;
        if !used_since && known.retry_treatment.is_some_and(|fact| cell(after, fact) == Cell::number(i64::from(id.0))) {
            for fact in [known.retry_treatment, known.retry_in, known.callback_in].into_iter().flatten() {
                set(after, fact, Cell::NEVER);
            }
        }
    }

    /// Sets the state facts `days_since_<name>` and `days_since_<text>`.
    fn done(&self, after: &mut [Cell], name: &str, text: Option<&Detail>, ago: i64) {
        let text = match text {
            Some(Detail::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        for name in [Some(name), text].into_iter().flatten() {
            let column = format!("days_since_{}", crate::facts::column_part(name));
            if let Some(fact) = self.find_input(&column)
                && self.input(fact).is_some_and(|input| matches!(input.need, Need::State(_)))
                && cell(after, fact).get().is_none_or(|since| ago <= since)
            {
                set(after, fact, Cell::number(ago));
            }
        }
    }
}

fn cell(cells: &[Cell], fact: FactId) -> Cell {
    cells.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN)
}

fn set(cells: &mut [Cell], fact: FactId, value: Cell) {
    if let Some(cell) = cells.get_mut(fact.index()) {
        *cell = value;
    }
}
