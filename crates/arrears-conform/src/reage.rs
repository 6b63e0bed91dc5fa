//! Cases of the kind `reage_permission`: may an account be re-aged?

use crate::comparison::{Comparison, Difference};
use crate::judge::Regulated;
use crate::typed::typed;
use arrears_owed::finding::Met;
use arrears_owed::reage::{ReAgeInput, ReAgeTest};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    account_age_months: u32,
    consecutive_minimum_payments: u32,
    willing_and_able: bool,
    earlier_reages: Vec<NaiveDate>,
    as_of: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    allowed: Option<bool>,
    failed_tests: Option<BTreeSet<Failed>>,
}

/// A test that fails, by the suite's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Failed {
    WillingAndAble,
    MinimumAge,
    ThreePayments,
    #[serde(rename = "once_per_12_months")]
    OncePerTwelveMonths,
    #[serde(rename = "twice_per_5_years")]
    TwicePerFiveYears,
}

impl From<ReAgeTest> for Failed {
    fn from(test: ReAgeTest) -> Self {
        match test {
            ReAgeTest::WillingAndAble => Self::WillingAndAble,
            ReAgeTest::MinimumAge => Self::MinimumAge,
            ReAgeTest::ConsecutivePayments => Self::ThreePayments,
            ReAgeTest::Rest => Self::OncePerTwelveMonths,
            ReAgeTest::Window => Self::TwicePerFiveYears,
        }
    }
}

/// Judges a case.
pub(crate) fn judge(asked: &Regulated<'_>) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let regime = asked.shipped.binding(asked.jurisdiction, "re_age")?;
    let rule = asked.shipped.regimes().re_age(regime.name()).map_err(|error| error.to_string())?;
    let permission = rule.permit(&ReAgeInput {
        account_age_months: Some(given.account_age_months),
        consecutive_minimum_payments: Some(given.consecutive_minimum_payments),
        willing_and_able: Some(given.willing_and_able),
        earlier_reages: Some(given.earlier_reages),
        as_of: given.as_of,
    });
    let at = format!("on {}", given.as_of);
    let failed: BTreeSet<Failed> = permission.failed().map(Failed::from).collect();
    let mut comparison = Comparison::default();
    comparison.same(&at, "allowed", expected.allowed.as_ref(), &(permission.allowed == Met::Met))?;
    comparison.same(&at, "failed_tests", expected.failed_tests.as_ref(), &failed)?;
    comparison.finish()
}
