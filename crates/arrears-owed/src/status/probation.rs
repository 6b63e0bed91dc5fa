//! Return from default after a probation.

use super::Status;
use super::ladder_terms::{Classes, positive};
use crate::regime::{Asked, text};
use arrears::account::MonthEnd;
use arrears::document::{Fault, Fields, OBJECT, Readable};
use chrono::NaiveDate;
use serde_json::Value;

/// A probation, ready to be asked.
pub type Probation<'r> = Asked<'r, ProbationTerms>;

/// How long the trigger of a default must have ceased before an account returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbationTerms {
    pub(crate) rule: String,
    classes: Vec<String>, // INVARIANT: two: not in default, in default.
    months: u32,
    months_after_restructuring: u32,
}

/// What is asked of an account in default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbationInput {
    /// The day on which the trigger ceased; after a restructuring the latest of it, the default and the
    /// end of a grace period. None: it has not ceased.
    pub trigger_ceased_on: Option<NaiveDate>,
    /// The day for which it is asked. A trigger that ceases later has not ceased.
    pub as_of: NaiveDate,
    /// Whether the debt was restructured in distress.
    pub distressed_restructuring: bool,
    /// Whether the debtor's behaviour was satisfactory since. None: not known, which is not yet a return.
    pub behaviour_satisfactory: Option<bool>,
}

impl ProbationTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> Probation<'r> {
    /// Whether an account is still in default. The day on which the months end is the first on which it
    /// may return.
    ///
    /// ```
    /// use arrears_owed::{Regimes, status::ProbationInput};
    /// let regimes = Regimes::shipped().enabling(["EU-EBA-probation"])?;
    /// let status = regimes.probation("EU-EBA-PROBATION")?.classify(&ProbationInput {
    ///     trigger_ceased_on: Some("2026-01-10".parse()?),
    ///     as_of: "2026-03-31".parse()?,
    ///     distressed_restructuring: false,
    ///     behaviour_satisfactory: Some(true),
    /// });
    /// assert_eq!(status.class, "default");
    /// assert_eq!(status.why, "the probation of 3 months since 2026-01-10 ends on 2026-04-10");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn classify(&self, input: &ProbationInput) -> Status<'r> {
        let terms = self.terms;
        let months = if input.distressed_restructuring { terms.months_after_restructuring } else { terms.months };
        let ceased = input.trigger_ceased_on.filter(|ceased| *ceased <= input.as_of);
        let (default, why) = match (ceased, input.behaviour_satisfactory) {
            (None, _) => (true, "the trigger of the default has not ceased".to_owned()),
            (Some(ceased), behaviour) => {
                let ends = MonthEnd::Clamp.after(ceased, months);
                let probation = format!("the probation of {months} months since {ceased}");
                match behaviour {
                    _ if input.as_of < ends => (true, format!("{probation} ends on {ends}")),
                    Some(true) => (false, format!("{probation} ended on {ends}, and behaviour was satisfactory")),
                    Some(false) => (true, format!("{probation} ended on {ends}, but behaviour was not satisfactory")),
                    None => {
                        (true, format!("{probation} ended on {ends}; whether behaviour was satisfactory is not known"))
                    }
                }
            }
        };
        let rank = usize::from(default);
        let classes = terms.classes.as_slice();
        let class = classes.get(rank).map(String::as_str).unwrap_or_default();
        Status { class, rank, classes, best_allowed: false, rule: self.rule, why }
    }
}

impl Readable for ProbationTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let classes: Option<Classes> = fields.required("classes");
        if classes.as_ref().is_some_and(|Classes(classes)| classes.len() != 2) {
            fields.report("classes", "expected two: not in default, in default");
        }
        let months = positive(&mut fields, "months");
        let months_after_restructuring = positive(&mut fields, "months_after_restructuring");
        fields.finish();
        Some(Self {
            rule: rule?,
            classes: classes?.0,
            months: months?,
            months_after_restructuring: months_after_restructuring?,
        })
    }
}
