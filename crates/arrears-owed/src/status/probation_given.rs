//! What a probation is asked, as an object.

use super::{ProbationInput, ProbationTerms};
use crate::answer::{Answered, Question, class, known};
use crate::regime::Asked;
use arrears::document::{Fault, Fields};
use serde_json::Value;

impl Question for ProbationTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let trigger_ceased_on = known(&mut fields, "trigger_ceased_on");
        let as_of = fields.required("as_of");
        // Not told is not taken as no: a restructuring makes the probation longer.
        let distressed_restructuring = fields.required("distressed_restructuring");
        let behaviour_satisfactory = known(&mut fields, "behaviour_satisfactory");
        fields.finish();
        let status = asked.classify(&ProbationInput {
            trigger_ceased_on,
            as_of: as_of?,
            distressed_restructuring: distressed_restructuring?,
            behaviour_satisfactory,
        });
        Some(Answered { rule: status.rule, found: class(&status), facts: status.facts() })
    }
}
