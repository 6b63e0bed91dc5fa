//! One item that is asked for, with what grew on it.

use super::parts::Parts;
use crate::interest::Accrued;
use arrears::account::Component;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What falls due with an item and is not owed before.
#[derive(Clone, Debug)]
pub(super) struct Coming {
    pub(super) component: Component,
    pub(super) amount: i128,
    pub(super) event: String,
}

/// What a write-off took: what was owed, and what was still to come.
#[derive(Clone, Debug)]
pub(super) struct WrittenOff {
    pub(super) event: String,
    pub(super) open: Parts,
    pub(super) coming: Vec<Coming>,
}

/// One item that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) name: String,
    /// None: it falls due by no date of its own (what a statement does not newly ask for).
    pub(super) due_on: Option<NaiveDate>,
    /// The first day of the period whose interest it holds.
    pub(super) period_from: NaiveDate,
    /// What was asked for, as it stands.
    pub(super) asked: i128,
    /// What is owed of it.
    pub(super) open: Parts,
    /// Interest and fees of its own that are not owed before it falls due.
    pub(super) coming: Vec<Coming>,
    /// Up to which day interest on it is booked.
    pub(super) booked_to: NaiveDate,
    /// Contract interest on it that earns interest, and such as will at the next turn.
    pub(super) capitalised: i128,
    pub(super) fresh: i128,
    /// What the terms charged on it, and what the cap of the total rate allows.
    pub(super) charged: i128,
    pub(super) allowed: Accrued,
    /// Late fees of the terms that were charged on it, by their place.
    pub(super) fees: BTreeSet<usize>,
    /// What each write-off took.
    pub(super) written_off: Vec<WrittenOff>,
}

impl Item {
    pub(super) const fn new(name: String, due_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        Self {
            name,
            due_on,
            period_from: today,
            asked: 0,
            open: Parts::NONE,
            coming: Vec::new(),
            booked_to: today,
            capitalised: 0,
            fresh: 0,
            charged: 0,
            allowed: Accrued::ZERO,
            fees: BTreeSet::new(),
            written_off: Vec::new(),
        }
    }

    /// Whether it is due on a day: from the due date on.
    pub(super) fn is_due(&self, day: NaiveDate) -> bool {
        self.due_on.is_some_and(|due_on| due_on <= day)
    }

    /// What of it can be late: not what lateness itself cost.
    pub(super) const fn lent(&self) -> i128 {
        self.open.get(Component::Principal) + self.open.get(Component::Interest)
    }

    /// What of it is late once its day is past: of an item that asks for fees or costs, these.
    pub(super) fn unpaid(&self) -> i128 {
        if self.fees.is_empty() { self.open.sum() - self.open.get(Component::Penalty) } else { self.lent() }
    }

    /// Interest that earns interest: never more than is unpaid.
    pub(super) fn compounded(&self) -> i128 {
        self.capitalised.min(self.open.get(Component::Interest))
    }

    /// What was booked since the last turn earns interest from now on.
    pub(super) fn turn(&mut self) {
        let unpaid = self.open.get(Component::Interest);
        self.capitalised = (self.compounded() + self.fresh).min(unpaid);
        self.fresh = 0;
    }
}
