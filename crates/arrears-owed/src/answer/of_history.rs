//! A regime asked with the history of an account.

use super::{Answer, Answered, Found, said};
use crate::elements::ElementsInput;
use crate::lifecycle::demands::recorded;
use crate::lifecycle::limitation::LimitationInput;
use crate::regime::Mechanism;
use crate::status::LadderInput;
use crate::{RegimeError, Regimes};
use arrears::account::{Account, Conventions, Kept};
use arrears::document::Fault;
use chrono::NaiveDate;

/// Which account is asked about, on which day.
#[derive(Clone, Copy, Debug)]
pub struct AskedOf<'a> {
    /// Its history.
    pub account: &'a Account,
    /// The day for which it is asked, at its end.
    pub as_of: NaiveDate,
    /// What was not known on this day is left out.
    pub known_by: NaiveDate,
    /// How the bank counts.
    pub conventions: &'a Conventions,
    /// Its product, where a ladder tells products apart.
    pub product: Option<&'a str>,
}

impl Regimes {
    /// Asks the regime of a name with the history of an account.
    ///
    /// A ladder asks the oldest unpaid due date; a limitation period asks what [`LimitationInput::of_history`] tells;
    /// elements ask the recorded demands and whether anything is open. Of what a history does not hold (whether a part
    /// of the debt is principal, whether somebody acknowledged it) nothing is guessed: ask with
    /// [`Regimes::answer`] where it decides.
    ///
    /// # Errors
    ///
    /// As [`Regimes::answer`]; and that a history does not tell what the mechanism asks, or that nothing is unpaid
    /// where the mechanism needs a claim.
    pub fn answer_of(&self, name: &str, of: &AskedOf<'_>) -> Result<Answer, Vec<Fault>> {
        let fault = |message: String| vec![Fault::new("", message)];
        let unusable = |error: RegimeError| fault(error.to_string());
        let regime = self.askable(name).map_err(unusable)?;
        let AskedOf { account, as_of, known_by, conventions, product } = *of;
        let answered = match regime.asks() {
            Mechanism::Ladder(terms) => {
                let ladder = regime.asked(terms).map_err(unusable)?;
                let lateness = ladder.lateness_of(account, as_of, known_by, conventions);
                ladder.answer(&LadderInput { product, ..LadderInput::of(lateness) })?
            }
            Mechanism::Limitation(terms) => {
                let input = LimitationInput::of_history(account, as_of, known_by, conventions)
                    .ok_or_else(|| fault(format!("nothing is unpaid on {as_of}: there is no claim to enforce")))?;
                regime.asked(terms).map_err(unusable)?.answer(&input)?
            }
            Mechanism::Elements(terms) => {
                let demands = recorded(account, as_of, known_by);
                // Where nothing is recorded, there were none only if everything is recorded.
                let known = !demands.is_empty() || account.is_complete_in(Kept::Contacts);
                let items = account.standing(as_of, known_by, conventions).items;
                let asked = regime.asked(terms).map_err(unusable)?;
                let found = asked.find(&ElementsInput {
                    principal: None,
                    effective_demands: known.then_some(demands),
                    unpaid: Some(items.iter().any(|item| item.open.minor() > 0)),
                    as_of,
                })?;
                Answered {
                    rule: found.rule,
                    found: Found::of_elements(&found, said(&found.elements)),
                    facts: Vec::new(),
                }
            }
            _ => {
                let mechanism = regime.mechanism();
                return Err(fault(format!(
                    "a history does not tell what `{name}` asks (`{mechanism}`): give it as an object of its own"
                )));
            }
        };
        Ok(Answer::of(regime, answered))
    }
}
