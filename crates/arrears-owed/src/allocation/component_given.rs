//! What an order of components is asked, as an object.

use super::ComponentTerms;
use crate::answer::{Amounts, Answered, Question, answered, beside, known, shares};
use crate::regime::Asked;
use arrears::account::{Amount, Component};
use arrears::document::{Fault, Fields, Readable};
use serde_json::Value;

impl Question for ComponentTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let amounts = Amounts::of(&mut fields, None)?;
        let payment = amounts.required(&mut fields, "payment");
        let owed: Option<WrittenOwed> = fields.required("owed");
        let owed = owed.into_iter().flat_map(|WrittenOwed(owed)| owed);
        let owed = owed.map(|(of, amount)| {
            let money = amounts.money(&mut fields, &format!("owed.{}", of.word()), amount);
            (of, money)
        });
        let owed = owed.collect();
        let days: Option<u32> = known(&mut fields, "days_past_due");
        fields.finish();
        let allocation = beside(asked.allocate(payment, &owed, days.map(i64::from)), problems)?;
        Some(answered(allocation.rule, shares(&allocation)))
    }
}

/// What is owed of each component, as it is written; one that cannot be read is left out, and reported.
struct WrittenOwed(Vec<(Component, Amount)>);

impl Readable for WrittenOwed {
    const EXPECTED: &str = "what is owed of each component, as in {\"interest\": \"40.00\", \"principal\": \"500.00\"}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let owed = Component::ALL.into_iter().filter_map(|of| Some((of, fields.given(of.word())?))).collect();
        fields.finish();
        Some(Self(owed))
    }
}
