//! Regulatory regimes as data: what they ask, where that stands, and how it is known.
//!
//! A regime is a JSON document with a head, rules and one mechanism. The mechanisms are general (a
//! ladder by days, thresholds of materiality, an order of components); what a regulator says stands
//! in the document alone. Each rule has a citation, a basis and a status: one that was not verified
//! is not used until a host enables it by name ([`Regimes::enabling`]).

mod document;
mod rule;
mod set;
mod shipped;

pub use document::FORMAT;
pub use rule::Rule;
pub(crate) use rule::{Positive, text, worded};
pub(crate) use set::Terms;
pub use set::{Asked, RegimeError, Regimes};
pub use shipped::shipped_regimes;

use crate::allocation::{ComponentTerms, DirectedTerms, RateTerms};
use crate::elements::ElementsTerms;
use crate::lifecycle::LimitationTerms;
use crate::plan_limit::PlanTerms;
use crate::reage::ReAgeTerms;
use crate::status::{LadderTerms, MaterialityTerms, ProbationTerms};
use arrears::document::{Fault, read_whole};
use chrono::NaiveDate;

/// One regulatory regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regime {
    name: String,
    title: String,
    jurisdiction: String,
    source: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    rules: Vec<Rule>, // INVARIANT: ids unique; every id that the mechanism names is here.
    mechanism: Mechanism,
}

/// What a regime does, with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mechanism {
    Ladder(LadderTerms),
    Materiality(MaterialityTerms),
    Probation(ProbationTerms),
    ComponentOrder(ComponentTerms),
    RateOrder(RateTerms),
    Directed(DirectedTerms),
    ReAge(ReAgeTerms),
    PlanLimit(PlanTerms),
    Elements(ElementsTerms),
    Limitation(LimitationTerms),
}

impl Mechanism {
    /// The words of the mechanisms, as documents write them.
    pub(crate) const WORDS: [&str; 10] = [
        "ladder",
        "materiality",
        "probation",
        "component_order",
        "rate_order",
        "directed",
        "re_age",
        "plan_limit",
        "elements",
        "limitation",
    ];

    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Ladder(_) => "ladder",
            Self::Materiality(_) => "materiality",
            Self::Probation(_) => "probation",
            Self::ComponentOrder(_) => "component_order",
            Self::RateOrder(_) => "rate_order",
            Self::Directed(_) => "directed",
            Self::ReAge(_) => "re_age",
            Self::PlanLimit(_) => "plan_limit",
            Self::Elements(_) => "elements",
            Self::Limitation(_) => "limitation",
        }
    }
}

impl Regime {
    /// Reads a regime from its JSON document.
    ///
    /// ```
    /// use arrears_owed::Regime;
    /// let faults = Regime::from_json(r#"{ "format": "arrears-regime/1", "regime": "EX", "ladder": 3 }"#).unwrap_err();
    /// assert!(faults.iter().any(|fault| fault.path == "ladder"), "and everything that is missing");
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the document: a field that nobody knows, a
    /// number out of order, a class or a rule that is not declared, a rule that is only recalled and
    /// yet said to be in force.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        read_whole(text)
    }

    /// Its name, as a scheme is asked for: `US-FFIEC`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is called in full.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whose law it is; `INT` for a standard of many countries.
    pub fn jurisdiction(&self) -> &str {
        &self.jurisdiction
    }

    /// The text that its rules come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The first day on which it is in force; none: the document does not say.
    pub const fn from(&self) -> Option<NaiveDate> {
        self.from
    }

    /// The last day on which it is in force; none: no end is known.
    pub const fn to(&self) -> Option<NaiveDate> {
        self.to
    }

    /// Its rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What kind of mechanism it holds: `ladder`, `rate_order` and so on.
    pub const fn mechanism(&self) -> &'static str {
        self.mechanism.word()
    }

    /// Whether it is in force on a day, as far as its own days say.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }

    /// Whether it binds in a jurisdiction: its own, and those below it (`US` binds `US-MA`). A
    /// standard of many countries binds wherever it is asked for.
    pub fn binds(&self, jurisdiction: &str) -> bool {
        self.jurisdiction == INTERNATIONAL
            || jurisdiction
                .strip_prefix(self.jurisdiction.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// What it does, with its numbers.
    pub(crate) const fn asks(&self) -> &Mechanism {
        &self.mechanism
    }

    /// The rule without which it cannot be asked.
    pub(crate) fn first_rule(&self) -> &str {
        match &self.mechanism {
            Mechanism::Ladder(terms) => Terms::rule(terms),
            Mechanism::Materiality(terms) => Terms::rule(terms),
            Mechanism::Probation(terms) => Terms::rule(terms),
            Mechanism::ComponentOrder(terms) => Terms::rule(terms),
            Mechanism::RateOrder(terms) => Terms::rule(terms),
            Mechanism::Directed(terms) => Terms::rule(terms),
            Mechanism::ReAge(terms) => Terms::rule(terms),
            Mechanism::PlanLimit(terms) => Terms::rule(terms),
            Mechanism::Elements(terms) => Terms::rule(terms),
            Mechanism::Limitation(terms) => Terms::rule(terms),
        }
    }

    /// The regime with its terms, if it may be asked.
    pub(crate) fn asked<'r, T: Terms>(&'r self, terms: &'r T) -> Result<Asked<'r, T>, RegimeError> {
        Ok(Asked { regime: self, terms, rule: self.usable(terms.rule())? })
    }

    /// A rule that may be used.
    ///
    /// # Errors
    ///
    /// [`RegimeError::NotEnabled`] if it was not verified and nobody enabled it.
    pub(crate) fn usable(&self, id: &str) -> Result<&Rule, RegimeError> {
        match self.rules.iter().find(|rule| rule.id == id) {
            Some(rule) if rule.usable() => Ok(rule),
            _ => Err(RegimeError::NotEnabled { regime: self.name.clone(), rule: id.to_owned() }),
        }
    }
}

/// The jurisdiction of standards that many countries use.
const INTERNATIONAL: &str = "INT";
