//! Objective elements of a rule of law: which of them are there.
//!
//! What is found here is only whether amounts and days reach what a rule names. It says nothing of
//! intent, of lawfulness or of anything that a court decides, and no output of it states an offence.

use crate::finding::{Finding, Met};
use crate::regime::{Asked, Positive, Rule, text};
use arrears::account::{Amount, MonthEnd};
use arrears::document::{Fault, Fields, OBJECT, Readable};
use arrears::{Currency, Money};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use serde_json::Value;

/// Elements, ready to be asked.
pub type Elements<'r> = Asked<'r, ElementsTerms>;

/// The numbers that a rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementsTerms {
    pub(crate) rule: String,
    currency: Currency,
    principal_at_least: i64,
    days_apart: u32,
    more_than_months: u32,
}

/// An objective element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// The principal reaches the amount.
    Amount,
    /// Two effective demands lie far enough apart.
    Interval,
    /// More than the months have passed since the second of them.
    Months,
    /// The debt is still unpaid.
    Unpaid,
}

/// What is asked. None: not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementsInput {
    /// The principal that is owed, without interest, fees and costs.
    pub principal: Option<Money>,
    /// The days of effective demands, in any order ([`crate::lifecycle::demands`] says which are
    /// effective). Those after `as_of` have no effect. Empty: known that there were none.
    pub effective_demands: Option<Vec<NaiveDate>>,
    /// Whether the debt has stayed unpaid.
    pub unpaid: Option<bool>,
    /// The day for which it is asked.
    pub as_of: NaiveDate,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementsFound<'r> {
    /// Whether every element is there; unknown where one may be and none is surely missing.
    pub all: Met,
    /// Every element, with why.
    pub elements: Vec<Finding<Element>>,
    /// The first day on which every element could be there, if the principal stays as it is and stays
    /// unpaid. None: the amount is not reached, or something is not known.
    pub earliest: Option<Earliest>,
    /// The rule, with its citation and its basis.
    pub rule: &'r Rule,
}

/// The first day on which every element could be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earliest {
    /// The day.
    pub on: NaiveDate,
    /// The day on which a further effective demand would have to be made for it. None: no more is needed.
    pub demand_on: Option<NaiveDate>,
}

impl ElementsFound<'_> {
    /// The elements that are surely missing.
    pub fn missing(&self) -> impl Iterator<Item = Element> {
        self.elements.iter().filter(|element| element.met == Met::NotMet).map(|element| element.of)
    }
}

