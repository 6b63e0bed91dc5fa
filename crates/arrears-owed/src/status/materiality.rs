//! Default by an amount past due that is material on consecutive days.

use super::Status;
use super::ladder_terms::{Classes, positive};
use crate::regime::{Asked, text};
use arrears::account::Amount;
use arrears::document::{Fault, Fields, OBJECT, Readable, meant};
use arrears::number::fixed;
use arrears::{Currency, Money};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;

/// Decimals of the relative threshold: a millionth of a percent.
const DECIMALS: u32 = 6;
/// What a whole is in millionths of a percent.
const WHOLE: i128 = 100_000_000;

/// Thresholds of materiality, ready to be asked.
pub type Materiality<'r> = Asked<'r, MaterialityTerms>;

/// When an amount past due is material, and on how many consecutive days that is a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialityTerms {
    pub(crate) rule: String,
    classes: Vec<String>, // INVARIANT: two: not in default, in default.
    currency: Currency,
    more_than: BTreeMap<String, i64>, // by portfolio, in minor units
    percent: i64,                     // in millionths of a percent
    more_than_days: u32,
}

/// What was past due on a day, and from then on until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// The first day on which it was so.
    pub from: NaiveDate,
    /// The amount past due.
    pub past_due: Money,
    /// All that is owed.
    pub exposure: Money,
}

/// What is asked of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaterialityInput<'a> {
    /// The portfolio whose absolute threshold counts: `retail` or `other`.
    pub portfolio: &'a str,
    /// The amount past due.
    pub past_due: Money,
    /// All that is owed.
    pub exposure: Money,
    /// Consecutive days, this one included, on which both thresholds were exceeded
    /// ([`Materiality::consecutive_days`] counts them).
    pub consecutive_days: i64,
}

