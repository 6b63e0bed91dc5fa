//! Several regimes, with what the host enabled of them.

use super::shipped::shipped;
use super::{Mechanism, Regime, Rule};
use crate::allocation::{ComponentTerms, DirectedTerms, RateTerms};
use crate::elements::ElementsTerms;
use crate::lifecycle::LimitationTerms;
use crate::plan_limit::PlanTerms;
use crate::reage::ReAgeTerms;
use crate::status::{LadderTerms, MaterialityTerms, ProbationTerms};
use arrears::policy::pack::Status;
use arrears::problem::nearest;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Regimes that may be asked, by name or by jurisdiction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regimes(Vec<Regime>);

/// Why a regime cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegimeError {
    /// No regime has this name.
    #[error("no regime is called `{name}`{}", .nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The closest one there is.
        nearest: Option<String>,
    },
    /// No regime of a kind binds in a jurisdiction.
    #[error("no regime with a mechanism `{wanted}` binds in `{jurisdiction}`")]
    NoneBinds {
        /// The jurisdiction.
        jurisdiction: String,
        /// The kind of mechanism.
        wanted: &'static str,
    },
    /// The regime does something else.
    #[error("the regime `{name}` holds a mechanism `{has}`, not `{wanted}`")]
    OtherMechanism {
        /// The regime.
        name: String,
        /// What it does.
        has: &'static str,
        /// What was asked for.
        wanted: &'static str,
    },
    /// A rule was not verified, and nobody enabled it.
    #[error("the rule `{rule}` of `{regime}` was not verified: read its source, then enable it by name")]
    NotEnabled {
        /// The regime.
        regime: String,
        /// The rule.
        rule: String,
    },
    /// No rule has this id.
    #[error("no regime has a rule `{rule}`{}", .nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
    UnknownRule {
        /// The id that was asked for.
        rule: String,
        /// The closest one there is.
        nearest: Option<String>,
    },
}

impl Regimes {
    /// The regimes that come with arrears. Rules that were not verified are not usable yet.
    ///
    /// ```
    /// use arrears_owed::Regimes;
    /// let regimes = Regimes::shipped();
    /// assert!(regimes.ladder("US-FFIEC").is_ok());
    /// assert_eq!(
    ///     regimes.ladder("IFRS9-BACKSTOP").unwrap_err().to_string(),
    ///     "the rule `IFRS9-stage` of `IFRS9-BACKSTOP` was not verified: read its source, then enable it by name"
    /// );
    /// assert!(regimes.enabling(["IFRS9-stage"])?.ladder("IFRS9-BACKSTOP").is_ok());
    /// # Ok::<(), arrears_owed::RegimeError>(())
    /// ```
    pub fn shipped() -> Self {
        Self(shipped().to_vec())
    }

    /// Some regimes. Of two with one name the later counts.
    pub fn of(regimes: impl IntoIterator<Item = Regime>) -> Self {
        let mut of: Vec<Regime> = Vec::new();
        for regime in regimes {
            of.retain(|known| known.name != regime.name);
            of.push(regime);
        }
        Self(of)
    }

    /// Every regime.
    pub fn all(&self) -> &[Regime] {
        &self.0
    }

    /// Those in force on a day.
    #[must_use]
    pub fn on(mut self, day: NaiveDate) -> Self {
        self.0.retain(|regime| regime.in_force(day));
        self
    }

