//! What a limit of plans is asked, as an object.

use crate::answer::{Answered, Found, Question, answered, known, said};
use crate::plan_limit::{PlanInput, PlanTerms};
use crate::regime::{Asked, Positive};
use arrears::document::{Fault, Fields};
use serde_json::Value;

impl Question for PlanTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let term_months: Option<Positive> = fields.required("term_months");
        let exceeds_capacity = known(&mut fields, "exceeds_capacity");
        let willing = known(&mut fields, "willing");
        fields.finish();
        let permission = asked.permit(&PlanInput { term_months: term_months?.0, exceeds_capacity, willing });
        let (allowed, findings) = (permission.allowed, said(&permission.tests));
        Some(answered(permission.rule, Found::Permission { allowed, findings, rested_on: None }))
    }
}
