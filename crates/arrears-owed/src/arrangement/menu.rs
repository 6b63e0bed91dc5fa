//! Several plans to choose from, ranked, with why the others are not offered.

use super::means::Affordable;
use super::plan::{MOST_MONTHS, Plan, PlanError, PlanTerms};
use arrears::Currency;
use arrears::account::Amount;
use arrears::document::Fault;
use rust_decimal::Decimal;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What a bank and its regulator allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Terms that are offered, in months.
    pub months: Vec<u32>,
    /// The longest term, and where that stands: 60 months for an individual plan on a card in China.
    pub longest: Option<(u32, String)>,
    /// The least instalment, in minor units; zero: none.
    pub smallest_instalment: i64,
    /// At most so many choices; at least 1.
    pub choices: usize,
    /// Which plans come first.
    pub ranking: Ranking,
}

/// Which plans come first. Of equals the shorter one does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// What costs least: the shortest that can be kept.
    #[default]
    LeastCost,
    /// What asks least each month.
    LeastInstalment,
}

/// Plans to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Menu {
    /// What is offered, the first choice first. Empty: nothing can be.
    pub offers: Vec<Offer>,
    /// Terms that are not offered, and why.
    pub refused: Vec<Refused>,
}

/// A plan that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// Its term in months.
    pub months: u32,
    /// The plan.
    pub plan: Plan,
    /// What would still be left of each month beside it, in minor units.
    pub spare: i64,
}

/// A term that is not offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The term in months.
    pub months: u32,
    /// Why.
    pub why: String,
}

impl Menu {
    /// The plans that somebody can keep and a bank allows, ranked. No instalment is above what is affordable.
    ///
    /// # Errors
    ///
    /// [`PlanError`] if what is asked for contradicts itself, or an amount cannot be held.
    pub fn of(terms: &PlanTerms, limits: &Limits, affordable: &Affordable) -> Result<Self, PlanError> {
        limits.check()?;
        let mut offers = Vec::new();
        let mut refused = Vec::new();
        for months in limits.months.iter().copied().collect::<BTreeSet<u32>>() {
            if let Some((longest, cites)) = limits.longest.as_ref().filter(|(longest, _)| months > *longest) {
                refused.push(Refused { months, why: format!("longer than {longest} months ({cites})") });
                continue;
            }
            let plan = Plan::within(terms, months)?;
            let (each, digits) = (plan.each(), terms.currency.digits());
            let shown = |amount: i64| arrears::number::show_fixed(amount, digits);
            let smallest = limits.smallest_instalment;
            if each > affordable.monthly {
                let why = format!("{} a month, and {} can be afforded", shown(each), shown(affordable.monthly));
                refused.push(Refused { months, why });
            } else if each < smallest {
                let why = format!("{} a month, and the least instalment is {}", shown(each), shown(smallest));
                refused.push(Refused { months, why });
            } else {
                offers.push(Offer { months, spare: affordable.monthly - each, plan });
            }
        }
        match limits.ranking {
            Ranking::LeastCost => offers.sort_by_key(|offer| (offer.plan.cost, offer.months)),
            Ranking::LeastInstalment => offers.sort_by_key(|offer| (offer.plan.each(), offer.months)),
        }
        for offer in offers.split_off(limits.choices.min(offers.len())) {
            let why = format!("{} better ones are offered", limits.choices);
            refused.push(Refused { months: offer.months, why });
        }
        refused.sort_by_key(|refused| Reverse(refused.months));
        Ok(Self { offers, refused })
    }
}

impl Offer {
    /// The plan of an instalment that somebody proposes, of as many months as it takes, under the limits of every
    /// plan: within the longest term, not below the least instalment, in whole units, and no more than what is
    /// affordable.
    ///
    /// # Errors
    ///
    /// [`PlanError::Asked`] with every limit that the instalment breaks; [`PlanError::NeverRepays`] if it does not
    /// repay within the longest term, with the least instalment that does.
    pub fn proposed(terms: &PlanTerms, limits: &Limits, affordable: &Affordable, each: i64) -> Result<Self, PlanError> {
        limits.check()?;
        let shown = |amount: i64| arrears::number::show_fixed(amount, terms.currency.digits());
        let mut faults = Vec::new();
        let mut refuse =
            |expected: String| faults.push(Fault::new("each", format!("found {}: {expected}", shown(each))));
        if each <= 0 {
            refuse("expected an instalment above zero".to_owned());
        } else if each < limits.smallest_instalment {
            refuse(format!("the least instalment is {}", shown(limits.smallest_instalment)));
        }
        if each > affordable.monthly {
            refuse(format!("{} a month can be afforded of what is stated", shown(affordable.monthly)));
        }
        if terms.unit > 1 && each % terms.unit != 0 {
            refuse(format!("expected a whole multiple of {}", shown(terms.unit)));
        }
        if !faults.is_empty() {
            return Err(PlanError::Asked(faults));
        }
        let longest = limits.longest.as_ref().map(|(months, _)| *months);
        let longest = longest.or_else(|| limits.months.iter().copied().max()).unwrap_or(MOST_MONTHS).min(MOST_MONTHS);
        let plan = Plan::of(terms, each, longest)?;
        let months = u32::try_from(plan.instalments.len()).unwrap_or(longest);
        Ok(Self { months, spare: affordable.monthly - each, plan })
    }
}

/// Reads an instalment that somebody proposes, in minor units of a currency.
///
/// ```
/// use arrears_owed::arrangement::instalment;
/// assert_eq!(instalment("250.00", "EUR".parse()?), Ok(25_000));
/// assert_eq!(instalment("250.5", "JPY".parse()?), Err("more than 0 decimals, expected an amount in JPY".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Why the text is no amount of the currency.
pub fn instalment(text: &str, currency: Currency) -> Result<i64, String> {
    let written = Decimal::from_str_exact(text);
    let written = written.map_err(|_| format!("expected an amount in {currency}, as in 250.00"))?;
    Amount::new(written).minor(currency).map_err(|error| format!("{error}, expected an amount in {currency}"))
}

impl Limits {
    fn check(&self) -> Result<(), PlanError> {
        let faults = self.problems();
        if faults.is_empty() { Ok(()) } else { Err(PlanError::Asked(faults)) }
    }

    /// Everything in which the limits contradict themselves.
    pub fn problems(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.months.is_empty() {
            faults.push(Fault::new("months", "the list is empty: expected at least one term"));
        }
        if self.smallest_instalment < 0 {
            faults.push(Fault::new("smallest_instalment", "an amount below zero: expected zero or more"));
        }
        if self.choices == 0 {
            faults.push(Fault::new("choices", "found 0: expected at least one choice"));
        }
        for (index, months) in self.months.iter().enumerate().filter(|(_, months)| !(1..=MOST_MONTHS).contains(*months))
        {
            faults.push(Fault::new(format!("months[{index}]"), format!("found {months}: expected 1 to {MOST_MONTHS}")));
        }
        faults
    }
}
