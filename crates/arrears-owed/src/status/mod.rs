//! How a regulator classes an account.
//!
//! Three mechanisms: a ladder of classes by days ([`Ladder`]), thresholds of materiality that must be
//! exceeded on consecutive days ([`Materiality`]), and a probation before the return from default
//! ([`Probation`]). Which regime says what stands in the regimes, not here.

mod charge_off;
mod ladder;
mod ladder_given;
mod ladder_terms;
mod materiality;
mod materiality_given;
mod probation;
mod probation_given;

pub use charge_off::ChargeOff;
pub use ladder::{Held, Ladder, LadderInput, Lateness};
pub use ladder_terms::LadderTerms;
pub use materiality::{Exposure, Materiality, MaterialityInput, MaterialityTerms};
pub use probation::{Probation, ProbationInput, ProbationTerms};

use crate::Rule;
use arrears::Value;

/// The class of an account under a regime, with why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<'r> {
    /// The class, by the regime's word.
    pub class: &'r str,
    /// Its place among the regime's classes: 0 is the best.
    pub rank: usize,
    /// The regime's classes, the best first.
    pub classes: &'r [String],
    /// Whether it is the best class that the regime allows: a bank's own judgement may be worse,
    /// never better.
    pub best_allowed: bool,
    /// The rule that decided, with its citation and its basis.
    pub rule: &'r Rule,
    /// The numbers and days that decided.
    pub why: String,
}

/// Classes of two regimes that do not have the same scale.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("classes of two scales cannot be compared: {one} and {other}")]
pub struct OtherScale {
    /// The classes of the one, the best first.
    pub one: String,
    /// The classes of the other.
    pub other: String,
}

impl<'r> Status<'r> {
    /// The worse of two classes of one scale: of `self` and `other`; `self` if they are the same.
    ///
    /// Where one asset falls under two rules, such as a credit card under a rule for cards and one for
    /// all assets, the worse class counts.
    ///
    /// # Errors
    ///
    /// [`OtherScale`] if the two do not have the same classes in the same order.
    ///
    /// ```
    /// use arrears_owed::Regimes;
    /// use arrears_owed::status::{LadderInput, Lateness};
    /// let regimes = Regimes::shipped().with_unverified();
    /// let late = LadderInput::of(Lateness::DaysPastDue(121));
    /// let card = regimes.ladder("CN-CARD-2011")?.classify(&late).map_err(|faults| format!("{faults:?}"))?;
    /// let general = regimes.ladder("CN-GENERAL-2023")?.classify(&late).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!((card.class, general.class), ("doubtful", "substandard"));
    /// assert_eq!(card.worse_of(general)?.class, "doubtful");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn worse_of(self, other: Self) -> Result<Self, OtherScale> {
        if self.classes != other.classes {
            return Err(OtherScale { one: self.classes.join(", "), other: other.classes.join(", ") });
        }
        Ok(if other.rank > self.rank { other } else { self })
    }

    /// The class as a fact of a bank's own, for a policy that declares `regulatory_class`
    /// ([`crate::lifecycle`] says how).
    pub fn facts(&self) -> Vec<(&'static str, Value)> {
        vec![("regulatory_class", Value::Word(self.class.into()))]
    }
}