    /// The regimes, with rules enabled that were not verified here. Whoever enables a rule answers for
    /// having read its source.
    ///
    /// # Errors
    ///
    /// [`RegimeError::UnknownRule`] for the first id that no rule has.
    pub fn enabling<'r>(mut self, rules: impl IntoIterator<Item = &'r str>) -> Result<Self, RegimeError> {
        for id in rules {
            if self.rules().all(|rule| rule.id != id) {
                let nearest = nearest(id, self.rules().map(|rule| rule.id.as_str())).map(str::to_owned);
                return Err(RegimeError::UnknownRule { rule: id.to_owned(), nearest });
            }
            for rule in self.0.iter_mut().flat_map(|regime| &mut regime.rules).filter(|rule| rule.id == id) {
                rule.enabled = true;
            }
        }
        Ok(self)
    }

    /// The regimes, with every rule enabled that was not verified: for tests, and to look.
    #[must_use]
    pub fn with_unverified(mut self) -> Self {
        for rule in self.0.iter_mut().flat_map(|regime| &mut regime.rules) {
            rule.enabled |= rule.status == Status::Unverified;
        }
        self
    }

    /// The rules that were not verified, by id.
    pub fn unverified(&self) -> BTreeSet<&str> {
        self.rules().filter(|rule| rule.status == Status::Unverified).map(|rule| rule.id.as_str()).collect()
    }

    fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter().flat_map(|regime| &regime.rules)
    }

    /// The regime of a name.
    ///
    /// # Errors
    ///
    /// [`RegimeError::Unknown`] if none has it.
    pub fn find(&self, name: &str) -> Result<&Regime, RegimeError> {
        self.0.iter().find(|regime| regime.name == name).ok_or_else(|| {
            let nearest = nearest(name, self.0.iter().map(Regime::name)).map(str::to_owned);
            RegimeError::Unknown { name: name.to_owned(), nearest }
        })
    }

    /// The first regime that binds in a jurisdiction and does what `wanted` says.
    ///
    /// # Errors
    ///
    /// [`RegimeError::NoneBinds`] if none does.
    pub fn binding(&self, jurisdiction: &str, wanted: &'static str) -> Result<&Regime, RegimeError> {
        let mut fit = self.0.iter().filter(|regime| regime.mechanism() == wanted && regime.binds(jurisdiction));
        fit.next().ok_or_else(|| RegimeError::NoneBinds { jurisdiction: jurisdiction.to_owned(), wanted })
    }
}

/// The numbers of a mechanism, as a regime says them.
pub(crate) trait Terms: Sized {
    /// The word of the mechanism.
    const WORD: &'static str;
    /// The rule without which it cannot be asked.
    fn rule(&self) -> &str;
    /// Every rule that it names.
    fn named(&self) -> Vec<&str>;
    /// The terms, if the mechanism is of this kind.
    fn of(mechanism: &Mechanism) -> Option<&Self>;
}

/// A mechanism of a regime that may be asked: its rule is verified, or enabled.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'r, T> {
    pub(crate) regime: &'r Regime,
    pub(crate) terms: &'r T,
    pub(crate) rule: &'r Rule,
}

impl<'r, T> Asked<'r, T> {
    /// The regime that is asked.
    pub const fn regime(&self) -> &'r Regime {
        self.regime
    }

    /// The rule that answers.
    pub const fn rule(&self) -> &'r Rule {
        self.rule
    }
}

impl Regimes {
    fn ask<T: Terms>(&self, name: &str) -> Result<Asked<'_, T>, RegimeError> {
        let regime = self.find(name)?;
        let other = RegimeError::OtherMechanism { name: name.to_owned(), has: regime.mechanism(), wanted: T::WORD };
        let terms = T::of(&regime.mechanism).ok_or(other)?;
        regime.asked(terms)
    }
}

/// How each mechanism is asked for, by the name of its regime.
macro_rules! asked {
    ($($(#[$about:meta])* $ask:ident $variant:ident $terms:ident $word:literal;)*) => {
        impl Regimes { $(
            $(#[$about])*
            ///
            /// # Errors
            ///
            /// [`RegimeError`] if no regime has the name, it does something else, or its rule was not
            /// verified and is not enabled.
            pub fn $ask(&self, name: &str) -> Result<Asked<'_, $terms>, RegimeError> {
                self.ask(name)
            }
        )* }
        $(
            impl Terms for $terms {
                const WORD: &'static str = $word;
                fn rule(&self) -> &str {
                    &self.rule
                }
                fn named(&self) -> Vec<&str> {
                    self.rules_named()
                }
                fn of(mechanism: &Mechanism) -> Option<&Self> {
                    match mechanism {
                        Mechanism::$variant(terms) => Some(terms),
                        _ => None,
                    }
                }
            }
        )*
    };
}

asked! {
    /// Classes by days past due.
    ladder Ladder LadderTerms "ladder";
    /// Default by thresholds of materiality.
    materiality Materiality MaterialityTerms "materiality";
    /// Return from default after a probation.
    probation Probation ProbationTerms "probation";
    /// Allocation of a payment by components of one debt.
    component_order ComponentOrder ComponentTerms "component_order";
    /// Allocation of a payment by the rates of balances.
    rate_order RateOrder RateTerms "rate_order";
    /// Allocation of a payment over several debts, as the debtor directs.
    directed Directed DirectedTerms "directed";
    /// Whether an account may be re-aged.
    re_age ReAge ReAgeTerms "re_age";
    /// Whether a plan of instalments may be offered.
    plan_limit PlanLimit PlanTerms "plan_limit";
    /// Whether the objective elements of a rule are there.
    elements Elements ElementsTerms "elements";
    /// How long a claim can be enforced.
    limitation Limitation LimitationTerms "limitation";
}
