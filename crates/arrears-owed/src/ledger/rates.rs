//! Which rates are in force on a day.

use crate::interest::{InterestError, Rate};
use crate::terms::{PenaltyRate, Terms};
use arrears::account::{Event, Happening, NewRate};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The rates of every day: those of the terms, changed by their plan and by the history.
#[derive(Clone, Debug, Default)]
pub(super) struct Rates {
    contract: BTreeMap<NaiveDate, Rate>,
    penalty: BTreeMap<NaiveDate, Rate>,
}

impl Rates {
    /// An event is stronger than the plan on its day.
    pub(super) fn new(terms: &Terms, events: &[&Event]) -> Result<Self, InterestError> {
        let mut rates = Self::default();
        for change in &terms.plan {
            rates.contract.extend(change.contract.map(|rate| (change.from, rate)));
            rates.penalty.extend(change.penalty.map(|rate| (change.from, rate)));
        }
        let like = |rate: NewRate, model: Option<Rate>| match model {
            Some(Rate::Daily(_)) => Rate::daily(rate.decimal()),
            _ => Rate::annual(rate.decimal()),
        };
        for event in events {
            if let Happening::RateChange(change) = &event.happening {
                if let Some(rate) = change.contract {
                    rates.contract.insert(event.occurred_on, like(rate, terms.rate)?);
                }
                if let Some(rate) = change.penalty {
                    let own = terms.penalty.as_ref().and_then(|penalty| match penalty.rate {
                        PenaltyRate::Rate(own) => Some(own),
                        PenaltyRate::Times(_) | PenaltyRate::Plus(_) => terms.rate,
                    });
                    rates.penalty.insert(event.occurred_on, like(rate, own)?);
                }
            }
        }
        Ok(rates)
    }

    /// The days on which a rate changes.
    pub(super) fn days(&self) -> BTreeSet<NaiveDate> {
        self.contract.keys().chain(self.penalty.keys()).copied().collect()
    }

    /// The contract rate of a day; none where none runs.
    pub(super) fn contract(&self, terms: &Terms, day: NaiveDate) -> Option<Rate> {
        self.contract.range(..=day).next_back().map(|(_, rate)| *rate).or(terms.rate)
    }

    /// The rate of penalty interest on a day; none where there is none.
    pub(super) fn penalty(&self, terms: &Terms, day: NaiveDate) -> Result<Option<Rate>, InterestError> {
        let Some(penalty) = &terms.penalty else { return Ok(None) };
        if let Some((_, rate)) = self.penalty.range(..=day).next_back() {
            return Ok(Some(*rate));
        }
        penalty.rate.at(self.contract(terms, day).unwrap_or(Rate::ZERO)).map(Some)
    }
}