impl ElementsTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> Elements<'r> {
    /// The currency of the amount.
    pub const fn currency(&self) -> Currency {
        self.terms.currency
    }

    /// How many days must lie between two demands.
    pub const fn days_apart(&self) -> u32 {
        self.terms.days_apart
    }

    /// Which elements are there.
    ///
    /// ```
    /// use arrears::Money;
    /// use arrears_owed::finding::Met;
    /// use arrears_owed::{Regimes, elements::{Element, ElementsInput}};
    /// let regimes = Regimes::shipped();
    /// let found = regimes.elements("CN-2018-OVERDRAFT")?.find(&ElementsInput {
    ///     principal: Some(Money::from_minor(60_000_00, "CNY".parse()?)),
    ///     effective_demands: Some(vec!["2026-01-05".parse()?, "2026-02-10".parse()?]),
    ///     unpaid: None,
    ///     as_of: "2026-05-10".parse()?,
    /// }).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(found.missing().collect::<Vec<_>>(), [Element::Months]);
    /// assert_eq!(found.all, Met::NotMet);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// An amount below zero or in another currency than the rule's.
    pub fn find(&self, input: &ElementsInput) -> Result<ElementsFound<'r>, Vec<Fault>> {
        let terms = self.terms;
        let mut faults = Vec::new();
        if let Some(principal) = input.principal {
            if principal.currency() != terms.currency {
                faults.push(Fault::new(
                    "principal",
                    format!("found {principal}: expected an amount in {}", terms.currency),
                ));
            }
            if principal.minor() < 0 {
                faults.push(Fault::new("principal", format!("found {principal}: expected zero or more")));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let demands = input.effective_demands.as_ref().map(|all| {
            let mut demands: Vec<NaiveDate> = all.iter().copied().filter(|day| *day <= input.as_of).collect();
            demands.sort();
            demands
        });
        let amount = self.amount(input.principal);
        let pair = demands.as_deref().map(|demands| self.pair(demands));
        let interval = self.interval(demands.as_deref(), pair.flatten());
        let months = self.months(demands.as_deref(), pair.flatten(), input.as_of);
        let unpaid = match input.unpaid {
            Some(true) => "the debt is unpaid",
            Some(false) => "the debt is paid",
            None => "whether the debt is unpaid is not known",
        };
        let unpaid = Finding::new(Element::Unpaid, input.unpaid, unpaid);
        let possible = amount.met == Met::Met && unpaid.met == Met::Met;
        let earliest = demands.filter(|_| possible).map(|demands| self.earliest(&demands, pair.flatten(), input.as_of));
        let elements = vec![amount, interval, months, unpaid];
        Ok(ElementsFound {
            all: Met::all(elements.iter().map(|element| element.met)),
            elements,
            earliest,
            rule: self.rule,
        })
    }

    fn amount(&self, principal: Option<Money>) -> Finding<Element> {
        let wanted = Money::from_minor(self.terms.principal_at_least, self.terms.currency);
        match principal {
            Some(principal) => {
                let why = format!("the principal is {principal}, at least {wanted} is named");
                Finding::new(Element::Amount, principal.minor() >= wanted.minor(), why)
            }
            None => Finding::new(Element::Amount, Met::Unknown, "the principal is not known"),
        }
    }

    /// The first demand, and the first that lies far enough behind it.
    fn pair(&self, demands: &[NaiveDate]) -> Option<(NaiveDate, NaiveDate)> {
        let first = *demands.first()?;
        let second = demands.iter().copied().find(|day| *day >= later(first, self.terms.days_apart))?;
        Some((first, second))
    }

    fn interval(&self, demands: Option<&[NaiveDate]>, pair: Option<(NaiveDate, NaiveDate)>) -> Finding<Element> {
        let apart = self.terms.days_apart;
        match (demands, pair) {
            (None, _) => Finding::new(Element::Interval, Met::Unknown, "effective demands are not known"),
            (Some(_), Some((first, second))) => {
                let days = second.signed_duration_since(first).num_days();
                let why = format!("demands of {first} and {second} lie {days} days apart, at least {apart} are named");
                Finding::new(Element::Interval, true, why)
            }
            (Some(demands), None) => {
                let why = format!("of {} effective demands no two lie at least {apart} days apart", demands.len());
                Finding::new(Element::Interval, false, why)
            }
        }
    }

    fn months(
        &self,
        demands: Option<&[NaiveDate]>,
        pair: Option<(NaiveDate, NaiveDate)>,
        as_of: NaiveDate,
    ) -> Finding<Element> {
        let months = self.terms.more_than_months;
        let Some(demands) = demands else {
            return Finding::new(Element::Months, Met::Unknown, "effective demands are not known");
        };
        let Some(since) = pair.map(|(_, second)| second).or_else(|| demands.last().copied()) else {
            return Finding::new(Element::Months, false, "there was no effective demand");
        };
        let end = MonthEnd::Clamp.after(since, months);
        let why = format!("{months} months after the demand of {since} end on {end}");
        Finding::new(Element::Months, as_of > end, why)
    }

    fn earliest(&self, demands: &[NaiveDate], pair: Option<(NaiveDate, NaiveDate)>, as_of: NaiveDate) -> Earliest {
        let passed = |second| later(MonthEnd::Clamp.after(second, self.terms.more_than_months), 1);
        match (pair, demands.first()) {
            (Some((_, second)), _) => Earliest { on: passed(second), demand_on: None },
            (None, Some(first)) => {
                let second = later(*first, self.terms.days_apart).max(as_of);
                Earliest { on: passed(second), demand_on: Some(second) }
            }
            // Two are needed: one today, the other as soon as it may be.
            (None, None) => {
                let second = later(as_of, self.terms.days_apart);
                Earliest { on: passed(second), demand_on: Some(as_of) }
            }
        }
    }
}

fn later(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

impl Readable for ElementsTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let currency: Option<Currency> = fields.required("currency");
        let amount: Option<Amount> = fields.required("principal_at_least");
        let days_apart: Option<Positive> = fields.required("days_apart");
        let more_than_months: Option<Positive> = fields.required("more_than_months");
        let principal_at_least = currency.zip(amount).and_then(|(currency, amount)| {
            let minor = amount.minor(currency).ok().filter(|minor| *minor > 0);
            if minor.is_none() {
                let message = format!("found {amount}: expected more than zero, in {currency}");
                fields.report("principal_at_least", message);
            }
            minor
        });
        fields.finish();
        Some(Self {
            rule: rule?,
            currency: currency?,
            principal_at_least: principal_at_least?,
            days_apart: days_apart?.0,
            more_than_months: more_than_months?.0,
        })
    }
}
