//! The shipped regulatory regimes, as the suite wants them.

use arrears::document::Fault;
use arrears_owed::{Regime, Regimes};

/// The regimes that are shipped.
///
/// The suite tests what a rule says, whether or not its text was verified: everything that ships
/// as unverified is enabled, and the report counts it.
pub(crate) struct Shipped(Regimes);

impl Default for Shipped {
    fn default() -> Self {
        Self(Regimes::shipped().with_unverified())
    }
}

impl Shipped {
    /// The regimes.
    pub(crate) const fn regimes(&self) -> &Regimes {
        &self.0
    }

    /// The rules that nobody uses unless they are enabled, because their text was not verified.
    pub(crate) fn unverified(&self) -> Vec<String> {
        self.0.unverified().into_iter().map(str::to_owned).collect()
    }

    /// The regime of a scheme.
    ///
    /// # Errors
    ///
    /// That there is none, or that it does not bind in the jurisdiction.
    pub(crate) fn scheme(&self, name: &str, jurisdiction: &str) -> Result<&Regime, String> {
        let regime = self.0.find(name).map_err(|error| format!("given.scheme: {error}"))?;
        if !regime.binds(jurisdiction) {
            let own = regime.jurisdiction();
            return Err(format!("jurisdiction: the scheme `{name}` is one of `{own}`, not of `{jurisdiction}`"));
        }
        Ok(regime)
    }

    /// The regime of a kind that binds in the jurisdiction.
    ///
    /// # Errors
    ///
    /// That there is none.
    pub(crate) fn binding(&self, jurisdiction: &str, mechanism: &'static str) -> Result<&Regime, String> {
        self.0.binding(jurisdiction, mechanism).map_err(|error| format!("jurisdiction: {error}"))
    }
}

/// What is wrong with what a case gives, in one line.
pub(crate) fn faults(found: Vec<Fault>) -> String {
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    format!("given: {}", found.join("; "))
}