impl MaterialityTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> Materiality<'r> {
    /// The currency of the absolute threshold.
    pub const fn currency(&self) -> Currency {
        self.terms.currency
    }

    /// Whether an account is in default.
    ///
    /// Both thresholds must be exceeded, not just reached, on more consecutive days than the regime
    /// says; and they must be exceeded by the amounts given.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with what is told: amounts below zero or in another currency, a
    /// negative number of days, a portfolio that the regime does not have.
    pub fn classify(&self, input: &MaterialityInput<'_>) -> Result<Status<'r>, Vec<Fault>> {
        let mut faults = Vec::new();
        if input.consecutive_days < 0 {
            let message = format!("found {}: expected zero or more days", input.consecutive_days);
            faults.push(Fault::new("consecutive_days", message));
        }
        self.amounts("", input.past_due, input.exposure, &mut faults);
        let threshold = self.threshold(input.portfolio, &mut faults);
        let (Some(threshold), true) = (threshold, faults.is_empty()) else { return Err(faults) };
        let (past_due, days) = (input.past_due, input.consecutive_days);
        let over = Money::from_minor(threshold, self.terms.currency);
        let percent = Amount::new(
            rust_decimal::Decimal::from_i128_with_scale(i128::from(self.terms.percent), DECIMALS).normalize(),
        );
        let limit = i64::from(self.terms.more_than_days);
        let (default, why) = if past_due.minor() <= threshold {
            (false, format!("{past_due} past due is not more than {over}"))
        } else if !self.relative(past_due, input.exposure) {
            (false, format!("{past_due} past due is not more than {percent}% of {}", input.exposure))
        } else if days <= limit {
            (false, format!("both thresholds are exceeded on {days} consecutive days, not on more than {limit}"))
        } else {
            let why = format!("{past_due} past due is more than {over} and {percent}% of {}", input.exposure);
            (true, format!("{why}, on {days} consecutive days, more than {limit}"))
        };
        let classes = self.terms.classes.as_slice();
        let rank = usize::from(default);
        let class = classes.get(rank).map(String::as_str).unwrap_or_default();
        Ok(Status { class, rank, classes, best_allowed: false, rule: self.rule, why })
    }

    /// How many consecutive days, ending with `as_of` and it included, both thresholds were exceeded.
    ///
    /// Each observation holds until the next; before the first nothing was past due. What was observed
    /// after `as_of` has no effect. The count begins anew after a day on which either was not exceeded.
    ///
    /// ```
    /// use arrears::Money;
    /// use arrears_owed::{Regimes, status::Exposure};
    /// let regimes = Regimes::shipped().enabling(["EU-CRR178-default"])?;
    /// let euros = |whole: i64| Ok::<_, arrears::UnknownCurrency>(Money::from_minor(whole * 100, "EUR".parse()?));
    /// let from = |day: &str, past_due| Ok::<_, Box<dyn std::error::Error>>(
    ///     Exposure { from: day.parse()?, past_due: euros(past_due)?, exposure: euros(5000)? });
    /// let seen = [from("2026-01-01", 120)?, from("2026-02-01", 100)?, from("2026-02-03", 140)?];
    /// let rule = regimes.materiality("EU-CRR178")?;
    /// let days = rule.consecutive_days("retail", &seen, "2026-02-04".parse()?).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(days, 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Materiality::classify`], and observations that are not in the order of their days.
    pub fn consecutive_days(&self, portfolio: &str, seen: &[Exposure], as_of: NaiveDate) -> Result<i64, Vec<Fault>> {
        let mut faults = Vec::new();
        let threshold = self.threshold(portfolio, &mut faults);
        let mut before: Option<NaiveDate> = None;
        for (index, exposure) in seen.iter().enumerate() {
            self.amounts(&format!("seen[{index}]."), exposure.past_due, exposure.exposure, &mut faults);
            if let Some(before) = before.filter(|before| *before >= exposure.from) {
                let message = format!("{} follows {before}: expected days that rise", exposure.from);
                faults.push(Fault::new(format!("seen[{index}].from"), message));
            }
            before = Some(exposure.from);
        }
        let (Some(threshold), true) = (threshold, faults.is_empty()) else { return Err(faults) };
        let known = seen.iter().filter(|exposure| exposure.from <= as_of);
        let since = known.fold(None, |since: Option<NaiveDate>, exposure| {
            let exceeded = exposure.past_due.minor() > threshold && self.relative(exposure.past_due, exposure.exposure);
            exceeded.then(|| since.unwrap_or(exposure.from))
        });
        Ok(since.map_or(0, |since| as_of.signed_duration_since(since).num_days() + 1))
    }

    fn relative(&self, past_due: Money, exposure: Money) -> bool {
        i128::from(past_due.minor()) * WHOLE > i128::from(self.terms.percent) * i128::from(exposure.minor())
    }

    fn threshold(&self, portfolio: &str, faults: &mut Vec<Fault>) -> Option<i64> {
        let found = self.terms.more_than.get(portfolio).copied();
        if found.is_none() {
            let names = || self.terms.more_than.keys().map(String::as_str);
            let known = names().collect::<Vec<_>>().join(", ");
            let message =
                format!("`{portfolio}` is no portfolio{}: expected one of {known}", meant(portfolio, names()));
            faults.push(Fault::new("portfolio", message));
        }
        found
    }

    fn amounts(&self, place: &str, past_due: Money, exposure: Money, faults: &mut Vec<Fault>) {
        for (name, amount) in [("past_due", past_due), ("exposure", exposure)] {
            if amount.minor() < 0 {
                faults.push(Fault::new(format!("{place}{name}"), format!("found {amount}: expected zero or more")));
            }
            if amount.currency() != self.terms.currency {
                let message = format!("found {amount}: expected an amount in {}", self.terms.currency);
                faults.push(Fault::new(format!("{place}{name}"), message));
            }
        }
    }
}

impl Readable for MaterialityTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let classes: Option<Classes> = fields.required("classes");
        if classes.as_ref().is_some_and(|Classes(classes)| classes.len() != 2) {
            fields.report("classes", "expected two: not in default, in default");
        }
        let currency: Option<Currency> = fields.required("currency");
        let more_than: Option<BTreeMap<String, Amount>> = fields.required("more_than");
        let percent: Option<Amount> = fields.required("more_than_percent");
        let more_than_days = positive(&mut fields, "more_than_days");
        let percent = percent.and_then(|percent| {
            let read = fixed(percent.decimal(), DECIMALS).ok().filter(|percent| *percent >= 0);
            if read.is_none() {
                fields.report(
                    "more_than_percent",
                    format!("found {percent}: expected zero or more, with at most 6 decimals"),
                );
            }
            read
        });
        let more_than = currency.zip(more_than).map(|(currency, more_than)| {
            let read = more_than.into_iter().filter_map(|(portfolio, amount)| {
                let minor = amount.minor(currency).ok().filter(|minor| *minor >= 0);
                if minor.is_none() {
                    fields.report(
                        &format!("more_than.{portfolio}"),
                        format!("found {amount}: expected zero or more, in {currency}"),
                    );
                }
                Some((portfolio, minor?))
            });
            read.collect()
        });
        fields.finish();
        Some(Self {
            rule: rule?,
            classes: classes?.0,
            currency: currency?,
            more_than: more_than?,
            percent: percent?,
            more_than_days: more_than_days?,
        })
    }
}
