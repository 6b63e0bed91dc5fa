//! The day by which an account is charged off.

use super::Ladder;
use crate::regime::Rule;
use arrears::Value;
use arrears::account::MonthEnd;
use arrears::document::Fault;
use chrono::{Datelike, Days, NaiveDate};

/// When an account that stays unpaid is charged off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeOff<'r> {
    /// The day on which it reaches the class that is charged off.
    pub reached_on: NaiveDate,
    /// The last day for it: the end of that month.
    pub by: NaiveDate,
    /// The rule that says so.
    pub rule: &'r Rule,
    /// The days that decided.
    pub why: String,
}

impl<'r> Ladder<'r> {
    /// When an account is charged off whose oldest unpaid due date is `due_on`, if it stays unpaid.
    /// None: the regime says nothing of charge-offs, or nothing of them for this product.
    ///
    /// ```
    /// use arrears_owed::Regimes;
    /// let regimes = Regimes::shipped().enabling(["US-FFIEC-charge-off"])?;
    /// let open_end = regimes.ladder("US-FFIEC")?.charge_off("2026-01-15".parse()?, Some("open_end"));
    /// let open_end = open_end.map_err(|faults| format!("{faults:?}"))?.ok_or("it says when")?;
    /// assert_eq!((open_end.reached_on.to_string(), open_end.by.to_string()), ("2026-07-14".into(), "2026-07-31".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// That the regime does not have the product, or that the rule was not verified and is not enabled.
    pub fn charge_off(&self, due_on: NaiveDate, product: Option<&str>) -> Result<Option<ChargeOff<'r>>, Vec<Fault>> {
        let mut faults = Vec::new();
        let steps = self.steps(product, &mut faults);
        let Some(terms) = &self.terms.charge_off else { return Ok(None) };
        let rule = self.regime.usable(&terms.rule).map_err(|error| faults.push(Fault::new("", error.to_string())));
        let (Some(steps), Ok(rule)) = (steps, rule) else { return Err(faults) };
        let Some(step) = steps.iter().find(|step| step.class == terms.class) else { return Ok(None) };
        let days = step.first_day;
        let reached_on = due_on.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX);
        let by = end_of_month(reached_on);
        let why = format!("{} begins {days} days after {due_on}, on {reached_on}; that month ends on {by}", step.class);
        Ok(Some(ChargeOff { reached_on, by, rule, why }))
    }
}

impl ChargeOff<'_> {
    /// As facts of a bank's own: `days_to_charge_off`, the days until the last day for it; below zero it is behind.
    pub fn facts(&self, as_of: NaiveDate) -> Vec<(&'static str, Value)> {
        vec![("days_to_charge_off", Value::Days(self.by.signed_duration_since(as_of).num_days()))]
    }
}

/// The last day of a day's month.
fn end_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    MonthEnd::Clamp.after(first, 1).pred_opt().unwrap_or(day)
}
