//! Which question a regime's mechanism is asked.

use super::Found;
use crate::regime::{Asked, Mechanism, Terms};
use crate::{Regime, Rule};
use arrears::Value;
use arrears::document::Fault;
use serde_json::Value as Json;

/// A mechanism that can be asked with a JSON object.
pub(crate) trait Question: Terms {
    /// Reads what is asked and answers it; none if something is wrong, which is then reported.
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Json, problems: &mut Vec<Fault>) -> Option<Answered<'r>>;
}

/// What a mechanism answers.
#[derive(Clone, Debug)]
pub(crate) struct Answered<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) found: Found,
    pub(crate) facts: Vec<(&'static str, Value)>,
}

/// An answer that yields no facts.
pub(crate) const fn answered(rule: &Rule, found: Found) -> Answered<'_> {
    Answered { rule, found, facts: Vec::new() }
}

/// Asks the mechanism of a regime.
pub(super) fn ask<'r>(regime: &'r Regime, given: &Json, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
    match regime.asks() {
        Mechanism::Ladder(terms) => of(regime, terms, given, problems),
        Mechanism::Materiality(terms) => of(regime, terms, given, problems),
        Mechanism::Probation(terms) => of(regime, terms, given, problems),
        Mechanism::ComponentOrder(terms) => of(regime, terms, given, problems),
        Mechanism::RateOrder(terms) => of(regime, terms, given, problems),
        Mechanism::Directed(terms) => of(regime, terms, given, problems),
        Mechanism::ReAge(terms) => of(regime, terms, given, problems),
        Mechanism::PlanLimit(terms) => of(regime, terms, given, problems),
        Mechanism::Elements(terms) => of(regime, terms, given, problems),
        Mechanism::Limitation(terms) => of(regime, terms, given, problems),
    }
}

fn of<'r, T: Question>(
    regime: &'r Regime,
    terms: &'r T,
    given: &Json,
    problems: &mut Vec<Fault>,
) -> Option<Answered<'r>> {
    match regime.asked(terms) {
        Ok(asked) => T::ask(&asked, given, problems),
        Err(error) => {
            problems.push(Fault::new("", error.to_string()));
            None
        }
    }
}
