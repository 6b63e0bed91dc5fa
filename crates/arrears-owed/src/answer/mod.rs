//! A regime asked in words, and its answer in words.
//!
//! Who has no Rust at hand asks with a JSON object ([`Regimes::answer`]) or with the history of an account
//! ([`Regimes::answer_of`]). What each mechanism is asked stands in docs/regimes.md, field by field; the reader of each stands beside
//! its input type. Amounts are texts in the one currency of the object.

mod found;
mod given;
mod of_history;
mod question;

pub use found::{AnswerShare, ChargedOffBy, Found, Tested};
pub use of_history::AskedOf;

pub(crate) use found::{class, said, shares};
pub(crate) use given::{Amounts, beside, known, sound};
pub(crate) use question::{Answered, Question, answered};

use crate::{Regime, RegimeError, Regimes, Rule};
use arrears::document::{Fault, read_with};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a regime answers, with the rule that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The regime: `US-FFIEC`.
    pub regime: String,
    /// What it is called in full.
    pub title: String,
    /// Whose law it is.
    pub jurisdiction: String,
    /// The word of its mechanism.
    pub mechanism: &'static str,
    /// The rule that decided.
    pub rule: AnsweringRule,
    /// What it decided, with why.
    pub found: Found,
    /// Facts of a bank's own that a policy may read, each as a table or a command line writes it. Empty: the
    /// mechanism yields none.
    pub facts: BTreeMap<&'static str, String>,
}

/// A rule, as an answer cites it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnsweringRule {
    /// Its id: `US-FFIEC-class`.
    pub rule: String,
    /// What it says.
    pub says: String,
    /// Where it stands.
    pub cites: String,
    /// How it is known: `primary`, `secondary`, `recalled`.
    pub basis: &'static str,
    /// How sure its reading is: `high`, `medium`, `low`.
    pub certainty: &'static str,
    /// Whether it is in force and was verified: `in_force`, `unverified`.
    pub status: &'static str,
    /// Whether it answers only because a host enabled it by hand.
    pub enabled_by_hand: bool,
    /// What its source says beyond this and is not covered.
    pub not_covered: String,
}

impl AnsweringRule {
    fn of(rule: &Rule) -> Self {
        Self {
            rule: rule.id.clone(),
            says: rule.says.clone(),
            cites: rule.cites.clone(),
            basis: rule.basis.word(),
            certainty: rule.certainty.word(),
            status: rule.status.word(),
            enabled_by_hand: rule.enabled_by_hand(),
            not_covered: rule.not_covered.clone(),
        }
    }
}

impl Answer {
    fn of(regime: &Regime, answered: Answered<'_>) -> Self {
        Self {
            regime: regime.name().to_owned(),
            title: regime.title().to_owned(),
            jurisdiction: regime.jurisdiction().to_owned(),
            mechanism: regime.mechanism(),
            rule: AnsweringRule::of(answered.rule),
            found: answered.found,
            facts: answered.facts.into_iter().map(|(name, value)| (name, value.to_string())).collect(),
        }
    }
}

impl Regimes {
    /// Asks the regime of a name with a JSON object that holds what its mechanism asks.
    ///
    /// ```
    /// use arrears_owed::Regimes;
    /// let regimes = Regimes::shipped();
    /// let answer = regimes.answer("CN-CARD-2011", r#"{ "days_past_due": 95 }"#).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!((answer.facts["regulatory_class"].as_str(), answer.rule.rule.as_str()), ("substandard", "CN-CC2011-92-class"));
    /// let faults = regimes.answer("CN-CARD-2011", r#"{ "days": 95 }"#).unwrap_err();
    /// assert_eq!(faults.len(), 2, "nothing says how late it is, and `days` is no field: {faults:?}");
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// That no regime has the name, or that its rule was not verified and is not enabled ([`Regimes::askable`] says so
    /// beforehand); else everything that is wrong with the object, in its order: what cannot be read, fields that nobody
    /// knows, and what the mechanism refuses.
    pub fn answer(&self, name: &str, given: &str) -> Result<Answer, Vec<Fault>> {
        let regime = self.askable(name).map_err(|error| vec![Fault::new("", error.to_string())])?;
        let answered = read_with(given, |value, problems| question::ask(regime, value, problems))?;
        Ok(Answer::of(regime, answered))
    }

    /// The regime of a name, if it may be asked: its rule was verified, or is enabled.
    ///
    /// # Errors
    ///
    /// [`RegimeError::Unknown`] and [`RegimeError::NotEnabled`].
    pub fn askable(&self, name: &str) -> Result<&Regime, RegimeError> {
        let regime = self.find(name)?;
        regime.usable(regime.first_rule()).map(|_| regime)
    }
}
