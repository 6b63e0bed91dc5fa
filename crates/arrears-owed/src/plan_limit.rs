//! Whether a plan of instalments may be offered under a regulator's limit.

use crate::finding::{Finding, Met};
use crate::regime::{Asked, Positive, Rule, text};
use arrears::document::{Fault, Fields, OBJECT, Readable};
use serde::Serialize;
use serde_json::Value;

/// A limit of plans, ready to be asked.
pub type PlanLimit<'r> = Asked<'r, PlanTerms>;

/// The longest plan. What else it needs is the same everywhere so far: a debt beyond the debtor's
/// capacity, and a debtor who is willing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanTerms {
    pub(crate) rule: String,
    max_months: u32,
}

/// A condition of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanTest {
    /// It is not too long.
    Term,
    /// The debt is beyond the debtor's capacity.
    ExceedsCapacity,
    /// The debtor is willing to pay.
    Willing,
}

/// What is asked of a plan. None: not known, which never permits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanInput {
    /// How many months it lasts.
    pub term_months: u32,
    /// Whether the debt is beyond the debtor's capacity.
    pub exceeds_capacity: Option<bool>,
    /// Whether the debtor is willing to pay.
    pub willing: Option<bool>,
}

/// Whether a plan may be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPermission<'r> {
    /// Whether every condition is met.
    pub allowed: Met,
    /// Every condition, with why.
    pub tests: Vec<Finding<PlanTest>>,
    /// The rule that decided, with its citation and its basis.
    pub rule: &'r Rule,
}

impl PlanTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> PlanLimit<'r> {
    /// The longest plan, in months.
    pub const fn max_months(&self) -> u32 {
        self.terms.max_months
    }

    /// Whether a plan may be offered.
    ///
    /// ```
    /// use arrears_owed::finding::Met;
    /// use arrears_owed::{Regimes, plan_limit::PlanInput};
    /// let regimes = Regimes::shipped();
    /// let plan = |term_months, willing| PlanInput { term_months, exceeds_capacity: Some(true), willing };
    /// let limit = regimes.plan_limit("CN-CARD-PLAN")?;
    /// assert_eq!(limit.permit(&plan(60, Some(true))).allowed, Met::Met);
    /// assert_eq!(limit.permit(&plan(61, Some(true))).allowed, Met::NotMet);
    /// assert_eq!(limit.permit(&plan(60, None)).allowed, Met::Unknown);
    /// # Ok::<(), arrears_owed::RegimeError>(())
    /// ```
    pub fn permit(&self, input: &PlanInput) -> PlanPermission<'r> {
        let (months, most) = (input.term_months, self.terms.max_months);
        let known = |of, met: Option<bool>, what: &str| {
            let why = match met {
                Some(true) => what.to_owned(),
                Some(false) => format!("not so: {what}"),
                None => format!("not known: {what}"),
            };
            Finding::new(of, met, why)
        };
        let tests = vec![
            Finding::new(PlanTest::Term, months <= most, format!("{months} months, at most {most} are allowed")),
            known(PlanTest::ExceedsCapacity, input.exceeds_capacity, "the debt is beyond the debtor's capacity"),
            known(PlanTest::Willing, input.willing, "the debtor is willing to pay"),
        ];
        PlanPermission { allowed: Met::all(tests.iter().map(|test| test.met)), tests, rule: self.rule }
    }
}

impl Readable for PlanTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let max_months: Option<Positive> = fields.required("max_months");
        fields.finish();
        Some(Self { rule: rule?, max_months: max_months?.0 })
    }
}
