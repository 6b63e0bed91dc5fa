//! Who went where between two month ends.

use super::panel::{Line, Panel};
use super::place::Place;
use super::{Buckets, Month};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts that went from one place to another between two month ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) accounts: u64,
    /// What they owed at the earlier month end.
    pub(super) before: i128,
    pub(super) before_unknown: u64,
    /// What they owe at the later one.
    pub(super) after: i128,
    pub(super) after_unknown: u64,
}

impl Flow {
    pub(super) fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.before = self.before.saturating_add(other.before);
        self.before_unknown += other.before_unknown;
        self.after = self.after.saturating_add(other.after);
        self.after_unknown += other.after_unknown;
    }

    fn count(&mut self, before: Option<&Line>, after: Option<&Line>) {
        let sum = |line: Option<&Line>, sum: &mut i128, unknown: &mut u64| match line.map(Line::balance) {
            Some(Some(minor)) => *sum = sum.saturating_add(i128::from(minor)),
            Some(None) => *unknown += 1,
            None => {}
        };
        self.accounts += 1;
        sum(before, &mut self.before, &mut self.before_unknown);
        sum(after, &mut self.after, &mut self.after_unknown);
    }
}

/// The flows between each two months in a row that the panel has, by the later month.
#[derive(Clone, Debug)]
pub(super) struct Flows {
    places: Vec<Place>,
    buckets: Buckets,
    by_month: BTreeMap<Month, Vec<Flow>>,
}

impl Flows {
    /// Counts every account once between each two months.
    pub(super) fn of(panel: &Panel, buckets: &Buckets, months: &BTreeSet<Month>) -> Self {
        let places = Place::all(buckets);
        let cells = places.len().saturating_mul(places.len());
        let later = months.iter().filter(|month| months.contains(&month.before()));
        let by_month = later.map(|month| (*month, vec![Flow::default(); cells])).collect();
        let mut flows = Self { places, buckets: buckets.clone(), by_month };
        for lines in panel.accounts() {
            let mut last: Option<&Line> = None;
            for line in lines {
                match last {
                    Some(before) if before.month.next() == line.month => flows.count(line.month, last, Some(line)),
                    Some(before) => {
                        flows.count(before.month.next(), last, None);
                        flows.count(line.month, None, Some(line));
                    }
                    None => flows.count(line.month, None, Some(line)),
                }
                last = Some(line);
            }
            if let Some(before) = last {
                flows.count(before.month.next(), last, None);
            }
        }
        flows
    }

    fn count(&mut self, month: Month, before: Option<&Line>, after: Option<&Line>) {
        let place = |line: Option<&Line>| line.map_or(Place::Absent, |line| line.place);
        let cell = self.cell(place(before), place(after));
        if let Some(flow) = self.by_month.get_mut(&month).and_then(|cells| cells.get_mut(cell)) {
            flow.count(before, after);
        }
    }

    fn cell(&self, from: Place, to: Place) -> usize {
        from.index(&self.buckets).saturating_mul(self.places.len()).saturating_add(to.index(&self.buckets))
    }

    /// The later months.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> + '_ {
        self.by_month.keys().copied()
    }

    /// Every place, in order.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// Who went from one place to another until a month end.
    pub(super) fn flow(&self, month: Month, from: Place, to: Place) -> Flow {
        let cells = self.by_month.get(&month);
        cells.and_then(|cells| cells.get(self.cell(from, to))).copied().unwrap_or_default()
    }

    /// All who went from some places to some places.
    pub(super) fn sum(&self, month: Month, from: impl Fn(Place) -> bool, to: impl Fn(Place) -> bool) -> Flow {
        let mut sum = Flow::default();
        for source in self.places.iter().copied().filter(|place| from(*place)) {
            for target in self.places.iter().copied().filter(|place| to(*place)) {
                sum.add(self.flow(month, source, target));
            }
        }
        sum
    }
}
