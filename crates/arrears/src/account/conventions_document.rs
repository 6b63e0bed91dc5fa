//! Conventions as a JSON document.

use super::{Amount, Anchor, Buckets, Conventions, DayEnd, FirstDayLate, Grace, HistoryProblem, MonthEnd, PausedDays};
use crate::document::{Fields, Readable, Written, by_serde, refuse};
use serde_json::Value;

impl Conventions {
    /// Reads conventions from their JSON document. What it does not say is as by default.
    ///
    /// ```
    /// use arrears::account::Conventions;
    /// let read = Conventions::from_json(r#"{"grace_days": 3, "tolerance": "10.00"}"#)
    ///     .map_err(|problems| format!("{problems:?}"))?;
    /// assert_eq!(read.grace_days, 3);
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the document.
    pub fn from_json(text: &str) -> Result<Self, Vec<HistoryProblem>> {
        let no_json = |error| vec![HistoryProblem::new("", format!("not a JSON document: {error}"))];
        let written = Written::read(text).map_err(no_json)?;
        let document: Value = serde_json::from_str(text).map_err(no_json)?;
        let mut problems = written.repeated.clone();
        match read(&document, &mut problems) {
            Some(conventions) if problems.is_empty() => Ok(conventions),
            _ => Err(written.in_order(problems)),
        }
    }
}

fn read(document: &Value, problems: &mut Vec<HistoryProblem>) -> Option<Conventions> {
    let mut fields = Fields::of(document, "", problems)?;
    let anchor = fields.optional("anchor");
    let grace_days = fields.optional("grace_days");
    let grace = fields.optional("grace");
    let tolerance = not_below_zero("tolerance", &mut fields);
    let first_day_late = fields.optional("first_day_late");
    let paused_days = fields.optional("paused_days");
    let month_end = fields.optional("month_end");
    let day_end = fields.optional("day_end");
    let buckets = fields.optional("buckets");
    let promise_days = fields.optional("promise_days");
    let promise_tolerance = not_below_zero("promise_tolerance", &mut fields);
    fields.finish();
    Some(Conventions {
        anchor: anchor?,
        grace_days: grace_days?,
        grace: grace?,
        tolerance: tolerance?,
        first_day_late: first_day_late?,
        paused_days: paused_days?,
        month_end: month_end?,
        day_end: day_end?,
        buckets: buckets?,
        promise_days: promise_days?,
        promise_tolerance: promise_tolerance?,
    })
}

fn not_below_zero(key: &'static str, fields: &mut Fields<'_>) -> Option<Amount> {
    let amount: Amount = fields.optional(key)?;
    if amount < Amount::ZERO {
        fields.report(key, format!("`{amount}`: expected zero or more"));
    }
    Some(amount)
}

/// Conventions that are one of a few words.
macro_rules! worded {
    ($($name:ident)*) => { $(
        impl Readable for $name {
            const EXPECTED: &str = "one of a few words";
            fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
                by_serde(value, path, problems)
            }
        }
    )* };
}

worded!(Anchor DayEnd FirstDayLate Grace MonthEnd PausedDays);

impl Readable for Buckets {
    const EXPECTED: &str = "first days that rise from 1 or more, such as [1, 31, 61, 91], or \"cycles\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let buckets: Self = by_serde(value, path, problems)?;
        if let Self::FirstDays(days) = &buckets
            && (days.first() == Some(&0) || !days.is_sorted_by(|day, next| day < next))
        {
            return refuse(path, value, Self::EXPECTED, problems);
        }
        Some(buckets)
    }
}
