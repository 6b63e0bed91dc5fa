//! What thresholds of materiality are asked, as an object.

use super::{Exposure, Materiality, MaterialityInput, MaterialityTerms};
use crate::answer::{Amounts, Answered, Question, beside, class};
use crate::regime::{Asked, text};
use arrears::account::Amount;
use arrears::document::{Fault, Fields, OBJECT, Readable};
use chrono::NaiveDate;
use serde_json::Value;

impl Question for MaterialityTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Value, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let portfolio = text(&mut fields, "portfolio");
        let amounts = Amounts::of(&mut fields, Some(asked.currency()))?;
        let seen: Option<Vec<WrittenExposure>> = fields.given("seen");
        let days: Option<u32> = fields.given("consecutive_days");
        let as_of: Option<NaiveDate> = fields.given("as_of");
        let told = if fields.has("seen") {
            for key in ["consecutive_days", "past_due", "exposure"].into_iter().filter(|key| given.get(key).is_some()) {
                fields.report(key, "stands beside `seen`, from which it follows: expected the one or the other");
            }
            let _: (Option<Amount>, Option<Amount>) = (fields.given("past_due"), fields.given("exposure"));
            if !fields.has("as_of") {
                fields.report("as_of", "missing: expected the day for which it is asked");
            }
            let seen = seen.map(|seen| {
                let exposures = seen.iter().enumerate().map(|(index, one)| Exposure {
                    from: one.from,
                    past_due: amounts.money(&mut fields, &format!("seen[{index}].past_due"), one.past_due),
                    exposure: amounts.money(&mut fields, &format!("seen[{index}].exposure"), one.exposure),
                });
                exposures.collect::<Vec<Exposure>>()
            });
            Told::Seen(seen.unwrap_or_default(), as_of)
        } else {
            if !fields.has("consecutive_days") {
                let message =
                    "missing: expected the number of days, or `seen` with what was past due from which day on";
                fields.report("consecutive_days", message);
            }
            let past_due = amounts.required(&mut fields, "past_due");
            let exposure = amounts.required(&mut fields, "exposure");
            Told::Counted { past_due, exposure, consecutive_days: i64::from(days.unwrap_or(0)) }
        };
        fields.finish();
        let portfolio = portfolio?;
        let classified = match &told {
            Told::Counted { past_due, exposure, consecutive_days } => asked.classify(&MaterialityInput {
                portfolio: &portfolio,
                past_due: *past_due,
                exposure: *exposure,
                consecutive_days: *consecutive_days,
            }),
            Told::Seen(seen, as_of) => asked.classify_seen(&portfolio, seen, (*as_of)?, amounts.nothing()),
        };
        let status = beside(classified, problems)?;
        Some(Answered { rule: status.rule, found: class(&status), facts: status.facts() })
    }
}

impl<'r> Materiality<'r> {
    /// The class on a day, by what was seen until then. Before the first nothing was past due.
    fn classify_seen(
        &self,
        portfolio: &str,
        seen: &[Exposure],
        as_of: NaiveDate,
        nothing: arrears::Money,
    ) -> Result<super::Status<'r>, Vec<Fault>> {
        let consecutive_days = self.consecutive_days(portfolio, seen, as_of)?;
        let last = seen.iter().rev().find(|exposure| exposure.from <= as_of);
        let (past_due, exposure) = last.map_or((nothing, nothing), |last| (last.past_due, last.exposure));
        self.classify(&MaterialityInput { portfolio, past_due, exposure, consecutive_days })
    }
}

/// The two ways in which amounts and days are told.
enum Told {
    Counted { past_due: arrears::Money, exposure: arrears::Money, consecutive_days: i64 },
    Seen(Vec<Exposure>, Option<NaiveDate>),
}

/// What was past due from a day on, as it is written.
struct WrittenExposure {
    from: NaiveDate,
    past_due: Amount,
    exposure: Amount,
}

impl Readable for WrittenExposure {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let from = fields.required("from");
        let (past_due, exposure) = (fields.required("past_due"), fields.required("exposure"));
        fields.finish();
        Some(Self { from: from?, past_due: past_due?, exposure: exposure? })
    }
}
