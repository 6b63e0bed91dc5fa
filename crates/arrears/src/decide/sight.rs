//! How a decision in the making looks at facts: for today only, or noting for how long
//! what it sees stays.

use super::outlook::{Outlook, Step};
use super::until::Until;
use crate::condition::{Cmp, Cond, FactId, Num, Reading, RowReading, Truth, compare};
use crate::number::Cell;
use crate::policy::Policy;

/// A way of looking at facts. Whatever a decision depends on is looked at through one.
pub(crate) trait Sight {
    /// Whether a condition holds.
    fn truth(&self, policy: &Policy, row: RowReading<'_>, cond: &Cond) -> Truth;
    /// Whether a fact has come up to a number.
    fn reaches(&self, policy: &Policy, row: RowReading<'_>, fact: FactId, number: &Num) -> Truth;
    /// A fact.
    fn fact(&self, policy: &Policy, row: RowReading<'_>, id: FactId) -> Cell;
    /// In so many days the calendar itself may make the decision differ; none: it does not.
    fn day_differs(&self, days: Option<i64>);
    /// Begins a step of the decision.
    fn look(&self, step: Step);
    /// Begins or ends looking at what would be if the account stood in another stage.
    fn elsewhere(&self, begins: bool);
}

/// Today only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain;

impl Sight for Plain {
    #[inline]
    fn truth(&self, _: &Policy, row: RowReading<'_>, cond: &Cond) -> Truth {
        cond.read(&row)
    }
    #[inline]
    fn reaches(&self, _: &Policy, row: RowReading<'_>, fact: FactId, number: &Num) -> Truth {
        compare(Cmp::Ge, row.cell(fact), number.read(&row))
    }
    #[inline]
    fn fact(&self, _: &Policy, row: RowReading<'_>, id: FactId) -> Cell {
        row.cell(id)
    }
    #[inline]
    fn day_differs(&self, _: Option<i64>) {}
    #[inline]
    fn look(&self, _: Step) {}
    #[inline]
    fn elsewhere(&self, _: bool) {}
}

impl Sight for Outlook<'_> {
    fn truth(&self, policy: &Policy, row: RowReading<'_>, cond: &Cond) -> Truth {
        let day = self.day();
        let lasting = self.kept(day, cond).unwrap_or_else(|| {
            let read = cond.read(&Until { policy, row, day, outlook: self });
            self.remember(day, cond, read);
            read
        });
        self.note(lasting);
        lasting.truth
    }
    fn reaches(&self, policy: &Policy, row: RowReading<'_>, fact: FactId, number: &Num) -> Truth {
        let until = Until { policy, row, day: self.day(), outlook: self };
        let lasting = until.compare(Cmp::Ge, until.fact(fact), number.read(&until));
        self.note(lasting);
        lasting.truth
    }
    fn fact(&self, policy: &Policy, row: RowReading<'_>, id: FactId) -> Cell {
        let until = Until { policy, row, day: self.day(), outlook: self };
        self.note_line(&until.line(id));
        row.cell(id)
    }
    fn day_differs(&self, days: Option<i64>) {
        if let Some(days) = days {
            self.note_until(super::line::after(self.day(), days));
        }
    }
    fn look(&self, step: Step) {
        Self::look(self, step);
    }
    fn elsewhere(&self, begins: bool) {
        self.pause(begins);
    }
}
