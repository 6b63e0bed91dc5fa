//! What a limitation period is asked, as an object.

use super::limitation::{Interruption, Limitation, LimitationInput, LimitationTerms};
use crate::answer::{Answered, Found, Question, beside};
use crate::regime::Asked;
use arrears::document::{Fault, Fields, Readable};
use chrono::NaiveDate;
use serde_json::Value;

impl Question for LimitationTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let runs_from = fields.required("runs_from");
        let longest_from = fields.optional("longest_from");
        let events: Option<Vec<Happened>> = fields.optional("events");
        let as_of = fields.required("as_of");
        fields.finish();
        let events = events.unwrap_or_default().into_iter().map(|Happened(on, by)| (on, by)).collect();
        let input = LimitationInput { runs_from: runs_from?, longest_from: longest_from?, events, as_of: as_of? };
        beside(asked.answer(&input), problems)
    }
}

impl<'r> Limitation<'r> {
    /// Until when a claim can be enforced, in words.
    pub(crate) fn answer(&self, input: &LimitationInput) -> Result<Answered<'r>, Vec<Fault>> {
        let left = self.left(input)?;
        let facts = left.facts();
        let found = Found::Limitation {
            last_day: left.last_day,
            days_left: left.days_left,
            runs_from: left.runs_from,
            interrupted_by: left.interrupted_by.map(Interruption::word),
            may_interrupt: left.may_interrupt.iter().copied().map(Interruption::word).collect(),
            why: left.why,
        };
        Ok(Answered { rule: left.rule, found, facts })
    }
}

/// Something that happened, and its day.
struct Happened(NaiveDate, Interruption);

impl Readable for Happened {
    const EXPECTED: &str = "what happened and when, as in {\"on\": \"2025-06-01\", \"what\": \"demand\"}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (on, what) = (fields.required("on"), fields.required("what"));
        fields.finish();
        Some(Self(on?, what?))
    }
}
