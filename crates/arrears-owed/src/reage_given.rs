//! What the tests of a re-age are asked, as an object.

use crate::answer::{Answered, Found, Question, answered, known, said};
use crate::reage::{ReAgeInput, ReAgeTerms};
use crate::regime::Asked;
use arrears::document::{Fault, Fields};
use serde_json::Value;

impl Question for ReAgeTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let account_age_months = known(&mut fields, "account_age_months");
        let consecutive_minimum_payments = known(&mut fields, "consecutive_minimum_payments");
        let willing_and_able = known(&mut fields, "willing_and_able");
        let earlier_reages = known(&mut fields, "earlier_reages");
        let as_of = fields.required("as_of");
        fields.finish();
        let permission = asked.permit(&ReAgeInput {
            account_age_months,
            consecutive_minimum_payments,
            willing_and_able,
            earlier_reages,
            as_of: as_of?,
        });
        let found = Found::Permission {
            allowed: permission.allowed,
            findings: said(&permission.tests),
            rested_on: permission.rested_on,
        };
        Some(answered(permission.rule, found))
    }
}
