//! What the elements of a rule are asked, as an object.

use crate::answer::{Amounts, Answered, Found, Question, Tested, answered, beside, known, said};
use crate::elements::{ElementsFound, ElementsInput, ElementsTerms};
use crate::regime::Asked;
use arrears::document::{Fault, Fields};
use serde_json::Value;

impl Question for ElementsTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let needed = given.get("principal").is_some_and(|principal| !principal.is_null());
        let amounts = Amounts::where_needed(&mut fields, needed)?;
        let principal = amounts.known(&mut fields, "principal");
        let effective_demands = known(&mut fields, "effective_demands");
        let unpaid = known(&mut fields, "unpaid");
        let as_of = fields.required("as_of");
        fields.finish();
        let currency_given = given.get("currency").is_some();
        // An amount without its currency is reported already, and not held against that of the rule.
        let principal = principal.filter(|_| currency_given);
        // A stand-in for the day, so that the amount is still checked; it is reported.
        let input = ElementsInput { principal, effective_demands, unpaid, as_of: as_of.unwrap_or_default() };
        let found = beside(asked.find(&input), problems)?;
        as_of.map(|_| answered(found.rule, Found::of_elements(&found, said(&found.elements))))
    }
}

impl Found {
    pub(crate) fn of_elements(found: &ElementsFound<'_>, findings: Vec<Tested>) -> Self {
        Self::Elements {
            all: found.all,
            findings,
            earliest: found.earliest.map(|earliest| earliest.on),
            demand_on: found.earliest.and_then(|earliest| earliest.demand_on),
        }
    }
}
